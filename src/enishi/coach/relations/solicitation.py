"""Signs of solicitation: what they result in, and which contacts showed them.

Such contacts keep their own card, their place in the list of people and the user's notes; see
`suggestible` for what leaves them out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.history import FrameRow
from enishi.coach.rules.reason import Reason, reason_for

SIGNS = {
    "purpose_hidden": 3,
    "company_hidden": 3,
    "paid_to_introduce": 3,
    "sure_profit": 3,
    "decide_today": 3,
    "amazing_person": 2,
    "closed_room": 2,
    "probes_income": 1,
    "pay_first": 4,
    "no_documents": 3,
}
"""Warning signs of solicitation and their weights (a rule of thumb)."""

HARD_STOP = "pay_first"
"""The sign that alone results in `stop`."""


@dataclass(frozen=True)
class SolicitationCheck:
    """The result of the ticked signs: advice to the user, no accusation.

    Attributes:
        result: `none`, `watch`, `careful` or `stop`.
        signs: the signs ticked, heaviest first.
        reason: why, or None when no sign is ticked.
    """

    result: str
    signs: tuple[str, ...] = ()
    reason: Reason | None = None


def read_signs(ticked: Collection[str]) -> SolicitationCheck:
    """Return the result of the ticked warning signs; unknown signs are ignored.

    >>> read_signs(["purpose_hidden", "amazing_person"]).result
    'stop'
    """
    signs = tuple(sorted((sign for sign in SIGNS if sign in ticked), key=lambda s: -SIGNS[s]))
    weight = sum(SIGNS[sign] for sign in signs)
    if not signs:
        return SolicitationCheck("none")
    stop = weight >= 5 or HARD_STOP in signs
    result = "stop" if stop else "careful" if weight >= 3 else "watch"
    return SolicitationCheck(result, signs, reason_for(f"signs_{result}", signs=list(signs)))


CAREFUL_RESULTS = ("careful", "stop")
"""The results that exclude a contact from suggestions; `watch` does not."""


def is_soliciting(person: FrameRow) -> bool:
    """Return whether the signs ticked on one contact result in `careful` or `stop`."""
    return read_signs(person["signs"]).result in CAREFUL_RESULTS


def soliciting_mask(people: pd.DataFrame) -> NDArray[np.bool_]:
    """Return a mask of the contacts whose ticked signs result in `careful` or `stop`."""
    every = people["signs"].to_numpy(dtype=object)
    found = np.zeros(len(people), dtype=bool)
    for place in np.flatnonzero(np.fromiter(map(len, every), np.int64, len(every))):
        found[place] = read_signs(every[place]).result in CAREFUL_RESULTS
    return found
