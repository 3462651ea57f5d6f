"""Connections to the server: silent ones go, and nobody else is refused because of them."""

from __future__ import annotations

import asyncio
import os
import resource
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, cast

import psutil
import pytest
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from enishi.serve import connections, file_limits
from enishi.serve.auth.host_check import HostCheckRouter, stream_of
from enishi.serve.auth.public_url import address_of
from enishi.serve.connections import BoundedHTTPServer, ConnectionTable
from serving import ENISHI, Serving, serving, wait_until

pytest_plugins = ["server_fixtures"]

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
ASK = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Here(RequestHandler):
    """Recognises whoever says their name."""

    def prepare(self) -> None:
        if name := self.get_argument("name", ""):
            self.settings["callers"].recognise(stream_of(self.request), name)

    def get(self) -> None:
        self.finish("here")

    def post(self) -> None:
        self.finish("taken")


class House:
    """A server in this process, and connections to it."""

    def __init__(self, port: int, callers: ConnectionTable) -> None:
        self.port, self.callers = port, callers
        self.ends: list[Ends] = []

    async def come(self, sent: bytes = b"") -> Ends:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.ends.append((reader, writer))
        writer.write(sent)
        return reader, writer

    async def leave(self) -> None:
        for _, writer in self.ends:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def asks(self, path: str = "/") -> bool:
        """Ask on a connection of one's own; tell whether it was answered."""
        reader, writer = await self.come(ASK.replace(b"/ ", path.encode() + b" "))
        with closing(writer):
            return b"200 OK" in await asyncio.wait_for(reader.readline(), 20)


@asynccontextmanager
async def open_house(most: int = connections.MOST_IN_ALL) -> AsyncIterator[House]:
    callers = ConnectionTable(most)
    application = Application(
        [("/", Here)],
        callers=callers,
        log_function=lambda handler: callers.on_response(stream_of(handler.request)),
    )
    door = HostCheckRouter(application, address_of("127.0.0.1", 80), callers)
    server = BoundedHTTPServer(door, callers=callers, words="full")
    [listening] = bind_sockets(0, "127.0.0.1")
    server.add_sockets([listening])
    house = House(listening.getsockname()[1], callers)
    try:
        yield house
    finally:
        await house.leave()
        server.stop()
        await server.close_all_connections()


def alone(story: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread: a browser of other tests may have a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, story).result()


def run(story: Callable[..., Coroutine[Any, Any, None]], *how: Any) -> None:
    async def whole() -> None:
        async with open_house(*how) as house:
            await asyncio.wait_for(story(house), 60)

    alone(whole())


async def is_closed(end: Ends) -> bool:
    try:
        return await end[0].read(1) == b""
    except ConnectionError:
        return True


async def settled(claim: Callable[[], bool]) -> None:
    while not claim():
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: loc",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nkey=",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_connection_that_stays_silent_is_closed(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SILENCE_SECONDS", 0.2)

    async def story(house: House) -> None:
        end = await house.come(sent)
        assert await is_closed(end)
        await settled(lambda: len(house.callers) == 0)
        assert await house.asks()

    run(story)


def test_of_too_many_strangers_the_oldest_goes_and_the_newest_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "MOST_STRANGERS", 20)
    monkeypatch.setattr(connections, "GRACE_SECONDS", 0.0)

    async def story(house: House) -> None:
        silent = []
        for number in range(30):
            silent.append(await house.come())
            while len(house.callers) < min(number + 1, 20):
                await asyncio.sleep(0.01)
        for _ in range(10):
            assert await house.asks()
        assert await is_closed(silent[0])
        assert len(house.callers) <= 21

    run(story)


