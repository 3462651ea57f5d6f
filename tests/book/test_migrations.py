from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Connection, Engine, MetaData, Table, inspect

from book_states import State, state
from enishi.book import Book, NewerBookError, NotUpgradedError, StaleVersionError, open_book
from enishi.book.backup import examine
from enishi.book.database import database_url, open_database
from enishi.book.journal import read_changes
from enishi.book.revisions import MIGRATIONS, head, revision, upgrade_stepwise
from enishi.book.sqlite import connect
from enishi.book.tables import metadata
from enishi.i18n import error_text
from postgresql import PASSWORD
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

NEXT = '''"""A step that changes a table others refer to, and words already written."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    copied = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("contact", recreate="always" if copied else "auto") as contact:
        contact.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="green"))
    op.execute("UPDATE role SET name = name || '（例）'")
{failure}
'''


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a later version of the product, with one step more."""
    return with_a_step(tmp_path / "later", failure="")


def with_a_step(folder: Path, failure: str) -> Path:
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = head()
    number = f"{int(before) + 1:04}"
    step = NEXT.format(revision=number, before=before, failure=f"    {failure}")
    (folder / "versions" / f"{number}_a_later_step.py").write_text(step, encoding="utf-8")
    return folder


@pytest.fixture
def filled(book: Book) -> Book:
    role = book.add("role", name="編集者")
    ann = book.add("contact", name="架空 花子", role_id=role)
    book.add("contact", name="架空 次郎", through_id=ann)
    book.add("encounter", contact_id=ann, note="本を借りた")
    book.close()
    return book


def rows_of(file: Path) -> State:
    copy = Book(open_database(database_url().set(database=str(file))), "me")
    try:
        return state(copy, versions=True)
    finally:
        copy.close()


def described(connection: Connection) -> dict[str, Any]:
    """The tables of a database: columns, keys, links and indexes, whatever their order."""
    look = inspect(connection)
    return {
        name: {
            "columns": {
                each["name"]: (str(each["type"]), each["nullable"])
                for each in look.get_columns(name)
            },
            "key": look.get_pk_constraint(name)["constrained_columns"],
            "links": sorted(
                (each["constrained_columns"], each["referred_table"], str(each["options"]))
                for each in look.get_foreign_keys(name)
            ),
            "unique": sorted(each["column_names"] for each in look.get_unique_constraints(name)),
            "indexes": sorted(
                (each["name"] or "", each["column_names"], each["unique"])
                for each in look.get_indexes(name)
            ),
            "checks": sorted(each["sqltext"] for each in look.get_check_constraints(name)),
        }
        for name in look.get_table_names()
    }


def test_the_steps_make_exactly_the_tables_of_a_new_book(book: Book) -> None:
    with book.engine.begin() as connection:
        new = described(connection)
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        upgrade_stepwise(connection)
        assert described(connection) == new
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_the_head_of_the_steps(book: Book) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [head()]
    with book.reading() as connection:
        assert revision(connection) == head()


@pytest.mark.stores("file")
def test_an_older_book_is_brought_up_to_date_and_a_copy_kept(
    filled: Book, data_dir: Path, later: Path
) -> None:
    before = state(filled, versions=True)
    filled.close()
    engine = open_database(database_url(), later)
    with engine.connect() as connection:
        assert revision(connection) == head(later)
        colours = connection.exec_driver_sql("SELECT name, colour FROM contact ORDER BY id").all()
        assert colours == [("架空 花子", "green"), ("架空 次郎", "green")]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()
    (copy,) = [file for file in data_dir.iterdir() if "before" in file.name]
    assert oct(stat.S_IMODE(copy.stat().st_mode)) == "0o600"
    assert rows_of(copy) == before
    assert {file.name for file in data_dir.iterdir()} == {"book.sqlite3", copy.name}


def test_an_updated_book_still_undoes_what_was_done_before(filled: Book, later: Path) -> None:
    engine = open_database(database_url(), later)
    book = Book(engine, "me")
    book.undo()
    book.undo()
    assert list(book.frame("contact")["name"]) == ["架空 花子"]
    assert book.frame("encounter").empty
    book.redo()
    assert list(book.frame("contact")["name"]) == ["架空 花子", "架空 次郎"]
    book.close()


@pytest.mark.stores("file")
def test_an_updated_book_is_not_updated_again(filled: Book, data_dir: Path, later: Path) -> None:
    for _ in range(3):
        open_database(database_url(), later).dispose()
    assert len([file for file in data_dir.iterdir() if "before" in file.name]) == 1


def test_the_earlier_version_says_that_the_book_is_newer(filled: Book, later: Path) -> None:
    open_database(database_url(), later).dispose()
    with pytest.raises(NewerBookError) as told:
        open_book()
    assert PASSWORD not in error_text("en", told.value)


@pytest.mark.parametrize(
    "failure",
    [
        "raise ValueError('a mistake in the step')",
        "op.execute('DELETE FROM contact')",  # rows that others refer to
        "op.execute('no such statement')",
    ],
)
def test_an_update_that_fails_leaves_the_book_as_it_was(
    filled: Book, data_dir: Path, store: Store, tmp_path: Path, failure: str
) -> None:
    def left() -> object:
        if store.is_file:
            return {file.name: file.read_bytes() for file in data_dir.iterdir()}
        return state(filled, versions=True)

    before = left()
    broken = with_a_step(tmp_path / "broken", failure)
    with pytest.raises(NotUpgradedError) as told:
        open_database(database_url(), broken)
    assert PASSWORD not in error_text("en", told.value)
    assert left() == before
    book = open_book()
    assert len(book.frame("contact")) == 2
    book.close()


@pytest.mark.stores("file")
def test_a_book_in_use_is_updated_with_what_was_just_written(
    filled: Book, data_dir: Path, later: Path
) -> None:
    """Its last words are still in the log beside the file; the copy has them, too."""
    carl = filled.add("contact", name="架空 三郎")
    engine = open_database(database_url(), later)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM contact").scalar() == 3
    engine.dispose()
    filled.close()
    (copy,) = [file for file in data_dir.iterdir() if "before" in file.name]
    assert ("contact", carl) in rows_of(copy)


@pytest.mark.stores("file")
def test_the_file_says_whose_it_is(book: Book, data_dir: Path) -> None:
    connection = connect(data_dir / "book.sqlite3", "ro")
    try:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x456E6973,)
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("DELETE FROM contact")
    finally:
        connection.close()


EARLIER = """
INSERT INTO contact (owner, id, version, name, family, given, family_kana, given_kana, called,
  organisation, department, title, email, phone, url, birthday, channel, how_met, where_met, met_on,
  circles, topics, needs, afternoon, focus, pleases, pleases_source, own_idea, they_gain, i_gain,
  hope, respect_for, companion, closed, do_not_contact, quiet_until, signs, politeness, next_step,
  next_on, source, source_key, acquired_on, note, trashed_on)
