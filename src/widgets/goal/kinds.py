"""Who to meet: up to three kinds of person, by what they do and how far ahead they are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from enishi.coach.goal.kind_questions import KIND_QUESTIONS, kind_answers
from enishi.coach.relations.suggestible import suggestible_contacts
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import LinkedChange, Sheet
from widgets.parts.row_limit import check_room
from widgets.parts.stand import STAND, describe_stands

_COLUMNS = (
    *("does", "ahead", "nearer", "directly", "name"),
    *(*KIND_QUESTIONS, "gift_1", "gift_2"),
)
ROLES_MOST = 3
"""Most kinds of person for one goal."""
PEOPLE_SHOWN = 12
"""Most people shown of one kind."""


class Kinds(Sheet):
    """Asks for the kinds of person to meet, what to ask them and what to give.

    Example:
        >>> Kinds(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "kinds"
    parts = (STAND,)
    writable = {"role": _COLUMNS}
    creatable = ("role",)

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a kind of person: the link to the open goal."""
        return dict(self.workbook.goal_link())

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Refuse to add a kind of person when there are enough."""
        if not id:
            check_room(len(self.workbook.of_goal("role")), ROLES_MOST)
        return []

    def build_state(self) -> dict[str, Any]:
        """Return the kinds of person, and the starting point that selects the examples."""
        workbook = self.workbook
        roles = workbook.of_goal("role")
        people = suggestible_contacts(workbook.frames())
        of_kind = dict(tuple(people.groupby("role_id")))
        placed = {place["role_id"] for place in workbook.of_goal("place")}
        return {
            "roles": [
                role
                | {
                    "known": self._describe_known(of_kind.get(role["id"], people.iloc[:0])),
                    "placed": role["id"] in placed,
                }
                | self._describe_answers(role)
                for role in roles
            ],
            "start": workbook.goal()["start"],
            "aheads": workbook.texts_of("contacts")["labels"]["aheads"],
            "room": len(roles) < ROLES_MOST,
            "introductions": workbook.address("04-contacts", "introductions"),
            "stands": describe_stands(workbook, "reach"),
        }

    def _describe_answers(self, role: JsonRow) -> JsonRow:
        """Return what people of a kind answered, and how many questions have a field.

        Each answer opens the field of one more question; what is written stays in sight.
        """
        workbook = self.workbook
        found = kind_answers(workbook.frames(), role["id"])
        written = max(
            (at for at, name in enumerate(KIND_QUESTIONS, 1) if role[name].strip()), default=0
        )
        return {
            "answers": [
                {"name": workbook.address_contact(id), "words": words} for id, words in found
            ],
            "asked": min(len(KIND_QUESTIONS), max(len(found) + 1, written)),
        }

    def _describe_known(self, people: pd.DataFrame) -> JsonRow:
        """Return how many contacts of one kind there are, and the first with their cards."""
        workbook = self.workbook
        return {
            "count": len(people),
            "people": [
                {
                    "id": id,
                    "name": workbook.address_contact(id),
                    "card": workbook.address("04-contacts", "people", id),
                }
                for id in people.index[:PEOPLE_SHOWN].tolist()
            ],
        }
