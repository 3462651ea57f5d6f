"""The nearest thing the user means to do, in the user's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

import pandas as pd

from enishi.coach.relations.history import Frames, names_by_id
from enishi.coach.relations.solicitation import soliciting_mask
from enishi.coach.today.agenda import arrange_items, gift_items, promise_items, step_items

NEAREST_DAYS = 365
"""How far ahead a dated entry may lie, in days."""


@dataclass(frozen=True)
class Nearest:
    """The next thing to do with one contact.

    Attributes:
        kind: step, promise or gift.
        name: what the user calls the contact.
        words: the user's own text for it.
    """

    kind: str
    name: str
    words: str


def nearest_step(frames: Frames, today: date) -> Nearest | None:
    """Return the step, promise or gift with a contact that comes first; None where there is none.

    Those whose day has passed come first, those without a day last. Contacts who showed signs of
    solicitation are left out.
    """
    last = pd.Timestamp(today + timedelta(days=NEAREST_DAYS))
    readers = (step_items, promise_items, gift_items)
    for item in arrange_items(frames, chain(*(read(frames, last) for read in readers))):
        person = frames["contact"].loc[[item.contact_id] * bool(item.contact_id)]
        if not item.waiting and len(person) and not soliciting_mask(person).any():
            return Nearest(item.kind, names_by_id(person)[item.contact_id], item.words)
    return None
