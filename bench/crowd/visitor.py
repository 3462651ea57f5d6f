"""Light visitors: they ask for what a browser would ask for, and draw nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from crowd.servers import Server
from crowd.web import Refused, Web

PATIENCE = 300.0
"""Seconds after which a visitor gives up."""


class Visitor:
    """Somebody at a page of a server.

    A framework's own visitor says how its page is shown, how it begins to live, and how one thing
    on it is changed; what is common to all is here.
    """

    def __init__(self, server: Server, files: Sequence[str] = ()) -> None:
        """Take the files that a browser would fetch beside the page."""
        self.server = server
        self.files = files
        self.web = Web(server.port)
        self.line: ClientConnection | None = None
        self.trouble = ""
        self.seconds = 0.0
        self._ear: asyncio.Task[None] | None = None

    @property
    def path(self) -> str:
        """The page's address on its server."""
        return "/" + self.server.address.split("/", 3)[3]

    async def visit(self) -> Visitor:
        """Come, see and change one thing; note how long it took, or what went wrong."""
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                await self.show()
                await asyncio.gather(*map(self.fetch, self.files))
                await self.begin()
                await self.change()
        except (
            Refused,
            OSError,
            TimeoutError,
            ConnectionClosed,
            LookupError,
            TypeError,
        ) as problem:
            self.trouble = f"{type(problem).__name__}: {problem}"[:200]
        self.seconds = time.perf_counter() - begun
        self.stay()
        return self

    async def fetch(self, file: str) -> None:
        """Fetch a file beside the page; a browser goes on without one that is missing."""
        with suppress(Refused):
            await self.web.get(file)

    async def show(self) -> None:
        """Take the page."""
        raise NotImplementedError

    async def begin(self) -> None:
        """Open the line, and get what is to be seen."""
        raise NotImplementedError

    async def change(self) -> None:
        """Change one thing, and see what comes of it."""
        raise NotImplementedError

    def stay(self) -> None:
        """Go on listening."""
        if self.line:
            self._ear = asyncio.create_task(listen(self.line))

    async def leave(self) -> None:
        """Hang up."""
        await self.no_longer_listen()
        if self.line:
            await self.line.close()
        self.web.close()

    async def vanish(self) -> None:
        """Be gone without a word, as a laptop that is shut."""
        await self.cut()
        self.web.close()

    async def cut(self) -> None:
        """Lose the line."""
        await self.no_longer_listen()
        if self.line:
            self.line.transport.abort()

    async def hurry(self) -> None:
        """Ask for the page and be gone before it is whole."""
        raise NotImplementedError

    async def come_back(self) -> None:
        """Open the line again."""
        raise NotImplementedError

    async def no_longer_listen(self) -> None:
        """Stop what `stay` began."""
        if self._ear:
            self._ear.cancel()
            with suppress(asyncio.CancelledError):
                await self._ear


async def listen(line: ClientConnection) -> None:
    """Take whatever comes, until the line is closed."""
    with suppress(ConnectionClosed):
        async for _ in line:
            pass
