"""A room by bare requests and websockets: what a participant can do to others, and broken lines.

Whatever is not theirs to read holds the word `SECRET`, and whatever they try to write holds
`FORGED`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from websocket import WebSocketBadStatusException

from enishi.book import Book
from enishi.book.accounts import read_connection
from enishi.book.room_tables import ROOM_TABLES, STAGE
from enishi.book.tables import change
from enishi.paths import CHECKOUT
from enishi.room.entries import open_room, shown_codes
from enishi.serve.handlers.websocket_frames import BINARY_PROTOCOL
from hosting import Host, crumb, database_of, hosting, ours
from kernel_lines import RawPage, connect, cookie_of
from led_rooms import AGENDA
from raw_requests import CLOSED, raw
from serving import wait_until

SECRET, FORGED = "Zebrafalter", "Nachtigall"
ROOM, LEAD, SCREEN = (
    f"/voila/render/{name}.ipynb" for name in ("10-room", "11-host", "12-projector")
)
PROTOCOLS = {"text": None, "binary": BINARY_PROTOCOL}
NUMBERS = count(1)


@dataclass
class Attacked:
    """A room in which Ben and Cho keep something to themselves.

    Attributes:
        server: the server.
        book: the room's.
        people: those who joined, by name, each with their browser.
        seats: the ids of their seats.
        rows: the ids of rows that are not Ann's, by table.
        notes: the phase in which Ben wrote a note.
    """

    server: Host
    book: Book
    people: dict[str, httpx.Client]
    seats: dict[str, str]
    rows: dict[str, str]
    notes: str

    def content(self) -> dict[str, Any]:
        """Return every row of the room, and how many changes any book has seen."""
        with read_connection(self.server.engine) as connection:
            found: dict[str, Any] = {
                name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for name, table in ROOM_TABLES.items()
            }
            return found | {"changes": connection.execute(select(change.c.batch)).scalars().all()}


@pytest.fixture(scope="module", params=["file", pytest.param("server", marks=pytest.mark.thorough)])
def host(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    where = tmp_path_factory.mktemp("attacked") / "data", CHECKOUT / "workbooks"
    with (
        database_of(request, request.param) as database,
        hosting(*where, database=database) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def room(host: Host) -> Iterator[Attacked]:
    """One room for all tests: what somebody may change in it is refused to Ann."""
    book = Book(host.engine, open_room(host.engine, "Sample", "en", AGENDA))
    with ExitStack() as stack:
        people = {}
        for name in ("Ann", "Ben", "Cho"):
            client = httpx.Client(base_url=host.server.base, timeout=60)
            people[name] = stack.enter_context(client)
            enter(client, host, book, name)
        frame = book.frame("room_seat")
        seats = {str(row["called"]): str(id) for id, row in frame.iterrows()}
        yield Attacked(host, book, people, seats, *keep_secrets(book, frame, seats))


def enter(client: httpx.Client, host: Host, book: Book, name: str) -> None:
    """Join a room by the key of its QR code."""
    with read_connection(host.engine) as connection:
        key = shown_codes(connection, book.owner).key
    form = {"code": key, "called": name, "_xsrf": crumb(client.get("/join"))}
    assert client.post("/join", data=form, headers=ours(client)).status_code == 302


def keep_secrets(book: Book, people: Any, seats: dict[str, str]) -> tuple[dict[str, str], str]:
    """Let Ben and Cho write what Ann must not read; return the ids of the rows, and of a phase."""
    phases = book.frame("room_phase").reset_index().set_index("title")["id"]
    _, ben, cho = seats.values()
    with book.batch("write") as batch:
        batch.update("room_stage", STAGE, phase_id=phases["Notes"], state="running")
        batch.update("room_phase", phases["Notes"], say=SECRET)
        private = {"contact_means": SECRET, "strengths": [SECRET], "needs": [SECRET]}
        batch.update("room_seat", ben, **private, show_requests=True)
        batch.update("room_seat", cho, **private)
        mine = {"seat_id": ben}
        shown = batch.add("room_request", **mine, words="A ladder", shown=True)
        asked = batch.add("room_request", seat_id=cho, words=SECRET, shown=True)
        between = {"seat_id": cho, "request_id": shown, "words": SECRET}
        poll = {"phase_id": phases["Thanks"], "question": SECRET, "options": [SECRET, "no"]}
        rows = {
            "room_stage": STAGE,
            "room_phase": phases["Notes"],
            "room_seat": ben,
            "room_request": batch.add("room_request", **mine, words=SECRET),
            "room_offer": batch.add("room_offer", **between, kind="hands"),
            "room_promise": batch.add("room_promise", **between, to_id=ben),
            "room_note": batch.add(
                "room_note", **mine, phase_id=phases["Notes"], words=f"{SECRET} in a note"
            ),
            "room_poll": batch.add("room_poll", **poll),
            "room_rule": batch.add("room_rule", a_id=ben, b_id=cho, kind="apart"),
        }
    assert asked
    for seat in (ben, cho):
        Book(book.engine, str(people.at[seat, "person_id"])).add("goal", wish=SECRET)
    return rows, str(phases["Notes"])


@contextmanager
def page_of(room: Attacked, name: str, protocol: str | None) -> Iterator[RawPage]:
    """Open somebody's page, with every sheet built."""
    page = RawPage(room.server.server, room.people[name], ROOM, protocol)
    with closing(page):
        for sheet in page.sheets:
            page.tell(sheet, do="build", n=next(NUMBERS))
        page.settle()
        yield page


