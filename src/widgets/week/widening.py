"""How far to go out this week: one small choice, and the step that follows from it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from enishi.coach.relations.history import isin
from enishi.coach.today.rest import monday_of
from enishi.coach.today.widening import (
    GOES_OUT,
    chosen_widening,
    was_missed_twice,
    widening_step,
)
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Part, Sheet, command
from widgets.base.workbook import Workbook
from widgets.week.review import this_week

Widening = Literal["nobody", "hello", "new_person"]


def describe_widening(workbook: Workbook) -> JsonRow:
    """Return the choices for this week, and the one made; after two misses `nobody` comes first."""
    frames, today, words = workbook.frames(), workbook.today, _words(workbook)
    chosen = chosen_widening(frames["review"], today)
    rests = not chosen and was_missed_twice(frames, today)
    order = ("nobody", *GOES_OUT) if rests else (*GOES_OUT, "nobody")
    hint = words["nobody_first"] if rests else words["kept"].get(chosen, "")
    return {
        "row": {"id": "widen", "widen": chosen},
        "title": words["title"],
        "choices": [[choice, words["choices"][choice]] for choice in order],
        "hint": hint,
    }


@command
def widen(sheet: Sheet, choice: Widening) -> Answer:
    """Choose how far to go out this week; a hello or a new person is a step that can be let go.

    The open step of an earlier week makes room: it is let go.
    """
    workbook, words = sheet.workbook, _words(sheet.workbook)
    today, review = workbook.today, this_week(workbook)
    step, own = workbook.frames()["step"], widening_step(today)
    let_go = {"state": "let_go", "closed_on": today.isoformat()}
    with sheet.book.batch("write") as batch:
        fresh = {"kind": "week", "on": review["on"]}
        batch.upsert("review", review["id"], None, fresh, widen=choice)
        for id in step.index[isin(step["state"], "open")]:
            if id.startswith("widen-"):
                batch.update("step", id, **let_go)
        if choice in GOES_OUT:
            sunday = monday_of(today) + timedelta(days=6)
            row = {"words": words["steps"][choice], "on": sunday.isoformat(), "closed_on": ""}
            batch.upsert("step", own, None, {}, state="open", **row)
    return {"text": words["kept"][choice]}


def _words(workbook: Workbook) -> dict[str, Any]:
    words: dict[str, Any] = workbook.texts_of("coach")["widening"]
    return words


WIDENING = Part(__file__, {"widen": widen})
"""The state needs `describe_widening` under `widen`."""
