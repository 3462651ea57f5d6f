"""The kernels: how many there may be, and when they go."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any, cast

import zmq.asyncio
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from msgspec import Struct, to_builtins
from tornado.web import HTTPError
from traitlets import Float, Int, Unicode, default

from enishi.paths import shared
from enishi.serve import metrics
from enishi.serve.book_file import BOOK_FILE
from enishi.serve.kernel_env import kernel_environment
from enishi.serve.kernels.client import FastReadyClient
from enishi.serve.memory_cleanup import MEMORY_CLEANER

if TYPE_CHECKING:
    from enishi.serve.auth.provider import SignedInUser
    from enishi.serve.handlers.websocket import KernelWebSocket

_FORKED = "enishi"
"""Our kernel, forked where that is possible: see `enishi.serve.fork`."""
QUIET_SECONDS = 0.5
SOCKETS_A_PAGE = 12
"""How many sockets of ZeroMQ's there are for a page while it is made; six for one that stands."""
OTHER_SOCKETS = 1000
LAST_WORDS_SECONDS = 8.0
"""How long a kernel may go on after its page has gone."""


class BundledKernelSpecs(KernelSpecManager):
    """Knows our own kernel, and the Python that runs the server.

    A `python3` kernel that another environment has registered for the person would not find us.
    """

    @default("kernel_dirs")
    def _no_other_kernels(self) -> list[str]:
        return [str(shared("data") / "jupyter" / "kernels")]


class PageKernelHandle(ServerKernelManager):
    """One kernel.

    When a click raises and tracebacks are not allowed, jupyter_server (2.21) looks for the words
    that replace the traceback here, where they are not, and the page goes deaf.
    """

    traceback_replacement_message = Unicode("It could not be done.")
    execution_state: str  # both are written by the manager
    last_activity: datetime
    asked: float
    """When it was asked for, on the monotonic clock."""

    def client(self, **kwargs: Any) -> Any:
        """Return a client, which shares the server's two threads for messages with all others.

        Jupyter's bring two of their own, and a dozen descriptors.
        """
        return super().client(context=self.context, **kwargs)

    def emit(self, schema_id: str, data: dict[str, Any]) -> None:
        """Tell nobody: nobody listens, and Jupyter would keep a logger of each kernel for good."""


