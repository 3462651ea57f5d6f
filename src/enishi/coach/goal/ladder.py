"""The ladder of five rungs: how far ahead of the user a contact is, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from enishi.coach.rules.settings import Settings


def spread(settings: Settings) -> dict[str, int]:
    """Return the target number of active ties for each kind of gap."""
    return {
        "peer": settings.ladder_peers,
        "ahead": settings.ladder_ahead,
        "stretch": settings.ladder_stretch,
        "behind": settings.ladder_behind,
    }


def gap_kind(mine: float, theirs: float) -> str:
    """Return the kind of gap between two rungs (0 to 4); '' while one of them is missing.

    `ahead` (+1) solved the user's present problem, `stretch` (+2) has experience to share,
    `bridge` (+3 and more) is reached through a person one step ahead, `peer` (0) may be the best
    companion, `behind` (-1 and less) is a person the user can give to.

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
    """Compare the active ties with the target, a rule of thumb for the user alone.

    Args:
        mine: the user's rung, 0 to 4.
        rungs: the rungs of the active contacts, 0 to 4; NaN is ignored.
        settings: the target.

    Returns:
        One row per kind of gap (index: `kind`), columns `have`, `target` (scaled down to the number
        of contacts with a known rung) and `room` (`target` minus `have`, at least 0).
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
