"""Looks whether anything in a room changed, as cheaply as a page of sixty can.

A file says by `PRAGMA data_version` whether anybody wrote since the last look; only then one query
is made. A database server would have to be asked by that query each time: there the server of the
pages looks for all of them (`enishi.room.change_signal`), and a page asks only after it saw
something new, or when it has not looked for a while.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field

from sqlalchemy import Engine, text

from enishi.book.database import file_of
from enishi.book.database_errors import translate_errors
from enishi.room.change_signal import read_signal
from enishi.room.rights import WITH_A_SEAT

LOOK_SECONDS = 0.4
"""Seconds between two looks."""
LATE_SECONDS = 10.0
"""Seconds of failed looks after which a page says that it is not up to date."""
_SIGNAL_SECONDS = 2.0
"""Seconds after its last look for which the server is relied on."""

WHOLE = "SELECT max(seq) FROM change WHERE owner = :room"
"""Everything in the room: for whoever leads, and for the projector."""


def _state_of(table: str, whose: str) -> str:
    """Return SQL for a text that is another one after rows were made, written or removed."""
    state = (
        "coalesce(sum(version), 0) || ' ' || coalesce(max(id), '')"  # a later row has a later id
    )
    return f"(SELECT {state} FROM {table} WHERE owner = :room AND {whose})"


_ASKED = "request_id IN (SELECT id FROM room_request WHERE owner = :room AND seat_id = :seat)"
OWN = "SELECT " + " || ' ' || ".join(
    (
        "(SELECT version FROM room_stage WHERE owner = :room)",
        _state_of("room_offer", _ASKED),
        _state_of("room_promise", "to_id = :seat"),
        *(
            _state_of(table, "id = :seat" if table == "room_seat" else "seat_id = :seat")
            for table in WITH_A_SEAT
        ),
    )
)
"""The stage, the offers for one's own requests, what was promised to one, and the rows of one's own
seat, which another device may have written: a phone never gets the whole board."""


@dataclass
class Watch:
    """Looks at one room for one page.

    Attributes:
        engine: the database.
        room: the room's id.
        seat_id: the seat of a participant; '' for whoever leads and the projector.
        asked_at: when the database was asked last, by this page or by the server for it, on the
            monotonic clock in seconds.
    """

    engine: Engine
    room: str
    seat_id: str = ""
    asked_at: float = field(default_factory=time.monotonic, init=False)
    _file: sqlite3.Connection | None = field(default=None, init=False, repr=False)
    _data_version: int = field(default=-1, init=False, repr=False)
    _seen: str = field(default="", init=False, repr=False)
    _count: int = field(default=-1, init=False, repr=False)
    """What the server had counted when the database was asked last."""

    def look(self) -> bool:
        """Return whether anything that this page shows changed since the last look.

        Raises:
            BookError: the database could not be asked; the next look may succeed.
        """
        told = read_signal(self.room)
        if told is not None and time.monotonic() - told.at < _SIGNAL_SECONDS:
            if told.changes == self._count:
                self.asked_at = told.at
                return False
            changed = self.ask()
            self._count = told.changes  # read before: what came since then is looked at once more
            return changed
        return self.ask()

    def ask(self) -> bool:
        """Ask the database whether anything changed since it was asked last.

        Raises:
            BookError: it could not be asked; the next time may succeed.
        """
        asked_at, path = time.monotonic(), file_of(self.engine)
        with translate_errors(self.engine.url):
            if path is not None:
                if self._file is None:
                    self._file = sqlite3.connect(
                        f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False
                    )
                with closing(self._file.execute("PRAGMA data_version")) as cursor:
                    (now,) = cursor.fetchone()
                if now == self._data_version:
                    self.asked_at = asked_at
                    return False
                found = self._ask_file(self._file)
                self._data_version = now
            else:
                found = self._ask_server()
        changed = found != self._seen
        self._seen, self.asked_at = found, asked_at
        return changed

    def close(self) -> None:
        """Close the connection to the file; a later look opens it again."""
        if self._file is not None:
            self._file.close()
        self._file, self._data_version = None, -1

    def _ask_file(self, connection: sqlite3.Connection) -> str:
        with closing(connection.execute(self._query(), self._facts())) as cursor:
            return str(cursor.fetchone()[0])

    def _ask_server(self) -> str:
        with self.engine.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT")
            return str(own.scalar(text(self._query()), self._facts()))

    def _query(self) -> str:
        return OWN if self.seat_id else WHOLE

    def _facts(self) -> dict[str, str]:
        return {"room": self.room} | ({"seat": self.seat_id} if self.seat_id else {})
