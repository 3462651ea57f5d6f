"""Giving and receiving: a line a person, what was given on one side, what came on the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows, names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.pictures.picture import (
    GOOD,
    INK,
    LINE,
    THREAD,
    Destination,
    Mark,
    NextAct,
    Picture,
    Wording,
    to_date,
)
from enishi.pictures.traces import BARE, CLEAR, draw_lines, draw_marks, lay_out, place_text

_LINES_MOST = 15
"""Most people in the picture; the table has all of them."""
_DOTS_MOST = 6
"""Most dots on a side of a line, so that each can be pressed on a phone."""
_LINE_HEIGHT = 52
"""Height of a line in pixels."""


def draw_giving(frames: Frames, wording: Wording) -> Picture:
    """Draw what was given to each person and what came from them, a dot each, the oldest inside.

    Args:
        frames: needs contact and give.
        wording: the picture's words.

    Returns:
        Only people whom a suggestion may name, in the order of the book: the order says nothing
        about them. Where there are too many, the picture has those with the newest rows.
    """
    people = suggestible_contacts(frames)
    give = _noted_gives(frames, people)
    if give.empty:
        return Picture(wording.say("empty"))
    names = names_by_id(people)
    newest = give["contact_id"].drop_duplicates(keep="last").tail(_LINES_MOST)
    line_of = {id: -line for line, id in enumerate(id for id in names if id in set(newest))}
    seen = give[give["contact_id"].isin(line_of) & (give["place"].abs() <= _DOTS_MOST)]
    reach = _DOTS_MOST + 1
    out = isin(seen["direction"], "out")
    at = [*zip(seen["place"], seen["contact_id"].map(line_of), strict=True)]
    given, come = (
        [place for place, is_out in zip(at, out, strict=True) if is_out == side]
        for side in (True, False)
    )
    return Picture(
        sentence=wording.say("sentence"),
        data=(
            draw_lines("lines", [(-reach, y, reach, y) for y in line_of.values()], edge=LINE),
            draw_marks("given", given, symbol="circle", fill=THREAD, edge=THREAD),
            draw_marks("come", come, symbol="diamond", fill=CLEAR, edge=GOOD),
        ),
        layout=lay_out(
            height=_LINE_HEIGHT * (len(line_of) + 1),
            xaxis={**BARE, "range": [-reach, reach]},
            yaxis={**BARE, "range": [-len(line_of) + 0.4, 1.4]},
            annotations=[*_side_names(reach, wording), *_line_names(line_of, names, wording)],
        ),
        marks=tuple(_list_marks(seen, line_of, names, wording)),
        head=tuple(wording.texts["head"]),
        rows=tuple(_list_rows(give, names, wording)),
        act=_next_act(give, names, wording),
    )


def _noted_gives(frames: Frames, people: pd.DataFrame) -> pd.DataFrame:
    """Return what was done and written down, the oldest first, undated rows before all others.

    `place` is the number of the row among those of its person and side, negative for what came.
    """
    give = frames["give"]
    if give.empty:
        return give
    noted = isin(give["state"], "done") & is_filled(give["what"])
    give = give[noted & give["contact_id"].isin(people.index)]
    give = give.sort_values("on", kind="stable", na_position="first")
    number = give.groupby(["contact_id", "direction"], observed=True).cumcount() + 1
    return give.assign(place=number.where(isin(give["direction"], "out"), -number))


def _side_names(reach: int, wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield the names of both sides, above the first line."""
    for x, key, anchor in ((-reach, "in", "left"), (reach, "out", "right")):
        yield place_text(x, 1.1, wording.label(wording.say(key)), INK, xanchor=anchor)


def _line_names(
    line_of: Mapping[str, int], names: Mapping[str, str], wording: Wording
) -> Iterator[dict[str, Any]]:
    """Yield the name of each line's person, above its middle."""
    for id, y in line_of.items():
        yield place_text(0, y, wording.label(wording.name(names[id])), INK, yshift=20)


def _list_marks(
    seen: pd.DataFrame, line_of: Mapping[str, int], names: Mapping[str, str], wording: Wording
) -> Iterator[Mark]:
    """Yield a mark for each dot, line by line."""
    line = seen["contact_id"].map(line_of)
    for id, row in iter_rows(seen.assign(line=-line).sort_values(["line", "place"])):
        who = row["contact_id"]
        facts = {
            "name": wording.address(names[who]),
            "words": row["what"],
            "day": wording.day(to_date(row["on"])),
        }
        says = wording.say(f"{row['direction']}_mark", **facts)
        yield Mark(
            row["place"], line_of[who], says, Destination("04-contacts", "people", who), row=id
        )


def _list_rows(
    give: pd.DataFrame, names: Mapping[str, str], wording: Wording
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, a person after the other."""
    order = {id: number for number, id in enumerate(names)}
    for _, row in iter_rows(
        give.sort_values("contact_id", key=lambda ids: ids.map(order), kind="stable")
    ):
        on = wording.day(to_date(row["on"]))
        yield wording.name(names[row["contact_id"]]), wording.say(row["direction"]), row["what"], on


def _next_act(give: pd.DataFrame, names: Mapping[str, str], wording: Wording) -> NextAct | None:
    """Return the act: to the person from whom something came last; None where nothing came."""
    for _, row in iter_rows(give[isin(give["direction"], "in")].tail(1)):
        who = row["contact_id"]
        text = wording.say("act", name=wording.address(names[who]), words=row["what"])
        return NextAct(text, Destination("04-contacts", "people", who))
    return None