def test_whoever_was_recognised_does_not_go_for_a_strangers_sake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "MOST_STRANGERS", 10)
    monkeypatch.setattr(connections, "GRACE_SECONDS", 0.0)

    async def story(house: House) -> None:
        reader, writer = await house.come(ASK.replace(b"/ ", b"/?name=ann "))
        await reader.readuntil(b"here")
        for _ in range(40):
            await house.come()
        await settled(lambda: len(house.callers) == 11)
        writer.write(ASK)
        assert b"here" in await reader.readuntil(b"here")

    run(story)


def test_one_person_has_only_so_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_OF_ONE", 5)

    async def story(house: House) -> None:
        ends = []
        for _ in range(12):
            ends.append(await house.come(ASK.replace(b"/ ", b"/?name=ann ")))
            await ends[-1][0].readuntil(b"here")
        assert len(house.callers) == 5
        assert await is_closed(ends[0])
        assert await house.asks("/?name=beth")

    run(story)


def test_a_flood_does_not_push_out_a_stranger_whose_request_is_under_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "MOST_STRANGERS", 10)
    monkeypatch.setattr(connections, "GRACE_SECONDS", 60.0)

    async def story(house: House) -> None:
        reader, writer = await house.come()
        for _ in range(60):
            await house.come()
        await settled(lambda: len(house.callers) == 61)
        writer.write(ASK)
        assert b"200 OK" in await asyncio.wait_for(reader.readline(), 20)

    run(story)


def test_the_address_with_most_connections_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "GRACE_SECONDS", 0.0)

    class Stream:
        closed = False

        def close(self) -> None:
            self.closed = True

    callers = ConnectionTable(8)
    far, near = [Stream() for _ in range(2)], [Stream() for _ in range(4)]
    for stream in far:
        callers.add(cast(IOStream, stream), "192.0.2.1")
    for stream in near:
        callers.add(cast(IOStream, stream), "192.0.2.2")
    assert [stream.closed for stream in far] == [False, False]
    assert [stream.closed for stream in near] == [True, True, False, False]


@pytest.mark.skipif(os.name != "posix", reason="limits as a Unix has them")
def test_where_no_descriptor_is_left_it_is_said_and_goes_on_afterwards() -> None:
    async def story(house: House) -> None:
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        end = await house.come()
        await settled(lambda: len(house.callers) == 1)
        highest = max(map(int, os.listdir("/dev/fd"))) + 1
        held = []
        try:
            # The client's end takes one; none is left for the server's.
            resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 2, before[1]))
            while True:
                held.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            os.close(held.pop())
        try:
            reader, writer = await house.come(ASK)
            answer = await asyncio.wait_for(reader.read(), 20)
            writer.close()
        finally:
            for each in held:
                os.close(each)
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
        assert answer.startswith(b"HTTP/1.1 503 ") and answer.endswith(b"full")
        assert await house.asks()
        end[1].close()

    run(story)


@pytest.mark.skipif(os.name != "posix", reason="limits as a Unix has them")
def test_a_server_with_few_descriptors_outlives_more_connections_than_these(
    tmp_path: Path, small_workbooks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = ["sh", "-c", 'ulimit -n 400 && exec "$0" "$@"', *ENISHI]
    monkeypatch.setattr("serving.ENISHI", few)
    with serving(tmp_path / "data", small_workbooks) as server:
        alone(surround(server))


async def surround(server: Serving) -> None:
    """Open 450 silent connections, and let somebody come meanwhile."""
    ends = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(450)]
    process = psutil.Process(server.process.pid)
    wait_until(lambda: process.num_fds() < 200)
    with server.client() as client:
        assert client.get("/voila/render/01-start.ipynb").status_code == 200
    assert server.log.stat().st_size < 20_000
    for _, writer in ends:
        writer.close()


@pytest.mark.skipif(os.name != "posix", reason="limits as a Unix has them")
def test_the_soft_limit_becomes_the_hard_one() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, before[1]))
        found = file_limits.raise_file_limit()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == found
        assert found == min(before[1], file_limits.MOST) or before[1] == resource.RLIM_INFINITY
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
