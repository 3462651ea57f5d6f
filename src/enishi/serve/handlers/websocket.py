"""The websocket between a page and its kernel, so that neither can harm the server or the other."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import re
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError

from enishi.serve.book_file import BOOK_FILE
from enishi.serve.handlers.rate_limit import RateLimiter
from enishi.serve.handlers.websocket_frames import FrameError, parse_frame
from enishi.serve.memory_cleanup import forget_request

if TYPE_CHECKING:
    from enishi.serve.kernels.manager import PageKernelManager

ALIVE, YES = "?", "!"
"""What a page asks when it has heard nothing for a while, and the answer: a line may be dead
without either end being told, as when a lid was closed."""
TOO_MUCH = 1008
"""The code with which a websocket is closed that said too much: a policy was violated."""
SWITCHED = 101
"""The status of a request that has become a websocket."""
OF_WIDGETS = ("comm_open", "comm_msg", "comm_close")
"""All that our own front end listens to; nobody needs to be told what each cell was and did."""
RATE_LIMITERS: WeakKeyDictionary[object, RateLimiter] = WeakKeyDictionary()
"""By kernel, so that a page has not more to say when it connects anew."""
MOST_WEBSOCKETS = 4
"""How many websockets a kernel may have: a page has one, and while it comes back two."""
MOST_UNSENT_BYTES = 16 * 1024 * 1024
"""How much may wait for the pages of one kernel to be read, before it is compressed.

The states of all sheets of a page are a few hundred kilobytes for 100 people, and a few megabytes
for 100 000."""
LONGEST_PAUSE_SECONDS = 1.0
"""So far behind may be who pings; nobody can be made to wait with a ping."""
A_MESSAGE_BYTES = 1024
"""What a message that waits holds besides its text."""
SESSION = re.compile(r"[\w.:-]{1,64}")


class KernelWebSocket(KernelWebsocketHandler):
    """One websocket: slowed down when it says too much, deaf to what is no message.

    Not Voilà's handler: that reads each binary frame as if it were of `BINARY_PROTOCOL`, and looks
    for as many parts as the first eight bytes of any other happen to say.
    """

    kernel_manager: PageKernelManager
    is_cut = False
    unsent = 0
    """Bytes that wait to be read by the page."""

    async def prepare(self, **kwargs: Any) -> None:
        """Let timers not keep a line that is closed."""
        await super().prepare(**kwargs)
        forget_request()

    async def pre_get(self) -> None:
        """Refuse one websocket too many, and a name of a session that is none.

        Raises:
            HTTPError: 429 or 400.
        """
        if len(self._siblings()) >= MOST_WEBSOCKETS:
            raise HTTPError(429)
        if not SESSION.fullmatch(self.get_argument("session_id", "none")):
            raise HTTPError(400)  # it is remembered, and becomes the name of a socket
        self.kernel_manager.wires.add(self)  # so that the kernels can hang up
        await super().pre_get()

    def on_finish(self) -> None:
        """The handshake is over; it may have been refused."""
        if self.get_status() != SWITCHED:
            self.kernel_manager.wires.discard(self)
        super().on_finish()

    def on_close(self) -> None:
        """It is closed, by whomever."""
        self.kernel_manager.wires.discard(self)
        if self.ping_callback is not None:  # it would hold us until the next ping is due
            self.ping_callback.stop()
        super().on_close()

    def abort(self) -> None:
        """Close the connection at once: nobody reads what would be said in parting."""
        self.is_cut = True
        stream = getattr(self.ws_connection, "stream", None)
        if stream is not None:
            stream.close()

    def write_message(self, message: str | bytes | dict[str, Any], binary: bool = False) -> Any:
        """Send a message, unless too much waits to be read already; then hang up."""
        if sum(each.unsent for each in self._siblings()) > MOST_UNSENT_BYTES:
            self.log.warning("A page did not read what it was sent, and was cut off.")
            self.abort()
            raise WebSocketClosedError
        size = A_MESSAGE_BYTES + len(message)
        sent = super().write_message(message, binary)
        self.unsent += size
        sent.add_done_callback(lambda done: self._sent(size, done))
        return sent

    def on_ping(self, data: bytes) -> None:
        """Hang up on one that pings without an end; browsers do not ping at all."""
        if self.connection is not None:
            now = time.monotonic()
            if self._pace().pause(len(data), now) > LONGEST_PAUSE_SECONDS:
                self.abort()

    async def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on to the kernel; the next one is read only when this one has passed."""
        if self.is_cut or not await self._may_pass(len(ws_message)):
            return
        if ws_message == ALIVE:
            self.write_message(YES)
            return
        BOOK_FILE.look()  # by now the kernel has made the book, if there was none
        try:
            super().on_message(ws_message)
        except FrameError as error:
            self.log.warning("Not passed on to a kernel: a frame that is %s.", error)

    def _sent(self, size: int, done: asyncio.Future[None]) -> None:
        self.unsent -= size
        if not done.cancelled():
            done.exception()  # that it was closed meanwhile is known

    def _siblings(self) -> list[KernelWebSocket]:
        """Return the websockets of the same kernel."""
        kernel_id = self.path_kwargs["kernel_id"]
        wires = self.kernel_manager.wires
        return [each for each in wires if each.path_kwargs["kernel_id"] == kernel_id]

    def _pace(self) -> RateLimiter:
        return RATE_LIMITERS.setdefault(
            self.connection.kernel_manager, RateLimiter(at=time.monotonic())
        )

    async def _may_pass(self, size: int) -> bool:
        """Wait for this page's turn; tell whether there is still somebody to speak to."""
        if self.connection is None:
            return False
        pace = self._pace()
        pause = pace.pause(size, time.monotonic())
        if pace.is_too_much(time.monotonic()):
            self.is_cut = True
            self.log.warning("A page said too much for too long, and was cut off.")
            self.close(TOO_MUCH, "too many messages")
            return False
        if pause:
            await asyncio.sleep(pause)
        return self.connection is not None  # it may have gone meanwhile


class KernelConnection(ZMQChannelsWebsocketConnection):
    """What goes from the page to the kernel, and from the kernel to the page."""

    async def prepare(self) -> None:
        """Join the kernel, which has answered before its page was told where it is.

        Jupyter asks it once more, with a timer that holds the line for a minute, closed or not;
        and one that has died meanwhile it waits for as long, instead of saying so.
        """
        await self._register_session()
        self.session.key = self.kernel_manager.session.key

    async def _register_session(self) -> None:
        """Take the place of the page's line before, which is dead: a page has one at a time."""
        before = self._open_sessions.get(f"{self.kernel_id}:{self.session.session}")
        await super()._register_session()
        if isinstance(before, KernelWebSocket):
            before.abort()  # nobody would answer its goodbye, which is waited for

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Pass on what the page sent.

        Raises:
            FrameError: it is nothing that a page may send.
        """
        message = parse_frame(incoming_msg, self.subprotocol)
        if self.channels:  # else it is closing
            self.session.send_raw(self.channels["shell"], message.parts)

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:
        """Keep from the page what it has no use for, and what the kernel prints to standard error.

        The latter comes from libraries, may quote what somebody wrote, and no page has a place for
        it. That the kernel has died does not come this way.

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
        if self.is_ours and kind not in OF_WIDGETS:
            return
        super()._on_zmq_reply(stream, msg_list)

    @cached_property
    def is_ours(self) -> bool:
        """Whether it is our own front end that listens, and not Voilà's whole one."""
        return bool(self.websocket_handler.get_argument("only", "") == "widgets")
