"""The thread as a whole: goal, kinds of people, people, and what is under way with each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from enishi.choices import INTRODUCTION_STEPS
from enishi.coach.goal.open_goals import open_goal, rows_of_open_goals
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows, names_by_id
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import suggestible_contacts
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
from enishi.pictures.traces import BARE, CLEAR, draw_lines, draw_marks, lay_out, place_text

_LINE_HEIGHT = 36
_INDENT = 0.09
"""How far each level is moved to the right; the picture is 1 wide."""
_PEOPLE_MOST = 6
"""Most people of one kind in the picture: those with something under way come first."""


class ThreadNode(NamedTuple):
    """A line of the thread.

    Attributes:
        level: 0 for the goal, 1 for a kind, 2 for a person, 3 for what is under way.
        kind: the key of its name among the words: `goal`, `role`, `person`, `gift`, …
        words: the person's own text; '' where nothing is written.
        opens: the sheet that shows it, or asks for it.
    """

    level: int
    kind: str
    words: str
    opens: Destination


def draw_whole_thread(frames: Frames, wording: Wording) -> Picture:
    """Draw the open goal with its kinds of people, the people, and what is under way with them.

    Args:
        frames: needs goal, role, contact, give, step, promise and introduction.
        wording: the picture's words; `kinds` names the links.

    Returns:
        Rows joined by their ids, never by words in common. Where a link is missing, a hollow mark
        leads to the sheet that asks for it.
    """
    nodes = [*_list_nodes(frames)]
    if not any(node.words for node in nodes):
        return Picture(wording.say("empty"))
    at = [(0.03 + node.level * _INDENT, -line) for line, node in enumerate(nodes)]
    written = [place for place, node in zip(at, nodes, strict=True) if node.words]
    missing = [place for place, node in zip(at, nodes, strict=True) if not node.words]
    gap = next((node for node in nodes if not node.words), None)
    return Picture(
        sentence=wording.say("sentence"),
        data=(
            draw_lines("joints", _joints(nodes, at), edge=LINE, width=2),
            draw_marks("written", written, symbol="circle", fill=THREAD, edge=SHEET),
            draw_marks("missing", missing, symbol="circle", fill=CLEAR, edge=EDGE),
        ),
        layout=lay_out(
            height=_LINE_HEIGHT * len(nodes) + 16,
            xaxis={**BARE, "range": [0, 1]},
            yaxis={**BARE, "range": [-len(nodes) + 0.5, 0.5]},
            annotations=[*_labels(nodes, at, wording)],
        ),
        marks=tuple(
            Mark(*place, _words_of(node, wording), node.opens)
            for place, node in zip(at, nodes, strict=True)
        ),
        head=tuple(wording.texts["head"]),
        rows=tuple((wording.texts["kinds"][node.kind], _words_of(node, wording)) for node in nodes),
        act=gap and NextAct(wording.texts["missing"][gap.kind], gap.opens),
    )


def _list_nodes(frames: Frames) -> Iterator[ThreadNode]:
    """Yield the thread line by line, as an outline."""
    goal = open_goal(frames)
    wish = "" if goal is None else str(goal["wish"]).strip()
    yield ThreadNode(0, "goal", wish, Destination("02-goal", "wish"))
    role = rows_of_open_goals(frames, "role")
    kinds = [
        (id, (row["does"].strip() or row["name"].strip()))
        for id, row in iter_rows(role)
        if row["does"].strip() or row["name"].strip()
    ]
    if not kinds:
        yield ThreadNode(1, "role", "", Destination("02-goal", "kinds"))
        return
    known = suggestible_contacts(frames)
    people = known[~known["closed"] & ~known["do_not_contact"]]
    under_way = _under_way(frames, names_by_id(known))
    for role_id, words in kinds:
        yield ThreadNode(1, "role", words, Destination("02-goal", "kinds"))
        of_kind = names_by_id(people[isin(people["role_id"], role_id)])
        if not of_kind:
            yield ThreadNode(2, "person", "", Destination("04-contacts", "add"))
        busy_first = sorted(of_kind, key=lambda id: id not in under_way)
        for id in busy_first[:_PEOPLE_MOST]:
            yield ThreadNode(2, "person", of_kind[id], Destination("04-contacts", "people", id))
            yield from under_way.get(id, [])
            if id not in under_way:
                yield ThreadNode(3, "step", "", Destination("04-contacts", "people", id))


def _under_way(frames: Frames, names: Mapping[str, str]) -> Mapping[str, list[ThreadNode]]:
    """Return what is planned, promised and introduced with each person, by the person's id."""
    give, promise, made = frames["give"], frames["promise"], frames["introduction"]
    planned = give[isin(give["direction"], "out") & isin(give["state"], "planned")]
    opened = promise[isin(promise["state"], "open")]
    going = made[isin(made["state"], *INTRODUCTION_STEPS[:-1])]
    week, introductions = (
        Destination("05-week", "my_week"),
        Destination("04-contacts", "introductions"),
    )
    found: dict[str, list[ThreadNode]] = {}

    def add(rows: pd.DataFrame, who: str, column: str, kind: str, opens: Destination) -> None:
        for _, row in iter_rows(rows[is_filled(rows[column])]):
            words = names.get(row[column], "") if column.endswith("_id") else str(row[column])
            if words:
                found.setdefault(row[who], []).append(ThreadNode(3, kind, words, opens))

    add(planned, "contact_id", "what", "gift", week)
    add(open_steps(frames), "contact_id", "words", "step", week)
    add(opened, "contact_id", "words", "promise", week)
    add(going, "bridge_id", "target_id", "introduction", introductions)
    add(going, "bridge_id", "target_words", "introduction", introductions)
    add(going, "target_id", "bridge_id", "introduced", introductions)
    return found


def _joints(
    nodes: list[ThreadNode], at: list[tuple[float, int]]
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the lines from each node to the one it belongs to: down, then to the right."""
    above: dict[int, tuple[float, int]] = {}
    for node, (x, y) in zip(nodes, at, strict=True):
        if node.level:
            up_x, up_y = above[node.level - 1]
            yield up_x, up_y, up_x, y
            yield up_x, y, x, y
        above[node.level] = (x, y)


def _labels(
    nodes: list[ThreadNode], at: list[tuple[float, int]], wording: Wording
) -> Iterator[dict[str, Any]]:
    """Yield the text of each line, right of its mark."""
    for node, (x, y) in zip(nodes, at, strict=True):
        text = wording.label(_words_of(node, wording), 200)
        colour = INK if node.words else SOFT
        yield place_text(x + 0.04, y, text, colour, xanchor="left", name="fit")


def _words_of(node: ThreadNode, wording: Wording) -> str:
    """Return the person's text, a name as it is shown, or what is missing."""
    if not node.words:
        return str(wording.texts["missing"][node.kind])
    is_name = node.kind in ("person", "introduced")
    words = wording.name(node.words) if is_name else node.words
    return wording.say("line", kind=wording.texts["kinds"][node.kind], words=words)
