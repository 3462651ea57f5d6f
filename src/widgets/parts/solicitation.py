"""Signs of recruiting, for sheets on which a place or a person is checked.

The script gives `solicitationSigns`, the checklist, and `signQuestion`, the question about what was
written; it needs the parts `PERSON_PICKER` and `EXPLANATION`. The state of such a sheet has
`signs`; each place or person has `caution` and `result`, and what `describe_sign_question` returns
stands beside the text.
"""

from __future__ import annotations

from typing import Any

from enishi.coach.relations.sign_questions import (
    READ_FOR_SIGNS,
    SIGNS_QUESTION,
    SignQuestion,
    sign_question,
)
from enishi.coach.relations.solicitation import read_signs
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Part, Sheet, ShortText, command
from widgets.base.workbook import Workbook
from widgets.parts.asked_later import keep_answer
from widgets.parts.explanation import describe_reasons


def sign_texts(workbook: Workbook) -> dict[str, Any]:
    """Return the texts of the signs, how to say no, and where to ask in the person's country."""
    words: dict[str, Any] = workbook.texts_of("coach")["signs"]
    country, help = workbook.settings.country, words["help"]
    law = words["law"] if country == "jp" else ""
    return words | {"help": help.get(country, help["other"]), "law": law}


def describe_caution(workbook: Workbook, checked: JsonRow) -> JsonRow:
    """Return the result of the signs ticked for a place or a person, with a caution."""
    found = read_signs(checked["signs"])
    rules = workbook.texts_of("rules")
    reason = found.reason
    caution = reason and {part: rules[reason.rule][part] for part in ("why", "act")}
    return {"result": found.result, "caution": caution}


def describe_sign_question(workbook: Workbook, table: str, id: str) -> JsonRow | None:
    """Return the question about the signs read in a row; None where there is nothing to ask."""
    question = _find_question(workbook, table, id)
    if question is None or not question.is_open:
        return None
    return {
        "table": table,
        "about": id,
        "signs": list(question.signs),
        "reason": describe_reasons(workbook, [question.reason])[0],
    }


def describe_checked(workbook: Workbook, table: str, id: str) -> JsonRow | None:
    """Return the contact or place whose signs can be ticked after reading a row with signs."""
    question = _find_question(workbook, table, id)
    if question is None:
        return None
    checked_table = READ_FOR_SIGNS[table][0]
    found = workbook.frames()[checked_table].loc[[question.checked]]
    (row,) = rows(found, "version", "signs")
    return row | describe_caution(workbook, row)


def _find_question(workbook: Workbook, table: str, id: str) -> SignQuestion | None:
    question: SignQuestion | None = workbook.cached(
        f"signs in {table} {id}",
        lambda: sign_question(workbook.frames(), table, id, workbook.settings),
    )
    return question


@command
def find_all_well(sheet: Sheet, table: ShortText, about: Identifier) -> Answer:
    """Remember that all is well with what is written in a row, so that it is not asked again.

    Raises:
        ForbiddenError: there is no open question about the row.
    """
    workbook = sheet.workbook
    question = _find_question(workbook, table, about) if table in READ_FOR_SIGNS else None
    if question is None or not question.is_open:
        raise ForbiddenError()
    contact_id = question.checked if READ_FOR_SIGNS[table][0] == "contact" else ""
    words = "\n".join(dict.fromkeys((*question.answered, *question.quotes)))
    with sheet.book.batch("write") as batch:
        keep_answer(workbook, batch, SIGNS_QUESTION, about, contact_id, chosen="well", words=words)
    return {"text": workbook.texts_of("coach")["signs"]["well_kept"]}


SOLICITATION = Part(__file__, {"find_all_well": find_all_well})
"""Asks about signs that were read; gives the script `signQuestion` and `solicitationSigns`."""
