"""The dates of a place: none is before today, none is skipped, and the weekday stays."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enishi.coach.goal.place_dates import last_date, next_date, occurrences, with_next_dates
from frames import frames

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
LATER = st.integers(0, 2000).map(lambda count: timedelta(days=count))
RHYTHMS = st.sampled_from(["weekly", "monthly", "once", ""])
THURSDAY = date(2026, 11, 12)
"""The second Thursday of November 2026."""


@given(DAYS, RHYTHMS, DAYS)
@example(date(2026, 1, 29), "monthly", date(2026, 2, 27))
def test_the_next_date_is_never_before_today_and_keeps_its_weekday(
    next_on: date, rhythm: str, today: date
) -> None:
    found = next_date(next_on, rhythm, today)

    if found is None:
        assert rhythm in ("once", "") and next_on < today
    else:
        assert found >= max(today, next_on)
        assert found.weekday() == next_on.weekday()


@given(DAYS, DAYS)
def test_of_a_weekly_place_no_date_is_skipped(next_on: date, today: date) -> None:
    found = next_date(next_on, "weekly", today)

    assert found is not None
    assert found == next_on or found < today + timedelta(days=7)


@given(DAYS, LATER)
@example(date(2026, 1, 29), timedelta(0))  # a fifth Thursday, before a month of four
def test_a_monthly_place_has_one_date_in_each_month_and_in_the_same_week(
    next_on: date, length: timedelta
) -> None:
    place = {"next_on": next_on.isoformat(), "rhythm": "monthly"}
    found = occurrences(place, next_on, next_on + length)

    assert found[0] == next_on
    for before, day in pairwise(found):
        assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == 1
        last = monthrange(day.year, day.month)[1]
        if (next_on.day - 1) // 7 == 4:
            assert day.day > last - 7
        else:
            assert (day.day - 1) // 7 == (next_on.day - 1) // 7


@given(DAYS, RHYTHMS, DAYS, LATER)
def test_the_dates_of_a_span_are_those_that_follow_one_another(
    next_on: date, rhythm: str, first: date, length: timedelta
) -> None:
    place = {"next_on": pd.Timestamp(next_on), "rhythm": rhythm}
    last = first + length
    expected = []
    day = next_date(next_on, rhythm, first)
    while day is not None and day <= last:
        expected.append(day)
        day = next_date(next_on, rhythm, day + timedelta(days=1))

    assert occurrences(place, first, last) == tuple(expected)


@given(DAYS, RHYTHMS, DAYS)
def test_the_last_date_is_the_one_just_before_the_next(
    next_on: date, rhythm: str, today: date
) -> None:
    last = last_date(next_on, rhythm, today)

    assert (last is None) == (next_on >= today)
    if last is not None:
        assert last < today
        assert next_date(next_on, rhythm, last) == last
        assert next_date(next_on, rhythm, last + timedelta(days=1)) == next_date(
            next_on, rhythm, today
        )


@pytest.mark.parametrize(
    ("rhythm", "today", "day"),
    [
        ("weekly", date(2026, 11, 13), date(2026, 11, 19)),
        ("weekly", date(2026, 11, 19), date(2026, 11, 19)),
        ("monthly", date(2026, 11, 13), date(2026, 12, 10)),
        ("monthly", date(2026, 12, 11), date(2027, 1, 14)),
        ("once", date(2026, 11, 12), THURSDAY),
        ("once", date(2026, 11, 13), None),
        ("", date(2026, 11, 13), None),
    ],
)
def test_a_place_comes_round_by_its_rhythm(rhythm: str, today: date, day: date | None) -> None:
    assert next_date(THURSDAY, rhythm, today) == day


def test_a_place_without_a_date_has_none() -> None:
    assert next_date(None, "weekly", THURSDAY) is None
    assert last_date(None, "weekly", THURSDAY) is None
    assert occurrences({"next_on": "", "rhythm": "weekly"}, THURSDAY, THURSDAY) == ()
    assert with_next_dates(frames()["place"], THURSDAY).empty


def test_a_list_of_places_moves_on_together() -> None:
    place = frames(
        place=[
            {"id": "quiet", "rhythm": "weekly", "next_on": "2026-11-12"},
            {"id": "fair", "rhythm": "once", "next_on": "2026-11-12"},
            {"id": "some", "rhythm": "monthly"},
        ]
    )["place"]
    moved = with_next_dates(place, date(2026, 11, 20))["next_on"]

    assert moved["quiet"] == pd.Timestamp("2026-11-26")
    assert moved[["fair", "some"]].isna().all()
    assert moved.dtype == place["next_on"].dtype
