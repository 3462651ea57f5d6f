"""A client of a kernel that goes on as soon as the kernel is ready."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

REPLY_SECONDS = 1.0
"""How long a kernel may take to answer before it is asked again."""
IDLE_SECONDS = 0.2
"""How long after its answer a kernel may take to say that it is idle."""


class FastReadyClient(AsyncKernelClient):
    """Jupyter's client, which does not wait for silence.

    Jupyter takes a kernel for ready when nothing has come from it for 0.2 s: a fifth of a second
    on every page. A kernel says itself when it has dealt with a request, on the same channel as
    everything else it publishes and after it; so whoever hears it is connected, and is up to date.
    """

    def start_channels(
        self,
        shell: bool = True,
        iopub: bool = True,
        stdin: bool = False,
        hb: bool = False,
        control: bool = True,
    ) -> None:
        """Open the channels: no question comes, and whether a kernel lives its process tells.

        Jupyter's heartbeat is a thread and an event loop for each client.
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
            asked = self.kernel_info()
            answer = await self._answer(asked)
            if answer and await self._is_idle_after(asked):
                self._handle_kernel_info_reply(answer)
                return
            if not await self.is_alive():
                raise RuntimeError("The kernel died before it was ready.")
            if end is not None and time.monotonic() > end:
                raise RuntimeError(f"The kernel was not ready within {timeout} seconds.")

    async def _answer(self, asked: str) -> dict[str, Any] | None:
        """Return the answer to the request `asked`."""
        try:
            while True:
                message = await self.get_shell_msg(timeout=REPLY_SECONDS)
                if message["parent_header"].get("msg_id") == asked:
                    return message
        except Empty:
            return None

    async def _is_idle_after(self, asked: str) -> bool:
        """Take in what was published, up to the end of the request `asked`.

        It never comes when the subscription began after it had been said.
        """
        try:
            while True:
                message = await self.get_iopub_msg(timeout=IDLE_SECONDS)
                if (
                    message["parent_header"].get("msg_id") == asked
                    and message["content"].get("execution_state") == "idle"
                ):
                    return True
        except Empty:
            return False