VALUES ('me', 'ann', 2, '架空 花', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
  '2016-04-01', '[]', '[]', '[]', '', true, '', '', '', '', '', '', '', false, false, false, '',
  '[]', '', '', '', 'typed', '', '2024-01-01', 'sagt "noun":"名詞"', '');
INSERT INTO change (owner, batch, verb, at, by, undoes, size, rows) VALUES
  ('me', 'b1', 'add', '2026-01-01T00:00:00Z', 'me', NULL, 1, '[{"noun":"contact","id":"ann",
   "before":null,"after":{"name":"架空 花子","met_on":"2016-04-01","focus":true,"source":"typed",
   "acquired_on":"2024-01-01","note":"sagt \\"noun\\":\\"名詞\\"","version":1}}]');
INSERT INTO change (owner, batch, verb, at, by, undoes, size, rows) VALUES
  ('me', 'b2', 'write', '2026-01-02T00:00:00Z', 'me', NULL, 1, '[{"noun":"contact","id":"ann",
   "before":{"name":"架空 花子","version":1},"after":{"name":"架空 花","version":2}}]');
"""
"""What a book of the first version holds, in its own words."""


@pytest.fixture
def nothing(
    store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """A place for a book where there is not even an empty one."""
    if store.is_file:
        yield store
        return
    with request.getfixturevalue("postgresql").database() as url:
        monkeypatch.setenv("ENISHI_DATABASE", url.render_as_string(hide_password=False))
        yield store


def test_a_book_of_the_first_version_goes_on_with_every_row_undo_and_conflict(
    nothing: Store, tmp_path: Path
) -> None:
    first = tmp_path / "first"
    shutil.copytree(MIGRATIONS, first, ignore=since("000[2-9]_*"))
    engine = open_database(database_url(), first)
    with engine.begin() as connection:
        for statement in EARLIER.split(";\n")[:-1]:
            connection.exec_driver_sql(statement)
    engine.dispose()
    if nothing.is_file:  # it kept a write-ahead log
        with sqlite3.connect(str(nothing.url.database)) as file:
            file.execute("PRAGMA journal_mode=WAL")
        file.close()
    book = open_book()
    row = book.row("contact", "ann")
    assert (row["name"], row["met_on"], row["version"]) == ("架空 花", "2016-04-01", 2)
    assert row["note"] == 'sagt "noun":"名詞"'
    with pytest.raises(StaleVersionError):
        book.update("contact", "ann", 1, name="架空 はな")
    assert book.update("contact", "ann", 1, note="本を借りた") == 3
    book.undo()
    book.undo()
    assert book.row("contact", "ann")["name"] == "架空 花子"
    book.undo()
    assert book.frame("contact").empty
    book.redo()
    assert list(book.frame("contact")["name"]) == ["架空 花子"]
    assert list(book.frame("contact")["note"]) == ['sagt "noun":"名詞"']
    book.close()
    assert examine(database_url()) == []


def since(later: str) -> Callable[[Any, list[str]], set[str]]:
    """Return what leaves out the steps named by a pattern, and all of later numbers."""
    return shutil.ignore_patterns("__pycache__", later, "001*")


NEW_COLUMNS = {
    "contact": {
        *("known_as", "known_since", "last_talk", "last_talk_said_on"),
        *("ahead", "closeness", "closeness_word", "cheer"),
        *("passes", "closeness_on", "they_respect"),
        *("romaji", "alias", "honorific", "checked_on"),
    },
    "introduction": {"to_target"},
    "introduction_text": {"seen_at", "role_id"},
    "goal": {"closed_on", "closing", "curious"},
    "plan": {"place_id", "on", "came", "did", "keep", "asked_on"},
    "role": {"ahead", "nearer", "directly", "needed_now", "reach"},
    "place": {"unknown"},
    "message": {"meant", "felt"},
    "encounter": {"depth", "changed"},
    "event": {"again", "otherwise"},
    "give": {"effect_asked_on", "fact_id", "came", "well_done", "moved"},
    "review": {
        *("next_on", "next_state", "tried_result", "why_not_less"),
        *("widen", "look_again_on", "thrive_with"),
    },
}
"""What later migrations added to the first tables."""
MOVED = {"contact": {"next_step", "next_on", "pleases", "pleases_source"}}
"""What they moved into tables of their own."""


@pytest.mark.stores("file")
def test_a_book_of_the_first_tables_opens_with_every_row_and_its_undo(
    data_dir: Path, tmp_path: Path
) -> None:
    """What was dropped before a column was added comes back without it, and can be written on."""
    first = tmp_path / "first"
    shutil.copytree(MIGRATIONS, first, ignore=since("000[2-9]_*"))
    engine = open_database(database_url(), first)
    with engine.begin() as connection:
        for table, new in NEW_COLUMNS.items():
            columns = {column.name for column in metadata.tables[table].columns}
            named = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
            assert named == columns - new | MOVED.get(table, set())
    engine.dispose()
    old = open_book()
    kept, gone = (old.add("contact", name=name) for name in ("架空 花子", "見本 太郎"))
    old.delete("contact", gone)
    with old.engine.begin() as connection:  # as the journal of the first tables has it
        connection.exec_driver_sql(
            """UPDATE change SET rows = replace(rows, '"known_as": "", ', '')"""
        )
        held = connection.exec_driver_sql("SELECT group_concat(rows) FROM change").scalar()
        assert "known_as" not in str(held)
    old.undo()
    assert sorted(old.frame("contact")["name"]) == ["架空 花子", "見本 太郎"]
    assert set(old.frame("contact")["last_talk"]) == set(old.frame("contact")["closeness"]) == {""}
    assert old.frame("contact")["known_since"].isna().all()
    version = old.row("contact", gone)["version"]
    old.update("contact", gone, version, known_as="known")
    assert old.row("contact", gone)["known_as"] == "known"
    assert old.row("contact", kept)["known_as"] == ""
    old.close()


Values = dict[str, Any]
ANN = {"name": "架空 花", "source": "typed", "acquired_on": "2024-01-01"}
REVIEW = {"kind": "week", "on": "2026-01-05"}


class Fifth:
    """A book of the fifth version, in which a contact has one step and one text that pleases them.

    Its rows and its journal are written as that version wrote them: each call changes one row.
    """

    def __init__(self, connection: Connection, owner: str = "me") -> None:
        self.connection, self.owner = connection, owner
        self.tables = MetaData()
        self.tables.reflect(connection)
        self.rows: dict[tuple[str, str], Values | None] = {}

    def write(
        self, table: str, id: str, values: Values | None, verb: str = "write", undoes: int = 0
    ) -> None:
        """Make, change or, with None, remove a row by a call; `undoes` is a call's number."""
        sql_table, key = self.tables.tables[table], (table, id)
        was = self.rows.get(key)
        version = 1 + (was["version"] if was else 0)
        self.delete(sql_table, id)
        now = None if values is None else (was or {}) | values | {"version": version}
        if now is not None:
            self.insert(sql_table, now | {"id": id})
        before, after = was, now
        if was and values is not None:
            before = {name: was.get(name, "") for name in values} | {"version": was["version"]}
            after = values | {"version": version}
        self.rows[key] = now
        change = {"table": table, "id": id, "before": before, "after": after}
        self.record(verb, [change], f"b{undoes}" if undoes else None)

    def record(self, verb: str, rows: list[Values], undoes: str | None = None) -> None:
        """Add a call to the journal; its batch is `b1` for the first one, then `b2`, …"""
        change = self.tables.tables["change"]
        count = len(self.connection.execute(change.select()).all())
        call = {"owner": self.owner, "batch": f"b{count + 1}", "verb": verb, "by": self.owner}
        at = "2026-01-01T00:00:00Z"
        values = call | {"at": at, "undoes": undoes, "size": len(rows), "rows": rows}
        self.connection.execute(change.insert().values(values))

    def insert(self, sql_table: Table, values: Values) -> None:
        """Insert a row, with the fifth version's defaults."""
        filled: Values = {}
        for column in sql_table.columns:
            if not column.nullable:
                blank: Any = "" if not isinstance(column.type, Boolean) else False
                filled[column.name] = [] if isinstance(column.type, JSON) else blank
        self.connection.execute(sql_table.insert().values(filled | {"owner": self.owner} | values))

    def delete(self, sql_table: Table, id: str) -> None:
        """Delete a row, if it is there."""
        mine = (sql_table.c.owner == self.owner, sql_table.c.id == id)
        self.connection.execute(sql_table.delete().where(*mine))


