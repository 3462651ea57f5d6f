"""The threads over time: a lane for each person in focus, over the last twelve months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from enishi.coach.relations.history import Frames, isin, iter_rows, names_by_id
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.pictures.picture import (
    EDGE,
    GOOD,
    INK,
    LINE,
    SOFT,
    THREAD,
    Destination,
    Mark,
    NextAct,
    Picture,
    Wording,
    to_date,
)
from enishi.pictures.traces import (
    BARE,
    CLEAR,
    draw_curve,
    draw_lines,
    draw_marks,
    lay_out,
    place_text,
)

_DAYS_BACK, _DAYS_AHEAD = 365, 60
"""How far the picture reaches."""
_LANE_HEIGHT = 84
"""Height of a lane in pixels."""
_ABOVE = 0.16
"""How far above its lane what was given is, and below what came; lanes are 1 apart."""
_SMALL = {"size": 13}
_GAP_DAYS = 120
"""From how many days without a line on it is said that nothing is noted."""


class LaneMark(NamedTuple):
    """Something that was written about one person.

    Attributes:
        day: how many days before or after today, negative before.
        kind: `met`, `given`, `come`, `said`, `kept` or `next`.
        words: the person's own text, which may be ''.
    """

    day: int
    kind: str
    words: str


_LOOKS = {
    "met": ("square", EDGE, EDGE, 0.0),
    "given": ("circle", THREAD, THREAD, _ABOVE),
    "come": ("diamond", CLEAR, GOOD, -_ABOVE),
    "said": ("triangle-right", CLEAR, INK, 0.0),
    "kept": ("triangle-right", INK, INK, 0.0),
    "next": ("circle", CLEAR, THREAD, 0.0),
}
"""The symbol of each kind, its colour, that of its edge, and how far from the lane it is."""


def draw_time_lanes(frames: Frames, wording: Wording) -> Picture:
    """Draw what is written about the people in focus, on the days on which it was.

    Args:
        frames: needs contact, encounter, give, promise and step.
        wording: the picture's words.

    Returns:
        Lanes in the order of the book. What has no day is not drawn. A long time without a line is
        named for what it is: nothing noted, not nothing done.
    """
    people = suggestible_contacts(frames)
    names = names_by_id(people[people["focus"] & ~people["closed"]])
    if not names:
        return Picture(wording.say("empty"))
    steps = open_steps(frames)
    lanes = {id: sorted(_marks_of(frames, steps, id, wording.today)) for id in names}
    y_of = {id: -line for line, id in enumerate(names)}
    looks: dict[str, list[tuple[int, float]]] = {kind: [] for kind in _LOOKS}
    for id, found in lanes.items():
        for mark in found:
            looks[mark.kind].append((mark.day, y_of[id] + _LOOKS[mark.kind][3]))
    start, end = -_DAYS_BACK, _DAYS_AHEAD
    return Picture(
        sentence=wording.say("sentence"),
        data=(
            draw_lines("lanes", [(start, y, end, y) for y in y_of.values()], edge=LINE),
            draw_lines("today", [(0, 0.6, 0, -len(names) + 0.5)], edge=EDGE, dash="dot"),
            draw_curve("promises", _promise_arcs(frames, y_of, wording.today), edge=INK),
            *(
                draw_marks(kind, at, symbol=symbol, fill=fill, edge=edge, size=13)
                for kind, at in looks.items()
                for symbol, fill, edge, _ in [_LOOKS[kind]]
            ),
        ),
        layout=lay_out(
            height=_LANE_HEIGHT * len(names) + 56,
            xaxis={**BARE, "range": [start - 6, end + 6]},
            yaxis={**BARE, "range": [-len(names) + 0.4, 0.9]},
            annotations=[
                *_month_names(wording),
                *_lane_names(names, y_of, wording),
                *_gaps(lanes, y_of, wording),
            ],
        ),
        marks=tuple(_list_marks(lanes, y_of, names, wording)),
        head=tuple(wording.texts["head"]),
        rows=tuple(_list_rows(lanes, names, wording)),
        act=_next_act(steps, names, wording),
    )


def _marks_of(
    frames: Frames, steps: pd.DataFrame, contact_id: str, today: date
) -> Iterator[LaneMark]:
    """Yield what is written about one person and has a day inside the picture."""
    encounter, give, promise = (
        frames[table][isin(frames[table]["contact_id"], contact_id)]
        for table in ("encounter", "give", "promise")
    )
    done = give[isin(give["state"], "done")]
    kept = promise[isin(promise["state"], "kept")]
    sources = (
        ("met", encounter, "on", "note"),
        ("given", done[isin(done["direction"], "out")], "on", "what"),
        ("come", done[isin(done["direction"], "in")], "on", "what"),
        ("said", promise[~isin(promise["state"], "kept")], "said_on", "words"),
        ("kept", kept, "closed_on", "words"),
        ("next", steps[isin(steps["contact_id"], contact_id)], "on", "words"),
    )
    for kind, rows, day, words in sources:
        for _, row in iter_rows(rows[[day, words]]):
            away = _days_away(row[day], today)
            if away is not None and -_DAYS_BACK <= away <= _DAYS_AHEAD:
                yield LaneMark(away, kind, str(row[words]))


def _days_away(day: Any, today: date) -> int | None:
    """Return the days from today to a cell's day; None where it has none."""
    on = to_date(day)
    return None if on is None else (on - today).days


