"""The connections to the server: all are accepted; their number and idle time are limited.

No connection is refused as long as there are descriptors. Where there are too many connections, one
that waits for its next request is closed. It is chosen among the connections of the largest share:
strangers are counted by their address, recognised visitors by their person. Behind a proxy all
strangers have one address, and sixty people at one place may share one, too; so there is no limit
for an address alone. A browser that finds an idle connection closed opens another one by itself.
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
"""Most connections of visitors who have not been recognised yet."""
MOST_OF_ONE = 64
"""Most connections of one person, without websockets. A browser opens six, a proxy up to 32."""
MOST_IN_ALL = 4096
SILENCE_SECONDS = 30.0
"""How long a connection may wait for a request, and a request for its body."""
ACCEPTED_AT_ONCE = 64
"""Most connections accepted in a row, before the open ones are served."""
GRACE_SECONDS = 3.0
"""How long a stranger may be silent before another connection may replace it: a flood of
connections must not close one whose request is on its way."""
_PAUSE_SECONDS = 1.0
Share = tuple[str, str]
"""The key under which connections are counted: a person and "", or "" and an address."""
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
        address: the IP address of the client.
        since: when it was accepted, on the monotonic clock, in seconds.
        person: the visitor recognised by its last request; "" for a stranger.
        is_asking: whether a request has arrived that is not answered yet.
    """

    stream: IOStream
    address: str
    since: float
    person: str = ""
    is_busy: bool = False

    @property
    def share(self) -> Share:
        """Return the share that it counts for."""
        return (self.person, "" if self.person else self.address)


