"""The agenda: next steps, planned gifts, promises and places, by their day or without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from enishi.coach.giving.promises import open_promises
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows
from enishi.coach.relations.solicitation import suggestible_contacts
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class Item:
    """Something to be done.

    Attributes:
        kind: `step` (mine), `gift` (planned), `promise` (mine), `theirs` (their promise) or
            `place`.
        id: of the row it comes from: a contact, a give, a promise or a place.
        day: when; what is overdue has its day behind it, None where no day is written.
        words: the person's own: the step, the promise, the place's name.
        contact_id: whom it is about, '' for a place.
    """

    kind: str
    id: str
    day: date | None
    words: str
    contact_id: str = ""


def agenda(
    frames: Frames, today: date, days: int = 7, settings: Settings | None = None
) -> tuple[Item, ...]:
    """List what has its day within `days` from today on, what is overdue, and what has no day.

    Own words stay until they are done, kept or let go: a day that passed takes nothing away.

    Args:
        frames: needs contact, give, place and promise.
        today: the person's day, the first one that counts.
        days: how many days, today included.
        settings: days for promises without one.

    Returns:
        By day, what has none last; people who rest or are not to be contacted are left out.
    """
    last = pd.Timestamp(today + timedelta(days=days - 1))
    items = [
        *steps(frames, last),
        *_gifts(frames, last),
        *promises(frames, today, last, settings),
        *_places(frames, pd.Timestamp(today), last),
    ]
    return tuple(sorted(items, key=lambda item: (item.day or date.max, item.kind, item.id)))


def steps(frames: Frames, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the next steps of one's own."""
    people = awake(frames)
    mine = people[is_filled(people["next_step"]) & ~(people["next_on"] > last)]
    for id, row in iter_rows(mine):
        yield Item("step", id, day_said(row["next_on"]), row["next_step"], id)


def _gifts(frames: Frames, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the gifts that are planned."""
    give = planned_gifts(frames, awake(frames))
    for id, row in iter_rows(give[~(give["on"] > last)]):
        yield Item("gift", id, day_said(row["on"]), row["what"], row["contact_id"])


def planned_gifts(frames: Frames, people: pd.DataFrame) -> pd.DataFrame:
    """Return the gives to `people` that are planned in words, the soonest first, undated last."""
    give = frames["give"]
    planned = isin(give["state"], "planned") & isin(give["direction"], "out")
    mine = give[planned & is_filled(give["what"]) & give["contact_id"].isin(people.index)]
    return mine.sort_values("on", kind="stable")


def day_said(day: pd.Timestamp) -> date | None:
    """Return the day of a cell, None where it is not said."""
    return None if pd.isna(day) else day.date()


def promises(
    frames: Frames, today: date, last: pd.Timestamp, settings: Settings | None
) -> Iterator[Item]:
    """Yield the open promises, mine and theirs, overdue ones too."""
    rows = open_promises(frames, today, settings)
    for id, row in iter_rows(
        rows[(rows["due"] <= last) & rows["contact_id"].isin(awake(frames).index)]
    ):
        kind = "promise" if row["by"] == "me" else "theirs"
        yield Item(kind, id, row["due"].date(), row["words"], row["contact_id"])


def _places(frames: Frames, first: pd.Timestamp, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the places with a next date."""
    place = frames["place"]
    for id, row in iter_rows(place[(place["name"] != "") & place["next_on"].between(first, last)]):
        yield Item("place", id, row["next_on"].date(), row["name"])


def awake(frames: Frames) -> pd.DataFrame:
    """Return the living contacts that do not rest and may well be contacted."""
    people = suggestible_contacts(frames)
    return people[~people["closed"] & ~people["do_not_contact"]]
