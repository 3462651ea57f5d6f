"""Whose process it is decides which book and which sheets it opens, whatever a message says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

from book_states import state
from enishi.book import Book, open_book
from enishi.book.database import database_url
from enishi.identity import (
    FACILITATOR,
    PARTICIPANT,
    NoIdentityError,
    WrongOwnerError,
    identity,
    may,
)
from sheets import ask, book_of
from widgets.base.sheet import Answer, Sheet, command
from widgets.base.workbook import Workbook, open_workbook
from widgets.contacts.add import Add
from widgets.contacts.people import People
from widgets.frame.header import Header
from widgets.goal.wish import Wish


class Board(Sheet):
    """A sheet for those who lead."""

    name = "board"
    role = FACILITATOR
    writable: ClassVar[dict[str, tuple[str, ...]]] = {"goal": ("wish",)}
    creatable = ("goal",)
    seen: ClassVar[list[str]] = []

    def build_state(self) -> dict[str, Any]:
        """Say that it was looked at."""
        self.seen.append(self.workbook.role)
        return {"secret": "for those who lead"}

    @command
    def begin(self) -> Answer:
        """Begin."""
        return {"focus": self.book.add("goal", wish="begun")}


@pytest.fixture
def be(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None, str | None], None]:
    """A function that makes this process somebody's; None leaves it unsaid."""

    def become(person: str | None, role: str | None = None) -> None:
        for name, value in (("ENISHI_PERSON", person), ("ENISHI_ROLE", role)):
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)

    return become


def test_a_process_nobody_said_anything_of_is_the_one_person_s(be: Any) -> None:
    be(None)
    assert identity() == ("me", FACILITATOR)
    assert open_book().owner == "me"
    assert open_book("ann").owner == "ann"  # their own computer, their own files


def test_a_process_opens_the_book_of_its_person_and_no_other(be: Any) -> None:
    be("ann", PARTICIPANT)
    book = open_book()
    assert book.owner == open_book("ann").owner == "ann"
    for other in ("me", "ben", "ann ", "ANN"):
        with pytest.raises(WrongOwnerError):
            open_book(other)
        with pytest.raises(WrongOwnerError):
            Book(book.engine, other)


def test_a_process_that_is_nobody_s_opens_no_book_and_makes_none(be: Any) -> None:
    be("")
    for owner in (None, "me", "ann", ""):
        with pytest.raises(NoIdentityError):
            open_book(owner)
    assert not Path(database_url().database or "").exists()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "does not know who is here, so it opened no book. Please enter again"),
        ("ja", "どなたが開いているのか分からないため、ワークブックを開きませんでした。"),
    ],
)
def test_a_page_that_is_nobody_s_says_so_and_stays_closed(
    be: Any, monkeypatch: pytest.MonkeyPatch, language: str, sentence: str
) -> None:
    be("")
    monkeypatch.setenv("HTTP_ACCEPT_LANGUAGE", language)
    workbook = open_workbook("02-goal")
    head, wish = Header(workbook), Wish(workbook)
    assert sentence in head.state["trouble"]
    assert wish.state == {}
    answer = ask(wish, "write", table="goal", id="g", version=0, values={"wish": "x"})
    assert not answer["ok"]


@pytest.mark.parametrize("role", ["", "participant", "Facilitator", "facilitators", "admin", None])
def test_a_role_nobody_knows_opens_no_more_than_a_participant_s(be: Any, role: str | None) -> None:
    be("ann", role)
    assert not may(identity().role, FACILITATOR)
    assert may(identity().role, PARTICIPANT)
    assert not may(identity().role, "something else")


