"""The websocket between a page and its kernel, so that neither can harm the server or the other."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Voilà publishes no types, and Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import time
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from enishi.serve.pace import Pace
from enishi.serve.presence import PRESENCE
from enishi.serve.tidy import forget_request

ALIVE, YES = "?", "!"
"""What a page asks when it has heard nothing for a while, and the answer: a line may be dead
without either end being told, as when a lid was closed."""
TOO_MUCH = 1008
"""The code with which a websocket is closed that said too much: a policy was violated."""
OF_WIDGETS = ("comm_open", "comm_msg", "comm_close")
"""All that our own front end listens to; nobody needs to be told what each cell was and did."""
PACES: WeakKeyDictionary[object, Pace] = WeakKeyDictionary()
"""By kernel, so that a page has not more to say when it connects anew."""


class Wire(VoilaKernelWebsocketHandler):
    """One websocket: slowed down when it says too much, deaf to what is no message."""

    is_cut = False

    async def prepare(self, **kwargs: Any) -> None:
        """Let timers not keep a line that is closed."""
        await super().prepare(**kwargs)
        forget_request()

    async def open(self, kernel_id: str) -> None:
        """Let the kernels know of it, so that they can hang up."""
        self.kernel_manager.wires.add(self)
        await super().open(kernel_id)

    def on_close(self) -> None:
        """It is closed, by whomever."""
        self.kernel_manager.wires.discard(self)
        if self.ping_callback is not None:  # it would hold us until the next ping is due
            self.ping_callback.stop()
        super().on_close()

    async def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on to the kernel; the next one is read only when this one has passed."""
        if ws_message == ALIVE:
            self.write_message(YES)
            return
        PRESENCE.look()  # by now the kernel has made the book, if there was none
        if self.is_cut or not await self._may_pass(len(ws_message)):
            return
        try:
            super().on_message(ws_message)
        except Exception as error:  # there is no end to what may come along instead of a message
            self.log.warning("Not a message, and passed over: %s", type(error).__name__)

    async def _may_pass(self, size: int) -> bool:
        """Wait for this page's turn; tell whether there is still somebody to speak to."""
        if self.connection is None:
            return False
        pace = PACES.setdefault(self.connection.kernel_manager, Pace(at=time.monotonic()))
        pause = pace.pause(size, time.monotonic())
        if pace.is_too_much(time.monotonic()):
            self.is_cut = True
            self.log.warning("A page said too much for too long, and was cut off.")
            self.close(TOO_MUCH, "too many messages")
            return False
        if pause:
            await asyncio.sleep(pause)
        return self.connection is not None  # it may have gone meanwhile


class Connection(ZMQChannelsWebsocketConnection):
    """What goes from the kernel to the page."""

    async def prepare(self) -> None:
        """Join the kernel, which has answered before its page was told where it is.

        Jupyter asks it once more, with a timer that holds the line for a minute, closed or not;
        and one that has died meanwhile it waits for as long, instead of saying so.
        """
        await self._register_session()
        self.session.key = self.kernel_manager.session.key

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:
        """Keep from the page what it has no use for, and what the kernel prints to standard error.

        The latter comes from libraries, may quote what somebody wrote, and no page has a place for
        it. That the kernel has died does not come this way.
        """
        if isinstance(msg_list, dict):
            if msg_list["content"].get("name") == "stderr":
                return
            if self.is_ours and msg_list["header"]["msg_type"] not in OF_WIDGETS:
                return
        super()._on_zmq_reply(stream, msg_list)

    @cached_property
    def is_ours(self) -> bool:
        """Whether it is our own front end that listens, and not Voilà's whole one."""
        return bool(self.websocket_handler.get_argument("only", "") == "widgets")
