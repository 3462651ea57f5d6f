"""Questions that follow from a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.asking.question import Question
from enishi.coach.goal.kind_questions import next_kind_question
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows, name_of
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


def ask_led_there(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask which question led to what somebody said of themselves, the day after (B31).

    Only of what was written within a week of a talk with them, and of one thing a day.
    """
    fact, contact = frames["fact"], frames["contact"]
    said = fact[isin(fact["source"], "said") & is_filled(fact["words"])]
    said = said[said["contact_id"].isin(contact.index) & _lately(said["on"], today, settings)]
    if said.empty:
        return
    talks = _talks(frames)
    for id, row in iter_rows(said[~said.duplicated(["contact_id", "on"], keep="last")]):
        week = pd.Timestamp(row["on"]) - pd.Timedelta(weeks=1)
        with_them = talks.loc[(talks["contact_id"] == row["contact_id"]).to_numpy(), "on"]
        if with_them.between(week, row["on"]).any():
            due, facts = row["on"].date() + timedelta(days=1), {"fact": row["words"].strip()}
            yield Question("led_there", id, due, row["contact_id"], facts)


def ask_which_helped(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask after a talk which of what was looked up in the week before it helped (B70)."""
    fact, contact = frames["fact"], frames["contact"]
    seen = fact[isin(fact["source"], "seen") & is_filled(fact["words"])]
    seen = seen[seen["contact_id"].isin(contact.index)]
    if seen.empty:
        return
    talks = _talks(frames)
    talks = talks[talks["contact_id"].isin(seen["contact_id"])]
    for id, row in iter_rows(talks[_lately(talks["on"], today, settings)]):
        since = row["on"] - pd.Timedelta(weeks=1)
        theirs = seen[(seen["contact_id"] == row["contact_id"]).to_numpy()]
        helped = theirs[theirs["on"].between(since, row["on"])]
        options = [(key, each["words"].strip()) for key, each in iter_rows(helped)]
        if options:
            due = row["on"].date() + timedelta(days=1)
            yield Question("which_helped", id, due, row["contact_id"], options=tuple(options))


def _talks(frames: Frames) -> pd.DataFrame:
    """Return the encounters in which people talked with each other."""
    encounter = frames["encounter"]
    return encounter[isin(encounter["kind"], *TOGETHER)]


def _lately(days: pd.Series[Any], today: date, settings: Settings) -> NDArray[np.bool_]:
    """Return a mask of the days before today that are not long past."""
    since = pd.Timestamp(today - timedelta(days=settings.question_open_days))
    found: NDArray[np.bool_] = ((days < pd.Timestamp(today)) & (days >= since)).to_numpy()
    return found
