"""What passes between the user and a contact: work, an ear, free days, encouragement (A2, B4)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.choices import PASSES
from enishi.coach.relations.history import Frames
from enishi.coach.relations.suggestible import suggestible_contacts

CHEER = "cheer"
"""Encouragement, which has a column of its own."""


def passes_mask(people: pd.DataFrame, kind: str) -> NDArray[np.bool_]:
    """Return a mask of the contacts with whom `kind`, one of `PASSES`, passes."""
    every = people["passes"].to_numpy(dtype=object)
    found = np.zeros(len(people), dtype=bool)
    for place in np.flatnonzero(np.fromiter(map(len, every), np.int64, len(every))):
        found[place] = kind in every[place]
    return found


def empty_seats(frames: Frames) -> tuple[str, ...]:
    """Return the kinds of `PASSES`, and `CHEER`, that no contact who is not at rest is noted for.

    Nothing while not one of them is noted for anybody: that says only that nothing is written.
    """
    people = suggestible_contacts(frames)
    people = people[~people["closed"]]
    taken = {kind for kind in PASSES if passes_mask(people, kind).any()}
    taken |= {CHEER} if people["cheer"].any() else set()
    return tuple(kind for kind in (*PASSES, CHEER) if kind not in taken) if taken else ()
