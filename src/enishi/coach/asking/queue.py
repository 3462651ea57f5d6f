"""Which question is asked now: one a day, two a week, never again once it was put aside twice."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType

import pandas as pd

from enishi.coach.asking.about_people import ask_fading, ask_lesson, ask_mutual, ask_why_known
from enishi.coach.asking.after_books import ask_what_came_of_a_book
from enishi.coach.asking.after_events import (
    ask_came_to,
    ask_discovered,
    ask_eased,
    ask_went_on,
    ask_whom_there,
)
from enishi.coach.asking.after_letters import (
    ask_early_request,
    ask_reply,
    ask_their_answer,
    ask_their_side,
)
from enishi.coach.asking.after_meetings import (
    ask_kind_answer,
    ask_led_there,
    ask_otherwise,
    ask_which_helped,
)
from enishi.coach.asking.after_reviews import ask_once_enough, ask_phase
from enishi.coach.asking.after_second_meetings import ask_whether_one_thrives
from enishi.coach.asking.after_steps import ask_closer
from enishi.coach.asking.question import Question, Source
from enishi.coach.relations.history import Frames, is_filled, isin
from enishi.coach.rules.reason import reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import contactable
from enishi.coach.today.rest import monday_of

SOURCES: MappingProxyType[str, Source] = MappingProxyType(
    {
        "otherwise": ask_otherwise,
        "mutual": ask_mutual,
        "why_known": ask_why_known,
        "fading": ask_fading,
        "lesson": ask_lesson,
        "kind_answer": ask_kind_answer,
        "their_side": ask_their_side,
        "early_ask": ask_early_request,
        "their_answer": ask_their_answer,
        "reply": ask_reply,
        "phase": ask_phase,
        "went_on": ask_went_on,
        "came_to": ask_came_to,
        "eased": ask_eased,
        "led_there": ask_led_there,
        "discovered": ask_discovered,
        "whom_there": ask_whom_there,
        "once_enough": ask_once_enough,
        "which_helped": ask_which_helped,
        "closer": ask_closer,
        "book": ask_what_came_of_a_book,
        "thrive": ask_whether_one_thrives,
    }
)
"""Where the questions of each code come from."""
REASON_TO_ASK = reason_for("asked_later")
"""Why any of them is asked; its rule switches all of them off."""
ASKED_ABOUT = ("contact", "event", "step", "review")
"""The tables of which one has rows wherever a question follows from anything."""
FOR_GOOD = 2
"""How often a question is put aside until it is never asked again."""


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
    if not settings.is_enabled(REASON_TO_ASK.rule):
        return ()
    closed = closed_questions(frames, today, settings)
    since = today - timedelta(days=settings.question_open_days)
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
    settings = settings or Settings()
    if all(frames[table].empty for table in ASKED_ABOUT):
        return None
    answer = frames["answer"]
    asked = answer[isin(answer["question"], *SOURCES)]["on"]
    if (asked == pd.Timestamp(today)).any():
        return None
    if (asked >= pd.Timestamp(monday_of(today))).sum() >= settings.questions_per_week:
        return None
    return next(iter(open_questions(frames, today, settings)), None)


def closed_questions(frames: Frames, today: date, settings: Settings) -> set[tuple[str, str]]:
    """Return code and row of the questions that are answered, or are not to be asked today."""
    answer = frames["answer"]
    answered = is_filled(answer["words"]) | is_filled(answer["chosen"])
    since = pd.Timestamp(today - timedelta(days=settings.question_again_days))
    waits = (answer["on"] > since).to_numpy()
    for_good = (answer["aside"] >= FOR_GOOD).to_numpy()
    rows = answer[answered | waits | for_good]
    return set(zip(rows["question"].astype(str), rows["about"], strict=True))
