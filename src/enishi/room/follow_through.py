"""What became of the promises a week and four weeks after a session: counts, and never whose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, select

from enishi.book.tables import change
from enishi.book.validation import MOMENT
from enishi.room.shown import RoomFrames

MILESTONES = (7, 28)
"""Days after the session."""


class PromiseCount(NamedTuple):
    """How many promises were kept, not yet, and let go, so many days after the session."""

    days: int
    kept: int
    open: int
    let_go: int


def session_end(frames: RoomFrames) -> datetime | None:
    """Return the instant at which the last phase ended, or began if it has not ended; in UTC."""
    phases = frames["room_phase"]
    last = pd.concat([phases["began"], phases["ended"]]).max()
    return None if pd.isna(last) else pd.Timestamp(last).to_pydatetime()


def count_followed(
    connection: Connection, room: str, frames: RoomFrames, now: datetime
) -> tuple[PromiseCount, ...]:
    """Return the counts of each milestone that is past, as they were then.

    Args:
        connection: reads the journal.
        room: the id of the room.
        frames: its frames.
        now: the current instant, in UTC without a time zone.
    """
    end = session_end(frames)
    if end is None:
        return ()
    past = [days for days in MILESTONES if end + timedelta(days) <= now]
    return tuple(
        _count(days, _states_at(connection, room, frames, end + timedelta(days))) for days in past
    )


def _states_at(
    connection: Connection, room: str, frames: RoomFrames, moment: datetime
) -> dict[str, str]:
    """Return the state of each promise as it was: what was written later is taken back."""
    rows = frames["room_promise"]
    said = rows["state"][rows["words"].str.strip() != ""]
    states = {str(id): str(state) for id, state in said.items()}
    later = select(change.c.rows).where(
        change.c.owner == room, change.c.at > moment.strftime(MOMENT)
    )
    for calls in connection.scalars(later.order_by(change.c.seq.desc())):
        for each in calls:
            if each["table"] != "room_promise" or each["id"] not in states:
                continue
            if each["before"] is None:  # it was made later
                del states[each["id"]]
            else:
                states[each["id"]] = each["before"].get("state", states[each["id"]])
    return states


def _count(days: int, states: dict[str, str]) -> PromiseCount:
    found = list(states.values())
    return PromiseCount(days, *(found.count(state) for state in ("kept", "open", "let_go")))
