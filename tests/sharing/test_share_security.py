"""Shared pages on PostgreSQL, with the account of the pages: by the product, and by plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from days import day_in
from enishi.book.accounts import dismiss, find_account, invite
from enishi.book.database import open_database
from enishi.book.postgresql import for_person
from enishi.identity import FACILITATOR, PARTICIPANT
from enishi.room.row_security import admit_pages
from enishi.sharing.comments import (
    add_comment,
    answer_comment,
    list_comments,
    remove_comment,
    set_comment_state,
)
from enishi.sharing.errors import NotSharedError
from enishi.sharing.pages import SharedLine, SharedPage
from enishi.sharing.shares import (
    ShareParty,
    list_coaches,
    mark_looked,
    open_share,
    publish,
    read_pages,
    remove_ended,
    share_state,
    shares_received,
    withdraw,
)
from postgresql import PostgreSQL, of_pages

DAY = date(2026, 11, 30)
WISH = SharedPage("wish", "Wish", DAY, (SharedLine("goal:g:wish", "Wish", "To open a workshop"),))
TABLES = ("share", "share_page", "share_comment")


def share_row(person: str, reader: str) -> str:
    """Return the statement that opens something."""
    values = f"'x', '{person}', 'a', '{reader}', 'b', '', '2999-01-01', false, '', '', 1"
    return f"INSERT INTO share VALUES ({values})"


def comment_row(id: str, author: str) -> str:
    """Return the statement that says something."""
    values = f"'x', '{id}', 'wish', '', '', '{author}', 'comment', 'x', '', '', 'open'"
    return f"INSERT INTO share_comment VALUES ({values})"


class Server:
    """A server with row-level security: two people who share with one coach, and another coach."""

    def __init__(
        self, keeper: Engine, pages: dict[str, Engine], parties: dict[str, ShareParty]
    ) -> None:
        self.keeper, self.pages, self.parties = keeper, pages, parties

    def share(self, whose: str) -> str:
        """Let a person show their wish to the coach, by their own page."""
        own = self.pages[whose]
        id = open_share(
            own,
            self.parties[whose],
            self.parties["coach"],
            ["wish"],
            day_in(9),
            day_in(0),
            is_masked=False,
        )
        publish(own, id, self.parties[whose].id, {"wish": WISH})
        return id

    def count(self, who: str, table: str) -> int:
        """Return how many rows a page sees."""
        with self.pages[who].connect() as connection:
            return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)

    def run(self, who: str, statement: str) -> int:
        """Run a statement as a page, and return how many rows it changed."""
        with self.pages[who].begin() as connection:
            return connection.execute(text(statement)).rowcount


@pytest.fixture(scope="module")
def server(postgresql: PostgreSQL) -> Iterator[Server]:
    with postgresql.empty_book() as url, ExitStack() as opened:
        keeper = open_database(url)
        opened.callback(keeper.dispose)
        admit_pages(keeper, of_pages(url))
        parties, pages = {}, {}
        for name, role in (
            *(("aki", PARTICIPANT), ("ben", PARTICIPANT)),
            *(("coach", FACILITATOR), ("other", FACILITATOR)),
        ):
            found, _ = invite(keeper, name, role)
            parties[name] = ShareParty(found.id, name)
            pages[name] = create_engine(for_person(of_pages(url), found.id))
            opened.callback(pages[name].dispose)
        pages[""] = create_engine(of_pages(url))
        opened.callback(pages[""].dispose)
        yield Server(keeper, pages, parties)


@pytest.fixture
def id(server: Server) -> Iterator[str]:
    id = server.share("aki")
    yield id
    with server.keeper.begin() as connection:
        for table in TABLES:
            connection.execute(text(f"DELETE FROM {table}"))


def test_both_sides_do_with_the_pages_account_what_is_theirs(server: Server, id: str) -> None:
    aki, coach = server.pages["aki"], server.pages["coach"]
    me, them = server.parties["aki"], server.parties["coach"]
    named = find_account(aki, me.id)
    assert named is not None and named.name == me.name  # as the sheet asks
    assert list_coaches(aki, me.id) == [them, server.parties["other"]]
    assert [each.person for each in shares_received(coach, them.id, day_in(0))] == [me]
    assert read_pages(coach, id, them.id, day_in(0)) == [WISH]
    mark_looked(coach, id, them.id, day_in(0))
    asked = add_comment(coach, id, them.id, "wish", "goal:g:wish", "question", "Why?", day_in(0))
    answer_comment(aki, id, me.id, asked, "So", day_in(0))
    set_comment_state(aki, id, me.id, asked, "taken", day_in(0))
    assert [each.state for each in list_comments(coach, id, them.id, day_in(0))] == [
        "taken",
        "open",
    ]
    remove_comment(coach, id, them.id, asked, day_in(0))
    withdraw(aki, id, me.id)
    assert shares_received(coach, them.id, day_in(0)) == []


@pytest.mark.parametrize("table", TABLES)
def test_nobody_else_sees_or_changes_a_row(server: Server, id: str, table: str) -> None:
    them = server.parties["coach"].id
    add_comment(server.pages["coach"], id, them, "wish", "", "comment", "x", day_in(0))
    assert server.count("aki", table) == server.count("coach", table) == 1
    for who in ("ben", "other", ""):
        assert server.count(who, table) == 0
        assert server.run(who, f"DELETE FROM {table}") == 0
    for who in ("ben", "other"):
        column = "state" if table == "share_comment" else "content"
        changed = "revision = 99" if table == "share" else f"{column} = 'x'"
        assert server.run(who, f"UPDATE {table} SET {changed}") == 0


def test_a_coach_opens_nothing_and_writes_no_page(server: Server, id: str) -> None:
    aki, coach = server.parties["aki"].id, server.parties["coach"].id
    refused = (
        "UPDATE share SET until = '2999-01-01'",
        "UPDATE share SET is_masked = true",
        share_row(aki, coach),
        f"INSERT INTO share_page VALUES ('{id}', 'week', 1, '', '')",
        comment_row(id, "person"),
        "UPDATE share_comment SET words = 'x'",
    )
    for statement in refused:
        with pytest.raises(ProgrammingError):
            server.run("coach", statement)
    for statement in (
        "UPDATE share_page SET content = 'x'",
        "DELETE FROM share_page",
        "DELETE FROM share",
    ):
        assert server.run("coach", statement) == 0
    assert read_pages(server.pages["coach"], id, coach, day_in(0)) == [WISH]


def test_a_person_shows_nobody_else_s_pages_and_speaks_for_no_coach(
    server: Server, id: str
) -> None:
    aki, ben, coach = (server.parties[each].id for each in ("aki", "ben", "coach"))
    for statement in (
        share_row(aki, coach),
        share_row(ben, aki),
        f"INSERT INTO share_page VALUES ('{id}', 'week', 1, '', '')",
        comment_row(id, "reader"),
    ):
        with pytest.raises(ProgrammingError):
            server.run("ben", statement)


def test_an_ended_or_foreign_share_and_a_dismissed_coach_see_no_row(
    server: Server, id: str
) -> None:
    with server.keeper.begin() as connection:
        connection.execute(text("UPDATE share SET until = '2020-01-01'"))
    assert {server.count("coach", table) for table in TABLES} == {0}
    assert server.count("aki", "share") == 1
    with server.keeper.begin() as connection:
        connection.execute(text("UPDATE share SET until = '2999-01-01'"))
    assert server.count("coach", "share") == 1
    dismiss(server.keeper, server.parties["coach"].id)
    try:
        assert {server.count("coach", table) for table in TABLES} == {0}
    finally:
        with server.keeper.begin() as connection:
            connection.execute(text("UPDATE person SET ends_at = ''"))


def test_of_somebody_who_has_left_the_coach_sees_no_row(server: Server, id: str) -> None:
    aki, coach = server.parties["aki"].id, server.parties["coach"].id
    before = share_state(server.pages["coach"], coach, day_in(0))
    with server.keeper.begin() as connection:  # as if the days of the invitation had passed
        connection.execute(
            text("UPDATE person SET ends_at = '2020-01-01T00:00:00Z' WHERE id = :id"), {"id": aki}
        )
    try:
        assert {server.count("coach", table) for table in TABLES} == {0}
        assert share_state(server.pages["coach"], coach, day_in(0)) != before
        with pytest.raises(NotSharedError):
            read_pages(server.pages["coach"], id, coach, day_in(0))
        assert remove_ended(server.pages["coach"], day_in(0)) == 0  # a page removes nothing of it
        assert remove_ended(server.keeper, day_in(0)) == 1
    finally:
        with server.keeper.begin() as connection:
            connection.execute(text("UPDATE person SET ends_at = ''"))


def test_a_coach_who_reads_a_file_keeps_it_to_themselves(server: Server, id: str) -> None:
    coach = server.parties["coach"].id
    server.run(
        "coach",
        share_row("", coach),
    )
    server.run("coach", "INSERT INTO share_page VALUES ('x', 'wish', 0, '', '')")
    assert server.count("coach", "share") == 2
    assert server.count("other", "share") == server.count("ben", "share") == 0
    with pytest.raises(ProgrammingError):
        server.run(
            "coach",
            share_row("", "nobody"),
        )
