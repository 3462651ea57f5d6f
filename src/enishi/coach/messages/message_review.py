"""The review of a message before it is sent: its issues, and the view of the recipient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enishi.choices import REPAIRS
from enishi.coach.messages.draft import gaps
from enishi.coach.messages.lint import REFUSAL, find_issues, text_focus
from enishi.coach.messages.perspective import (
    Perspective,
    PerspectiveLine,
    payer,
    stage_or_default,
    take_perspective,
)
from enishi.coach.messages.request_timing import may_ask, size_of
from enishi.coach.relations.history import FrameRow, Frames, frames_of, history, iter_rows
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.rules.reason import Reason, TextIssue
from enishi.coach.rules.settings import Settings
from enishi.coach.today.cautions import find_cautions
from enishi.coach.today.quiet_hours import good_moment

OWED = ("promise", *REPAIRS, "decline", "refuse")
"""Kinds of message without a warning about writing too often: they answer or keep a promise."""
_KNOWN = 2
"""From this stage on a message is not a first one, even without an earlier one in the book."""


@dataclass(frozen=True)
class MessageReview:
    """The review of a message.

    Attributes:
        findings: the issues that might put the reader off, from `find_issues`.
        gaps: the gaps still to fill.
        about: whom it is about, from `text_focus`.
        size: the size of the request, 0 (none) to 4.
        warnings: the reasons to wait, each with an alternative; never a block.
        moment: the next good time to send it, None where that is now.
        waits: why not earlier, or None.
        perspective: the view of the recipient.
        payer: the view of a person who would pay.
    """

    findings: tuple[TextIssue, ...]
    gaps: tuple[str, ...]
    about: str
    size: int
    warnings: tuple[Reason, ...]
    moment: datetime | None
    waits: Reason | None
    perspective: Perspective
    payer: PerspectiveLine


def review_message(
    frames: Frames,
    message: FrameRow,
    today: date,
    now: datetime,
    settings: Settings | None = None,
    me: str = "",
) -> MessageReview:
    """Return the review of a message as its recipient might read it.

    Args:
        frames: the book's frames.
        message: the message's row, with `contact_id`, `kind`, `level` and `text`.
        today: the user's current date.
        now: the current moment on the user's clock.
        settings: rules of thumb and disabled rules.
        me: the sender's name.

    Raises:
        KeyError: no contact has the id `contact_id`.
    """
    settings = settings or Settings()
    id, kind, text = message["contact_id"], message["kind"], message["text"]
    near = frames_of(frames, id)
    histories = history(near, today, settings)
    stage = int(stage_numbers(histories, settings)[0])
    row = next(values for _, values in iter_rows(histories))
    spoken = stage_or_default(row, stage, today, settings)
    first = spoken < _KNOWN and not row["reaches"]
    size = size_of(kind, text)
    warnings = may_ask(near, id, size, today, settings) if size else ()
    mine = [
        caution.reason
        for caution in find_cautions(near, today, settings)
        if caution.contact_id == id
    ]
    warnings += tuple(reason for reason in mine if reason.rule == "guard_signs" and not size)
    if kind not in OWED and not any(reason.rule == "ask_unanswered" for reason in warnings):
        warnings += tuple(reason for reason in mine if reason.rule == "guard_too_often")
    person = near["contact"].iloc[0]
    work = message["level"] == "formal" or bool(person["organisation"] and size == 4)
    moment = good_moment(now, work, settings)
    return MessageReview(
        findings=find_issues(text, stage=spoken, me=me, first=first, kind=kind, settings=settings),
        gaps=gaps(text),
        about=text_focus(text),
        size=size,
        warnings=warnings,
        moment=None if moment.at == now else moment.at,
        waits=moment.reason,
        perspective=take_perspective(
            near, id, today, "" if kind == REFUSAL else text, settings, me
        ),
        payer=payer(near, id, today),
    )