def test_a_sheet_for_those_who_lead_shows_and_does_nothing_for_others(be: Any) -> None:
    be("ann", PARTICIPANT)
    workbook, before = open_workbook("02-goal"), Board.seen[:]
    board, wish = Board(workbook), Wish(workbook)
    messages: list[dict[str, Any]] = [
        {"do": "begin"},
        {"do": "write", "table": "goal", "id": "g", "version": 0, "values": {"wish": "x"}},
        {"do": "add", "table": "goal", "values": {"wish": "x"}},
        {"do": "drop", "table": "goal", "id": "g"},
    ]
    for message in messages:
        answer = ask(board, message.pop("do"), **message)
        assert answer["text"].startswith("ここではできない") or "ここでは" in answer["text"]
        assert not answer["ok"]
    ask(wish, "write", table="goal", id="g", version=0, values={"wish": "mine"})
    assert (board.state, board.words) == ({}, {"closed": True})
    assert Board.seen == before
    assert open_book().frame("goal")["wish"].tolist() == ["mine"]


def test_a_sheet_for_those_who_lead_works_for_them(be: Any) -> None:
    be("ben", FACILITATOR)
    board = Board(open_workbook("02-goal"))
    assert board.state["secret"]
    assert ask(board, "begin")["ok"]


def test_nothing_the_browser_says_changes_the_role(be: Any) -> None:
    be("ann", PARTICIPANT)
    board = Board(open_workbook("02-goal"))
    board.set_state({"role": FACILITATOR, "state": {}, "page": None})
    board._handle_custom_msg({"do": "begin", "n": 1, "role": FACILITATOR}, [])
    assert not board.answer["ok"]
    assert board.workbook.role == PARTICIPANT


def page_of(be: Any, name: str, person: str) -> Workbook:
    be(person, PARTICIPANT)
    workbook = open_workbook(name)
    assert workbook.book is not None and book_of(workbook).owner == person
    return workbook


def test_messages_that_name_another_person_s_rows_change_nothing_of_theirs(be: Any) -> None:
    theirs = page_of(be, "04-contacts", "ben").book
    assert theirs
    friend = theirs.add("contact", name="架空 三郎")
    meeting = theirs.add("encounter", contact_id=friend, note="見本")
    goal = theirs.add("goal", wish="a bakery by the sea")
    before = state(theirs, versions=True)

    wish, people = Wish(page_of(be, "02-goal", "ann")), People(page_of(be, "04-contacts", "ann"))
    bring = Add(people.workbook)
    own = people.workbook.book
    assert own
    for sheet, table, id, column in (
        (wish, "goal", goal, "wish"),
        (people, "contact", friend, "name"),
    ):
        for version in (1, 2):
            write = {"table": table, "id": id, "version": version, "values": {column: "taken"}}
            assert not ask(sheet, "write", **write)["ok"]
        assert not ask(sheet, "drop", table=table, id=id)["ok"]
    for do, message in every_message(people, friend) + every_message(bring, meeting):
        ask(people if hasattr(people, do) else bring, do, **message)
    be("ben", PARTICIPANT)
    assert state(theirs, versions=True) == before
    be("ann", PARTICIPANT)
    told = str([sheet.state for sheet in (wish, people, bring)])
    assert "架空 三郎" not in told
    assert "a bakery by the sea" not in told


def every_message(sheet: Sheet, id: str) -> list[tuple[str, dict[str, Any]]]:
    """Return a message for each verb of a sheet that takes an id and no more."""
    found = []
    for kind in getattr(type(sheet).messages, "__args__", ()):
        fields = [name for name in kind.__struct_fields__ if name != "n"]
        if fields == ["id"]:
            found.append((kind.__struct_config__.tag, {"id": id}))
    return found


def test_a_row_of_mine_may_have_the_id_of_another_s_and_is_not_theirs(be: Any) -> None:
    ben = page_of(be, "02-goal", "ben").book
    assert ben
    goal = ben.add("goal", wish="a bakery by the sea")
    wish = Wish(page_of(be, "02-goal", "ann"))
    ask(wish, "write", table="goal", id=goal, version=0, values={"wish": "mine"})
    assert wish.workbook.book and wish.workbook.book.row("goal", goal)["wish"] == "mine"
    be("ben", PARTICIPANT)
    assert ben.row("goal", goal)["wish"] == "a bakery by the sea"