def _promise_arcs(
    frames: Frames, y_of: Mapping[str, int], today: date
) -> list[list[tuple[float, float]]]:
    """Return an arc for each promise that was kept, from the day it was said."""
    promise = frames["promise"]
    arcs = []
    for _, row in iter_rows(promise[isin(promise["state"], "kept")]):
        said, kept = (_days_away(row[day], today) for day in ("said_on", "closed_on"))
        y = y_of.get(row["contact_id"])
        if y is None or said is None or kept is None or not -_DAYS_BACK <= said < kept:
            continue
        arcs.append([(said, y), ((said + kept) / 2, y + 0.34), (kept, y)])
    return arcs


def _month_names(wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield every third month's name above the lanes, and `today`."""
    first = pd.Timestamp(wording.today).to_period("M")
    for back in range(3, 13, 3):
        month = (first - back).start_time
        away = (month.date() - wording.today).days
        if away >= -_DAYS_BACK:  # the twelfth may begin before the picture does
            text = wording.texts["months"][month.month - 1]
            yield place_text(away, 0.8, text, SOFT, font=_SMALL)
    yield place_text(0, 0.8, wording.say("today"), INK, font=_SMALL)


def _lane_names(
    names: Mapping[str, str], y_of: Mapping[str, int], wording: Wording
) -> Iterator[dict[str, Any]]:
    """Yield the name of each person above the beginning of the lane."""
    for id, name in names.items():
        text = wording.label(wording.name(name), 200)
        at = (-_DAYS_BACK, y_of[id] + 0.36)
        yield place_text(*at, text, INK, font=_SMALL, xanchor="left", name="fit")


def _gaps(
    lanes: Mapping[str, list[LaneMark]], y_of: Mapping[str, int], wording: Wording
) -> Iterator[dict[str, Any]]:
    """Yield "nothing noted" in the longest gap of each lane, if it is long."""
    for id, marks in lanes.items():
        days = [-_DAYS_BACK, *(mark.day for mark in marks if mark.day <= 0), 0]
        long, middle = max((b - a, (a + b) / 2) for a, b in pairwise(days))
        if long >= _GAP_DAYS:
            yield place_text(middle, y_of[id] - 0.16, wording.say("nothing"), SOFT, font=_SMALL)


def _list_marks(
    lanes: Mapping[str, list[LaneMark]],
    y_of: Mapping[str, int],
    names: Mapping[str, str],
    wording: Wording,
) -> Iterator[Mark]:
    """Yield a mark for each line, lane by lane and day by day."""
    for id, found in lanes.items():
        opens = Destination("04-contacts", "people", id)
        for mark in found:
            y = y_of[id] + _LOOKS[mark.kind][3]
            key = "mark" if mark.words.strip() else "mark_bare"
            says = wording.say(key, name=wording.address(names[id]), **_facts(mark, wording))
            yield Mark(mark.day, y, says, opens)


def _list_rows(
    lanes: Mapping[str, list[LaneMark]], names: Mapping[str, str], wording: Wording
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table."""
    for id, found in lanes.items():
        for mark in found:
            facts = _facts(mark, wording)
            yield wording.name(names[id]), facts["day"], facts["kind"], facts["words"]
        if not found:
            yield wording.name(names[id]), "–", wording.say("nothing"), ""


def _facts(mark: LaneMark, wording: Wording) -> dict[str, str]:
    """Return a mark's day, kind and words as texts."""
    day = wording.day(wording.today + timedelta(days=mark.day))
    return {"day": day, "kind": wording.texts["kinds"][mark.kind], "words": mark.words}


def _next_act(steps: pd.DataFrame, names: Mapping[str, str], wording: Wording) -> NextAct | None:
    """Return the act: to the first person with whom no step is planned; None if all have one."""
    planned = set(steps["contact_id"])
    for id, name in names.items():
        if id not in planned:
            text = wording.say("act", name=wording.address(name))
            return NextAct(text, Destination("04-contacts", "people", id))
    return None
