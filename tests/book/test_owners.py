"""Two persons, one database: neither ever sees, moves or takes back what is the other's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from book_states import state
from enishi.book import Book, UnknownRowError
from enishi.book.database import open_database
from enishi.book.import_history import imports
from enishi.book.tables import change
from examples import max_examples
from stores import Store

EXAMPLES = min(1_000, max_examples())
NAMES = ("架空 花子", "架空 次郎")
IDS = ("same-1", "same-2")
"""Both have rows of these names, so that only their owner tells them apart."""


@dataclass(frozen=True)
class Deed:
    """Something one of the two does; `about` names one of their rows."""

    who: int
    act: str
    id: str
    about: str
    name: str

    def do(self, book: Book) -> None:
        """Do it; what is not there cannot be done."""
        with suppress(UnknownRowError):
            ACTS[self.act](book, self)


def meet(book: Book, deed: Deed) -> None:
    with book.batch("import") as batch:
        batch.upsert("encounter", deed.id, contact_id=deed.about, note=f"{deed.name}と話した")
        batch.upsert("promise", deed.id, contact_id=deed.about, words=deed.name)


ACTS: dict[str, Callable[[Book, Deed], Any]] = {
    "person": lambda book, deed: book.upsert("contact", deed.id, name=deed.name),
    "through": lambda book, deed: book.update("contact", deed.id, through_id=deed.about),
    "meet": meet,
    "setting": lambda book, deed: book.set_setting(f"snoozed:{deed.about}", deed.name),
    "drop": lambda book, deed: book.delete("encounter", deed.id),
    "trash": lambda book, deed: book.delete("contact", deed.id),
    "forget": lambda book, deed: book.erase(deed.id),
    "undo": lambda book, deed: book.undo(),
    "redo": lambda book, deed: book.redo(),
    "undo an import": lambda book, deed: [book.undo(call.batch) for call in imports(book)[:1]],
}
DEEDS = st.lists(
    st.builds(
        Deed,
        who=st.integers(0, 1),
        act=st.sampled_from(sorted(ACTS)),
        id=st.sampled_from(IDS),
        about=st.sampled_from(IDS),
        name=st.sampled_from(NAMES),
    ),
    min_size=5,
    max_size=15,
)


def everything(book: Book) -> dict[str, Any]:
    """Return all that one of them has, and all that they can see."""
    with book.reading() as connection:
        journal = connection.execute(
            select(change).where(change.c.owner == book.owner).order_by(change.c.seq)
        ).all()
    return {
        "rows": state(book, versions=True),
        "journal": journal,
        "last": book.next_undo_redo(),
        "revision": book.revision(),
        "imports": imports(book),
        "frames": {table: book.frame(table).to_dict("split") for table in ("contact", "encounter")},
    }


def live_side_by_side(store: Store, deeds: list[Deed]) -> None:
    with store.another() as url, closing(Book(open_database(url), "me")) as mine:
        both = (mine, Book(mine.engine, "another"))
        for book in both:
            for id, name in zip(IDS, NAMES, strict=True):
                book.upsert("contact", id, name=name)
        for deed in deeds:
            left_alone = both[1 - deed.who]
            before = everything(left_alone)
            deed.do(both[deed.who])
            assert repr(everything(left_alone)) == repr(before), deed  # NaT is not itself


@pytest.mark.stores("file")
@settings(max_examples=max(1, EXAMPLES // 10), suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS)
def test_whatever_one_person_does_leaves_the_other_s_book_as_it_is(
    store: Store, deeds: list[Deed]
) -> None:
    live_side_by_side(store, deeds)


@pytest.mark.stores("server")
@settings(max_examples=max(1, EXAMPLES // 25), suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS)
def test_whatever_one_person_does_on_a_server_leaves_the_other_s_book_as_it_is(
    store: Store, deeds: list[Deed]
) -> None:
    live_side_by_side(store, deeds)


@pytest.mark.stores("file", "server")
def test_each_forgets_and_takes_back_only_their_own_of_two_rows_with_one_id(store: Store) -> None:
    with store.another() as url, closing(Book(open_database(url), "me")) as mine:
        theirs = Book(mine.engine, "another")
        for book in (mine, theirs):
            book.upsert("contact", "same", name="架空 花子", note="その人だけの言葉")
        before = everything(theirs)
        mine.erase("same")
        assert state(mine) == {}
        assert repr(everything(theirs)) == repr(before)
        theirs.undo()
        assert state(theirs) == {}
        assert mine.redo() is None
        theirs.redo()
        assert list(theirs.frame("contact")["note"]) == ["その人だけの言葉"]
        assert mine.frame("contact").empty
