"""Remembering: what the user says about an imported contact from memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.language.date_phrases import find_date


@dataclass(frozen=True)
class RememberedContact:
    """What the user said about one contact, as rows of the book without `contact_id`.

    Attributes:
        contact: the columns of the contact that were said.
        facts: rows of `fact`.
        promises: rows of `promise`, at most one.
    """

    contact: dict[str, Any]
    facts: tuple[dict[str, Any], ...]
    promises: tuple[dict[str, Any], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.contact or self.facts or self.promises)


def remembered_contact(
    today: date,
    *,
    known_as: str = "",
    known_since: int | None = None,
    met_on: str = "",
    where_met: str = "",
    loves: str = "",
    trying: str = "",
    promise: str = "",
    due: str | None = None,
) -> RememberedContact:
    """Return what to write about a contact; nothing is written for what was not said.

    `known_since` counts only for contacts known before. For those just met (`known_as`) `met_on` is
    written even if it is empty: a day that a file had is no day of meeting. The day of the promise
    is `due`, or where that is None the one its words name; the day on which it was made is not
    known.

    >>> remembered_contact(date(2026, 11, 20), promise="金曜までに写真を送る").promises[0]["due"]
    '2026-11-27'
    """
    is_new = known_as == "just_met"
    contact = {
        "known_as": known_as,
        "known_since": None if is_new else known_since,
        "where_met": where_met.strip(),
    }
    facts = {"loves": loves.strip(), "trying": trying.strip()}
    if due is None:
        named = find_date(promise, today)
        due = named.isoformat() if named else ""
    promised = {
        "by": "me",
        "words": promise.strip(),
        "due": due,
    }
    return RememberedContact(
        {column: value for column, value in contact.items() if value}
        | ({"met_on": met_on} if is_new else {}),
        tuple(
            {"kind": kind, "words": words, "on": today.isoformat()}
            for kind, words in facts.items()
            if words
        ),
        (promised,) if promised["words"] else (),
    )


def next_contact(people: pd.DataFrame, asked: Collection[str]) -> str | None:
    """Return the id of the first of `people` that is not in `asked`; None if there is none."""
    return next((str(id) for id in people.index if id not in asked), None)
