"""The bullseye: the person in the middle, people on the ring where the person says they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, pi, sin
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from enishi.choices import CLOSENESS
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.history import (
    Frames,
    day_number,
    history,
    iter_rows,
    names_by_id,
    said_closeness,
)
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.i18n.folding import search_form
from enishi.pictures.picture import (
    EDGE,
    INK,
    LINE,
    SHEET,
    SOFT,
    THREAD,
    Destination,
    Mark,
    NextAct,
    Picture,
    Wording,
)
from enishi.pictures.traces import BARE, draw_lines, draw_marks, lay_out, place_text

RINGS = (1.08, 0.92, 0.7, 0.48, 0.27)
"""The radius of each ring by how close somebody is said to be: not said, then `CLOSENESS`."""
_LABELLED_MOST = 15
"""Up to how many people have their names beside them."""
_BAND = 0.07
"""How far people of one ring stand from it, to either side, where they are many."""
_BAND_PEOPLE = 60
"""How many people stand around the picture before a second row is begun in each ring."""
_BAND_ROWS = 7
_RECENT_DAYS = 90
"""For how many days a talk counts as recent."""
_SEAT_SHARE = 24
"""Among how many people a seat takes no more room than one of them."""
_SIZES = ((_LABELLED_MOST, 16), (100, 11), (1000, 7), (10**9, 4))
"""The size of a mark in pixels, by up to how many there are."""
_EDGE = 1.22
"""How far the picture reaches from the middle."""
_LOOKS = {
    "recent": ("circle", THREAD),
    "older": ("circle-dot", SHEET),
    "unknown": ("circle", SHEET),
}
"""Symbol and colour by when the last talk was, as far as it is known."""


class Standing(NamedTuple):
    """Where somebody stands: `ring` is 0 where it is not said, else the place in `CLOSENESS`."""

    id: str
    ring: int
    circle: str
    talk: str


def draw_bullseye(frames: Frames, wording: Wording) -> Picture:
    """Draw where people stand in the person's own word, who knows whom, and the seats still empty.

    Args:
        frames: needs contact, role, tie and what `history` needs.
        wording: the picture's words; `closeness` names the rings.

    Returns:
        People side by side with those of their circle. The distance from the middle is what the
        person said, and nothing is computed of it; whose place is not said stands outside. The
        fill says whether a talk is known, and whether it was lately.
    """
    known = suggestible_contacts(frames)
    people = known[~known["closed"] & ~known["do_not_contact"]]
    if people.empty:
        return Picture(wording.say("empty"))
    names = names_by_id(people)
    standing = _stand(frames, people, wording)
    seats = open_seats(frames, known)
    knows = _acquaintances(frames, names)
    wide = max(1, len(standing) // _SEAT_SHARE)
    around = len(standing) + wide * len(seats)
    turn = {each.id: 2 * pi * number / around - pi / 2 for number, each in enumerate(standing)}
    for number, id in enumerate(seats):
        turn[id] = 2 * pi * (len(standing) + wide * (number + 0.5) - 0.5) / around - pi / 2
    rows = min(_BAND_ROWS, 1 + len(standing) // _BAND_PEOPLE)
    at = {
        each.id: _at(RINGS[each.ring] + _offset(number % rows, rows), turn[each.id])
        for number, each in enumerate(standing)
    }
    seat_at = {id: _at(RINGS[0], turn[id]) for id in seats}
    size = next(size for most, size in _SIZES if len(standing) <= most)
    return Picture(
        sentence=wording.say("sentence"),
        data=(
            draw_lines("sectors", _sectors(standing, turn, pi / around), edge=LINE, width=1),
            draw_lines("acquainted", _ties(frames, at, "acquainted"), edge=EDGE, dash="dot"),
            draw_lines("close", _ties(frames, at, "close"), edge=THREAD, width=2.5),
            *(
                draw_marks(
                    talk,
                    [at[each.id] for each in standing if each.talk == talk],
                    symbol=symbol,
                    fill=fill,
                    edge=THREAD if talk == "recent" else INK,
                    size=size,
                )
                for talk, (symbol, fill) in _LOOKS.items()
            ),
            draw_marks("seats", seat_at.values(), symbol="square", fill=SHEET, edge=EDGE, size=16),
            draw_marks("me", [(0, 0)], symbol="circle", fill=INK, edge=SHEET, size=18),
        ),
        layout=lay_out(
            xaxis={**BARE, "range": [-_EDGE, _EDGE]},
            yaxis={**BARE, "range": [-_EDGE, _EDGE]},
            shapes=[*_rings()],
            annotations=[*_ring_names(wording), *_circle_names(standing, turn, wording)],
            meta={"aspect": 1, "rings": RINGS},
        ),
        marks=(
            *_list_marks(people, standing, at, knows, wording),
            *_list_seats(seats, seat_at, wording),
        ),
        head=tuple(wording.texts["head"]),
        rows=tuple(_list_rows(standing, names, knows, wording)),
        act=_next_act(standing, names, wording),
    )


def _stand(frames: Frames, people: pd.DataFrame, wording: Wording) -> list[Standing]:
    """Return where people stand, those of one circle side by side."""
    past = history(frames, wording.today).loc[people.index]
    last = np.maximum(past["last"].to_numpy(), past["last_said"].to_numpy())
    recent = day_number(wording.today) - _RECENT_DAYS
    found = [
        Standing(
            str(id),
            int(ring),
            next(iter(circles), ""),
            "recent" if day >= recent else "older" if day > 0 else "unknown",
        )
        for id, ring, circles, day in zip(
            people.index, said_closeness(people), people["circles"], last, strict=True
        )
    ]
    return sorted(found, key=lambda each: (not each.circle, each.circle))


def open_seats(frames: Frames, known: pd.DataFrame) -> dict[str, str]:
    """Return the kinds of person that are sought and of whom nobody is noted, `{id: words}`."""
    taken = set(known["role_id"])
    return {
        id: row["name"].strip() or row["does"].strip()
        for id, row in iter_rows(rows_of_open_goals(frames, "role"))
        if id not in taken and (row["name"].strip() or row["does"].strip())
    }


def _offset(row: int, rows: int) -> float:
    """Return how far a row of a ring's band lies from the ring; neighbours stand in turns."""
    return _BAND * (2 * row / (rows - 1) - 1) if rows > 1 else 0.0