class ConnectionTable:
    """The open connections, in the order in which they were accepted."""

    def __init__(self, most: int = MOST_IN_ALL) -> None:
        self.most = min(most, MOST_IN_ALL)
        self.most_strangers = min(MOST_STRANGERS, max(1, self.most // 2))
        self._of: dict[IOStream | None, OpenConnection] = {}
        self._shares: Counter[Share] = Counter()

    def __len__(self) -> int:
        return len(self._of)

    def count_strangers(self) -> int:
        """Return how many connections belong to visitors who have not been recognised."""
        return sum(many for (person, _), many in self._shares.items() if not person)

    def add(self, stream: IOStream, address: str) -> None:
        """Add a connection; close another one if there are too many now."""
        caller = OpenConnection(stream, address, time.monotonic())
        self._of[stream] = caller
        self._shares[caller.share] += 1
        if len(self) > self.most:
            self._close_one(self._largest(), 0.0)
        elif self.count_strangers() > self.most_strangers:
            self._close_one(self._largest(strangers=True), GRACE_SECONDS)

    def recognise(self, stream: IOStream | None, person: str) -> None:
        """Note the person whose request came by a connection; close one if they have too many."""
        caller = self._of.get(stream)
        if caller is not None and caller.person != person:
            self._shares[caller.share] -= 1
            caller.person = person
            self._shares[caller.share] += 1
            if self._shares[caller.share] > MOST_OF_ONE:
                self._close_one(caller.share, 0.0)

    def on_request(self, stream: IOStream | None) -> None:
        """Note that a request has arrived."""
        if caller := self._of.get(stream):
            caller.is_busy = True

    def on_response(self, stream: IOStream | None) -> None:
        """Note that the request has been answered."""
        if caller := self._of.get(stream):
            caller.is_busy = False

    def remove(self, stream: IOStream) -> None:
        """Forget a connection that is closed, or a websocket now."""
        caller = self._of.pop(stream, None)
        if caller is not None:
            self._shares[caller.share] -= 1
            if not self._shares[caller.share]:
                del self._shares[caller.share]

    def _largest(self, strangers: bool = False) -> Share:
        """Return the largest share, of all connections or of the strangers'."""
        shares = (share for share in self._shares if not (strangers and share[0]))
        return max(shares, key=self._shares.__getitem__)

    def _close_one(self, share: Share, grace: float) -> None:
        """Close the oldest idle connection of a share that is at least `grace` seconds old.

        If `grace` is 0 and none is idle, close the oldest.
        """
        latest = time.monotonic() - grace
        settled = takewhile(lambda caller: caller.since <= latest, self._of.values())
        theirs = (caller for caller in settled if caller.share == share)
        oldest = next(theirs, None)
        if oldest is not None and oldest.is_busy:
            oldest = next((each for each in theirs if not each.is_busy), None if grace else oldest)
        if oldest is not None:
            self.remove(oldest.stream)
            oldest.stream.close()


class Listener:
    """A listening socket.

    It keeps one descriptor in reserve. When the system has none left for a connection, it uses the
    reserve to accept the connection, refuse it with a text, and close it. Otherwise the system
    would offer it again and again.
    """

    def __init__(self, listening: socket, take: Any, refusal: bytes) -> None:
        self.listening = listening
        self.address = str(listening.getsockname()[0])
        self.take = take
        self.refusal = refusal
        self.spare_descriptor: int | None = spare_descriptor()
        self.is_closed = False
        self.loop = IOLoop.current()
        self._open()

    def close(self) -> None:
        """Stop listening."""
        self.is_closed = True
        with suppress(ValueError, KeyError):  # it may be paused
            self.loop.remove_handler(self.listening)
        self.listening.close()
        if self.spare_descriptor is not None:
            os.close(self.spare_descriptor)

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
                log.warning("The server refused a connection: no file descriptor is left.")
                if not self._refuse():
                    return
            else:
                self.take(connection, address)

    def _refuse(self) -> bool:
        """Refuse the next connection; return whether another one could be refused."""
        if self.spare_descriptor is not None:
            os.close(self.spare_descriptor)
            with suppress(OSError), self.listening.accept()[0] as connection:
                connection.setblocking(False)
                with suppress(BlockingIOError):
                    connection.recv(65536)  # unread input would cut off the answer
                connection.send(self.refusal)
        self.spare_descriptor = spare_descriptor()
        if self.spare_descriptor is None:  # it was taken meanwhile
            self.loop.remove_handler(self.listening)
            self.loop.call_later(_PAUSE_SECONDS, self._open)
        return self.spare_descriptor is not None


def spare_descriptor() -> int | None:
    """Return a descriptor to keep in reserve, or None if there is none left."""
    try:
        return os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return None


class BoundedHTTPServer(HTTPServer):
    """Tornado's server, which counts its connections."""

    def initialize(  # type: ignore[override]  # it is called with what this takes
        self, router: Any, callers: ConnectionTable, words: str, max_body_size: int | None = None
    ) -> None:
        """Set up the server.

        Args:
            router: answers the requests.
            callers: the table of the connections.
            words: the text of the answer when no descriptor is left.
            max_body_size: of a request, in bytes.
        """
        self.callers = callers
        text = words.encode()
        self.refusal = _REFUSAL.format(len(text)).encode() + text
        self.listeners: list[Listener] = []
        super().initialize(
            router,
            idle_connection_timeout=SILENCE_SECONDS,
            body_timeout=SILENCE_SECONDS,
            max_body_size=max_body_size,
        )

    def add_sockets(self, sockets: Any) -> None:
        """Listen on these sockets."""
        self.listeners += [Listener(each, self.take, self.refusal) for each in sockets]

    def stop_listening(self, address: str) -> None:
        """Listen on an address no longer; its open connections go on."""
        for listener in [each for each in self.listeners if each.address == address]:
            self.listeners.remove(listener)
            listener.close()

    def take(self, connection: socket, address: Any) -> None:
        """Serve a connection."""
        stream = IOStream(connection, max_buffer_size=self.max_buffer_size)
        self.handle_stream(stream, address)

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Add a connection to the table, and serve it."""
        self.callers.add(stream, str(address[0]) if address else "")
        super().handle_stream(stream, address)

    def on_close(self, server_conn: Any) -> None:
        """Forget a connection that is closed, or a websocket now."""
        self.callers.remove(server_conn.stream)
        super().on_close(server_conn)

    def stop(self) -> None:
        """Stop accepting connections."""
        for listener in self.listeners:
            listener.close()
        super().stop()
