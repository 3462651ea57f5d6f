"""A few of a kind are enough: sheets on which only so many rows can be added."""

from __future__ import annotations

from typing import Any, ClassVar

from enishi.errors import EnishiError
from widgets.base.sheet import Answer, Identifier, Sheet, command


class Limited(Sheet):
    """A sheet that keeps a list of the goal short.

    Example:
        >>> class Roles(Limited): ...     # doctest: +SKIP
    """

    most: ClassVar[dict[str, int]] = {}
    """How many rows of a noun the open goal may have."""

    def fresh(self, noun: str) -> dict[str, Any]:
        """A row of the open goal."""
        return dict(self.page.goal_link())

    @command
    def add(self, noun: Identifier, values: dict[Identifier, Any]) -> Answer:
        """Add a row, while there is room."""
        most = self.most.get(noun)
        if most is not None and len(self.page.of_goal(noun)) >= most:
            raise RowLimitError(most=most)
        added: Answer = super().add(noun, values)
        return added


class RowLimitError(EnishiError):
    """There are as many as one can care for."""

    sentence = "{most} of these are plenty."
    way_out = "Take one away to make room for another."
