"""The question what a given gift did for the contact, asked once."""

from __future__ import annotations

from typing import Any

from widgets.base.sheet import Answer, Identifier, LongText, Part, Sheet, command
from widgets.base.workbook import Workbook


@command
def enter_gift_effect(sheet: Sheet, id: Identifier, effect: LongText = "") -> Answer:
    """Enter what a gift did for the contact; an empty text puts the question aside for good."""
    workbook = sheet.workbook
    told = {"effect": effect.strip()} if effect.strip() else {}
    sheet.book.update("give", id, effect_asked_on=workbook.today.isoformat(), **told)
    return {"text": effect_questions(workbook)["effect_kept" if told else "effect_aside"]}


GIFT_EFFECT = Part(__file__, {"tell_effect": enter_gift_effect})
"""Asks what a gift did; the state needs `effect_questions` under `effects`."""


def effect_questions(workbook: Workbook) -> dict[str, Any]:
    """Return the texts of the question."""
    gift = workbook.texts_of("contacts")["screens"]["gift"]
    return {name: text for name, text in gift.items() if name.startswith("effect_")}
