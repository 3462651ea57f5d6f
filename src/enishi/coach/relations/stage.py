"""The stage of each tie, S0 to S4, by its history, and what the next stage still needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.history import Frames, history
from enishi.coach.rules.settings import Settings

UNKNOWN = "unknown"
"""Name of the stage of a contact without any entry; it makes no statement about the tie."""
STAGES = ("candidate", "met", "acquainted", "trust", "companion")
"""Names of the stages S0 to S4."""


MEASURES = {
    "two_way_days": "s2_two_way",
    "days_4": "s3_meetings",
    "span_28": "s3_span_days",
    "gave": "s3_gives",
    "kept": "s3_kept",
    "they_started": "s3_started",
    "comfort_3": "s3_comfort",
    "days_8": "s4_meetings",
    "span_90": "s4_span_days",
    "hours": "companion_hours",
    "gave_twice": "s4_gives",
    "received": "s4_received",
    "comfort_4": "s4_comfort",
    "acted": "s4_acts",
}
"""The setting with the required amount of each sign; other signs are present or absent."""


def required_amount(sign: str, settings: Settings) -> int:
    """Return the required amount of a sign; 0 for a sign that is only present or absent.

    >>> required_amount("days_4", Settings()), required_amount("followed", Settings())
    (4, 0)
    """
    return int(getattr(settings, MEASURES[sign])) if sign in MEASURES else 0


def signs(
    histories: Mapping[str, Any], settings: Settings
) -> dict[int, dict[str, NDArray[np.bool_]]]:
    """Return, for each stage, the signs that earn it and a mask of the contacts that have each.

    Args:
        histories: columns of `history`.
        settings: the required amount of each sign.
    """
    return {
        1: {"met": (histories["days"] >= 1) | histories["known"]},
        2: {
            "two_way_days": histories["two_way_days"] >= settings.s2_two_way,
            "followed": histories["followed"],
            "unbroken": histories["broken"] == 0,
        },
        3: {
            "days_4": histories["days"] >= settings.s3_meetings,
            "span_28": histories["span"] >= settings.s3_span_days,
            "gave": histories["gives_out"] >= settings.s3_gives,
            "disclosed_out": histories["disclosed_out"],
            "disclosed_in": histories["disclosed_in"],
            "kept": histories["kept"] >= settings.s3_kept,
            "they_started": histories["they_started"] >= settings.s3_started,
            "comfort_3": histories["comfort"] >= settings.s3_comfort,
        },
        4: {
            "days_8": histories["days"] >= settings.s4_meetings,
            "span_90": histories["span"] >= settings.s4_span_days,
            "hours": histories["hours"] >= settings.companion_hours,
            "gave_twice": histories["gives_out"] >= settings.s4_gives,
            "received": histories["gives_in"] >= settings.s4_received,
            "comfort_4": histories["comfort"] >= settings.s4_comfort,
            "acted": histories["acts_in"] >= settings.s4_acts,
            "companion": histories["companion"],
        },
    }


def stage_progress(histories: pd.DataFrame, settings: Settings | None = None) -> pd.DataFrame:
    """Return the stage of each row of `histories` and the signs the next stage still needs.

    Args:
        histories: rows of `history`.
        settings: the required amount of each sign.

    Returns:
        A frame with the same index; `stage` (int 0-4) and `missing` (tuple of names, empty at
        S4 and where nothing is written). The names are keys of `stages.missing` in
        `data/words/coach.yaml`.
    """
    rules = signs(
        {name: histories[name].to_numpy() for name in histories.columns}, settings or Settings()
    )
    stage = stage_reached(rules)
    missing = np.empty(len(histories), dtype=object)
    missing.fill(())
    for level in range(4):
        at = np.flatnonzero(stage == level)
        bits = np.zeros(len(at), dtype=np.int64)
        for place, present in enumerate(rules[level + 1].values()):
            bits |= present[at].astype(np.int64) << place
        which, kinds = pd.factorize(bits)  # far fewer combinations than contacts
        lacking = np.empty(len(kinds), dtype=object)
        lacking[:] = [name_missing(rules, level, int(kind)) for kind in kinds]
        missing[at] = lacking[which]
    silent = np.flatnonzero((stage == 0) & ~histories["stranger"].to_numpy(dtype=bool))
    nothing = np.empty(len(silent), dtype=object)
    nothing.fill(())
    missing[silent] = nothing  # no entry does not mean that they never met
    return pd.DataFrame({"stage": stage, "missing": missing}, index=histories.index)


def stage_reached(rules: dict[int, dict[str, NDArray[np.bool_]]]) -> NDArray[np.int64]:
    """Return the highest stage of each contact for which all signs up to it are present."""
    open_ = np.logical_and.reduce(list(rules[1].values()))
    stage: NDArray[np.int64] = open_.astype(np.int64)
    for level in (2, 3, 4):
        open_ = open_ & np.logical_and.reduce(list(rules[level].values()))
        stage += open_
    return stage


def stage_numbers(histories: pd.DataFrame, settings: Settings | None = None) -> NDArray[np.int64]:
    """Return the stage (0-4) of each row of `history`, in their order."""
    columns = {name: histories[name].to_numpy() for name in histories.columns}
    return stage_reached(signs(columns, settings or Settings()))


def name_missing(
    rules: dict[int, dict[str, NDArray[np.bool_]]], stage: int, bits: int
) -> tuple[str, ...]:
    """Return the names of the signs of the stage after `stage` whose bit in `bits` is 0."""
    return tuple(name for place, name in enumerate(rules[stage + 1]) if not bits >> place & 1)


def stages(frames: Frames, today: date, settings: Settings | None = None) -> pd.DataFrame:
    """Return the stage of every active contact and the signs the next stage still needs.

    Silence does not lower a stage: the stage depends on the history alone; `cadence.health` rates
    the time since the last contact.

    Returns:
        One row per contact (index: id); `stage` (0-4), `missing` (tuple of names).
    """
    return stage_progress(history(frames, today, settings), settings)
