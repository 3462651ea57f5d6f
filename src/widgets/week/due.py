"""Promises: the open ones of mine and of others to me."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from enishi.coach.giving.promises import open_promises
from enishi.coach.relations.history import iter_rows, name_of
from widgets.base.explanations import off
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, Sheet, command

SIDES = {"mine": "me", "theirs": "them"}
SHOWN = 50
"""Most promises shown of each side."""
LATER_DAYS = 7
"""Days by which "a week later" moves a promise."""


class Due(Sheet):
    """Shows the open promises of both sides: mark as kept, let go, or move the day.

    Example:
        >>> Due(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "due"
    writable = {"promise": ("due",)}

    def build_state(self) -> dict[str, Any]:
        """Return the open promises, mine and theirs, soonest first."""
        workbook = self.workbook
        rows = open_promises(workbook.frames(), workbook.today, workbook.settings)
        counts = rows["by"].value_counts()
        return {
            "more": {side: max(0, int(counts.get(by, 0)) - SHOWN) for side, by in SIDES.items()}
        } | {
            side: [
                self.describe_promise(id, row)
                for id, row in iter_rows(rows[rows["by"] == by].head(SHOWN))
            ]
            for side, by in SIDES.items()
        }

    def describe_promise(self, id: str, row: dict[str, Any]) -> JsonRow:
        """Return one promise; `day` as text, `due` only if a day was named."""
        workbook = self.workbook
        person = workbook.frames()["contact"].loc[row["contact_id"]]
        named = workbook.frames()["promise"].loc[id, "due"]
        day = row["due"].date()
        return {
            "id": id,
            "version": int(row["version"]),
            "words": row["words"],
            "name": name_of(person),
            "day": workbook.relative_date(day),
            "off": off(workbook, day),
            "due": "" if named != named else str(named.date()),
            "late": day < workbook.today,
        }

    @command
    def settle(self, id: Identifier, state: Literal["kept", "let_go"]) -> Answer:
        """Close a promise as kept or let go."""
        by = self.book.row("promise", id)["by"]
        self.book.update("promise", id, state=state, closed_on=self.workbook.today.isoformat())
        if state == "let_go":
            return {"text": self.say("fine_to_let_go")}
        if by == "me":
            return {"text": self.say("kept_by_me")}
        return {"text": self.say("kept_by_them")}

    @command
    def later(self, id: Identifier) -> Answer:
        """Move a promise by a week, counted from today if its day has passed."""
        today = self.workbook.today
        named = self.book.row("promise", id)["due"]
        due = max(date.fromisoformat(named), today) if named else today
        new = due + timedelta(days=LATER_DAYS)
        self.book.update("promise", id, due=new.isoformat())
        return {"text": self.say("moved", day=self.workbook.relative_date(new))}
