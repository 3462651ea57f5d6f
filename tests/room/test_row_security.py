"""Row-level security, tried with plain SQL as the account of the pages, as no command does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier, Literal
from psycopg.types.json import Json
from sqlalchemy import URL, Boolean, Engine, Integer, Table, Text, insert, text

from broken_files import check_told
from enishi.book import Book, DatabaseUnreachableError, open_book
from enishi.book.database import open_database
from enishi.book.errors import KeeperAccountError, PagesAccountError
from enishi.book.postgresql import for_person
from enishi.book.room_tables import ROOM_TABLES, entry
from enishi.book.share_tables import SHARE_TABLES
from enishi.book.tables import TABLES, change, metadata, person, session
from enishi.book.validation import columns_of, default_row, links_of
from enishi.i18n import LANGUAGES, error_text
from enishi.identity import WrongOwnerError
from enishi.room.rights import ANNOUNCED, CLEARED_BY_HOST, RIGHTS, SETTLED, WITH_A_SEAT
from enishi.room.row_security import admit_pages
from postgresql import PASSWORD, PostgreSQL, both_accounts, of_pages
from shared_rooms import Rows, SharedRoom, fitting, share_room

Connection = psycopg.Connection[Any]

NOBODY = "nobody"
ROLES: dict[str, set[Any]] = {
    **{"own": {"own"}, "other": set(), "facilitator": {"host"}, "requester": set()},
    **{"knocking": set(), "removed": set()},
}
"""What people are towards the rows of `shared_rooms`; `requester` only towards an offer."""


SEATED = {"own", "other", "facilitator", "requester"}
"""Who has a seat and was let in."""
CALL = {"owner": "room-1", "batch": "x"}
CODES = (("join", ""), ("key", ""), ("seat", "own"), ("seat", "other"), ("screen", "wall"))
CODES_SEEN = {
    "own": {("seat", "own")},
    "other": {("seat", "other")},
    "knocking": set[tuple[str, str]](),
    "facilitator": {*CODES},
    "wall": {("join", ""), ("key", ""), ("screen", "wall")},
    NOBODY: set[tuple[str, str]](),
}
MADE = {
    "own": {("seat", "own")},
    "other": {("seat", "other")},
    "facilitator": {
        *(("join", ""), ("projector", "")),
        *(("seat", who) for who in ("own", "other", "facilitator")),
    },
}
"""The codes that each may make, or replace, of a room."""


def code(room: str, kind: str, who: str) -> dict[str, Any]:
    """Return an entry."""
    hash = f"{room} {kind} {who}"
    facts = {"hash": hash, "room": room, "kind": kind, "person_id": who}
    return facts | {"shown": "", "ends_at": "", "wrong": 0}


@dataclass
class Secured:
    """A database on which pages are admitted: two people's books, two rooms, codes, sessions.

    Attributes:
        values: a value for each column of a room's row, by table, that differs from what is there.
    """

    url: URL
    keeper: Engine
    shared: SharedRoom
    values: dict[str, dict[str, Any]]
    open: ExitStack
    pages: dict[tuple[str, str], Connection] = field(default_factory=dict)

    def page(self, person: str = "", room: str = "") -> Connection:
        """Return the connection of a page; each has one."""
        if (person, room) not in self.pages:
            url = of_pages(self.url)
            url = for_person(url, person, room) if person else url
            given: dict[str, Any] = url.translate_connect_args(username="user", database="dbname")
            connection = psycopg.connect(**given | dict(url.query))
            self.pages[person, room] = self.open.enter_context(closing(connection))
        return self.pages[person, room]


@pytest.fixture(scope="module")
def secured(postgresql: PostgreSQL) -> Iterator[Secured]:
    with postgresql.empty_book() as url, ExitStack() as opened:
        keeper = open_database(url)
        opened.callback(keeper.dispose)
        admit_pages(keeper, of_pages(url))
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("ENISHI_PERSON", "")
            shared, _ = (share_room(Book(keeper, room), room) for room in ("room-1", "room-2"))
            there = shared.rows()
        values = {
            table: {
                column: other_value(shared, there, table, column)
                for column in columns_of(ROOM_TABLES[table])
            }
            for table in ROOM_TABLES
        }
        with keeper.begin() as connection:
            for who in ("own", "other"):
                for table in TABLES.values():
                    row = {"owner": who, "id": f"of-{who}", "version": 1}
                    connection.execute(insert(table).values({**default_row(table), **row}))
                call = {"owner": who, "batch": who, "verb": "add", "at": "", "by": "", "size": 0}
                connection.execute(insert(change).values({**call, "rows": []}))
                connection.execute(insert(session).values(hash=who, person_id=who, made_at=""))
            for who, year in (("own", 2999), ("other", 2999), ("ended", 2001)):
                access = {"made_at": "", "ends_at": f"{year}-01-01T00:00:00Z"}
                names = {"name": who, "role": "participant", "key_hash": who}
                connection.execute(insert(person).values({"id": who, **names, **access}))
            for shares in SHARE_TABLES:
                connection.execute(insert(shares).values(share_row(shares)))
            for room in ("room-1", "room-2"):
                for kind, who in CODES:
                    connection.execute(insert(entry).values(code(room, kind, who)))
        yield Secured(url, keeper, shared, values, opened)


def share_row(table: Table) -> dict[str, Any]:
    """Return a row of what one person shows to another."""
    empty = {Text: "", Boolean: False, Integer: 1}
    values = {name: empty[type(column.type)] for name, column in table.columns.items()}
    sides = {"person_id": "own", "reader_id": "other", "until": "2999-01-01"}
    return values | {name: value for name, value in sides.items() if name in values}


def other_value(shared: SharedRoom, there: Rows, table: str, column: str) -> Any:
    """Return a value that fits a column, and differs from what is there."""
    target = links_of(ROOM_TABLES[table]).get(column)
    fit = fitting(columns_of(ROOM_TABLES[table])[column])
    values = fit if target is None else [id for name, id in there if name == target]
    return next(value for value in values if value != there[table, shared.ids[table]][column])


def outcome(page: Connection, statement: str, **facts: Any) -> int | None:
    """Return how many rows a statement finds or touches, None if it is refused; take it back."""
    cells = {name: Json(cell) if isinstance(cell, list) else cell for name, cell in facts.items()}
    try:
        return page.execute(statement, cells).rowcount
    except InsufficientPrivilege:
        return None
    finally:
        page.rollback()


def found(page: Connection, query: str) -> set[Any]:
    """Return the values of the only column of a query."""
    values = {value for (value,) in page.execute(query).fetchall()}
    page.rollback()
    return values


def copied(table: str, **values: Any) -> str:
    """Return the statement that adds a row like those there are, with other values."""
    names = [column.name for column in metadata.tables[table].c if column.name != "seq"]
    cells = [f"%({name})s" if name in values else f'"{name}"' for name in names]
    into = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({into}) SELECT {", ".join(cells)} FROM "{table}" LIMIT 1'


def added(table: str, row: dict[str, Any]) -> str:
    """Return the statement that adds a row."""
    names, cells = (", ".join(each.format(name) for name in row) for each in ('"{}"', "%({})s"))
    return f'INSERT INTO "{table}" ({names}) VALUES ({cells})'


# -- every table -----------------------------------------------------------------------------------


def test_every_table_is_secured_also_against_its_owner(secured: Secured) -> None:
    query = (
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        " AND relnamespace = current_schema()::regnamespace"
    )
    with secured.keeper.connect() as connection:
        assert set(connection.scalars(text(query))) == set(metadata.tables)


@pytest.mark.parametrize("table", metadata.tables)
def test_without_settings_no_table_has_a_row(secured: Secured, table: str) -> None:
    with secured.keeper.connect() as connection:
        assert connection.scalar(text(f'SELECT count(*) FROM "{table}"'))
    seen = outcome(secured.page(), f'SELECT FROM "{table}"')
    assert seen == (None if table == "session" else 0)


@pytest.mark.parametrize("table", [*TABLES, "change"])
def test_a_book_is_read_and_written_by_its_person_alone(secured: Secured, table: str) -> None:
    page = secured.page("own", "room-1")
    counted = "version" if table in TABLES else "size"
    for act in ("SELECT FROM {}", f"UPDATE {{}} SET {counted} = 9", "DELETE FROM {}"):
        for whose, count in (("own", 1), ("other", 0)):
            assert outcome(page, f"{act.format(table)} WHERE owner = '{whose}'") == count, act
    assert outcome(page, f"UPDATE {table} SET owner = 'other' WHERE owner = 'own'") is None
    fresh = {"id": "fresh"} if table in TABLES else {}
    for whose, made in (("own", 1), ("other", None)):
        row = fresh | {"owner": whose}
        assert outcome(page, copied(table, **row), **row) == made


@pytest.mark.parametrize("table", [*TABLES, "change"])
def test_a_book_is_closed_without_settings_and_to_everybody_else_also_to_a_host(
    secured: Secured, table: str
) -> None:
    fresh = CALL | {"verb": "add", "at": "", "by": "", "size": 0, "rows": []}
    if table in TABLES:
        fresh = {**default_row(TABLES[table]), "id": "fresh", "version": 1}
    fresh["owner"] = "own"
    assert outcome(secured.page("own", "room-1"), added(table, fresh), **fresh) == 1
    counted = "version" if table in TABLES else "size"
    for who in ("", NOBODY, "other", "facilitator", "wall"):
        page = secured.page(who, "room-1" if who else "")
        for act in ("SELECT FROM {}", f"UPDATE {{}} SET {counted} = 9", "DELETE FROM {}"):
            assert outcome(page, f"{act.format(table)} WHERE owner = 'own'") == 0, (who, act)
        assert outcome(page, added(table, fresh), **fresh) is None, who


def test_of_accounts_a_page_sees_its_own_and_no_key(secured: Secured) -> None:
    page = secured.page("own", "room-1")
    assert found(page, "SELECT id FROM person") == {"own"}
    for statement in (
        "SELECT key_hash FROM person",
        "SELECT * FROM person",
        "UPDATE person SET role = 'facilitator'",
        "UPDATE person SET name = 'x'",
        "INSERT INTO person (id) VALUES ('x')",
        "DELETE FROM person",
        "DELETE FROM session",
    ):
        assert outcome(page, statement) is None, statement
    keep = "UPDATE person SET key_hash = 'new', ends_at = '' WHERE id = %(who)s"
    assert outcome(page, keep, who="own") == 1
    assert outcome(page, keep, who="other") == 0


def test_access_that_has_ended_is_not_begun_again_by_a_page(secured: Secured) -> None:
    page = secured.page("ended", "room-1")
    assert found(page, "SELECT id FROM person") == {"ended"}
    assert outcome(page, "UPDATE person SET ends_at = '' WHERE id = 'ended'") == 0


# -- rooms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [*ROLES, NOBODY])
def test_a_room_is_read_by_whoever_has_a_seat_there_and_in_that_room_alone(
    secured: Secured, who: str
) -> None:
    page = secured.page(who, "room-1")
    for table in (*ROOM_TABLES, "change"):
        rooms = found(page, f"SELECT owner FROM {table} WHERE owner LIKE 'room%'")
        theirs = {"room-1", "room-2"} if table == "room_seat" else {"room-1"}
        assert rooms == (theirs if who in ROLES else set()), table
    seats = found(page, "SELECT person_id FROM room_seat WHERE owner = 'room-2'")
    assert seats <= {who}


@pytest.mark.parametrize("table", RIGHTS)
def test_a_column_of_a_room_is_written_by_whom_it_belongs_to_alone(
    secured: Secured, table: str
) -> None:
    values = secured.values[table] | {"id": "x", "owner": "room-2"}
    for who, actors in ROLES.items():
        asked = {"requester"} if (table, who) == ("room_offer", "requester") else set()
        granted = [columns for actor, columns in RIGHTS[table].items() if actor in actors | asked]
        mine = {*ANNOUNCED.get(table, ())} if who in SEATED else set[str]()
        mine = (mine | {name for each in granted for name in each}) - {SETTLED.get(table)}
        for column, value in values.items():
            write = (
                f'UPDATE {table} SET "{column}" = %(value)s WHERE (id, owner) = (%(id)s, %(room)s)'
            )
            facts = {"value": value, "id": secured.shared.ids[table]}
            page = secured.page(who, "room-1")
            written = outcome(page, write, room="room-1", **facts)
            assert (written or 0) == (column in mine), (who, column)
    assert outcome(page, write, room="room-2", **facts) == 0


@pytest.mark.parametrize("table", RIGHTS)
def test_rows_of_a_room_are_made_and_removed_by_whom_they_belong_to_alone(
    secured: Secured, table: str
) -> None:
    seats, is_fixed = secured.shared.seats, table in ("room_seat", "room_stage")
    is_owned = table in WITH_A_SEAT and not is_fixed
    makers = set[str]() if is_fixed else SEATED if is_owned else {"facilitator"}
    removers = set[str]() if is_fixed else {"own"} if is_owned else {"facilitator"}
    removers |= {"facilitator"} if table in CLEARED_BY_HOST else set()
    for who in (*ROLES, NOBODY, "wall", ""):
        page = secured.page(who, "room-1" if who else "")
        fresh = {**default_row(ROOM_TABLES[table]), "id": "new", "owner": "room-1", "version": 1}
        fresh |= {"seat_id": seats.get(who)} if is_owned else {}
        add = added(table, fresh)
        assert outcome(page, add, **fresh) == (1 if who in makers else None), who
        forged = [{"owner": "room-2"}] + [
            {name: True} for name in ("hidden", "pinned", "first", "leads") if name in fresh
        ]
        forged += [{"seat_id": seats["removed"]}] if is_owned and who != "removed" else []
        for values in forged if table != "room_party" else forged[:1]:
            assert outcome(page, add, **fresh | values) is None, (who, values)
        drop = f"DELETE FROM {table} WHERE id = %(id)s AND owner = %(room)s"
        for room, gone in (("room-1", who in removers), ("room-2", False)):
            assert outcome(page, drop, id=secured.shared.ids[table], room=room) == gone, who


@pytest.mark.parametrize("table", RIGHTS)
def test_a_row_of_a_room_is_changed_by_nobody_without_a_seat_there(
    secured: Secured, table: str
) -> None:
    for who, room in (("", ""), (NOBODY, "room-1"), ("own", ""), ("facilitator", ""), ("own", "x")):
        page = secured.page(who, room)
        for act in (f"UPDATE {table} SET version = 9", f"DELETE FROM {table}"):
            assert outcome(page, act) == 0, (who, room, act)


def test_a_link_goes_with_what_it_leads_to_and_with_nothing_else(secured: Secured) -> None:
    """An offer is somebody's; whoever withdraws the request it is for takes the link away."""
    offer = secured.shared.ids["room_offer"]
    clear = "UPDATE room_offer SET request_id = NULL WHERE id = %(id)s"
    for who, count in (("requester", 1), ("other", 0)):
        assert outcome(secured.page(who, "room-1"), clear, id=offer) == count
    words = "UPDATE room_offer SET request_id = NULL, words = 'x' WHERE id = %(id)s"
    assert outcome(secured.page("requester", "room-1"), words, id=offer) is None


