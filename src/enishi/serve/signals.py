"""The signals that ask a server to end."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

ENDING_SIGNALS = [signal.SIGINT, signal.SIGTERM]
if hasattr(signal, "SIGHUP"):
    ENDING_SIGNALS.append(signal.SIGHUP)  # the terminal window has been closed


@contextmanager
def on_termination(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` at the first signal; a second one (Ctrl-C again) does not wait for it."""

    def stop_once(*_: Any) -> None:
        restore()
        stop()

    def restore() -> None:
        for each, handler in before.items():
            signal.signal(each, handler)

    before = {each: signal.signal(each, stop_once) for each in ENDING_SIGNALS}
    before[signal.SIGINT] = signal.default_int_handler  # a shell may have started us without it
    try:
        yield
    finally:
        restore()
