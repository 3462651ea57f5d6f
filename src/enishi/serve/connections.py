"""The connections to the server: taken as they come, and bounded in number and in silence.

Nobody is refused as long as there are descriptors: where there are too many connections, one goes
that waits for its next request. Which one, is decided among those who have most: strangers are
counted by their address, those who were recognised by their person. Behind a proxy all strangers
have one address, and sixty people at one place may have one, too; so there is no limit for an
address alone. A browser that finds an idle connection closed opens another one by itself.
"""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Tornado types its own methods in part.

from __future__ import annotations

import errno
import logging
import os
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from socket import socket
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream

MOST_STRANGERS = 512
"""How many connections there may be of those who have not been recognised yet."""
MOST_OF_ONE = 64
"""How many one person may have beside their websockets. A browser opens six, a proxy up to 32."""
MOST_IN_ALL = 4096
SILENCE_SECONDS = 30.0
"""How long a connection may wait for a request, and a request for its body."""
ACCEPTED_AT_ONCE = 64
"""Then whoever is there already gets their turn."""
GRACE_SECONDS = 3.0
"""How long a stranger may be silent before others may take their place: a flood of connections must
not push out the one whose request is under way."""
_PAUSE_SECONDS = 1.0
Share = tuple[str, str]
"""Whose connections are counted together: a person and "", or "" and an address."""
_FULL = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_REFUSAL = (
    "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 8\r\nRefresh: 8\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n"
)
log = logging.getLogger("enishi")


@dataclass(eq=False)
class OpenConnection:
    """A connection, until it becomes a websocket or is closed.

    Attributes:
        address: the IP address at its other end.
        since: when it came, on the monotonic clock.
        person: who was recognised by its last request; "" for a stranger.
        is_asking: whether a request has arrived that is not answered yet.
    """

    stream: IOStream
    address: str
    since: float
    person: str = ""
    is_asking: bool = False

    @property
    def share(self) -> Share:
        """Return to whose share of the connections it counts."""
        return (self.person, "" if self.person else self.address)