def _at(radius: float, angle: float) -> tuple[float, float]:
    return round(radius * cos(angle), 4), round(-radius * sin(angle), 4)


def _sectors(
    standing: list[Standing], turn: Mapping[str, float], half: float
) -> Iterator[tuple[float, float, float, float]]:
    """Yield a line `half` a place beside every circle's people, from the inner ring outwards."""
    for circle in dict.fromkeys(each.circle for each in standing if each.circle):
        angles = [turn[each.id] for each in standing if each.circle == circle]
        for angle in (angles[0] - half, angles[-1] + half):
            yield (*_at(RINGS[-1], angle), *_at(RINGS[0] + _BAND, angle))


def _ties(
    frames: Frames, at: Mapping[str, tuple[float, float]], state: str
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the lines between people who know each other."""
    for _, row in iter_rows(frames["tie"]):
        if row["state"] == state and row["a_id"] in at and row["b_id"] in at:
            yield (*at[row["a_id"]], *at[row["b_id"]])


def _rings() -> Iterator[dict[str, Any]]:
    """Yield the rings; the outermost, of those not placed yet, is not drawn."""
    for radius in RINGS[1:]:
        corners = {"x0": -radius, "y0": -radius, "x1": radius, "y1": radius}
        yield {"type": "circle", "layer": "below", "line": {"color": LINE, "width": 1}} | corners


def _ring_names(wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield the name of each ring, at its top; a page puts it where the ring has room."""
    for radius, name in zip(RINGS[1:], wording.texts["closeness"], strict=True):
        text = wording.label(name)
        yield place_text(0, radius, text, SOFT, font={"size": 11}, name="around", bgcolor=SHEET)


def _circle_names(
    standing: list[Standing], turn: Mapping[str, float], wording: Wording
) -> Iterator[dict[str, Any]]:
    """Yield the name of each circle outside, in the middle of its people."""
    for circle in dict.fromkeys(each.circle for each in standing if each.circle):
        angles = [turn[each.id] for each in standing if each.circle == circle]
        x, y = _at(_EDGE - 0.04, sum(angles) / len(angles))
        look = {"font": {"size": 12}, "bgcolor": SHEET}
        yield place_text(x, y, wording.label(circle), SOFT, name="outside", **look)


def _list_marks(
    people: pd.DataFrame,
    standing: list[Standing],
    at: Mapping[str, tuple[float, float]],
    knows: Mapping[str, list[str]],
    wording: Wording,
) -> Iterator[Mark]:
    """Yield a mark for each person; in a large picture a name stands only beside who is found."""
    names = names_by_id(people)
    readings = dict(zip(people.index, people["family_kana"] + people["given_kana"], strict=True))
    for each in standing:
        name = wording.name(names[each.id])
        facts = {
            "name": wording.address(names[each.id]),
            "ring": _ring_word(each.ring, wording),
            "talk": wording.texts["talks"][each.talk],
        }
        says = wording.say("mark", **facts)
        if others := knows.get(each.id):
            says += wording.say("knows", names=wording.join([*map(wording.address, others)]))
        is_labelled = len(standing) <= _LABELLED_MOST
        reading = "" if wording.is_masked else readings[each.id]
        yield Mark(
            *at[each.id],
            says,
            Destination("04-contacts", "people", each.id),
            label=name if is_labelled else "",
            row=each.id,
            choice=each.id,
            called="" if is_labelled else name,
            sought="" if is_labelled else f"{search_form(name)} {search_form(reading)}".strip(),
        )


def _acquaintances(frames: Frames, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names of those whom each person knows."""
    knows: dict[str, list[str]] = {}
    for _, row in iter_rows(frames["tie"]):
        a, b = row["a_id"], row["b_id"]
        if row["state"] in ("acquainted", "close") and a in names and b in names:
            knows.setdefault(a, []).append(names[b])
            knows.setdefault(b, []).append(names[a])
    return knows


def _list_seats(
    seats: Mapping[str, str], at: Mapping[str, tuple[float, float]], wording: Wording
) -> Iterator[Mark]:
    """Yield a mark for each seat that nobody has yet."""
    for id, words in seats.items():
        says = wording.say("seat", kind=words)
        yield Mark(*at[id], says, Destination("02-goal", "kinds"), label=words, choice=id)


def _ring_word(ring: int, wording: Wording) -> str:
    return str(wording.texts["closeness"][ring - 1]) if ring else wording.say("unsaid")


def _list_rows(
    standing: list[Standing],
    names: Mapping[str, str],
    knows: Mapping[str, list[str]],
    wording: Wording,
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, the nearest ring first."""
    for each in sorted(standing, key=lambda one: -one.ring):
        yield (
            wording.name(names[each.id]),
            _ring_word(each.ring, wording),
            each.circle,
            wording.texts["talks"][each.talk],
            wording.join([*map(wording.name, knows.get(each.id, ()))]),
        )


def _next_act(
    standing: list[Standing], names: Mapping[str, str], wording: Wording
) -> NextAct | None:
    """Return the act: to say of somebody where they stand, else to draw one nearer."""
    friendly = CLOSENESS.index("friendly") + 1
    for key, ring in (("act_place", 0), ("act_nearer", friendly)):
        for each in standing:
            if each.ring == ring:
                text = wording.say(key, name=wording.address(names[each.id]))
                return NextAct(text, Destination("04-contacts", "circle"))
    return None
