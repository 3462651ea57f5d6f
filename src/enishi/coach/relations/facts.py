"""What the user wrote about a contact: what they love, make, announce or look for."""

from __future__ import annotations

import pandas as pd

from enishi.coach.relations.history import Frames, is_filled


def facts_about(frames: Frames, contact_id: str) -> pd.DataFrame:
    """Return the rows of `fact` about one contact that have words, in the order of the book."""
    fact = frames["fact"]
    rows = fact[(fact["contact_id"] == contact_id).to_numpy()]
    return rows[is_filled(rows["words"])]
