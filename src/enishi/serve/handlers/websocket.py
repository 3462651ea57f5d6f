"""The websocket between a page and its kernel; neither can harm the server or the other."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError

from enishi.serve.book_file import BOOK_FILE
from enishi.serve.handlers.rate_limit import RateLimiter
from enishi.serve.handlers.websocket_frames import MESSAGE_PARTS, FrameError, parse_frame
from enishi.serve.jupyter_patches import forget_request

if TYPE_CHECKING:
    from enishi.serve.kernels.manager import PageKernelManager

PING, PONG = "?", "!"
"""The page's message when it has received nothing for a while, and the answer: a connection may be
dead without notice to either end, as when a lid was closed."""
POLICY_VIOLATION = 1008
"""The close code of a websocket that sent too much: a policy was violated."""
SWITCHING_PROTOCOLS = 101
"""The status of a request that has become a websocket."""
WIDGET_MESSAGES = ("comm_open", "comm_msg", "comm_close")
"""All message types that our own front end uses; it needs none about the cells."""
RATE_LIMITERS: WeakKeyDictionary[object, RateLimiter] = WeakKeyDictionary()
"""By kernel, so that a page gains no allowance when it reconnects."""
MOST_WEBSOCKETS = 4
"""Most websockets of a kernel: a page has one, and two while it reconnects."""
MOST_UNSENT_BYTES = 16 * 1024 * 1024
"""Most bytes that may wait for the pages of one kernel to be read, before compression.

The states of all sheets of a page are a few hundred kilobytes for 100 people, and a few megabytes
for 100 000.
"""
LONGEST_PAUSE_SECONDS = 1.0
"""A client whose pings are further behind than this is disconnected; a ping cannot be delayed."""
A_MESSAGE_BYTES = 1024
"""What a waiting message holds besides its text."""
SESSION = re.compile(r"[\w.:-]{1,64}")


class KernelWebSocket(KernelWebsocketHandler):
    """One websocket: it slows down a page that sends too much, and drops malformed frames.

    Not Voilà's handler: that reads each binary frame as one of `BINARY_PROTOCOL`, and takes the
    first eight bytes of any other frame for the number of its parts.
    """

    kernel_manager: PageKernelManager
    is_aborted = False
    unsent_bytes = 0
    """Bytes that wait to be read by the page."""

    async def prepare(self, **kwargs: Any) -> None:
        """Prepare the request, and drop it from the context, so that no timer keeps it."""
        await super().prepare(**kwargs)
        forget_request()

    async def pre_get(self) -> None:
        """Register the websocket; refuse one too many, and a malformed name of its session.

        Raises:
            HTTPError: 429, when the kernel has too many; 400, when the name is malformed.
        """
        if len(self._siblings()) >= MOST_WEBSOCKETS:
            raise HTTPError(429)
        if not SESSION.fullmatch(self.get_argument("session_id", "none")):
            raise HTTPError(400)  # it is stored, and becomes a socket's name
        self.kernel_manager.websockets.add(self)  # so that the manager can close it
        await super().pre_get()

    def on_finish(self) -> None:
        """Finish the handshake; forget the websocket if it was refused."""
        if self.get_status() != SWITCHING_PROTOCOLS:
            self.kernel_manager.websockets.discard(self)
        super().on_finish()

    def on_close(self) -> None:
        """Forget the websocket, which either end has closed."""
        self.kernel_manager.websockets.discard(self)
        if self.ping_callback is not None:  # it would hold this handler until the next ping
            self.ping_callback.stop()
        super().on_close()

    def abort(self) -> None:
        """Close the connection at once, without a close frame, which the client would not read."""
        self.is_aborted = True
        stream = getattr(self.ws_connection, "stream", None)
        if stream is not None:
            stream.close()

    def write_message(self, message: str | bytes | dict[str, Any], binary: bool = False) -> Any:
        """Send a message; close the connection instead if too much is unread already.

        Raises:
            WebSocketClosedError: the connection was closed.
        """
        if sum(each.unsent_bytes for each in self._siblings()) > MOST_UNSENT_BYTES:
            self.log.warning("The server closed a websocket: its page does not read its messages.")
            self.abort()
            raise WebSocketClosedError
        size = A_MESSAGE_BYTES + len(message)
        sent = super().write_message(message, binary)
        self.unsent_bytes += size
        sent.add_done_callback(lambda done: self._on_sent(size, done))
        return sent

    def on_ping(self, data: bytes) -> None:
        """Close the connection of a client that pings without end; browsers do not ping at all."""
        if self.connection is not None:
            now = time.monotonic()
            if self._rate_limiter().pause(len(data), now) > LONGEST_PAUSE_SECONDS:
                self.abort()

    async def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on to the kernel; the next one is read only after this one has passed."""
        if self.is_aborted or not await self._wait_for_turn(len(ws_message)):
            return
        if ws_message == PING:
            self.write_message(PONG)
            return
        BOOK_FILE.remember()  # by now the kernel has made the book, if there was none
        try:
            super().on_message(ws_message)
        except FrameError as error:
            self.log.warning("The server dropped a frame: %s.", error)

    def _on_sent(self, size: int, done: asyncio.Future[None]) -> None:
        self.unsent_bytes -= size
        if not done.cancelled():
            done.exception()  # retrieved, so that asyncio does not log it

    def _siblings(self) -> list[KernelWebSocket]:
        """Return the websockets of the same kernel."""
        kernel_id = self.path_kwargs["kernel_id"]
        websockets = self.kernel_manager.websockets
        return [each for each in websockets if each.path_kwargs["kernel_id"] == kernel_id]

    def _rate_limiter(self) -> RateLimiter:
        return RATE_LIMITERS.setdefault(
            self.connection.kernel_manager, RateLimiter(at=time.monotonic())
        )

    async def _wait_for_turn(self, size: int) -> bool:
        """Wait for this page's turn; return whether the page is still connected."""
        if self.connection is None:
            return False
        limiter = self._rate_limiter()
        pause = limiter.pause(size, time.monotonic())
        if limiter.is_too_much(time.monotonic()):
            self.is_aborted = True
            self.log.warning("The server closed a websocket: its page exceeds the rate limit.")
            self.close(POLICY_VIOLATION, "too many messages")
            return False
        if pause:
            await asyncio.sleep(pause)
        return self.connection is not None  # it may have closed meanwhile


