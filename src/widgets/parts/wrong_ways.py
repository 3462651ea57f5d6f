"""Three wrong ways: a self-check, one question in the month, and a line beside the act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from enishi.coach.review.reminders import Reminder
from enishi.coach.review.wrong_ways import WRONG_WAYS, wrong_way_to_ask
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Part, Sheet, command
from widgets.base.workbook import Workbook

Way = Literal["cards", "early", "taking"]
YesOrNo = Literal["yes", "no"]


@command
def answer_wrong_way(sheet: Sheet, way: Way, answer: YesOrNo) -> Answer:
    """Store whether a wrong way has happened to the person; what came later is asked anew."""
    stored = sheet.workbook.frames()["setting"].index
    with sheet.book.batch("setting") as batch:
        batch.upsert("setting", f"wrong_{way}", value=answer)
        batch.upsert("setting", f"wrong_{way}_on", value=sheet.workbook.today.isoformat())
        for name in (f"again_{way}", f"again_{way}_on"):
            if name in stored:
                batch.update("setting", name, value="")
    return {"text": " "}


@command
def answer_again(sheet: Sheet, way: Way, answer: YesOrNo) -> Answer:
    """Store whether it has happened again; "no" takes away the line beside the act."""
    with sheet.book.batch("setting") as batch:
        batch.upsert("setting", f"again_{way}", value=answer)
        batch.upsert("setting", f"again_{way}_on", value=sheet.workbook.today.isoformat())
    return {"text": " "}


WRONG_WAY = Part(__file__, {"answer_wrong_way": answer_wrong_way, "answer_again": answer_again})
"""Gives the script `selfCheck` and `askedAgain`; the state needs `describe_self_check` under
`self_check`, or `describe_asked_again` under `asked_again`."""


def describe_self_check(workbook: Workbook) -> dict[str, Any]:
    """Return the three sentences, each with the person's answer."""
    words = workbook.texts_of("stands")["wrong_ways"]
    return {
        "title": words["title"],
        "hint": words["hint"],
        "answers": words["answers"],
        "each": [
            {
                "way": way,
                "text": words["each"][way],
                "row": {"id": f"wrong_{way}", "answer": workbook.setting(f"wrong_{way}")},
            }
            for way in WRONG_WAYS
        ],
    }


def describe_asked_again(workbook: Workbook) -> JsonRow | None:
    """Return the one way to ask about in this month; None where there is none."""
    setting = workbook.frames()["setting"]
    way = wrong_way_to_ask(setting, workbook.today, workbook.settings)
    if not way:
        return None
    words = workbook.texts_of("stands")["wrong_ways"]
    recent = workbook.setting(f"again_{way}")
    return {
        "way": way,
        "text": words["each"][way],
        "ask": words["again"],
        "hint": words["again_hint"],
        "answers": words["agains"],
        "row": {"id": f"again_{way}", "answer": recent},
        "then": words["then"].get(recent, ""),
    }


def describe_reminders(workbook: Workbook, found: Iterable[Reminder]) -> list[str]:
    """Return lines that rest on the person's own answers, as texts."""
    words = workbook.texts_of("stands")["reminders"]
    return [format_text(words[reminder.key], reminder.facts) for reminder in found]
