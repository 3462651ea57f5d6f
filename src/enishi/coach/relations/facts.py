"""What the user wrote about a contact: what they love, make, announce or look for."""

from __future__ import annotations

import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, isin

_COLUMNS = {"needs": ("looking_for",), "topics": ("loves", "trying")}
"""The kinds of fact that say what a list of earlier books held."""


def facts_about(frames: Frames, contact_id: str) -> pd.DataFrame:
    """Return the rows of `fact` about one contact that have words, in the order of the book."""
    fact = frames["fact"]
    rows = fact[(fact["contact_id"] == contact_id).to_numpy()]
    return rows[is_filled(rows["words"])]


def with_facts(frames: Frames, people: pd.DataFrame) -> pd.DataFrame:
    """Return `people` with what their facts say added to `needs` and `topics`; guesses are not."""
    fact = frames["fact"]
    known = fact[is_filled(fact["words"]) & ~isin(fact["source"], "guess")]
    known = known[known["contact_id"].isin(people.index)]
    if known.empty:
        return people
    said = people.copy()
    for column, kinds in _COLUMNS.items():
        words = known[isin(known["kind"], *kinds)].groupby("contact_id")["words"].agg(list)
        cells = [
            [*cell, *words.get(id, [])] for id, cell in zip(said.index, said[column], strict=True)
        ]
        said[column] = pd.Series(cells, index=said.index, dtype=object)
    return said
