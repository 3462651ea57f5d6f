"""The manager of the kernels: how many there may be, and when they end."""

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
"""ZeroMQ sockets that a page needs while it is made; an open page has six."""
OTHER_SOCKETS = 1000
DRAIN_SECONDS = 8.0
"""Seconds a kernel may run on after its page has closed."""


class BundledKernelSpecs(KernelSpecManager):
    """Finds our own kernel, and the Python that runs the server.

    A `python3` kernel that another environment has registered for the person would not find our
    packages.
    """

    @default("kernel_dirs")
    def _default_kernel_dirs(self) -> list[str]:
        return [str(shared("data") / "jupyter" / "kernels")]


class PageKernelHandle(ServerKernelManager):
    """One kernel.

    When a click raises and tracebacks are not allowed, jupyter_server (2.21) looks here for the
    text that replaces the traceback. Without that text the page receives nothing any more.
    """

    traceback_replacement_message = Unicode("It could not be done.")
    execution_state: str  # the manager writes both
    last_activity: datetime
    requested_at: float
    """When the kernel was requested, on the monotonic clock, in seconds."""

    def client(self, **kwargs: Any) -> Any:
        """Return a client that shares the server's two message threads with all others.

        Jupyter's clients start two threads of their own, and use a dozen descriptors.
        """
        return super().client(context=self.context, **kwargs)

    def emit(self, schema_id: str, data: dict[str, Any]) -> None:
        """Drop the event: it has no listener, and Jupyter would keep a logger of each kernel."""


