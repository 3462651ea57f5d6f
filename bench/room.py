"""A session: how long many phones take to join, to follow the host, and to reach the board.

    python bench/room.py [--people 30 60] [--databases sqlite postgresql] [--without-fork]

A host, a projector and light participants are at the real pages of a room, on a server of their
own. All participants join at once; the host leads them through every phase of the usual agenda;
they write one after the other, and then all in the same instant. What was answered as saved is
looked for in the database at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, Literal, NamedTuple

from sqlalchemy import URL, Engine

from crowd.attendees import Attendee, Passing
from crowd.browser import Seen, chromium, note, someone
from crowd.guests import Hosting, hosting
from crowd.servers import Others, Server, settle
from crowd.web import Refused
from enishi.book import Book
from enishi.book.database import open_database
from enishi.room import agendas, entries
from enishi.room.room import Room
from widgets.room.room_page import SHEET_OF

sys.path.append(str(Path(__file__).parents[1] / "tests" / "support"))
from postgresql import both_accounts, running_postgresql
from stores import BOOK, in_file

Database = Literal["sqlite", "postgresql"]
LANGUAGE = "en"
SPREAD_SECONDS = 1.5
"""Pages that turn together save at a random moment of this time (`here.js`)."""
ANSWERS = 30
"""How many notes are written one after the other, and how many requests."""
IDLE_SECONDS = 10.0
WRONG = re.compile(r"^\[.*\] (?:WARNING|ERROR|CRITICAL) .*", re.MULTILINE)
"""A line of the server's log that is to be looked at."""
Files = dict[str, list[str]]
"""What a browser fetches beside the page: with it (''), and with each sheet."""


class Measure(NamedTuple):
    """A row of the table: what it is, and its aim on two cores where nothing else runs."""

    label: str
    aim: str
    digits: int = 2


MEASURES = {
    "join_last": Measure("joined at once: the last one, s", "10"),
    "join_middle": Measure("… p50, s", ""),
    "follow": Measure("a phase on the last phone, p95 of the phases, s", "0.7"),
    "follow_each": Measure("… on any phone, p95, s", ""),
    "turned": Measure("… with the sheet of that phase, last phone, p95, s", ""),
    "answer": Measure("an answer on the board, p95, s", "0.8"),
    "instant_stored": Measure("all save in the same instant: the last one stored, s", "2"),
    "instant_board": Measure("… on the board, s", "3"),
    "spread_stored": Measure("all save within 1.5 s: the slowest stored, s", "2"),
    "spread_board": Measure("… on the board, s", "3"),
    "revealed_stored": Measure("as the first, each note shown to all: the last one stored, s", ""),
    "revealed_board": Measure("… on the board, s", ""),
    "revealed_phones": Measure("… on the last phone, s", ""),
    "memory": Measure("private memory a participant, joined, MB", "34", 1),
    "memory_end": Measure("… after all of this, MB", "", 1),
    "join_cpu": Measure("CPU a participant until joined, s", ""),
    "idle": Measure("CPU of all together when nobody acts, % of a core", "10", 1),
    "follow_cpu": Measure("CPU a participant and phase, with its sheet, ms", "", 0),
    "answer_cpu": Measure("CPU of all together for an answer, ms", "", 0),
    "revealed_cpu": Measure("CPU a participant for all notes shown to all, s", ""),
    "phase_bytes": Measure("received by a phone, a change of phase, bytes", "", 0),
    "note_bytes": Measure("… a note of somebody else that is shown to all, bytes", "", 0),
    "late": Measure("acts of the host that were refused as too late", "0", 0),
    "again": Measure("notes that had to be saved once more", "0", 0),
    "lost": Measure("lost writes", "0", 0),
    "errors": Measure("errors", "0", 0),
    "others": Measure("busy elsewhere, cores", "", 1),
}


