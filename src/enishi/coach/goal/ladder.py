"""The ladder of five rungs: how far ahead of the user a contact is, and what follows from it."""

from __future__ import annotations

import numpy as np


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
