"""What the sheets of a participant have in common: they are open to whoever has a seat."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from enishi.book.room_tables import STAGE
from enishi.room.room import Command, Room
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import ForbiddenError
from widgets.room.room_sheet import RoomSheet


class ParticipantSheet(RoomSheet):
    """A sheet for one person in the room; see `RoomSheet`."""

    @property
    def room(self) -> Room:
        """The room.

        Raises:
            ForbiddenError: this page is open on none, or the person is not let in.
        """
        if self.why_closed():
            raise ForbiddenError()
        return super().room

    def build_state(self) -> dict[str, Any]:
        """Return what the sheet shows, computed anew only if something moved."""
        found: dict[str, Any] = self.workbook.cached_for_room(self.name, self.describe)
        return found

    def describe(self) -> dict[str, Any]:
        """Return what the sheet shows to whoever has a seat, as plain JSON."""
        raise NotImplementedError

    def why_closed(self) -> str:
        """Return why somebody has no seat, or must wait; see `RoomSheet`."""
        if not self.workbook.seat_id:
            return super().why_closed() or "no_seat"
        return "" if self.workbook.is_let_in else "waiting"

    def own_seat(self) -> Any:
        """Return the row of the person's seat."""
        return self.workbook.read_room()["room_seat"].loc[self.workbook.seat_id]

    def phase_now(self) -> JsonRow | None:
        """Return the phase everybody is in; None before and after."""
        current = self.workbook.stage()["phase_id"]
        return next((each for each in self.workbook.phases() if each["id"] == current), None)

    def title_of(self, phase: JsonRow) -> str:
        """Return what a phase is called: by its agenda, else by its kind."""
        named = self.workbook.texts_of("room")["phases"][phase["kind"]]["name"]
        return str(phase["title"] or named)


def touch_during(hand: Command, *kinds: str) -> None:
    """Let every page look anew, if the room is in a phase of one of these kinds, or is over."""
    stage = hand.batch.row("room_stage", STAGE)
    phase = stage["phase_id"] and hand.batch.row("room_phase", stage["phase_id"])
    if stage["state"] == "over" or (phase and phase["kind"] in kinds):
        hand.touch()


def due_day(value: Any) -> date | None:
    """Return a day of a frame; None for none."""
    return pd.Timestamp(value).date() if pd.notna(value) and value else None
