"""What was a talk with a contact: a meeting or a call, not a letter or a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows

TOGETHER = ("met", "meal", "call", "video", "event")
"""Kinds of encounter in which people talk with each other."""


@dataclass(frozen=True)
class Exchange:
    """A talk with a contact, or something written between them.

    Attributes:
        on: the day.
        kind: the kind of encounter.
        note: what the user noted, may be empty.
    """

    on: date
    kind: str
    note: str


def last_exchange(
    frames: Frames, contact_id: str, today: date, *kinds: str, noted: bool = False
) -> Exchange | None:
    """Return the last encounter of `kinds` with a contact up to today; None where none is written.

    What the user noted as no more than a hello is left out.

    Args:
        frames: needs encounter.
        contact_id: the contact.
        today: the user's current date; later entries are plans.
        kinds: `TOGETHER` or `WRITTEN`.
        noted: whether it needs a note.
    """
    rows = frames["encounter"]
    rows = rows[(rows["contact_id"] == contact_id).to_numpy() & isin(rows["kind"], *kinds)]
    rows = rows[(rows["on"] <= pd.Timestamp(today)) & ~isin(rows["depth"], "hello")]
    if noted:
        rows = rows[is_filled(rows["note"])]
    last = iter_rows(rows.sort_values("on", kind="stable").tail(1))
    return next((Exchange(row["on"].date(), row["kind"], row["note"]) for _, row in last), None)


def remembered_talk(
    frames: Frames, contact_id: str, since: date | None = None
) -> tuple[str, date] | None:
    """Return when the user remembers the last talk, and the day they said so.

    Args:
        frames: needs contact.
        contact_id: the contact.
        since: the day of the last talk that is entered; what was said before it is over.

    Returns:
        One of `LAST_TALKS` and the day; None where nothing was said, or only that the user does not
        remember.
    """
    ((_, person),) = iter_rows(frames["contact"].loc[[contact_id]])
    word, said = person["last_talk"], person["last_talk_said_on"]
    if word in ("", "unsure") or pd.isna(said) or (since and since >= said.date()):
        return None
    return word, said.date()