@dataclass
class Session:
    """A room with everybody in it.

    Attributes:
        servers: whatever takes CPU for it: the server, and the database's.
        saved: the words that were answered as saved.
        refused: what was refused to the host because the stage had moved.
        again: what was said to those who had to save a note once more.
        problems: what went wrong for those who did not come in.
    """

    hosting: Hosting
    engine: Engine
    room: str
    files: Files
    servers: list[Server]
    host: Attendee
    projector: Attendee
    people: list[Attendee] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)

    def phases(self, kind: str = "") -> list[str]:
        """Return the ids of the phases, or of those of a kind, in their order."""
        rows = Book(self.engine, self.room).frame("room_phase").sort_values("place")
        return [str(id) for id, each in rows["kind"].items() if kind in ("", each)]

    def cpu(self) -> float:
        """Return the CPU seconds of everything that runs for the room."""
        return sum(each.cpu() for each in self.servers)

    async def lead(self, sheet: str, do: str, **message: Any) -> None:
        """Let the host act on the stage; what is refused as too late is tried again."""
        for _ in range(20):
            try:
                seen = self.host.shows("lead")["stage"]["version"]
                await self.host.ask(sheet, do, seen=seen, **message)
                return
            except Refused as problem:
                self.refused.append(str(problem))
                await asyncio.sleep(0.1)
        raise Refused(self.refused[-1])


async def main(sizes: Sequence[int], databases: Sequence[Database], forks: bool) -> None:
    """Print the table."""
    files = await find_files()
    found: dict[str, dict[str, float]] = {}
    for database in databases:
        for size in sizes:
            name = f"{size}, {database}"
            try:
                with running(database) as (url, servers):
                    found[name] = await measure(size, url, servers, files, forks)
            except (Refused, OSError, TimeoutError) as problem:
                print(f"{name} was left out: {problem!r}", file=sys.stderr, flush=True)
            else:
                print(f"{name}: {found[name]}", file=sys.stderr, flush=True)
    print(f"| {'' if forks else 'without fork'} | aim | {' | '.join(found)} |")
    print(f"|---|{'--:|' * (len(found) + 1)}")
    for name, (label, aim, digits) in MEASURES.items():
        cells = [f"{each[name]:.{digits}f}" for each in found.values()]
        print(f"| {label} | {aim} | {' | '.join(cells)} |", flush=True)


@contextmanager
def running(database: Database) -> Iterator[tuple[URL | None, list[Server]]]:
    """Run the database, if it is a server; give its address and its processes."""
    if database == "sqlite":
        yield None, []
        return
    with running_postgresql() as server, server.database() as url:
        assert server.process
        yield url, [Server("postgresql", "", server.process)]


@contextmanager
def opened(url: URL | None, size: int, forks: bool = True) -> Iterator[tuple[Hosting, Engine, str]]:
    """Serve an open room with `size` seats; give the server, the database and the room's id."""
    options = ("--seats", str(size + 1), "--pages", str(size + 20))
    accounts = both_accounts(url) if url else None
    with hosting(*options, database=accounts, forks=forks) as place:
        engine = open_database(url or in_file(place.home / BOOK))
        chosen = agendas.find_agenda(agendas.USUAL)
        phases = agendas.phases_of(chosen, LANGUAGE)
        try:
            yield place, engine, entries.open_room(engine, "Sample", LANGUAGE, phases)
        except Exception:
            print(place.log.read_text(errors="replace")[-5000:], file=sys.stderr, flush=True)
            raise
        finally:
            engine.dispose()


async def find_files() -> Files:
    """Ask a browser which files it fetches beside a participant's page, and for each sheet."""
    files: Files = {}
    with opened(None, 2) as (place, engine, room):
        async with chromium() as browser:
            page = await (await someone(browser)).new_page()
            seen = Seen()
            page.on("request", lambda request: note(seen, "GET", request.url))
            form = join_form(engine, room, "Looker")
            await page.goto(f"{place.server.address}join#{form['code']}")
            await page.locator("#called").fill(form["called"])
            await page.locator("form#join button").click()
            await page.wait_for_url("**/10-room.ipynb*")
            for name in ("here", *dict.fromkeys(SHEET_OF.values())):
                await page.evaluate(f"location.hash = '#{name}'")
                await page.locator(f"section#{name} h2").wait_for()
                await page.wait_for_timeout(1000)  # for what is still under way
                own = ("/join", "/voila/render/")  # an attendee fetches these by itself
                beside = [each for each in seen.files if not each.startswith(own)]
                files["" if name == "here" else name], seen.files = beside, []
    return files