@pytest.fixture
def fifth(nothing: Store, tmp_path: Path) -> Iterator[Engine]:
    """The engine of an empty book of the fifth version."""
    folder = tmp_path / "fifth"
    shutil.copytree(MIGRATIONS, folder, ignore=since("000[6-9]_*"))
    engine = open_database(database_url(), folder)
    yield engine
    engine.dispose()


def upgraded(fifth: Engine, *write: Callable[[Fifth], None]) -> Book:
    """Write into the book of the fifth version, then open it as a book of this version."""
    with fifth.begin() as connection:
        for each in write:
            each(Fifth(connection))
    fifth.dispose()
    return open_book()


def moved(book: Book) -> dict[str, tuple[str, ...]]:
    """Return what the book now holds of what stood on a contact."""
    rows = state(book)
    step, fact = rows.get(("step", "ann")), rows.get(("fact", "ann"))
    found: dict[str, tuple[str, ...]] = {}
    if step:
        assert (step["contact_id"], step["closed_on"]) == ("ann", "")
        found["step"] = (step["words"], step["on"], step["state"])
    if fact:
        assert (fact["contact_id"], fact["kind"], fact["on"]) == ("ann", "", "")
        found["fact"] = (fact["words"], fact["source"])
    return found


def test_a_step_and_what_pleases_become_rows_that_undo_goes_on_working_on(fifth: Engine) -> None:
    def write(book: Fifth) -> None:
        book.write("contact", "ann", ANN | {"next_step": "電話する"}, "add")
        book.write("contact", "ann", {"next_step": "駅前でお茶", "next_on": "2026-01-09"})
        book.write("contact", "ann", {"pleases": "展示の感想", "pleases_source": "said"})
        book.write("contact", "ann", {"next_on": "2026-01-10", "note": "駅の東口"})
        book.write("contact", "ann", {"pleases": ""})

    book = upgraded(fifth, write)
    with book.reading() as connection:
        _, fourth = read_changes(connection, "me", "b4")
    assert fourth.after == {"on": "2026-01-10", "version": 3}
    tea = ("駅前でお茶", "2026-01-10", "open")
    assert moved(book) == {"step": tea}
    assert examine(database_url()) == []
    with pytest.raises(StaleVersionError):
        book.update("step", "ann", 1, words="電話する")
    book.undo()
    assert moved(book) == {"step": tea, "fact": ("展示の感想", "said")}
    undone = book.undo()
    assert undone is not None and undone.kept == ()
    assert moved(book)["step"] == ("駅前でお茶", "2026-01-09", "open")
    assert book.row("contact", "ann")["note"] == ""
    book.undo()
    assert moved(book) == {"step": ("駅前でお茶", "2026-01-09", "open")}
    book.undo()
    assert moved(book) == {"step": ("電話する", "", "open")}
    book.undo()
    assert state(book) == {}
    for _ in range(5):
        book.redo()
    assert moved(book) == {"step": tea}
    assert book.redo() is None
    book.close()
    assert examine(database_url()) == []


