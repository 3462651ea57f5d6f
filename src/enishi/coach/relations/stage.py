"""How near a contact is: the user's own word, else what the history shows, as a stage S0 to S4."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.choices import CLOSENESS
from enishi.coach.relations.history import Frames, history
from enishi.coach.rules.settings import Settings

STAGES = ("candidate", "met", "acquainted", "trust", "companion")
"""Names of the stages S0 to S4."""


def signs(histories: Mapping[str, Any], settings: Settings) -> list[list[NDArray[np.bool_]]]:
    """Return the signs of each stage from S1 to S4, each as a mask of the contacts that show it.

    Args:
        histories: columns of `history`.
        settings: the required amount of each sign.
    """
    return [
        [(histories["days"] >= 1) | histories["known"]],
        [histories["two_way_days"] >= settings.s2_two_way, histories["followed"]],
        [
            histories["days"] >= settings.s3_meetings,
            histories["span"] >= settings.s3_span_days,
            histories["gives_out"] >= settings.s3_gives,
            histories["disclosed_out"],
            histories["disclosed_in"],
            histories["kept"] >= settings.s3_kept,
            histories["they_started"] >= settings.s3_started,
            ~(histories["comfort"] < settings.s3_comfort),  # it need not be said
        ],
        [
            histories["days"] >= settings.s4_meetings,
            histories["span"] >= settings.s4_span_days,
            histories["gives_out"] >= settings.s4_gives,
            histories["gives_in"] >= settings.s4_received,
            ~(histories["comfort"] < settings.s4_comfort),
            histories["acts_in"] >= settings.s4_acts,
        ],
    ]


def evidence_stages(histories: pd.DataFrame, settings: Settings | None = None) -> NDArray[np.int64]:
    """Return the highest stage, 0 to 4, whose signs and those of all lower ones are present.

    Neither silence nor a missed promise lowers it.

    Args:
        histories: rows of `history`.
        settings: the required amount of each sign.
    """
    columns = {name: histories[name].to_numpy() for name in histories.columns}
    reached = np.ones(len(histories), dtype=bool)
    stage = np.zeros(len(histories), dtype=np.int64)
    for shown in signs(columns, settings or Settings()):
        reached = np.logical_and.reduce([reached, *shown])
        stage += reached
    return stage


def stage_numbers(histories: pd.DataFrame, settings: Settings | None = None) -> NDArray[np.int64]:
    """Return the stage, 0 to 4, of each row of `history`: the user's word, else the evidence.

    Evidence alone makes nobody a companion: only the user can say so.
    """
    said = histories["closeness"].to_numpy()
    return np.where(said > 0, said, np.minimum(evidence_stages(histories, settings), 3))


def proposed_closeness(histories: pd.DataFrame, settings: Settings | None = None) -> str:
    """Return the closeness, one of `CLOSENESS`, that the history of one contact suggests.

    '' where it suggests nothing nearer than what the user said, or only that they met.
    """
    stage = int(evidence_stages(histories, settings)[0])
    return CLOSENESS[stage - 1] if stage > max(1, int(histories["closeness"].iloc[0])) else ""


def stages(frames: Frames, today: date, settings: Settings | None = None) -> pd.Series[int]:
    """Return the stage, 0 to 4, of every active contact by id; see `stage_numbers`."""
    histories = history(frames, today, settings)
    return pd.Series(stage_numbers(histories, settings), index=histories.index)
