"""Places where the wanted people appear: which ones to return to, and which to leave."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from enishi.coach.goal.place_dates import with_next_dates
from enishi.coach.relations.history import Frames, active_contacts, iter_rows
from enishi.coach.relations.solicitation import read_signs
from enishi.coach.rules.settings import Settings


def place_score(
    fit: float,
    rhythm: str,
    *,
    somebody_goes: bool,
    unknown_organiser: bool,
    solicits: bool,
    settings: Settings | None = None,
) -> float:
    """Return the weight of a place, for the order of the list; the page never shows it.

    Args:
        fit: how well the place suits the user, 0 to 3.
        rhythm: `weekly`, `monthly` or `once`; a missing rhythm counts as `once`.
        somebody_goes: a contact of the user goes there.
        unknown_organiser: the organiser is unknown.
        solicits: the warning signs result in `careful` or `stop`.
        settings: the weight of each of these.

    >>> place_score(3, "weekly", somebody_goes=True, unknown_organiser=False, solicits=False)
    3.5
    """
    settings = settings or Settings()
    often = {"weekly": 1.0, "monthly": settings.place_monthly}.get(rhythm, settings.place_once)
    risk = settings.place_unknown * unknown_organiser + 1.0 * solicits
    return round(fit * often + settings.place_known * somebody_goes - risk, 6)


def places(frames: Frames, today: date, settings: Settings | None = None) -> pd.DataFrame:
    """Return the places, the highest weight first; places whose signs result in `stop` come last.

    Returns:
        The rows of the place frame in that order, with `result` (of the warning signs), `coming_on`
        (the first date from today on, by the rhythm; NaT without one) and `returns` (weekly or
        monthly: the easiest way to meet people again).
    """
    place = frames["place"]
    known = active_contacts(frames).index
    results = [read_signs(signs).result for signs in place["signs"]]
    scores = [
        place_score(
            0 if np.isnan(row["fit"]) else row["fit"],
            row["rhythm"],
            somebody_goes=row["entrance_id"] in known,
            unknown_organiser=row["unknown_organiser"],
            solicits=result in ("careful", "stop"),
            settings=settings,
        )
        for (_, row), result in zip(iter_rows(place), results, strict=True)
    ]
    table = place.assign(
        result=pd.array(results, dtype="str"),
        coming_on=with_next_dates(place, today)["next_on"].array,
        returns=place["rhythm"].isin(["weekly", "monthly"]).to_numpy(),
    )
    order = sorted(
        range(len(table)), key=lambda i: (results[i] == "stop", -scores[i], place.index[i])
    )
    return table.iloc[order]
