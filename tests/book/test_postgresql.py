"""A book on a PostgreSQL server: what can go wrong there, and that nothing is lost by it."""

from __future__ import annotations

import random
import socket
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, text

from book_children import STEP, finish, go, start
from book_states import calls, count, state
from broken_files import check_told
from enishi.book import (
    Book,
    BookBusyError,
    BookError,
    DatabaseEncodingError,
    DatabasePermissionError,
    DatabaseUnreachableError,
    ForeignDatabaseError,
    NewerBookError,
    NotABookError,
    dialects,
    open_book,
)
from enishi.book.database import check_reachable, database_url, open_database
from enishi.book.tables import metadata
from postgresql import ACCOUNT, PASSWORD, SEND_AWAY, PostgreSQL
from stores import Store

pytestmark = pytest.mark.stores("server")


def check_hidden(error: BaseException) -> None:
    """Nowhere in what is told, nor in what would be logged, does the password stand."""
    for part in (PASSWORD, "geheim", "ひみつ"):
        assert part not in "".join(traceback.format_exception(error))
    if isinstance(error, BookError):
        check_told(error)


@pytest.fixture
def bare(postgresql: PostgreSQL, data_dir: Path) -> Iterator[URL]:
    """A database in which nothing was ever made."""
    with postgresql.database() as url:
        yield url


def address(url: URL) -> dict[str, str]:
    """Return what tells another process to use the database at `url`."""
    return {"ENISHI_DATABASE": url.render_as_string(hide_password=False)}


# -- the first start -------------------------------------------------------------------------------


def test_processes_that_find_an_empty_database_share_one_book(bare: URL, data_dir: Path) -> None:
    code = """
import sys
print("ready"); sys.stdin.readline()
from enishi.book import open_book
open_book().add("contact", name="見本")
"""
    children = [start(code, data_dir, **address(bare)) for _ in range(3)]
    go(children)
    for child in children:
        finish(child)
    book = Book(open_database(bare), "me")
    assert count(book, "contact") == 3
    book.close()
    assert not data_dir.exists()


def test_a_first_start_that_was_killed_leaves_a_database_that_opens(
    bare: URL, data_dir: Path
) -> None:
    child = start(
        "import sqlalchemy, alembic.command\nprint('begin')\n" + STEP, data_dir, **address(bare)
    )
    assert child.stdout is not None
    child.stdout.readline()
    with suppress(TimeoutExpired):
        child.wait(random.uniform(0, 0.6))
    child.kill()
    child.communicate()
    book = Book(open_database(bare), "me")
    book.add("contact", name="架空 花子")
    book.close()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_as_providers_write_it_is_understood(
    store: Store, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    written = store.environment["ENISHI_DATABASE"].partition("://")[2]
    monkeypatch.setenv("ENISHI_DATABASE", f"{scheme}://{written}")
    check_reachable(database_url())
    book = open_book()
    assert book.revision() == 0
    book.close()


# -- what cannot be opened -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE contact (id integer, name text)",
        "CREATE TABLE alembic_version (version_num text); "
        "INSERT INTO alembic_version VALUES ('ae1027a6acf4')",
    ],
)
def test_another_program_s_database_is_left_as_it_is(
    postgresql: PostgreSQL, bare: URL, statement: str
) -> None:
    postgresql.run(
        SQL(statement),
        SQL("GRANT ALL ON ALL TABLES IN SCHEMA public TO enishi"),
        database=name(bare),
    )
    for open_it in (open_database, check_reachable):
        with pytest.raises(NotABookError) as told:
            open_it(bare)
        assert type(told.value) is ForeignDatabaseError
        check_hidden(told.value)
    assert len(tables(postgresql, bare)) == 1


def test_a_newer_book_is_told_and_left_as_it_is(postgresql: PostgreSQL, book: Book) -> None:
    book.add("contact", name="架空 花子")
    before = state(book, versions=True)
    postgresql.run("UPDATE alembic_version SET version_num='9999'", database=name(book.engine.url))
    for open_it in (open_database, check_reachable):
        with pytest.raises(NewerBookError) as told:
            open_it(database_url())
        check_hidden(told.value)
    assert state(book, versions=True) == before


