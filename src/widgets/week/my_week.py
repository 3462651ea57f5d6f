"""My week: all that the person wrote for these days; below it at most two suggestions."""

from __future__ import annotations

from calendar import FRIDAY
from datetime import date, timedelta
from typing import Annotated, Any, Literal

import msgspec

from enishi import clock
from enishi.book.tables import LINE
from enishi.coach.goal.place_dates import date_of, last_date, next_date
from enishi.coach.goal.places import EVENT_KINDS
from enishi.coach.language.date_phrases import find_unreal_day
from enishi.coach.messages.message_kind import promise_letter_kind
from enishi.coach.relations.history import active_contacts
from enishi.coach.review.reminders import is_wish_away
from enishi.coach.rules.catalogue import RULES
from enishi.coach.rules.parameters import to_setting
from enishi.coach.rules.pause import PAUSED_UNTIL
from enishi.coach.today.agenda import Agenda, Item, group_items, later_promises
from enishi.coach.today.first_minutes import STEPS, count_unfinished
from enishi.coach.today.questions import contact_to_ask_about
from enishi.coach.today.quick_line import read_line
from enishi.coach.today.quiet_hours import why_quiet
from enishi.coach.today.rest import is_back, is_resting, needs_rest
from enishi.coach.today.suggestions import Suggestion, explain_exclusions, room_beside
from enishi.coach.today.weekly_load import load
from enishi.i18n.dates import format_date, format_range
from widgets.base.explanations import (
    describe_action,
    describe_gift,
    describe_reason,
    suggestions,
)
from widgets.base.json_rows import JsonRow
from widgets.base.message_draft import start_gift_message, start_message
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    Sheet,
    ShortText,
    command,
    query,
)
from widgets.base.workbook import Workbook
from widgets.parts.asked_later import ASKED_LATER_PART, describe_asked
from widgets.parts.balance import BALANCE, balance_choices
from widgets.parts.encouragement import ENCOURAGEMENT, describe_encouragement
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.gift_effect import GIFT_EFFECT, effect_questions
from widgets.parts.pause import PAUSE, describe_pause
from widgets.parts.person_picker import PERSON_PICKER, describe_people
from widgets.parts.picture import PICTURE
from widgets.parts.plan_answer import PLAN_ANSWER, plan_questions
from widgets.parts.printable import PRINTABLE
from widgets.parts.remembering import REMEMBERING, remembering_offer, remembering_state
from widgets.parts.week_picture import WEEK_PICTURE, week_picture_words
from widgets.week.ahead import read_ahead
from widgets.week.beginning import BEGINNING, describe_beginning
from widgets.week.review import this_week
from widgets.week.week_page import WEEK_PAGE, describe_page
from widgets.week.week_rows import (
    COLUMNS,
    ROW_LIMIT,
    describe_groups,
    describe_rows,
    find_first_gifts,
)
from widgets.week.widening import WIDENING, describe_widening

WEEK_DAYS = 7
"""Days of the week that is shown, today included."""
HELD_SHOWN = 20
"""Most people shown of those that are left out."""

DONE = {
    "step": {"state": "done"},
    "promise": {"state": "kept"},
    "theirs": {"state": "kept"},
    "gift": {"state": "done"},
    "review": {"next_state": "done"},
    "experiment": {"next_state": "done"},
}
LET_GO: dict[str, dict[str, Any]] = {
    **{kind: {"state": "let_go"} for kind in ("step", "promise", "theirs", "gift")},
    "review": {"next_state": "let_go"},
    "experiment": {"next_state": "let_go"},
    "way": {"chosen": False},
}
CLOSED_ON = {
    **dict.fromkeys(("step", "promise", "theirs"), "closed_on"),
    "experiment": "next_on",
}
"""The column that holds the day on which a row was done or let go."""
WRITTEN_TO = ("step", "promise", "theirs", "gift", "birthday")
"""Kinds that may be done by a message."""
_SAID = ("gift", "promise", "experiment")
"""Kinds with a sentence of their own once they are done."""
PUT_ASIDE = ("step", "gift", "review", "experiment")
"""Kinds that can be let go all at once; promises are not, because others wait for them."""
FIRST_LEFT = "first_minutes_left"
"""The setting that says that the first ten minutes are not to be offered any more."""
WISHES = ("goal", "role")
"""The links of the thread that tell of the wish."""
_NUMBERS = ("reach_outs_per_week", "suggestions_shown")
"""The rules of thumb that this sheet changes."""

