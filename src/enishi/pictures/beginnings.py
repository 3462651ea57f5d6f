"""Where meetings began and what became of them: a line a person, from the first to being close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from enishi.choices import CLOSENESS
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import WRITTEN, Frames, isin, iter_rows, names_by_id
from enishi.coach.relations.nearness import NEAR_WORDS
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.relations.talks import TOGETHER
from enishi.pictures.picture import (
    EDGE,
    INK,
    LINE,
    SOFT,
    THREAD,
    Destination,
    Mark,
    NextAct,
    Picture,
    Wording,
)
from enishi.pictures.traces import BARE, CLEAR, draw_lines, draw_marks, lay_out, place_text

_STAGES = ("began", "wrote", "again", "close")
"""The columns, from left to right."""
_BEGINNINGS = ("introduced", "study", "hobby", "online", "mixer", "meal", "work")
"""How a meeting can have begun: by an introduction, or at an event of this kind."""
_LINE_HEIGHT = 48
_PEOPLE_MOST = 20
"""Most people in the picture, those entered last; the table has all of them."""


class Origin(NamedTuple):
    """How one person was met, and what is written of what followed: one of `_STAGES` each."""

    id: str
    how: str
    reached: frozenset[str]


def draw_beginnings(frames: Frames, wording: Wording) -> Picture:
    """Draw for each person how it began, and what is written of what came of it.

    Args:
        frames: needs contact, introduction, encounter, event and answer.
        wording: the picture's words.

    Returns:
        Only people of whom it is written how it began. A hollow mark says that nothing is written,
        not that nothing happened.
    """
    people = suggestible_contacts(frames)
    names = names_by_id(people)
    found = find_origins(frames, people, names)
    if not found:
        return Picture(wording.say("empty"))
    shown = sorted(found[-_PEOPLE_MOST:], key=lambda each: _BEGINNINGS.index(each.how))
    y_of, heads = _place(shown)
    reached, open_ = (
        [
            (x, y_of[each.id])
            for each in shown
            for x, stage in enumerate(_STAGES)
            if (stage in each.reached) is is_reached
        ]
        for is_reached in (True, False)
    )
    bottom = min(y_of.values())
    return Picture(
        sentence=wording.say("sentence"),
        data=(
            draw_lines("lines", [(0, y, len(_STAGES) - 1, y) for y in y_of.values()], edge=LINE),
            draw_marks("reached", reached, symbol="circle", fill=THREAD, edge=THREAD),
            draw_marks("open", open_, symbol="circle", fill=CLEAR, edge=EDGE, size=11),
        ),
        layout=lay_out(
            height=int(_LINE_HEIGHT * (1.6 - bottom)),
            xaxis={**BARE, "range": [-0.4, len(_STAGES) - 0.6]},
            yaxis={**BARE, "range": [bottom - 0.5, 1.1]},
            annotations=[
                *_stage_names(wording),
                *_beginning_names(heads, wording),
                *_person_names(y_of, names, wording),
            ],
        ),
        marks=tuple(_list_marks(shown, y_of, names, people, wording)),
        head=(wording.say("person"), wording.say("how"), *_stage_words(wording)[1:]),
        rows=tuple(_list_rows(found, names, wording)),
        act=_next_act(shown, names, wording),
    )


def find_origins(frames: Frames, people: pd.DataFrame, names: Mapping[str, str]) -> list[Origin]:
    """Return the people of whom it is written how it began, in the order of the book."""
    made = frames["introduction"]
    brought = set(made.loc[isin(made["state"], "introduced", "thanked", "reported"), "target_id"])
    brought |= set(people.index[people["through_id"].astype(bool)])
    encounter = frames["encounter"].sort_values("on", kind="stable")
    kinds = frames["event"]["kind"].to_dict()
    first_event: dict[str, str] = {}
    for _, row in iter_rows(encounter[encounter["event_id"].astype(bool)]):
        first_event.setdefault(row["contact_id"], kinds.get(row["event_id"], ""))
    wrote = set(encounter.loc[_written_by_them(encounter), "contact_id"])
    replies = answers_to(frames, "reply")
    wrote |= set(replies.loc[isin(replies["chosen"], "came"), "contact_id"])
    talks = encounter[isin(encounter["kind"], *TOGETHER)]
    times = talks.groupby("contact_id")["on"].nunique()
    near = set(people.index[isin(people["closeness"], *NEAR_WORDS)])
    found = []
    for id in names:
        how = "introduced" if id in brought else first_event.get(id, "")
        if how in _BEGINNINGS:
            facts = {"began": True, "wrote": id in wrote, "close": id in near}
            facts["again"] = times.get(id, 0) > 1
            found.append(
                Origin(id, how, frozenset(stage for stage, is_so in facts.items() if is_so))
            )
    return found


def _written_by_them(encounter: Any) -> Any:
    """Return a mask of the letters and messages that came from the other side."""
    return isin(encounter["kind"], *WRITTEN) & isin(encounter["started_by"], "them")


def _place(shown: list[Origin]) -> tuple[dict[str, float], dict[str, float]]:
    """Return y of each person, and of the name above each group."""
    y, y_of, heads = 0.0, {}, {}
    for each in shown:
        if each.how not in heads:
            heads[each.how] = y
            y -= 1.2
        y_of[each.id] = y
        y -= 1
    return y_of, heads


def _stage_words(wording: Wording) -> list[str]:
    return [wording.texts["stages"][stage] for stage in _STAGES]


def _stage_names(wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield the names of the columns."""
    for x, text in enumerate(_stage_words(wording)):
        yield place_text(x, 0.75, wording.label(text, 14), SOFT, xanchor="center")


