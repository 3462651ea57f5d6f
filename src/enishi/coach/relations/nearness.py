"""The day on which a contact became near, as the user says how close they are (A49)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.relations.history import FrameRow

NEAR_WORDS = ("close", "companion")
"""The words of closeness that count as near."""
NEAR_BEFORE = ("friend", "family")
"""Values of `known_as` of contacts who were near before they were written down."""


def near_since(person: FrameRow, values: Mapping[str, Any], today: date) -> dict[str, str]:
    """Return what to write beside a closeness: today as the day they became near.

    Args:
        person: the contact's row.
        values: what is written on it.
        today: the user's current date.

    Returns:
        Nothing where `values` do not call them near, where a day is written already, and for an old
        friend or family.
    """
    said = values.get("closeness") in NEAR_WORDS and "closeness_on" not in values
    known = person["known_as"] in NEAR_BEFORE or not pd.isna(person["closeness_on"])
    return {"closeness_on": today.isoformat()} if said and not known else {}