def join_form(engine: Engine, room: str, called: str) -> dict[str, str]:
    """Return what somebody writes into the form who joins by the QR code."""
    with engine.connect() as connection:
        return {"code": entries.shown_codes(connection, room).key, "called": called}


async def measure(
    size: int, url: URL | None, servers: list[Server], files: Files, forks: bool
) -> dict[str, float]:
    """Hold a session with `size` participants, and return what was measured, by `MEASURES`."""
    with opened(url, size, forks) as (place, engine, room):
        session = await begin(place, engine, room, files, servers)
        form = join_form(engine, room, "First")
        first = participant(session, form)
        await first.visit()
        check(first)
        await first.leave()
        free_seat(session, "First")
        settle(place.server)
        before, others = place.server.weight(), Others(place.server)
        found = await join(session, size)
        settle(place.server, 10)
        found["memory"] = (place.server.weight().own - before.own) / size
        found |= await rest(session)
        found |= await follow(session)
        found |= await answer(session)
        found |= await save_at_once(session)
        settle(place.server, 10)
        found["memory_end"] = (place.server.weight().own - before.own) / size
        found["others"] = others.share()
        stored = words_in(session)
        found["lost"] = len(session.saved - stored)
        found["again"] = len(session.again)
        found["late"] = len(session.refused)
        everybody = [session.host, session.projector, *session.people]
        problems = session.problems + [each.trouble for each in everybody if each.trouble]
        problems += WRONG.findall(place.log.read_text(errors="replace"))
        found["errors"] = len(problems)
        for problem in sorted({*problems, *session.refused, *session.again}):
            print(problem[:300], file=sys.stderr, flush=True)
        await asyncio.gather(*(each.leave() for each in everybody if not each.trouble))
    return found


async def begin(
    place: Hosting, engine: Engine, room: str, files: Files, servers: list[Server]
) -> Session:
    """Let the host and the projector come."""
    _, key = entries.invite_host(engine, room, "Guide")
    with engine.begin() as connection:
        code = entries.make_one_time_code(connection, room, "projector", "")
    host = Attendee(place.server, "11-host", "/login", {"key": key})
    projector = Attendee(place.server, "12-projector", "/join", {"code": code, "called": ""})
    for each in (host, projector):
        await each.visit()
        check(each)
    await host.turn_to("board")
    everything = [place.server, *servers]
    return Session(place, engine, room, files, everything, host, projector)


def participant(session: Session, form: dict[str, str]) -> Attendee:
    """Return somebody who is going to join."""
    found = Attendee(session.hosting.server, "10-room", "/join", form)
    found.files = session.files[""]
    return found


def free_seat(session: Session, called: str) -> None:
    """Take somebody's seat away, so that another can have it."""
    room = Room(Book(session.engine, session.room), "", hosts=True)
    seats = room.book.frame("room_seat")
    with room.command() as hand:
        hand.update("room_seat", str(seats.index[seats["called"] == called][0]), left=True)


def check(attendee: Attendee) -> None:
    """Check that somebody came in.

    Raises:
        Refused: they did not.
    """
    if attendee.trouble:
        raise Refused(attendee.trouble)


async def join(session: Session, size: int) -> dict[str, float]:
    """Let everybody join at once: the code and a name, the page with its files, the first sheet."""
    form = join_form(session.engine, session.room, "")
    names = [f"Sample {number}" for number in range(1, size + 1)]
    session.people = [participant(session, form | {"called": name}) for name in names]
    spent = session.cpu()
    await asyncio.gather(*(each.visit() for each in session.people))
    session.problems += [each.trouble for each in session.people if each.trouble]
    session.people = [each for each in session.people if not each.trouble]
    seconds = [each.seconds for each in session.people]
    return {
        "join_last": max(seconds),
        "join_middle": percentile(seconds, 50),
        "join_cpu": (session.cpu() - spent) / size,
    }


