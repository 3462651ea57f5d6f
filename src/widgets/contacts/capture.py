"""Add people quickly: a name is enough, a next step is welcome."""

from __future__ import annotations

from typing import Any, Literal

from enishi.book.errors import UnknownRowError
from enishi.coach.language.quick_entry import contact_values, fields_to_add, step_values
from enishi.coach.relations.history import active_contacts
from enishi.coach.relations.steps import steps_with
from enishi.coach.today.agenda import cell_dates
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, Sheet, ShortText, command
from widgets.parts.person_picker import (
    PERSON_PICKER,
    Name,
    contact_names,
    describe_namesakes,
)
from widgets.parts.remembering import REMEMBERING, KnownAs, Year, remembering_state

_FIELDS = (
    *("name", "family_kana", "given_kana", "organisation"),
    *("known_as", "how_met", "where_met", "met_on", "through_id"),
)
"""The columns this sheet edits of contacts added recently; the card has the rest."""
RECENT = 5
LastTalk = Literal["", "today", "week", "month", "year", "longer", "unsure"]
Ahead = Literal["", "near", "steps", "far", "other"]


class Capture(Sheet):
    """Takes a name, a reading, the next step and its day in one form.

    Example:
        >>> Capture(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "capture"
    parts = (PERSON_PICKER, REMEMBERING)
    writable = {"contact": _FIELDS, "step": ("words", "on")}
    creatable = ("contact",)

    def build_state(self) -> dict[str, Any]:
        """Return the contacts typed in last, the latest first."""
        frames = self.workbook.frames()
        people = active_contacts(frames)
        typed = people[people["source"] == "typed"].tail(RECENT)[::-1]
        recent = [
            row | {"steps": self.describe_steps(row["id"])}
            for row in rows(typed, "version", *_FIELDS)
        ]
        return {
            "recent": recent,
            "names": contact_names(self.workbook, (row["through_id"] for row in recent)),
            "last_talks": self.workbook.texts_of("coach")["last_talks"],
            "roles": self.workbook.role_choices(),
            "today": self.workbook.today.isoformat(),
            "remembering": remembering_state(self.workbook),
        }

    def describe_steps(self, contact_id: str) -> list[JsonRow]:
        """Return the open steps with a contact, `day` as text."""
        steps = steps_with(self.workbook.frames(), contact_id)
        listed = rows(steps, "version", "words", "on")
        days = [self.workbook.short_date(day) for day in cell_dates(steps["on"])]
        return [row | {"day": day} for row, day in zip(listed, days, strict=True)]

    @command
    def keep(
        self,
        name: Name,
        reading: ShortText = "",
        step: ShortText = "",
        on: ShortText = "",
        known_as: KnownAs = "",
        known_since: Year | None = None,
        met_on: ShortText = "",
        last_talk: LastTalk = "",
        role_id: ShortText = "",
        ahead: Ahead = "",
        same_id: ShortText = "",
        is_other: bool = False,
    ) -> Answer:
        """Add a contact: one call, one change.

        If somebody of that name is in the book already, nothing is added, and the answer has these
        people as `namesakes`. `same_id` says which of them it is, and adds to their card what was
        typed; `is_other` says that it is somebody else.
        """
        namesakes = describe_namesakes(self.workbook, name, reading)
        if namesakes and not same_id and not is_other:
            return {"namesakes": namesakes, "text": " "}
        fields = contact_values(
            name,
            self.workbook.today,
            reading=reading,
            known_as=known_as,
            known_since=known_since,
            met_on=met_on,
            last_talk=last_talk,
            role_id=role_id,
            ahead=ahead,
        )
        known = self._require_known(same_id) if same_id else None
        if known is not None:
            fields = fields_to_add(known, fields)
        with self.book.batch("add") as batch:
            if known is None:
                id = batch.add("contact", **fields)
            else:
                id = same_id
                if fields:
                    batch.update("contact", id, **fields)
            if step.strip() or on:
                batch.add("step", contact_id=id, **step_values(step, self.workbook.today, on))
        if known is not None:
            return {"text": self.say("kept_same", name=self.workbook.address_contact(id))}
        key = "kept_twin" if namesakes else "kept"
        return {"text": self.say(key, name=" ".join(name.split()))}

    def _require_known(self, id: str) -> dict[str, Any]:
        """Return the row of a contact.

        Raises:
            UnknownRowError: nobody has this id, or they are in the bin.
        """
        if id not in active_contacts(self.workbook.frames()).index:
            raise UnknownRowError()
        return self.book.row("contact", id)