def test_an_undo_of_the_version_before_is_taken_back(fifth: Engine) -> None:
    """Somebody was removed by an undo and brought back by another; then that was undone again."""
    whole = ANN | {"next_step": "電話する", "pleases": "山の話", "pleases_source": "seen"}

    def write(book: Fifth) -> None:
        book.write("contact", "ann", whole, "add")
        book.write("contact", "ann", None, "undo", undoes=1)
        book.write("contact", "ann", whole, "redo", undoes=2)
        book.write("contact", "ann", {"next_step": "手紙を書く"})
        book.write("contact", "ann", {"next_step": "電話する"}, "undo", undoes=4)

    book = upgraded(fifth, write)
    assert examine(database_url()) == []
    then = {"step": ("電話する", "", "open"), "fact": ("山の話", "seen")}
    assert moved(book) == then
    book.redo()
    assert moved(book) == then | {"step": ("手紙を書く", "", "open")}
    book.undo()
    assert moved(book) == then
    book.undo()
    assert state(book) == {}
    book.redo()
    assert moved(book) == then
    book.close()
    assert examine(database_url()) == []


def test_who_was_removed_before_comes_back_with_their_step(fifth: Engine) -> None:
    def write(book: Fifth) -> None:
        book.write("contact", "ann", ANN | {"next_step": "電話する"}, "add")
        book.write("contact", "ann", None, "undo", undoes=1)

    book = upgraded(fifth, write)
    assert state(book) == {}
    book.redo()
    assert moved(book) == {"step": ("電話する", "", "open")}
    book.close()
    assert examine(database_url()) == []


