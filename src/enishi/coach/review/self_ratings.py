"""The three dials one checks oneself with: what was said each time, and when to ask again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.rules.settings import Settings

DIALS = ("dial_goal", "dial_benefit", "dial_time")
"""I know who I want to become; I think of the other's benefit; I give it time (A9)."""


@dataclass(frozen=True)
class SelfRating:
    """One time the dials were set: its day, and each dial that was touched, 0 to 10."""

    on: date
    values: Mapping[str, int]


@dataclass(frozen=True)
class SelfRatings:
    """Every reading, the oldest first, and what follows from the last.

    Attributes:
        readings: at most one a day, the later one of two.
        due: there is none yet, or a month has passed.
        begin: the dial that stands lowest in the last reading, where one may begin; "" while
            fewer than two were set or all are equal. It compares a person with nobody else.
    """

    readings: tuple[SelfRating, ...]
    due: bool
    begin: str


def read_dials(reviews: pd.DataFrame, today: date, settings: Settings | None = None) -> SelfRatings:
    """Gather the dials from the reviews up to `today`.

    Args:
        reviews: the review frame; other kinds of review are left out.
        today: the person's day.
        settings: after how many days to ask again.
    """
    rule = settings or Settings()
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
    return SelfRatings(readings, (today - last.on).days >= rule.dials_days, lowest(last.values))


def lowest(values: Mapping[str, int]) -> str:
    """Return the dial that stands lowest, the earlier of two; "" where there is nothing to choose.

    >>> lowest({"dial_goal": 6, "dial_benefit": 3, "dial_time": 3})
    'dial_benefit'
    >>> lowest({"dial_goal": 5, "dial_benefit": 5, "dial_time": 5})
    ''
    """
    if len(set(values.values())) < 2:
        return ""
    return min(values, key=lambda name: (values[name], DIALS.index(name)))
