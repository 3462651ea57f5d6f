"""Questions that follow from a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from enishi.coach.asking.question import Question
from enishi.coach.relations.history import Frames, iter_rows, name_of
from enishi.coach.rules.settings import Settings


def ask_otherwise(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask on the day after a hard meeting what the user would do otherwise (A8)."""
    encounter, contact = frames["encounter"], frames["contact"]
    hard = encounter[encounter["hard"] & (encounter["on"] < pd.Timestamp(today)).to_numpy()]
    for id, row in iter_rows(hard[hard["contact_id"].isin(contact.index)]):
        on = row["on"].date()
        facts = {"name": name_of(contact.loc[row["contact_id"]]), "day": on}
        yield Question("otherwise", id, on + timedelta(days=1), row["contact_id"], facts)
