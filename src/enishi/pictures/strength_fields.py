"""The strengths in four fields, by how good the person is at each and how gladly they do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from enishi.coach.relations.history import Frames, iter_rows
from enishi.coach.strengths.strengths import last_given_to, quadrant
from enishi.coach.strengths.voices import people_naming
from enishi.pictures.picture import (
    EDGE,
    GOOD,
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
from enishi.pictures.traces import BARE, CLEAR, draw_lines, draw_marks, lay_out, place_text

_FIELDS = {"grow": (0, 1), "shine": (1, 1), "leave": (0, 0), "spare": (1, 0)}
"""Each field's column (good at it, to the right) and row (liked, above)."""
_ROW_HEIGHT = 40
"""Height of a strength in pixels."""
_SYMBOLS = {1: "triangle-up", 0: "circle", -1: "triangle-down"}
"""The symbol by energy: it gives energy, nothing is said, it takes energy."""


class PlacedStrength(NamedTuple):
    """A strength at its place: its id and name, its energy, and where it stands in its field."""

    id: str
    name: str
    energy: int
    field: str
    number: int


def draw_strength_fields(frames: Frames, wording: Wording) -> Picture:
    """Draw the strengths that were sorted, with energy, who named them, and to whom they last went.

    Args:
        frames: needs strength, voice, give and contact.
        wording: the picture's words; `fields` names the four fields.

    Returns:
        Within a field the order is that of the book. A strength that was not sorted is only in the
        table.
    """
    placed = _place(frames)
    if not placed:
        return Picture(wording.say("empty"))
    named, given = people_naming(frames), last_given_to(frames)
    deep = {
        row: max([1, *(each.number + 1 for each in placed if _FIELDS[each.field][1] == row)]) + 1.2
        for row in (0, 1)
    }
    at = {each.id: _place_of(each, deep) for each in placed}
    rings = [at[each.id] for each in placed if each.name in named]
    middle = deep[0]
    return Picture(
        sentence=wording.say("sentence"),
        data=(
            draw_lines("cross", [(0, middle, 2, middle), (1, 0, 1, sum(deep.values()))], edge=LINE),
            draw_marks("named", rings, symbol="circle", fill=CLEAR, edge=GOOD, size=26),
            *(
                draw_marks(
                    f"energy {energy}",
                    [at[each.id] for each in placed if each.energy == energy],
                    symbol=symbol,
                    fill=THREAD if energy == 1 else CLEAR if energy == -1 else EDGE,
                    edge=SHEET if energy == 1 else EDGE,
                )
                for energy, symbol in _SYMBOLS.items()
            ),
        ),
        layout=lay_out(
            height=int(_ROW_HEIGHT * sum(deep.values())) + 16,
            xaxis={**BARE, "range": [0, 2]},
            yaxis={**BARE, "range": [0, sum(deep.values())]},
            annotations=[*_field_names(deep, wording), *_strength_names(placed, at, wording)],
        ),
        marks=tuple(_list_marks(placed, at, named, given, wording)),
        head=tuple(wording.texts["head"]),
        rows=tuple(_list_rows(frames, named, given, wording)),
        act=_next_act(placed, given, wording),
    )


def _place(frames: Frames) -> list[PlacedStrength]:
    """Return the sorted strengths, each with its number in its field."""
    found: list[PlacedStrength] = []
    for id, row in iter_rows(frames["strength"]):
        field = quadrant(row["good_at"], row["like"])
        if field and row["name"].strip():
            number = sum(each.field == field for each in found)
            energy = 0 if np.isnan(row["energy"]) else int(row["energy"])
            found.append(PlacedStrength(id, row["name"], energy, field, number))
    return found


def _place_of(each: PlacedStrength, deep: Mapping[int, float]) -> tuple[float, float]:
    """Return x and y of a strength; the first of a field stands below the field's name."""
    column, row = _FIELDS[each.field]
    top = deep[0] + deep[1] if row else deep[0]
    return column + 0.09, top - 1.2 - each.number


def _field_names(deep: Mapping[int, float], wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield the name of each field, in its upper corner."""
    for key, (column, row) in _FIELDS.items():
        y = deep[0] + deep[1] if row else deep[0]
        text = wording.label(wording.texts["fields"][key], 22)
        yield place_text(column + 0.03, y - 0.4, text, SOFT, xanchor="left")


def _strength_names(
    placed: list[PlacedStrength], at: Mapping[str, tuple[float, float]], wording: Wording
) -> Iterator[dict[str, Any]]:
    """Yield the name of each strength, right of its mark."""
    for each in placed:
        x, y = at[each.id]
        yield place_text(x + 0.08, y, wording.label(each.name), INK, xanchor="left")


def _list_marks(
    placed: list[PlacedStrength],
    at: Mapping[str, tuple[float, float]],
    named: Mapping[str, tuple[str, ...]],
    given: Mapping[str, str],
    wording: Wording,
) -> Iterator[Mark]:
    """Yield a mark for each strength, field by field."""
    for each in sorted(placed, key=lambda one: [*_FIELDS].index(one.field)):
        said = [wording.texts["fields"][each.field], wording.texts["energies"][each.energy + 1]]
        if people := named.get(each.name):
            said.append(
                wording.say("named_by", names=wording.join([*map(wording.address, people)]))
            )
        if each.id in given:
            said.append(wording.say("given_to", name=wording.address(given[each.id])))
        says = wording.say(
            "mark", name=each.name, said=wording.say("between").join(filter(None, said))
        )
        yield Mark(*at[each.id], says, Destination("03-strengths", "offers"), row=each.id)


def _list_rows(
    frames: Frames,
    named: Mapping[str, tuple[str, ...]],
    given: Mapping[str, str],
    wording: Wording,
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, with the strengths that were not sorted yet."""
    for id, row in iter_rows(frames["strength"]):
        field = quadrant(row["good_at"], row["like"])
        energy = (
            "" if np.isnan(row["energy"]) else wording.texts["energies"][int(row["energy"]) + 1]
        )
        yield (
            row["name"],
            wording.texts["fields"][field] if field else wording.say("unsorted"),
            energy,
            wording.join([*map(wording.name, named.get(row["name"], ()))]),
            wording.name(given.get(id, "")),
        )


def _next_act(
    placed: list[PlacedStrength], given: Mapping[str, str], wording: Wording
) -> NextAct | None:
    """Return the act: to give one of what shines that was given to nobody yet."""
    for each in placed:
        if each.field == "shine" and each.id not in given:
            return NextAct(wording.say("act", name=each.name), Destination("04-contacts", "gift"))
    return None
