"""Questions that follow from a step that is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from enishi.coach.asking.question import Question
from enishi.coach.relations.history import Frames, isin, iter_rows
from enishi.coach.relations.steps import NEARER
from enishi.coach.rules.settings import Settings


def ask_closer(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask the day after a step to draw somebody nearer how it is between the two now (B52)."""
    step = frames["step"]
    done = step[isin(step["state"], "done") & step["closed_on"].notna().to_numpy()]
    done = done[done.index.str.startswith(NEARER)]
    for id, row in iter_rows(done):
        due, facts = row["closed_on"].date() + timedelta(days=1), {"step": row["words"].strip()}
        yield Question("closer", id, due, row["contact_id"], facts)
