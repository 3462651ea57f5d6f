"""Row limits: the base of sheets on which only a few rows can be added."""

from __future__ import annotations

from typing import Any, ClassVar

from enishi.errors import EnishiError
from widgets.base.sheet import Answer, Identifier, Sheet, command


class Limited(Sheet):
    """A sheet that limits the rows of the open goal.

    Example:
        >>> class Roles(Limited): ...     # doctest: +SKIP
    """

    most: ClassVar[dict[str, int]] = {}
    """Most rows of each table for the open goal."""

    def row_defaults(self, table: str) -> dict[str, Any]:
        """Return the initial values of a row: the link to the open goal."""
        return dict(self.workbook.goal_link())

    @command
    def add(self, table: Identifier, values: dict[Identifier, Any]) -> Answer:
        """Add a row, while there is room.

        Raises:
            RowLimitError: the open goal has as many rows of this table as it may have.
        """
        most = self.most.get(table)
        if most is not None and len(self.workbook.of_goal(table)) >= most:
            raise RowLimitError(most=most)
        added: Answer = super().add(table, values)
        return added


class RowLimitError(EnishiError):
    """The open goal has as many rows as it may have."""

    sentence = "{most} of these are plenty."
    way_out = "Take one away to make room for another."