def test_an_account_that_may_make_no_tables_is_told(postgresql: PostgreSQL, bare: URL) -> None:
    postgresql.run(
        SQL("ALTER DATABASE {} OWNER TO admin").format(Identifier(name(bare))),
    )
    postgresql.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database=name(bare))
    with pytest.raises(DatabasePermissionError) as told:
        open_database(bare)
    check_hidden(told.value)
    assert tables(postgresql, bare) == set()


def test_a_server_that_only_reads_is_told(postgresql: PostgreSQL, book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    book.close()
    only_reads(postgresql, True)
    try:
        with pytest.raises(DatabasePermissionError) as told:
            book.update("contact", ann, name="架空 花")
        check_hidden(told.value)
        assert book.row("contact", ann)["name"] == "架空 花子"
    finally:
        book.close()
        only_reads(postgresql, False)
    assert book.update("contact", ann, name="架空 花") == 2


def only_reads(postgresql: PostgreSQL, yes: bool) -> None:
    reads = SQL("ALTER ROLE {} SET default_transaction_read_only = " + ("on" if yes else "off"))
    postgresql.run(reads.format(Identifier(ACCOUNT)))


def test_a_database_for_a_few_characters_only_is_told(
    postgresql: PostgreSQL, data_dir: Path
) -> None:
    few = "ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C'" + postgresql.plainly_sorted
    with postgresql.database(few) as url:
        for open_it in (open_database, check_reachable):
            with pytest.raises(DatabaseEncodingError) as told:
                open_it(url)
            check_hidden(told.value)
        assert tables(postgresql, url) == set()


def test_a_database_that_knows_no_encoding_keeps_every_character(
    postgresql: PostgreSQL, data_dir: Path
) -> None:
    """That is what a server is that was made where no language is set."""
    unknown = "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'" + postgresql.plainly_sorted
    said = "𠮷野 😀👩‍👩‍👧 が (か\u3099)"
    with postgresql.database(unknown) as url:
        book = Book(open_database(url), "me")
        ann = book.add("contact", name=said, topics=[said])
        assert book.row("contact", ann)["name"] == said
        assert book.frame("contact").loc[ann, "topics"] == [said]
        book.close()


@pytest.mark.parametrize(
    "change",
    [
        {"password": "wrong-ひみつ"},
        {"username": "nobody"},
        {"database": "no_such_database"},
        {"query": {"host": "/no/such/folder"}},
        {"query": {"host": "127.0.0.1", "port": "1"}},
        {"query": {"host": "no-such-host.invalid"}},
    ],
)
def test_a_server_that_cannot_be_reached_is_told(store: Store, change: dict[str, Any]) -> None:
    for open_it in (open_database, check_reachable):
        with pytest.raises(DatabaseUnreachableError) as told:
            open_it(store.url.set(**change))
        check_hidden(told.value)


def test_a_server_that_never_answers_is_not_waited_for_long(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = str(silent.getsockname()[1])
        where = {"host": "127.0.0.1", "port": port, "connect_timeout": "2"}
        with pytest.raises(DatabaseUnreachableError):
            open_database(store.url.set(query=where))


def test_a_password_written_elsewhere_in_the_address_is_not_shown_either(
    postgresql: PostgreSQL, book: Book
) -> None:
    postgresql.run("UPDATE alembic_version SET version_num='9999'", database=name(book.engine.url))
    url = book.engine.url
    with pytest.raises(NewerBookError) as told:
        open_database(url.set(password=None, query={**url.query, "password": PASSWORD}))
    check_hidden(told.value)


# -- in the middle of everything -------------------------------------------------------------------


def test_an_edit_while_the_server_is_gone_is_told_and_the_next_one_works(
    postgresql: PostgreSQL, book: Book
) -> None:
    ann = book.add("contact", name="架空 花子")
    book.frame("contact")
    postgresql.stop()
    try:
        for use in (lambda: book.update("contact", ann, name="x"), lambda: book.frame("contact")):
            with pytest.raises(DatabaseUnreachableError) as told:
                use()
            check_hidden(told.value)
        with pytest.raises(DatabaseUnreachableError):
            check_reachable(database_url())
    finally:
        postgresql.start()
    assert book.update("contact", ann, name="架空 花") == 2
    assert list(book.frame("contact")["name"]) == ["架空 花"]


def test_a_call_whose_connection_breaks_in_the_middle_leaves_nothing(
    postgresql: PostgreSQL, book: Book
) -> None:
    ann = book.add("contact", name="架空 花子")
    before = state(book, versions=True)
    with pytest.raises(DatabaseUnreachableError) as told, book.batch("import") as batch:
        batch.update("contact", ann, name="架空 花")
        batch.add_many("contact", [{"name": f"見本 {number}"} for number in range(100)])
        postgresql.run(SEND_AWAY, database=name(book.engine.url))
        batch.add("contact", name="見本 最後")
    check_hidden(told.value)
    assert state(book, versions=True) == before
    assert calls(book) == ["add"]
    assert book.update("contact", ann, name="架空 花") == 2


def test_every_write_that_returned_is_there_after_the_server_lost_its_power(
    postgresql: PostgreSQL, book: Book
) -> None:
    ids = [book.add("contact", name=f"見本 {number}") for number in range(20)]
    with book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"見本 {number}"} for number in range(300)])
    postgresql.stop("QUIT")
    postgresql.start()
    assert set(ids) <= set(book.frame("contact").index)
    assert count(book, "contact") == 320
    assert calls(book) == ["add"] * 20 + ["import"]


