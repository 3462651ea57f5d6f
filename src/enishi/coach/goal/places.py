"""Places where the wanted people appear: which ones to return to, and which to leave."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.choices import UNKNOWN
from enishi.coach.goal.place_answers import sorts_of_takers
from enishi.coach.goal.place_dates import with_next_dates
from enishi.coach.relations.history import FrameRow, Frames, active_contacts
from enishi.coach.relations.solicitation import read_signs
from enishi.coach.rules.settings import Settings

EVENT_KINDS = {"company": "work", "": "study"}
"""The kind of the events at a place, where it is called otherwise than the place's kind."""
RESULTS = ("none", "watch", "careful", "stop")
"""What warning signs result in, in the order of the list."""


def places(frames: Frames, today: date, settings: Settings | None = None) -> pd.DataFrame:
    """Return the places: those one returns to first, then those to which somebody known goes.

    Places with warning signs, to whose kind people came to get, or whose organiser is unknown, come
    later, those to stop at last.

    Args:
        frames: needs place, contact, event and answer.
        today: the user's current date.
        settings: the disabled rules.

    Returns:
        The rows of the place frame in that order, with `result` (of the warning signs), `coming_on`
        (the first date from today on, by the rhythm; NaT without one), `returns` (weekly or
        monthly: the easiest way to meet people again) and `takers` (people of its kind of gathering
        came to get).
    """
    place = frames["place"]
    enabled = (settings or Settings()).is_enabled("event_takers")
    takers = sorts_of_takers(frames) if enabled else frozenset()
    results = [read_signs(signs).result for signs in place["signs"]]
    table = place.assign(
        result=pd.array(results, dtype="str"),
        coming_on=with_next_dates(place, today)["next_on"].array,
        returns=place["rhythm"].isin(["weekly", "monthly"]).to_numpy(),
        takers=place["kind"].isin(takers).to_numpy(),
    )
    somebody = place["entrance_id"].isin(active_contacts(frames).index).to_numpy()
    unknown, returns = place["unknown_organiser"].to_numpy(), table["returns"].to_numpy()
    order = sorted(
        range(len(table)),
        key=lambda i: (
            RESULTS.index(results[i]),
            bool(table["takers"].iloc[i]),
            bool(unknown[i]),
            not returns[i],
            not somebody[i],
            place.index[i],
        ),
    )
    return table.iloc[order]


def questions_to_organiser(place: FrameRow) -> tuple[str, ...]:
    """Return what the user does not know of a place: `organiser`, then those of `UNKNOWN` (B16)."""
    organiser = ("organiser",) if place["unknown_organiser"] else ()
    return (*organiser, *(each for each in UNKNOWN if each in place["unknown"]))