def _beginning_names(heads: Mapping[str, float], wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield how it began, above each group."""
    for how, y in heads.items():
        yield place_text(
            -0.35, y + 0.05, wording.label(wording.texts["beginnings"][how]), SOFT, xanchor="left"
        )


def _person_names(
    y_of: Mapping[str, float], names: Mapping[str, str], wording: Wording
) -> Iterator[dict[str, Any]]:
    """Yield each person's name above the line."""
    for id, y in y_of.items():
        yield place_text(
            -0.2, y + 0.42, wording.label(wording.name(names[id])), INK, xanchor="left"
        )


def _list_marks(
    shown: list[Origin],
    y_of: Mapping[str, float],
    names: Mapping[str, str],
    people: pd.DataFrame,
    wording: Wording,
) -> Iterator[Mark]:
    """Yield a mark for each stage of each person."""
    words = dict(zip(_STAGES, _stage_words(wording), strict=True))
    for each in shown:
        name = wording.address(names[each.id])
        opens = Destination("04-contacts", "people", each.id)
        for x, stage in enumerate(_STAGES):
            key = "mark" if stage in each.reached else "mark_open"
            text = words[stage]
            if stage == "began":
                text = wording.texts["beginnings"][each.how]
            elif stage == "close" and stage in each.reached:
                text = _own_word(people.loc[each.id], wording)
            yield Mark(x, y_of[each.id], wording.say(key, name=name, stage=text), opens)


def _own_word(person: Any, wording: Wording) -> str:
    """Return the person's own word for how close somebody is, else that of the choice."""
    number = CLOSENESS.index(person["closeness"])
    return str(person["closeness_word"]).strip() or str(wording.texts["closeness"][number])


def _list_rows(
    found: list[Origin], names: Mapping[str, str], wording: Wording
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table."""
    for each in found:
        cells = (wording.say("noted" if s in each.reached else "unwritten") for s in _STAGES[1:])
        yield (wording.name(names[each.id]), wording.texts["beginnings"][each.how], *cells)


def _next_act(shown: list[Origin], names: Mapping[str, str], wording: Wording) -> NextAct | None:
    """Return the act: to write to the first person with whom nothing followed yet."""
    for each in shown:
        if each.reached == {"began"}:
            text = wording.say("act", name=wording.address(names[each.id]))
            return NextAct(text, Destination("04-contacts", "people", each.id))
    return None
