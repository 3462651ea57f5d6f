"""Steps that were taken from a book: which one, and what the user keeps of them (B79).

The id of such a step names the book: `book-<name>`, or `book-<name>-2` where there is one already.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import Frames, isin, iter_rows

PREFIX = "book-"
"""How the id of a step begins that was taken from a book."""


class KeptStep(NamedTuple):
    """A step of a book that the user keeps.

    Attributes:
        step: what it was, in the user's words.
        words: what they wrote of it, may be empty.
    """

    step: str
    words: str


def steps_of_books(frames: Frames) -> pd.DataFrame:
    """Return the steps that were taken from a book, rows of the step frame."""
    step = frames["step"]
    return step if step.empty else step[step.index.str.startswith(PREFIX)]


def kept_of_book(frames: Frames, book: str) -> tuple[KeptStep, ...]:
    """Return the steps of a book that the user said to keep, the latest last.

    Args:
        frames: needs step and answer.
        book: the name of the book in `data/words/stands.yaml`.
    """
    steps = dict(iter_rows(steps_of_books(frames)))
    answer = answers_to(frames, "book")
    return tuple(
        KeptStep(steps[row["about"]]["words"].strip(), row["words"].strip())
        for _, row in iter_rows(answer[isin(answer["chosen"], "keep")] if len(answer) else answer)
        if row["about"] in steps and row["about"].split("-")[1] == book
    )
