"""Search people and edit what is written about each of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec

from enishi.book.erasure import Erasure
from enishi.coach.language.quick_entry import step_values
from enishi.coach.people.directory import Listing, list_people
from enishi.coach.people.relationship import Relationship, describe_relationship
from enishi.coach.relations.history import (
    CONNECTION_SOURCES,
    NEVER,
    FrameRow,
    active_contacts,
    day_number,
    day_of,
    days_met,
    frames_of,
    history,
)
from enishi.coach.relations.steps import steps_with
from enishi.coach.strengths.hobbies import shared_hobbies
from enishi.i18n import format_list, format_text
from enishi.i18n.dates import format_span, months_between
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import (
    Answer,
    Identifier,
    LinkedChange,
    Sheet,
    ShortText,
    command,
    query,
)
from widgets.parts.address_row import ADDRESS_ROW
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.fact_list import FACT_COLUMNS, FACT_LIST, fact_defaults, fact_texts, list_facts
from widgets.parts.merge_people import MERGE_PEOPLE, merging_state
from widgets.parts.person_picker import PERSON_PICKER, contact_names, note
from widgets.parts.shared_hobbies import describe_hobbies
from widgets.parts.solicitation import describe_caution, sign_texts
from widgets.parts.stand import STAND, describe_stands

CARD = (
    *("name", "family", "given", "family_kana", "given_kana", "called"),
    *("known_as", "known_since", "last_talk", "last_talk_said_on"),
    *("how_met", "where_met", "met_on", "through_id", "role_id", "ahead"),
    *("circles", "topics", "needs", "birthday", "note"),
    *("organisation", "department", "title", "email", "phone", "url", "channel"),
    *("closeness", "closeness_word", "afternoon", "cheer", "respect_for", "hope"),
    *("cadence_days", "politeness"),
    *("do_not_contact", "closed", "quiet_until", "signs"),
)
"""The columns on a person's card."""
_PAGE = 50
_MOST = 1000
"""Number of people shown at once, and the most after asking for more."""
BIN = 50
"""Most people shown of those in the bin."""
Count = Annotated[int, msgspec.Meta(ge=1, le=_MOST)]


