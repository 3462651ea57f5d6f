"""Afterwards: what was shared, to take away or to print, and the end of the room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enishi import clock
from enishi.i18n.folding import fold_key
from enishi.room import stage
from enishi.room.deletion import ask_for_deletion
from enishi.room.errors import DayError, NotPermittedError
from enishi.room.follow_through import MILESTONES, count_followed, session_end
from enishi.room.shared_table import list_shared, write_shared
from enishi.room.shown import count_consents, count_promises
from widgets.base.sheet import Answer, Identifier, ShortText, command, query
from widgets.parts.printable import PRINTABLE
from widgets.room.host import HostSheet
from widgets.room.host_join import describe_hosting
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
    _is_asked = False
    """Whether its deletion was asked for on this page."""

    def refresh(self) -> None:
        """Show what there is to take away; once deletion was asked for, how far it is."""
        if not self._is_asked:
            super().refresh()
            return
        self.words = self.workbook.words(self.name)
        deletion = "done" if self.frames["room_stage"].empty else "asked"
        self.state = {"deletion": deletion, "hosting": describe_hosting(self.workbook)}

    def build_state(self) -> dict[str, Any]:
        """Return what all could see, as it is printed, and the day of deletion."""
        now, today = self.workbook.stage(), self.workbook.today
        agreed, people = count_consents(self.frames, "keep_record")
        return {
            "stage": now,
            "hosting": describe_hosting(self.workbook),
            "lines": [list(line) for line in list_shared(self.frames)],
            "promises": count_promises(self.frames),
            **self._describe_follow(),
            "agreed": agreed,
            "people": people,
            "delete_on": now["delete_on"],
            "delete_text": self.workbook.last_day(),
            "first": today.isoformat(),
            "last": (today + timedelta(days=KEPT_LONGEST)).isoformat(),
        }

    def _describe_follow(self) -> dict[str, Any]:
        """Return the counts at each milestone that is past, and the day of the next."""
        end, now = session_end(self.frames), clock.now().replace(tzinfo=None)
        with self.room.book.reading() as connection:
            followed = count_followed(connection, self.room.id, self.frames, now)
        coming = MILESTONES[len(followed) :] if end else ()
        day = (end + timedelta(coming[0])).date() if end and coming else None
        return {
            "followed": [each._asdict() for each in followed],
            "next_count": self.workbook.short_date(day),
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
        """Ask for the deletion of the room, if `word` is the word that the sheet shows.

        Raises:
            WrongWordError: it is another word; nothing was deleted.
        """
        with self.leading() as hand:
            if fold_key(word) != fold_key(self.words["delete_word"]):
                raise WrongWordError()
            ask_for_deletion(hand)
        self._is_asked = True
        return {"text": " ", "focus": "deletion"}
