"""A gathering: a small plan beforehand, and one next step for each contact met afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
import pandas as pd

from enishi.book.recording import EventContact, FollowUp, enter_event
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.goal.place_answers import discovery_at, reason_of_ends, reason_of_takers
from enishi.coach.goal.place_dates import with_next_dates
from enishi.coach.goal.places import EVENT_KINDS
from enishi.coach.relations.history import is_filled, isin, names_by_id
from enishi.coach.review.earlier_answers import questions_that_led, what_eased
from enishi.coach.review.events import earlier_events, funnel, plan_event, review_event
from enishi.coach.review.reminders import event_reminders, is_declined
from enishi.coach.strengths.self_introduction import shortest_line
from enishi.errors import EnishiError
from enishi.i18n import format_list
from enishi.i18n.dates import format_relative, format_short_date
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    LinkedChange,
    LongText,
    Sheet,
    ShortText,
    command,
    query,
)
from widgets.base.workbook import Workbook
from widgets.parts.explanation import EXPLANATION, describe_note_caution, describe_reasons
from widgets.parts.person_picker import PERSON_PICKER, Name, contact_names
from widgets.parts.quick_line import SPOKEN_DAY
from widgets.parts.remembering import KnownAs
from widgets.parts.solicitation import (
    SOLICITATION,
    describe_caution,
    describe_sign_question,
    sign_texts,
)
from widgets.parts.stand import STAND, describe_stands
from widgets.parts.wrong_ways import describe_reminders

PLAN = ("on", "kind", "host_id", "pressure", "guess", "bring", "guess_was", "note")
AFTER = ("again", "otherwise")
"""The columns asked afterwards, beside those of the plan."""
AHEAD = 8
"""Most events ahead to choose from."""
_OFFERS = 3
"""Most of the person's own offers shown beside what to bring."""
_OWN_CARDS = 3
"""Most of the person's own questions among the cards."""
_PAST = 4
"""Most past events shown."""
MET_MOST = 30
"""Most names in one message; a rule of thumb limits how many an event has room for."""
OPEN_DAYS = 30
"""Days after its date for which an event stays listed until it is entered."""


class StillAheadError(EnishiError):
    """A person enters what happened at an event before its day."""

    sentence = "This gathering is still ahead."
    way_out = "It can be told of from its day on. If it has been already, change its day first."


class Somebody(msgspec.Struct, forbid_unknown_fields=True):
    """One contact met at the event."""

    contact_id: Identifier
    note: LongText = ""
    then: Annotated[list[FollowUp], msgspec.Meta(max_length=1)] = []
    known_as: KnownAs = ""


