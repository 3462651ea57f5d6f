"""Leading: the phases in their order, the clock, what to say, and when to go on."""

from __future__ import annotations

from typing import Any, Literal

from enishi.room import stage
from enishi.room.progress import (
    QUIET_MS,
    WRITING_KINDS,
    are_enough_ready,
    count_ready,
    last_written,
)
from enishi.room.shown import list_guests
from widgets.base.sheet import Answer, Identifier, command
from widgets.parts.printable import PRINTABLE
from widgets.room.host import HostSheet, moment_text
from widgets.room.host_join import describe_hosting
from widgets.room.host_time import now_ms


class Lead(HostSheet):
    """Leads a room through its phases. Each act carries the version of the stage it was seen in.

    Example:
        >>> Lead(open_room_page("11-host"))     # doctest: +SKIP
    """

    name = "lead"
    parts = (*HostSheet.parts, PRINTABLE)
    writable = {"room_phase": ("say", "minutes", "title")}

    def build_state(self) -> dict[str, Any]:
        """Return the stage, all phases, and how far the current one is."""
        now = self.workbook.stage()
        rows = self.frames["room_phase"].sort_values("place", kind="stable")
        phases = [
            {
                "id": str(id),
                "version": int(row["version"]),
                "kind": row["kind"],
                "title": row["title"],
                "minutes": int(row["minutes"]),
                "grouping": row["grouping"],
                "say": row["say"],
                "skipped": bool(row["skipped"]),
                "done": bool(row["ended"] == row["ended"]),  # NaT differs from itself
            }
            for id, row in rows.iterrows()
        ]
        here = next((each for each in phases if each["id"] == now["phase_id"]), None)
        ready, present = count_ready(list_guests(self.frames), now["phase_id"] or "-")
        is_written = here is not None and here["kind"] in WRITING_KINDS
        with self.room.book.reading() as connection:
            written = last_written(connection, self.room.id)
        return {
            "stage": now,
            "trouble": describe_hosting(self.workbook)["trouble"],
            "ends": self.workbook.last_day() if now["state"] == "over" else "",
            "phases": phases,
            "ready": ready,
            "present": present,
            "enough": here is not None and are_enough_ready(ready, present),
            "last_at": written,
            "quiet_ms": QUIET_MS if is_written else None,
            "minutes": sum(each["minutes"] for each in phases if not each["skipped"]),
        }

    @command
    def enter(self, seen: int, phase: Identifier) -> Answer:
        """Lead everybody into a phase."""
        with self.leading() as hand:
            stage.enter_phase(hand, seen, phase, now_ms(), moment_text())
        return {"text": self.say("entered")}

    @command
    def pause(self, seen: int) -> None:
        """Stop the clock."""
        with self.leading() as hand:
            stage.pause(hand, seen, now_ms())

    @command
    def go_on(self, seen: int) -> None:
        """Let the clock go on."""
        with self.leading() as hand:
            stage.go_on(hand, seen, now_ms())

    @command
    def add_minute(self, seen: int) -> None:
        """Give the phase one minute more."""
        with self.leading() as hand:
            stage.add_minute(hand, seen, now_ms())

    @command
    def skip(self, seen: int, phase: Identifier, skipped: bool) -> None:
        """Leave a phase out, or take it in again."""
        with self.leading() as hand:
            stage.skip_phase(hand, seen, phase, skipped)

    @command
    def move(self, seen: int, phase: Identifier, by: Literal[-1, 1]) -> Answer:
        """Move a phase one place earlier or later."""
        with self.leading() as hand:
            rows = hand.rows("room_phase")
            order = sorted(rows, key=lambda id: (rows[id]["place"], id))
            if phase in order:
                at = order.index(phase)
                to = min(max(0, at + by), len(order) - 1)
                order.insert(to, order.pop(at))
            stage.place_phase(hand, seen, order)
        return {"focus": f"{phase}.{'up' if by < 0 else 'down'}"}

    @command
    def turn_focus(self, seen: int, on: bool) -> None:
        """Let everybody's page turn with the stage, or not."""
        with self.leading() as hand:
            stage.set_stage(hand, seen, focus=on)

    @command
    def finish(self, seen: int) -> Answer:
        """End the session; what was written stays until it is deleted."""
        with self.leading() as hand:
            stage.end_room(hand, seen, moment_text())
        return {"text": self.say("finished")}
