"""The review of a message, as texts in the person's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enishi.coach.messages.message_review import MessageReview
from enishi.coach.messages.perspective import PerspectiveLine
from enishi.coach.messages.rewording import PLACES
from enishi.coach.rules.reason import Reason, format_text
from enishi.i18n import texts
from enishi.i18n.dates import format_relative, format_short_date
from widgets.base.json_rows import JsonRow
from widgets.base.workbook import Workbook
from widgets.parts.explanation import Explaining


def describe_review(sheet: Explaining, found: MessageReview, language: str) -> JsonRow:
    """Return the review of a message as texts; the gentler lines are in the message's language.

    Args:
        sheet: the sheet that shows it.
        found: the review.
        language: the language of the message.
    """
    workbook = sheet.workbook
    lines = texts("drafts", language)["gentler"]
    why = sheet.reasons(Reason(one.rule, {}, one.source) for one in found.findings)
    moment = found.moment
    day = (
        "" if moment is None else format_relative(moment.date(), workbook.today, workbook.language)
    )
    return {
        "findings": [
            said | {"quote": one.quote, "line": lines.get(one.rule, ""), "can": one.rule in PLACES}
            for one, said in zip(found.findings, why, strict=True)
        ],
        "gaps": found.gaps,
        "about": found.about,
        "size": found.size,
        "kindly": sheet.reasons(found.warnings),
        "later": "" if moment is None else f"{day} {moment:%H:%M}",
        "waits": sheet.reasons([found.waits] if found.waits else []),
        "chair": {
            part: _told(workbook, getattr(found.perspective, part))
            for part in ("sees", "gains", "fears")
        },
        "payer": _told(workbook, [found.payer])[0],
    }


def _told(workbook: Workbook, lines: Iterable[PerspectiveLine]) -> list[str]:
    """Return the lines of one part of the reader's perspective ("chair")."""
    sentences = texts("coach", workbook.language)["chair"]

    def day(on: date) -> str:
        return format_short_date(on, workbook.today, workbook.language)

    return [format_text(sentences[line.key], line.facts, day) for line in lines]
