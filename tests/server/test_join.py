"""A room on a real server: who comes in by which code, and what each may open."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, select, update

from enishi import clock
from enishi.book import Book, accounts
from enishi.book.accounts import hash_key, read_connection
from enishi.book.database import open_database
from enishi.book.room_tables import ROOM_TABLES, STAGE, entry
from enishi.i18n import format_text, read_texts
from enishi.identity import FACILITATOR, HOSTING, PROJECTOR
from enishi.room import entries
from enishi.room.change_signal import Signal, read_signal
from enishi.room.deletion import DELETE_AT_ONCE, delete_room
from enishi.room.errors import WrongCodeError
from hosting import WHO, Guest, Host, crumb, hosting, ours
from postgresql import PostgreSQL, both_accounts
from serving import kernel_of, serving, wait_until, write_notebook
from stores import BOOK, in_file

ROOM, LEAD, SCREEN = (
    f"/voila/render/{name}.ipynb" for name in ("10-room", "11-host", "12-projector")
)
START = "/voila/render/01-start.ipynb"
COOKIE = "enishi_person"
IN_ROOM = """
import os

from enishi.book import open_book

print("in", open_book(os.environ["ENISHI_ROOM"]).owner)
"""
"""A cell that says which room its kernel may open."""
PHASES: list[dict[str, Any]] = [{"kind": "welcome", "title": "Welcome", "minutes": 10}]
WORDS = read_texts("pages")["join"]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """One server for all tests, each of which opens a room of its own."""
    folder = tmp_path_factory.mktemp("join")
    workbooks = folder / "workbooks"
    workbooks.mkdir()
    write_notebook(workbooks / "01-start.ipynb", WHO)
    write_notebook(workbooks / "10-room.ipynb", WHO, IN_ROOM, meant_for="seat")
    write_notebook(workbooks / "11-host.ipynb", WHO, IN_ROOM, meant_for="lead")
    write_notebook(workbooks / "12-projector.ipynb", WHO, IN_ROOM, meant_for="projector")
    with hosting(folder / "data", workbooks, "--seats", "3") as running:
        yield running


@pytest.fixture
def room(host: Host) -> str:
    """A room that has just been opened."""
    return entries.open_room(host.engine, "Sample", "en", PHASES)


def codes(host: Host, room: str) -> entries.ShownCodes:
    """Return what the screen of the room shows."""
    with read_connection(host.engine) as connection:
        return entries.shown_codes(connection, room)


def one_time(host: Host, room: str, kind: entries.OneTime, person_id: str = "") -> str:
    """Return a code that is used once."""
    with host.engine.begin() as connection:
        return entries.make_one_time_code(connection, room, kind, person_id)


@contextmanager
def visitor(host: Host) -> Iterator[httpx.Client]:
    """Give a browser that nobody has used yet."""
    with httpx.Client(base_url=host.server.base, timeout=30) as client:
        yield client


def join(client: httpx.Client, code: str, called: str = "") -> httpx.Response:
    """Bring a code and a name to the door, as the form does."""
    form = {"code": code, "called": called, "_xsrf": crumb(client.get("/join"))}
    return client.post("/join", data=form, headers=ours(client))


def seats(engine: Engine, room: str) -> list[tuple[str, int]]:
    """Return the names in a room, each with its mark."""
    seat = ROOM_TABLES["room_seat"]
    query = select(seat.c.called, seat.c.mark).where(seat.c.owner == room).order_by(seat.c.id)
    with read_connection(engine) as connection:
        return [(row.called, row.mark) for row in connection.execute(query)]


def touched(engine: Engine, room: str) -> int:
    """Return how often all pages of a room were told to look anew."""
    return int(Book(engine, room).frame("room_stage")["touched"].iloc[0])


def seat_of(engine: Engine, room: str, called: str) -> str:
    """Return the id of the seat of somebody."""
    seat = ROOM_TABLES["room_seat"]
    query = select(seat.c.id).where(seat.c.owner == room, seat.c.called == called)
    with read_connection(engine) as connection:
        return str(connection.scalar(query))


def leader(host: Host, room: str) -> Guest:
    """Return somebody who leads a room."""
    return Guest(host.server, *entries.invite_host(host.engine, room, "Sample Guide"))


def test_the_six_digits_and_a_name_lead_to_a_seat_with_a_book_of_one_s_own(
    host: Host, room: str
) -> None:
    code = codes(host, room).code
    with visitor(host) as client:
        came = join(client, f"{code[:3]} {code[3:]}", " Sample  Ann ")
        assert (came.status_code, came.headers["location"]) == (302, ROOM)
        page = client.get(ROOM).text
        assert f"in {room}" in page
        found = re.search(r"here is (\S+) participant with (\S+)", page)
        assert found and found[1] == found[2]
        assert client.get("/").headers["location"] == ROOM
    assert seats(host.engine, room) == [("Sample Ann", 1)]


def test_the_key_of_the_qr_leads_to_a_seat_as_well(host: Host, room: str) -> None:
    with visitor(host) as client:
        assert join(client, codes(host, room).key, "見本 次郎").headers["location"] == ROOM
    assert seats(host.engine, room) == [("見本 次郎", 1)]


def test_whoever_comes_back_with_the_same_browser_has_the_same_seat(host: Host, room: str) -> None:
    with visitor(host) as client:
        join(client, codes(host, room).key, "Sample Ann")
        before = client.cookies[COOKIE]
        assert WORDS["back"]["en"] in client.get("/join", headers={"Accept-Language": "en"}).text
        assert join(client, codes(host, room).code).headers["location"] == ROOM
        assert client.cookies[COOKIE] == before
    assert len(seats(host.engine, room)) == 1


def test_wrong_used_and_expired_codes_have_one_answer_after_a_pause(host: Host, room: str) -> None:
    used, expired = one_time(host, room, "projector"), one_time(host, room, "seat", "somebody")
    with visitor(host) as client:
        join(client, used)
    with host.engine.begin() as connection:
        theirs = entry.c.hash == hash_key(expired)
        connection.execute(update(entry).where(theirs).values(ends_at="2026-01-01T00:00:00Z"))
    said = set()
    for code in (used, expired, "not a key of any room at all", ""):
        with visitor(host) as client:
            client.headers["Accept-Language"] = "en"
            began = time.monotonic()
            refused = join(client, code, "Sample Ann")
            assert time.monotonic() - began >= 0.5
            assert (refused.status_code, COOKIE in client.cookies) == (403, False)
            said.add(re.findall(r'id="code-wrong"[^>]*>([^<]+)', refused.text)[0])
            assert 'value="Sample Ann"' in refused.text
    assert len(said) == 1


@pytest.mark.parametrize("called", ["", "  ", "\u202e\x07", "\u3164\u2800", "x" * 25])
def test_a_name_that_does_not_fit_is_said_beside_its_field(
    host: Host, room: str, called: str
) -> None:
    with visitor(host) as client:
        client.headers["Accept-Language"] = "en"
        refused = join(client, codes(host, room).key, called)
        assert refused.status_code == 400
        assert "a name of 1 to 24 characters" in refused.text
        assert codes(host, room).key in refused.text  # it need not be read again
    assert seats(host.engine, room) == []


def test_equal_names_get_a_mark_and_a_removed_one_keeps_its_own(host: Host, room: str) -> None:
    for number in range(3):
        with visitor(host) as client:
            join(client, codes(host, room).key, "Mika")
        if number == 0:
            first = seat_of(host.engine, room, "Mika")
            Book(host.engine, room).update("room_seat", first, left=True)
    assert seats(host.engine, room) == [("Mika", 1), ("Mika", 2), ("Mika", 3)]


@pytest.mark.parametrize("reason", ["closed", "full"])
def test_a_closed_door_and_a_full_room_get_a_page_that_tries_again(
    host: Host, room: str, reason: str
) -> None:
    if reason == "closed":
        Book(host.engine, room).update("room_stage", STAGE, door="closed")
    else:
        for name in ("Ann", "Ben", "Cho"):
            with visitor(host) as client:
                join(client, codes(host, room).key, name)
    with visitor(host) as client:
        client.headers["Accept-Language"] = "en"
        waiting = join(client, codes(host, room).key, "Sample Dan")
        assert waiting.status_code == 503
        assert WORDS["closed"]["title"]["en"] in waiting.text
        form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', waiting.text))
        assert (form["code"], form["called"]) == (codes(host, room).key, "Sample Dan")
        Book(host.engine, room).update("room_stage", STAGE, door="open")
        again = client.post("/join", data=form, headers=ours(client))
        assert again.status_code == (302 if reason == "closed" else 503)


def test_sixty_who_come_at_once_are_all_let_in(host: Host) -> None:
    rooms = [entries.open_room(host.engine, "Sample", "en", PHASES) for _ in range(20)]
    keys = [codes(host, room).key for room in rooms for _ in range(3)]

    async def come(key: str, number: int) -> int:
        options: Any = {"base_url": host.server.base, "timeout": 120, "verify": False}
        async with httpx.AsyncClient(**options) as client:
            crumbs = crumb(await client.get("/join"))
            form = {"code": key, "called": f"Sample {number}", "_xsrf": crumbs}
            return (await client.post("/join", data=form, headers=ours(client))).status_code

    async def come_at_once() -> list[int]:
        return await asyncio.gather(*(come(key, number) for number, key in enumerate(keys)))

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, come_at_once()).result() == [302] * 60
    assert [len(seats(host.engine, room)) for room in rooms] == [3] * 20


@pytest.mark.thorough
def test_on_a_database_server_the_pages_of_a_room_are_told_that_something_changed(
    postgresql: PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbooks = tmp_path / "workbooks"
    workbooks.mkdir()
    write_notebook(workbooks / "10-room.ipynb", WHO, IN_ROOM, meant_for="seat")
    command: tuple[Any, ...] = (tmp_path / "data", workbooks, "host", "--port", "0")
    with ExitStack() as stack:
        url = stack.enter_context(postgresql.database())
        books: dict[str, Any] = {**both_accounts(url)}
        server = stack.enter_context(serving(*command, **books))
        host = Host(server, open_database(url))
        room = entries.open_room(host.engine, "Sample", "en", PHASES)
        with visitor(host) as client:
            join(client, codes(host, room).key, "Ann")
            assert f"in {room}" in client.get(ROOM).text
        monkeypatch.setenv(HOSTING, server.kernel_process().environ()[HOSTING])
        wait_until(lambda: read_signal(room) is not None)
        before = read_signal(room) or Signal(0, 0)
        Book(host.engine, room).update("room_stage", STAGE, title="Our evening")
        wait_until(lambda: (read_signal(room) or before).changes > before.changes)
        host.engine.dispose()


@pytest.mark.thorough
def test_while_the_database_is_busy_the_door_tries_again(host: Host, room: str) -> None:
    """It waits five seconds for its turn."""
    with visitor(host) as client:
        with Book(host.engine, room).writing():
            waiting = join(client, codes(host, room).key, "Sample Dan")
        assert waiting.status_code == 503 and 'id="again"' in waiting.text
        assert join(client, codes(host, room).key, "Sample Dan").status_code == 302


def test_twenty_wrong_guesses_replace_the_typed_code_and_after_five_times_it_is_off(
    host: Host, room: str
) -> None:
    def guess(times: int) -> None:
        for _ in range(times):
            with pytest.raises(WrongCodeError):
                entries.enter_room(host.engine, wrong, "Sample Ann", 9)

    seen = [codes(host, room).code]
    key = codes(host, room).key
    wrong = next(f"{each:06}" for each in range(9) if f"{each:06}" != seen[0])
    with visitor(host) as client:
        assert join(client, wrong, "Sample Ann").status_code == 403
    guess(18)
    assert codes(host, room).code == seen[0]
    told = touched(host.engine, room)
    guess(1)
    assert touched(host.engine, room) > told
    for _ in range(5):
        seen.append(codes(host, room).code)
        guess(20)
    assert codes(host, room).code == ""
    assert len(set(seen)) == 6 and "" not in seen
    with visitor(host) as client:
        assert join(client, key, "Sample Ann").status_code == 302
    entries.allow_code(host.engine, room)
    assert re.fullmatch(r"\d{6}", codes(host, room).code)


def test_a_projector_s_code_opens_its_page_once_and_nothing_else(host: Host, room: str) -> None:
    code = one_time(host, room, "projector")
    with visitor(host) as client:
        assert join(client, code).headers["location"] == SCREEN
        page = client.get(SCREEN).text
        assert f"here is {projector_of(host, room)} {PROJECTOR}" in page and f"in {room}" in page
        assert client.get("/").headers["location"] == SCREEN
        for other in (ROOM, LEAD, START):
            assert client.get(other).status_code == 403
    with visitor(host) as client:
        assert join(client, code, "Sample Ann").status_code == 403


def projector_of(host: Host, room: str) -> str:
    """Return the person that a projector of a room is."""
    query = select(entry.c.person_id).where(entry.c.room == room, entry.c.kind == "screen")
    with read_connection(host.engine) as connection:
        return str(connection.scalar(query))


def test_a_code_from_one_s_own_page_opens_the_same_seat_on_another_device(
    host: Host, room: str
) -> None:
    with visitor(host) as client, visitor(host) as phone:
        join(client, codes(host, room).key, "Sample Ann")
        here = re.findall(r"here is (\S+)", client.get(ROOM).text)[0]
        code = one_time(host, room, "seat", here)
        assert join(phone, code).headers["location"] == ROOM
        assert f"here is {here} " in phone.get(ROOM).text
    assert len(seats(host.engine, room)) == 1


def test_a_participant_opens_neither_the_host_s_page_nor_the_projector_s(
    host: Host, room: str
) -> None:
    with visitor(host) as client:
        join(client, codes(host, room).key, "Sample Ann")
        assert client.get(LEAD).status_code == client.get(SCREEN).status_code == 403
    with host.invite("Sample Ben").client() as outside, host.invite("C", FACILITATOR).client() as c:
        for page in (ROOM, LEAD, SCREEN):
            assert outside.get(page).status_code == c.get(page).status_code == 403


def test_whoever_leads_opens_the_host_s_page_and_projects_from_the_same_browser(
    host: Host, room: str
) -> None:
    with leader(host, room).client() as client:
        assert client.get("/").headers["location"] == LEAD
        assert f"in {room}" in client.get(LEAD).text
        assert f"in {room}" in client.get(SCREEN).text
        assert join(client, one_time(host, room, "projector")).headers["location"] == SCREEN
        assert client.get(LEAD).status_code == 200


def test_somebody_who_is_signed_in_gets_a_seat_with_their_own_book(host: Host, room: str) -> None:
    ann = host.invite("Sample Ann")
    with ann.client() as client:
        assert client.get(ROOM).status_code == 403
        assert join(client, codes(host, room).code, "Ann").headers["location"] == ROOM
        assert f"here is {ann.id} participant with {ann.id}" in client.get(ROOM).text


def test_the_kernel_of_another_in_the_same_room_is_refused(host: Host, room: str) -> None:
    with visitor(host) as one, visitor(host) as other:
        for client, name in ((one, "Sample Ann"), (other, "Sample Ben")):
            join(client, codes(host, room).key, name)
        kernel = kernel_of(one.get(ROOM).text)
        assert one.get(f"/api/kernels/{kernel}").status_code == 200
        for path in (f"/api/kernels/{kernel}", f"/api/kernels/{kernel}/channels"):
            assert other.get(path).status_code == 403
        assert other.delete(f"/api/kernels/{kernel}", headers=ours(other)).status_code == 403


def test_a_removed_seat_a_lost_lead_and_a_deleted_book_end_their_pages_within_15_s(
    host: Host, room: str
) -> None:
    going = entries.open_room(host.engine, "Sample", "en", PHASES)
    with (
        visitor(host) as ann,
        leader(host, room).client() as second,
        visitor(host) as ben,
        leader(host, going).client() as last,
    ):
        join(ann, codes(host, room).key, "Sample Ann")
        join(ben, codes(host, going).key, "Sample Ben")
        pages = {ann: ROOM, second: LEAD, ben: ROOM, last: LEAD}
        kernels = {
            each: f"/api/kernels/{kernel_of(each.get(page).text)}" for each, page in pages.items()
        }
        with Book(host.engine, room).batch("write") as batch:
            batch.update("room_seat", seat_of(host.engine, room, "Sample Ann"), left=True)
            batch.update("room_seat", seat_of(host.engine, room, "Sample Guide"), leads=False)
        delete_room(Book(host.engine, going))
        ended = (ann, second, ben)
        wait_until(lambda: all(each.get(kernels[each]).status_code != 200 for each in ended), 15)
        assert ann.get(ROOM).status_code == second.get(LEAD).status_code == 403
        assert last.get(kernels[last]).status_code == 200  # it shows that the room is gone
        door = ben.get("/login")
        assert door.status_code == 403
        assert read_texts("pages")["person"]["gone"]["en"] in door.text


def test_the_page_says_who_reads_what_by_which_line_and_for_how_long(host: Host) -> None:
    for language in ("ja", "en"):
        with visitor(host) as client:
            page = client.get("/join", headers={"Accept-Language": language}).text
            said = format_text(WORDS["deleted"][language], {"days": entries.KEPT_DAYS})
            for text in (WORDS["who_reads"][language], WORDS["line"]["own"][language], said):
                assert text.replace("'", "&#39;") in page


def test_a_room_is_deleted_on_its_day_or_when_asked_with_whoever_joined(tmp_path: Path) -> None:
    workbooks = tmp_path / "workbooks"
    workbooks.mkdir()
    write_notebook(workbooks / "01-start.ipynb", WHO)
    page = "/voila/render/01-start.ipynb"
    (tmp_path / "data").mkdir(mode=0o700)
    engine = open_database(in_file(tmp_path / "data" / BOOK))
    due, later = (entries.open_room(engine, "Sample", "en", PHASES) for _ in range(2))
    with read_connection(engine) as connection:
        key = entries.shown_codes(connection, due).key
    guest = entries.enter_room(engine, key, "Sample Ann", 9)
    today = clock.today().isoformat()
    Book(engine, due).update("room_stage", STAGE, delete_on=today)
    with hosting(tmp_path / "data", workbooks) as host:
        wait_until(lambda: seats(host.engine, due) == [])
        assert not accounts.find_account(host.engine, guest.person.id)
        assert len(Book(host.engine, later).frame("room_stage")) == 1
        with leader(host, later).client() as client:
            assert client.get(page).status_code == 200
            asked = DELETE_AT_ONCE.isoformat()  # as whoever leads it does on a page of theirs
            Book(engine, later).update("room_stage", STAGE, delete_on=asked)
            wait_until(lambda: Book(host.engine, later).frame("room_stage").empty)
    engine.dispose()
