"""Promises in their original words, mine and theirs, until they are kept or let go."""

from __future__ import annotations

from typing import Any, Literal

from enishi.book.tables import LINE
from enishi.coach.giving.promises import detect_kind, detect_promises, open_promises
from enishi.coach.goal.place_dates import date_of
from enishi.coach.messages.message_kind import promise_letter_kind
from enishi.coach.relations.history import active_contacts
from widgets.base.explanations import describe_reason
from widgets.base.json_rows import JsonRow, rows
from widgets.base.message_draft import start_message
from widgets.base.sheet import Answer, Identifier, LongText, Sheet, ShortText, command, query
from widgets.parts.person_picker import PERSON_PICKER

_COLUMNS = ("contact_id", "words", "kind", "by", "due", "state", "closed_on")
_SHOWN = 50
"""Most open promises shown of each side."""
_PAST = 20
"""Most past promises shown."""
_HEARD = 8
"""Most promises offered from one text."""
PromiseState = Literal["open", "kept", "let_go", "broken"]


class Promises(Sheet):
    """Detects promises in a text, enters them, and shows them until they are kept.

    Example:
        >>> Promises(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "promises"
    parts = (PERSON_PICKER,)
    writable = {"promise": ("words", "due", "kind")}

    def build_state(self) -> dict[str, Any]:
        """Return the open promises of both sides, and past ones."""
        workbook = self.workbook
        frames = workbook.frames()
        promise = frames["promise"]
        open_ = open_promises(frames, workbook.today, workbook.settings)
        here = promise["contact_id"].isin(active_contacts(frames).index)
        past = promise[(promise["state"] != "open") & here].tail(_PAST)[::-1]
        return {
            "mine": self._list_promises(open_[open_["by"] == "me"].head(_SHOWN)),
            "theirs": self._list_promises(open_[open_["by"] == "them"].head(_SHOWN)),
            "past": self._list_promises(past),
        }

    def _list_promises(self, promise: Any) -> list[JsonRow]:
        workbook = self.workbook
        names = workbook.frames()["contact"]["name"]
        # the day that is written: `open_promises` fills empty ones to order them
        days = [date_of(day) for day in workbook.frames()["promise"]["due"].loc[promise.index]]
        return [
            row
            | {
                "name": names[row["contact_id"]],
                "sounds": detect_kind(row["words"]),
                "due": day.isoformat() if day else "",
                "day": workbook.relative_date(day),
            }
            for row, day in zip(rows(promise, "version", *_COLUMNS), days, strict=True)
        ]

    @query
    def hear(self, text: LongText) -> Answer:
        """Return the promises detected in a text; none is entered without the person's consent."""
        workbook = self.workbook
        heard = detect_promises(text, workbook.today, workbook.settings)
        return {
            "heard": [
                {
                    "words": promise.words[:LINE],
                    "by": promise.by,
                    "due": promise.due.isoformat() if promise.named else "",
                    "day": workbook.short_date(promise.due) if promise.named else "",
                    "why": describe_reason(workbook, promise.reason)["why"],
                }
                for promise in heard[:_HEARD]
            ],
            "text": " " if heard else self.words["heard_none"],
        }

    @command
    def take_down(
        self,
        contact_id: Identifier,
        words: ShortText,
        by: Literal["me", "them"],
        due: ShortText = "",
    ) -> Answer:
        """Enter a promise that was made."""
        today = self.workbook.today.isoformat()
        self.book.add("promise", contact_id=contact_id, words=words, by=by, due=due, said_on=today)
        return {}

    @command
    def letter(self, id: Identifier) -> Answer:
        """Begin the message that keeps a promise of mine."""
        contact = self.book.row("promise", id)["contact_id"]
        kind = promise_letter_kind(self.workbook.frames(), id, self.workbook.today)
        start_message(self.workbook, contact, kind, promise_id=id)
        return {"text": " "}

    @command
    def settle(self, id: Identifier, version: int, state: PromiseState) -> Answer:
        """Close a promise, kept or not, or open it again."""
        closed = "" if state == "open" else self.workbook.today.isoformat()
        return {"version": self.book.update("promise", id, version, state=state, closed_on=closed)}
