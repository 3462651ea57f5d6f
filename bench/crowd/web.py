"""HTTP as a browser speaks it to one server, at next to no cost: six connections, kept open."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, NamedTuple

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

HOST = "127.0.0.1"
CONNECTIONS = 6
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150 Safari/537.36",
    "Accept-Language": "en-GB,en;q=0.8",
}


class Refused(Exception):
    """The server answered with an error, or not at all."""


class Answer(NamedTuple):
    """What came back; `body` as it was before compression."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Web:
    """One browser's connections to one server on this machine, and its cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.origin = f"http://{HOST}:{port}"
        self.cookies: dict[str, str] = {}
        self._idle: list[Ends] = []
        self._gate = asyncio.Semaphore(CONNECTIONS)

    async def get(self, path: str) -> Answer:
        """Fetch `path`."""
        return await self.ask("GET", path)

    async def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask for `path`, and take the whole answer.

        Raises:
            Refused: the answer is an error.
        """
        parts: list[bytes] = []
        async with aclosing(self.pieces(method, path, body, headers)) as pieces:
            status, told = await anext(pieces)
            async for part in pieces:
                parts.append(part)
        answer = Answer(status, told, b"".join(parts))
        if status >= 400:
            raise Refused(f"{method} {path}: {status} {answer.text[:200]}")
        return answer

    async def pieces(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> AsyncGenerator[Any, None]:
        """Give status and headers as soon as they are there, then the body, piece by piece."""
        async with self._gate:
            told = {
                "Host": f"{HOST}:{self.port}",
                **BROWSER,
                "Accept-Encoding": "gzip",
                "Cookie": self.cookie,
                **({"Content-Length": str(len(body)), "Origin": self.origin} if body else {}),
                **(headers or {}),
            }
            lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in told.items() if v)]
            request = "\r\n".join([*lines, "", ""]).encode() + body
            (reader, writer), status, answered = await self._send(request)
            whole = False
            try:
                yield status, answered
                unzip = (
                    zlib.decompressobj(31)
                    if "gzip" in answered.get("content-encoding", "")
                    else None
                )
                async for part in body_of(reader, status, answered):
                    yield unzip.decompress(part) if unzip else part
                whole = "close" not in answered.get("connection", "")
            finally:
                if whole:
                    self._idle.append((reader, writer))
                else:
                    writer.close()

    async def socket(self, path: str, **options: Any) -> ClientConnection:
        """Open a websocket."""
        headers = {"Cookie": self.cookie, "Accept-Language": BROWSER["Accept-Language"]}
        return await connect(
            f"ws://{HOST}:{self.port}{path}",
            origin=Origin(self.origin),
            additional_headers=headers if self.cookies else None,
            user_agent_header=BROWSER["User-Agent"],
            max_size=None,
            max_queue=None,
            open_timeout=120,
            ping_interval=None,
            proxy=None,
            **options,
        )

    @property
    def cookie(self) -> str:
        """The cookies as they are sent."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def close(self) -> None:
        """Hang up."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def _send(self, request: bytes) -> tuple[Ends, int, dict[str, str]]:
        """Send a request; return its connection, and status and headers of the answer.

        The server may have closed a connection that was kept; then send it by another one, as a
        browser does.
        """
        while True:
            kept = self._idle.pop() if self._idle else None
            reader, writer = kept or await asyncio.open_connection(HOST, self.port)
            is_answered = False
            try:
                writer.write(request)
                status, answered = await self._head(reader)
                is_answered = True
                return (reader, writer), status, answered
            except (Refused, OSError):
                if kept is None:
                    raise
            finally:
                if not is_answered:
                    writer.close()

    async def _head(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError as problem:
            raise Refused("the server hung up") from problem
        first, *lines = head.rstrip().split("\r\n")
        answered: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                key, _, content = value.strip().partition(";")[0].partition("=")
                self.cookies[key] = content
            answered[name.lower()] = value.strip()
        return int(first.split()[1]), answered


async def body_of(
    reader: asyncio.StreamReader, status: int, answered: Mapping[str, str]
) -> AsyncIterator[bytes]:
    """Give the body of an answer as it arrives."""
    if status in (204, 304):
        return
    if "chunked" in answered.get("transfer-encoding", ""):
        while size := int(await reader.readline(), 16):
            yield await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    elif "content-length" in answered:
        left = int(answered["content-length"])
        while left:
            part = await reader.read(min(left, 1 << 16))
            if not part:
                raise Refused("the server hung up in the middle")
            left -= len(part)
            yield part
    else:
        while part := await reader.read(1 << 16):
            yield part
