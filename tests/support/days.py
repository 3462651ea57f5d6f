"""Days counted from today, which is asked for anew each time: a run may go past midnight."""

from __future__ import annotations

from datetime import date, timedelta


def day_in(step: int) -> date:
    """Return the day `step` days from today."""
    return date.today() + timedelta(days=step)


def days(step: int) -> str:
    """Return the same as text, as the book holds a day."""
    return day_in(step).isoformat()
