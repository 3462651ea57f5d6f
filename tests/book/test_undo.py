from __future__ import annotations

from contextlib import ExitStack, closing
from copy import deepcopy
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from book_states import State, state
from enishi import clock
from enishi.book import Batch, Book, open_book
from enishi.book.database import open_database
from enishi.book.frames import read_frame
from enishi.book.journal import read_calls, read_changes
from enishi.book.tables import TABLES
from enishi.book.validation import defaults, links_of
from examples import max_examples
from stores import Store

# -- a plain-Python model of a book ----------------------------------------------------------------

WORDS = st.sampled_from(["", "編集者", "O'Brien; DROP", "二行の\nメモ", "山 😀", "a"])
LINES = st.sampled_from(["", "編集者", "O'Brien; DROP", "山 😀", "a"])
pytestmark = pytest.mark.stores("file", "server")
EXAMPLES = min(400, max_examples() // 5)  # each is a whole book
FIELDS: dict[str, dict[str, Any]] = {
    "contact": {
        "name": LINES,
        "topics": st.lists(st.sampled_from(["料理", "山", "本"]), unique=True, max_size=2),
        "rung": st.sampled_from([None, 0, 4]),
        "focus": st.booleans(),
        "met_on": st.sampled_from(["", "2026-11-20"]),
    },
    "role": {"name": LINES, "rung": st.sampled_from([None, 1])},
    "place": {"name": LINES, "note": WORDS},
    "encounter": {
        "note": WORDS,
        "two_way": st.booleans(),
        "on": st.sampled_from(["", "2026-01-31"]),
    },
    "tie": {"state": st.sampled_from(["", "close"])},
    "goal": {"wish": WORDS},
}
Ops = list[tuple[Any, ...]]


def dropped(rows: State, key: tuple[str, str]) -> None:
    """Remove a row of the model, and every link to it."""
    if key[0] == "contact":
        rows[key] |= {"trashed_on": clock.today().isoformat(), "focus": False}
        return
    del rows[key]
    for (table, _), row in rows.items():
        for column, linked in links_of(TABLES[table]).items():
            if (linked, row[column]) == key:
                row[column] = None


class AnyCourse(RuleBasedStateMachine):
    """Any sequence of changes and undos, beside a model that keeps every state there was."""

    store: Store

    @initialize()
    def open(self) -> None:
        self.opened = ExitStack()
        engine = open_database(self.opened.enter_context(self.store.another()))
        self.book, self.other = Book(engine, "me"), Book(engine, "other")
        self.theirs = self.other.add("contact", name="架空 三郎")
        self.untouched = state(self.other, versions=True)
        self.states: list[State] = [{}]
        self.at = 0
        self.seen: dict[tuple[str, str, int], Any] = {}
        self.written: tuple[tuple[str, str], set[str]] | None = None
        """The row and the fields of the last call, if that was a write that another may join."""

    def teardown(self) -> None:
        if hasattr(self, "book"):
            assert state(self.other, versions=True) == self.untouched
            self.look()
            self.book.close()
            self.opened.close()

    # -- what the model expects -----------------------------------------------------------------

    @property
    def now(self) -> State:
        return self.states[self.at]

    def expect(self, rows: State, moved: bool = False) -> None:
        if rows != self.now or moved:
            self.states[self.at + 1 :] = [rows]
            self.at += 1
            self.written = None

    def some_key(self, data: st.DataObject, *tables: str) -> tuple[str, str] | None:
        keys = sorted(key for key in self.now if not tables or key[0] in tables)
        return data.draw(st.sampled_from(keys)) if keys else None

    def some_values(self, data: st.DataObject, table: str) -> dict[str, Any]:
        chosen = data.draw(st.fixed_dictionaries({}, optional=FIELDS[table]))
        for column, linked in links_of(TABLES[table]).items():
            if linked in FIELDS and data.draw(st.booleans()):
                ids = sorted(id for other, id in self.now if other == linked)
                chosen[column] = data.draw(st.sampled_from([None, *ids]))
        return chosen

    # -- what a person does ---------------------------------------------------------------------

    @rule(data=st.data(), table=st.sampled_from(sorted(FIELDS)))
    def add(self, data: st.DataObject, table: str) -> None:
        values = self.some_values(data, table)
        id = self.book.add(table, **values)
        self.expect(self.now | {(table, id): defaults(TABLES[table]) | values})

    @rule(data=st.data())
    def write(self, data: st.DataObject) -> None:
        if key := self.some_key(data, *FIELDS):
            values = self.some_values(data, key[0])
            fields = {name for name, cell in values.items() if self.now[key][name] != cell}
            self.book.update(*key, **values)
            rows = self.now | {key: self.now[key] | values}
            if fields and self.written == (key, fields):
                self.states[self.at] = rows
            else:
                self.expect(rows)
                self.written = (key, fields) if fields else self.written

    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        if key := self.some_key(data, *FIELDS):
            self.book.delete(*key)
            rows = deepcopy(self.now)
            dropped(rows, key)
            self.expect(rows)

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        if key := self.some_key(data, "contact"):
            self.book.restore(key[1])
            self.expect(self.now | {key: self.now[key] | {"trashed_on": ""}})

    @rule(name=st.sampled_from(["wish", "week"]), text=WORDS)
    def put(self, name: str, text: str) -> None:
        self.book.upsert("reflection", name, text=text)
        self.expect(self.now | {("reflection", name): {"text": text}})

    @rule(data=st.data(), steps=st.integers(1, 6))
    def batch(self, data: st.DataObject, steps: int) -> None:
        rows = deepcopy(self.now)
        moved = False  # a row changed, even if it was then changed back
        with self.book.batch("several") as batch:
            for _ in range(steps):
                before = deepcopy(rows)
                self.batch_step(data, batch, rows)
                moved |= any(
                    before.get(key, row) != row for key, row in rows.items() if key in self.now
                )
        self.expect(rows, moved)

    def batch_step(self, data: st.DataObject, batch: Batch, rows: State) -> None:
        keys = sorted(key for key in rows if key[0] in FIELDS)
        what = data.draw(st.sampled_from(["add", "write", "drop"] if keys else ["add"]))
        if what == "add":
            table = data.draw(st.sampled_from(sorted(FIELDS)))
            values = data.draw(st.fixed_dictionaries({}, optional=FIELDS[table]))
            for column, linked in links_of(TABLES[table]).items():
                ids = sorted(id for other, id in rows if other == linked)
                values[column] = data.draw(st.sampled_from([None, *ids]))
            rows[table, batch.add(table, **values)] = defaults(TABLES[table]) | values
            return
        key = data.draw(st.sampled_from(keys))
        if what == "write":
            values = data.draw(st.fixed_dictionaries({}, optional=FIELDS[key[0]]))
            batch.update(*key, **values)
            rows[key] |= values
        elif key[0] != "contact":
            batch.delete(*key)
            dropped(rows, key)

    @rule()
    def undo(self) -> None:
        undone = self.book.undo()
        assert (undone is None) == (self.at == 0)
        if undone is not None:
            assert undone.kept == ()
            self.at -= 1
            self.written = None

    @rule()
    def redo(self) -> None:
        redone = self.book.redo()
        assert (redone is None) == (self.at == len(self.states) - 1)
        if redone is not None:
            assert redone.kept == ()
            self.at += 1
            self.written = None

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo_of_an_undo_is_redo(self) -> None:
        undone = self.book.undo()
        assert undone is not None
        self.book.undo(undone.batch)
        self.written = None

    @rule(text=WORDS)
    def somebody_else_writes(self, text: str) -> None:
        self.other.update("contact", self.theirs, how_met=text.replace("\n", " "))
        self.untouched = state(self.other, versions=True)

    @rule()
    def look(self) -> None:
        """Frames that were kept and patched equal frames read anew."""
        for table in ("contact", "encounter", "reflection"):
            with self.book.reading() as connection:
                anew = read_frame(connection, "me", TABLES[table])
            pd.testing.assert_frame_equal(self.book.frame(table), anew)

    @invariant()
    def the_book_is_what_the_model_says(self) -> None:
        if hasattr(self, "book"):
            rows = state(self.book, versions=True)
            for (table, id), row in rows.items():
                seen = self.seen.setdefault((table, id, row["version"]), dict(row))
                assert seen == row, "one version of a row has one content"
                del row["version"]
            assert rows == self.now


@pytest.mark.hypothesis
def test_any_course_of_changes_and_undos_is_as_a_plain_model_says(store: Store) -> None:
    AnyCourse.store = store
    run_state_machine_as_test(
        AnyCourse,
        settings=settings(
            max_examples=EXAMPLES if store.is_file else EXAMPLES // 8,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )


# -- any call may be taken back by its name -------------------------------------------------------


@pytest.mark.stores("file")
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_taking_back_any_call_loses_nothing_that_was_written_since(
    store: Store, data: st.DataObject
) -> None:
    take_back_any(store, data)


@pytest.mark.stores("server")
@settings(max_examples=EXAMPLES // 5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_taking_back_any_call_loses_nothing_on_a_server_either(
    store: Store, data: st.DataObject
) -> None:
    take_back_any(store, data)


def take_back_any(store: Store, data: st.DataObject) -> None:
    with store.another() as url, closing(Book(open_database(url), "me")) as one:
        batches: list[str] = []
        for _ in range(data.draw(st.integers(1, 15))):
            takes_back: bool = bool(batches) and data.draw(st.booleans())
            if takes_back:
                take_back_and_look(one, data.draw(st.sampled_from(batches)))
            else:
                change_something(one, data, batches)
            with one.reading() as connection:
                if store.is_file:  # a server lets no link to nothing in
                    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
                batches[:] = [call.batch for call in read_calls(connection, "me")]


def change_something(book: Book, data: st.DataObject, batches: list[str]) -> None:
    rows = state(book)
    with book.batch("several") as batch:
        for _ in range(data.draw(st.integers(1, 4))):
            keys = sorted(rows)
            what = data.draw(st.sampled_from(["add", "add", "write", "drop"] if keys else ["add"]))
            key = data.draw(st.sampled_from(keys)) if keys else ("", "")
            table = key[0] if what == "write" else data.draw(st.sampled_from(sorted(FIELDS)))
            values = data.draw(st.fixed_dictionaries({}, optional=FIELDS[table]))
            for column, linked in links_of(TABLES[table]).items():
                ids = sorted(id for other, id in rows if other == linked)
                values[column] = data.draw(st.sampled_from([None, *ids]))
            if what == "add":
                rows[table, batch.add(table, **values)] = {}
            elif what == "write":
                batch.update(*key, **values)
            else:
                batch.delete(*key)
                del rows[key]


def take_back_and_look(book: Book, batch: str) -> None:
    """Take `batch` back; what it did not do, or was overwritten since, is as it was before."""
    before = state(book)
    with book.reading() as connection:
        did = {touch.key: touch for touch in read_changes(connection, book.owner, batch)}
    undone = book.undo(batch)
    after = state(book)
    if undone is None:  # it had been taken back already
        assert after == before
        return
    for key, row in before.items():
        touch = did.get(key)
        if touch is None or touch.after is None:
            assert after[key] == row
            continue
        made = defaults(TABLES[key[0]]) if touch.before is None else {}
        wrote = made | {name: cell for name, cell in touch.after.items() if name != "version"}
        since = {name: cell for name, cell in row.items() if wrote.get(name, cell) != cell}
        if touch.before is None and since:
            assert after[key] == row, "a row made by the call and changed since stays"
            assert any((kept.table, kept.id) == key for kept in undone.kept)
        elif key in after:
            alone = {name: cell for name, cell in row.items() if name not in wrote} | since
            assert {name: after[key][name] for name in alone} == alone
    for key in after.keys() - before.keys():
        assert did[key].after is None, "only rows that the call removed come back"


# -- and some courses that matter ------------------------------------------------------------------


def test_undo_of_an_import_removes_exactly_the_import(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    before = state(book)
    with book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"見本 {number}"} for number in range(700)])
        batch.update("contact", ann, organisation="例の会社")
    imported = batch.id
    bob = book.add("contact", name="架空 次郎")
    undone = book.undo(imported)
    assert undone is not None
    assert (undone.verb, undone.size, undone.kept) == ("import", 701, ())
    assert state(book) == before | {("contact", bob): state(book)["contact", bob]}


def test_undo_of_an_import_keeps_whom_the_person_wrote_about_since(book: Book) -> None:
    with book.batch("import") as batch:
        ann, bob, carl = batch.add_many("contact", [{"name": f"見本 {n}"} for n in "一二三"])
    book.update("contact", ann, hope="また会いたい")
    met = book.add("encounter", contact_id=bob, note="本を借りた")
    undone = book.undo(batch.id)
    assert undone is not None
    assert {(kept.id, kept.fields) for kept in undone.kept} == {(ann, ("hope",)), (bob, ())}
    assert state(book).keys() == {("contact", ann), ("contact", bob), ("encounter", met)}
    assert book.row("encounter", met)["contact_id"] == bob
    assert carl not in book.frame("contact").index


def test_a_row_kept_for_its_later_words_keeps_the_rows_it_names(book: Book) -> None:
    with book.batch("import") as batch:
        role = batch.add("role", name="編集者")
        ann = batch.add("contact", name="架空 花子", role_id=role)
        met = batch.add("encounter", contact_id=ann)
    book.update("encounter", met, note="本を借りた")
    undone = book.undo(batch.id)
    assert undone is not None
    assert {kept.id for kept in undone.kept} == {met, ann, role}
    assert state(book).keys() == {("role", role), ("contact", ann), ("encounter", met)}


def test_a_field_written_since_stays_and_the_others_go_back(book: Book) -> None:
    ann = book.add("contact", name="架空 花子", how_met="駅")
    with book.batch("tidy") as batch:
        batch.update("contact", ann, name="架空 花", how_met="勉強会(例)")
    book.update("contact", ann, name="架空 はな")
    undone = book.undo(batch.id)
    assert undone is not None
    assert [kept.fields for kept in undone.kept] == [("name",)]
    row = book.row("contact", ann)
    assert (row["name"], row["how_met"]) == ("架空 はな", "駅")


def test_a_link_to_a_row_that_is_gone_by_now_comes_back_as_no_link(book: Book) -> None:
    old, new = book.add("role", name="編集者"), book.add("role", name="装丁家")
    ann = book.add("contact", name="架空 花子", role_id=old)
    with book.batch("change") as batch:
        batch.update("contact", ann, role_id=new)
    book.delete("role", old)
    book.undo(batch.id)
    assert book.row("contact", ann)["role_id"] is None


def test_the_same_call_is_not_taken_back_twice(book: Book) -> None:
    with book.batch("import") as batch:
        batch.add("contact", name="見本 一")
    assert book.undo(batch.id) is not None
    revision = book.revision()
    assert book.undo(batch.id) is None
    assert book.undo("no such call") is None
    assert book.revision() == revision


def test_undo_with_everything_written_over_moves_on_to_the_call_before(book: Book) -> None:
    second = open_book()
    first = book.add("role", name="編集者")
    other = book.add("role", name="装丁家")
    book.update("role", other, does="本の顔をつくる")
    with second.batch("elsewhere") as batch:
        batch.update("role", other, does="表紙")
    second.undo()
    with second.batch("elsewhere") as batch:
        batch.update("role", other, rung=1)
    for _ in range(4):
        book.undo()
    assert state(book) == {}
    assert first not in book.frame("role").index
    second.close()


def test_there_is_nothing_to_undo_in_a_new_book(book: Book) -> None:
    assert book.undo() is None
    assert book.redo() is None
    assert book.next_undo_redo() == (None, None)


def test_a_new_change_ends_what_could_be_redone(book: Book) -> None:
    book.add("role", name="編集者")
    book.undo()
    assert book.next_undo_redo()[1] is not None
    book.add("role", name="装丁家")
    assert book.next_undo_redo()[1] is None
    assert book.redo() is None


def test_undo_and_redo_name_the_call_they_would_take_back(book: Book) -> None:
    with book.batch("import") as batch:
        batch.add("contact", name="見本 一")
    undo, redo = book.next_undo_redo()
    assert undo is not None
    assert (undo.batch, undo.verb, undo.size, redo) == (batch.id, "import", 1, None)
    book.undo()
    undo, redo = book.next_undo_redo()
    assert undo is None
    assert redo is not None
    assert redo.undoes == batch.id
