"""Today: a few people to turn to, the reason for each, and an act that is ready."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec

from enishi.book.recording import enter_meeting
from enishi.coach.giving.promises import promises_due
from enishi.coach.relations.history import active_contacts, name_of
from enishi.coach.rules.catalogue import RULES
from enishi.coach.rules.parameters import stored
from enishi.coach.today.completion import completion_of
from enishi.coach.today.exclusions import PLANNED
from enishi.coach.today.quiet_hours import why_quiet
from enishi.coach.today.rest import is_back, is_resting, is_week_full, needs_rest
from enishi.coach.today.suggestions import Suggestion, further, held_back
from enishi.coach.today.weekly_load import load
from enishi.i18n import texts
from enishi.i18n.dates import format_date, format_relative
from widgets.base.explanations import describe_action, describe_reason, off, suggestions
from widgets.base.json_rows import JsonRow
from widgets.base.message_draft import begin
from widgets.base.sheet import Answer, ForbiddenError, Identifier, command, query
from widgets.base.workbook import Workbook
from widgets.parts.explanation import Explaining
from widgets.week.review import this_week

_NUMBERS = ("reach_outs_per_week", "rows_shown", "keep_s4_days", "keep_s3_days", "keep_s2_days")
"""The rules of thumb that this sheet changes."""
Number = Literal[
    "reach_outs_per_week", "rows_shown", "keep_s4_days", "keep_s3_days", "keep_s2_days"
]
HELD_SHOWN = 20
"""Most people shown of those that are left out."""


class Today(Explaining):
    """Shows the contacts to turn to today; each can be done, put off or rested, and has a reason.

    Example:
        >>> Today(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "today"

    def __init__(self, page: Workbook) -> None:
        """Put the sheet on `page`; store the day of the last entry before this visit."""
        self.shown: dict[str, Suggestion] = {}
        self.last = last_entry(page)
        super().__init__(page)

    # -- what the sheet shows ------------------------------------------------------------------

    def look(self) -> dict[str, Any]:
        """Return the rows, or why there are none, and the rules of thumb."""
        page, rule = self.page, self.page.settings
        frames, today = page.frames(), page.today
        resting = is_resting(frames["review"], today)
        found = () if resting else suggestions(page)
        self.shown = {suggestion.contact_id: suggestion for suggestion in found}
        names = texts("rules", page.language)
        return {
            "rows": [self.row(suggestion) for suggestion in found],
            "further": [] if resting else self.further(),
            "resting": resting,
            "nobody": active_contacts(frames).empty,
            "full": not found and is_week_full(frames, today, rule),
            "off_today": self.day_off() if found else [],
            "back": self.welcome(),
            "hard": not resting and needs_rest(frames["encounter"], today, rule),
            "due": len(promises_due(frames, today, rule)) if resting else 0,
            "capture": page.address("04-contacts", "capture"),
            "numbers": {name: getattr(rule, name) for name in _NUMBERS},
            "made_of": page.address("01-start", "made_of"),
            "off": [
                {"rule": key, "name": names[key]["name"]} for key in RULES if not rule.hears(key)
            ],
        }

    def row(self, suggestion: Suggestion) -> JsonRow:
        """Return one suggestion as texts."""
        page = self.page
        person = page.frames()["contact"].loc[suggestion.contact_id]
        due = suggestion.due
        return {
            "id": suggestion.contact_id,
            "name": person["called"] or person["name"],
            "kind": texts("coach", page.language)["kinds"][suggestion.act],
            "due": format_relative(due, page.today, page.language) if due else "",
            "off": off(page, due) if due else "",
            "ready": describe_action(suggestion.ready, page.language, page.today),
            "reason": describe_reason(suggestion.reason, page.language, page.today),
            "also": list(suggestion.also),
            "own": suggestion.act in PLANNED,
        }

    def further(self) -> list[JsonRow]:
        """Return what the person planned that is due too, but has no room in the list."""
        page = self.page

        def beyond() -> tuple[Suggestion, ...]:
            return further(page.frames(), page.today, datetime.now(UTC), page.settings)

        found: tuple[Suggestion, ...] = page.once("further", beyond)
        who = page.frames()["contact"]
        return [
            {
                "id": one.contact_id,
                "name": name_of(who.loc[one.contact_id]),
                "words": describe_action(one.ready, page.language, page.today),
            }
            for one in found
        ]

    def day_off(self) -> list[JsonRow]:
        """Return why work waits today, if the reason is a holiday or an own day off."""
        why = why_quiet(self.page.today, self.page.settings)
        return self.reasons([why] if why and why.rule in ("quiet_holiday", "quiet_own") else [])

    def welcome(self) -> str:
        """Return the day of the last entry if it is long ago; '' otherwise."""
        if self.last is None or not is_back(self.last, self.page.today, self.page.settings):
            return ""
        return format_date(self.last, self.page.language)

    # -- what the person can do ------------------------------------------------------------------

    @command
    def done(self, id: Identifier) -> Answer:
        """Enter that the act was done; the log then asks for the next step."""
        suggestion, now = self.suggestion(id), datetime.now(UTC)
        frames, today = self.page.frames(), self.page.today
        channel = frames["contact"].loc[id, "channel"]
        was = completion_of(suggestion, channel, frames, today, self.page.settings)
        ready = describe_action(suggestion.ready, self.page.language, today)
        meeting = {
            "on": today.isoformat(),
            "at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "kind": was.kind,
            "started_by": "me",
        }
        gift = None if was.gift is None else {"direction": "out", "what": ready} | was.gift
        self.page.asked["log"] = enter_meeting(
            self.book,
            id,
            meeting,
            gift=gift,
            kept=was.kept,
            step_done=was.step_done,
            given=was.given,
        )
        return {"text": self.say("Noted. Is there a next step?")}

    @command
    def letter(self, id: Identifier) -> Answer:
        """Begin a message of the kind that fits; return its address, which opens this message."""
        message = begin(self.page, self.suggestion(id).contact_id)
        return {"href": self.page.address("04-contacts", "draft", message)}

    @command
    def let_go(self, id: Identifier) -> Answer:
        """Cancel a step or a gift that the person planned.

        Raises:
            ForbiddenError: the suggestion is neither of these.
        """
        suggestion = self.suggestion(id)
        if suggestion.act == "gift":
            self.book.write("give", suggestion.give_id, state="let_go")
        elif suggestion.act == "step":
            self.book.write("contact", id, next_step="", next_on="")
        else:
            raise ForbiddenError()
        return {"text": self.say("Let go. That is fine.")}

    @command
    def snooze(self, id: Identifier) -> Answer:
        """Suggest nothing for a contact for some days."""
        name = self.row(self.suggestion(id))["name"]
        until = self.page.today + timedelta(days=self.page.settings.snooze_days)
        self.book.write("contact", id, quiet_until=until.isoformat())
        day = format_relative(until, self.page.today, self.page.language)
        return {"text": self.say("{name} is left in peace until {day}.", name=name, day=day)}

    @command
    def let_rest(self, id: Identifier) -> Answer:
        """Close a tie until the person reopens it."""
        name = self.row(self.suggestion(id))["name"]
        self.book.write("contact", id, closed=True)
        return {"text": self.say("The tie with {name} rests. “Undo” wakes it.", name=name)}

    @command
    def rest(self, rest: bool) -> Answer | None:
        """Rest this week, or end the rest."""
        review = this_week(self.page)
        fresh = {"kind": "week", "on": review["on"]}
        self.book.put("review", review["id"], None, fresh, rest=rest)
        return None

    @command
    def measure(self, name: Number, value: Annotated[int, msgspec.Meta(ge=1, le=365)]) -> None:
        """Change a rule of thumb."""
        self.page.keep(name, stored(name, value, self.page.settings))

    @query
    def weigh(self) -> Answer:
        """Return a reason if the rhythms of all ties exceed the person's weekly capacity."""
        page = self.page
        reason = load(page.frames(), page.today, page.settings)
        return {"heavy": self.reasons([reason] if reason else []), "text": " "}

    @query
    def held(self) -> Answer:
        """Return the contacts that are left out, with the reasons."""
        page = self.page
        reasons = held_back(page.frames(), page.today, datetime.now(UTC), page.settings)
        people = page.frames()["contact"]["name"]
        shown = list(reasons.items())[:HELD_SHOWN]
        held = [
            {"id": id, "name": people[id]} | describe_reason(reason, page.language, page.today)
            for id, reason in shown
        ]
        return {"held": held, "more": len(reasons) - len(held), "text": " "}

    def suggestion(self, id: str) -> Suggestion:
        """Return the suggestion shown for a contact.

        Raises:
            ForbiddenError: the sheet shows none for this contact.
        """
        if id not in self.shown:
            raise ForbiddenError()
        return self.shown[id]


def last_entry(page: Workbook) -> date | None:
    """Return the day of the last change in the book; None for a new or closed one."""
    last = page.book.last()[0] if page.book else None
    return None if last is None else date.fromisoformat(last.at[:10])
