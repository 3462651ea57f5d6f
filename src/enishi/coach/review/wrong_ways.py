"""Three wrong ways of seeking connections, and whether the user knows them from their own life."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from enishi.coach.rules.settings import Settings
from enishi.coach.rules.stands import stored_day

WRONG_WAYS = ("cards", "early", "taking")
"""Collecting cards, talking business too early, coming only to be given something."""


def is_reminded_of(setting: pd.DataFrame, way: str) -> bool:
    """Return whether a line about this way stands beside the act it concerns.

    It does once the user said "this has happened to me", until they say that it has not happened
    again.
    """
    value = setting["value"]
    return bool(value.get(f"wrong_{way}") == "yes" and value.get(f"again_{way}") != "no")


def wrong_way_to_ask(setting: pd.DataFrame, today: date, settings: Settings | None = None) -> str:
    """Return the one way to ask about this time, "Has it happened again?"; '' where there is none.

    One question in `dials_days` days: the way answered in these days stays shown, so that the
    answer can be changed; else the one that was answered longest ago.
    """
    since = today - timedelta(days=(settings or Settings()).dials_days)
    value = setting["value"]
    due: list[tuple[date, str]] = []
    for way in WRONG_WAYS:
        if value.get(f"wrong_{way}") != "yes":
            continue
        asked = stored_day(str(value.get(f"again_{way}_on", "")))
        if asked and asked > since:
            return way
        told = stored_day(str(value.get(f"wrong_{way}_on", "")))
        if is_reminded_of(setting, way) and told and max(told, asked or told) <= since:
            due.append((asked or told, way))
    return min(due)[1] if due else ""
