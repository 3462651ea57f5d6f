"""The user's answers to questions that were asked after something was written.

A question put aside has a row as well, without an answer.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, isin


def answers_to(frames: Frames, question: str) -> pd.DataFrame:
    """Return the answered rows of `answer` to one question, the latest last.

    Args:
        frames: needs answer.
        question: its code, one of `enishi.choices.ASKED_LATER`.
    """
    answer = frames["answer"]
    if answer.empty:
        return answer
    rows = answer[isin(answer["question"], question)]
    answered = is_filled(rows["words"]) | is_filled(rows["chosen"])
    return rows[answered].sort_values("on", kind="stable")


def answer_about(frames: Frames, question: str, about: str) -> pd.Series[Any] | None:
    """Return the latest answer to one question about one row; None where there is none."""
    rows = answers_to(frames, question)
    rows = rows[(rows["about"] == about).to_numpy()]
    return None if rows.empty else rows.iloc[-1]