@pytest.mark.parametrize("who", CODES_SEEN)
def test_codes_are_seen_made_and_replaced_by_whom_they_belong_to(
    secured: Secured, who: str
) -> None:
    page = secured.page(who, "room-1")
    seen = found(page, "SELECT kind || ' ' || person_id FROM entry WHERE room = 'room-1'")
    assert seen == {" ".join(each) for each in CODES_SEEN[who]}
    assert found(page, "SELECT person_id FROM entry WHERE room = 'room-2'") <= {who}
    assert outcome(page, "UPDATE entry SET person_id = 'x'") is None
    for kind, whose in (*CODES, ("projector", ""), ("key", "own"), ("seat", "facilitator")):
        fresh, is_theirs = code("room-1", kind, whose), (kind, whose) in MADE.get(who, set())
        add, drop = added("entry", fresh), "DELETE FROM entry WHERE hash = %(hash)s"
        made = outcome(page, add, **fresh | {"hash": "new"})
        assert made == (1 if is_theirs else None), (kind, whose)
        assert outcome(page, add, **fresh | {"hash": "new", "room": "room-2"}) is None
        assert outcome(page, drop, **fresh) == (is_theirs and (kind, whose) in CODES)
        assert outcome(page, drop, hash=f"room-2 {kind} {whose}") == 0


