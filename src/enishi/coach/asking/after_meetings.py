"""Questions that follow from a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from enishi.coach.asking.question import Question
from enishi.coach.goal.kind_questions import next_kind_question
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import Frames, isin, iter_rows, name_of
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.rules.settings import Settings


def ask_otherwise(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask on the day after a hard meeting what the user would do otherwise (A8)."""
    encounter, contact = frames["encounter"], frames["contact"]
    hard = encounter[encounter["hard"] & (encounter["on"] < pd.Timestamp(today)).to_numpy()]
    for id, row in iter_rows(hard[hard["contact_id"].isin(contact.index)]):
        on = row["on"].date()
        facts = {"name": name_of(contact.loc[row["contact_id"]]), "day": on}
        yield Question("otherwise", id, on + timedelta(days=1), row["contact_id"], facts)


def ask_kind_answer(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask after a talk with somebody of a kind what they answered to its question (A15, B7, B8).

    The question is the one that stood in the brief. Of the talks not asked about yet only the last
    with each kind counts, because its answer decides which question is the next.
    """
    role, contact = rows_of_open_goals(frames, "role"), frames["contact"]
    encounter = frames["encounter"]
    if role.empty or encounter.empty:
        return
    of_kind = contact[contact["role_id"].isin(role.index)]
    since = pd.Timestamp(today - timedelta(days=settings.question_open_days))
    talks = encounter[encounter["contact_id"].isin(of_kind.index)]
    talks = talks[isin(talks["kind"], *TOGETHER) & ~isin(talks["depth"], "hello")]
    talks = talks[(talks["on"] >= since) & (talks["on"] <= pd.Timestamp(today))]
    answered = set(answers_to(frames, "kind_answer")["about"])
    for role_id, people in of_kind.groupby("role_id"):
        asked = next_kind_question(frames, str(role_id))
        theirs = talks[talks["contact_id"].isin(people.index) & ~talks.index.isin(answered)]
        if not asked or theirs.empty:
            continue
        ((id, row),) = iter_rows(theirs.sort_values("on", kind="stable").tail(1))
        facts = {"name": name_of(contact.loc[row["contact_id"]]), "question": asked}
        yield Question("kind_answer", id, row["on"].date(), row["contact_id"], facts)