def writes(room: Attacked) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield commands on rows of others, each with the sheet that writes in their table for oneself.

    Of a table that no sheet writes in, any sheet is asked.
    """
    sheets = {"room_seat": "consents", "room_request": "request", "room_promise": "home"}
    values: dict[str, dict[str, Any]] = {
        "room_stage": {"door": "closed"},
        "room_phase": {"revealed": "all"},
        "room_seat": {"contact_means": FORGED},
        "room_request": {"words": FORGED},
        "room_offer": {"first": True},
        "room_promise": {"state": "kept"},
        "room_note": {"words": FORGED},
        "room_poll": {"question": FORGED},
        "room_rule": {"kind": "together"},
    }
    for table, id in room.rows.items():
        row = {"do": "write", "table": table, "id": id, "values": values[table]}
        yield sheets.get(table, "notes"), row | {"version": 1}
    for table, sheet in (sheets | {"room_note": "notes"}).items():
        row = {"table": table, "id": room.rows[table]}
        yield sheet, {"do": "write", **row, "version": 0, "values": values[table]}
        yield sheet, {"do": "drop", **row}
        yield sheet, {"do": "add", "table": table, "values": {"words": FORGED}}
    mine = {"table": "room_seat", "id": room.seats["Ann"], "version": 1}
    for column in ("leads", "let_in", "person_id"):
        yield "consents", {"do": "write", **mine, "values": {column: True}}


def host_commands(room: Attacked) -> Iterator[dict[str, Any]]:
    """Yield what only whoever leads may do."""
    phase, seat, note = room.notes, room.seats["Ben"], room.rows["room_note"]
    for do, more in (
        ("enter", {"phase": phase}),
        ("finish", {}),
        ("reveal", {"phase": phase, "to": "all"}),
        ("set_door", {"door": "closed"}),
        ("publish", {}),
    ):
        yield {"do": do, "seen": 2, **more}
    yield {"do": "hide", "table": "room_note", "id": note, "on": True}
    yield {"do": "remove_seat", "seat": seat}
    yield {"do": "share_lead", "seat": room.seats["Ann"], "on": True}
    yield {"do": "let_back", "seat": seat}
    yield {"do": "open_projector"}
    yield {"do": "renew_code"}
    yield {"do": "arrange"}
    yield {"do": "rehearse"}
    yield {"do": "make_poll", "phase": phase, "question": FORGED, "options": ["a", "b"]}
    yield {"do": "take_table"}
    yield {"do": "delete_now", "word": "delete"}


def odd_commands(room: Attacked) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a sheet and a command for it that concerns others, or that does not fit."""
    offer, note, poll = (room.rows[f"room_{each}"] for each in ("offer", "note", "poll"))
    request = room.rows["room_request"]
    yield "ring", {"do": "offer", "request_id": request, "kind": "hands", "words": FORGED}
    yield "ring", {"do": "take_back", "id": offer}
    yield "ring", {"do": "begin_with", "id": offer}
    yield "ring", {"do": "promise", "offer_id": offer, "words": FORGED}
    yield "request", {"do": "show", "id": request, "is_shown": True, "agrees": True}
    yield "notes", {"do": "write_note", "phase_id": room.rows["room_seat"], "words": FORGED}
    yield "notes", {"do": "write_note", "phase_id": room.notes, "words": FORGED * 40}
    yield "notes", {"do": "write_note", "phase_id": room.notes, "words": 7}
    yield "notes", {"do": "write_note", "phase_id": room.notes, "words": FORGED, "seat_id": note}
    yield "poll", {"do": "vote", "poll_id": poll, "option": 9}
    yield "consents", {"do": "agree", "to": "leads", "is_on": True}
    yield "here", {"do": "raise_hand", "is_up": FORGED}
    yield "here", {"do": FORGED}


