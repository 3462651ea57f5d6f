"""What one participant or a stranger can do to the others: attacks, each on a server of its own.

    python bench/attacks.py [names of attacks]
    python bench/attacks.py --among 30 --minutes 3

Each attack is bounded in time and number. Meanwhile another participant comes, writes and leaves
again and again: whatever goes wrong for them is counted. With `--among`, all attacks at once and
again and again, among so many visitors; at the end the server has to hold what it held before.
The script leaves with 1 when anybody else got an error or memory did not come back.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import resource
import secrets
import socket
import struct
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode
from uuid import uuid4

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from crowd.guests import ROOM_PAGE, Guest, Held, Hosting, Watch, hosting, keep_visiting
from crowd.jupyter import BYTEWISE, FORM
from crowd.servers import REAL, Server, settle
from crowd.web import Refused, Web

SECONDS = 15.0
"""How long an attack goes on."""
PATIENCE = 30.0
"""Seconds after which somebody else counts as refused."""
CONTROL = "jupyter.widget.control"
GUESSERS = 60
"""People who guess at a room's code at once."""
SILENT = 2200
"""Connections that say nothing."""
ORDINARY_DESCRIPTORS = 1024
LEFT_SECONDS = 45.0
"""How long the server may take to give back what it held: its patience, and sweeping up."""
MOST_MORE_MEMORY = 1.25
MOST_MORE_MB = 40.0
"""A server that held no kernel before has learned how to make one."""

Attack = Callable[[Hosting], Coroutine[Any, Any, None]]


async def the_line_of(guest: Guest, bytewise: bool = False) -> Any:
    """Open a page and one more line to its kernel."""
    await guest.show()
    guest.bytewise = bytewise
    ways = {"subprotocols": [BYTEWISE]} if bytewise else {}
    path = f"/api/kernels/{guest.kernel}/channels?session_id={uuid4()}"
    return await guest.web.socket(path, **ways)


async def send_all(line: Any, frames: list[str | bytes]) -> None:
    """Send frames, as far as anybody takes them; then listen for a while."""
    with suppress(ConnectionClosed, TimeoutError):
        async with asyncio.timeout(SECONDS):
            for frame in frames:
                await line.send(frame)
            async for _ in line:
                pass
    line.transport.abort()


def message(kind: str, content: dict[str, Any], **header: Any) -> dict[str, Any]:
    """Return a message as a page sends it."""
    told = {"msg_id": str(uuid4()), "msg_type": kind, "session": "x", "username": ""}
    told |= {"date": "2026-11-20T00:00:00.000Z", "version": "5.3"}
    version = "1.0.0" if content.get("target_name") == CONTROL else "2.1.0"
    parts = {"parent_header": {}, "metadata": {"version": version}, "content": content}
    return {"channel": "shell", "header": told | header, **parts}


async def bytes_from_the_kernel(room: Hosting) -> None:
    """Make a picture, a widget whose state is bytes, and ask for it."""
    guest = Guest(room, "Sample Bytes")
    line = await the_line_of(guest)
    state = {
        "_model_module": "@jupyter-widgets/controls",
        "_model_module_version": "2.0.0",
        "_model_name": "ImageModel",
        "_view_module": "@jupyter-widgets/controls",
        "_view_module_version": "2.0.0",
        "_view_name": "ImageView",
        "value": "",
    }
    data = {"state": state, "buffer_paths": [["value"]]}
    opening = {"comm_id": uuid4().hex, "target_name": "jupyter.widget", "data": data}
    text = json.dumps(message("comm_open", opening)).encode()
    frame = struct.pack("!III", 2, 12, 12 + len(text)) + text + b"picture"
    asking = {"comm_id": opening["comm_id"], "data": {"method": "request_state"}}
    await send_all(line, [frame, json.dumps(message("comm_msg", asking))])
    await guest.vanish()


async def a_count_without_end(room: Hosting) -> None:
    """Send frames that announce more parts than there are, in both ways of framing."""
    guest = Guest(room, "Sample Count")
    line = await the_line_of(guest, bytewise=True)
    await send_all(line, [struct.pack("<Q", 10**17) + b"x" * 64])
    line = await the_line_of(guest)
    await send_all(line, [struct.pack("!i", 2**30) + b"x" * 64])
    await guest.vanish()


