"""People who showed signs of solicitation: no suggestion names them.

They stay on their own card, in the list of people and in what the person wrote down; whatever the
coach proposes, counts as near or tells in a letter is taken from `suggestible_contacts`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.history import FrameRow, Frames, active_contacts
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
"""Warning signs of solicitation and their weight (a rule of thumb)."""

HARD_STOP = "pay_first"
"""This sign alone is enough to stop."""


@dataclass(frozen=True)
class SolicitationCheck:
    """What the ticked signs amount to: advice to oneself, an accusation of nobody.

    Attributes:
        result: `none`, `watch`, `careful` or `stop`.
        signs: the signs ticked, heaviest first.
        reason: why, or None when nothing was ticked.
    """

    result: str
    signs: tuple[str, ...] = ()
    reason: Reason | None = None


def read_signs(ticked: Collection[str]) -> SolicitationCheck:
    """Weigh the warning signs ticked; what is no known sign is left out.

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
"""What the signs have to amount to; a single slight one only asks to be watched."""


def is_soliciting(person: FrameRow) -> bool:
    """Return whether the signs ticked on one person ask for care."""
    return read_signs(person["signs"]).result in CAREFUL_RESULTS


def suggestible_contacts(frames: Frames) -> pd.DataFrame:
    """Return the living contacts that a suggestion may name."""
    people = active_contacts(frames)
    found = soliciting_mask(people)
    return people[~found] if found.any() else people


def soliciting_mask(people: pd.DataFrame) -> NDArray[np.bool_]:
    """Return on whom of a contact frame the signs ticked ask for care."""
    every = people["signs"].to_numpy(dtype=object)
    found = np.zeros(len(people), dtype=bool)
    for place in np.flatnonzero(np.fromiter(map(len, every), np.int64, len(every))):
        found[place] = read_signs(every[place]).result in CAREFUL_RESULTS
    return found
