"""Whom to meet: up to three kinds of person, described by what they do."""

from __future__ import annotations

from typing import Any

import pandas as pd

from enishi.coach.relations.history import names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.i18n.names import with_honorific
from widgets.base.sheet import LinkedChange, Sheet
from widgets.parts.past_reviews import join_names
from widgets.parts.row_limit import check_room
from widgets.parts.stand import STAND, describe_stands

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
ROLES_MOST = 3
"""Most kinds of person for one goal."""


class Roles(Sheet):
    """Asks for the kinds of person to meet, what to ask them and what to give.

    Example:
        >>> Roles(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "roles"
    parts = (STAND,)
    writable = {"role": _COLUMNS}
    creatable = ("role",)

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a kind of person: the link to the open goal."""
        return dict(self.workbook.goal_link())

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Refuse to add a kind of person when there are enough."""
        if not id:
            check_room(self.workbook, table, ROLES_MOST)
        return []

    def _describe_known(self, people: pd.DataFrame) -> str:
        """Return the names of the contacts of one kind as a sentence; '' if there are none."""
        there = names_by_id(people).values()
        names = [with_honorific(name, self.workbook.language) for name in there]
        return self.say("known", names=join_names(self, names)) if names else ""

    def build_state(self) -> dict[str, Any]:
        """Return the kinds of person, and the starting point that selects the examples."""
        roles = self.workbook.of_goal("role")
        people = suggestible_contacts(self.workbook.frames())
        of_kind = dict(tuple(people.groupby("role_id")))
        nobody = people.iloc[:0]
        return {
            "roles": [
                role | {"known": self._describe_known(of_kind.get(role["id"], nobody))}
                for role in roles
            ],
            "start": self.workbook.goal()["start"],
            "room": len(roles) < ROLES_MOST,
            "stands": describe_stands(self.workbook, "reach"),
            "rungs": self.workbook.texts["screens"]["ladder"]["rungs"],
        }
