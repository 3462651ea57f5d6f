"""The user's own cases of becoming near: by an introduction, and otherwise, side by side (A49)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from enishi.coach.relations.history import (
    NEVER,
    Frames,
    day_numbers,
    days_met,
    is_filled,
    isin,
    names_by_id,
)
from enishi.coach.relations.nearness import NEAR_WORDS
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.settings import Settings


class NearCase(NamedTuple):
    """A contact who became near.

    Attributes:
        name: what the user calls them.
        days: the days from their first meeting to the day they became near, as written.
    """

    name: str
    days: int


def near_cases(
    frames: Frames, settings: Settings | None = None
) -> tuple[tuple[NearCase, ...], tuple[NearCase, ...]]:
    """Return the cases after an introduction, and those of another way of meeting that is written.

    Args:
        frames: needs contact, encounter and what `suggestible_contacts` needs.
        settings: how many cases of each sort are needed.

    Returns:
        Each sort in the order in which they became near, without an average. Both are empty while
        one of them has fewer cases: two or three of one's own show nothing alone.
    """
    people = suggestible_contacts(frames)
    met, near = days_met(people), day_numbers(people["closeness_on"])
    dated = isin(people["closeness"], *NEAR_WORDS) & (met > NEVER) & (near >= met)
    introduced = is_filled(people["through_id"])
    told = is_filled(people["how_met"]) | is_filled(people["where_met"])
    encounter = frames["encounter"]
    there = encounter.loc[is_filled(encounter["event_id"]), "contact_id"]
    told |= people.index.isin(there)
    who, days = names_by_id(people), pd.Series(near - met, index=people.index)
    order = np.argsort(near, kind="stable")
    sorts = []
    for of in (introduced, ~introduced & told):
        ids = people.index[order][(of & dated)[order]]
        sorts.append(tuple(NearCase(who[id], int(days[id])) for id in ids))
    least = (settings or Settings()).cases_least
    return (sorts[0], sorts[1]) if min(map(len, sorts)) >= least else ((), ())
