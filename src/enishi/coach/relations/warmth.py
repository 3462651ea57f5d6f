"""The remaining warmth of past contacts; it orders the nearest people and is never shown."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from enishi.coach.relations.history import (
    NEVER,
    WRITTEN,
    Frames,
    active_contacts,
    day_number,
    day_numbers,
    isin,
    mark_two_way,
)
from enishi.coach.rules.settings import Settings


def decay_warmth(
    warmth: ArrayLike, age_days: ArrayLike, settings: Settings | None = None
) -> NDArray[np.float64]:
    """Return the remaining warmth after `age_days` days; it halves every `warmth_half_days`.

    >>> decay_warmth([1, 1, 2], [0, 90, 180]).tolist()
    [1.0, 0.5, 0.5]
    """
    left: NDArray[np.float64] = np.asarray(warmth, float) * np.exp2(
        -np.asarray(age_days, float) / (settings or Settings()).warmth_half_days
    )
    return left


def warmth(frames: Frames, today: date, settings: Settings | None = None) -> pd.Series[float]:
    """Return the remaining warmth of each active contact, by id; only two-way encounters add.

    A talk adds 1, a written message less, a meal, an hour together or one in which both opened up
    more; a hello adds nothing.
    """
    settings = settings or Settings()
    people = active_contacts(frames)
    encounter = frames["encounter"]
    who = people.index.get_indexer(pd.Index(encounter["contact_id"]))
    age = day_number(today) - day_numbers(encounter["on"])
    written = isin(encounter["kind"], *WRITTEN)
    warms = (who >= 0) & (age >= 0) & (age < -NEVER // 2)
    hello = isin(encounter["depth"], "hello")
    warms &= (mark_two_way(encounter) | ~written) & ~hello
    together = isin(encounter["kind"], "meal") | isin(encounter["depth"], "opened")
    together |= encounter["minutes"].to_numpy() >= 60
    each = np.select(
        [written, together], [settings.warmth_message, float(settings.warmth_together)], 1.0
    )
    left = np.zeros(len(people))
    np.add.at(left, who[warms], decay_warmth(each[warms], age[warms], settings))
    return pd.Series(left, index=people.index)
