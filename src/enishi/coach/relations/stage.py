"""How near a contact is: the user's own word, else what the history shows, as a stage S0 to S4."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.history import CLOSENESS_STAGES, Frames, history
from enishi.coach.rules.settings import Settings

STAGES = ("candidate", "met", "acquainted", "trust", "companion")
"""Names of the stages S0 to S4."""


def signs(seen: Mapping[str, Any], settings: Settings) -> list[list[NDArray[np.bool_]]]:
    """Return the signs of each stage from S1 to S4, each as a mask of the contacts that show it.

    Args:
        seen: columns of `history`.
        settings: the required amount of each sign.
    """
    return [
        [(seen["days"] >= 1) | seen["known"]],
        [seen["two_way_days"] >= settings.s2_two_way, seen["followed"]],
        [
            seen["days"] >= settings.s3_meetings,
            seen["span"] >= settings.s3_span_days,
            seen["gives_out"] >= settings.s3_gives,
            seen["disclosed_out"],
            seen["disclosed_in"],
            seen["kept"] >= settings.s3_kept,
            seen["they_started"] >= settings.s3_started,
            seen["comfort"] >= settings.s3_comfort,
        ],
        [
            seen["days"] >= settings.s4_meetings,
            seen["span"] >= settings.s4_span_days,
            seen["hours"] >= settings.companion_hours,
            seen["gives_out"] >= settings.s4_gives,
            seen["gives_in"] >= settings.s4_received,
            seen["comfort"] >= settings.s4_comfort,
            seen["acts_in"] >= settings.s4_acts,
        ],
    ]


def evidence_stages(seen: pd.DataFrame, settings: Settings | None = None) -> NDArray[np.int64]:
    """Return the highest stage, 0 to 4, whose signs and those of all lower ones are present.

    Neither silence nor a missed promise lowers it.

    Args:
        seen: rows of `history`.
        settings: the required amount of each sign.
    """
    columns = {name: seen[name].to_numpy() for name in seen.columns}
    reached = np.ones(len(seen), dtype=bool)
    stage = np.zeros(len(seen), dtype=np.int64)
    for shown in signs(columns, settings or Settings()):
        reached = np.logical_and.reduce([reached, *shown])
        stage += reached
    return stage


def stage_numbers(seen: pd.DataFrame, settings: Settings | None = None) -> NDArray[np.int64]:
    """Return the stage, 0 to 4, of each row of `history`: the user's word, else the evidence.

    Evidence alone makes nobody a companion: only the user can say so.
    """
    said = seen["closeness"].to_numpy()
    return np.where(said > 0, said, np.minimum(evidence_stages(seen, settings), 3))


def proposed_closeness(seen: pd.DataFrame, settings: Settings | None = None) -> str:
    """Return the closeness, one of `CLOSENESS_STAGES`, that the history of one contact suggests.

    '' where it suggests nothing nearer than what the user said, or only that they met.
    """
    stage = int(evidence_stages(seen, settings)[0])
    return CLOSENESS_STAGES[stage - 1] if stage > max(1, int(seen["closeness"].iloc[0])) else ""


def stages(frames: Frames, today: date, settings: Settings | None = None) -> pd.Series[int]:
    """Return the stage, 0 to 4, of every active contact by id; see `stage_numbers`."""
    seen = history(frames, today, settings)
    return pd.Series(stage_numbers(seen, settings), index=seen.index)
