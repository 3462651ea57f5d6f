"""With whom the user thrives: their own sentence, and of whom they said that it fits (B77)."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.coach.relations.answers import answer_about
from enishi.coach.relations.history import Frames, is_filled


def thriving_sentence(frames: Frames, until: date) -> str:
    """Return how the user last finished “I thrive with people who …” by a day; '' for nothing."""
    review = frames["review"]
    written = review[is_filled(review["thrive_with"]) & (review["on"] <= pd.Timestamp(until))]
    return "".join(written.sort_values("on", kind="stable")["thrive_with"].tail(1)).strip()


def thrives_with(frames: Frames, contact_id: str) -> str:
    """Return the user's sentence of which they said that a contact is one; '' for none.

    It is the sentence as it was when they answered.
    """
    answer = answer_about(frames, "thrive", contact_id)
    if answer is None or answer["chosen"] != "yes" or pd.isna(answer["on"]):
        return ""
    return thriving_sentence(frames, answer["on"].date())
