"""Search people and edit what is written about each of them."""

from __future__ import annotations

from typing import Any, Literal

from enishi.book.erasure import Erasure
from enishi.coach.messages.message_kind import promise_letter_kind
from enishi.coach.relations.history import CONNECTION_SOURCES, active_contacts
from enishi.coach.relations.nearness import near_since
from enishi.coach.today.focus import focus
from enishi.i18n import format_list, format_text
from widgets.base.explanations import describe_reason
from widgets.base.json_rows import JsonRow, rows
from widgets.base.message_draft import start_message
from widgets.base.sheet import Answer, Identifier, LinkedChange, ShortText, command, query
from widgets.contacts.card import CARD, PROMISE, describe_card
from widgets.contacts.circle_labels import CIRCLE_LABELS
from widgets.contacts.details import DETAIL_COLUMNS, PERSON_DETAILS, detail_changes
from widgets.contacts.export import CONTACT_EXPORT
from widgets.contacts.people_list import PEOPLE_LIST, ListSheet, describe_list
from widgets.contacts.people_selection import PEOPLE_SELECTION
from widgets.contacts.relations import RELATIONS_PART
from widgets.contacts.same_person import SAME_PERSON
from widgets.parts.address_row import ADDRESS_ROW
from widgets.parts.balance import BALANCE, balance_choices
from widgets.parts.explanation import EXPLANATION
from widgets.parts.fact_list import FACT_COLUMNS, FACT_LIST, fact_defaults, fact_texts
from widgets.parts.first_move import FIRST_MOVE
from widgets.parts.merge_people import MERGE_PEOPLE
from widgets.parts.person_picker import PERSON_PICKER, contact_names, note
from widgets.parts.quick_line import QUICK_LINE, line_texts
from widgets.parts.shared_hobbies import SHARED_HOBBIES
from widgets.parts.solicitation import SOLICITATION, sign_texts
from widgets.parts.stand import STAND, describe_stands

BIN = 50
"""Most people shown of those in the bin."""
PromiseState = Literal["open", "kept", "let_go", "broken"]


