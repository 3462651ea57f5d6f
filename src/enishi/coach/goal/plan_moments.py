"""The moments of the if-then plans: the day each is expected, and when to ask about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unicodedata import normalize

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.goal.place_dates import date_of, last_date, next_date
from enishi.coach.language.date_phrases import find_date
from enishi.coach.language.date_readers import WEEKDAYS_JA
from enishi.coach.relations.history import Frames, is_filled, iter_rows
from enishi.coach.rules.settings import Settings

_DAY_EN = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
WEEKLY = re.compile(
    rf"毎週[^。]{{0,6}}[{WEEKDAYS_JA}]曜|[{WEEKDAYS_JA}]曜日?(?:ごと|の)"
    rf"|\b(?:every|each) {_DAY_EN}\b|\b{_DAY_EN}(?:s|['’]s)\b",
    re.IGNORECASE,
)
"""Cues that return every week: 毎週木曜, 木曜のもくもく会で, every Thursday, Thursday's group."""
ONE_DAY = re.compile(
    r"(?:今週|来週|再来週|今度|こんど|次|この|つぎ)の?.曜|\d+月|\d+/\d+"
    rf"|\b(?:next|this|coming) {_DAY_EN}",
    re.IGNORECASE,
)
"""Cues that name one such day."""
SOME_WEEKS = re.compile(
    rf"隔週|第\s?[\d一二三四五]|最終.曜|\b(?:every other|first|second|third|fourth|last) {_DAY_EN}",
    re.IGNORECASE,
)
"""Cues that return, but not every week; the words do not say when next."""


@dataclass(frozen=True)
class PlanMoment:
    """A plan of the user, with its moment.

    Attributes:
        plan_id: the plan's id.
        day: the day the moment is expected, or was; None if none is known.
        cue: the "if", in the user's words.
        act: the "then", in the user's words.
        ask: whether it is time to ask if the moment came.
    """

    plan_id: str
    day: date | None
    cue: str
    act: str
    ask: bool


def plan_moments(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[PlanMoment, ...]:
    """Return the plans with cue and act, of open goals or of none, by day, undated ones last.

    The day is the plan's own, else a date of its place: the last one before today until it was
    asked about, then the next one. A plan without any day is left out for `plan_ask_days` after it
    was asked about.

    Args:
        frames: needs plan, place and goal.
        today: the user's current date.
        settings: for how many days a plan without a day is left out.
    """
    pause = timedelta(days=(settings or Settings()).plan_ask_days)
    plans = rows_of_open_goals(frames, "plan")
    plans = plans[is_filled(plans["cue"]) & is_filled(plans["act"])]
    places = dict(iter_rows(frames["place"])) if is_filled(plans["place_id"]).any() else {}
    found = []
    for id, plan in iter_rows(plans):
        day, asked_on = expected_day(plan, places.get(plan["place_id"]), today), plan["asked_on"]
        rests = date_of(asked_on) is not None and today < asked_on.date() + pause
        if day is not None or not rests:
            ask = day is None or day < today
            found.append(PlanMoment(id, day, plan["cue"], plan["act"], ask))
    return tuple(sorted(found, key=lambda each: (each.day or date.max, each.plan_id)))


def expected_day(
    plan: Mapping[str, Any], place: Mapping[str, Any] | None, today: date
) -> date | None:
    """Return the day a plan's moment is expected, or was and has not been asked about yet.

    Args:
        plan: a row of the plan frame.
        place: the row of its place, or None.
        today: the user's current date.
    """
    on, asked_on = date_of(plan["on"]), date_of(plan["asked_on"])
    if on or place is None:
        return on
    dates = date_of(place["next_on"]), str(place["rhythm"])
    last = last_date(*dates, today)
    if last and (asked_on is None or asked_on < last):
        return last
    return next_date(*dates, today + timedelta(days=asked_on == today))


def read_moment_day(cue: str, today: date) -> date | None:
    """Return the day a cue names, of a weekly one the next; None if it names none.

    >>> read_moment_day("木曜のもくもく会で席に着いたら", date(2026, 11, 20))
    datetime.date(2026, 11, 26)
    """
    text = normalize("NFKC", cue)
    if SOME_WEEKS.search(text):
        return None
    return find_date(_one_of(text) if is_weekly(text) else text, today, is_asked=True)


def _one_of(text: str) -> str:
    """Return a weekly cue as the cue of one such day, because what returns names no day."""
    text = re.sub(r"毎週の?|\b(?:every|each) (?=[a-z])", "", text, flags=re.IGNORECASE)
    return re.sub(rf"({_DAY_EN})s\b", r"\1", text, flags=re.IGNORECASE)


def is_weekly(cue: str) -> bool:
    """Return whether the moment of a cue returns every week.

    >>> [is_weekly(cue) for cue in ("every Thursday", "次の木曜の会で", "on 3 December")]
    [True, False, False]
    """
    text = normalize("NFKC", cue)
    return bool(WEEKLY.search(text)) and not (ONE_DAY.search(text) or SOME_WEEKS.search(text))


def day_after_answer(
    plan: Mapping[str, Any], place: Mapping[str, Any] | None, today: date
) -> date | None:
    """Return the day to expect the moment next once the plan was asked about.

    It is the next such day of a weekly cue; None for any other, and where the dates of a place
    that returns decide.

    Args:
        plan: a row of the plan frame, or of the sheet.
        place: the row of its place, or None.
        today: the user's current date.
    """
    if place and place["rhythm"] in ("weekly", "monthly") and date_of(place["next_on"]):
        return None
    if not is_weekly(plan["cue"]):
        return None
    on = date_of(plan["on"])
    return read_moment_day(plan["cue"], max(today, on) if on else today)
