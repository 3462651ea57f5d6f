"""Add people: a name is enough; whatever else comes to mind is one tap or one line."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from enishi.book.errors import UnknownRowError
from enishi.coach.giving.promises import promises_with
from enishi.coach.language.quick_entry import contact_values, fields_to_add
from enishi.coach.relations.history import active_contacts
from enishi.coach.relations.steps import steps_with
from enishi.i18n import format_text
from enishi.i18n.names import reading_of
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, Identifier, ShortText, command
from widgets.contacts.file_import import FileImport
from widgets.parts.person_picker import PERSON_PICKER, Name, describe_namesakes, keep_apart
from widgets.parts.quick_line import QUICK_LINE, LineKind, line_texts, store_line
from widgets.parts.remembering import REMEMBERING, KnownAs, Year, remembering_state

RECENT = 5
"""Most people shown of those added last."""
LastTalk = Literal["", "today", "week", "month", "year", "longer", "unsure"]
Ahead = Literal["", "near", "steps", "far", "other"]
Told = Literal["", "loves", "trying", "looking_for"]


class Add(FileImport):
    """Adds people: by name, from a file, or by remembering who was imported.

    Example:
        >>> Add(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "add"
    parts = (PERSON_PICKER, QUICK_LINE, REMEMBERING)

    just_added = ""
    """The id of the contact added last, until something is said of them or nothing is."""

    def build_state(self) -> dict[str, Any]:
        """Return the people added last, the question after the last one, and the file."""
        workbook = self.workbook
        people = active_contacts(workbook.frames())
        typed = people[people["source"] == "typed"].tail(RECENT)[::-1]
        return {
            "recent": [self._describe_recent(id) for id in typed.index],
            "after": self._describe_added(people),
            "last_talks": workbook.texts_of("coach")["last_talks"],
            "roles": workbook.role_choices(),
            "today": workbook.today.isoformat(),
            "reads_kana": workbook.language == "ja",
            "line": line_texts(workbook),
            "remembering": remembering_state(workbook),
        } | self.describe_import()

    def _describe_recent(self, id: str) -> JsonRow:
        """Return a contact added lately, with the line that waits and the address of the card."""
        workbook = self.workbook
        frames = workbook.frames()
        (row,) = rows(frames["contact"].loc[[id]], "name", "family_kana", "given_kana", "known_as")
        reading = reading_of(row["family_kana"], row["given_kana"], "")
        steps = steps_with(frames, id)["words"].tolist()
        promises = promises_with(frames, id)["words"].tolist()
        return {
            "id": id,
            "name": row["name"],
            "reading": reading,
            "known_as": self.words["known_ases"].get(row["known_as"], ""),
            "lines": [*promises, *steps],
            "card": workbook.address("04-contacts", "people", id),
        }

    def _describe_added(self, people: pd.DataFrame) -> JsonRow | None:
        """Return the contact of whom one thing is asked just after; None for nobody."""
        if self.just_added not in people.index:
            return None
        name = self.workbook.address_contact(self.just_added)
        return {"id": self.just_added, "question": self.say("after", name=name)}

    @command
    def keep(
        self,
        name: Name,
        reading: ShortText = "",
        words: ShortText = "",
        kind: LineKind = "",
        on: ShortText = "",
        known_as: KnownAs = "",
        known_since: Year | None = None,
        met_on: ShortText = "",
        last_talk: LastTalk = "",
        role_id: ShortText = "",
        ahead: Ahead = "",
        organisation: ShortText = "",
        where_met: ShortText = "",
        through_id: ShortText = "",
        same_id: ShortText = "",
        is_other: bool = False,
    ) -> Answer:
        """Add a contact, with a step or a promise in one line: one call, one change.

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
            organisation=organisation,
            where_met=where_met,
            through_id=through_id,
        )
        known = self._require_known(same_id) if same_id else None
        if known is not None:
            fields = fields_to_add(known, fields)
        with self.book.batch("add") as batch:
            if known is None:
                id = batch.add("contact", **fields)
                keep_apart(self.workbook, batch, id, (each["id"] for each in namesakes))
            else:
                id = same_id
                if fields:
                    batch.update("contact", id, **fields)
            kept_as: LineKind = ""
            if words.strip():
                kept_as = store_line(self.workbook, batch, id, words, kind, on)
        self.just_added = id
        said = "kept_same" if known is not None else "kept_twin" if namesakes else "kept"
        name = self.workbook.address_contact(id) if known is not None else " ".join(name.split())
        text = self.say(said, name=name)
        if kept_as:
            text = format_text(self.words["kept_line"][kept_as], {"kept": text})
        return {"text": text}

    @command
    def tell(self, id: Identifier, words: ShortText = "", kind: Told = "") -> Answer:
        """Store one thing they said or love; without words nothing is said, and not asked again."""
        self.just_added = ""
        if not words.strip():
            return {"text": " ", "focus": "add.name"}
        on = self.workbook.today.isoformat()
        fact = {"words": words.strip(), "kind": kind, "source": "said", "on": on}
        self.book.add("fact", contact_id=id, **fact)
        return {"text": self.say("told"), "focus": "add.name"}

    def _require_known(self, id: str) -> dict[str, Any]:
        """Return the row of a contact.

        Raises:
            UnknownRowError: nobody has this id, or they are in the bin.
        """
        if id not in active_contacts(self.workbook.frames()).index:
            raise UnknownRowError()
        return self.book.row("contact", id)
