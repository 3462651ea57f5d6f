"""A client of a kernel that continues as soon as the kernel is ready."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

REPLY_SECONDS = 1.0
"""Seconds a kernel may take to answer before the request is sent again."""
IDLE_SECONDS = 0.2
"""Seconds after its answer that a kernel may take to report that it is idle."""


class FastReadyClient(AsyncKernelClient):
    """Jupyter's client, without its wait for silence.

    Jupyter considers a kernel ready when nothing has come from it for 0.2 s: a fifth of a second on
    every page. A kernel reports itself that it has finished a request, on the channel of everything
    else it publishes and after it; so a client that receives this is connected and up to date.
    """

    def start_channels(
        self,
        shell: bool = True,
        iopub: bool = True,
        stdin: bool = False,
        hb: bool = False,
        control: bool = True,
    ) -> None:
        """Open the channels, without standard input and heartbeat.

        A kernel asks no question, and its process shows whether it is alive. Jupyter's heartbeat is
        a thread and an event loop for each client.
        """
        super().start_channels(shell, iopub, stdin, hb, control)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered and all that it published before has arrived.

        Args:
            timeout: in seconds; None waits as long as the kernel is alive.

        Raises:
            RuntimeError: the kernel has died, or has not answered in time.
        """
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            request_id = self.kernel_info()
            answer = await self._answer(request_id)
            if answer and await self._is_idle_after(request_id):
                self._handle_kernel_info_reply(answer)
                return
            if not await self.is_alive():
                raise RuntimeError("The kernel died before it was ready.")
            if end is not None and time.monotonic() > end:
                raise RuntimeError(f"The kernel was not ready within {timeout} seconds.")

    async def _answer(self, request_id: str) -> dict[str, Any] | None:
        """Return the answer to a request; None if none came within `REPLY_SECONDS`."""
        try:
            while True:
                message = await self.get_shell_msg(timeout=REPLY_SECONDS)
                if message["parent_header"].get("msg_id") == request_id:
                    return message
        except Empty:
            return None

    async def _is_idle_after(self, request_id: str) -> bool:
        """Return whether the end of a request arrived; drop what was published before it.

        It never arrives when the subscription began after the kernel had published it.
        """
        try:
            while True:
                message = await self.get_iopub_msg(timeout=IDLE_SECONDS)
                if (
                    message["parent_header"].get("msg_id") == request_id
                    and message["content"].get("execution_state") == "idle"
                ):
                    return True
        except Empty:
            return False
