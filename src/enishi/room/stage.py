"""The stage and its clock: which phase everybody is in, and when it ends.

Times are instants in milliseconds since 1970; a page gets the server's time with each state, so
that two screens show the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from enishi.book.room_tables import STAGE
from enishi.book.tables import change
from enishi.room.errors import NotPermittedError, StageMovedError
from enishi.room.room import Command

MINUTE_MS = 60_000


@dataclass(frozen=True)
class Clock:
    """The clock of a phase.

    Attributes:
        ends_at: the instant the phase ends; None while it is paused or has no end.
        left_ms: what was left when it was paused; None while it runs.
    """

    ends_at: int | None
    left_ms: int | None

    def left(self, now: int) -> int | None:
        """Return how many milliseconds are left, never below 0; None without a clock.

        >>> Clock(5_000, None).left(4_000), Clock(None, 300).left(9_999), Clock(None, None).left(0)
        (1000, 300, None)
        """
        if self.left_ms is not None:
            return self.left_ms
        return None if self.ends_at is None else max(0, self.ends_at - now)


def clock_of(stage: Mapping[str, Any]) -> Clock:
    """Return the clock of the row of the stage."""
    return Clock(stage["ends_at"], stage["left_ms"])


def enter_phase(command: Command, seen: int, phase_id: str, now: int, at: str) -> None:
    """Lead everybody into a phase; its clock begins.

    Args:
        command: the hand of whoever leads.
        seen: the version of the stage they saw.
        phase_id: the phase.
        now: the current instant.
        at: the same as the stored text of an instant.

    Raises:
        StageMovedError: another facilitator moved the stage meanwhile.
        NotPermittedError: the phase is skipped.
    """
    stage = read_stage(command, seen)
    phase = command.batch.row("room_phase", phase_id)
    if phase["skipped"]:
        raise NotPermittedError()
    if stage["phase_id"] and stage["phase_id"] != phase_id:
        command.update("room_phase", stage["phase_id"], ended=at)
    command.update("room_phase", phase_id, began=at, ended="")
    command.update(
        "room_stage",
        STAGE,
        seen,
        phase_id=phase_id,
        ends_at=now + phase["minutes"] * MINUTE_MS,
        left_ms=None,
        state="running",
    )


def pause(command: Command, seen: int, now: int) -> None:
    """Stop the clock; see `enter_phase`."""
    clock = clock_of(read_stage(command, seen))
    if clock.ends_at is None:
        raise NotPermittedError()
    command.update("room_stage", STAGE, seen, ends_at=None, left_ms=clock.left(now))


def go_on(command: Command, seen: int, now: int) -> None:
    """Let the clock go on after a pause; see `enter_phase`."""
    clock = clock_of(read_stage(command, seen))
    if clock.left_ms is None:
        raise NotPermittedError()
    command.update("room_stage", STAGE, seen, ends_at=now + clock.left_ms, left_ms=None)


def add_minute(command: Command, seen: int, now: int) -> None:
    """Give the phase one minute more, from now on if it is over; see `enter_phase`."""
    clock = clock_of(read_stage(command, seen))
    if clock.left_ms is not None:
        command.update("room_stage", STAGE, seen, left_ms=clock.left_ms + MINUTE_MS)
    elif clock.ends_at is not None:
        command.update("room_stage", STAGE, seen, ends_at=max(now, clock.ends_at) + MINUTE_MS)
    else:
        raise NotPermittedError()


def end_room(command: Command, seen: int, at: str) -> None:
    """End the session: no phase is on; what was written stays until it is deleted."""
    stage = read_stage(command, seen)
    if stage["phase_id"]:
        command.update("room_phase", stage["phase_id"], ended=at)
    command.update("room_stage", STAGE, seen, phase_id="", ends_at=None, left_ms=None, state="over")


def skip_phase(command: Command, seen: int, phase_id: str, skipped: bool) -> None:
    """Leave a phase out, or take it in again; see `enter_phase`.

    Raises:
        NotPermittedError: everybody is in it, or the session is over.
    """
    stage = read_stage(command, seen)
    if stage["phase_id"] == phase_id or stage["state"] == "over":
        raise NotPermittedError()
    command.update("room_phase", phase_id, skipped=skipped)
    command.touch()


def place_phase(command: Command, seen: int, order: Sequence[str]) -> None:
    """Bring the phases into an order; `order` has all of their ids. See `enter_phase`.

    Raises:
        NotPermittedError: a phase is missing in it or unknown, or the session is over.
    """
    stage = read_stage(command, seen)
    phases = command.rows("room_phase")
    is_whole = set(order) == phases.keys() and len(order) == len(phases)
    if not is_whole or stage["state"] == "over":
        raise NotPermittedError()
    for place, phase_id in enumerate(order):
        command.update("room_phase", phase_id, place=place)
    command.touch()


def reveal_phase(command: Command, seen: int, phase_id: str, to: str) -> None:
    """Show what was written in a phase to nobody, to whoever leads, or to all.

    See `enter_phase`.
    """
    read_stage(command, seen)
    command.update("room_phase", phase_id, revealed=to)
    command.touch()


def set_stage(command: Command, seen: int, **values: Any) -> None:
    """Set the door, the focus, or the day on which the room is deleted; see `enter_phase`."""
    read_stage(command, seen)
    command.update("room_stage", STAGE, seen, **values)


def read_stage(command: Command, seen: int) -> Mapping[str, Any]:
    """Return the row of the stage, if it is as it was seen.

    What participants write raises its version as well, by `touched`; no act is too late by that.

    Raises:
        NotPermittedError: the person does not lead.
        StageMovedError: it was moved meanwhile.
    """
    if not command.leads:
        raise NotPermittedError()
    stage = command.batch.row("room_stage", STAGE)
    if stage["version"] != seen and _is_moved_since(command, seen):
        raise StageMovedError()
    return stage


def _is_moved_since(command: Command, seen: int) -> bool:
    """Return whether a facilitator did anything to the stage or a phase after version `seen`."""
    calls = select(change.c.rows).where(change.c.owner == command.batch.owner)
    newest_first = calls.order_by(change.c.seq.desc()).execution_options(yield_per=20)
    with command.batch.connection.execute(newest_first) as found:
        for row in (row for rows in found.scalars() for row in rows):
            if row["table"] == "room_phase":
                return True
            if row["table"] == "room_stage":
                if not (row["before"] and row["after"]):
                    return True
                if row["after"].keys() - {"version", "touched"}:
                    return True
                if row["before"]["version"] <= seen:
                    return False
    return True
