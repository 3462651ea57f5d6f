"""Where the two articles disagree: the questions, the stands a person may take, and their days.

Each stand is the choice the user made for one question. It changes what its question is about,
never blocks anything, and can be taken back. Without one, and with `UNDECIDED`, all stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

UNDECIDED = "unknown"
"""The choice "don't know yet": the question is answered, and nothing follows from it."""
STANDS: Mapping[str, tuple[str, ...]] = {
    "mixers": ("go", "reason", "not_for_me"),
    "purpose": ("away", "keep"),
    "whom": ("narrow", "open"),
    "reach": ("beside", "step", "directly"),
    "first": ("small", "strength"),
    "pace": ("one", "three"),
    "hope": ("mine", "after_trust", "openly"),
}
"""The choices of each question; their texts are in `data/words/stands.yaml`."""
TOUCHES = {"one": 1, "three": 3}
"""How many messages may follow a first meeting, the thanks among them, by the stand on `pace`."""
NEARER_FIRST = {"beside": ("near", "steps"), "step": ("steps", "near")}
"""Who comes first among contacts equally due, by the stand on `reach`; values of `ahead`."""


@dataclass(frozen=True)
class Stand:
    """What is stored about one question.

    Attributes:
        choice: one of the question's choices, `UNDECIDED`, or '' while it is not answered.
        words: the user's own words on it.
        on: the day of the choice; None where there is none.
        confirmed: whether the user was asked later and said that it still holds.
    """

    choice: str
    words: str
    on: date | None
    confirmed: bool


def stand(setting: pd.DataFrame, question: str) -> str:
    """Return the stand on a question; '' where there is none, or while it is undecided.

    Args:
        setting: the setting frame.
        question: a key of `STANDS`.
    """
    chosen = _stored(setting, f"stand_{question}")
    return chosen if chosen in STANDS[question] else ""


def read_stand(setting: pd.DataFrame, question: str) -> Stand:
    """Return everything stored about a question."""
    chosen = _stored(setting, f"stand_{question}")
    return Stand(
        choice=chosen if chosen in (*STANDS[question], UNDECIDED) else "",
        words=_stored(setting, f"stand_{question}_words").strip(),
        on=stored_day(_stored(setting, f"stand_{question}_on")),
        confirmed=_stored(setting, f"stand_{question}_still") == "yes",
    )


def stored_day(text: str) -> date | None:
    """Return a stored day; None for a text that is none.

    >>> stored_day("2026-11-30"), stored_day("soon")
    (datetime.date(2026, 11, 30), None)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _stored(setting: pd.DataFrame, name: str) -> str:
    return str(setting["value"].get(name, ""))