class People(ListSheet):
    """A list that can be searched, those in focus, and the card of the person chosen there.

    Example:
        >>> People(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "people"
    parts = (
        *(ADDRESS_ROW, PERSON_PICKER, EXPLANATION, FACT_LIST, QUICK_LINE, MERGE_PEOPLE),
        *(BALANCE, FIRST_MOVE, STAND, SHARED_HOBBIES, SOLICITATION),
        *(PEOPLE_LIST, PEOPLE_SELECTION, CIRCLE_LABELS, CONTACT_EXPORT),
        *(PERSON_DETAILS, RELATIONS_PART, SAME_PERSON),
    )
    writable = {
        "contact": CARD,
        "detail": DETAIL_COLUMNS,
        "fact": FACT_COLUMNS,
        "step": ("words", "on"),
        "promise": PROMISE,
        "saved_filter": ("name",),
    }
    creatable = ("contact", "detail", "fact")

    chosen = ""

    def build_state(self) -> dict[str, Any]:
        """Return the list, the chosen card, the bin, and what was just erased."""
        self.chosen = self.workbook.requests.pop(
            self.name, self.chosen
        )  # another sheet may ask for it
        frames = self.workbook.frames()
        people = active_contacts(frames)
        gone = frames["contact"][frames["contact"]["trashed_on"].notna()]
        card = describe_card(self.workbook, self.chosen)
        forgotten = self.view.forgotten
        return describe_list(self) | {
            "everyone": len(people),
            "card": card,
            "names": contact_names(self.workbook, [card["through_id"]] if card else []),
            "bin": rows(gone.tail(BIN)[::-1], "name"),
            "forgotten": self._describe_erasure(forgotten) if forgotten else None,
            "signs": sign_texts(self.workbook),
            "balance": balance_choices(self.workbook),
            "fact_texts": fact_texts(self.workbook),
            "focus": self._describe_focus(),
            "line": line_texts(self.workbook),
            "reads_kana": self.workbook.language == "ja",
            "levels": self.workbook.texts_of("drafts")["levels"],
            "closeness": self.workbook.texts_of("coach")["closeness"],
            "last_talks": self.workbook.texts_of("coach")["last_talks"],
            "roles": self.workbook.role_choices(),
            "stands": describe_stands(self.workbook, "whom"),
            "today": self.workbook.today.isoformat(),
            "apart": len(frames["distinct_pair"]),  # so that who may be the same is asked anew
            "same_person": self.workbook.texts_of("address_book")["same_person"],
        }

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a row made here."""
        return fact_defaults(self.workbook) if table == "fact" else {}

    def _describe_focus(self) -> JsonRow:
        """Return who is in focus, and who might be."""
        workbook = self.workbook
        frames = workbook.frames()
        now = focus(frames, workbook.today, workbook.settings)
        proposed = dict(now.proposed)
        shown = rows(
            frames["contact"].loc[[*now.chosen, *proposed]],
            *("name", "family_kana", "given_kana", "organisation", "respect_for", "closed"),
        )
        people = {row["id"]: row | {"note": note(row)} for row in shown}
        return {
            "chosen": [people[id] for id in now.chosen],
            "proposed": [
                people[id] | {"why": describe_reason(workbook, why)["why"]}
                for id, why in proposed.items()
            ],
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
            "cleaned": forgotten.cleaned,
            "upgraded": forgotten.upgraded,
            "swept": forgotten.swept,
            "server": forgotten.on_server,
        }

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Write the day on which they became near, or on which work and addresses were true.

        Of somebody just met, take off the day of a connection: that day is no day of meeting.
        """
        contact = self.workbook.frames()["contact"]
        linked = detail_changes(self.workbook, table, id, values)
        if table != "contact" or id not in contact.index:
            return linked
        person = contact.loc[id]
        since = near_since(person, values, self.workbook.today)
        if values.get("known_as") != "just_met":
            return [*linked, ("contact", id, since)] if since else linked
        is_connection = person["source"] in CONNECTION_SOURCES and person["known_as"] != "just_met"
        if is_connection and "met_on" not in values:
            linked.append(("contact", id, {"met_on": ""}))
        return linked

    @query
    def choose(self, id: ShortText) -> Answer:
        """Open a contact's card; '' closes it."""
        self.chosen, self.view.forgotten = id, None
        self.refresh()
        return {"text": " ", "focus": "card" if id else "search"}

    @command
    def gather(self, id: Identifier, instead: Identifier | None = None) -> Answer:
        """Bring a contact into focus, optionally in place of another: one change.

        If there is no room, change nothing and return `full`; the page then asks whom to replace.
        """
        chosen = [row["id"] for row in self._describe_focus()["chosen"]]
        most = self.workbook.settings.focus_most
        if id not in chosen and len(chosen) - (instead in chosen) >= most:
            return {"full": True, "text": " "}
        with self.book.batch("write") as batch:
            if instead is not None:
                batch.update("contact", instead, focus=False)
            batch.update("contact", id, focus=True)
        self.chosen = id
        return {"text": self.say("gathered"), "focus": f"{id}.respect_for"}

    @command
    def let_rest(self, id: Identifier) -> Answer:
        """Remove a contact from the focus."""
        self.book.update("contact", id, focus=False)
        return {"text": self.say("rests")}

    @command
    def settle(self, id: Identifier, state: PromiseState) -> Answer:
        """Close a promise, kept or not, or open it again."""
        closed = "" if state == "open" else self.workbook.today.isoformat()
        self.book.update("promise", id, state=state, closed_on=closed)
        return {"focus": "now"}

    @command
    def write_promise(self, id: Identifier) -> Answer:
        """Begin the message that keeps a promise of mine, or mends it."""
        contact = self.book.row("promise", id)["contact_id"]
        kind = promise_letter_kind(self.workbook.frames(), id, self.workbook.today)
        start_message(self.workbook, contact, kind, promise_id=id)
        return {"text": " "}

    @command
    def write_to(self, id: Identifier) -> Answer:
        """Begin a message to a contact, of the kind that fits now."""
        start_message(self.workbook, id)
        return {"text": " "}

    @command
    def think_of_gift(self, id: Identifier) -> Answer:
        """Show a contact on the sheet `gift`."""
        self.workbook.requests["gift"] = id
        return {"text": " "}

    @command
    def restore(self, id: Identifier) -> Answer:
        """Restore a contact from the bin and open their card."""
        self.book.restore(id)
        self.chosen, self.view.forgotten = id, None
        return {"focus": "card"}

    @command
    def forget(self, id: Identifier) -> Answer:
        """Erase a person completely and show what was erased."""
        self.view.forgotten = self.book.erase(id)
        self.chosen = ""
        return {"focus": "forgotten"}
