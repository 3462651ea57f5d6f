"""Tidying up after pages, so that the server is no larger than what it holds.

A page leaves a megabyte behind, in things that know one another: templates, their filters, whoever
rendered them. Python seldom looks for such circles in a process as large as ours, and the C library
keeps what they leave free: after a hundred pages, 60 MB of nothing.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import time

from jupyter_server import CallContext

_PAUSE_SECONDS = 6.0
"""How long what pages left behind may lie; what comes together meanwhile is swept up at once.

Longer than Tornado waits for a browser to hang up."""


class MemoryCleaner:
    """Sweeps up every now and then, as long as pages come and go."""

    def __init__(self) -> None:
        self._is_coming = False
        self._asked = 0.0

    def begin(self) -> None:
        """Take what is there now for what stays: nobody needs to look through it again.

        It is nearly all there is. To look for circles takes a millisecond so, and fifty otherwise.
        """
        gc.collect()
        gc.freeze()

    def soon(self) -> None:
        """Sweep up after a pause."""
        self._asked = time.monotonic()
        if not self._is_coming:
            self._come()

    def _come(self) -> None:
        self._is_coming = True
        asyncio.get_running_loop().call_later(_PAUSE_SECONDS, self._sweep)

    def _sweep(self) -> None:
        self._is_coming = False
        gc.collect()
        release_memory()
        if time.monotonic() - self._asked < _PAUSE_SECONDS:  # not all of it may have been free yet
            self._come()


def forget_request() -> None:
    """Let nothing that begins in this request hold it.

    Jupyter notes a request's handler where every timer and every socket that begins in it takes it
    along, for as long as it lives: a kernel, or half a minute after a line was closed.
    """
    CallContext.set(CallContext.JUPYTER_HANDLER, None)


def release_memory() -> None:
    """Give back to the system what is free; other C libraries than GNU's do so by themselves."""
    if os.name == "posix":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(ctypes.c_size_t(0))


MEMORY_CLEANER = MemoryCleaner()
"""The server's."""
