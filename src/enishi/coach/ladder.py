"""The ladder of five rungs: how far ahead somebody stands, and what that is good for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

TARGET = {"peer": 5, "ahead": 5, "stretch": 2, "behind": 3}
"""How fifteen active ties may be spread (a rule of thumb)."""


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


def portfolio(mine: float, rungs: Iterable[float]) -> pd.DataFrame:
    """Compare the active ties with the target; a rule of thumb, for oneself.

    Args:
        mine: my own rung.
        rungs: rungs of the people one is active with.

    Returns:
        One row a gap kind (index: kind), columns `have`, `target` (scaled to the people whose rung
        is said, fifteen at most) and `room` (how many more would come near the target).
    """
    kinds = [kind for theirs in rungs if (kind := gap_kind(mine, theirs))]
    share = min(len(kinds), 15) / 15 if kinds else 1.0
    table = pd.DataFrame(
        {
            "have": [kinds.count(kind) for kind in TARGET],
            "target": [round(count * share) for count in TARGET.values()],
        },
        index=pd.Index(TARGET, name="kind"),
    )
    table["room"] = (table["target"] - table["have"]).clip(lower=0)
    return table
