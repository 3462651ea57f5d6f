"""A question that follows from a row, with the day from which on it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        code: one of `enishi.choices.ASKED_LATER`; its texts are in `data/words/asking.yaml`.
        about: the id of the row it follows from; with the code it names the question.
        due: the day from which on it is asked.
        contact_id: the contact it is about, '' for none.
        facts: what the text quotes, by name; dates as dates.
        options: choices that depend on the book, as value and label; with them those of the texts.
    """

    code: str
    about: str
    due: date
    contact_id: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[tuple[str, str], ...] = ()


Source = Callable[[Frames, date, Settings], Iterator[Question]]
"""Yields the questions of one code from the frames, today and the settings, answered or not."""
