"""The server follows this computer's address, with addresses that every computer answers to."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from enishi.serve import local_network, near_address
from enishi.serve.auth import host_check
from enishi.serve.auth.host_check import HostCheckRouter, stream_of
from enishi.serve.auth.public_url import address_of
from enishi.serve.connections import BoundedHTTPServer, ConnectionTable
from enishi.serve.errors import ListenAddressError
from enishi.serve.near_address import NearAddress

FIRST, SECOND = "127.0.0.2", "127.0.0.3"
"""They stand for addresses in a network: Linux answers to all that begin with 127."""
PHONE = "192.168.1.77"


class Hello(RequestHandler):
    def get(self) -> None:
        self.write("hello")


def listen() -> NearAddress:
    """Listen on the first address, and on this computer alone."""
    callers = ConnectionTable()
    application = Application(
        [("/", Hello)],
        callers=callers,
        log_function=lambda handler: callers.on_response(stream_of(handler.request)),
    )
    own = bind_sockets(0, "127.0.0.1")
    port = own[0].getsockname()[1]
    router = HostCheckRouter(application, address_of(FIRST, port), callers)
    server = BoundedHTTPServer(router, callers=callers, words="full")
    server.add_sockets([*own, *bind_sockets(port, FIRST)])
    near = NearAddress(server, router, port, on_change=lambda: None)
    router.note_visit = near.note_visit
    return near


def reach_of(near: NearAddress) -> str:
    """Return whether another device has come."""
    return near.reach


async def status(near: NearAddress, host: str, named: str = "") -> int:
    """Ask at an address under a name; 0 where nobody listens."""
    try:
        reader, writer = await asyncio.open_connection(host, near.port)
    except ConnectionRefusedError:
        return 0
    writer.write(f"GET / HTTP/1.1\r\nHost: {named or host}:{near.port}\r\n\r\n".encode())
    line = await reader.readline()
    writer.close()
    return int(line.split()[1])


def alone(story: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread: a browser of other tests may have a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, story).result()


def test_with_another_address_the_server_listens_there_and_refuses_the_name_of_the_old_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [FIRST]
    monkeypatch.setattr(host_check, "is_local", lambda name: name == "127.0.0.1")
    monkeypatch.setattr(local_network, "private_addresses", lambda: found)
    monkeypatch.setattr(near_address, "FOLLOW_SECONDS", 0.01)

    async def story() -> None:
        near = listen()
        task = asyncio.get_running_loop().create_task(near.keep_following())
        assert await status(near, FIRST) == 200
        found[:] = [SECOND]
        while near.router.address.host != SECOND:
            await asyncio.sleep(0.01)
        assert await status(near, SECOND) == 200
        assert await status(near, FIRST) == 0, "nobody listens at the old address"
        assert await status(near, SECOND, named=FIRST) == 403
        assert await status(near, "127.0.0.1") == 200, "this computer itself is as before"
        found[:] = [FIRST]
        while near.router.address.host != FIRST:
            await asyncio.sleep(0.01)
        assert await status(near, FIRST) == 200, "it may come back"
        task.cancel()
        near.server.stop()

    alone(asyncio.wait_for(story(), 20))


def test_whoever_leads_is_told_whether_another_device_has_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(local_network, "private_addresses", lambda: [FIRST, "10.0.0.5"])

    async def story() -> None:
        near = listen()
        assert await status(near, FIRST) == 200
        for own in ("127.0.0.1", FIRST, "10.0.0.5"):
            near.note_visit(own)
        assert reach_of(near) == "nobody", "what this computer asks itself does not count"
        near.note_visit(PHONE)
        assert reach_of(near) == "reached"
        near.follow([])
        assert reach_of(near) == "offline"
        near.follow([FIRST])
        assert reach_of(near) == "reached", "the same network as before"
        near.follow([SECOND])
        assert reach_of(near) == "nobody", "the phones may not be in the new network"
        near.server.stop()

    alone(story())


def test_an_address_that_cannot_be_listened_on_yet_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(port: int, listen: str) -> None:
        raise ListenAddressError(listen=listen)

    async def story() -> None:
        near = listen()
        with monkeypatch.context() as early:
            early.setattr(near_address, "take_port", refuse)
            near.follow([SECOND])
        assert (near.router.address.host, await status(near, FIRST)) == (FIRST, 200)
        near.follow([SECOND])
        assert await status(near, SECOND) == 200
        near.server.stop()

    alone(story())
