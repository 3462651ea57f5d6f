"""Why the user writes a letter, and the quiet line after three that were all for a gain (A52)."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from enishi.coach.relations.history import Frames, isin
from enishi.coach.review.summary import SPAN_DAYS
from enishi.coach.rules.stands import stored_day
from enishi.coach.today.agenda import contactable

FREELY_WRITTEN = ("impression", "hand", "wishes", "news", "advice", "ask_introduction")
"""Kinds of letter that need a reason: no thanks, no promise, no refusal and no step of an
introduction."""
GAINS_SEEN = "gains_seen"
"""The setting that holds the day on which the user last put the line aside."""
GAINS_RUNNING = 3
"""So many letters for a gain, one after the other, are pointed at."""


def are_gains_running(frames: Frames, today: date) -> bool:
    """Return whether the last letters whose purpose is said were all written for a gain.

    Once the user has put the line aside, it is silent for a quarter, and only later letters count.

    Args:
        frames: needs message and setting.
        today: the user's current date.
    """
    message = frames["message"]
    said = message[~isin(message["meant"], "")]
    seen = stored_day(str(frames["setting"]["value"].get(GAINS_SEEN, "")))
    if seen is not None:
        if today < seen + timedelta(days=SPAN_DAYS["quarter"]):
            return False
        said = said[said["on"] > pd.Timestamp(seen)]
    last = said.sort_values("on", kind="stable").tail(GAINS_RUNNING)
    return len(last) == GAINS_RUNNING and bool(isin(last["meant"], "gain").all())


def whom_to_see_for_no_reason(frames: Frames, today: date) -> str:
    """Return the contact whom the user would gladly see on a free day; '' where none is written.

    Of several it is the one not met for longest. Contacts who rest or are left in peace are none.
    """
    people = contactable(frames)
    people = people[isin(people["afternoon"], "gladly")]
    people = people[~(people["quiet_until"] > pd.Timestamp(today)).to_numpy()]
    if people.empty:
        return ""
    encounter = frames["encounter"]
    met = encounter[encounter["contact_id"].isin(people.index)]
    last = met.groupby("contact_id")["on"].max().reindex(people.index)
    return str(last.sort_values(na_position="first", kind="stable").index[0])
