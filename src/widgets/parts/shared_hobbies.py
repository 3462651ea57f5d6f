"""Hobbies that the person and a contact share, as sentences, and a day of one together."""

from __future__ import annotations

from collections.abc import Iterable

from enishi.book.tables import LINE
from enishi.coach.giving.gift_ideas import gift_exclusion
from enishi.coach.language.text_words import fold_text
from enishi.coach.relations.history import iter_rows
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.stands import stand
from enishi.coach.strengths.hobbies import SharedHobby, days_together
from enishi.i18n import format_text
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Part, Sheet, ShortText, command
from widgets.base.workbook import Workbook
from widgets.parts.explanation import describe_reasons


def describe_hobbies(workbook: Workbook, shared: Iterable[SharedHobby], name: str) -> list[str]:
    """Return a sentence for each hobby, from what is written of both.

    Args:
        workbook: the workbook, for its language.
        shared: the hobbies.
        name: the contact's name.
    """
    words = workbook.texts_of("common")
    them = with_honorific(name, workbook.language)
    said = []
    for hobby in shared:
        same = fold_text(hobby.mine) == fold_text(hobby.theirs)
        text = words["shared_hobby" if same else "shared_hobby_words"]
        said.append(format_text(text, {"mine": hobby.mine, "theirs": hobby.theirs, "name": them}))
    return said


def list_days(workbook: Workbook, contact_id: str) -> list[JsonRow]:
    """Return the days together that a shared hobby proposes, each with its reason.

    Each has `hobby`, the person's line, and `words`, what is planned. Nothing for a contact about
    whom nothing is suggested.
    """
    frames = workbook.frames()
    if contact_id not in suggestible_contacts(frames).index:
        return []
    ((_, contact),) = iter_rows(frames["contact"].loc[[contact_id]])
    whom = stand(frames["setting"], "whom")
    if contact["closed"] or gift_exclusion(contact, workbook.settings, whom):
        return []
    found = days_together(frames, contact_id, workbook.today, workbook.settings)
    sentence = workbook.texts_of("coach")["acts"]["gift_day"]
    return [
        said | {"hobby": reason.facts["hobby"], "words": format_text(sentence, reason.facts)[:LINE]}
        for reason, said in zip(found, describe_reasons(workbook, found), strict=True)
    ]


@command
def plan_day(sheet: Sheet, contact_id: Identifier, hobby: ShortText) -> Answer:
    """Plan a day together with a hobby that the person and a contact share.

    Raises:
        ForbiddenError: no day of this hobby is proposed with them.
    """
    days = {day["hobby"]: day["words"] for day in list_days(sheet.workbook, contact_id)}
    if hobby not in days:
        raise ForbiddenError()
    sheet.book.add("give", contact_id=contact_id, what=days[hobby], way="host")
    return {"text": sheet.say("shared_day_planned")}


SHARED_HOBBIES = Part(__file__, {"plan_day": plan_day})
"""Gives the script `sharedDays`; the row of the person needs `list_days` under `days`."""
