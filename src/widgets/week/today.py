"""Today: a few people to turn to, the reason for each, and an act that is ready."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

import msgspec

from enishi import clock
from enishi.book.recording import enter_meeting
from enishi.coach.giving.promises import promises_due
from enishi.coach.relations.history import active_contacts, name_of
from enishi.coach.rules.catalogue import RULES
from enishi.coach.rules.parameters import to_setting
from enishi.coach.today.completion import completion_of
from enishi.coach.today.exclusions import PLANNED
from enishi.coach.today.quiet_hours import why_quiet
from enishi.coach.today.rest import is_back, is_resting, is_week_full, needs_rest
from enishi.coach.today.suggestions import Suggestion, explain_exclusions, more_suggestions
from enishi.coach.today.weekly_load import load
from enishi.i18n import texts
from enishi.i18n.dates import format_date
from widgets.base.explanations import describe_action, describe_reason, off, suggestions
from widgets.base.json_rows import JsonRow
from widgets.base.message_draft import start_message
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, command, query
from widgets.base.workbook import Workbook
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.week.review import this_week

_NUMBERS = ("reach_outs_per_week", "rows_shown", "keep_s4_days", "keep_s3_days", "keep_s2_days")
"""The rules of thumb that this sheet changes."""
Number = Literal[
    "reach_outs_per_week", "rows_shown", "keep_s4_days", "keep_s3_days", "keep_s2_days"
]
HELD_SHOWN = 20
"""Most people shown of those that are left out."""


class Today(Sheet):
    """Shows the contacts to turn to today; each can be done, put off or rested, and has a reason.

    Example:
        >>> Today(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "today"
    parts = (EXPLANATION,)

    def __init__(self, workbook: Workbook) -> None:
        """Put the sheet on `workbook`; store the day of the last entry before this visit."""
        self.shown: dict[str, Suggestion] = {}
        self.last = last_entry(workbook)
        super().__init__(workbook)

    # -- what the sheet shows ------------------------------------------------------------------

    def build_state(self) -> dict[str, Any]:
        """Return the rows, or why there are none, and the rules of thumb."""
        workbook, rule = self.workbook, self.workbook.settings
        frames, today = workbook.frames(), workbook.today
        resting = is_resting(frames["review"], today)
        found = () if resting else suggestions(workbook)
        self.shown = {suggestion.contact_id: suggestion for suggestion in found}
        names = texts("rules", workbook.language)
        return {
            "rows": [self.describe_suggestion(suggestion) for suggestion in found],
            "further": [] if resting else self.list_further(),
            "resting": resting,
            "nobody": active_contacts(frames).empty,
            "full": not found and is_week_full(frames, today, rule),
            "off_today": self.explain_day_off() if found else [],
            "back": self.describe_return(),
            "hard": not resting and needs_rest(frames["encounter"], today, rule),
            "due": len(promises_due(frames, today, rule)) if resting else 0,
            "capture": workbook.address("04-contacts", "capture"),
            "numbers": {name: getattr(rule, name) for name in _NUMBERS},
            "made_of": workbook.address("01-start", "made_of"),
            "off": [
                {"rule": key, "name": names[key]["name"]}
                for key in RULES
                if not rule.is_enabled(key)
            ],
        }

    def describe_suggestion(self, suggestion: Suggestion) -> JsonRow:
        """Return one suggestion as texts."""
        workbook = self.workbook
        person = workbook.frames()["contact"].loc[suggestion.contact_id]
        due = suggestion.due
        return {
            "id": suggestion.contact_id,
            "name": name_of(person),
            "kind": texts("coach", workbook.language)["kinds"][suggestion.act],
            "due": workbook.relative_date(due),
            "off": off(workbook, due) if due else "",
            "ready": describe_action(workbook, suggestion.ready),
            "reason": describe_reason(workbook, suggestion.reason),
            "also": list(suggestion.also),
            "own": suggestion.act in PLANNED,
        }

    def list_further(self) -> list[JsonRow]:
        """Return what the person planned that is due too, but has no room in the list."""
        workbook = self.workbook

        def beyond() -> tuple[Suggestion, ...]:
            return more_suggestions(
                workbook.frames(), workbook.today, clock.now(), workbook.settings
            )

        found: tuple[Suggestion, ...] = workbook.cached("further", beyond)
        who = workbook.frames()["contact"]
        return [
            {
                "id": one.contact_id,
                "name": name_of(who.loc[one.contact_id]),
                "words": describe_action(workbook, one.ready),
            }
            for one in found
        ]

    def explain_day_off(self) -> list[JsonRow]:
        """Return why work waits today, if the reason is a holiday or an own day off."""
        why = why_quiet(self.workbook.today, self.workbook.settings)
        return describe_reasons(
            self.workbook, [why] if why and why.rule in ("quiet_holiday", "quiet_own") else []
        )

    def describe_return(self) -> str:
        """Return the day of the last entry if it is long ago; '' otherwise."""
        if self.last is None or not is_back(self.last, self.workbook.today, self.workbook.settings):
            return ""
        return format_date(self.last, self.workbook.language)

    # -- what the person can do ------------------------------------------------------------------

    @command
    def done(self, id: Identifier) -> Answer:
        """Enter that the act was done; the log then asks for the next step."""
        suggestion, now = self.require_suggestion(id), clock.now()
        frames, today = self.workbook.frames(), self.workbook.today
        channel = frames["contact"].loc[id, "channel"]
        was = completion_of(suggestion, channel, frames, today, self.workbook.settings)
        ready = describe_action(self.workbook, suggestion.ready)
        meeting = {
            "on": today.isoformat(),
            "at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "kind": was.kind,
            "started_by": "me",
        }
        gift = None if was.gift is None else {"direction": "out", "what": ready} | was.gift
        self.workbook.requests["log"] = enter_meeting(
            self.book,
            id,
            meeting,
            gift=gift,
            kept=was.kept,
            steps=was.steps,
            given=was.given,
        )
        return {"text": self.say("noted_next")}

    @command
    def letter(self, id: Identifier) -> Answer:
        """Begin a message of the kind that fits; return its address, which opens this message."""
        message = start_message(self.workbook, self.require_suggestion(id).contact_id)
        return {"href": self.workbook.address("04-contacts", "draft", message)}

    @command
    def let_go(self, id: Identifier) -> Answer:
        """Cancel a step or a gift that the person planned.

        Raises:
            ForbiddenError: the suggestion is neither of these.
        """
        suggestion = self.require_suggestion(id)
        if suggestion.act == "gift":
            self.book.update("give", suggestion.give_id, state="let_go")
        elif suggestion.act == "step":
            self.book.update("contact", id, next_step="", next_on="")
        else:
            raise ForbiddenError()
        return {"text": self.say("fine_to_let_go")}

    @command
    def snooze(self, id: Identifier) -> Answer:
        """Suggest nothing for a contact for some days."""
        name = self.describe_suggestion(self.require_suggestion(id))["name"]
        until = self.workbook.today + timedelta(days=self.workbook.settings.snooze_days)
        self.book.update("contact", id, quiet_until=until.isoformat())
        day = self.workbook.relative_date(until)
        return {"text": self.say("snoozed", name=name, day=day)}

    @command
    def let_rest(self, id: Identifier) -> Answer:
        """Close a tie until the person reopens it."""
        name = self.describe_suggestion(self.require_suggestion(id))["name"]
        self.book.update("contact", id, closed=True)
        return {"text": self.say("laid_to_rest", name=name)}

    @command
    def rest(self, rest: bool) -> Answer | None:
        """Rest this week, or end the rest."""
        review = this_week(self.workbook)
        fresh = {"kind": "week", "on": review["on"]}
        self.book.upsert("review", review["id"], None, fresh, rest=rest)
        return None

    @command
    def measure(self, name: Number, value: Annotated[int, msgspec.Meta(ge=1, le=365)]) -> None:
        """Change a rule of thumb."""
        self.workbook.set_setting(name, to_setting(name, value, self.workbook.settings))

    @query
    def weigh(self) -> Answer:
        """Return a reason if the rhythms of all ties exceed the person's weekly capacity."""
        workbook = self.workbook
        reason = load(workbook.frames(), workbook.today, workbook.settings)
        return {"heavy": describe_reasons(workbook, [reason] if reason else []), "text": " "}

    @query
    def held(self) -> Answer:
        """Return the contacts that are left out, with the reasons."""
        workbook = self.workbook
        reasons = explain_exclusions(
            workbook.frames(), workbook.today, clock.now(), workbook.settings
        )
        people = workbook.frames()["contact"]["name"]
        shown = list(reasons.items())[:HELD_SHOWN]
        held = [
            {"id": id, "name": people[id]} | describe_reason(workbook, reason)
            for id, reason in shown
        ]
        return {"held": held, "more": len(reasons) - len(held), "text": " "}

    def require_suggestion(self, id: str) -> Suggestion:
        """Return the suggestion shown for a contact.

        Raises:
            ForbiddenError: the sheet shows none for this contact.
        """
        if id not in self.shown:
            raise ForbiddenError()
        return self.shown[id]


def last_entry(workbook: Workbook) -> date | None:
    """Return the day of the last change in the book; None for a new or closed one."""
    last = workbook.book.next_undo_redo()[0] if workbook.book else None
    return None if last is None else date.fromisoformat(last.at[:10])