class People(Sheet):
    """A list that can be searched, and the card of the person chosen there.

    Example:
        >>> People(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "people"
    parts = (ADDRESS_ROW, PERSON_PICKER, EXPLANATION, FACT_LIST, MERGE_PEOPLE, STAND)
    writable = {"contact": CARD, "fact": FACT_COLUMNS, "step": ("words", "on")}
    creatable = ("contact", "fact")

    text = ""
    order = "reading"
    letter = ""
    most = _PAGE
    chosen = ""
    forgotten: Erasure | None = None

    def build_state(self) -> dict[str, Any]:
        """Return the list, the chosen card, the bin, and what was just erased."""
        self.chosen = self.workbook.requests.pop(
            self.name, self.chosen
        )  # another sheet may ask for it
        frames = self.workbook.frames()
        people = active_contacts(frames)
        listed = self._list_people()
        shown = people.loc[list(listed.ids)]
        gone = frames["contact"][frames["contact"]["trashed_on"].notna()]
        card = self._describe_card(self.chosen)
        return {
            "people": [
                {"id": row["id"], "name": row["name"], "note": note(row)}
                for row in rows(shown, "name", "family_kana", "given_kana", "organisation")
            ],
            "total": listed.total,
            "everyone": len(people),
            "letters": listed.letters,
            "text": self.text,
            "order": self.order,
            "letter": self.letter,
            "most": self.most,
            "page_size": _PAGE,
            "limit": _MOST,
            "card": card,
            "names": contact_names(self.workbook, [card["through_id"]] if card else []),
            "bin": rows(gone.tail(BIN)[::-1], "name"),
            "binned": len(gone),
            "forgotten": self._describe_erasure(self.forgotten) if self.forgotten else None,
            "signs": sign_texts(self.workbook),
            "fact_texts": fact_texts(self.workbook),
            "levels": self.workbook.texts_of("drafts")["levels"],
            "closeness": self.workbook.texts_of("coach")["closeness"],
            "last_talks": self.workbook.texts_of("coach")["last_talks"],
            "roles": self.workbook.role_choices(),
            "stands": describe_stands(self.workbook, "whom"),
            "today": self.workbook.today.isoformat(),
        }

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a row made here."""
        return fact_defaults(self.workbook) if table == "fact" else {}

    def _list_people(self) -> Listing:
        frames = self.workbook.frames()
        people = active_contacts(frames)
        last = None
        if self.order == "last":
            last = history(frames, self.workbook.today)["last"].to_numpy()
        return list_people(people, self.text, self.letter, last, self.most)

    def _describe_card(self, id: str) -> dict[str, Any] | None:
        frames = self.workbook.frames()
        people = active_contacts(frames)
        if id not in people.index:
            return None
        (row,) = rows(people.loc[[id]], "version", *CARD)
        today = self.workbook.today
        last = int(history(frames_of(frames, id), today, self.workbook.settings)["last"].iloc[0])
        met = days_met(people.loc[[id]])[0]
        row["facts"] = list_facts(self.workbook, id)
        row["steps"] = rows(steps_with(frames, id), "version", "words", "on")
        row["shared"] = describe_hobbies(self.workbook, shared_hobbies(frames, id), row["name"])
        row["merging"] = merging_state(self.workbook, id)
        row["earlier"] = self._describe_sliders(frames["contact"].loc[id])
        row |= describe_caution(self.workbook, row) | {"standing": self._describe_standing(id)}
        if last > NEVER:
            row["last"] = self.workbook.relative_date(day_of(last))
        if NEVER < met <= day_number(today):
            row["known_for"] = self._describe_span(day_of(met), today)
        if row["known_since"]:
            row["known_for"] = self.say("known_since_year", year=int(row["known_since"]))
        row["asks"] = next_question(row)
        return row

    def _describe_sliders(self, person: FrameRow) -> list[str]:
        """Return what the person once answered with sliders, which newer cards no longer have."""
        said = {name: person[name] for name in ("comfort", "respect")}
        return [
            self.say(
                "earlier_note",
                label=self.words[name],
                word=self.words[f"{name}_words"][int(value) - 1],
            )
            for name, value in said.items()
            if value == value
        ]

    def _describe_span(self, met: date, today: date) -> str:
        """Return for how long a contact has been known; '' for less than a month."""
        if not months_between(met, today):
            return ""
        return self.say("known_span", span=format_span(met, today, self.workbook.language))

    def _describe_standing(self, id: str) -> dict[str, Any]:
        """Return the state of the relationship with a contact, as texts."""
        workbook = self.workbook
        coach = workbook.texts_of("coach")
        found = describe_relationship(workbook.frames(), id, workbook.today, workbook.settings)
        trail = self.words["trail"]
        return {
            "closer": self._describe_proposal(found),
            "leaning": coach["balance"][found.leaning] if found.leaning != "quiet" else "",
            "trail": [
                {
                    "on": workbook.short_date(trace.on),
                    "said": format_text(trail[trace.key], {"what": trace.what}),
                }
                for trace in found.trail
            ],
            "kindly": describe_reasons(workbook, found.warnings),
        }

    def _describe_proposal(self, found: Relationship) -> dict[str, str] | None:
        """Return the closeness to propose, with what speaks for it in the person's own words."""
        if found.because is None:
            return None
        trace = found.because
        facts = {
            "on": self.workbook.short_date(trace.on),
            "what": trace.what,
            "word": self.workbook.texts_of("coach")["closeness"][found.closer],
        }
        key = "closer_on" if facts["on"] else "closer"
        return {
            "closeness": found.closer,
            "text": self.say(key, **facts),
            "yes": self.say("closer_yes", **facts),
        }

    def _describe_erasure(self, forgotten: Erasure) -> dict[str, Any]:
        """Return a summary of what was erased, as texts."""
        tables, language = self.words["tables"], self.workbook.language

        def counted(rows: dict[str, int]) -> str:
            said = (
                format_text(tables.get(table, tables["other"]), {"count": n})
                for table, n in rows.items()
            )
            return format_list(said, language)

        return {
            "name": forgotten.name,
            "rows": counted(forgotten.rows),
            "traces": forgotten.traces,
            "named": counted(forgotten.named_in),
            "copies": format_list(forgotten.copies, language),
            "swept": forgotten.swept,
            "server": forgotten.on_server,
        }

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Take the day of a connection off the day of meeting of somebody just met."""
        contact = self.workbook.frames()["contact"]
        if values.get("known_as") != "just_met" or id not in contact.index:
            return []
        person = contact.loc[id]
        is_connection = person["source"] in CONNECTION_SOURCES and person["known_as"] != "just_met"
        return [("contact", id, {"met_on": ""})] if is_connection and "met_on" not in values else []

    @query
    def show(
        self,
        text: ShortText = "",
        order: Identifier = "reading",
        letter: ShortText = "",
        most: Count = _PAGE,
    ) -> Answer:
        """Show another part of the list."""
        self.text, self.order, self.letter, self.most = text, order, letter, most
        self.refresh()
        return {"text": self.say("count", count=self.state["total"])}

    @query
    def choose(self, id: ShortText) -> Answer:
        """Open a contact's card; '' closes it."""
        self.chosen, self.forgotten = id, None
        self.refresh()
        return {"text": " ", "focus": "card" if id else "search"}

    @command
    def add_step(self, contact_id: Identifier, words: ShortText, on: ShortText = "") -> Answer:
        """Add a next step with a contact; its day is read from the words where none is given."""
        step = step_values(words, self.workbook.today, on)
        self.book.add("step", contact_id=contact_id, **step)
        return {"text": self.say("step_added")}

    @command
    def restore(self, id: Identifier) -> Answer:
        """Restore a contact from the bin and open their card."""
        self.book.restore(id)
        self.chosen, self.forgotten = id, None
        return {"focus": "card"}

    @command
    def forget(self, id: Identifier) -> Answer:
        """Erase a person completely and show what was erased."""
        self.forgotten = self.book.erase(id)
        self.chosen = ""
        return {"focus": "forgotten"}


def next_question(card: JsonRow) -> str:
    """Return the one column to ask about on top of a card; '' when each is said.

    First how they know each other, then when they last talked, then since when. Of somebody just
    met, the other two are not asked.
    """
    if not card["known_as"]:
        return "known_as"
    if card["known_as"] == "just_met":
        return ""
    if not card["last_talk"] and "last" not in card:
        return "last_talk"
    is_dated = card["known_since"] or "known_for" in card
    return "known_since" if card["known_as"] == "known" and not is_dated else ""
