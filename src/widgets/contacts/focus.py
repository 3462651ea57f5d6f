"""The people in focus: at most five, those the person likes to be with."""

from __future__ import annotations

from typing import Any

from enishi.coach.today.focus import focus
from widgets.base.explanations import describe_reason
from widgets.base.json_rows import rows
from widgets.base.sheet import Answer, Identifier, Sheet, command
from widgets.parts.person_picker import PERSON_PICKER, note

_SHOWN = ("name", "family_kana", "given_kana", "organisation", "afternoon", "closed")


class Focus(Sheet):
    """Shows who is in focus, and asks whom to replace if one more would be too many.

    Example:
        >>> Focus(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "focus"
    parts = (PERSON_PICKER,)
    writable = {"contact": ("respect_for",)}

    def build_state(self) -> dict[str, Any]:
        """Return who is in focus and who might be."""
        workbook = self.workbook
        frames = workbook.frames()
        now = focus(frames, workbook.today, workbook.settings)
        proposed = dict(now.proposed)
        shown = rows(
            frames["contact"].loc[[*now.chosen, *proposed]], "version", "respect_for", *_SHOWN
        )
        people = {row["id"]: row | {"note": note(row)} for row in shown}
        return {
            "chosen": [people[id] for id in now.chosen],
            "room": now.room,
            "proposed": [
                people[id] | {"why": describe_reason(workbook, why)["why"]}
                for id, why in proposed.items()
            ],
        }

    @command
    def gather(self, id: Identifier, instead: Identifier | None = None) -> Answer:
        """Bring a contact into focus, optionally in place of another: one change.

        If there is no room, change nothing and return `full`; the page then asks whom to replace.
        """
        chosen = [row["id"] for row in self.state["chosen"]]
        most = self.workbook.settings.focus_most
        if id not in chosen and len(chosen) - (instead in chosen) >= most:
            return {"full": True, "text": " "}
        with self.book.batch("write") as batch:
            if instead is not None:
                batch.update("contact", instead, focus=False)
            batch.update("contact", id, focus=True)
        return {"focus": id}

    @command
    def let_rest(self, id: Identifier) -> Answer:
        """Remove a contact from the focus."""
        self.book.update("contact", id, focus=False)
        return {"focus": "focus.who"}
