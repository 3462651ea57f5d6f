"""The steps the user means to take, with a contact or alone."""

from __future__ import annotations

import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, isin

NEARER = "nearer-"
"""How the id of a step begins that is to draw somebody nearer."""


def open_steps(frames: Frames) -> pd.DataFrame:
    """Return the rows of `step` that are open and have words, by date, undated ones last."""
    step = frames["step"]
    rows = step[isin(step["state"], "open") & is_filled(step["words"])]
    return rows.sort_values("on", kind="stable")


def steps_with(frames: Frames, contact_id: str) -> pd.DataFrame:
    """Return the open steps with one contact, by date, undated ones last."""
    rows = open_steps(frames)
    return rows[rows["contact_id"] == contact_id]