class KernelConnection(ZMQChannelsWebsocketConnection):
    """The channel of messages from the page to the kernel, and from the kernel to the page."""

    async def prepare(self) -> None:
        """Register with the kernel, which has answered before its page got its id.

        Jupyter sends it another request, with a timer that holds the websocket for a minute, closed
        or not; and it waits a minute for a kernel that has died meanwhile, instead of reporting
        that.
        """
        await self._register_session()
        self.session.key = self.kernel_manager.session.key

    async def _register_session(self) -> None:
        """Replace the page's earlier websocket, which is dead: a page has one at a time."""
        before = self._open_sessions.get(f"{self.kernel_id}:{self.session.session}")
        await super()._register_session()
        if isinstance(before, KernelWebSocket):
            before.abort()  # Jupyter would wait for a closing handshake

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Pass on what the page sent.

        Raises:
            FrameError: it is nothing that a page may send.
        """
        message = parse_frame(incoming_msg, self.subprotocol)
        if self.channels:  # else it is closing
            self.session.send_raw(self.channels["shell"], message.parts)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass on a message of the kernel; our own front end gets of it what it reads, as it is.

        Jupyter decodes the whole message and encodes it again, with both headers.

        Args:
            stream: the channel of the kernel.
            outgoing_msg: the parts of the message.
        """
        _, (_, *parts) = cast("Any", self.session).feed_identities(outgoing_msg)
        if not self.is_own_front_end or len(parts) > MESSAGE_PARTS:  # with buffers
            super().handle_outgoing_message(stream, outgoing_msg)
            return
        known: dict[str, Any] = dict.fromkeys(("header", "parent_header", "content"))
        if self._limit_rate(stream.channel, known, parts):
            return
        kind = self.get_part("header", known["header"], parts)["msg_type"]
        if kind in WIDGET_MESSAGES:
            content = parts[-1].decode()
            with suppress(WebSocketClosedError):
                self.write_message(f'{{"header":{{"msg_type":"{kind}"}},"content":{content}}}')

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:
        """Pass on the kernel's messages, without those the page does not use and standard error.

        Standard error comes from libraries, may quote a person's texts, and no page has a place for
        it. The report that the kernel has died does not come this way.

        Args:
            stream: the channel of the kernel.
            msg_list: a message, or in `BINARY_PROTOCOL` its parts.
        """
        if isinstance(msg_list, dict):
            kind, content = msg_list["header"]["msg_type"], msg_list["content"]
        else:
            kind = self.get_part("header", None, msg_list)["msg_type"]
            content = self.get_part("content", None, msg_list) if kind == "stream" else {}
        if kind == "stream" and content.get("name") == "stderr":
            return
        if self.is_own_front_end and kind not in WIDGET_MESSAGES:
            return
        super()._on_zmq_reply(stream, msg_list)

    @cached_property
    def is_own_front_end(self) -> bool:
        """Whether the client is our own front end, and not Voilà's whole one."""
        return bool(self.websocket_handler.get_argument("only", "") == "widgets")
