"""Looks at the rooms that are open on this server, once for all of their pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging import Logger
from threading import Event, Thread

from sqlalchemy import Engine

from enishi.room.change_signal import Signal, write_signal
from enishi.room.watch import Watch

SECONDS = 0.1
"""Seconds between two looks; the pages read what comes of them."""
FAILED_SECONDS = 1.0
"""Seconds until a look that failed is tried again."""


@dataclass
class RoomLooks:
    """Looks at the rooms that pages are open on, and tells the pages.

    Attributes:
        engine: the database, as its keeper sees it.
    """

    engine: Engine
    _watches: dict[str, Watch] = field(default_factory=dict, init=False, repr=False)
    _counts: Counter[str] = field(default_factory=Counter, init=False, repr=False)

    def look(self, rooms: set[str]) -> None:
        """Look at each of `rooms`, ids, and at no others any more.

        Raises:
            BookError: the database could not be asked; the pages notice that nobody tells them.
            OSError: they cannot be told.
        """
        for room in self._watches.keys() - rooms:
            self._watches.pop(room).close()
        for room in rooms:
            watch = self._watches.setdefault(room, Watch(self.engine, room))
            self._counts[room] += watch.ask()
            write_signal(room, Signal(self._counts[room], watch.asked_at))


@contextmanager
def looking(engine: Engine, rooms: Callable[[], set[str]], log: Logger) -> Iterator[None]:
    """Look inside the block, in a thread of its own, which a busy event loop does not hold up.

    A failure is tried again later.
    """
    looks, ended = RoomLooks(engine), Event()

    def keep_looking() -> None:
        wait, failed = SECONDS, ""
        while not ended.wait(wait):
            try:
                looks.look(rooms())
            except Exception as error:  # an exception would end the thread without a word
                wait = FAILED_SECONDS
                if type(error).__name__ != failed:
                    log.error("The rooms could not be looked at: %s.", type(error).__name__)
                failed = type(error).__name__
            else:
                wait, failed = SECONDS, ""

    thread = Thread(target=keep_looking, name="room-looks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(FAILED_SECONDS)