class MeasuredClient(FastReadyClient):
    """The client that makes a page; it records how long the kernel took to answer."""

    parent: Any  # the `PageKernelHandle`

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers, and record the seconds since its request."""
        await super().wait_for_ready(timeout)
        metrics.READY.observe(time.monotonic() - self.parent.requested_at)


class PageKernelManager(AsyncMappingKernelManager):
    """Kernels that stay as long as a page is connected to them.

    Jupyter counts a kernel as busy whenever it sends something, so it never removes a closed page
    whose notebook still runs a timer. Here a kernel ends when no page has been connected to it for
    `reconnect_grace` seconds.
    """

    max_kernels = Int(config=True, help="How many kernels may run; an open page is a kernel.")
    max_per_user = Int(config=True, help="How many of them one person may have.")
    max_memory_per_user = Int(
        0, config=True, help="MB that one person's kernels may hold; 0: no limit."
    )
    reconnect_grace = Float(config=True, help="Seconds a kernel may be without a page.")

    @default("context")
    def _default_context(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.max_sockets = OTHER_SOCKETS + SOCKETS_A_PAGE * self.max_kernels
        return context

    @default("kernel_manager_class")
    def _default_handle_class(self) -> str:
        return f"{__name__}.{PageKernelHandle.__name__}"

    def __init__(self, **kwargs: Any) -> None:
        self._disconnected_since: dict[str, float] = {}
        self._starting: list[str] = []
        self._owners: dict[str, SignedInUser] = {}
        self.websockets: set[KernelWebSocket] = set()
        self.has_access: Callable[[SignedInUser], Awaitable[bool]] = admit_everyone
        super().__init__(**kwargs)

    async def start_kernel(  # type: ignore[override]  # upstream types it as if it were not async
        self, *, owner: SignedInUser, env: Mapping[str, str] | None = None, **kwargs: Any
    ) -> str:
        """Start a kernel of `owner` and return its id.

        The kernel sees `env` and the harmless part of the server's environment. The owner's
        variables come last, so that a request cannot override them.

        Raises:
            HTTPError: 503, when `max_kernels` kernels run; 429, when `max_per_user` of them are the
                owner's, or when the owner's kernels hold too much memory.
        """
        if len(self) + len(self._starting) >= self.max_kernels:
            metrics.REFUSED.inc()
            raise HTTPError(503)
        if len(self.kernels_of(owner)) + self._starting.count(owner.username) >= self.max_per_user:
            raise HTTPError(429)
        if self._kernel_over_memory(owner):
            raise HTTPError(429)
        requested_at = time.monotonic()
        environment = {
            **kernel_environment(os.environ),
            **(env or {}),
            **BOOK_FILE.environment(),
            **owner.environment(),
        }
        kwargs["kernel_name"] = _FORKED  # notebooks keep `python3` for JupyterLab
        self._starting.append(owner.username)
        try:
            kernel_id: str = await super().start_kernel(env=environment, **kwargs)
        finally:
            self._starting.remove(owner.username)
        self._owners[kernel_id] = owner
        kernel = cast(PageKernelHandle, self.get_kernel(kernel_id))
        kernel.requested_at = requested_at
        is_forked = getattr(kernel.provisioner, "is_forked", False)
        metrics.STARTED.labels("forked" if is_forked else "normal").inc()
        self._disconnected_since[kernel_id] = time.monotonic()
        MEMORY_CLEANER.schedule()
        return kernel_id

    def owner_of(self, kernel_id: str) -> SignedInUser | None:
        """Return the owner of a kernel; None if there is no such kernel."""
        return self._owners.get(kernel_id)

    def kernels_of(self, user: SignedInUser) -> list[str]:
        """Return the ids of the kernels of a person."""
        return [id for id, owner in self._owners.items() if owner.username == user.username]

    def has_host(self) -> bool:
        """Return whether a kernel belongs to somebody who leads a room."""
        return any(owner.leads for owner in self._owners.values())

    def rooms(self) -> set[str]:
        """Return the ids of the rooms that kernels are open on; any thread may ask."""
        return {owner.room for owner in list(self._owners.values()) if owner.room}

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a page has connected."""
        super().notify_connect(kernel_id)
        self._disconnected_since.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note that a page has closed, or lost its connection for a moment."""
        super().notify_disconnect(kernel_id)
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            self._disconnected_since[kernel_id] = time.monotonic()

    def count_pages(self) -> int:
        """Return how many pages are connected."""
        return sum(self._kernel_connections.values())

    async def shutdown_when_idle(self, kernel_id: str, last: Sequence[Struct] = ()) -> None:
        """End the kernel once it is quiet: its page is gone, but last messages may be on their way.

        Jupyter interrupts a kernel before it ends it, possibly in the middle of saving.

        Args:
            kernel_id: the kernel of the page.
            last: the last messages of the page, each the content of a `comm_msg`, for the kernel.
        """
        deadline = time.monotonic() + DRAIN_SECONDS
        if kernel_id in self:
            await drain_messages(cast(PageKernelHandle, self.get_kernel(kernel_id)), last)
        while kernel_id in self and not self.is_idle(kernel_id) and time.monotonic() < deadline:
            await asyncio.sleep(QUIET_SECONDS / 5)
        await self.end_kernel(kernel_id)

    async def shutdown_all_when_idle(self) -> None:
        """End all kernels, each once it is quiet, whether or not its page is still connected."""
        await asyncio.gather(
            *(self.shutdown_when_idle(kernel_id) for kernel_id in self.list_kernel_ids())
        )
        await self.shutdown_all()  # those that were just starting

    def is_idle(self, kernel_id: str) -> bool:
        """Return whether the kernel has been idle for `QUIET_SECONDS`."""
        kernel = cast(PageKernelHandle, self.get_kernel(kernel_id))
        silence = (datetime.now(UTC) - kernel.last_activity).total_seconds()
        return kernel.execution_state != "busy" and silence >= QUIET_SECONDS

    async def end_kernel(self, kernel_id: str) -> None:
        """End the kernel, unless it has ended, and close the websockets of its page."""
        theirs = [each for each in self.websockets if each.kernel_id == kernel_id]
        if kernel_id in self:
            await ensure_async(self.shutdown_kernel(kernel_id))
        for websocket in theirs:
            websocket.close()

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self._disconnected_since.pop(kernel_id, None)
        self._owners.pop(kernel_id, None)
        self._kernel_connections.pop(kernel_id, None)
        self._kernel_ports.pop(kernel_id, None)
        MEMORY_CLEANER.schedule()
        return super().remove_kernel(kernel_id)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End the kernel if its page or its owner's access is gone, or it uses too much memory."""
        owner = self.owner_of(kernel_id)
        if owner is not None and not await self.has_access(owner):
            self.log.info("Ending kernel %s: its owner's access has ended.", kernel_id)
            await self.shutdown_when_idle(kernel_id)  # what was written before is saved
            return
        if owner is not None and kernel_id == self._kernel_over_memory(owner):
            self.log.warning("Ending kernel %s: its owner's kernels exceed memory.", kernel_id)
            await self.end_kernel(kernel_id)
            return
        since = self._disconnected_since.get(kernel_id)
        if since is not None and time.monotonic() - since > self.reconnect_grace:
            self.log.info("Ending kernel %s: no page for %.0f s.", kernel_id, self.reconnect_grace)
            await self.end_kernel(kernel_id)

    def _kernel_over_memory(self, owner: SignedInUser) -> str:
        """Return the id of a person's largest kernel if theirs hold too much memory, else ""."""
        if not self.max_memory_per_user:
            return ""
        used = {
            kernel_id: self._unshared_megabytes(kernel_id) for kernel_id in self.kernels_of(owner)
        }
        if sum(used.values()) <= self.max_memory_per_user:
            return ""
        return max(used, key=lambda kernel_id: used[kernel_id])

    def _unshared_megabytes(self, kernel_id: str) -> int:
        """Return the MB that a kernel holds and does not share; 0 where that is unknown."""
        pid = getattr(cast(PageKernelHandle, self.get_kernel(kernel_id)).provisioner, "pid", None)
        try:
            _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
        except OSError:  # it has ended, or this is not Linux
            return 0
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE") >> 20

    def _handle_kernel_died(self, kernel_id: str) -> None:
        kernel = self.get_kernel(kernel_id)
        self.stop_watching_activity(kernel_id)
        super()._handle_kernel_died(kernel_id)
        metrics.DIED.inc()
        # Upstream only forgets the kernel; its other sockets and its connection file would stay.
        self._cleanup = asyncio.ensure_future(ensure_async(kernel.cleanup_resources()))


async def admit_everyone(user: SignedInUser) -> bool:
    """Return True: every visitor may stay."""
    return True


async def drain_messages(kernel: PageKernelHandle, messages: Sequence[Struct]) -> None:
    """Send `messages`, contents of `comm_msg`, to a kernel, and wait until it has handled them.

    A kernel on a busy computer may be silent because it has not begun yet. It handles messages in
    order: when it answers a request, it has handled all that came before. A kernel that another
    caller ended meanwhile does not answer.
    """
    client = kernel.client()
    client.start_channels(iopub=False, control=False)
    try:
        for message in messages:
            client.shell_channel.send(client.session.msg("comm_msg", to_builtins(message)))
        await asyncio.sleep(QUIET_SECONDS)  # messages on the page's websocket are on their way
        client.kernel_info()
        deadline = time.monotonic() + DRAIN_SECONDS
        while await ensure_async(kernel.is_alive()) and time.monotonic() < deadline:
            with suppress(Empty):
                await client.get_shell_msg(timeout=QUIET_SECONDS)
                return
    finally:
        client.stop_channels()
