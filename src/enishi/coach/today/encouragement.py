"""Who listens to the user or encourages them: one name after a hard meeting, with no errand.

The rule is from A2 and B4.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from enishi.coach.relations.history import Frames
from enishi.coach.relations.passes import passes_mask
from enishi.coach.rules.settings import Settings
from enishi.coach.rules.stands import stored_day
from enishi.coach.today.agenda import contactable
from enishi.coach.today.rest import monday_of, needs_rest

CHEER_SEEN = "cheer_seen"
"""The setting that holds the day on which the user last put the name aside."""


def who_encourages(frames: Frames, today: date, settings: Settings | None = None) -> str:
    """Return the contact to name after a hard meeting; '' where there is none.

    A meeting of this week that was hard counts, or of the last `hard_days` where there were enough
    of them to offer rest. Once the user has put the name aside, only a later meeting brings one
    again. Whoever listens comes before whoever encourages; of several it is the one not met for
    longest, never one with whom it was hard.

    Args:
        frames: needs contact, encounter, setting and what `contactable` needs.
        today: the user's current date.
        settings: rules of thumb.
    """
    settings = settings or Settings()
    people, encounter = frames["contact"], frames["encounter"]
    if encounter.empty:
        return ""
    tired = needs_rest(encounter, today, settings)
    since = today - timedelta(days=settings.hard_days - 1) if tired else monday_of(today)
    hard = encounter[encounter["hard"] & (encounter["on"] >= pd.Timestamp(since))]
    seen = stored_day(str(frames["setting"]["value"].get(CHEER_SEEN, "")))
    if hard.empty or (seen and hard["on"].max() <= pd.Timestamp(seen)):
        return ""
    near = people[people["cheer"].to_numpy() | passes_mask(people, "ear")]
    near = near[~(near["quiet_until"] > pd.Timestamp(today))]
    near = near[near.index.isin(contactable(frames).index)]
    near = near[~near.index.isin(hard["contact_id"])]
    if near.empty:
        return ""
    listening = near[passes_mask(near, "ear")]
    near = near if listening.empty else listening
    last = encounter.groupby("contact_id")["on"].max().reindex(near.index)
    return str(last.sort_values(na_position="first", kind="stable").index[0])
