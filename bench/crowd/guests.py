"""A server for many, those who were invited, and what it holds while something is done to it."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psutil
from sqlalchemy import Engine

from crowd.jupyter import Enishi
from crowd.servers import REAL, Server, end
from enishi.book import accounts
from enishi.book.database import database_url, open_database
from enishi.room import entries

PAGE, ROOM_PAGE = (f"/voila/render/{name}.ipynb" for name in ("02-goal", "10-room"))
MOST_ADDRESS_SPACE = 8 << 30
"""Bytes. So that an attack that succeeds ends the server, and not the machine."""
START_SECONDS = 60.0
WITHOUT_FORK = """
from enishi.serve.cli.main import main
from enishi.serve.fork import zygote_manager

zygote_manager.is_possible = lambda: False
main()
"""
"""Starts the command as on a system that forks no kernels."""


class Hosting(NamedTuple):
    """A running server for many."""

    server: Server
    home: Path
    log: Path

    def invite(self, name: str) -> str:
        """Invite somebody; return their key."""
        return self.in_database(lambda engine: accounts.invite(engine, name)[1])

    def open_room(self) -> str:
        """Open a room; return the key that its QR code carries."""

        def opened(engine: Engine) -> str:
            room = entries.open_room(engine, "Sample", "en", [{"kind": "request", "minutes": 5}])
            with engine.connect() as connection:
                return entries.shown_codes(connection, room).key

        return self.in_database(opened)

    def in_database(self, act: Callable[[Engine], str]) -> str:
        """Return what `act` returns, done in the server's database."""
        before = os.environ.get("ENISHI_DATA")
        os.environ["ENISHI_DATA"] = str(self.home)
        try:
            engine = open_database(database_url())
            try:
                return act(engine)
            finally:
                engine.dispose()
        finally:
            if before is None:
                del os.environ["ENISHI_DATA"]
            else:
                os.environ["ENISHI_DATA"] = before

    def is_alive(self) -> bool:
        """Tell whether the server's process is there."""
        return self.server.process.poll() is None


@contextmanager
def hosting(
    *options: str,
    descriptors: int | None = None,
    database: dict[str, str] | None = None,
    forks: bool = True,
) -> Iterator[Hosting]:
    """Serve many until the block is left.

    Args:
        options: more options of `enishi host`.
        descriptors: the soft limit of descriptors that the server starts with.
        database: the variables that name a database server; otherwise the books are in a file.
        forks: whether kernels are forked, where the system can do that.
    """
    enishi = [Path(sys.executable).with_name("enishi")]
    command = enishi if forks else [sys.executable, "-c", WITHOUT_FORK]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESS_SPACE, MOST_ADDRESS_SPACE))
        if descriptors:
            most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, most))

    with tempfile.TemporaryDirectory(prefix="attacked-") as folder:
        home, log = Path(folder, "data"), Path(folder, "log")
        home.mkdir(mode=0o700)
        environment = {**os.environ, "ENISHI_DATA": str(home)}
        environment.pop("ENISHI_DATABASE", None)
        environment |= database or {}
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*command, "host", "--port", "0", *options],
                env=environment,
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=out,
                preexec_fn=limit,
            )
        try:
            assert process.stdout
            address = next((line for line in process.stdout if line.startswith(b"http")), b"")
            assert address, log.read_text()
            server = Server(REAL, address.decode().strip(), process)
            yield Hosting(server, home, log)
        finally:
            finish(Server(REAL, "", process))


def finish(server: Server) -> None:
    """End a server, also one that hangs."""
    family = server.tree()
    with suppress(subprocess.TimeoutExpired):
        end(server)
        return
    server.process.send_signal(signal.SIGKILL)
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    server.process.wait()


class KeyVisitor(Enishi):
    """A visitor who signs in with a key, and has a book of their own."""

    def __init__(self, server: Server, key: str, page: str = PAGE) -> None:
        super().__init__(server)
        self.key, self.address = key, page

    async def enter(self) -> None:
        """Bring the key to the door."""
        await self.submit("/login", {"key": self.key})

    async def page(self) -> AsyncGenerator[bytes, None]:
        """Give as much of the page as is there, until it is whole."""
        if not any(name.startswith("enishi") for name in self.web.cookies):
            await self.enter()
        async for so_far in self.read_page(self.address):
            yield so_far

    async def again(self) -> None:
        """Forget the page, so that it can be opened anew."""
        self.kernel, self.line, self.version = "", None, 0
        self.__dict__.pop("goal", None)


class Guest(KeyVisitor):
    """A person who was invited to a server."""

    def __init__(self, room: Hosting, name: str, page: str = PAGE) -> None:
        super().__init__(room.server, room.invite(name), page)


class Held(NamedTuple):
    """What the server holds, in MB: its own process, and all of them."""

    server: float
    family: float


class Watch:
    """Looks at a server's memory five times a second, in a thread of its own."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.first = self.now()
        self.highest = self.first
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._thread.join()

    def now(self) -> Held:
        """Look once."""
        own = family = 0
        for each in self.server.tree():
            with suppress(psutil.NoSuchProcess):
                # Not what all processes share: a fork has it without holding it.
                memory = each.memory_info()
                used = memory.rss - memory.shared
                family += used
                if each.pid == self.server.process.pid:
                    own = memory.rss
        return Held(own / 1e6, family / 1e6)

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            self.highest = Held(*map(max, zip(self.highest, self.now(), strict=True)))


async def keep_visiting(
    guest: Guest, ended: asyncio.Event, patience: float
) -> tuple[int, list[str]]:
    """Come, write and leave again and again: how often that went well, and what went wrong."""
    well, wrong = 0, list[str]()
    while not ended.is_set():
        begun = time.monotonic()
        try:
            async with asyncio.timeout(patience):
                await guest.again()
                await guest.visit()
                if guest.trouble:
                    wrong.append(guest.trouble)
                    guest.trouble = ""
                    await guest.vanish()
                else:
                    await guest.leave()
                    well += 1
        except TimeoutError:
            wrong.append(f"no answer within {patience:.0f} s")
            await guest.vanish()
        except Exception as problem:  # whatever it is, it is to be counted and said
            wrong.append(f"{type(problem).__name__}: {problem}"[:160])
            await guest.vanish()
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), max(0.2, 1.0 - (time.monotonic() - begun)))
    return well, wrong