class Gathering(Sheet):
    """Plans an event and records it: which one, who is there, what I bring, whom I met.

    Example:
        >>> Gathering(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "gathering"
    parts = (PERSON_PICKER, EXPLANATION, STAND, SOLICITATION, SPOKEN_DAY)
    writable = {"event": (*PLAN, *AFTER), "place": ("signs", "unknown_organiser", "unknown")}

    chosen = ""
    shown = ""
    """The id of the event that is shown but not in the book yet."""

    def __init__(self, workbook: Workbook) -> None:
        self.places: dict[str, str] = {}
        """The place id of each event that was shown before it was in the book, by event id."""
        super().__init__(workbook)

    # -- what the sheet shows ------------------------------------------------------------------

    def build_state(self) -> dict[str, Any]:
        """Return the events to choose from, and the chosen one before and after."""
        stays = self._find_chosen()
        ahead, past = self._list_ahead(stays), self._list_past(stays)
        # the event shown stays chosen, even if other rows are written or added
        self.chosen = chosen = stays or next((choice["id"] for choice in ahead), "")
        event = self._find_event(chosen)
        return {
            "today": self.workbook.today.isoformat(),
            "ahead": ahead,
            "past": past,
            "chosen": chosen,
            "event": event,
            "names": contact_names(self.workbook, [event["host_id"]] if event else []),
            "signs": sign_texts(self.workbook),
        } | (self._describe_plan(event) | self._describe_outcome(event) if event else {})

    def _find_chosen(self) -> str:
        """Return the id of the chosen event or place in the book; '' if it is no longer there.

        The first line written creates the event of a place, which then replaces the place as the
        chosen one; undo restores the place.
        """
        frames = self.workbook.frames()
        made = self.shown if self.places.get(self.shown) == self.chosen else ""
        for id in (self.chosen, made):
            if id in frames["event"].index:
                return id
        place = self._find_place(self.chosen)
        return place if place in frames["place"].index else ""

    def _find_place(self, id: str) -> str:
        """Return the place of an event that is not in the book yet; `id` itself for any other."""
        return self.places.get(id, id)

    def _list_ahead(self, chosen: str) -> list[JsonRow]:
        """Return the events that are not over, and places with a next date and no open event."""
        workbook = self.workbook
        frames = workbook.frames()
        event = frames["event"]
        place = with_next_dates(rows_of_open_goals(frames, "place"), workbook.today)
        shown = ~(event["on"] < self._day(-OPEN_DAYS)) | (event.index == chosen)
        open_ = event[~event["done"] & shown]
        ahead = place["next_on"].notna() & (place["name"] != "")
        ahead &= ~place.index.isin(open_["place_id"])
        told = set(zip(event["place_id"], event["on"], strict=True))
        days = zip(place.index, place["next_on"], strict=True)
        ahead &= np.fromiter((day not in told for day in days), np.bool_, len(place))
        coming = place[ahead | (place.index == chosen)]
        found = rows(open_, "name", "on") + rows(
            coming.rename(columns={"next_on": "on"}), "name", "on"
        )
        found.sort(key=lambda row: (row["on"] or "9999", row["id"]))
        further = (row for row in found[AHEAD:] if row["id"] == chosen)
        return [self._describe_date(row) for row in [*found[:AHEAD], *further]]

    def _list_past(self, chosen: str) -> list[JsonRow]:
        event = self.workbook.frames()["event"]
        done = event[event["done"]].sort_values("on", kind="stable")
        shown = done[done.index.isin(done.index[-_PAST:]) | (done.index == chosen)]
        return [self._describe_date(row) for row in reversed(rows(shown, "name", "on"))]

    def _day(self, days: int = 0) -> pd.Timestamp:
        return pd.Timestamp(self.workbook.today + timedelta(days=days))

    def _describe_date(self, row: JsonRow) -> JsonRow:
        workbook = self.workbook
        day = pd.Timestamp(row["on"]).date() if row["on"] else None
        say = format_relative if day and day >= workbook.today else format_short_date
        return row | {"day": say(day, workbook.today, workbook.language) if day else ""}

    def _find_event(self, chosen: str) -> JsonRow | None:
        """Return the chosen event; for a chosen place, the event that the first write creates."""
        event = self.workbook.frames()["event"]
        if chosen in event.index:
            columns = ("version", "place_id", "name", "done", *PLAN, *AFTER)
            return rows(event.loc[[chosen]], *columns)[0]
        if not chosen:
            return None
        return self._unsaved_event(chosen)

    def _unsaved_event(self, place_id: str) -> JsonRow:
        """Return the event of a place, not in the book yet; its id allows one per day."""
        start = self._place_values(place_id)
        event = self.workbook.unsaved_row("event", f"event-{place_id}-{start['on']}") | start
        self.shown = str(event["id"])
        self.places[self.shown] = place_id
        return event

    def _place_values(self, id: str) -> dict[str, Any]:
        """Return the values an event takes from its place."""
        found = self.workbook.frames()["place"].loc[[id]]
        (place,) = rows(found, "name", "next_on", "kind")
        (coming,) = rows(with_next_dates(found, self.workbook.today), "next_on")
        return {
            "place_id": id,
            "name": place["name"],
            "on": coming["next_on"] or place["next_on"],
            "kind": EVENT_KINDS.get(place["kind"], place["kind"]),
        }

    def _describe_plan(self, event: JsonRow) -> dict[str, Any]:
        """Return the plan: number of talks, ritual, cards, and reasons for and against going."""
        workbook = self.workbook
        frames = workbook.frames()
        plan = plan_event(event["id"], event, frames, workbook.today, workbook.settings)
        said, cards = workbook.texts_of("coach")["event"], workbook.texts_of("cards")
        places = frames["place"]
        here = places.loc[[event["place_id"]] if event["place_id"] in places.index else []]
        checked = rows(here, "version", "name", "signs", "unknown_organiser", "unknown")
        declined = is_declined(frames, event)
        found = event_reminders(frames, event, workbook.today)
        return {
            "declined": declined,
            "reminders": describe_reminders(workbook, found),
            "stands": describe_stands(workbook, "mixers", "purpose"),
            "talks": plan.talks,
            "weights": self._list_weights(),
            "weight": self._weigh(event["pressure"]),
            "earlier": self._describe_earlier(event),
            "ended": self._describe_ends(event),
            "takers": self._describe_takers(event),
            "eased": self._describe_eased(),
            "talks_said": said["talks"][str(plan.talks)],
            "ritual": [said["ritual"][step] for step in plan.ritual],
            "cards": [*self._list_own_cards(), *(cards["cards"][i - 1] for i in plan.cards)],
            "opening": cards["opening"],
            "leaving": cards["leaving"],
            "why": describe_reasons(workbook, () if declined else plan.why),
            "why_not": describe_reasons(workbook, plan.why_not),
            "could_bring": self._describe_offers(),
            "place": checked[0] | describe_caution(workbook, checked[0]) if checked else None,
            "sign_questions": self._list_sign_questions(event),
            "note_caution": describe_note_caution(workbook, event["note"]),
        }

    def _list_sign_questions(self, event: JsonRow) -> list[JsonRow]:
        """Return the questions about signs of solicitation in an event and its place."""
        asked = (
            describe_sign_question(self.workbook, table, id)
            for table, id in (("event", event["id"]), ("place", event["place_id"]))
        )
        return [question for question in asked if question]

    def _list_weights(self) -> list[list[Any]]:
        """Return how heavy it may feel, as `[pressure, word]`: where a smaller plan begins."""
        rule = self.workbook.settings
        words = self.words["weights"]
        limits = {"light": 0, "some": rule.pressure_some, "heavy": rule.pressure_high}
        return [[limit, words[name]] for name, limit in limits.items()]

    def _weigh(self, pressure: int | None) -> int | None:
        """Return the pressure of the word that fits; None where nothing was said."""
        if pressure is None:
            return None
        limits: list[int] = [limit for limit, _ in self._list_weights()]
        return max(limit for limit in limits if limit <= pressure)

    def _describe_earlier(self, event: JsonRow) -> JsonRow:
        """Return what the person wrote after evenings at this place, or of this kind."""
        frames, language = self.workbook.frames(), self.workbook.language
        found = earlier_events(frames, event["id"], event)
        lines: JsonRow = {"otherwise": "", "lines": []}
        if found.otherwise:
            id, words = found.otherwise
            name = frames["event"].at[id, "name"]
            lines |= {"otherwise": words, "otherwise_at": self.say("otherwise_at", name=name)}
        discovered = discovery_at(frames, event["place_id"])
        if discovered:
            lines["lines"] = [self.say("discovered_here", words=discovered)]
        if found.here:
            (last,) = rows(frames["event"].loc[[found.here]], "on", *PLAN, *AFTER)
            lines["lines"] = [*lines["lines"], *self._tell_of(last)]
        if found.not_again:
            names = format_list(found.not_again[:_PAST], language)
            lines["lines"] = [*lines["lines"], self.say("not_again", names=names)]
        return lines

    def _describe_ends(self, event: JsonRow) -> JsonRow | None:
        """Return why to think of other ways, with two of them; None where nothing says so."""
        workbook = self.workbook
        reason = reason_of_ends(workbook.frames(), event, workbook.settings)
        if reason is None or event["done"]:
            return None
        at = {"places": ("02-goal", "places"), "introductions": ("04-contacts", "introductions")}
        words = self.words["other_ways"]
        ways = [{"text": words[key], "href": workbook.address(*to)} for key, to in at.items()]
        return {"reason": describe_reasons(workbook, [reason])[0], "ways": ways}

    def _describe_takers(self, event: JsonRow) -> JsonRow | None:
        """Return why to decide beforehand what to bring; None where nothing says so."""
        workbook = self.workbook
        reason = reason_of_takers(workbook.frames(), event, workbook.settings)
        return describe_reasons(workbook, [reason])[0] if reason else None

    def _describe_eased(self) -> str:
        """Return what made an earlier gathering easier that had felt heavy; '' for none."""
        found = what_eased(self.workbook.frames())
        return self.say("eased_then", event=found.event, words=found.words) if found else ""

    def _list_own_cards(self) -> list[JsonRow]:
        """Return the questions after which people told of themselves, as cards."""
        more = self.words["own_card_more"]
        found = questions_that_led(self.workbook.frames())
        return [{"ask": question, "more": more} for question in found[:_OWN_CARDS]]

    def _tell_of(self, last: JsonRow) -> list[str]:
        """Return what was written of the last evening at the same place, line by line."""
        words, lines = self.words, []
        on = self._describe_date({"on": last["on"]})["day"]
        if last["note"].strip():
            lines.append(self.say("last_note", on=on, note=last["note"].strip()))
        if last["guess"] and last["guess_was"]:
            guess, was = words["guesses"][last["guess"]], words["guess_wases"][last["guess_was"]]
            lines.append(self.say("guess_said", guess=guess, was=was))
        if last["again"]:
            lines.append(self.say("again_said", on=on, again=words["agains"][last["again"]]))
        return lines

    def _describe_offers(self) -> list[str]:
        """Return the small things the person offers to do, and what they say of themselves."""
        frames, language = self.workbook.frames(), self.workbook.language
        offer = frames["offer"]
        small = offer.loc[isin(offer["size"], "small") & is_filled(offer["what"]), "what"]
        line = shortest_line(frames)
        offers = format_list(small.head(_OFFERS).tolist(), language)
        return [
            *([self.say("could_bring", offers=offers)] if offers else []),
            *([self.say("my_line", line=line)] if line else []),
        ]

    def _describe_outcome(self, event: JsonRow) -> dict[str, Any]:
        """Return the contacts met, how it went on with them, and how many more names fit."""
        frames, rule, id = self.workbook.frames(), self.workbook.settings, event["id"]
        found, left = self.workbook.cached(
            f"event {id}", lambda: (funnel(frames, id), review_event(frames, id, rule))
        )
        over = bool(event["on"]) and event["on"] <= self.workbook.today.isoformat()
        return {
            "over": over or event["done"],
            "undated": not event["on"],
            "room": left.room if found.met else rule.names_most,
            "met": self._join_contacts(found.met),
            "answered": self._join_contacts(found.answered),
            "again": self._join_contacts(found.again),
            "waiting": self._join_contacts(left.waiting),
        }

    def _join_contacts(self, ids: tuple[str, ...]) -> str:
        language = self.workbook.language
        who = names_by_id(self.workbook.frames()["contact"].loc[list(ids)])
        return format_list((with_honorific(who[id], language) for id in ids), language)

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of an event: those of its place."""
        return self._first_values(id) if table == "event" else {}

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Make a new day of an event its place's next date as well."""
        if table != "event" or set(values) != {"on"}:
            return []
        event, made = self.workbook.frames()["event"], self._first_values(id)
        place = made.get("place_id") or (event.at[id, "place_id"] if id in event.index else "")
        return [("place", place, {"next_on": values["on"]})] if place else []

    def _first_values(self, id: str) -> dict[str, Any]:
        """Return the values of the event `id` at its first write: those of its place.

        The id identifies the place, so the result does not depend on which event is shown.
        """
        place = self._find_place(id)
        return self._place_values(place) if place in self.workbook.frames()["place"].index else {}

    # -- what the person can do ----------------------------------------------------------------

    @query
    def choose(self, id: Identifier) -> Answer:
        """Show another event."""
        self.chosen, self.shown = id, ""
        self.refresh()
        return {"text": " "}

    @command
    def begin(self, name: Name, on: ShortText = "") -> Answer:
        """Plan an event at a new place; add the place as well."""
        with self.book.batch("add") as batch:
            link = self.workbook.goal_link()
            place = batch.add("place", name=name, next_on=on, rhythm="once", **link)
            self.chosen = batch.add("event", place_id=place, name=name, on=on)
        return {"focus": "event"}

    @command
    def been(self, id: Identifier) -> Answer:
        """Record that the person attended an event; one without a day gets today's date.

        Raises:
            ForbiddenError: the event is not the one shown.
            StillAheadError: its day is still ahead.
        """
        event = self._require_event(id)
        if not event["on"]:
            today = self.workbook.today.isoformat()
            self.book.upsert("event", id, event["version"], self._first_values(id), on=today)
        return {"focus": "event"}

    def _require_event(self, id: str) -> JsonRow:
        """Return the event shown, if it can be entered.

        Raises:
            ForbiddenError: `id` is not the event shown.
            StillAheadError: its day is still ahead and it is not done.
        """
        event: JsonRow | None = self.state.get("event")
        if not event or event["id"] != id:
            raise ForbiddenError()
        if event["on"] > self.workbook.today.isoformat() and not event["done"]:
            raise StillAheadError()
        return event

    @command
    def keep(
        self,
        id: Identifier,
        on: ShortText,
        met: Annotated[list[Somebody], msgspec.Meta(max_length=MET_MOST)],
        guess_was: Literal["", "so", "partly", "otherwise"] = "",
        note: LongText = "",
        again: Literal["", "yes", "unsure", "no"] = "",
        otherwise: LongText = "",
    ) -> Answer:
        """Enter the event with everything the person noted: one call, one undo.

        Raises:
            ForbiddenError: the event is not the one shown, or it has no room for so many names.
            StillAheadError: its day is still ahead.
        """
        event = self._require_event(id)
        if len(met) > self.state["room"]:
            raise ForbiddenError()
        today = self.workbook.today.isoformat()
        if on > today:
            raise StillAheadError()
        people = [
            EventContact(each.contact_id, each.note, tuple(each.then), each.known_as)
            for each in met
        ]
        told = {"guess_was": guess_was, "note": note, "again": again, "otherwise": otherwise}
        fresh = {} if event["version"] else self._first_values(id)
        enter_event(self.book, id, told, people, on or today, event["version"], fresh)
        self.chosen = id
        return {"text": self.words["kept"], "focus": "event"}
