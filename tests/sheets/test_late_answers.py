"""A server that goes away in the very moment of a commit, and a page that comes after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from enishi.book import Book
from sheets import ask
from widgets.base.workbook import Workbook
from widgets.goal.wish import Wish

pytestmark = pytest.mark.stores("server")


@contextmanager
def killed_after_commit(book: Book) -> Iterator[None]:
    """The server commits, and its process ends before it can say so."""
    dialect: Any = book.engine.dialect
    commit = dialect.do_commit

    def committed(pooled: Any) -> None:
        dialect.do_commit = commit
        connection: psycopg.Connection = pooled.dbapi_connection
        number = connection.info.backend_pid
        commit(pooled)
        with book.engine.connect() as other:
            other.execute(text(f"SELECT pg_terminate_backend({number}, 60000)"))
        connection.execute("SELECT 1")  # the answer that does not come

    dialect.do_commit = committed
    try:
        yield
    finally:
        dialect.do_commit = commit


class Cut(Wish):
    """A sheet whose connection is ended while it looks."""

    is_cut = False

    def build_state(self) -> dict[str, Any]:
        if self.is_cut:
            assert self.workbook.frames_now is not None
            with self.book.reading() as connection:
                number = connection.scalar(text("SELECT pg_backend_pid()"))
            with self.book.engine.connect() as other:
                other.execute(text(f"SELECT pg_terminate_backend({number}, 60000)"))
            self.workbook.frames_now.clear()
            self.book._frames.kept.clear()
        return super().build_state()


@pytest.fixture
def wish(book: Book) -> Cut:
    return Cut(Workbook("02-goal", book, "en"))


def write(sheet: Cut, version: int, **values: Any) -> dict[str, Any]:
    return ask(
        sheet, "write", table="goal", id=sheet.state["goal"]["id"], version=version, values=values
    )


def test_a_write_that_was_committed_and_not_answered_is_saved_again_without_a_conflict(
    wish: Cut,
) -> None:
    with killed_after_commit(wish.book):
        lost = write(wish, 0, wish="a designer")
    assert (lost["ok"], lost["passes"]) == (False, True)
    again = write(wish, 0, wish="a designer")
    assert again["ok"]
    assert wish.state["goal"]["wish"] == "a designer"


@pytest.mark.parametrize("version", [0, 1])
def test_what_is_written_after_an_answer_that_was_lost_builds_on_what_was_committed(
    wish: Cut, version: int
) -> None:
    seen = write(wish, 0, wish="before")["version"] if version else 0
    with killed_after_commit(wish.book):
        assert not write(wish, seen, wish="a design")["ok"]
    assert write(wish, seen, wish="a designer")["ok"], "one's own words are no other window's"
    assert wish.state["goal"]["wish"] == "a designer"


def test_another_windows_words_are_still_a_conflict_after_an_answer_that_was_lost(
    wish: Cut,
) -> None:
    other = Wish(Workbook("02-goal", Book(wish.book.engine, "me"), "en"))
    with killed_after_commit(wish.book):
        assert not write(wish, 0, wish="mine")["ok"]
    other.workbook.refresh()
    goal = other.state["goal"]
    other.book.update("goal", goal["id"], goal["version"], wish="hers")
    refused = write(wish, 0, wish="mine, and more")
    assert refused["theirs"] == {"wish": "hers"}


def test_what_is_saved_while_the_page_cannot_be_drawn_is_said_to_be_and_drawn_later(
    wish: Cut,
) -> None:
    wish.is_cut = True
    saved = write(wish, 0, wish="a designer")
    assert (saved["ok"], saved["behind"], saved["passes"]) == (True, True, True)
    assert saved["version"]
    assert "This is saved, but the page still shows what was there before." in saved["text"]
    assert wish.state["goal"]["wish"] == ""
    late = ask(wish, "catch_up")
    assert (late["ok"], late["passes"]) == (False, True)
    wish.is_cut = False
    assert ask(wish, "catch_up")["ok"]
    assert wish.state["goal"]["wish"] == "a designer"
    assert write(wish, saved["version"], wish="an editor")["ok"]
