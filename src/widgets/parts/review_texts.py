"""The review of a message, as texts in the person's language."""

from __future__ import annotations

from collections.abc import Iterable

from enishi.coach.messages.draft import fill_sentence
from enishi.coach.messages.message_review import MessageReview
from enishi.coach.messages.perspective import PerspectiveLine
from enishi.coach.messages.rewording import Rewording, reword
from enishi.coach.rules.reason import Reason, TextIssue
from enishi.i18n import format_text, texts
from widgets.base.explanations import describe_facts
from widgets.base.json_rows import JsonRow
from widgets.base.message_draft import facts_for
from widgets.base.workbook import Workbook
from widgets.parts.explanation import describe_reasons


def describe_review(workbook: Workbook, found: MessageReview, message: JsonRow) -> JsonRow:
    """Return the review of a message as texts; the gentler lines are in the message's language.

    Args:
        workbook: the workbook that shows it.
        found: the review.
        message: the message's row.
    """
    why = describe_reasons(workbook, (Reason(one.rule, {}, one.source) for one in found.findings))
    moment = found.moment
    day = "" if moment is None else workbook.relative_date(moment.date())
    return {
        "findings": [
            said | {"quote": one.quote} | describe_rewording(workbook, message, one)
            for one, said in zip(found.findings, why, strict=True)
        ],
        "gaps": found.gaps,
        "about": found.about,
        "size": found.size,
        "kindly": describe_reasons(workbook, found.warnings),
        "later": "" if moment is None else f"{day} {moment:%H:%M}",
        "waits": describe_reasons(workbook, [found.waits] if found.waits else []),
        "chair": {
            part: _format_lines(workbook, getattr(found.perspective, part))
            for part in ("sees", "gains", "fears")
        },
        "payer": _format_lines(workbook, [found.payer])[0],
    }


def find_rewording(workbook: Workbook, message: JsonRow, finding: TextIssue) -> Rewording | None:
    """Return the gentler wording of an issue in a message; None where no line fits."""
    words = texts("drafts", message["language"])
    sentence = words["gentler"].get(finding.rule, "")
    line = fill_sentence(words, sentence, facts_for(workbook, message))
    return reword(message["text"], finding, line)


def describe_rewording(workbook: Workbook, message: JsonRow, finding: TextIssue) -> JsonRow:
    """Return the sentence as it is, `before`, and as it would be, `after`; `can` if one fits."""
    found = find_rewording(workbook, message, finding)
    if found is None:
        return {"before": "", "after": "", "can": False}
    return {"before": found.before, "after": found.after, "can": True}


def _format_lines(workbook: Workbook, lines: Iterable[PerspectiveLine]) -> list[str]:
    """Return the lines of one part of the reader's perspective ("chair")."""
    sentences = workbook.texts_of("coach")["chair"]
    return [
        format_text(sentences[line.key], describe_facts(workbook, line.facts)) for line in lines
    ]