def attack(room: Attacked, page: RawPage, model: str) -> list[dict[str, Any]]:
    """Try everything over one websocket; return what the sheets answered.

    Args:
        room: the room.
        page: the page of whoever attacks.
        model: the id of a sheet on the page of another.
    """
    code = {"code": f"raise SystemExit('{FORGED}')", "silent": False}
    for channel in ("shell", "control", "stdin", "iopub"):
        page.send("execute_request", code, channel)
        page.send("shutdown_request", {"restart": False}, channel)
    page.send("input_reply", {"value": FORGED}, "stdin")
    for target in ("jupyter.widget", "jupyter.widget.version", "enishi"):
        page.send("comm_open", {"comm_id": model, "target_name": target, "data": {}})
    for id in (model, *list(page.sheets.values())[:2]):
        for method in ("update", "echo_update", "request_state"):
            state = {"state": {"state": {"closed": "", "leads": True}}, "buffer_paths": []}
            page.send("comm_msg", {"comm_id": id, "data": {"method": method} | state})
    page.tell(model, do="write_note", n=next(NUMBERS), phase_id=room.notes, words=FORGED)
    before = next(NUMBERS)
    hosts = (("here", each) for each in host_commands(room))
    for sheet, command in (*writes(room), *hosts, *odd_commands(room)):
        page.tell(sheet, n=next(NUMBERS), **command)
    return [answer for answer in page.settle() if answer["n"] > before]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_websocket_changes_nothing_of_others_and_brings_nothing_private(
    room: Attacked, protocol: str
) -> None:
    before = room.content()
    with page_of(room, "Ann", PROTOCOLS[protocol]) as page:
        with page_of(room, "Ben", None) as other:
            answers = attack(room, page, other.sheets["notes"])
            assert other.settle() == [], "nobody speaks to the sheets of another"
        assert len(answers) > 40 and not any(answer["ok"] for answer in answers)
        assert all(answer["text"] for answer in answers)
        assert room.content() == before
        heard = b"".join(page.heard)
        assert SECRET.encode() not in heard and SECRET not in page.html
        for id in room.book.frame("room_seat")["person_id"]:
            assert str(id).encode() not in heard
        assert b"A ladder" in heard, "what is shown to all is there"
    log = room.server.server.log.read_text(encoding="utf-8")
    assert SECRET not in log and FORGED not in log
    wait_until(lambda: "Consents refused write" in room.server.server.log.read_text())


def test_a_page_of_the_room_is_closed_to_everybody_else_in_it(room: Attacked) -> None:
    server, ann = room.server.server, room.people["Ann"]
    with page_of(room, "Ben", None) as page:
        for protocol in ((), (BINARY_PROTOCOL,)):
            with pytest.raises(WebSocketBadStatusException, match="403"):
                connect(server, page.kernel, cookie_of(ann), subprotocols=[*protocol])
    for path in (LEAD, SCREEN):
        assert ann.get(path).status_code == 403
    more = {"/api/sessions", "/api/config/x", "/api/spec.yaml", "/metrics"}
    for path in ({*CLOSED} | more) - {"/logout"}:
        assert raw(server, path, ann.cookies) in (403, 404), path


