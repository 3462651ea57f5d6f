"""How a message reads before it goes out: what is noticed, and how it looks from over there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enishi.coach.messages.draft import gaps
from enishi.coach.messages.lint import REFUSAL, find_issues, turned_to_reader
from enishi.coach.messages.perspective import (
    Perspective,
    PerspectiveLine,
    payer,
    spoken_stage,
    take_perspective,
)
from enishi.coach.messages.request_timing import may_ask, size_of
from enishi.coach.relations.history import FrameRow, Frames, frames_of, history, iter_rows
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.rules.reason import Reason, TextIssue
from enishi.coach.rules.settings import Settings
from enishi.coach.today.cautions import find_cautions
from enishi.coach.today.quiet_hours import good_moment

OWED = ("promise", "decline", "refuse")
"""Kinds of message that are no reaching out: nobody is warned against keeping a promise."""
_KNOWN = 2
"""From this stage on a message is no first one, even if none was noted before."""


@dataclass(frozen=True)
class MessageReview:
    """How a message reads.

    Attributes:
        findings: what might make the other step back, by `find_issues`.
        gaps: what is still left to one's own words.
        about: whom it is about, by `turned_to_reader`.
        size: how much it asks for, 0 to 4.
        kindly: what speaks for waiting, each with another way to go; never a block.
        moment: when it disturbs nobody, None where that is now.
        waits: why not before.
        chair: the same from the other side.
        payer: the same from the chair of who pays.
    """

    findings: tuple[TextIssue, ...]
    gaps: tuple[str, ...]
    about: str
    size: int
    kindly: tuple[Reason, ...]
    moment: datetime | None
    waits: Reason | None
    chair: Perspective
    payer: PerspectiveLine


def read(
    frames: Frames,
    message: FrameRow,
    today: date,
    now: datetime,
    settings: Settings | None = None,
    me: str = "",
) -> MessageReview:
    """Read a message as the person it is for might.

    Args:
        frames: the book's frames.
        message: its row, with `contact_id`, `kind`, `level` and `text`.
        today: the person's day.
        now: the person's own clock.
        settings: rules of thumb, rules switched off.
        me: how the sender signs.
    """
    rule = settings or Settings()
    id, kind, text = message["contact_id"], message["kind"], message["text"]
    near = frames_of(frames, id)
    seen = history(near, today, rule)
    stage = int(stage_numbers(seen, rule)[0])
    row = next(values for _, values in iter_rows(seen))
    spoken = spoken_stage(row, stage, today, rule)
    first = spoken < _KNOWN and not row["reaches"]
    size = size_of(kind, text)
    kindly = may_ask(near, id, size, today, rule).reasons if size else ()
    mine = [guard.reason for guard in find_cautions(near, today, rule) if guard.contact_id == id]
    kindly += tuple(reason for reason in mine if reason.rule == "guard_signs" and not size)
    if kind not in OWED and not any(reason.rule == "ask_unanswered" for reason in kindly):
        kindly += tuple(reason for reason in mine if reason.rule == "guard_too_often")
    person = near["contact"].iloc[0]
    work = message["level"] == "formal" or bool(person["organisation"] and size == 4)
    moment = good_moment(now, work, rule)
    return MessageReview(
        findings=find_issues(text, stage=spoken, me=me, first=first, kind=kind, settings=rule),
        gaps=gaps(text),
        about=turned_to_reader(text),
        size=size,
        kindly=kindly,
        moment=None if moment.at == now else moment.at,
        waits=moment.reason,
        chair=take_perspective(near, id, today, "" if kind == REFUSAL else text, rule, me),
        payer=payer(near, id, today),
    )