def test_a_projector_reads_its_room_and_writes_nothing(secured: Secured) -> None:
    page = secured.page("wall", "room-1")
    for table in ROOM_TABLES:
        assert outcome(page, f"SELECT FROM {table} WHERE owner = 'room-1'"), table
        assert outcome(page, f"UPDATE {table} SET version = 9") == 0
        assert outcome(page, f"DELETE FROM {table}") == 0
    assert outcome(page, copied("change", **CALL), **CALL) is None


def test_the_journal_of_a_room_is_added_to_by_whoever_may_write_and_changed_by_nobody(
    secured: Secured,
) -> None:
    for who in ROLES:
        page = secured.page(who, "room-1")
        made = outcome(page, copied("change", **CALL), **CALL)
        assert made == (1 if who in SEATED else None), who
        for act in ("UPDATE change SET size = 9", "DELETE FROM change"):
            assert outcome(page, f"{act} WHERE owner = 'room-1'") == 0


# -- accounts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("may", "found"),
    [("SUPERUSER", "SUPERUSER"), ("BYPASSRLS", "BYPASSRLS"), ("IN ROLE enishi", "OWNER")],
)
def test_an_account_that_could_read_every_book_is_refused_for_pages(
    secured: Secured, postgresql: PostgreSQL, may: str, found: str
) -> None:
    make = SQL("CREATE ROLE {} LOGIN PASSWORD {} " + may)
    name = Identifier("too_able")
    postgresql.run(make.format(name, Literal(PASSWORD)))
    try:
        for pages in (secured.url.set(username="too_able"), secured.url):
            with pytest.raises(PagesAccountError) as told:
                admit_pages(secured.keeper, pages)
            assert told.value.facts["found"] == (found if pages != secured.url else "OWNER")
            for language in LANGUAGES:
                check_told(told.value)
                assert str(told.value.facts["found"]) in error_text(language, told.value)
    finally:
        postgresql.run(SQL("DROP ROLE {}").format(name))


