"""Writes on the same fields that follow each other are one call, and nobody else notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, update

from book_states import calls, state
from enishi.book import Book, StaleVersionError, open_book
from enishi.book.database import open_database
from enishi.book.errors import GrowthError
from enishi.book.journal import fields_since
from enishi.book.tables import change
from enishi.book.validation import MOMENT
from examples import max_examples
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

LONG = "願" * 4000


# -- what is one call ------------------------------------------------------------------------------


def test_rewriting_a_field_is_one_call_and_one_undo_takes_it_back(book: Book) -> None:
    goal = book.add("goal", wish="はじめ")
    for wish in ("編", "編集", "編集者"):
        book.update("goal", goal, wish=wish)
    assert calls(book) == ["add", "write"]
    assert book.row("goal", goal)["version"] == 4, "each write still has a version of its own"
    book.undo()
    assert book.row("goal", goal)["wish"] == "はじめ"
    book.redo()
    assert book.row("goal", goal)["wish"] == "編集者"


def test_the_journal_of_a_field_that_is_rewritten_does_not_grow(book: Book) -> None:
    goal = book.add("goal", wish=LONG)
    for number in range(50):
        book.update("goal", goal, wish=LONG[:3990] + str(number))
    with book.reading() as connection:
        rows = list(connection.scalars(select(change.c.rows).where(change.c.owner == "me")))
    assert len(rows) == 2


def test_other_fields_rows_verbs_and_windows_begin_a_call_of_their_own(book: Book) -> None:
    goal, role = book.add("goal"), book.add("role")
    other = open_book()
    book.update("goal", goal, wish="一")
    book.update("goal", goal, proof="二")
    book.update("goal", goal, wish="三", proof="四")
    book.update("goal", goal, wish="五")
    book.update("role", role, name="六")
    other.update("role", role, name="七")
    book.update("role", role, name="八")
    book.upsert("role", role, name="九")
    book.update("role", role, name="十")
    assert calls(book) == ["add"] * 2 + ["write"] * 9
    other.close()


def test_a_write_after_an_undo_or_a_redo_begins_a_call_of_its_own(book: Book) -> None:
    goal = book.add("goal")
    book.update("goal", goal, wish="一")
    book.undo()
    book.redo()
    book.update("goal", goal, wish="二")
    book.undo()
    assert book.row("goal", goal)["wish"] == "一"
    book.update("goal", goal, wish="三")
    assert calls(book) == ["add", "write", "undo", "redo", "write", "undo", "write"]


def test_a_write_by_another_hand_begins_a_call_of_its_own(book: Book) -> None:
    goal = book.add("goal")
    book.update("goal", goal, wish="一")
    book.by = "somebody"
    book.update("goal", goal, wish="二")
    assert calls(book) == ["add", "write", "write"]


def test_a_minute_after_its_first_write_a_call_has_ended(book: Book) -> None:
    goal = book.add("goal")
    book.update("goal", goal, wish="一")
    with book.writing() as connection:
        passed = (datetime.now(UTC) - timedelta(seconds=62)).strftime(MOMENT)
        connection.execute(update(change).values(at=passed))
    book.update("goal", goal, wish="二")
    assert calls(book) == ["add", "write", "write"]
    book.undo()
    assert book.row("goal", goal)["wish"] == "一"


def test_another_window_sees_every_write_of_a_call(book: Book) -> None:
    goal = book.add("goal", wish="はじめ")
    other = open_book()
    for wish in ("編", "編集", "編集者"):
        book.update("goal", goal, wish=wish)
        assert other.frame("goal").at[goal, "wish"] == wish
    other.close()


# -- and nobody notices ----------------------------------------------------------------------------


@dataclass
class Two:
    """Two windows on one book, each with what it last saw of the goal."""

    windows: tuple[Book, Book]
    goal: str
    seen: list[int]

    def do(self, what: str, window: int, column: str, text: str) -> Any:
        book = self.windows[window]
        if what == "look":
            self.seen[window] = int(book.row("goal", self.goal)["version"])
        elif what == "other":
            with book.batch("other") as batch:
                batch.update("goal", self.goal, **{column: text})
        else:
            try:
                written = book.update("goal", self.goal, self.seen[window], **{column: text})
            except StaleVersionError as stale:
                return stale.fields, stale.theirs, stale.version
            self.seen[window] = written
        return self.row

    @property
    def row(self) -> dict[str, Any]:
        return self.windows[0].row("goal", self.goal)

    @property
    def since(self) -> list[set[str] | None]:
        """What has changed since each version there ever was."""
        now = int(self.row["version"])
        with self.windows[0].reading() as connection:
            return [
                fields_since(connection, self.windows[0].owner, "goal", self.goal, version, now)
                for version in range(1, now)
            ]

    def taken_back(self) -> list[dict[str, Any]]:
        """Undo everything but the goal itself; return what was seen on the way."""
        found = []
        while len(self.standing()) > 1:
            self.windows[0].undo()
            found.append({name: cell for name, cell in self.row.items() if name != "version"})
        return found

    def done_again(self) -> dict[str, Any]:
        while self.windows[0].redo():
            pass
        return {name: cell for name, cell in self.row.items() if name != "version"}

    def standing(self) -> list[str]:
        found: list[str] = []
        for verb in calls(self.windows[0]):
            if verb == "undo":
                found.pop()
            else:
                found.append(verb)
        return found


class Alone(Book):
    """A book whose writes are a call each."""

    def update(self, table: str, id: str, version: int | None = None, /, **values: Any) -> int:
        self._written = None
        return super().update(table, id, version, **values)


def two(engine: Engine, kind: type[Book], owner: str) -> Two:
    one, other = kind(engine, owner), kind(engine, owner)
    goal = one.add("goal")
    seen = int(one.row("goal", goal)["version"])
    return Two((one, other), goal, [seen, seen])


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "write", "look", "other"]),
        st.sampled_from([0, 0, 1]),
        st.sampled_from(["wish", "wish", "proof"]),
        st.sampled_from(["", "一", "二", "三"]),
    ),
    max_size=14,
)


@pytest.mark.stores("file")
@settings(
    max_examples=min(300, max(10, max_examples() // 5)),
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
@given(steps=STEPS)
def test_conflicts_undo_and_redo_are_as_if_every_write_were_a_call_of_its_own(
    store: Store, steps: list[tuple[str, int, str, str]]
) -> None:
    with store.another() as url, closing(Book(open_database(url), "me")) as book:
        joined, alone = two(book.engine, Book, "me"), two(book.engine, Alone, "alone")
        for step in steps:
            assert joined.do(*step) == alone.do(*step)
        last = {name: cell for name, cell in joined.row.items() if name != "version"}
        assert joined.since == alone.since
        few, many = joined.taken_back(), alone.taken_back()
        assert is_part(few, many), "every undo ends where some undo of single writes ends"
        assert (few[-1:]) == (many[-1:])
        assert joined.done_again() == alone.done_again() == last


def is_part(few: list[dict[str, Any]], many: list[dict[str, Any]]) -> bool:
    """Are `few` in `many`, in this order?"""
    rest = iter(many)
    return all(one in rest for one in few)


# -- how much a book may grow ----------------------------------------------------------------------


@pytest.fixture
def hosted(store: Store) -> Iterator[Book]:
    with store.another() as url, closing(Book(open_database(url), "someone")) as book:
        book.quota = 100_000
        yield book


def test_one_person_fills_no_disk_and_nothing_refused_is_half_written(hosted: Book) -> None:
    hosted.add("goal", wish=LONG)
    others = Book(hosted.engine, "another")
    with pytest.raises(GrowthError):
        for _ in range(100):
            hosted.add("role", name="編集者", question_1=LONG[:300], question_2=LONG[:300])
            hosted.add("place", note=LONG)
    before = state(hosted, versions=True)
    with pytest.raises(GrowthError), hosted.batch("import") as batch:
        batch.add_many("place", [{"name": "見本", "note": LONG}] * 10)
    assert state(hosted, versions=True) == before
    with hosted.reading() as connection:
        query = select(func.count()).where(change.c.owner == "someone")
        assert connection.scalar(query) == len(calls(hosted)) < 20
    others.add("goal", wish=LONG)


def test_an_hour_later_there_is_room_again(hosted: Book) -> None:
    with pytest.raises(GrowthError):
        for _ in range(100):
            hosted.add("place", note=LONG)
    with hosted.writing() as connection:
        passed = (datetime.now(UTC) - timedelta(minutes=61)).strftime(MOMENT)
        connection.execute(update(change).where(change.c.owner == "someone").values(at=passed))
    later = Book(hosted.engine, "someone")  # a page opened then; it looks at the journal itself
    later.quota = 100_000
    later.add("place", note=LONG)


def test_who_rewrites_a_field_uses_up_no_more_than_its_text(hosted: Book) -> None:
    goal = hosted.add("goal")
    for number in range(40):
        hosted.update("goal", goal, wish=LONG[:3990] + str(number))
    assert hosted.row("goal", goal)["wish"].endswith("39")


def test_a_book_at_home_has_no_such_limit(book: Book) -> None:
    assert book.quota is None
