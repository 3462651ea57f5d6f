"""What is written about a person, and the gifts that each of these facts opens."""

from __future__ import annotations

from typing import Any

from enishi.coach.giving.fact_gifts import find_angle, gifts_for_fact, planned_for_fact
from enishi.coach.giving.gift_ideas import gift_exclusion
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import iter_rows, name_of
from enishi.coach.rules.reason import reason_for
from enishi.coach.rules.stands import stand
from widgets.base.explanations import describe_fact_gift, fact_gifts, word_fact_gift
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Part, Sheet, ShortText, command
from widgets.base.workbook import Workbook
from widgets.parts.explanation import describe_note_caution, describe_reasons

FACT_COLUMNS = ("contact_id", "kind", "words", "source")
"""The columns of a fact that a sheet with this part writes."""


def fact_texts(workbook: Workbook) -> dict[str, Any]:
    """Return the texts of the part, for the state of a sheet as `fact_texts`."""
    words: dict[str, Any] = workbook.texts_of("coach")["facts"]
    return words


def fact_defaults(workbook: Workbook) -> JsonRow:
    """Return the initial values of a fact that is added."""
    return {"on": workbook.today.isoformat()}


def list_facts(workbook: Workbook, contact_id: str) -> list[JsonRow]:
    """Return what is written about a contact.

    Each row also has `gifts`, what can be planned for it as `[key, text]`, `planned`, the texts of
    the gifts planned for it, `reason`, or None where nothing is suggested, and `caution`, the hint
    at what it touches.
    """
    frames = workbook.frames()
    ((_, contact),) = iter_rows(frames["contact"].loc[[contact_id]])
    settings = workbook.settings
    whom = stand(frames["setting"], "whom")
    opens = settings.is_enabled("gift_pleases") and not gift_exclusion(contact, settings, whom)
    found = []
    for row in rows(facts_about(frames, contact_id), "version", *FACT_COLUMNS):
        planned = planned_for_fact(frames, row["id"])
        ways = set(planned["way"])
        angle = find_angle(frames, row, settings)
        gifts = [gift for gift in gifts_for_fact(row, fact_gifts(), angle) if gift.way not in ways]
        reason = reason_for("gift_pleases", name=name_of(contact), pleases=row["words"].strip())
        found.append(
            row
            | {
                "gifts": [
                    [gift.key, describe_fact_gift(gift.key, workbook.language, angle.name)]
                    for gift in (gifts if opens else [])
                ],
                "planned": planned["what"].tolist(),
                "reason": describe_reasons(workbook, [reason])[0] if opens else None,
                "caution": describe_note_caution(workbook, row["words"]),
            }
        )
    return found


@command
def plan_for_fact(sheet: Sheet, id: Identifier, key: ShortText) -> Answer:
    """Plan a gift that a fact opens, or show the one that is planned already.

    Raises:
        ForbiddenError: the fact does not open this gift, or the contact gets no suggestions.
    """
    workbook = sheet.workbook
    fact, frames = sheet.book.row("fact", id), workbook.frames()
    angle = find_angle(frames, fact, workbook.settings)
    gift = {gift.key: gift for gift in gifts_for_fact(fact, fact_gifts(), angle)}.get(key)
    ((_, contact),) = iter_rows(frames["contact"].loc[[fact["contact_id"]]])
    whom = stand(frames["setting"], "whom")
    if gift is None or gift_exclusion(contact, workbook.settings, whom):
        raise ForbiddenError()
    planned = planned_for_fact(frames, id)
    same = planned.index[planned["way"] == gift.way]
    if len(same):
        return {"focus": f"{same[0]}.what", "text": " "}
    give = sheet.book.add(
        "give",
        contact_id=fact["contact_id"],
        fact_id=id,
        what=word_fact_gift(key, fact["words"], workbook.language, angle.name),
        way=gift.way,
        size=gift.size,
        strength_id=(gift.strength and angle.strength_id) or None,
    )
    return {"focus": f"{give}.what", "text": fact_texts(workbook)["planned_now"]}


FACT_LIST = Part(__file__, {"plan_for_fact": plan_for_fact})
"""Shows, adds and changes facts; gives the script `factList`. Its sheet needs `EXPLANATION`."""