def test_pages_of_a_file_are_not_admitted_to_a_server(secured: Secured) -> None:
    with pytest.raises(DatabaseUnreachableError):
        admit_pages(secured.keeper, URL.create("sqlite", database="x"))


def test_what_concerns_all_books_is_refused_to_the_account_of_the_pages(secured: Secured) -> None:
    """A backup with its few rows would look whole."""
    with pytest.raises(KeeperAccountError) as told:
        open_database(of_pages(secured.url))
    check_told(told.value)


def test_a_page_opens_its_own_book_with_the_account_of_the_pages(
    secured: Secured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (both_accounts(secured.url) | {"ENISHI_PERSON": "own"}).items():
        monkeypatch.setenv(name, value)
    book = open_book()
    before = len(book.frame("contact"))
    ann = book.add("contact", name="見本")
    assert len(book.frame("contact")) == before + 1
    book.erase(ann)
    with pytest.raises(WrongOwnerError):
        open_book("other")
    monkeypatch.setenv("ENISHI_DATABASE", secured.url.render_as_string(hide_password=False))
    with pytest.raises(PagesAccountError):
        open_book()
    book.close()


def test_rights_that_are_there_already_are_not_made_anew(secured: Secured) -> None:
    made = "SELECT max(oid) FROM pg_policy"
    with secured.keeper.connect() as connection:
        before = connection.scalar(text(made))
    admit_pages(secured.keeper, of_pages(secured.url))
    with secured.keeper.begin() as connection:
        assert connection.scalar(text(made)) == before
        connection.execute(text("COMMENT ON FUNCTION enishi_person() IS 'of another version'"))
    admit_pages(secured.keeper, of_pages(secured.url))
    with secured.keeper.connect() as connection:
        assert connection.scalar(text(made)) != before
    assert outcome(secured.page("own", "room-1"), "SELECT FROM contact") == 1
