"""The people in focus: at most five, those the person likes to be with."""

from __future__ import annotations

from typing import Any

from enishi.coach.today.focus import focus
from widgets.base.explanations import describe_reason
from widgets.base.json_rows import rows
from widgets.base.sheet import Answer, Identifier, command
from widgets.parts.person_picker import Finding, note

_SHOWN = ("name", "family_kana", "given_kana", "organisation", "afternoon", "closed")


class Focus(Finding):
    """Shows who is in focus, and asks whom to replace if one more would be too many.

    Example:
        >>> Focus(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "focus"
    writes = {"contact": ("respect_for",)}  # noqa: RUF012 - never changed

    def look(self) -> dict[str, Any]:
        """Return who is in focus and who might be."""
        page = self.page
        frames = page.frames()
        now = focus(frames, page.today, page.settings)
        proposed = dict(now.proposed)
        shown = rows(
            frames["contact"].loc[[*now.chosen, *proposed]], "version", "respect_for", *_SHOWN
        )
        people = {row["id"]: row | {"note": note(row)} for row in shown}
        return {
            "chosen": [people[id] for id in now.chosen],
            "room": now.room,
            "proposed": [
                people[id] | {"why": describe_reason(why, page.language, page.today)["why"]}
                for id, why in proposed.items()
            ],
        }

    @command
    def gather(self, id: Identifier, instead: Identifier | None = None) -> Answer:
        """Bring a contact into focus, optionally in place of another: one change.

        If there is no room, change nothing and return `full`; the page then asks whom to replace.
        """
        chosen = [row["id"] for row in self.state["chosen"]]
        most = self.page.settings.focus_most
        if id not in chosen and len(chosen) - (instead in chosen) >= most:
            return {"full": True, "text": " "}
        with self.book.batch("write") as batch:
            if instead is not None:
                batch.write("contact", instead, focus=False)
            batch.write("contact", id, focus=True)
        return {"focus": id}

    @command
    def let_rest(self, id: Identifier) -> Answer:
        """Remove a contact from the focus."""
        self.book.write("contact", id, focus=False)
        return {"focus": "focus.who"}
