"""The clean-up after pages, so that the server uses no more memory than it needs.

A page leaves a megabyte in objects that refer to each other: templates, their filters, the handler
that rendered them. Python seldom collects such cycles in a process as large as ours, and the C
library keeps the freed memory: after a hundred pages, 60 MB.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import time

_PAUSE_SECONDS = 6.0
"""Seconds between a page's end and the clean-up; all pages that end meanwhile share one clean-up.

Longer than Tornado waits for a browser to close its connection.
"""


class MemoryCleaner:
    """Collects garbage from time to time, as long as pages open and close."""

    def __init__(self) -> None:
        self._is_scheduled = False
        self._requested_at = 0.0

    def pause(self) -> None:
        """Collect nothing until `freeze_existing`: among imports, a collection finds nothing."""
        gc.disable()

    def freeze_existing(self) -> None:
        """Exclude everything that exists now from later collections, and collect from now on.

        That is nearly all objects. A collection takes a millisecond then, and fifty otherwise.
        """
        gc.collect()
        gc.freeze()
        gc.enable()

    def schedule(self) -> None:
        """Collect after a pause."""
        self._requested_at = time.monotonic()
        if not self._is_scheduled:
            self._start_timer()

    def _start_timer(self) -> None:
        self._is_scheduled = True
        asyncio.get_running_loop().call_later(_PAUSE_SECONDS, self._sweep)

    def _sweep(self) -> None:
        self._is_scheduled = False
        gc.collect()
        release_memory()
        if time.monotonic() - self._requested_at < _PAUSE_SECONDS:  # some may have been in use
            self._start_timer()


def release_memory() -> None:
    """Return free memory to the system; only GNU's C library needs this call."""
    if os.name == "posix":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(ctypes.c_size_t(0))


MEMORY_CLEANER = MemoryCleaner()
"""The cleaner that the server uses."""