async def rest(session: Session) -> dict[str, float]:
    """Let nobody do anything."""
    before = session.cpu()
    await asyncio.sleep(IDLE_SECONDS)
    return {"idle": 100 * (session.cpu() - before) / IDLE_SECONDS}


async def follow(session: Session) -> dict[str, float]:
    """Lead everybody into one phase after the other; each phone turns to the phase's sheet."""
    on_phones: list[float] = []
    on_last: list[float] = []
    turned: list[float] = []
    heard: list[int] = []
    spent = session.cpu()
    for phase in session.phases():
        await asyncio.sleep(random.uniform(0.5, 1.0))
        before = [each.heard for each in session.people]
        coming = [asyncio.create_task(turn(session, each, phase)) for each in session.people]
        await asyncio.sleep(0)  # until all of them wait
        begun = time.perf_counter()
        await session.lead("lead", "enter", phase=phase)
        arrived = await asyncio.gather(*coming)
        on_phones += [at - begun for at, _, _ in arrived]
        on_last.append(max(at for at, _, _ in arrived) - begun)
        turned.append(max(at for _, at, _ in arrived) - begun)
        heard += [size - was for (_, _, size), was in zip(arrived, before, strict=True)]
    await asyncio.sleep(1)
    spent = session.cpu() - spent
    return {
        "follow_cpu": 1000 * spent / len(on_phones),
        "follow": percentile(on_last),
        "follow_each": percentile(on_phones),
        "turned": percentile(turned),
        "phase_bytes": sum(heard) / len(heard),
    }


async def turn(session: Session, phone: Attendee, phase: str) -> tuple[float, float, int]:
    """Wait for a phase, and turn the page to its sheet.

    Returns:
        when the phase was on the phone, when its sheet was, and the bytes received until the first.
    """
    arrived = await phone.until("here", is_at(phase))
    heard = phone.heard
    sheet = phone.shows("here")["phase"]["sheet"]
    there = await phone.turn_to(sheet, session.files[sheet]) if sheet else arrived
    return arrived, there, heard


async def enter(session: Session, phase: str, sheets: Sequence[str]) -> None:
    """Lead everybody into a phase whose answers the host sees; until `sheets` of all show it.

    What a phone writes before that belongs to the phase that it still shows.
    """
    await session.lead("lead", "enter", phase=phase)
    await session.lead("board", "reveal", phase=phase, to="host")
    shown = (each.until(name, is_at(phase)) for each in session.people for name in sheets)
    await asyncio.gather(*shown)


async def answer(session: Session) -> dict[str, float]:
    """Let one after the other write a note, then a request, and look for it on the board."""
    seconds: list[float] = []
    spent = session.cpu()
    for kind, write in (("notes", write_note), ("request", write_request)):
        phase = session.phases(kind)[0]
        await enter(session, phase, ["here", "notes"] if kind == "notes" else ["here"])
        writers = random.choices(session.people, k=ANSWERS) if kind == "notes" else session.people
        for number, phone in enumerate(writers[:ANSWERS]):
            await asyncio.sleep(random.uniform(0.1, 0.5))
            words = f"{kind} {number}: who knows a good place to learn to cook?"
            shown = asyncio.create_task(session.host.until("board", has_card(words)))
            begun = time.perf_counter()
            await write(session, phone, words)
            seconds.append(await shown - begun)
    spent = session.cpu() - spent
    return {"answer": percentile(seconds), "answer_cpu": 1000 * spent / len(seconds)}


async def write_note(session: Session, phone: Attendee, words: str) -> None:
    """Write a note in the phase that is on."""
    phase = phone.shows("notes")["phase"]["id"]
    while True:
        try:
            await phone.ask("notes", "write_note", phase_id=phase, words=words)
            break
        except Passing as problem:  # the page keeps the text, and says so
            session.again.append(str(problem))
            await asyncio.sleep(random.uniform(0.5, 1.5))
    session.saved.add(words)


async def write_request(session: Session, phone: Attendee, words: str) -> None:
    """Write a request, and show it to the group."""
    row = phone.shows("request")["request"]
    of_row = {"table": "room_request", "id": row["id"], "version": row["version"]}
    await phone.ask("request", "write", **of_row, values={"words": words})
    session.saved.add(words)
    await phone.ask("request", "show", id=row["id"], is_shown=True, agrees=True)