def test_a_day_without_a_step_makes_no_row_and_comes_along_with_the_words(fifth: Engine) -> None:
    def write(book: Fifth) -> None:
        book.write("contact", "ann", ANN | {"next_on": "2026-01-09"}, "add")
        book.write("contact", "bob", ANN | {"pleases_source": "guess"}, "add")
        book.write("contact", "ann", {"next_step": "電話する"})
        book.write("contact", "ann", {"next_step": ""})

    book = upgraded(fifth, write)
    assert book.frame("step").empty and book.frame("fact").empty
    book.undo()
    assert moved(book) == {"step": ("電話する", "2026-01-09", "open")}
    book.undo()
    assert moved(book) == {}
    book.close()
    assert examine(database_url()) == []


def test_what_the_journal_lacks_since_somebody_was_removed_is_moved_all_the_same(
    fifth: Engine,
) -> None:
    """The step named the one removed, so that the journal holds it no more."""

    def write(book: Fifth) -> None:
        book.write(
            "contact", "ann", ANN | {"next_step": "電話する", "next_on": "2026-01-09"}, "add"
        )
        book.record("forget", [])
        contact = book.tables.tables["contact"]
        book.connection.execute(contact.update().values(next_step="太郎さんの話を聞く", version=2))

    book = upgraded(fifth, write)
    assert moved(book) == {"step": ("太郎さんの話を聞く", "2026-01-09", "open")}
    book.close()
    assert examine(database_url()) == []