class MeasuredClient(FastReadyClient):
    """The client that makes a page; it notes how long the kernel was waited for."""

    parent: Any  # the `PageKernelHandle`

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers."""
        await super().wait_for_ready(timeout)
        metrics.READY.observe(time.monotonic() - self.parent.asked)


class PageKernelManager(AsyncMappingKernelManager):
    """Kernels that stay as long as a page is connected to them.

    Jupyter counts a kernel as busy whenever it says something, so that a page that is closed but
    whose notebook ticks on is never cleared away. Here a kernel goes when no page has been
    connected to it for a while.
    """

    most = Int(config=True, help="How many kernels may run; an open page is a kernel.")
    most_each = Int(config=True, help="How many of them one person may have.")
    most_memory_each = Int(
        0, config=True, help="MB that one person's kernels may hold; 0: no limit."
    )
    patience = Float(config=True, help="Seconds a kernel may be without a page.")

    @default("context")
    def _with_room(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.max_sockets = OTHER_SOCKETS + SOCKETS_A_PAGE * self.most
        return context

    @default("kernel_manager_class")
    def _each(self) -> str:
        return f"{__name__}.{PageKernelHandle.__name__}"

    def __init__(self, **kwargs: Any) -> None:
        self._alone_since: dict[str, float] = {}
        self._starting: list[str] = []
        self._owners: dict[str, SignedInUser] = {}
        self.wires: set[KernelWebSocket] = set()
        self.is_welcome: Callable[[SignedInUser], Awaitable[bool]] = admit_everyone
        super().__init__(**kwargs)

    async def start_kernel(  # type: ignore[override]  # upstream types it as if it were not async
        self, *, owner: SignedInUser, env: Mapping[str, str] | None = None, **kwargs: Any
    ) -> str:
        """Start a kernel of `owner`, which sees `env` and the harmless part of our environment.

        Whose it is comes last, so that nothing a request brought along can say otherwise.

        Raises:
            HTTPError: 503, when there are as many as there may be; 429, when they have as many, or
                when those hold as much memory.
        """
        if len(self) + len(self._starting) >= self.most:
            metrics.REFUSED.inc()
            raise HTTPError(503)
        if len(self.of(owner)) + self._starting.count(owner.username) >= self.most_each:
            raise HTTPError(429)
        if self._excess(owner):
            raise HTTPError(429)
        asked = time.monotonic()
        told = {
            **kernel_environment(os.environ),
            **(env or {}),
            **BOOK_FILE.environment(),
            **owner.told(),
        }
        kwargs["kernel_name"] = _FORKED  # the notebooks keep `python3`, which JupyterLab knows
        self._starting.append(owner.username)
        try:
            kernel_id: str = await super().start_kernel(env=told, **kwargs)
        finally:
            self._starting.remove(owner.username)
        self._owners[kernel_id] = owner
        kernel = cast(PageKernelHandle, self.get_kernel(kernel_id))
        kernel.asked = asked
        is_forked = getattr(kernel.provisioner, "is_forked", False)
        metrics.STARTED.labels("forked" if is_forked else "normal").inc()
        self._alone_since[kernel_id] = time.monotonic()
        MEMORY_CLEANER.soon()
        return kernel_id

    def owner_of(self, kernel_id: str) -> SignedInUser | None:
        """Return whose a kernel is; None if there is no such kernel."""
        return self._owners.get(kernel_id)

    def of(self, visitor: SignedInUser) -> list[str]:
        """Return the kernels of a person."""
        return [id for id, owner in self._owners.items() if owner.username == visitor.username]

    def notify_connect(self, kernel_id: str) -> None:
        """A page has connected."""
        super().notify_connect(kernel_id)
        self._alone_since.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        """A page has gone, or lost its way for a moment."""
        super().notify_disconnect(kernel_id)
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            self._alone_since[kernel_id] = time.monotonic()

    def connected(self) -> int:
        """Return how many pages are connected."""
        return sum(self._kernel_connections.values())

    async def let_go(self, kernel_id: str, last: Sequence[Struct] = ()) -> None:
        """End the kernel once it is quiet: its page has gone, and its last words may be under way.

        Jupyter interrupts a kernel before it ends it, in the middle of saving if need be.

        Args:
            kernel_id: the kernel of the page.
            last: what the page said last, each the content of a `comm_msg`; the kernel hears it.
        """
        patience = time.monotonic() + LAST_WORDS_SECONDS
        if kernel_id in self:
            await drain_messages(cast(PageKernelHandle, self.get_kernel(kernel_id)), last)
        while kernel_id in self and not self.is_quiet(kernel_id) and time.monotonic() < patience:
            await asyncio.sleep(QUIET_SECONDS / 5)
        await self.end(kernel_id)

    async def let_all_go(self) -> None:
        """End all kernels, each once it is quiet, whether or not its page is still there."""
        await asyncio.gather(*(self.let_go(kernel_id) for kernel_id in self.list_kernel_ids()))
        await self.shutdown_all()  # those that were just starting

    def is_quiet(self, kernel_id: str) -> bool:
        """Tell whether the kernel has had nothing to do for a little while."""
        kernel = cast(PageKernelHandle, self.get_kernel(kernel_id))
        silence = (datetime.now(UTC) - kernel.last_activity).total_seconds()
        return kernel.execution_state != "busy" and silence >= QUIET_SECONDS

    async def end(self, kernel_id: str) -> None:
        """End the kernel, if it has not ended already; a page that is still connected hears it."""
        wires = [wire for wire in self.wires if wire.kernel_id == kernel_id]
        if kernel_id in self:
            await ensure_async(self.shutdown_kernel(kernel_id))
        for wire in wires:
            wire.close()

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self._alone_since.pop(kernel_id, None)
        self._owners.pop(kernel_id, None)
        self._kernel_connections.pop(kernel_id, None)
        self._kernel_ports.pop(kernel_id, None)
        MEMORY_CLEANER.soon()
        return super().remove_kernel(kernel_id)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End the kernel if it has been without a page too long, or its person has to go."""
        owner = self.owner_of(kernel_id)
        if owner is not None and not await self.is_welcome(owner):
            self.log.info("Access has ended: ending kernel %s", kernel_id)
            await self.let_go(kernel_id)  # what was written before that is saved
            return
        if owner is not None and kernel_id == self._excess(owner):
            self.log.warning("One person's pages hold too much memory: ending kernel %s", kernel_id)
            await self.end(kernel_id)
            return
        since = self._alone_since.get(kernel_id)
        if since is not None and time.monotonic() - since > self.patience:
            self.log.info("No page for %.0f s: ending kernel %s", self.patience, kernel_id)
            await self.end(kernel_id)

    def _excess(self, owner: SignedInUser) -> str:
        """Return the largest kernel of a person whose kernels hold too much, else ""."""
        if not self.most_memory_each:
            return ""
        held = {kernel_id: self._held(kernel_id) for kernel_id in self.of(owner)}
        if sum(held.values()) <= self.most_memory_each:
            return ""
        return max(held, key=lambda kernel_id: held[kernel_id])

    def _held(self, kernel_id: str) -> int:
        """Return the MB that a kernel holds and shares with nobody, where the system tells."""
        pid = getattr(cast(PageKernelHandle, self.get_kernel(kernel_id)).provisioner, "pid", None)
        try:
            _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
        except OSError:  # it has ended, or the system is another one
            return 0
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE") >> 20

    def _handle_kernel_died(self, kernel_id: str) -> None:
        kernel = self.get_kernel(kernel_id)
        self.stop_watching_activity(kernel_id)
        super()._handle_kernel_died(kernel_id)
        metrics.DIED.inc()
        # Upstream only forgets it; its other sockets and its connection file would stay.
        self._farewell = asyncio.ensure_future(ensure_async(kernel.cleanup_resources()))


async def admit_everyone(visitor: SignedInUser) -> bool:
    """Let everybody stay."""
    return True


async def drain_messages(kernel: PageKernelHandle, words: Sequence[Struct]) -> None:
    """Send `words`, contents of `comm_msg`, to a kernel, and wait until it has dealt with them.

    A kernel on a busy computer may be silent because it has not begun yet. It takes what it is
    told in turn: once it answers a question, it has dealt with all that came before. One that has
    ended meanwhile, as somebody else let it go, too, answers no more.
    """
    client = kernel.client()
    client.start_channels(iopub=False, control=False)
    try:
        for word in words:
            client.shell_channel.send(client.session.msg("comm_msg", to_builtins(word)))
        await asyncio.sleep(QUIET_SECONDS)  # what the page said on its own line is on its way
        client.kernel_info()
        patience = time.monotonic() + LAST_WORDS_SECONDS
        while await ensure_async(kernel.is_alive()) and time.monotonic() < patience:
            with suppress(Empty):
                await client.get_shell_msg(timeout=QUIET_SECONDS)
                return
    finally:
        client.stop_channels()
