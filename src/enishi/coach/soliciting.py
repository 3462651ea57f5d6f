"""People who showed signs of solicitation: no suggestion names them.

They stay on their own card, in the list of people and in what the person wrote down; whatever the
coach proposes, counts as near or tells in a letter is taken from `welcome`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.history import Frames, Row, living
from enishi.coach.place import read_signs

FROM = ("careful", "stop")
"""What the signs have to amount to; a single slight one only asks to be watched."""


def solicits(person: Row) -> bool:
    """Return whether the signs ticked on one person ask for care."""
    return read_signs(person["signs"]).result in FROM


def welcome(frames: Frames) -> pd.DataFrame:
    """Return the living contacts that a suggestion may name."""
    people = living(frames)
    found = soliciting(people)
    return people[~found] if found.any() else people


def soliciting(people: pd.DataFrame) -> NDArray[np.bool_]:
    """Return on whom of a contact frame the signs ticked ask for care."""
    every = people["signs"].to_numpy(dtype=object)
    found = np.zeros(len(people), dtype=bool)
    for place in np.flatnonzero(np.fromiter(map(len, every), np.int64, len(every))):
        found[place] = read_signs(every[place]).result in FROM
    return found
