"""Consents: what the group may see of one, each off at first; and the strengths one shows."""

from __future__ import annotations

from typing import Any, Literal

from enishi.room.room import Command
from widgets.base.sheet import Answer, command
from widgets.room.participant import ParticipantSheet, touch_during

_SHARED = ("contact_means", "strengths", "needs")
_COLUMNS = ("version", "show_requests", "show_strengths", "contact_after", "keep_record", *_SHARED)
OWN_MOST = 30
"""Most strengths of one's own list that are offered."""


class Consents(ParticipantSheet):
    """Asks what may be shown, and takes each answer back at any time.

    Example:
        >>> Consents(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "consents"
    writable = {"room_seat": _SHARED}

    def describe(self) -> dict[str, Any]:
        """Return the seat's consents and what it shares, and strengths of the person's own list."""
        seat = self.own_seat()
        row = {name: seat[name] for name in _COLUMNS}
        row = {
            name: value.item() if hasattr(value, "item") else value for name, value in row.items()
        }
        mine = [each["name"].strip() for each in self.workbook.rows("strength", "name")]
        shown = set(row["strengths"])
        return {
            "seat": row | {"id": self.workbook.seat_id},
            "mine": [name for name in dict.fromkeys(mine) if name and name not in shown][:OWN_MOST],
        }

    def after_write(self, hand: Command, table: str, id: str) -> None:
        """Let those see new contact means who are taking them home just now."""
        touch_during(hand, "home")

    @command
    def agree(
        self,
        to: Literal["show_requests", "show_strengths", "contact_after", "keep_record"],
        is_on: bool,
    ) -> Answer:
        """Agree to something, or withdraw it: then it is gone from every screen at once."""
        with self.room.command() as hand:
            hand.update("room_seat", hand.seat_id, **{to: is_on})
            if is_on:
                touch_during(hand, "ring", "partner", "home")
            else:
                hand.touch()
        return {"text": self.say("agreed" if is_on else "withdrawn")}
