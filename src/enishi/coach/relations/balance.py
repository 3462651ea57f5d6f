"""The balance of giving and receiving with a contact; a care for the user, not an account."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings


def balance(given: ArrayLike, received: ArrayLike) -> NDArray[np.float64]:
    """Return (given − received) / (given + received + 2), between −1 and 1.

    >>> balance([1, 4, 3, 6, 0], [4, 1, 3, 0, 1]).round(4).tolist()
    [-0.4286, 0.4286, 0.0, 0.75, -0.3333]
    """
    out, into = np.asarray(given, dtype=float), np.asarray(received, dtype=float)
    result: NDArray[np.float64] = (out - into) / (out + into + 2)
    return result


def settled_ids(frames: Frames, today: date, settings: Settings | None = None) -> list[str]:
    """Return the ids of the contacts with whom a one-sided balance is fine as it is (B53, B65).

    The user said so within the last `balance_fine_days`, and nothing else since.
    """
    rows = answers_to(frames, "balance").drop_duplicates("contact_id", keep="last")
    since = today - timedelta(days=(settings or Settings()).balance_fine_days)
    fine = (rows["chosen"] == "fine") & (rows["on"] > pd.Timestamp(since))
    return rows["contact_id"][fine].tolist()


def balance_direction(given: int, received: int, settings: Settings | None = None) -> str:
    """Return where the balance leans: `receiving`, `giving` or `even`.

    `quiet` without gives, and while the few that are noted went one way: that is no balance yet.
    """
    settings = settings or Settings()
    b = float(balance(given, received))
    if b < settings.balance_low:
        return "receiving"
    if b > settings.balance_high and given >= settings.over_giving_least:
        return "giving"
    return "even" if given and received else "quiet"