class ConnectionTable:
    """Who is connected, in the order in which they came."""

    def __init__(self, most: int = MOST_IN_ALL) -> None:
        self.most = min(most, MOST_IN_ALL)
        self.most_strangers = min(MOST_STRANGERS, max(1, self.most // 2))
        self._of: dict[IOStream | None, OpenConnection] = {}
        self._shares: Counter[Share] = Counter()

    def __len__(self) -> int:
        return len(self._of)

    def strangers(self) -> int:
        """Return how many connections are of those who have not been recognised."""
        return sum(many for (person, _), many in self._shares.items() if not person)

    def come(self, stream: IOStream, address: str) -> None:
        """Take in a connection; where there are too many now, another one is closed."""
        caller = OpenConnection(stream, address, time.monotonic())
        self._of[stream] = caller
        self._shares[caller.share] += 1
        if len(self) > self.most:
            self._close_one(self._largest(), 0.0)
        elif self.strangers() > self.most_strangers:
            self._close_one(self._largest(strangers=True), GRACE_SECONDS)

    def recognise(self, stream: IOStream | None, person: str) -> None:
        """Note whose request it was that came by a connection."""
        caller = self._of.get(stream)
        if caller is not None and caller.person != person:
            self._shares[caller.share] -= 1
            caller.person = person
            self._shares[caller.share] += 1
            if self._shares[caller.share] > MOST_OF_ONE:
                self._close_one(caller.share, 0.0)

    def ask(self, stream: IOStream | None) -> None:
        """Note that a request has arrived."""
        if caller := self._of.get(stream):
            caller.is_asking = True

    def answered(self, stream: IOStream | None) -> None:
        """Note that it has been answered."""
        if caller := self._of.get(stream):
            caller.is_asking = False

    def go(self, stream: IOStream) -> None:
        """Forget a connection that is closed, or a websocket now."""
        caller = self._of.pop(stream, None)
        if caller is not None:
            self._shares[caller.share] -= 1
            if not self._shares[caller.share]:
                del self._shares[caller.share]

    def _largest(self, strangers: bool = False) -> Share:
        """Return who has most connections, of all or of the strangers."""
        shares = (share for share in self._shares if not (strangers and share[0]))
        return max(shares, key=self._shares.__getitem__)

    def _close_one(self, share: Share, grace: float) -> None:
        """Close the oldest idle connection of a share, if it has been there for `grace` seconds.

        Where there is no grace and none is idle, the oldest goes.
        """
        latest = time.monotonic() - grace
        settled = takewhile(lambda caller: caller.since <= latest, self._of.values())
        theirs = (caller for caller in settled if caller.share == share)
        oldest = next(theirs, None)
        if oldest is not None and oldest.is_asking:
            oldest = next(
                (each for each in theirs if not each.is_asking), None if grace else oldest
            )
        if oldest is not None:
            self.go(oldest.stream)
            oldest.stream.close()


class Listener:
    """A listening socket.

    Where the system has no descriptor left for a connection, one is kept for this, by which it is
    taken, refused in words, and closed. Otherwise it would be offered again and again.
    """

    def __init__(self, listening: socket, take: Any, refusal: bytes) -> None:
        self.listening = listening
        self.take = take
        self.refusal = refusal
        self.spare: int | None = spare()
        self.is_closed = False
        self.loop = IOLoop.current()
        self._open()

    def close(self) -> None:
        """Listen no more."""
        self.is_closed = True
        with suppress(ValueError, KeyError):  # it may be pausing
            self.loop.remove_handler(self.listening)
        self.listening.close()
        if self.spare is not None:
            os.close(self.spare)

    def _open(self) -> None:
        if not self.is_closed:
            self.loop.add_handler(self.listening, self._ready, IOLoop.READ)

    def _ready(self, *event: object) -> None:
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                connection, address = self.listening.accept()
            except BlockingIOError:
                return
            except ConnectionAbortedError:
                continue
            except OSError as problem:
                if problem.errno not in _FULL:
                    raise
                log.warning("No descriptor is left for a connection: it was refused.")
                if not self._refuse():
                    return
            else:
                self.take(connection, address)

    def _refuse(self) -> bool:
        """Refuse the next connection; tell whether another one could be refused."""
        if self.spare is not None:
            os.close(self.spare)
            with suppress(OSError), self.listening.accept()[0] as connection:
                connection.setblocking(False)
                with suppress(BlockingIOError):
                    connection.recv(65536)  # what was not read would cut off the answer
                connection.send(self.refusal)
        self.spare = spare()
        if self.spare is None:  # somebody else was quicker
            self.loop.remove_handler(self.listening)
            self.loop.call_later(_PAUSE_SECONDS, self._open)
        return self.spare is not None


def spare() -> int | None:
    """Open something that needs a descriptor, if there is one."""
    try:
        return os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return None


class BoundedHTTPServer(HTTPServer):
    """Tornado's server, which keeps an account of its connections."""

    def initialize(  # type: ignore[override]  # it is called with what this takes
        self, door: Any, callers: ConnectionTable, words: str, max_body_size: int | None = None
    ) -> None:
        """Take what answers, the account, and what is said where there is no descriptor left."""
        self.callers = callers
        text = words.encode()
        self.refusal = _REFUSAL.format(len(text)).encode() + text
        self.gates: list[Listener] = []
        super().initialize(
            door,
            idle_connection_timeout=SILENCE_SECONDS,
            body_timeout=SILENCE_SECONDS,
            max_body_size=max_body_size,
        )

    def add_sockets(self, sockets: Any) -> None:
        """Listen on these sockets."""
        self.gates += [Listener(each, self.take, self.refusal) for each in sockets]

    def take(self, connection: socket, address: Any) -> None:
        """Serve a connection."""
        stream = IOStream(connection, max_buffer_size=self.max_buffer_size)
        self.handle_stream(stream, address)

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Begin to serve it, once there is room."""
        self.callers.come(stream, str(address[0]) if address else "")
        super().handle_stream(stream, address)

    def on_close(self, server_conn: Any) -> None:
        """It has been closed, or is a websocket now."""
        self.callers.go(server_conn.stream)
        super().on_close(server_conn)

    def stop(self) -> None:
        """Take no more connections."""
        for gate in self.gates:
            gate.close()
        super().stop()
