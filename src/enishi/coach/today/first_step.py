"""The nearest thing the user means to do, in the user's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enishi.coach.relations.history import Frames, names_by_id
from enishi.coach.relations.solicitation import soliciting_mask
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import agenda, group_items

NEAREST_DAYS = 366
"""How far ahead a dated entry may lie, in days."""
KINDS_NAMED = ("step", "promise", "gift")
"""The kinds of entry that name something to do with a contact."""


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


def nearest_step(frames: Frames, today: date, settings: Settings | None = None) -> Nearest | None:
    """Return the step, promise or gift with a contact that comes first; None where there is none.

    Contacts who showed signs of solicitation are left out.

    Those whose day has passed come first, those without a day last.
    """
    mine = group_items(agenda(frames, today, NEAREST_DAYS, settings), today)
    for item in (*reversed(mine.carried), *mine.today, *mine.later, *mine.any_day):
        person = frames["contact"].loc[[item.contact_id] * bool(item.contact_id)]
        if item.kind in KINDS_NAMED and len(person) and not soliciting_mask(person).any():
            return Nearest(item.kind, names_by_id(person)[item.contact_id], item.words)
    return None
