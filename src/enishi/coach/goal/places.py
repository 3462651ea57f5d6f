"""Places where the wanted people appear: which ones to return to, and which to leave."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.choices import UNKNOWN
from enishi.coach.goal.place_dates import with_next_dates
from enishi.coach.relations.history import FrameRow, Frames, active_contacts
from enishi.coach.relations.solicitation import read_signs

RESULTS = ("none", "watch", "careful", "stop")
"""What warning signs result in, in the order of the list."""


def places(frames: Frames, today: date) -> pd.DataFrame:
    """Return the places: those one returns to first, then those to which somebody known goes.

    Places with warning signs, or whose organiser is unknown, come later, those to stop at last.

    Args:
        frames: needs place and contact.
        today: the user's current date.

    Returns:
        The rows of the place frame in that order, with `result` (of the warning signs), `coming_on`
        (the first date from today on, by the rhythm; NaT without one) and `returns` (weekly or
        monthly: the easiest way to meet people again).
    """
    place = frames["place"]
    results = [read_signs(signs).result for signs in place["signs"]]
    table = place.assign(
        result=pd.array(results, dtype="str"),
        coming_on=with_next_dates(place, today)["next_on"].array,
        returns=place["rhythm"].isin(["weekly", "monthly"]).to_numpy(),
    )
    somebody = place["entrance_id"].isin(active_contacts(frames).index).to_numpy()
    unknown, returns = place["unknown_organiser"].to_numpy(), table["returns"].to_numpy()
    order = sorted(
        range(len(table)),
        key=lambda i: (
            RESULTS.index(results[i]),
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
