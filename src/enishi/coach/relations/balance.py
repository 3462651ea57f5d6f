"""The balance of giving and receiving with a contact; a care for the user, not an account."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enishi.coach.rules.settings import Settings


def balance(given: ArrayLike, received: ArrayLike) -> NDArray[np.float64]:
    """Return (given − received) / (given + received + 2), between −1 and 1.

    >>> balance([1, 4, 3, 6, 0], [4, 1, 3, 0, 1]).round(4).tolist()
    [-0.4286, 0.4286, 0.0, 0.75, -0.3333]
    """
    out, into = np.asarray(given, dtype=float), np.asarray(received, dtype=float)
    result: NDArray[np.float64] = (out - into) / (out + into + 2)
    return result


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
