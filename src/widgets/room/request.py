"""Request: what one cannot do alone, why, by when; and whether the group may see it."""

from __future__ import annotations

from itertools import count
from typing import Any

from enishi.coach.goal.vague_wish import find_vague
from enishi.coach.messages.lint import about_words
from enishi.room.errors import NotPermittedError
from enishi.room.room import Command
from widgets.base.explanations import describe_issues
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, Identifier, command
from widgets.room.participant import ParticipantSheet, touch_during

_WRITTEN = ("words", "why", "by", "small_step", "state")
CHECKS = ("lint_joint_venture", "lint_business_early", "lint_mentor", "lint_widen", "lint_pressing")
"""The rules on messages that also apply to a request read aloud."""
REQUESTS_MOST = 5
"""Most requests of one seat."""


class Request(ParticipantSheet):
    """Asks for one request; it stays private until the person shows it.

    Example:
        >>> Request(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "request"
    writable = {"room_request": _WRITTEN}
    creatable = ("room_request",)

    def describe(self) -> dict[str, Any]:
        """Return the open request, or an unmade one; earlier ones; and hints on its words."""
        found = self._list_own()
        open_ = [row for row in found if row["state"] == "open"]
        request = open_[-1] if open_ else self._unmade(found)
        return {
            "request": request,
            "earlier": [row for row in found if row is not request and row["words"].strip()],
            "is_full": not request["version"] and len(found) >= REQUESTS_MOST,
            "agreed": bool(self.own_seat()["show_requests"]),
            "hints": self._find_hints(request["words"]),
        }

    def _list_own(self) -> list[JsonRow]:
        requests = self.workbook.read_room()["room_request"]
        own = requests[requests["seat_id"] == self.workbook.seat_id]
        return rows(own, "version", "shown", *_WRITTEN)

    def _unmade(self, found: list[JsonRow]) -> JsonRow:
        """Return the request that the first write makes; two devices write to the same one."""
        taken = {row["id"] for row in found}
        ids = (f"{self.workbook.seat_id}-{number}" for number in count(1))
        empty = dict.fromkeys(("words", "why", "by", "small_step"), "")
        return (
            {"id": next(id for id in ids if id not in taken), "version": 0}
            | empty
            | {
                "state": "open",
                "shown": False,
            }
        )

    def _find_hints(self, words: str) -> list[JsonRow]:
        """Return what a listener may take amiss, and the first thing that is missing."""
        settings, texts = self.workbook.settings, self.workbook.texts_of("rules")
        amiss = [each for each in about_words(words, 0) if each.rule in CHECKS]
        missing = describe_issues(find_vague(words), settings, texts)
        return describe_issues(amiss, settings, texts) + missing[:1]

    def after_write(self, hand: Command, table: str, id: str) -> None:
        """Refuse one request too many; let the ring see a change of one that is shown."""
        before = [row["id"] for row in self._list_own()]
        if id not in before and len(before) >= REQUESTS_MOST:
            raise NotPermittedError()
        if hand.batch.row(table, id)["shown"]:
            touch_during(hand, "ring")

    @command
    def show(self, id: Identifier, is_shown: bool, agrees: bool = False) -> Answer:
        """Show a request to the group, or to nobody again.

        Raises:
            NotPermittedError: there is no consent, or nothing is written.
        """
        with self.room.command() as hand:
            seat = hand.batch.row("room_seat", hand.seat_id)
            if is_shown and agrees and not seat["show_requests"]:
                hand.update("room_seat", hand.seat_id, show_requests=True)
            elif is_shown and not seat["show_requests"]:
                raise NotPermittedError()
            if is_shown and not hand.batch.row("room_request", id)["words"].strip():
                raise NotPermittedError()
            hand.update("room_request", id, shown=is_shown)
            if is_shown:
                touch_during(hand, "ring")
            else:
                hand.touch()
        return {"text": self.say("shown_now" if is_shown else "unshown_now")}
