"""Row limits: only a few rows of a table belong to the open goal."""

from __future__ import annotations

from enishi.errors import EnishiError
from widgets.base.workbook import Workbook


def check_room(workbook: Workbook, table: str, most: int) -> None:
    """Check that the open goal has fewer than `most` rows of `table`.

    Raises:
        RowLimitError: it has as many as it may have.
    """
    if len(workbook.of_goal(table)) >= most:
        raise RowLimitError(most=most)


class RowLimitError(EnishiError):
    """The open goal has as many rows as it may have."""

    sentence = "{most} of these are plenty."
    way_out = "Take one away to make room for another."
