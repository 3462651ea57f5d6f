"""Row limits: only a few rows of a table belong to the open goal."""

from __future__ import annotations

from enishi.errors import EnishiError


def check_room(count: int, most: int) -> None:
    """Check that there is room for one more beside `count` rows of the open goal.

    Raises:
        RowLimitError: there are as many as there may be.
    """
    if count >= most:
        raise RowLimitError(most=most)


class RowLimitError(EnishiError):
    """The open goal has as many rows as it may have."""

    sentence = "{most} of these are plenty."
    way_out = "Take one away to make room for another."
