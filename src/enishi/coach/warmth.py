"""How much warmth of past contacts is left: it orders the nearest people and is never shown."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from enishi.coach.history import NEVER, Frames, day_number, day_numbers, is_one_of, living

HALF_LIFE_DAYS = 90
"""Days after which half the warmth of a contact is left (a rule of thumb)."""
MESSAGE, TALK, TOGETHER = 0.5, 1.0, 2.0
"""Warmth of a message, of a talk, of a meal or an hour together."""


def remaining(warmth: ArrayLike, age_days: ArrayLike) -> NDArray[np.float64]:
    """Return what is left of each contact's warmth after so many days.

    >>> remaining([1, 1, 2], [0, 90, 180]).tolist()
    [1.0, 0.5, 0.5]
    """
    left: NDArray[np.float64] = np.asarray(warmth, float) * np.exp2(
        -np.asarray(age_days, float) / HALF_LIFE_DAYS
    )
    return left


def warmth(frames: Frames, today: date) -> pd.Series[float]:
    """Return the warmth left with each living contact, by id; only two-way contacts warm."""
    people = living(frames)
    encounter = frames["encounter"]
    who = people.index.get_indexer(pd.Index(encounter["contact_id"]))
    age = day_number(today) - day_numbers(encounter["on"])
    written = is_one_of(encounter["kind"], "message", "letter", "sns")
    warms = (who >= 0) & (age >= 0) & (age < -NEVER // 2)
    warms &= encounter["two_way"].to_numpy() | ~written
    together = is_one_of(encounter["kind"], "meal") | (encounter["minutes"].to_numpy() >= 60)
    each = np.select([written, together], [MESSAGE, TOGETHER], TALK)
    left = np.zeros(len(people))
    np.add.at(left, who[warms], remaining(each[warms], age[warms]))
    return pd.Series(left, index=people.index)
