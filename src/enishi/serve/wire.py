"""The websocket between a page and its kernel."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Voilà publishes no types, and Jupyter types its own methods in part.

from __future__ import annotations

from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler


class Wire(VoilaKernelWebsocketHandler):
    """One websocket, which the kernels can hang up."""

    async def open(self, kernel_id: str) -> None:
        """Let the kernels know of it, so that they can hang up."""
        self.kernel_manager.wires.setdefault(kernel_id, set()).add(self)
        await super().open(kernel_id)

    def on_close(self) -> None:
        """It is closed, by whomever."""
        self.kernel_manager.wires.get(self.kernel_id, set()).discard(self)
        super().on_close()
