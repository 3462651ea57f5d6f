"""The time as the product sees it.

`ENISHI_DAYS_AHEAD` moves it, so that one can see today what a book will say in a week; every
process of the server reads it. Records of the server itself, such as logs and sign-ins, are not
moved.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

DAYS_AHEAD = "ENISHI_DAYS_AHEAD"


def now() -> datetime:
    """Return the current moment in UTC."""
    return datetime.now(UTC) + _ahead()


def today() -> date:
    """Return the current date of the user's time zone."""
    return (datetime.now() + _ahead()).date()


def _ahead() -> timedelta:
    days = os.environ.get(DAYS_AHEAD, "")
    return timedelta(days=int(days)) if days.isdecimal() else timedelta(0)
