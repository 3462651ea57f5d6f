"""The picture of the week: one that has something to say now, and why it was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.history import (
    Frames,
    is_filled,
    isin,
    iter_rows,
    names_by_id,
    said_closeness,
)
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.review.self_ratings import DIALS, read_dials
from enishi.coach.strengths.strengths import quadrant
from enishi.pictures.beginnings import find_origins
from enishi.pictures.picture import Wording, shorten_to, to_date

_WEEK = timedelta(days=7)
_FIRST_WEEK = date(2026, 1, 5)
"""The Monday from which on pictures take turns."""
_OPEN_DAYS = 28
"""Days after which it is said that a promise is still open."""
_FRESH_DAYS = 42
"""Days for which something that happened is a reason."""
_LANE_DAYS = 358
"""Days for which a promise stands in the picture of the threads for a whole week."""
_RINGS_LEAST = 2
"""Minimum number of placed contacts for an unplaced one to be a reason."""
_WORDS_WIDTH = 80
"""Width of a text of the book in a reason, in half-width characters."""
_ROWS_MOST = 50
"""Most rows of one kind that are looked at, the newest."""


class Occasion(NamedTuple):
    """A reason to look at a picture, from a row that the person wrote.

    Attributes:
        key: the picture.
        facts: what its sentence is filled with: texts of the book, names and days.
        since: the day it is about; it speaks from the next week on. None: it has no day.
        until: the last Monday on which it speaks; None: for as long as the row stays as it is.
    """

    key: str
    facts: Mapping[str, Any]
    since: date | None = None
    until: date | None = None


def find_occasions(frames: Frames, today: date) -> tuple[Occasion, ...]:
    """Return every reason to look at a picture, those first that somebody waits for.

    Args:
        frames: needs all tables of the pictures.
        today: the day up to which the dials are read.

    Returns:
        Reasons that name only people whom a picture shows.
    """
    known = suggestible_contacts(frames)
    people = known[~known["closed"] & ~known["do_not_contact"]]
    names = names_by_id(people)
    return (
        *_open_promises(frames, people, names),
        *_broken_threads(frames, people),
        *_gifts_received(frames, names),
        *_strengths_named(frames, names),
        *_dials_moved(frames, today),
        *_met_again(frames, people, names),
        *_without_ring(people, names),
    )


def choose_occasion(occasions: Iterable[Occasion], today: date) -> Occasion | None:
    """Return the reason of the week of `today`; None if there is none.

    Each week the picture comes that was shown longest ago, and of those never shown the first. So
    no picture is shown twice in a row if another one speaks.
    """
    found = [*occasions]
    turn: dict[str, int] = {}
    monday = today - timedelta(days=today.weekday())
    week = min(_FIRST_WEEK, monday)
    chosen = None
    for number in range((monday - week).days // 7 + 1):
        speaking: dict[str, Occasion] = {}
        for each in found:
            if _speaks(each, week + number * _WEEK):
                speaking.setdefault(each.key, each)
        key = min(speaking, key=lambda key: turn.get(key, -1), default=None)
        chosen = None if key is None else speaking[key]
        if key is not None:
            turn[key] = number
    return chosen


def say_why(occasion: Occasion, wording: Wording) -> str:
    """Return why a picture was chosen, as a sentence; `because` among its words is the pattern."""
    facts = {
        name: wording.day(fact) if isinstance(fact, date) else fact
        for name, fact in occasion.facts.items()
    }
    if "name" in facts:
        facts["name"] = wording.address(facts["name"])
    if "words" in facts:
        facts["words"] = shorten_to(facts["words"], _WORDS_WIDTH)
    if "month" in facts:
        facts["month"] = wording.texts["months"][occasion.facts["month"] - 1]
    if "dial" in facts:
        facts["dial"] = wording.texts["dials"][facts["dial"]]
    return wording.say("because", **facts)


def _speaks(each: Occasion, monday: date) -> bool:
    is_begun = each.since is None or each.since < monday
    return is_begun and (each.until is None or monday <= each.until)


def _fresh(key: str, on: date, **facts: Any) -> Occasion:
    """Return a reason that speaks for some weeks after its day."""
    return Occasion(key, facts | {"day": on}, on, on + timedelta(days=_FRESH_DAYS))


def _newest(rows: pd.DataFrame, day: str) -> Iterator[dict[str, Any]]:
    """Yield the newest rows that have a day, the newest first; their day is a `date`."""
    dated = rows[rows[day].notna()].sort_values(day, kind="stable").tail(_ROWS_MOST)
    for _, row in iter_rows(dated[::-1]):
        yield row | {day: to_date(row[day])}


def _open_promises(
    frames: Frames, people: pd.DataFrame, names: Mapping[str, str]
) -> Iterator[Occasion]:
    """Yield the promises to people in focus that are open for a month or longer."""
    promise = frames["promise"]
    focus = people.index[people["focus"]]
    mine = isin(promise["state"], "open") & isin(promise["by"], "me") & is_filled(promise["words"])
    for row in _newest(promise[mine & promise["contact_id"].isin(focus)], "said_on"):
        said = row["said_on"]
        facts = {"name": names[row["contact_id"]], "words": row["words"], "month": said.month}
        since, until = (said + timedelta(days=days) for days in (_OPEN_DAYS, _LANE_DAYS))
        yield Occasion("time_lanes", facts, since, until)


def _broken_threads(frames: Frames, people: pd.DataFrame) -> Iterator[Occasion]:
    """Yield the kinds of person for which nobody is written yet."""
    there = {*people["role_id"]}
    for id, row in iter_rows(rows_of_open_goals(frames, "role")):
        words = row["does"].strip() or row["name"].strip()
        if words and id not in there:
            yield Occasion("whole_thread", {"words": words})


def _gifts_received(frames: Frames, names: Mapping[str, str]) -> Iterator[Occasion]:
    """Yield what came from somebody."""
    give = frames["give"]
    came = isin(give["direction"], "in") & isin(give["state"], "done") & is_filled(give["what"])
    for row in _newest(give[came & give["contact_id"].isin(names)], "on"):
        yield _fresh("giving", row["on"], name=names[row["contact_id"]], words=row["what"])


def _strengths_named(frames: Frames, names: Mapping[str, str]) -> Iterator[Occasion]:
    """Yield the sorted strengths that somebody named."""
    placed = {
        row["name"]
        for _, row in iter_rows(frames["strength"])
        if row["name"].strip() and quadrant(row["good_at"], row["like"])
    }
    for row in _newest(frames["voice"], "answered_on"):
        who = names.get(row["contact_id"], "" if row["contact_id"] else row["who"].strip())
        for pick in row["picks"]:
            if who and pick in placed:
                yield _fresh("strength_fields", row["answered_on"], name=who, words=pick)


def _dials_moved(frames: Frames, today: date) -> Iterator[Occasion]:
    """Yield the dials that were set otherwise than the time before, the newest first."""
    readings = read_dials(frames["review"], today).readings
    for before, now in reversed([*pairwise(readings)]):
        for name in DIALS:
            old, new = before.values.get(name), now.values.get(name)
            if old is not None and new is not None and old != new:
                yield _fresh("dials", now.on, dial=name, old=old, new=new)


def _met_again(
    frames: Frames, people: pd.DataFrame, names: Mapping[str, str]
) -> Iterator[Occasion]:
    """Yield the talks with people of whom it is written how it began, but for the first."""
    origins = find_origins(frames, people, names)
    again = {each.id for each in origins if "again" in each.reached}
    encounter = frames["encounter"]
    talks = encounter[isin(encounter["kind"], *TOGETHER) & encounter["contact_id"].isin(again)]
    first = talks.groupby("contact_id")["on"].min().to_dict()
    for row in _newest(talks, "on"):
        if row["on"] > first[row["contact_id"]].date():
            yield _fresh("beginnings", row["on"], name=names[row["contact_id"]])


def _without_ring(people: pd.DataFrame, names: Mapping[str, str]) -> Iterator[Occasion]:
    """Yield somebody whose ring is not said yet, where others have one."""
    unsaid = said_closeness(people) == 0
    if len(people) - unsaid.sum() >= _RINGS_LEAST:
        for id in people.index[unsaid][:1]:
            yield Occasion("bullseye", {"name": names[str(id)]})
