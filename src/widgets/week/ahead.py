"""What the person wrote for the weeks ahead, read once for all sheets of the workbook."""

from __future__ import annotations

from datetime import timedelta

from enishi.coach.today.agenda import Item, agenda
from widgets.base.workbook import Workbook

CALENDAR_DAYS = 28
"""Days that the calendar holds, today included: the longest range any sheet shows."""


def read_ahead(workbook: Workbook, days: int = CALENDAR_DAYS) -> tuple[Item, ...]:
    """Return the entries of the next `days`, those passed and the undated ones.

    Args:
        workbook: the workbook.
        days: the length of the range in days, today included, at most `CALENDAR_DAYS`.
    """
    today = workbook.today
    found: tuple[Item, ...] = workbook.cached(
        f"agenda, {workbook.language}",
        lambda: agenda(workbook.frames(), today, CALENDAR_DAYS, workbook.settings),
    )
    last = today + timedelta(days=days - 1)
    return tuple(item for item in found if item.day is None or item.day <= last)