def test_a_writer_who_waits_too_long_for_their_turn_is_told(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = book.add("contact", name="架空 花子")
    second = open_book()
    monkeypatch.setattr(dialects, "WAIT_SECONDS", 0.1)
    with book.batch("slow") as batch:
        batch.update("contact", ann, name="架空 花")
        with pytest.raises(BookBusyError) as told:
            second.update("contact", ann, name="架空 はな")
        check_hidden(told.value)
    assert second.update("contact", ann, name="架空 はな") == 3
    second.close()


def test_another_person_s_writer_is_not_waited_for(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialects, "WAIT_SECONDS", 0.1)
    other = open_book("other")
    with book.batch("slow") as batch:
        batch.add("contact", name="架空 花子")
        other.add("contact", name="架空 次郎")
    assert (count(book, "contact"), count(other, "contact")) == (1, 1)
    other.close()


def test_all_that_is_read_together_is_from_one_moment(book: Book) -> None:
    role = book.add("role", name="編集者")
    second = open_book()
    with second.reading() as connection:
        names = "SELECT name FROM role"
        assert connection.scalar(text(names)) == "編集者"
        book.update("role", role, name="装丁家")
        assert connection.scalar(text(names)) == "編集者"
    with second.reading() as connection:
        assert connection.scalar(text(names)) == "装丁家"
    second.close()


def test_a_process_holds_one_connection_while_it_waits_for_the_person(
    postgresql: PostgreSQL, book: Book
) -> None:
    with book.batch("several") as batch:
        batch.add("contact", name="架空 花子")
        book.frame("contact")
        book.revision()
    with postgresql.admin() as connection:
        held = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        assert connection.execute(held, [name(book.engine.url)]).fetchone() == (1,)


def test_what_a_person_wrote_is_in_no_report_of_a_failure(book: Book) -> None:
    secret = "書いたこと"
    with pytest.raises(Exception, match="nosuch") as told, book.writing() as connection:
        connection.execute(text("INSERT INTO nosuch VALUES (:what)"), {"what": secret})
    assert secret not in "".join(traceback.format_exception(told.value))


def name(url: URL) -> str:
    return url.database or ""


def tables(postgresql: PostgreSQL, url: URL) -> set[str]:
    """Return which of our tables, and Alembic's, there are."""
    with postgresql.admin(name(url)) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {row[0] for row in found} & {*metadata.tables, "alembic_version"}
