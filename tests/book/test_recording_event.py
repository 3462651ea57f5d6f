from __future__ import annotations

import pytest

from enishi.book import Book
from enishi.book.errors import UnknownRowError
from enishi.book.recording import EventContact, FollowUp, enter_event

pytestmark = pytest.mark.stores("file", "server")
ON = "2026-11-19"


@pytest.fixture
def people(book: Book) -> list[str]:
    return [book.add("contact", name=f"架空 {name}") for name in ("花子", "次郎")]


def enter(book: Book, *met: EventContact, **event: str) -> str:
    id = book.add("event", name="例の会")
    enter_event(book, id, event, met, ON)
    return id


def test_an_evening_and_everybody_met_there_is_one_change(book: Book, people: list[str]) -> None:
    promise = FollowUp("写真を送る", "me", "2026-11-22")
    id = enter(
        book,
        EventContact(people[0], "植物の話", (promise,)),
        EventContact(people[1], then=(FollowUp("また話す"),)),
        note="よい席だった",
    )

    event = book.row("event", id)
    assert (event["done"], event["on"], event["note"]) == (True, ON, "よい席だった")
    met = book.frame("encounter")
    assert list(met["contact_id"]) == people
    assert set(met["event_id"]) == {id} and set(met["kind"]) == {"event"}
    assert list(met["note"]) == ["植物の話", ""]
    assert list(book.frame("promise")["words"]) == ["写真を送る"]
    (step,) = book.frame("step").to_dict("records")
    assert (step["contact_id"], step["words"]) == (people[1], "また話す")

    book.undo()
    assert not book.row("event", id)["done"]
    assert book.frame("encounter").empty and book.frame("promise").empty
    assert book.frame("step").empty


def test_an_evening_with_nobody_to_name_is_entered_all_the_same(book: Book) -> None:
    assert book.row("event", enter(book))["done"]


def test_an_evening_that_was_not_planned_is_made(book: Book) -> None:
    enter_event(book, "new-one", {"name": "通りがかりの会（例）"}, [], ON)

    assert book.row("event", "new-one")["name"] == "通りがかりの会（例）"


def test_with_an_unknown_person_nothing_is_entered(book: Book, people: list[str]) -> None:
    with pytest.raises(UnknownRowError):
        enter(book, EventContact(people[0]), EventContact("nobody"))

    assert book.frame("encounter").empty
    assert not book.frame("event")["done"].any()
