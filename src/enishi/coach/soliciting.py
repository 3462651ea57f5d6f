"""People who showed signs of solicitation: nobody is urged to meet or to ask them for anything."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.history import Row
from enishi.coach.place import read_signs

FROM = ("careful", "stop")
"""What the signs have to amount to; a single slight one only asks to be watched."""


def solicits(person: Row) -> bool:
    """Return whether the signs ticked on one person ask for care."""
    return read_signs(person["signs"]).result in FROM


def soliciting(people: pd.DataFrame) -> NDArray[np.bool_]:
    """Return on whom of a contact frame the signs ticked ask for care."""
    every = people["signs"].to_numpy(dtype=object)
    found = np.zeros(len(people), dtype=bool)
    for place in np.flatnonzero(np.fromiter(map(len, every), np.int64, len(every))):
        found[place] = read_signs(every[place]).result in FROM
    return found
