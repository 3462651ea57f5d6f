"""The ladder of five rungs: how far ahead somebody stands, and what that is good for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from enishi.coach.rules.settings import Settings


def spread(settings: Settings) -> dict[str, int]:
    """Return how the active ties may be spread over the kinds of distance."""
    return {
        "peer": settings.ladder_peers,
        "ahead": settings.ladder_ahead,
        "stretch": settings.ladder_stretch,
        "behind": settings.ladder_behind,
    }


def gap_kind(mine: float, theirs: float) -> str:
    """Return what the distance between two rungs (0 to 4) means; '' while one is not said.

    `ahead` (+1) knows your present problem, `stretch` (+2) has a story to tell, `bridge` (+3 and
    more) is reached through somebody one step ahead, `peer` (0) may be the best companion,
    `behind` (-1 and less) is somebody you can give to.

    >>> gap_kind(1, 2), gap_kind(1, 4), gap_kind(2, 2), gap_kind(2, 0), gap_kind(1, float("nan"))
    ('ahead', 'bridge', 'peer', 'behind', '')
    """
    if mine is None or theirs is None or np.isnan(mine) or np.isnan(theirs):
        return ""
    gap = int(theirs) - int(mine)
    if gap < 0:
        return "behind"
    return ("peer", "ahead", "stretch", "bridge")[min(gap, 3)]


def portfolio(
    mine: float, rungs: Iterable[float], settings: Settings | None = None
) -> pd.DataFrame:
    """Compare the active ties with the target; a rule of thumb, for oneself.

    Args:
        mine: my own rung.
        rungs: rungs of the people one is active with.
        settings: the target.

    Returns:
        One row a gap kind (index: kind), columns `have`, `target` (scaled to the people whose rung
        is said, at most as many as it holds) and `room` (how many more would come near it).
    """
    kinds = [kind for theirs in rungs if (kind := gap_kind(mine, theirs))]
    target = spread(settings or Settings())
    whole = sum(target.values())
    share = min(len(kinds), whole) / whole if kinds else 1.0
    table = pd.DataFrame(
        {
            "have": [kinds.count(kind) for kind in target],
            "target": [round(count * share) for count in target.values()],
        },
        index=pd.Index(list(target), name="kind"),
    )
    table["room"] = (table["target"] - table["have"]).clip(lower=0)
    return table
