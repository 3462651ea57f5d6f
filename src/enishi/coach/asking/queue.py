"""Which question is asked now: one a day, two a week, never again once it was put aside twice."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType

import pandas as pd

from enishi.coach.asking.after_meetings import ask_otherwise
from enishi.coach.asking.question import Question, Source
from enishi.coach.relations.history import Frames, is_filled, isin
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import contactable
from enishi.coach.today.rest import monday_of

SOURCES: MappingProxyType[str, Source] = MappingProxyType({"otherwise": ask_otherwise})
"""Where the questions of each code come from."""
RULE = "asked_later"
"""The rule that switches all of them off."""
A_WEEK = 2
"""Most questions answered or put aside in a week, until the next is asked."""
ASIDE_DAYS = 7
"""Days for which a question put aside waits."""
ASIDE_MOST = 2
"""How often a question is put aside until it is never asked again."""
OPEN_DAYS = 60
"""Days after which a question nobody was asked is not asked any more."""


def open_questions(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[Question, ...]:
    """Return the questions that may be asked today, by their day.

    Left out are answered ones, those put aside a few days ago or twice, those about contacts whom
    a suggestion may not name or who rest, and those whose day is long past.

    Args:
        frames: the book's frames.
        today: the user's current date.
        settings: rules of thumb and disabled rules.
    """
    settings = settings or Settings()
    if not settings.is_enabled(RULE):
        return ()
    closed = closed_questions(frames, today)
    since = today - timedelta(days=OPEN_DAYS)
    found = [
        question
        for source in SOURCES.values()
        for question in source(frames, today, settings)
        if since <= question.due <= today and (question.code, question.about) not in closed
    ]
    if any(question.contact_id for question in found):
        people = contactable(frames)
        awake = people.index[~(people["quiet_until"] > pd.Timestamp(today)).to_numpy()]
        found = [each for each in found if not each.contact_id or each.contact_id in awake]
    return tuple(sorted(found, key=lambda each: (each.due, each.code, each.about)))


def question_to_ask(
    frames: Frames, today: date, settings: Settings | None = None
) -> Question | None:
    """Return the question for this visit; None after one today, or two in this week."""
    answer = frames["answer"]
    asked = answer[isin(answer["question"], *SOURCES)]["on"]
    if (asked == pd.Timestamp(today)).any():
        return None
    if (asked >= pd.Timestamp(monday_of(today))).sum() >= A_WEEK:
        return None
    return next(iter(open_questions(frames, today, settings)), None)


def closed_questions(frames: Frames, today: date) -> set[tuple[str, str]]:
    """Return code and row of the questions that are answered, or are not to be asked today."""
    answer = frames["answer"]
    answered = is_filled(answer["words"]) | is_filled(answer["chosen"])
    waits = (answer["on"] > pd.Timestamp(today - timedelta(days=ASIDE_DAYS))).to_numpy()
    for_good = (answer["aside"] >= ASIDE_MOST).to_numpy()
    rows = answer[answered | waits | for_good]
    return set(zip(rows["question"].astype(str), rows["about"], strict=True))