async def silence(room: Hosting) -> None:
    """Open connections, and say nothing or half a request; a stranger can."""
    ends: list[socket.socket] = []
    stop = time.monotonic() + SECONDS
    while len(ends) < SILENT and time.monotonic() < stop:
        end = socket.socket()
        end.setblocking(False)
        with suppress(BlockingIOError):
            end.connect(("127.0.0.1", room.server.port))
        ends.append(end)
        if len(ends) % 50 == 0:
            await asyncio.sleep(0.05)
    for end in ends[::2]:
        with suppress(OSError):
            end.send(b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nkey=")
    await asyncio.sleep(max(0.0, stop - time.monotonic()))
    for end in ends:
        end.close()


async def many_lines(room: Hosting) -> None:
    """Open 240 websockets to one kernel."""
    guest = Guest(room, "Sample Lines")
    await guest.show()
    lines: list[Any] = []
    for _ in range(240):
        path = f"/api/kernels/{guest.kernel}/channels?session_id={uuid4()}"
        with suppress(InvalidHandshake, OSError, EOFError, TimeoutError):
            async with asyncio.timeout(5):
                lines.append(await guest.web.socket(path))
    await asyncio.sleep(SECONDS / 3)
    for line in lines:
        line.transport.abort()
    await guest.vanish()


async def a_page_that_never_reads(room: Hosting) -> None:
    """Ask for all there is to see, twenty times a second, and read nothing of it."""
    guest = Guest(room, "Sample Deaf")
    await guest.show()
    raw = await asyncio.open_connection("127.0.0.1", room.server.port, limit=1024)
    reader, writer = raw
    path = f"/api/kernels/{guest.kernel}/channels?session_id={uuid4()}"
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{room.server.port}", "Upgrade: websocket"]
    lines += ["Connection: Upgrade", "Sec-WebSocket-Version: 13"]
    lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", f"Cookie: {guest.web.cookie}"]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await reader.readuntil(b"\r\n\r\n")
    transport = writer.transport
    assert isinstance(transport, asyncio.Transport)
    transport.pause_reading()
    stop = time.monotonic() + 3 * SECONDS
    with suppress(ConnectionError):
        while time.monotonic() < stop:
            comm = uuid4().hex
            control = {"comm_id": comm, "target_name": CONTROL, "data": {}}
            asking = {"comm_id": comm, "data": {"method": "request_states"}}
            for kind, content in (("comm_open", control), ("comm_msg", asking)):
                writer.write(masked(json.dumps(message(kind, content)).encode()))
            await writer.drain()
            await asyncio.sleep(0.1)
    writer.transport.abort()
    await guest.vanish()


def masked(text: bytes) -> bytes:
    """Frame a text for a websocket, with a mask that changes nothing."""
    length = len(text)
    size = struct.pack("!BH", 0xFE, length) if length < 65536 else struct.pack("!BQ", 0xFF, length)
    return b"\x81" + size + b"\0\0\0\0" + text


async def long_numbers(room: Hosting) -> None:
    """Number messages to a sheet, and messages themselves, with texts of nine megabytes."""
    guest = Guest(room, "Sample Numbers")
    await guest.show()
    await guest.begin()
    sheet = next(iter(guest.placed))
    stop = time.monotonic() + 2 * SECONDS
    with suppress(ConnectionClosed):
        assert guest.line
        guest.stay()
        number = 0
        while time.monotonic() < stop:
            number += 1
            text = f"{number}" + "x" * 9_000_000
            content = {"method": "custom", "content": {"do": "write", "n": text}}
            said = message("comm_msg", {"comm_id": sheet, "data": content})
            await guest.line.send(json.dumps(said))
    await guest.vanish()


async def forged_lines(room: Hosting) -> None:
    """Send what is written to the log when it is refused, with line ends and colours in it."""
    guest = Guest(room, "Sample Forger")
    await guest.show()
    forged = "\x1b[31mx\n[Workbook] ERROR | A line that nobody wrote.\r\x85\u2028forged"
    line = await the_line_of(guest)
    odd: list[Any] = [
        message(forged, {}),
        {**message("comm_msg", {}), "channel": forged},
        {**message("comm_msg", {}), "header": forged},
        message("comm_open", {"comm_id": forged, "target_name": forged, "data": {}}),
        message("comm_msg", {"comm_id": forged, "data": {}}),
    ]
    for sheet in guest.placed:
        for content in ({"do": forged, "n": 1}, {"do": "write", "n": 2, forged: 1}, forged):
            data = {"method": "custom", "content": content}
            odd.append(message("comm_msg", {"comm_id": sheet, "data": data}))
            odd.append(message("comm_msg", {"comm_id": sheet, "data": {"method": forged}}))

    async def flood() -> None:
        for _ in range(40):
            for each in odd:
                await line.send(json.dumps(each))
                await asyncio.sleep(0.01)

    with suppress(ConnectionClosed, TimeoutError):
        async with asyncio.timeout(SECONDS):
            await flood()
    with suppress(Refused):
        await guest.web.get("/voila/render/%1b%5b31m%0a%5bWorkbook%5d")
    with suppress(Refused, OSError):
        await Web(room.server.port).ask("GET", "/", headers={"Cookie": "a=\x1b[31m; b=\x85forged"})
    line.transport.abort()
    await guest.vanish()


async def broken_requests(room: Hosting) -> None:
    """Send what is no request, as fast as it goes."""
    stop = time.monotonic() + SECONDS
    while time.monotonic() < stop:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", room.server.port)
            writer.write(b"\x1b[31mGET\x85 / nothing\r\nHost: \x1b\r\nContent-Length: -1\r\n\r\n")
            await asyncio.sleep(0)
            writer.transport.abort()


async def guesses_at_a_door(room: Hosting) -> None:
    """Try typed codes of a room, as many at once as a guesser has connections; a stranger can."""
    room.open_room()
    stop = time.monotonic() + SECONDS

    async def guess() -> None:
        web = Web(room.server.port)
        door = await web.get("/join")
        while time.monotonic() < stop:
            code = f"{secrets.randbelow(1_000_000):06}"
            with suppress(Refused, OSError):
                await web.ask("POST", "/join", form_of(door.text, code, "Sample"), FORM)
        web.close()

    await asyncio.gather(*(guess() for _ in range(GUESSERS)), return_exceptions=True)


async def a_loud_seat(room: Hosting) -> None:
    """Take a seat in a room and write the longest request, as fast as the server takes it."""
    guest = Guest(room, "Sample Loud", page=ROOM_PAGE)
    door = await guest.web.get("/join")
    await guest.web.ask("POST", "/join", form_of(door.text, room.open_room(), "Sample"), FORM)
    await guest.show()
    await guest.begin()
    [sheet] = (
        id for id, state in guest.sheets.items() if state["position"].get("name") == "request"
    )
    stop, number = time.monotonic() + SECONDS, 0
    row = {"table": "room_request", "id": uuid4().hex}
    with suppress(ConnectionClosed):
        while time.monotonic() < stop:
            number += 1
            words = {"words": f"{number} ".ljust(4000, "x")}
            content = {"do": "write", "n": number, **row, "version": number - 1, "values": words}
            data = {"method": "custom", "content": content}
            await guest.say("comm_msg", {"comm_id": sheet, "data": data})
            await asyncio.sleep(0.02)
    await guest.vanish()


def form_of(page: str, code: str, called: str) -> bytes:
    """Return the form of the door, filled in."""
    found = re.search(r'name="_xsrf" value="([^"]+)"', page)
    return urlencode({"code": code, "called": called, "_xsrf": found[1] if found else ""}).encode()


ATTACKS: tuple[Attack, ...] = (
    guesses_at_a_door,
    a_loud_seat,
    bytes_from_the_kernel,
    a_count_without_end,
    silence,
    many_lines,
    a_page_that_never_reads,
    long_numbers,
    forged_lines,
    broken_requests,
)


OPTIONS: dict[Attack, tuple[str, ...]] = {forged_lines: ("--verbose",)}


class Outcome(NamedTuple):
    """How an attack went."""

    attack: str
    well: int
    wrong: list[str]
    before: Held
    highest: Held
    after: Held
    log: int
    forged: int
    is_alive: bool


async def attacked(attack: Attack) -> Outcome:
    """Run one attack on a server of its own, beside one other participant."""
    with hosting(
        "--patience", "15", *OPTIONS.get(attack, ()), descriptors=ORDINARY_DESCRIPTORS
    ) as room:
        other = Guest(room, "Sample Other")
        await other.visit()
        if other.trouble:
            raise RuntimeError(f"{other.trouble}\n{room.log.read_text()[-2000:]}")
        await other.leave()
        await asyncio.sleep(6)  # the server has swept up
        size = room.log.stat().st_size
        ended = asyncio.Event()
        with Watch(room.server) as watch:
            visits = asyncio.create_task(keep_visiting(other, ended, PATIENCE))
            with suppress(Exception):  # the server may not have lived through it
                async with asyncio.timeout(6 * SECONDS):
                    await attack(room)
            await asyncio.sleep(3)
            ended.set()
            well, wrong = await visits
            await until_back(watch)
            after = watch.now()
        log = room.log.read_text(errors="replace")
        forged = sum("nobody wrote" in each[:60] for each in log.splitlines())
        growth = len(log.encode()) - size
        alive = room.is_alive()
    name = attack.__name__.replace("_", " ")
    return Outcome(name, well, wrong, watch.first, watch.highest, after, growth, forged, alive)


async def until_back(watch: Watch) -> None:
    """Wait until the server holds what it held, or it has had its time for it."""
    stop = time.monotonic() + LEFT_SECONDS
    while time.monotonic() < stop and not is_back(watch.first, watch.now()):
        await asyncio.sleep(1)


def is_back(before: Held, after: Held) -> bool:
    """Tell whether memory came back."""
    return after.server > 0 and all(
        now <= max(MOST_MORE_MEMORY * then, then + MOST_MORE_MB)
        for then, now in zip(before, after, strict=True)
    )


def show(outcome: Outcome) -> None:
    """Print a row of the table, and below it what went wrong for others."""
    held = (outcome.before, outcome.highest, outcome.after)
    mb = [f"{each.server:.0f} / {each.family:.0f}" for each in held]
    alive = "yes" if outcome.is_alive else "NO"
    log = f"{outcome.log / 1000:.1f}"
    row = (outcome.attack, outcome.well, len(outcome.wrong), *mb, log, outcome.forged, alive)
    print(f"| {' | '.join(map(str, row))} |")
    for each in sorted(set(outcome.wrong)):
        print(f"    {outcome.wrong.count(each)} × {each}")
    sys.stdout.flush()


HEAD = """
| attack | visits of others | refused | MB before (server / all) | highest | after | log, kB \
| forged lines | alive |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
""".strip().replace("\\\n", "")


async def one_by_one(names: list[str]) -> bool:
    """Run the attacks, each alone; tell whether nobody else was disturbed."""
    print(HEAD, flush=True)
    outcomes = []
    for attack in ATTACKS:
        if not names or attack.__name__ in names:
            outcomes.append(await attacked(attack))
            show(outcomes[-1])
    return all(
        each.is_alive and not each.wrong and not each.forged and is_back(each.before, each.after)
        for each in outcomes
    )


def attack_all(address: str, home: Path, log: Path, minutes: float) -> None:
    """Run all attacks at once, again and again, in a process of its own.

    Attackers sit at other computers. Here they get the time that the server and its visitors leave
    them, and whatever they hold ends with them.
    """
    os.nice(19)
    room = Hosting(Server(REAL, address, cast(Any, None)), home, log)  # it is not ours to end
    stop = time.monotonic() + 60 * minutes

    async def again(attack: Attack) -> None:
        while time.monotonic() < stop:
            with suppress(Exception):
                async with asyncio.timeout(6 * SECONDS):
                    await attack(room)

    async def attack_together() -> None:
        await asyncio.gather(*map(again, ATTACKS))

    asyncio.run(attack_together())


async def among(visitors: int, minutes: float) -> bool:
    """Run all attacks at once, again and again, among visitors; tell whether these were served."""
    with hosting("--patience", "30", "--pages", "120") as room:
        guests = [Guest(room, f"Sample {number}") for number in range(visitors)]
        await asyncio.gather(*(guest.visit() for guest in guests))
        await asyncio.gather(*(guest.leave() for guest in guests))
        await asyncio.sleep(15)
        settle(room.server)
        size, ended = room.log.stat().st_size, asyncio.Event()
        with Watch(room.server) as watch:
            visits = [asyncio.create_task(keep_visiting(each, ended, 60)) for each in guests]
            where = (room.server.address, room.home, room.log)
            attackers = get_context("spawn").Process(target=attack_all, args=(*where, minutes))
            attackers.start()
            while attackers.is_alive():
                await asyncio.sleep(0.5)
            ended.set()
            done = await asyncio.gather(*visits)
            await until_back(watch)
            after = watch.now()
        wrong = [each for _, bad in done for each in bad]
        log = room.log.read_text(errors="replace")
        forged = sum("nobody wrote" in each[:60] for each in log.splitlines())
        name = f"all, among {visitors} visitors"
        well = sum(good for good, _ in done)
        growth = room.log.stat().st_size - size
        outcome = Outcome(
            name, well, wrong, watch.first, watch.highest, after, growth, forged, room.is_alive()
        )
    print(HEAD)
    show(outcome)
    return outcome.is_alive and not wrong and is_back(watch.first, after)


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 16384), hard))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("attacks", nargs="*", choices=[[], *(each.__name__ for each in ATTACKS)])
    parser.add_argument("--among", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=3.0)
    told = parser.parse_args()
    well = asyncio.run(among(told.among, told.minutes) if told.among else one_by_one(told.attacks))
    sys.exit(0 if well else 1)
