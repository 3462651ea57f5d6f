"""The agenda: every next step, promise and place that has a day ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from enishi.coach.history import Frames, each, living
from enishi.coach.promise import open_promises
from enishi.coach.settings import Settings
from enishi.coach.soliciting import soliciting


@dataclass(frozen=True)
class Item:
    """Something with a day.

    Attributes:
        kind: `step` (mine), `promise` (mine), `theirs` (their promise) or `place`.
        id: of the row it comes from: a contact, a promise or a place.
        day: when; a promise may be overdue, its day then lies behind.
        words: the person's own: the step, the promise, the place's name.
        contact_id: whom it is about, '' for a place.
    """

    kind: str
    id: str
    day: date
    words: str
    contact_id: str = ""


def agenda(
    frames: Frames, today: date, days: int = 7, settings: Settings | None = None
) -> tuple[Item, ...]:
    """List what has its day within `days` from today on, and promises that are overdue.

    Args:
        frames: needs contact, place and promise.
        today: the person's day, the first one that counts.
        days: how many days, today included.
        settings: days for promises without one.

    Returns:
        By day; people who rest or are not to be contacted are left out.
    """
    last = pd.Timestamp(today + timedelta(days=days - 1))
    items = [
        *steps(frames, pd.Timestamp(today), last),
        *promises(frames, today, last, settings),
        *places(frames, pd.Timestamp(today), last),
    ]
    return tuple(sorted(items, key=lambda item: (item.day, item.kind, item.id)))


def steps(frames: Frames, first: pd.Timestamp, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the next steps of one's own."""
    people = awake(frames)
    mine = people[(people["next_step"] != "") & people["next_on"].between(first, last)]
    for id, row in each(mine):
        yield Item("step", id, row["next_on"].date(), row["next_step"], id)


def promises(
    frames: Frames, today: date, last: pd.Timestamp, settings: Settings | None
) -> Iterator[Item]:
    """Yield the open promises, mine and theirs, overdue ones too."""
    rows = open_promises(frames, today, settings)
    for id, row in each(rows[(rows["due"] <= last) & rows["contact_id"].isin(awake(frames).index)]):
        kind = "promise" if row["by"] == "me" else "theirs"
        yield Item(kind, id, row["due"].date(), row["words"], row["contact_id"])


def places(frames: Frames, first: pd.Timestamp, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the places with a next date."""
    place = frames["place"]
    for id, row in each(place[(place["name"] != "") & place["next_on"].between(first, last)]):
        yield Item("place", id, row["next_on"].date(), row["name"])


def awake(frames: Frames) -> pd.DataFrame:
    """Return the living contacts that do not rest and may well be contacted."""
    people = living(frames)
    return people[~people["closed"] & ~people["do_not_contact"] & ~soliciting(people)]
