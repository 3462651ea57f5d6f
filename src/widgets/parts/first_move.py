"""With somebody new: who makes the first move."""

from __future__ import annotations

from typing import Literal

from enishi.coach.relations.answers import answer_about
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, Part, Sheet, command
from widgets.base.workbook import Workbook
from widgets.parts.asked_later import keep_answer

FirstMove = Literal["give", "ask", "they"]


@command
def decide_first_move(sheet: Sheet, id: Identifier, chosen: FirstMove) -> Answer:
    """Store who makes the first move with a contact."""
    with sheet.book.batch("write") as batch:
        batch.row("contact", id)
        keep_answer(sheet.workbook, batch, "first_move", id, id, chosen=chosen)
    said = sheet.workbook.texts_of("coach")["first_move"]["follows"][chosen]
    return {"text": said}


FIRST_MOVE = Part(__file__, {"decide_first_move": decide_first_move})
"""Gives the script `firstMove`; the person needs `describe_first_move` under `first_move`."""


def describe_first_move(workbook: Workbook, contact_id: str) -> JsonRow | None:
    """Return the choice and what follows from it; None for somebody who was not just met."""
    frames = workbook.frames()
    if frames["contact"].at[contact_id, "known_as"] != "just_met":
        return None
    texts = workbook.texts_of("coach")["first_move"]
    said = answer_about(frames, "first_move", contact_id)
    chosen = "" if said is None else str(said["chosen"])
    return {
        "row": {"id": f"first-move-{contact_id}", "draft": True, "chosen": chosen},
        "ask": texts["ask"],
        "choices": texts["choices"],
        "follows": texts["follows"].get(chosen, texts["hint"]),
    }