def is_at(phase: str) -> Callable[[dict[str, Any]], bool]:
    """Return whether a sheet of a phone shows a phase: what is written there belongs to it."""
    return lambda state: (state["phase"] or {}).get("id") == phase


def has_card(words: str) -> Callable[[dict[str, Any]], bool]:
    """Return whether a board has a card with these words."""
    return lambda state: any(card["words"] == words for card in state["cards"])


async def save_at_once(session: Session) -> dict[str, float]:
    """Let everybody write in the same instant, at random moments, and after a reveal to all."""
    phase = session.phases("notes")[1]
    await enter(session, phase, ["here", "notes"])
    stored, board, _ = await save_all(session, "instant", 0.0)
    found = {"instant_stored": max(stored), "instant_board": max(board)}
    await asyncio.sleep(2)
    stored, board, _ = await save_all(session, "spread", SPREAD_SECONDS)
    found |= {"spread_stored": max(stored), "spread_board": max(board)}
    await session.lead("board", "reveal", phase=phase, to="all")
    await asyncio.sleep(2)
    heard, spent = sum(each.heard for each in session.people), session.cpu()
    stored, board, phones = await save_all(session, "revealed", 0.0, everywhere=True)
    heard = sum(each.heard for each in session.people) - heard
    size = len(session.people)
    found["revealed_cpu"] = (session.cpu() - spent) / size
    found |= {"revealed_stored": max(stored), "revealed_board": max(board)}
    return found | {"revealed_phones": max(phones), "note_bytes": heard / size / size}


async def save_all(
    session: Session, name: str, spread: float, everywhere: bool = False
) -> tuple[list[float], list[float], list[float]]:
    """Let everybody write a note within `spread` seconds.

    Returns:
        for each note the seconds until it was answered as saved, until it was on the board, and,
        with `everywhere`, for each phone until it had all of them.
    """
    wanted = {f"{name} {number}: a place to learn" for number in range(len(session.people))}
    boards = [
        asyncio.create_task(session.host.until("board", has_card(words)))
        for words in sorted(wanted)
    ]
    phones = [
        asyncio.create_task(each.until("notes", has_notes(wanted)))
        for each in session.people
        if everywhere
    ]
    await asyncio.sleep(0)  # until all of them wait
    begun = time.perf_counter()
    saves = (
        save(session, phone, words, random.uniform(0, spread))
        for phone, words in zip(session.people, sorted(wanted), strict=True)
    )
    times = await asyncio.gather(*saves)
    shown = await asyncio.gather(*boards)
    return (
        [stored - sent for sent, stored in times],
        [at - sent for (sent, _), at in zip(times, shown, strict=True)],
        [at - begun for at in await asyncio.gather(*phones)],
    )


async def save(session: Session, phone: Attendee, words: str, wait: float) -> tuple[float, float]:
    """Write a note after `wait` seconds; return when it was sent, and when it was saved."""
    await asyncio.sleep(wait)
    sent = time.perf_counter()
    await write_note(session, phone, words)
    return sent, time.perf_counter()


def has_notes(wanted: set[str]) -> Callable[[dict[str, Any]], bool]:
    """Return whether a participant's page has all these notes, of their own or of the others."""

    def holds(state: dict[str, Any]) -> bool:
        return wanted <= {each["words"] for each in (*state["own"], *state["others"])}

    return holds


def words_in(session: Session) -> set[str]:
    """Return every note and request that is in the database."""
    book = Book(session.engine, session.room)
    return {*book.frame("room_note")["words"], *book.frame("room_request")["words"]}


def percentile(values: Sequence[float], at: int = 95) -> float:
    """Return the value below which `at` per cent of the values are."""
    return quantiles(values, n=100, method="inclusive")[at - 1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[30, 60])
    parser.add_argument(
        "--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"]
    )
    parser.add_argument("--without-fork", action="store_true")
    told = parser.parse_args()
    asyncio.run(main(told.people, told.databases, not told.without_fork))
