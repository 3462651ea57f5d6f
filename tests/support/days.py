"""Days counted from today, which is asked for anew each time: a run may go past midnight."""

from __future__ import annotations

import os
from datetime import date, timedelta

from enishi.clock import DAYS_AHEAD


def day_in(step: int) -> date:
    """Return the day `step` days from today."""
    return date.today() + timedelta(days=step)


def days(step: int) -> str:
    """Return the same as text, as the book holds a day."""
    return day_in(step).isoformat()


def pass_days(count: int) -> None:
    """Let it be so many days later than today; a test asks for `present_day`, which ends that."""
    os.environ[DAYS_AHEAD] = str(count)