def test_a_word_arrives_once_it_is_revealed_to_all_and_never_before(room: Attacked) -> None:
    words = f"{SECRET} in a note".encode()
    with page_of(room, "Ann", None) as page:
        for to, is_there in (("host", False), ("all", True), ("no", True)):
            with room.book.batch("write") as batch:
                batch.update("room_phase", room.notes, revealed=to)
                batch.update("room_stage", STAGE, touched=next(NUMBERS))
            while not any(b'"revealed": "%s"' % to.encode() in each for each in page.heard[-9:]):
                page.hear()
            page.settle()
            assert any(words in each for each in page.heard) is is_there


# -- broken lines -------------------------------------------------------------------------------


def notes_of(room: Attacked, name: str) -> list[str]:
    """Return the words of the notes that somebody wrote."""
    frame = room.book.frame("room_note")
    return list(frame["words"][frame["seat_id"] == room.seats[name]])


def test_a_cut_connection_and_a_killed_kernel_lose_nothing_and_do_nothing_twice(
    room: Attacked,
) -> None:
    def write(n: int) -> dict[str, Any]:
        return {"do": "write_note", "n": n, "phase_id": room.notes, "words": f"Note {n}"}

    server, cho = room.server.server, room.people["Cho"]
    others = {each.pid for each in server.kernel_processes()}
    with page_of(room, "Cho", None) as page:
        one, other = next(NUMBERS), next(NUMBERS)
        page.tell("notes", **write(one))
        assert [each["ok"] for each in page.settle()] == [True]
        page.tell("notes", **write(other))
        page.line.shutdown()  # before anything is answered
        page.line = connect(server, page.kernel, cookie_of(cho))
        page.tell("notes", **write(other))  # as a page does that has heard no answer
        assert all(each["ok"] for each in page.settle() if each["n"] == other)
        (kernel,) = (each for each in server.kernel_processes() if each.pid not in others)
        kernel.kill()
    saved = [f"Note {n}" for n in (one, other)]
    assert notes_of(room, "Cho") == saved
    with page_of(room, "Cho", None) as page:
        page.tell("notes", **write(next(NUMBERS)))
        assert [each["ok"] for each in page.settle()] == [True]
    assert notes_of(room, "Cho")[:2] == saved and len(notes_of(room, "Cho")) == 3


@pytest.mark.thorough
@pytest.mark.parametrize("store", ["file", "server"])
def test_a_killed_server_that_starts_again_has_every_seat_and_all_that_was_saved(
    tmp_path: Path, request: pytest.FixtureRequest, store: str
) -> None:
    def write(server: Host, client: httpx.Client, phase: str) -> list[bool]:
        page = RawPage(server.server, client, ROOM)
        with closing(page):
            page.tell("notes", do="build", n=next(NUMBERS))
            page.settle()
            note = {"do": "write_note", "phase_id": phase, "words": "Saved"}
            for _ in range(5):
                page.tell("notes", n=next(NUMBERS), **note)
            return [each["ok"] for each in page.settle()]

    where = tmp_path / "data", CHECKOUT / "workbooks"
    with (
        database_of(request, store) as database,
        hosting(*where, database=database) as before,
        httpx.Client(base_url=before.server.base, timeout=60) as client,
    ):
        book = Book(before.engine, open_room(before.engine, "Sample", "en", AGENDA))
        phase = str(book.frame("room_phase").query("kind == 'notes'").index[0])
        enter(client, before, book, "Ann")
        assert all(write(before, client, phase))
        before.server.process.kill()
        before.server.process.wait()
        assert len(book.frame("room_note")) == 5
        port = ("--port", str(before.server.port))
        with hosting(*where, *port, database=database) as again:
            assert all(write(again, client, phase))
        assert len(book.frame("room_note")) == 10
        assert len(book.frame("room_seat")) == 1