def test_the_next_thing_of_the_latest_week_is_open_and_can_be_undone(fifth: Engine) -> None:
    def write(book: Fifth) -> None:
        book.write("review", "old", REVIEW | {"on": "2025-12-29", "next": "古いこと"}, "add")
        book.write("review", "month", REVIEW | {"kind": "month", "next": "来月のこと"}, "add")
        book.write("review", "new", REVIEW, "add")
        book.write("review", "new", {"next": "写真を送る"})
        book.write("review", "new", {"next": "写真を二枚送る"})

    book = upgraded(fifth, write)
    assert dict(book.frame("review")["next_state"]) == {"old": "", "month": "", "new": "open"}
    assert examine(database_url()) == []
    book.undo()
    row = book.row("review", "new")
    assert (row["next"], row["next_state"]) == ("写真を送る", "open")
    book.undo()
    row = book.row("review", "new")
    assert (row["next"], row["next_state"]) == ("", "")
    undone = book.undo()
    assert undone is not None and undone.kept == ()
    assert "new" not in book.frame("review").index
    for _ in range(3):
        book.redo()
    assert book.row("review", "new")["next_state"] == "open"
    book.close()
    assert examine(database_url()) == []


def test_another_owner_s_rows_of_the_same_id_are_moved_apart(fifth: Engine) -> None:
    def write(book: Fifth) -> None:
        book.write("contact", "ann", ANN | {"next_step": "電話する"}, "add")
        other = Fifth(book.connection, "other")
        other.write("contact", "ann", ANN | {"next_step": "手紙を書く"}, "add")
        other.write("review", "r", REVIEW | {"on": "2025-12-29", "next": "本を読む"}, "add")
        book.write("review", "r", REVIEW | {"next": "絵を見る"}, "add")

    book = upgraded(fifth, write)
    theirs = Book(book.engine, "other")
    for one, words in ((book, "電話する"), (theirs, "手紙を書く")):
        assert moved(one) == {"step": (words, "", "open")}
        assert one.row("review", "r")["next_state"] == "open"
    book.close()
    assert examine(database_url()) == []


