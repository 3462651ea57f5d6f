"""Questions that follow from the look back at a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from enishi.coach.asking.question import Question
from enishi.coach.goal.phase import chosen_phase
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows
from enishi.coach.review.months import look_again_day
from enishi.coach.rules.settings import Settings


def ask_phase(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask on the day the user set whether the phase of the goal still holds (A38, A42).

    The row is named with the day, so that a day moved on is a question of its own.
    """
    found = look_again_day(frames)
    if found is None:
        return
    facts = {"phase": chosen_phase(frames), "next": today + timedelta(days=settings.stand_days)}
    yield Question("phase", f"{found.review_id}.{found.on}", found.on, facts=facts)


def ask_once_enough(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask after the experiment of a month whether once was enough (B10, B60)."""
    review = frames["review"]
    done = isin(review["kind"], "month") & isin(review["next_state"], "done")
    rows = review[done & is_filled(review["tried"]) & review["next_on"].notna().to_numpy()]
    for id, row in iter_rows(rows):
        due = row["next_on"].date() + timedelta(days=1)
        yield Question("once_enough", id, due, facts={"tried": row["tried"].strip()})
