"""Whom to meet: up to three kinds of person, described by what they do."""

from __future__ import annotations

from typing import Any

from widgets.parts.row_limit import Limited

_COLUMNS = (
    "name",
    "does",
    "rung",
    "question_1",
    "question_2",
    "question_3",
    "gift_1",
    "gift_2",
    "not_if",
)


class Roles(Limited):
    """Asks for the kinds of person to meet, what to ask them and what to give.

    Example:
        >>> Roles(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "roles"
    writable = {"role": _COLUMNS}  # noqa: RUF012 - never changed
    creatable = ("role",)
    most = {"role": 3}  # noqa: RUF012 - never changed

    def build_state(self) -> dict[str, Any]:
        """Return the kinds of person, and the starting point that selects the examples."""
        roles = self.workbook.of_goal("role")
        return {
            "roles": roles,
            "start": self.workbook.goal()["start"],
            "room": len(roles) < self.most["role"],
            "rungs": self.workbook.texts["screens"]["ladder"]["rungs"],
        }
