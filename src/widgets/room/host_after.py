"""Afterwards: what was shared, to take away or to print, and the end of the room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enishi.i18n.folding import fold_key
from enishi.room import stage
from enishi.room.deletion import Deleted, delete_room
from enishi.room.errors import DayError, NotPermittedError
from enishi.room.shared_table import list_shared, write_shared
from enishi.room.shown import count_consents, count_promises
from widgets.base.sheet import Answer, Identifier, ShortText, command, query
from widgets.parts.printable import PRINTABLE
from widgets.room.host import HostSheet
from widgets.room.host_time import HOST_TIME
from widgets.settings.my_data import WrongWordError

KEPT_LONGEST = 30
"""Days from today after which a room is deleted at the latest."""


class After(HostSheet):
    """Hands out what was shared, and deletes the room, on a day or at once.

    Example:
        >>> After(open_room_page("11-host"))     # doctest: +SKIP
    """

    name = "after"
    parts = (HOST_TIME, PRINTABLE)
    _deleted: Deleted | None = None
    """What was deleted on this page."""

    def refresh(self) -> None:
        """Show what there is to take away; once it is deleted, what was."""
        if self._deleted is None:
            super().refresh()
            return
        self.words = self.workbook.words(self.name)
        gone = self._deleted
        said = {"rows": gone.rows, "people": gone.people, "kept": gone.kept, "swept": gone.swept}
        self.state = {"deleted": said}

    def build_state(self) -> dict[str, Any]:
        """Return what all could see, as it is printed, and the day of deletion."""
        now, today = self.workbook.stage(), self.workbook.today
        agreed, people = count_consents(self.frames, "keep_record")
        return {
            "stage": now,
            "lines": [list(line) for line in list_shared(self.frames)],
            "promises": count_promises(self.frames),
            "agreed": agreed,
            "people": people,
            "delete_on": now["delete_on"],
            "delete_text": self.workbook.last_day(),
            "first": today.isoformat(),
            "last": (today + timedelta(days=KEPT_LONGEST)).isoformat(),
        }

    @query
    def take_table(self) -> Answer:
        """Return what was shared as a CSV file."""
        self.check_leads()
        table = write_shared(self.frames, self.words["table"])
        file = f"enishi-room-{self.workbook.today}.csv"
        return {"table": table, "file": file, "text": self.say("taken", file=file)}

    @command
    def set_last_day(self, seen: int, day: Identifier) -> Answer:
        """Set the day on which the room is deleted.

        Raises:
            DayError: it is past, or later than the last that may be chosen.
        """
        try:
            chosen = date.fromisoformat(day)
        except ValueError:
            raise NotPermittedError() from None
        today = self.workbook.today
        if not today <= chosen <= today + timedelta(days=KEPT_LONGEST):
            raise DayError(days=KEPT_LONGEST)
        with self.leading() as hand:
            stage.set_stage(hand, seen, delete_on=day)
        return {"text": self.say("day_set", day=self.workbook.short_date(chosen))}

    @command
    def delete_now(self, word: ShortText) -> Answer:
        """Delete the room, if `word` is the word that the sheet shows.

        Raises:
            WrongWordError: it is another word; nothing was deleted.
        """
        with self.leading():
            if fold_key(word) != fold_key(self.words["delete_word"]):
                raise WrongWordError()
        self._deleted = delete_room(self.room.book)
        return {"text": " ", "focus": "deleted"}
