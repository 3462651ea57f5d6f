"""Ties: who knows whom, pair by pair."""

from __future__ import annotations

from itertools import combinations
from typing import Any, Literal

from enishi.coach.network.consent import between_two
from enishi.coach.relations.suggestible import suggestible_contacts
from widgets.base.json_rows import rows
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, command
from widgets.parts.person_picker import contact_names

TieState = Literal["strangers", "acquainted", "close", ""]


class TieQuestions(Sheet):
    """What a sheet needs that asks of two people at a time whether they know each other.

    It needs the part `PERSON_PICKER`; its texts stand under `ties` among those of the sheet, its
    state under `ties`; its script gives `drawTies`.
    """

    def describe_ties(self) -> dict[str, Any]:
        """Return the next pair, and the ties known so far."""
        frames = self.workbook.frames()
        people = self._choose_people()
        ties = rows(frames["tie"], "a_id", "b_id", "state")
        said = {frozenset((tie["a_id"], tie["b_id"])): tie for tie in ties}
        pairs = list(combinations(people, 2))
        open_ = [pair for pair in pairs if frozenset(pair) not in said]
        here = set(people)
        return {
            "people": people,
            "pair": open_[0] if open_ else None,
            "room": len(people) < self.workbook.settings.nearest_most,
            "ties": [tie for tie in ties if tie["state"] and {tie["a_id"], tie["b_id"]} <= here],
            "names": contact_names(self.workbook, people),
        }

    def _choose_people(self) -> list[str]:
        """Return the contacts to ask about: in focus, just named, or named before."""
        frames = self.workbook.frames()
        contact, tie = suggestible_contacts(frames), frames["tie"]
        focused = contact.index[contact["focus"]]
        before = [id for pair in zip(tie["a_id"], tie["b_id"], strict=True) for id in pair]
        named = [id for id in [*self.named, *before] if id in contact.index]
        return list(dict.fromkeys([*focused, *named]))[: self.workbook.settings.nearest_most]

    @property
    def named(self) -> list[str]:
        """The contacts named on this page since it was opened; a stored tie keeps them for good."""
        return self.__dict__.setdefault("_named", [])  # type: ignore[no-any-return]

    @command
    def think_of(self, id: Identifier) -> Answer:
        """Add one more contact to ask about."""
        if id not in self.named:
            self.named.insert(0, id)
        return {"text": " ", "focus": "ties.who"}

    @command
    def tell(self, a: Identifier, b: Identifier, state: TieState) -> Answer:
        """Store the tie between two contacts; an empty state means "I do not know".

        Raises:
            ForbiddenError: both are the same contact.
        """
        if a == b:
            raise ForbiddenError()
        with self.book.batch("write") as batch:
            if found := self._find_tie(a, b):
                batch.update("tie", found, state=state)
            else:
                first, second = sorted((a, b))
                batch.add("tie", a_id=first, b_id=second, state=state)
        return {}

    @command
    def untell(self, a: Identifier, b: Identifier) -> Answer | None:
        """Remove the stored tie between two contacts."""
        if found := self._find_tie(a, b):
            self.book.delete("tie", found)
        return None

    def _find_tie(self, a: str, b: str) -> str:
        """Return the id of the tie between two contacts; '' if there is none."""
        return "".join(between_two(self.workbook.frames(), a, b).index)
