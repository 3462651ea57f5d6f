"""The zygote that kernels are forked from, if there is one.

    start()                 as early as possible: the zygote imports while the server does
    await wait_ready(log)   before the first visitor
    is_ready()              for the health report
    close()                 at the end

Jupyter requests a kernel from `provisioner`, which gets the zygote from `fit`. On a system without
pidfds, or when the zygote fails, there is none, and kernels start normally.
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

LOOK_SECONDS = 1.0
"""Shortest time between two checks of the installed code."""
REST_SECONDS = 30.0
"""How long no zygote is started after one has ended before it was ready."""


class NoZygoteError(Exception):
    """There is no zygote to fork from; the message gives the reason."""


class ZygoteManager:
    """The zygote in use."""

    def __init__(self) -> None:
        self.is_wanted = False
        self.line: ZygoteClient | None = None
        self._read: Fingerprint = frozenset()
        self._looked = 0.0
        self._rests_until = 0.0
        self._lock = asyncio.Lock()

    def start(self) -> None:
        """Start a zygote, unless there is one; do not wait for it. No event loop is needed."""
        self.is_wanted = is_possible()
        if self.is_wanted and not (self.line and self.line.is_open):
            self._replace()

    async def fit(self, log: Logger) -> ZygoteClient:
        """Return a zygote that is ready and has read the code that is installed now.

        Raises:
            NoZygoteError: there is none.
        """
        if not self.is_wanted:
            raise NoZygoteError("it was not asked for")
        async with self._lock:
            now = time.monotonic()
            if now < self._rests_until:
                raise NoZygoteError("the last zygote could not get ready")
            if self.line is None or not self._is_fit(self.line, now):
                self._replace()
            assert self.line
            if self.line.awake:
                return self.line
            from enishi.serve.fork.zygote_client import ZygoteError

            try:
                awake = await self.line.wake()
            except ZygoteError as problem:
                if not self.line.is_open:
                    self._rests_until = time.monotonic() + REST_SECONDS
                raise NoZygoteError(str(problem)) from problem
            log.info("Kernels are forked; the imports took %.1f s.", awake.seconds)
            if awake.missing:
                log.warning("Left to the pages to import: %s", ", ".join(awake.missing))
            return self.line

    def close(self) -> None:
        """End the zygote and the kernels that were forked from it."""
        if self.line:
            self.line.close()
        self.line, self.is_wanted, self._rests_until = None, False, 0.0
        self._lock = asyncio.Lock()  # the next zygote may serve another event loop

    def _is_fit(self, line: ZygoteClient, now: float) -> bool:
        line.hear()
        if line.is_open and now - self._looked > LOOK_SECONDS:
            self._looked = now
            return self._read == fingerprint()
        return line.is_open

    def _replace(self) -> None:
        from enishi.serve.fork.zygote_client import ZygoteClient

        if self.line:
            self.line.retire()
        self._read, self._looked = fingerprint(), time.monotonic()
        self.line = ZygoteClient(kernel_environment(os.environ))


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
        await ZYGOTES.fit(log)
    except NoZygoteError as problem:
        log.info("Kernels are not forked: %s.", problem)
        return False
    return True


def is_ready() -> bool:
    """Return whether a kernel requested now would be forked."""
    line = ZYGOTES.line
    return bool(ZYGOTES.is_wanted and line and line.is_open and line.awake)


def close() -> None:
    """End the zygote and the kernels that were forked from it."""
    ZYGOTES.close()
