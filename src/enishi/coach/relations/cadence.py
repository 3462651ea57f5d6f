"""The least frequency of contact for each tie, and how its health falls without contact."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from enishi.coach.rules.settings import Settings


def rhythm(
    stage: ArrayLike, grow: ArrayLike, settings: Settings | None = None
) -> NDArray[np.float64]:
    """Return the days T between contacts; NaN where the stage has no rhythm.

    Args:
        stage: stages 0 to 4.
        grow: whether the tie is in focus (to grow) rather than only to be kept; shape of `stage`.
        settings: the days for each stage.
    """
    days = settings or Settings()
    keep = np.array([np.nan, np.nan, days.keep_s2_days, days.keep_s3_days, days.keep_s4_days])
    more = np.array(
        [np.nan, days.grow_s1_days, days.grow_s2_days, days.grow_s3_days, days.grow_s4_days]
    )
    level = np.asarray(stage, dtype=np.int64)
    return np.where(np.asarray(grow, dtype=bool), more[level], keep[level])


def rhythms(
    people: pd.DataFrame, stage: ArrayLike, settings: Settings | None = None
) -> NDArray[np.float64]:
    """Return the days between contacts for each of `people`; the user's choice comes first.

    Args:
        people: a contact frame.
        stage: the stage of each contact, 0 to 4.
        settings: the days for each stage, used where `cadence_days` is empty.
    """
    own = people["cadence_days"].to_numpy(dtype=float)
    return np.where(np.isnan(own), rhythm(stage, people["focus"].to_numpy(), settings), own)


def health(days: ArrayLike, rhythm_days: ArrayLike) -> NDArray[np.float64]:
    """Return the health of a tie: 1 within its rhythm, halved for each further rhythm of delay.

    Args:
        days: days since the last meaningful contact.
        rhythm_days: T in days, as returned by `rhythm`.

    >>> health([0, 45, 60, 90], 30).round(4).tolist()
    [1.0, 0.7071, 0.5, 0.25]
    """
    d, t = np.asarray(days, dtype=float), np.asarray(rhythm_days, dtype=float)
    late: NDArray[np.float64] = np.exp2(-np.maximum(d - t, 0) / t)
    return late


def due(
    days: ArrayLike, rhythm_days: ArrayLike, settings: Settings | None = None
) -> NDArray[np.float64]:
    """Return how due a contact is, rising from 0 at 0.8 T to 1 at 2 T; 0 without a rhythm.

    >>> due([24, 30, 45, 60], 30).round(4).tolist()
    [0.0, 0.1667, 0.5833, 1.0]
    """
    d, t = np.asarray(days, dtype=float), np.asarray(rhythm_days, dtype=float)
    with np.errstate(invalid="ignore"):
        from_ = (settings or Settings()).due_from
        return np.nan_to_num(np.clip((d - from_ * t) / ((2 - from_) * t), 0, 1))


def weekly_load(ties: Mapping[float, int]) -> float:
    """Return the contacts per week that ties need; `ties` is `{T in days: number of ties}`.

    >>> round(weekly_load({14: 5, 30: 10, 90: 20, 180: 60}), 2)
    8.72
    """
    return sum(count * 7 / days for days, count in ties.items())
