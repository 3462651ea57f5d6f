"""What a given gift did for the contact, asked once; then, whether others get it, too."""

from __future__ import annotations

from typing import Any

from enishi.choices import SIZES
from enishi.coach.language.line_list import read_entries
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, LongText, Part, Sheet, command
from widgets.base.workbook import Workbook


@command
def enter_gift_effect(sheet: Sheet, id: Identifier, effect: LongText = "") -> Answer:
    """Enter what a gift did for the contact; an empty text puts the question aside for good.

    Returns:
        `may_offer` is the idea of the person's own that others might get, too; '' for none.
    """
    workbook = sheet.workbook
    told = {"effect": effect.strip()} if effect.strip() else {}
    sheet.book.update("give", id, effect_asked_on=workbook.today.isoformat(), **told)
    give = sheet.book.row("give", id)
    return {
        "text": effect_questions(workbook)["effect_kept" if told else "effect_aside"],
        "may_offer": give["what"] if told and _is_new_offer(sheet, give) else "",
    }


@command
def offer_gift(sheet: Sheet, id: Identifier) -> Answer:
    """Add an idea of the person's own, which gladdened somebody, to the ways to help (A34).

    Raises:
        ForbiddenError: it is no idea of their own, has no effect, or is among them already.
    """
    give = sheet.book.row("give", id)
    if not give["effect"].strip() or not _is_new_offer(sheet, give):
        raise ForbiddenError()
    sheet.book.add("offer", what=give["what"], size=give["size"] or SIZES[0])
    return {"text": effect_questions(sheet.workbook)["effect_offered"]}


GIFT_EFFECT = Part(__file__, {"tell_effect": enter_gift_effect, "offer_gift": offer_gift})
"""Asks what a gift did; the state needs `effect_questions` under `effects`."""


def effect_questions(workbook: Workbook) -> dict[str, Any]:
    """Return the texts of the question."""
    gift = workbook.texts_of("contacts")["screens"]["gift"]
    return {name: text for name, text in gift.items() if name.startswith("effect_")}


def _is_new_offer(sheet: Sheet, give: JsonRow) -> bool:
    """Return whether a gift is an idea of the person's own that is not among the ways to help.

    An example has a way of giving, and what a fact opens has the fact.
    """
    if give["way"] or give["fact_id"] or give["direction"] != "out":
        return False
    return bool(read_entries(give["what"], sheet.book.frame("offer")["what"]))
