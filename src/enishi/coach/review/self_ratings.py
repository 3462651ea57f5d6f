"""The three dials of the user's self-check: all readings, and when to ask again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.rules.settings import Settings

DIALS = ("dial_goal", "dial_benefit", "dial_time")
"""The dials: who the user wants to become, thinking of the other's benefit, giving time (A9)."""


@dataclass(frozen=True)
class SelfRating:
    """One reading: its date, and the value of each dial that was set, 0 to 10."""

    on: date
    values: Mapping[str, int]


@dataclass(frozen=True)
class SelfRatings:
    """All readings, the oldest first, and what follows from the last.

    Attributes:
        readings: at most one per day, the later of two.
        due: whether there is none yet, or `dials_days` days have passed since the last.
        begin: the lowest dial of the last reading, as a place to begin; "" while fewer than two
            are set or all are equal. It does not compare the user with other people.
    """

    readings: tuple[SelfRating, ...]
    due: bool
    begin: str


def read_dials(reviews: pd.DataFrame, today: date, settings: Settings | None = None) -> SelfRatings:
    """Return the readings from the reviews up to `today`.

    Args:
        reviews: the review frame; other kinds of review are ignored.
        today: the user's current date.
        settings: the number of days after which to ask again.
    """
    settings = settings or Settings()
    kept = reviews[(reviews["kind"] == "dials") & (reviews["on"] <= pd.Timestamp(today))]
    by_day: dict[date, SelfRating] = {}
    for row in kept.sort_values("on", kind="stable").to_dict("records"):
        values = {name: int(row[name]) for name in DIALS if not pd.isna(row[name])}
        if values:
            day = row["on"].date()
            by_day[day] = SelfRating(day, values)
    readings = tuple(by_day.values())
    if not readings:
        return SelfRatings((), True, "")
    last = readings[-1]
    return SelfRatings(readings, (today - last.on).days >= settings.dials_days, lowest(last.values))


def lowest(values: Mapping[str, int]) -> str:
    """Return the dial with the lowest value, the first of equals; "" if all values are equal.

    >>> lowest({"dial_goal": 6, "dial_benefit": 3, "dial_time": 3})
    'dial_benefit'
    >>> lowest({"dial_goal": 5, "dial_benefit": 5, "dial_time": 5})
    ''
    """
    if len(set(values.values())) < 2:
        return ""
    return min(values, key=lambda name: (values[name], DIALS.index(name)))
