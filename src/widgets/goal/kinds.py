"""Who to meet: up to three kinds of person, by what they do and how far ahead they are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from enishi.coach.goal.kind_questions import KIND_QUESTIONS, kind_answers
from enishi.coach.network.introductions import Path
from enishi.coach.network.who_may_know import find_bridges
from enishi.coach.relations.suggestible import suggestible_contacts
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import LinkedChange, Sheet
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.row_limit import check_room
from widgets.parts.stand import STAND, describe_stands

_COLUMNS = (
    *("does", "ahead", "nearer", "directly", "name", "needed_now", "reach"),
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
    parts = (EXPLANATION, STAND)
    writable = {"role": _COLUMNS}
    creatable = ("role",)

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a kind of person: the link to the open goal."""
        return dict(self.workbook.goal_link())

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Refuse to add a kind when there are enough; only one of them is the one needed now."""
        roles = self.workbook.of_goal("role")
        if not id:
            check_room(len(roles), ROLES_MOST)
        if not values.get("needed_now"):
            return []
        others = [role for role in roles if role["needed_now"] and role["id"] != id]
        return [("role", role["id"], {"needed_now": False}) for role in others]

    def build_state(self) -> dict[str, Any]:
        """Return the kinds of person, and the starting point that selects the examples."""
        workbook = self.workbook
        roles = workbook.of_goal("role")
        people = suggestible_contacts(workbook.frames())
        of_kind = dict(tuple(people.groupby("role_id")))
        places = {
            place["role_id"]: place["name"]
            for place in workbook.of_goal("place")
            if place["role_id"]
        }
        bridges = self._find_bridges([role["id"] for role in roles if role["reach"]])
        return {
            "roles": [
                role
                | {
                    "known": self._describe_known(of_kind.get(role["id"], people.iloc[:0])),
                    "ways": self._list_ways(role, places, bridges.get(role["id"])),
                }
                | self._describe_answers(role)
                for role in roles
            ],
            "start": workbook.goal()["start"],
            "aheads": workbook.texts_of("contacts")["labels"]["aheads"],
            "room": len(roles) < ROLES_MOST,
            "several": sum(bool(role["does"] or role["name"]) for role in roles) > 1,
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

    def _find_bridges(self, role_ids: list[str]) -> dict[str, Path]:
        """Return who may know somebody of each of some kinds; computed only if there is one."""
        if not role_ids:
            return {}
        workbook = self.workbook
        found: dict[str, Path] = workbook.cached(
            "who may know",
            lambda: find_bridges(workbook.frames(), role_ids, workbook.today, workbook.settings),
            role_ids,
        )
        return found

    def _list_ways(
        self, role: JsonRow, places: dict[str, str], bridge: Path | None
    ) -> list[JsonRow]:
        """Return the ways to meet somebody of a kind, in the order the person prefers.

        A place is asked for while none is written. As long as the person has not said how they
        would like to meet one, nobody is named.
        """
        place: list[JsonRow] = [{"by": "place", "name": places.get(role["id"], "")}]
        if not role["reach"]:
            return place if role["id"] not in places else []
        somebody: list[JsonRow] = []
        if bridge:
            (why,) = describe_reasons(self.workbook, [bridge.reason])
            name = self.workbook.address_contact(bridge.through[0])
            somebody = [{"by": "somebody", "name": name, "why": why}]
        return [*somebody, *place] if role["reach"] == "somebody" else [*place, *somebody]

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
