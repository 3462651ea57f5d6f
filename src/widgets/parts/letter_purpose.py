"""Why a letter is written: one choice before it, and a quiet line after three gains running."""

from __future__ import annotations

from enishi.coach.messages.purpose import (
    FREELY_WRITTEN,
    GAINS_SEEN,
    are_gains_running,
    whom_to_see_for_no_reason,
)
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Part, Sheet, command
from widgets.base.workbook import Workbook


@command
def let_gains_be(sheet: Sheet) -> Answer:
    """Put the line about three gains aside; it is silent for a quarter."""
    sheet.workbook.set_setting(GAINS_SEEN, sheet.workbook.today.isoformat())
    return {"text": " "}


@command
def plan_no_reason(sheet: Sheet) -> Answer:
    """Put a meeting without a purpose into the week, and the line aside: one change."""
    workbook = sheet.workbook
    id, words = _describe_meeting(workbook)
    with sheet.book.batch("add") as batch:
        batch.add("step", contact_id=id or None, words=words)
        batch.upsert("setting", GAINS_SEEN, value=workbook.today.isoformat())
    return {"text": workbook.words("draft")["no_reason_taken"]}


LETTER_PURPOSE = Part(__file__, {"let_gains_be": let_gains_be, "plan_no_reason": plan_no_reason})
"""Gives the script `letterPurpose`; the state needs `describe_purpose` under `purpose`."""


def describe_purpose(workbook: Workbook, message: JsonRow | None) -> JsonRow:
    """Return whether the open letter is asked for its purpose, and the line about gains if any.

    `no_reason` is what is offered beside that line, '' without it.
    """
    asked = message is not None and message["kind"] in FREELY_WRITTEN
    gains = asked and are_gains_running(workbook.frames(), workbook.today)
    return {"asked": asked, "no_reason": _describe_meeting(workbook)[1] if gains else ""}


def _describe_meeting(workbook: Workbook) -> tuple[str, str]:
    """Return whom to see for no reason, '' for anybody, and the step in words."""
    words = workbook.words("draft")
    id = whom_to_see_for_no_reason(workbook.frames(), workbook.today)
    if not id:
        return "", words["no_reason_anybody"]
    return id, format_text(words["no_reason"], {"name": workbook.address_contact(id)})
