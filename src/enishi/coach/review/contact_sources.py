"""Where new contacts came from: an introduction, an event, or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from enishi.coach.relations.history import (
    Frames,
    active_contacts,
    day_number,
    day_numbers,
    days_met,
    history,
)
from enishi.coach.relations.suggestible import suggestible_contacts


@dataclass(frozen=True)
class Sources:
    """Contacts met for the first time between two dates, by where they came from (A49, A51).

    Attributes:
        introduced: ids of those who were introduced to the user.
        events: ids of those met at an event, without an introduction.
        otherwise: ids of the others: neighbours, colleagues, met by chance.
    """

    introduced: tuple[str, ...]
    events: tuple[str, ...]
    otherwise: tuple[str, ...]


def sources(frames: Frames, since: date, until: date) -> Sources:
    """Return the contacts first met between two dates by where they came from, in date order.

    Contacts without a written date of meeting are left out: a first entry is no first meeting.

    Args:
        frames: the same frames as `history`.
        since: the first day.
        until: the last day, included.
    """
    people = active_contacts(frames)
    histories = history(frames, until)
    met = pd.Series(np.maximum(days_met(people), histories["new_on"]), index=people.index)
    met = met[~histories["known"] & (met <= day_number(until))]
    new = met[met >= day_number(since)].sort_values(kind="stable")
    encounter, made = frames["encounter"], frames["introduction"]
    began = encounter["contact_id"].map(new).to_numpy(dtype=np.float64, na_value=np.nan)
    there = (encounter["event_id"] != "").to_numpy() & (day_numbers(encounter["on"]) == began)
    done = made["state"].isin(["introduced", "thanked", "reported"])
    brought = set(people.index[people["through_id"] != ""]) | set(made.loc[done, "target_id"])
    at_events = set(encounter.loc[there, "contact_id"]) - brought
    here = suggestible_contacts(frames).index
    ids = [str(person) for person in new.index if person in here]
    return Sources(
        tuple(person for person in ids if person in brought),
        tuple(person for person in ids if person in at_events),
        tuple(person for person in ids if person not in brought | at_events),
    )
