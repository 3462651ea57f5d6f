"""The agenda: next steps, planned gifts, promises and places, by their date or without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from enishi.coach.giving.promises import open_promises
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class Item:
    """One entry of the agenda.

    Attributes:
        kind: `step` (the user's), `gift` (planned), `promise` (the user's), `theirs` (a contact's
            promise) or `place`.
        id: the id of the row it comes from: a contact, a give, a promise or a place.
        day: the date, in the past when overdue; None where no date is written.
        words: the user's own text: the step, the gift, the promise or the place's name.
        contact_id: the contact it is about, '' for a place.
    """

    kind: str
    id: str
    day: date | None
    words: str
    contact_id: str = ""


def agenda(
    frames: Frames, today: date, days: int = 7, settings: Settings | None = None
) -> tuple[Item, ...]:
    """Return the entries dated within `days` from today on, the overdue and the undated ones.

    Steps, gifts and promises stay after their date until they are done, kept or let go.

    Args:
        frames: needs contact, give, place and promise.
        today: the user's current date, the first day of the range.
        days: the length of the range in days, today included.
        settings: the days until a promise without a date is due.

    Returns:
        The entries by date, undated ones last. Contacts who rest, are not to be contacted or
        showed signs of solicitation are left out.
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
    """Yield the user's next steps that are dated up to `last` or undated."""
    rows = open_steps(frames)
    for id, row in iter_rows(rows[~(rows["on"] > last)]):
        yield Item("step", id, cell_date(row["on"]), row["words"], row["contact_id"])


def _gifts(frames: Frames, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the planned gifts that are dated up to `last` or undated."""
    give = planned_gifts(frames, contactable(frames))
    for id, row in iter_rows(give[~(give["on"] > last)]):
        yield Item("gift", id, cell_date(row["on"]), row["what"], row["contact_id"])


def planned_gifts(frames: Frames, people: pd.DataFrame) -> pd.DataFrame:
    """Return the planned gives to `people` that have a text, by date, undated last."""
    give = frames["give"]
    planned = isin(give["state"], "planned") & isin(give["direction"], "out")
    mine = give[planned & is_filled(give["what"]) & give["contact_id"].isin(people.index)]
    return mine.sort_values("on", kind="stable")


def cell_date(day: pd.Timestamp) -> date | None:
    """Return the date of a cell, None where it is empty."""
    return None if pd.isna(day) else day.date()


def promises(
    frames: Frames, today: date, last: pd.Timestamp, settings: Settings | None
) -> Iterator[Item]:
    """Yield the open promises, the user's and theirs: overdue, due up to `last`, or undated."""
    rows = open_promises(frames, today, settings)
    for id, row in iter_rows(
        rows[
            ((rows["due"] <= last) | ~rows["dated"])
            & rows["contact_id"].isin(contactable(frames).index)
        ]
    ):
        kind = "promise" if row["by"] == "me" else "theirs"
        day = row["due"].date() if row["dated"] else None
        yield Item(kind, id, day, row["words"], row["contact_id"])


def _places(frames: Frames, first: pd.Timestamp, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the named places with a next date from `first` to `last`."""
    place = frames["place"]
    for id, row in iter_rows(place[(place["name"] != "") & place["next_on"].between(first, last)]):
        yield Item("place", id, row["next_on"].date(), row["name"])


def contactable(frames: Frames) -> pd.DataFrame:
    """Return the contacts a suggestion may name that do not rest and may be contacted."""
    people = suggestible_contacts(frames)
    return people[~people["closed"] & ~people["do_not_contact"]]
