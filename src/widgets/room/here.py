"""Here: the phase everybody is in, its clock, whether one is ready, and one's raised hand."""

from __future__ import annotations

from typing import Any

from enishi import clock
from enishi.book.validation import MOMENT
from enishi.room.entries import rename_seat
from enishi.room.shown import initial_shown, name_shown, promises_by
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ShortText, command
from widgets.room.host_time import HOST_TIME
from widgets.room.participant import ParticipantSheet, due_day
from widgets.room.room_page import SHEET_OF


class Here(ParticipantSheet):
    """Shows where the room is, and turns the page with it while the facilitator wants that.

    Example:
        >>> Here(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "here"
    parts = (HOST_TIME,)
    writable = {"room_promise": ("state",)}

    def build_state(self) -> dict[str, Any]:
        """Return the stage as it is now: its clock moves with every look."""
        return self.describe()

    def describe(self) -> dict[str, Any]:
        """Return the stage with its clock, the phase with its sheet, and one's own marks."""
        stage, seat, phase = self.workbook.stage(), self.own_seat(), self.phase_now()
        return {
            "title": stage["title"],
            "state": stage["state"],
            "focus": stage["focus"],
            "stage": {name: stage[name] for name in ("ends_at", "left_ms", "now")},
            "phase": self._describe_phase(phase) if phase else None,
            "ready": bool(phase) and seat["ready_phase"] == stage["phase_id"],
            "hand": _is_said(seat["hand_at"]),
            "name": name_shown(seat),
            "called": seat["called"],
            "promises": self._describe_promises() if stage["state"] == "over" else [],
            "initials": initial_shown(seat),
            "delete_on": self.workbook.last_day(),
        }

    def _describe_phase(self, phase: JsonRow) -> JsonRow:
        texts = self.workbook.texts_of("room")
        return {
            "id": phase["id"],
            "title": self.title_of(phase),
            "for": texts["phases"][phase["kind"]]["for"],
            "grouping": texts["groupings"][phase["grouping"]],
            "sheet": SHEET_OF.get(phase["kind"], ""),
        }

    def _describe_promises(self) -> list[JsonRow]:
        """Return what the person promised, to say what became of it."""
        found = promises_by(self.workbook.read_room(), self.workbook.seat_id)
        return [
            {
                "id": each.id,
                "version": int(each.row["version"]),
                "who": each.who,
                "words": each.words,
                "due": self.workbook.short_date(due_day(each.row["due"])),
                "state": each.row["state"],
            }
            for each in found
            if each.words.strip()
        ]

    @command
    def rename(self, called: ShortText) -> Answer:
        """Change the name by which one is called.

        Raises:
            CalledError: it is empty or too long; nothing was changed.
        """
        with self.room.command() as hand:
            name, mark = rename_seat(hand, called)
            hand.touch()
        shown = name_shown({"called": name, "mark": mark})
        return {"text": self.say("renamed", name=shown)}

    @command
    def say_ready(self, is_ready: bool) -> Answer:
        """Say that one is done with the phase everybody is in, or take it back."""
        with self.room.command() as hand:
            phase = self.phase_now()
            done = phase["id"] if is_ready and phase else ""
            hand.update("room_seat", hand.seat_id, ready_phase=done)
        return {"text": " "}

    @command
    def raise_hand(self, is_up: bool) -> Answer:
        """Raise one's hand, or lower it."""
        with self.room.command() as hand:
            at = clock.now().strftime(MOMENT) if is_up else ""
            hand.update("room_seat", hand.seat_id, hand_at=at)
        return {"text": self.say("hand_is_up") if is_up else " "}


def _is_said(moment: Any) -> bool:
    """Return whether an instant of a frame is there."""
    return bool(moment) and moment == moment
