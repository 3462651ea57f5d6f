"""The zygote that kernels are forked from, if there is one.

    start()                 as early as possible: the zygote imports while the server does
    await wait_ready(log)   before the first visitor
    is_ready()              for the health report
    close()                 at the end

Jupyter requests a kernel from `provisioner`, which gets the zygote from `ready_zygote`. On a system
without pidfds, or when the zygote fails, there is none, and kernels start normally.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from logging import Logger
from typing import TYPE_CHECKING

from enishi.serve.fork.fingerprint import Fingerprint, fingerprint
from enishi.serve.kernel_env import kernel_environment

if TYPE_CHECKING:
    from enishi.serve.fork.zygote_client import ZygoteClient

CHECK_SECONDS = 1.0
"""Shortest time between two checks of the installed code."""
RETRY_SECONDS = 30.0
"""How long no zygote is started after one has ended before it was ready."""


class NoZygoteError(Exception):
    """There is no zygote to fork from; the message gives the reason."""


class ZygoteManager:
    """The zygote in use."""

    def __init__(self) -> None:
        self.is_wanted = False
        self.zygote: ZygoteClient | None = None
        self._fingerprint: Fingerprint = frozenset()
        self._checked_at = 0.0
        self._no_start_before = 0.0
        self._lock = asyncio.Lock()

    def start(self) -> None:
        """Start a zygote, unless there is one; do not wait for it. No event loop is needed."""
        self.is_wanted = is_possible()
        if self.is_wanted and not (self.zygote and self.zygote.is_open):
            self._replace()

    async def ready_zygote(self, log: Logger) -> ZygoteClient:
        """Return a zygote that is ready and has read the code that is installed now.

        Raises:
            NoZygoteError: there is none.
        """
        if not self.is_wanted:
            raise NoZygoteError("no zygote was requested")
        async with self._lock:
            now = time.monotonic()
            if now < self._no_start_before:
                raise NoZygoteError("the last zygote ended before it was ready")
            if self.zygote is None or not self._is_current(self.zygote, now):
                self._replace()
            assert self.zygote
            if self.zygote.ready:
                return self.zygote
            from enishi.serve.fork.zygote_client import ZygoteError

            try:
                ready = await self.zygote.wait_ready()
            except ZygoteError as problem:
                if not self.zygote.is_open:
                    self._no_start_before = time.monotonic() + RETRY_SECONDS
                raise NoZygoteError(str(problem)) from problem
            log.info("Kernels are forked; the zygote imported for %.1f s.", ready.seconds)
            if ready.missing:
                log.warning("The zygote could not import: %s", ", ".join(ready.missing))
            return self.zygote

    def close(self) -> None:
        """End the zygote and the kernels that were forked from it."""
        if self.zygote:
            self.zygote.close()
        self.zygote, self.is_wanted, self._no_start_before = None, False, 0.0
        self._lock = asyncio.Lock()  # the next zygote may serve another event loop

    def _is_current(self, zygote: ZygoteClient, now: float) -> bool:
        zygote.receive()
        if zygote.is_open and now - self._checked_at > CHECK_SECONDS:
            self._checked_at = now
            return self._fingerprint == fingerprint()
        return zygote.is_open

    def _replace(self) -> None:
        from enishi.serve.fork.zygote_client import ZygoteClient

        if self.zygote:
            self.zygote.retire()
        self._fingerprint, self._checked_at = fingerprint(), time.monotonic()
        self.zygote = ZygoteClient(kernel_environment(os.environ))


def is_possible() -> bool:
    """Return whether this system supports it: Linux with process descriptors (5.3)."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True


ZYGOTES = ZygoteManager()
"""The manager that the server uses."""


def start() -> None:
    """Start the zygote without waiting for it, where that is possible."""
    ZYGOTES.start()


async def wait_ready(log: Logger) -> bool:
    """Wait until the zygote is ready; return whether there is one."""
    ZYGOTES.start()
    try:
        await ZYGOTES.ready_zygote(log)
    except NoZygoteError as problem:
        log.info("Kernels start without a fork: %s.", problem)
        return False
    return True


def is_ready() -> bool:
    """Return whether a kernel requested now would be forked."""
    zygote = ZYGOTES.zygote
    if not (ZYGOTES.is_wanted and zygote and zygote.is_open and zygote.ready):
        return False
    return zygote.process.poll() is None  # its socket may stay open a while in a child


def close() -> None:
    """End the zygote and the kernels that were forked from it."""
    ZYGOTES.close()