Number = Literal["reach_outs_per_week", "suggestions_shown"]
Settled = Literal["step", "promise", "theirs", "gift", "review", "experiment"]
LetGo = Literal["step", "promise", "theirs", "gift", "review", "experiment", "way"]
Written = Literal["step", "promise", "theirs", "gift", "birthday"]
Mending = Literal["promise_late", "promise_day", "promise_off"]
NewKind = Literal["step", "promise", "theirs"]


class MyWeek(Sheet):
    """Shows what the person wrote for this week; each row can be done, moved or let go.

    Example:
        >>> MyWeek(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "my_week"
    parts = (
        *(ASKED_LATER_PART, BALANCE, BEGINNING, ENCOURAGEMENT, EXPLANATION),
        *(
            GIFT_EFFECT,
            PAUSE,
            PERSON_PICKER,
            PICTURE,
            PLAN_ANSWER,
            PRINTABLE,
            REMEMBERING,
            WEEK_PAGE,
            WEEK_PICTURE,
            WIDENING,
        ),
    )
    settings = (PAUSED_UNTIL,)
    writable = {
        "step": ("words", "on"),
        "promise": ("words", "due"),
        "give": ("what", "on"),
        "event": ("on",),
        "place": ("next_on",),
        "review": ("next", "tried", "next_on"),
        "way": ("words",),
        "contact": ("known_as",),
    }

    def __init__(self, workbook: Workbook) -> None:
        """Put the sheet on `workbook`; store the day of the last entry before this visit."""
        self.last = last_entry(workbook)
        super().__init__(workbook)

    # -- what the sheet shows ------------------------------------------------------------------

    def build_state(self) -> dict[str, Any]:
        """Return the rows of the week in groups, and the coach's suggestions beside them."""
        workbook, rule = self.workbook, self.workbook.settings
        frames, today = workbook.frames(), workbook.today
        resting = is_resting(frames["review"], today)
        week = self.read_week()
        kinds = {item.kind for item in (*week.mine, *week.waiting)}
        asked = remembering_state(workbook)
        back = is_back(self.last, today, rule)
        names = workbook.texts_of("rules")
        pause = describe_pause(workbook)
        quiet = resting or bool(pause["said"])
        state: dict[str, Any] = {
            "questions": plan_questions(workbook) if "plan" in kinds else {},
            "asked": None if quiet or back else describe_asked(workbook),
            "effects": effect_questions(workbook) if "effect" in kinds else {},
            "next_week": (today + timedelta(days=WEEK_DAYS)).isoformat(),
            "span": format_range(today, today + timedelta(days=WEEK_DAYS - 1), workbook.language),
            "groups": describe_groups(self, week, resting),
            "later": [] if resting else describe_rows(self, self.read_later()),
            "page": describe_page(workbook),
            "own_line": self.find_own_line() if resting or back else "",
            "friday": today.weekday() == FRIDAY,
            "waiting": [] if resting else describe_rows(self, week.waiting),
            "more_waiting": max(0, len(week.waiting) - ROW_LIMIT),
            "remembering": asked,
            "remembering_offer": "" if quiet or back else remembering_offer(workbook, asked),
            "nobody": active_contacts(frames).empty,
            "admire": workbook.address("04-contacts", "draft"),
            "resting": resting,
            "first": self.describe_first_minutes(),
            "pictures": None if quiet or back else week_picture_words(workbook),
            "thread": self.describe_thread(),
            "whole": workbook.address("06-pictures", "pictures", "whole_thread"),
            "back": format_date(self.last, workbook.language) if back and self.last else "",
            "hard": not quiet and needs_rest(frames["encounter"], today, rule),
            "cheer": None if pause["said"] else describe_encouragement(workbook),
            "pause": pause,
            "balance": balance_choices(workbook),
            "widen": None if quiet else describe_widening(workbook),
            "off_today": self.explain_day_off(),
            "can_let_go": sum(item.kind in PUT_ASIDE for item in week.carried),
            "known_ases": workbook.texts_of("contacts")["labels"]["known_ases"],
            "numbers": {name: getattr(rule, name) for name in _NUMBERS},
            "rules": workbook.address("07-settings", "rules"),
            "off": [
                {"rule": key, "name": names[key]["name"]}
                for key in RULES
                if not rule.is_enabled(key)
            ],
        }
        return state | self.describe_suggestions(
            len(week.mine), quiet=quiet or back, asks=state["asked"] is not None
        )

    def describe_first_minutes(self) -> JsonRow | None:
        """Return how far the first ten minutes have come, if they were begun; else None."""
        workbook = self.workbook
        if workbook.setting(FIRST_LEFT) or not (done := count_unfinished(workbook.frames())):
            return None
        text = self.say("first", done=done, of=len(STEPS))
        return {"text": text, "href": workbook.address("01-start", "first")}

    def describe_thread(self) -> list[JsonRow]:
        """Return the goal's thread; without the wish on a day on which it is put away."""
        workbook = self.workbook
        away = WISHES if is_wish_away(workbook.frames(), workbook.today) else ()
        return [link for link in workbook.thread() if link["name"] not in away]

    def read_week(self) -> Agenda:
        """Return the entries of this week in groups."""
        return group_items(read_ahead(self.workbook, WEEK_DAYS), self.workbook.today)

    def read_later(self) -> tuple[Item, ...]:
        """Return the promises of both sides whose day is beyond this week."""
        workbook = self.workbook
        last = workbook.today + timedelta(days=WEEK_DAYS - 1)
        found: tuple[Item, ...] = workbook.cached(
            "later promises", lambda: later_promises(workbook.frames(), last)
        )
        return found

    def find_own_line(self) -> str:
        """Return the last line of the latest letter; '' where none is written."""
        letters = [row for row in self.workbook.rows("review") if row["kind"] == "quarter"]
        lines = [row["next"].strip() for row in letters if row["next"].strip()]
        return lines[-1] if lines else ""

    def describe_suggestions(self, rows: int, quiet: bool, asks: bool) -> JsonRow:
        """Return an open question, the first thing to do and suggestions, as many as fit.

        They stand beside `rows` rows of the person's own. With `asks`, another question is asked
        already.
        """
        workbook = self.workbook
        room = 0 if quiet else room_beside(rows, workbook.settings)
        ask = room > 0 and not asks  # one question a visit
        asked = contact_to_ask_about(workbook.frames(), workbook.today) if ask else ""
        question = None
        if asked:
            person = workbook.frames()["contact"].loc[asked]
            question = {
                "id": asked,
                "version": int(person["version"]),
                "name": workbook.address_contact(asked),
                "known_as": "",
            }
        room -= bool(asked)
        beginning = describe_beginning(workbook) if room > 0 else None
        room -= bool(beginning)
        found = suggestions(workbook)[:room] if room > 0 else ()
        return {
            "question": question,
            "beginning": beginning,
            "suggestions": list(map(self.describe_suggestion, found)),
        }

    def describe_suggestion(self, suggestion: Suggestion) -> JsonRow:
        """Return one suggestion as texts; `because` is why just this act, where that is known."""
        workbook, because = self.workbook, suggestion.ready.reason
        return {
            "id": suggestion.contact_id,
            "name": workbook.address_contact(suggestion.contact_id),
            "kind": workbook.texts_of("coach")["kinds"][suggestion.act],
            "due": workbook.relative_date(suggestion.due),
            "ready": describe_action(workbook, suggestion.ready),
            "reason": describe_reason(workbook, suggestion.reason),
            "because": describe_reason(workbook, because) if because else None,
        }

    def explain_day_off(self) -> list[JsonRow]:
        """Return why work waits today, if the reason is a holiday or an own day off."""
        why = why_quiet(self.workbook.today, self.workbook.settings)
        return describe_reasons(
            self.workbook, [why] if why and why.rule in ("quiet_holiday", "quiet_own") else []
        )

    # -- what the person can do ------------------------------------------------------------------

    @command
    def leave_first(self) -> Answer:
        """Stop offering to go on with the first ten minutes."""
        self.workbook.set_setting(FIRST_LEFT, "yes")
        return {"text": " "}

    @query
    def read(self, text: ShortText) -> Answer:
        """Return what a line says: its kind, contact and day. Nothing is stored.

        `perhaps` has the people it may name, where there are several; `no_day` is a sentence where
        the calendar does not have the day that is written.
        """
        workbook = self.workbook
        people = active_contacts(workbook.frames())
        line = read_line(text, people, workbook.today, workbook.settings)
        name = people.at[line.contact_id, "name"] if line.contact_id else ""
        unreal = find_unreal_day(text, workbook.today)
        return {
            "kind": line.kind,
            "contact_id": line.contact_id,
            "name": name,
            "perhaps": describe_people(workbook, people.loc[list(line.perhaps)]),
            "on": line.on.isoformat() if line.on and not unreal else "",
            "no_day": self.say("line_no_day", day=unreal) if unreal else "",
            "text": " ",
        }

    @command
    def add_line(
        self, words: ShortText, kind: NewKind, contact_id: ShortText = "", on: ShortText = ""
    ) -> Answer:
        """Store a line as a step or a promise, in the person's words."""
        if kind == "step":
            self.book.add("step", words=words, contact_id=contact_id or None, on=on)
        else:
            self.book.add(
                "promise",
                words=words,
                contact_id=contact_id or None,
                by="me" if kind == "promise" else "them",
                due=on,
                said_on=self.workbook.today.isoformat(),
            )
        return {"text": self.say("added")}

    @command
    def settle(self, kind: Settled, id: Identifier) -> Answer:
        """Mark a row as done, kept or given. No meeting is entered: the note asks for it."""
        self._close(kind, id, DONE[kind])
        person = self._contact_of(kind, id)
        if kind == "step" and person:
            self.workbook.requests["note"] = person
            return {"text": self.say("settled"), "note": True}
        return {"text": self.say(f"settled_{kind}" if kind in _SAID else "settled")}

    @command
    def make_smaller(self, id: Identifier, words: ShortText) -> Answer:
        """Put a smaller step for today in the place of one whose day has passed (B74).

        Raises:
            ForbiddenError: it is not open, its day has not passed, or there are no words.
        """
        step, today = self.book.row("step", id), self.workbook.today.isoformat()
        if step["state"] != "open" or not "" < step["on"] < today or not words.strip():
            raise ForbiddenError()
        with self.book.batch("write") as batch:  # one undo brings the old words back
            batch.update("step", id, words=words.strip(), on=today)
        return {"text": self.say("made_smaller")}

    @command
    def let_go(self, kind: LetGo, id: Identifier) -> Answer:
        """Let go of a row."""
        self._close(kind, id, LET_GO[kind])
        return {"text": self.say("fine_to_let_go")}

    @command
    def go_on(self, id: Identifier) -> Answer:
        """Enter that the person was at a place: the visit, and its next date, if it returns."""
        place = self.book.row("place", id)
        days = (date_of(place["next_on"]), place["rhythm"], self.workbook.today + timedelta(days=1))
        on, after = last_date(*days), next_date(*days)
        kind = EVENT_KINDS.get(place["kind"], place["kind"])
        with self.book.batch("write") as batch:
            batch.update("place", id, next_on=after.isoformat() if after else "")
            if on:
                visit = {"name": place["name"], "kind": kind, "on": on.isoformat()}
                batch.add("event", place_id=id, done=True, **visit)
        return {"text": self.say("been"), "note": True}

    @command
    def let_all_go(self) -> Answer:
        """Let go of everything whose day has passed, except promises; one undo takes it back."""
        with self.book.batch("write") as batch:
            for item in self.read_week().carried:
                if item.kind in PUT_ASIDE:
                    values = self._with_day(item.kind, LET_GO[item.kind])
                    batch.update(COLUMNS[item.kind][0], item.id, **values)
        return {"text": self.say("fine_to_let_go")}

    @command
    def write_to(self, kind: Written, id: Identifier) -> Answer:
        """Begin or reopen the message to the contact of a row; return its address."""
        contact_id = id if kind == "birthday" else self._contact_of(kind, id)
        if not contact_id:
            raise ForbiddenError()
        if kind == "gift":
            message = start_gift_message(self.workbook, id)
        elif kind == "promise":
            letter = promise_letter_kind(self.workbook.frames(), id, self.workbook.today)
            message = start_message(self.workbook, contact_id, letter, promise_id=id)
        else:
            letter = "wishes" if kind == "birthday" else ""
            message = start_message(self.workbook, contact_id, letter)
        return {"href": self.workbook.address("04-contacts", "draft", message)}

    @command
    def mend(self, id: Identifier, way: Mending, on: ShortText = "") -> Answer:
        """Begin the message that mends a promise of the user's whose day has passed.

        It comes now, on a new day, which is stored as its day, or it will not work out.

        Raises:
            ForbiddenError: its day has not passed, or it is not the user's open promise.
        """
        row, today = self.book.row("promise", id), self.workbook.today.isoformat()
        late = row["due"] and row["due"] < today and row["state"] == "open" and row["by"] == "me"
        if not late or not row["contact_id"] or (way == "promise_day" and on < today):
            raise ForbiddenError()
        new_day = on if way == "promise_day" else ""
        with self.book.batch("write") as batch:
            if new_day:
                batch.update("promise", id, due=new_day)
            message = start_message(
                self.workbook,
                row["contact_id"],
                way,
                batch=batch,
                promise_id=id,
            )
        return {"href": self.workbook.address("04-contacts", "draft", message)}

    @command
    def give_first(self, id: Identifier) -> Answer:
        """Plan the small gift that comes before what the person asks of a contact.

        Raises:
            ForbiddenError: there is none.
        """
        gift = find_first_gifts(self.workbook).get(id)
        if gift is None:
            raise ForbiddenError()
        what = describe_gift(gift, self.workbook.language)[:LINE]
        link = gift.strength_id or None
        kind = {"way": gift.way, "size": gift.size, "strength_id": link}
        self.book.add("give", contact_id=id, what=what, **kind)
        return {"text": self.say("taken")}

    @command
    def take(self, id: Identifier) -> Answer:
        """Put a suggestion in the week: it becomes a step of the person's own."""
        words = describe_action(self.workbook, self._require_suggestion(id).ready)
        self.book.add("step", contact_id=id, words=words[:LINE])
        return {"text": self.say("taken")}

    @command
    def not_now(self, id: Identifier) -> Answer:
        """Suggest and ask nothing about a contact for some days."""
        until = self.workbook.today + timedelta(days=self.workbook.settings.snooze_days)
        self.book.update("contact", id, quiet_until=until.isoformat())
        name = self.workbook.address_contact(id)
        return {"text": self.say("snoozed", name=name, day=self.workbook.short_date(until))}

    @command
    def rest(self, rest: bool) -> Answer | None:
        """Rest this week, or end the rest."""
        review = this_week(self.workbook)
        fresh = {"kind": "week", "on": review["on"]}
        self.book.upsert("review", review["id"], None, fresh, rest=rest)
        return None

    @command
    def measure(self, name: Number, value: Annotated[int, msgspec.Meta(ge=0, le=365)]) -> None:
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
        """Return the contacts that are not suggested, with the reasons."""
        workbook = self.workbook
        reasons = explain_exclusions(
            workbook.frames(), workbook.today, clock.now(), workbook.settings
        )
        people = workbook.frames()["contact"]["name"]
        shown = list(reasons.items())[:HELD_SHOWN]
        held = [
            describe_reason(workbook, reason) | {"id": id, "name": people[id]}
            for id, reason in shown
        ]
        return {"held": held, "more": len(reasons) - len(held), "text": " "}

    def _close(self, kind: str, id: str, values: dict[str, Any]) -> None:
        """Write the state of a row, and the day where its table has one."""
        self.book.update(COLUMNS[kind][0], id, **self._with_day(kind, values))

    def _with_day(self, kind: str, values: dict[str, Any]) -> dict[str, Any]:
        """Return the state of a row, with today as its day where its table has one."""
        given = "on" if values.get("state") == "done" else ""
        column = given if kind == "gift" else CLOSED_ON.get(kind, "")
        return values | ({column: self.workbook.today.isoformat()} if column else {})

    def _contact_of(self, kind: str, id: str) -> str:
        """Return the contact that a row is about, '' for none."""
        return str(self.book.row(COLUMNS[kind][0], id).get("contact_id") or "")

    def _require_suggestion(self, id: str) -> Suggestion:
        """Return the current suggestion about a contact.

        Raises:
            ForbiddenError: there is none.
        """
        found = {each.contact_id: each for each in suggestions(self.workbook)}
        if id not in found:
            raise ForbiddenError()
        return found[id]


def last_entry(workbook: Workbook) -> date | None:
    """Return the day of the last change in the book; None for a new or closed one."""
    last = workbook.book.next_undo_redo()[0] if workbook.book else None
    return None if last is None else date.fromisoformat(last.at[:10])
