"""The row of somebody with whom nothing has happened yet."""

from __future__ import annotations

import numpy as np

NOTHING = {
    "days": 0,
    "two_way_days": 0,
    "span": 0,
    "followed": False,
    "broken": 0,
    "gives_out": 0,
    "gives_in": 0,
    "disclosed_out": False,
    "disclosed_in": False,
    "kept": 0,
    "they_started": 0,
    "comfort": np.nan,
    "acts_in": 0,
    "closeness": 0,
    "known": False,
    "stranger": False,
}