def test_more_steps_than_one_may_be_made_in_one_update(fifth: Engine, tmp_path: Path) -> None:
    """On a server no table is altered while the check of a link waits for the commit."""
    with fifth.begin() as connection:
        Fifth(connection).write("contact", "ann", ANN | {"next_step": "電話する"}, "add")
    fifth.dispose()
    change = 'op.add_column("step", sa.Column("size", sa.Text(), server_default=""))'
    engine = open_database(database_url(), with_a_step(tmp_path / "later", change))
    with engine.connect() as read:
        assert read.exec_driver_sql("SELECT words, size FROM step").all() == [("電話する", "")]
    engine.dispose()


GOAL = {"wish": "制作者になる", "rung": 1}


def ahead_of(book: Book) -> dict[str, str]:
    """Return how far ahead each kind of person and each contact is, by id."""
    return {**dict(book.frame("role")["ahead"]), **dict(book.frame("contact")["ahead"])}


def test_two_rungs_that_were_chosen_become_how_far_ahead_somebody_is(fifth: Engine) -> None:
    def write(book: Fifth) -> None:
        book.write("goal", "goal", GOAL, "add")
        for rung in range(5):
            book.write("role", f"r{rung}", {"goal_id": "goal", "name": "人", "rung": rung}, "add")
        book.write("role", "unsaid", {"goal_id": "goal", "name": "人"}, "add")
        book.write("contact", "ann", ANN | {"rung": 4, "role_id": "r2"}, "add")
        book.write("contact", "bob", ANN | {"rung": 1, "ahead": "far"}, "add")
        book.write("contact", "eve", ANN, "add")

    book = upgraded(fifth, write)
    roles = {"r0": "", "r1": "near", "r2": "steps", "r3": "steps", "r4": "far", "unsaid": ""}
    assert ahead_of(book) == roles | {"ann": "far", "bob": "far", "eve": ""}
    assert book.frame("role")["rung"].notna().sum() == 5  # what was written stays
    assert examine(database_url()) == []
    for _ in range(3):
        book.undo()
    undone = book.undo()  # the last kind of person that has a rung
    assert undone is not None and undone.kept == ()
    undone = book.undo()
    assert undone is not None and undone.kept == ()
    assert "r4" not in book.frame("role").index
    book.redo()
    assert book.row("role", "r4")["ahead"] == "far"
    book.close()
    assert examine(database_url()) == []


def test_where_one_rung_was_not_chosen_nothing_is_said(fifth: Engine) -> None:
    def write(book: Fifth) -> None:
        book.write("goal", "goal", {"wish": "制作者になる"}, "add")
        book.write("goal", "other", GOAL | {"closed": True}, "add")
        book.write("role", "r", {"goal_id": "goal", "name": "人", "rung": 4}, "add")
        book.write("role", "loose", {"name": "人", "rung": 4}, "add")
        book.write("contact", "ann", ANN | {"rung": 3}, "add")

    book = upgraded(fifth, write)
    assert set(ahead_of(book).values()) == {""}
    book.close()


def test_how_far_ahead_that_was_taken_back_does_not_return(fifth: Engine) -> None:
    def write(book: Fifth) -> None:
        book.write("goal", "goal", GOAL, "add")
        book.write("contact", "ann", ANN | {"rung": 4}, "add")
        book.write("contact", "ann", {"ahead": "steps"})
        book.write("contact", "ann", {"ahead": ""})

    book = upgraded(fifth, write)
    assert ahead_of(book) == {"ann": ""}
    assert examine(database_url()) == []
    book.close()
