"""The question what came of a step that was taken from a book (B79)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from enishi.coach.asking.question import Question
from enishi.coach.goal.place_dates import date_of
from enishi.coach.relations.book_steps import steps_of_books
from enishi.coach.relations.history import Frames, isin, iter_rows
from enishi.coach.rules.settings import Settings


def ask_what_came_of_a_book(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask on the day after its day, or after it was done, what came of a step of a book."""
    steps = steps_of_books(frames)
    for id, step in iter_rows(steps[isin(steps["state"], "open", "done")]):
        day = date_of(step["on"]) or date_of(step["closed_on"])
        if day is not None:
            facts = {"step": step["words"].strip()}
            yield Question("book", id, day + timedelta(days=1), step["contact_id"], facts)
