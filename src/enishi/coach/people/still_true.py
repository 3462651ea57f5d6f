"""What is written of a contact's work and addresses, and may have changed since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from enishi.coach.relations.history import FrameRow

CHECKED_COLUMNS = ("organisation", "department", "title", "email", "phone")
"""The columns of a contact that change with a job or a move; writing one says that it is true."""
CHECKED_DETAILS = ("email", "phone", "address")
"""The kinds of details that do so, too."""
ASKED_AFTER = timedelta(days=365)
"""The time after which the person is asked whether it is still so."""


def unchecked_since(
    contact: FrameRow, details: Iterable[str], today: date, after: timedelta = ASKED_AFTER
) -> date | None:
    """Return the day on which work and addresses of a contact were last known to be true.

    Args:
        contact: a row of a contact frame.
        details: the kinds of the contact's details.
        today: the person's current date.
        after: for how long it is not asked about.

    Returns:
        None where nothing of the kind is written, the day is not known, or it is not long ago.
    """
    written = any(contact[name] for name in CHECKED_COLUMNS)
    if not written and not set(details) & set(CHECKED_DETAILS):
        return None
    on = _day(contact["checked_on"]) or _day(contact["acquired_on"])
    return on if on and on + after < today else None


def _day(cell: Any) -> date | None:
    """Return the day in a cell of a frame; None for none."""
    return cell.date() if cell == cell and cell else None
