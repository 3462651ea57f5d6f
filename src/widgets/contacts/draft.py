"""A message to a contact: the kind that fits, a draft, a review, and the reader's perspective."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from enishi import clock
from enishi.book.recording import FollowUp, enter_next, enter_sent
from enishi.book.tables import TABLES
from enishi.book.validation import defaults
from enishi.choices import LETTERS
from enishi.coach.language.quick_entry import contact_values
from enishi.coach.messages.draft import sender_name
from enishi.coach.messages.gift_letters import is_unread, work_gift
from enishi.coach.messages.message_kind import open_kinds
from enishi.coach.messages.message_review import MessageReview, review_message
from enishi.coach.messages.perspective import payers_answer, what_is_missing
from enishi.coach.messages.request_reminders import request_reminders
from enishi.coach.messages.request_timing import is_early, last_early_request
from enishi.coach.network.consent import between_two, have_agreed
from enishi.coach.network.introduction_steps import moved_by
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import active_contacts, is_filled, name_of
from enishi.coach.relations.steps import steps_with
from enishi.coach.strengths.self_introduction import line_for_kind
from enishi.i18n import format_list, texts
from widgets.base.json_rows import JsonRow, rows
from widgets.base.message_draft import (
    ConsentMissingError,
    compose_impression,
    composed,
    fits,
    introduction_of,
    message_links,
    signature,
    start_message,
    with_draft,
)
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    LinkedChange,
    LongText,
    Sheet,
    ShortText,
    command,
)
from widgets.base.workbook import Workbook
from widgets.parts.address_row import ADDRESS_ROW
from widgets.parts.asked_later import keep_answer
from widgets.parts.explanation import EXPLANATION, describe_note_caution, describe_reasons
from widgets.parts.letter_purpose import LETTER_PURPOSE, describe_purpose
from widgets.parts.person_picker import PERSON_PICKER, Name, contact_names, describe_namesakes
from widgets.parts.review_texts import describe_review, find_rewording
from widgets.parts.stand import STAND, describe_stands
from widgets.parts.wrong_ways import describe_reminders

_COLUMNS = (
    *("contact_id", "other_id", "kind", "level", "language", "subject", "text"),
    *("promise_id", "give_id", "introduction_id", "meant", "felt", "on"),
)
LISTED = 5
"""Most messages begun, and most sent, that are listed."""
_FAVOUR, _WORK = 2, 4
"""The sizes of two requests: half an hour of advice, from which on it is asked what is in it for
them, and work."""
Level = Literal["friendly", "polite", "formal"]
Language = Literal["ja", "en"]
WouldPay = Literal["yes", "not_yet"]


class Draft(Sheet):
    """Helps to write to a contact; this sheet never sends anything.

    Example:
        >>> Draft(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "draft"
    parts = (ADDRESS_ROW, PERSON_PICKER, EXPLANATION, LETTER_PURPOSE, STAND)
    writable = {
        "message": ("subject", "text", "promise_id", "give_id", "meant", "felt"),
        "contact": ("they_gain", "hope"),
    }
    creatable = ("message",)

    def __init__(self, workbook: Workbook) -> None:
        """Put the sheet on `workbook`; no message is open until one is chosen."""
        self.opened = ""
        self.after: JsonRow | None = None
        super().__init__(workbook)

    # -- what the sheet shows ------------------------------------------------------------------

    def build_state(self) -> dict[str, Any]:
        """Return the open message with its review, and the messages begun and sent."""
        frames = self.workbook.frames()
        message = frames["message"]
        message = message[message["contact_id"].isin(active_contacts(frames).index)]
        begun = message[~message["sent"]]
        if asked := self.workbook.requests.pop(self.name, ""):
            self.opened, self.after = asked, None
        drafts = self.workbook.texts_of("drafts")
        open_ = begun.loc[[self.opened]] if self.opened in begun.index else None
        row = None if open_ is None else rows(open_, "version", *_COLUMNS)[0]
        return {
            "open": None if row is None else self._cached(row),
            "purpose": describe_purpose(self.workbook, row),
            "begun": self._list_messages(
                begun[is_filled(begun["text"]) & (begun.index != self.opened)]
            ),
            "sent": self._list_messages(message[message["sent"]]),
            "after": self.after,
            "kinds": {
                kind: [drafts["kinds"][kind]["name"], drafts["kinds"][kind]["when"]]
                for kind in LETTERS
                if kind != "forward"  # goes along with a request
            },
            "levels": drafts["levels"],
            "stands": describe_stands(self.workbook, "hope", "pace"),
        }

    def _list_messages(self, message: Any) -> list[JsonRow]:
        workbook = self.workbook
        names = workbook.frames()["contact"]["name"]
        return [
            row
            | {
                "name": names[row["contact_id"]],
                "day": workbook.short_date(date.fromisoformat(row["on"])) if row["on"] else "",
            }
            for row in rows(message.tail(LISTED)[::-1], "contact_id", "kind", "on")
        ]

    def _cached(self, row: JsonRow) -> JsonRow:
        """Return the open message, computed anew only after data it depends on has changed."""
        workbook = self.workbook
        key = f"draft {row['id']} {workbook.language}"
        found: JsonRow = workbook.cached(key, lambda: self._describe_open(row), row)
        return found

    def _describe_open(self, row: JsonRow) -> JsonRow:
        """Return the open message and everything shown beside it."""
        workbook = self.workbook
        frames = workbook.frames()
        id = row["contact_id"]
        draft = composed(workbook, row)
        row = with_draft(workbook, row)
        found = fits(workbook, id)
        why = describe_reasons(workbook, (fit.reason for fit in found))
        promise, give = frames["promise"], frames["give"]
        promise = promise[(promise["contact_id"] == id) & (promise["by"] == "me")]
        give = give[(give["contact_id"] == id) & (give["direction"] == "out")]
        (person,) = rows(frames["contact"].loc[[id]], "version", "name", "they_gain", "hope")
        review = self._review(row)
        name = name_of(frames["contact"].loc[id])
        own = request_reminders(frames, row, review.size, name, workbook.today)
        return row | {
            "reading": self._describe_reading(row),
            "reminders": describe_reminders(workbook, own),
            "name": person["name"],
            "other": contact_names(workbook, [row["other_id"]]).get(row["other_id"], ""),
            "person": person,
            "fits": [said | {"kind": fit.kind} for fit, said in zip(found, why, strict=True)],
            "choices": self._list_kinds(row),
            "own": (draft.subject, draft.body) != (row["subject"], row["text"]),
            "signed": signature(workbook, row["language"]),
            "promises": rows(promise[promise["state"] == "open"], "words"),
            "gives": rows(give[give["state"] == "planned"], "what"),
            "notes": self._find_notes(id),
            "read": describe_review(workbook, review, row),
            "text_caution": self._describe_text_caution(row),
            "hope_caution": describe_note_caution(
                workbook, f"{person['they_gain']}\n{person['hope']}"
            ),
            "first_ask": self._describe_first_ask(id, review.size),
            "early": self._describe_early() if is_early(review.warnings) else "",
            "pay": self._describe_pay(id),
            "missing": self._describe_missing(id) if review.size == _WORK else None,
        }

    def _describe_reading(self, row: JsonRow) -> JsonRow | None:
        """Return the gift behind an impression of what is not read or tried yet; else None."""
        workbook = self.workbook
        give = work_gift(workbook.frames(), row)
        if give is None or not is_unread(give, workbook.today):
            return None
        on = give["on"]
        return {
            "what": workbook.frames()["fact"].at[give["fact_id"], "words"].strip(),
            "on": on.date().isoformat() if on == on else "",
            "gift": workbook.address("04-contacts", "gift"),
        }

    def _describe_text_caution(self, row: JsonRow) -> JsonRow | None:
        """Return the hint at a message that touches health, creed or family trouble; else None.

        It may be the writer's own, which a note about somebody never is.
        """
        found = describe_note_caution(self.workbook, f"{row['subject']}\n{row['text']}")
        return found and found | {"act": self.words["touched"]}

    def _describe_early(self) -> str:
        """Return what the person wrote about the last request that was sent early; '' for none."""
        frames = self.workbook.frames()
        found = last_early_request(frames)
        if found is None or found[0] not in frames["contact"].index:
            return ""
        id, words = found
        return self.say("early_before", name=self.workbook.address_contact(id), words=words)

    def _describe_pay(self, id: str) -> JsonRow:
        """Return the answer whether a contact would pay the person today, and what is missing."""
        chosen, words = payers_answer(self.workbook.frames(), id)
        return {"chosen": chosen, "words": words}

    def _describe_missing(self, id: str) -> JsonRow | None:
        """Return what the person said is missing before a contact would pay; None for nothing."""
        frames = self.workbook.frames()
        missing = what_is_missing(frames, id)
        if not missing:
            return None
        planned = self.say("piece_step", missing=missing) in set(steps_with(frames, id)["words"])
        return {"text": self.say("piece_first", missing=missing), "planned": planned}

    def _describe_first_ask(self, id: str, size: int) -> JsonRow | None:
        """Return the question to a contact that comes before a request, and whether it is planned.

        It is offered while the user does not know what is in the request for them (A17); else None.
        """
        frames = self.workbook.frames()
        if size < _FAVOUR or frames["contact"].at[id, "they_gain"].strip():
            return None
        step = self._first_ask_step()
        planned = step in set(steps_with(frames, id)["words"])
        return {"text": self.say("first_ask_question"), "planned": planned}

    def _first_ask_step(self) -> str:
        return self.say("first_ask_step", question=self.say("first_ask_question"))

    def _list_kinds(self, row: JsonRow) -> list[str]:
        """Return the kinds a message may have, its own among them."""
        workbook = self.workbook
        found = open_kinds(workbook.frames(), row["contact_id"], workbook.today)
        agreed = self._have_agreed(row)
        return [
            kind
            for kind in LETTERS
            if kind == row["kind"] or (kind in found and (agreed or kind != "introduce"))
        ]

    def _find_notes(self, id: str) -> list[list[str]]:
        """Return notes about a contact that may help to fill the blanks, and what to tell them."""
        frames, language = self.workbook.frames(), self.workbook.language
        person, encounter = frames["contact"].loc[id], frames["encounter"]
        noted = encounter[(encounter["contact_id"] == id) & (encounter["note"] != "")]
        last = noted.sort_values("on", kind="stable")["note"].tail(1)
        found = {
            "last": "".join(last),
            "topics": format_list(person["topics"], language),
            "needs": format_list(person["needs"], language),
            "pleases": format_list(facts_about(frames, id)["words"], language),
            "step": format_list(steps_with(frames, id)["words"], language),
            "line": line_for_kind(frames, str(person["role_id"])),
        }
        return [[key, text] for key, text in found.items() if text.strip()]

    def _row(self, id: str) -> dict[str, Any]:
        """Return a stored message, with the text as it is shown."""
        return with_draft(self.workbook, self.book.row("message", id))

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Store the rest of the draft with the first words that the person changes in it."""
        if table != "message" or not {"subject", "text"} & set(values):
            return []
        row, shown = self.book.row(table, id), self._row(id)
        if row["text"] == shown["text"]:
            return []
        rest = {part: shown[part] for part in ("subject", "text") if part not in values}
        return [(table, id, rest)]

    def _review(self, row: JsonRow) -> MessageReview:
        workbook = self.workbook
        me = signature(workbook, row["language"])
        return review_message(
            workbook.frames(), row, workbook.today, clock.now(), workbook.settings, me
        )

    # -- what the person can do ------------------------------------------------------------------

    @command
    def turn_to(self, id: Identifier) -> Answer:
        """Begin a message to a contact, of the kind that fits now."""
        start_message(self.workbook, id)
        return {"focus": "draft"}

    @command
    def admire(self, name: Name, work: ShortText = "") -> Answer:
        """Add somebody admired from afar, with an impression to write to them: one change.

        If somebody of that name is in the book already, nothing is added.
        """
        workbook, on = self.workbook, self.workbook.today.isoformat()
        if describe_namesakes(workbook, name):
            return {"text": self.say("admire_known", name=name.strip()), "known": True}
        person = defaults(TABLES["contact"]) | contact_values(name, workbook.today)
        message = compose_impression(workbook, person, work)
        with self.book.batch("add") as batch:
            id = batch.add("contact", **person)
            if work.strip():
                fact = {"words": work.strip(), "source": "seen", "on": on}
                batch.add("fact", contact_id=id, kind="product", **fact)
            self.opened = batch.add("message", contact_id=id, on=on, **message)
        self.after = None
        return {"focus": "draft"}

    @command
    def show(self, id: ShortText) -> Answer:
        """Open a message begun before; '' closes the open one, so that another can begin."""
        self.opened, self.after = id, None
        return {"focus": "draft" if id else "who"}

    @command
    def shape(
        self,
        id: Identifier,
        kind: ShortText = "",
        level: Level | None = None,
        language: Language | None = None,
    ) -> Answer:
        """Change kind, tone or language; text that the person has written stays.

        Raises:
            ConsentMissingError: `kind` is an introduction, and not both contacts have agreed.
            ForbiddenError: `kind` is for other contacts.
        """
        row = self.book.row("message", id)
        if kind == "introduce" and not self._have_agreed(row):
            raise ConsentMissingError()
        if kind and kind not in self._list_kinds(row):
            raise ForbiddenError()
        draft = composed(self.workbook, row)
        untouched = (draft.subject, draft.body) == (row["subject"], row["text"])
        change: JsonRow = {"level": level or row["level"], "language": language or row["language"]}
        if kind and kind != row["kind"]:
            free = {"promise_id": None, "introduction_id": None}
            change |= {"kind": kind} | free | message_links(self.workbook, row["contact_id"], kind)
        if untouched:
            change |= {"subject": "", "text": ""}
        return {"version": self.book.update("message", id, **change)}

    @command
    def compose(self, id: Identifier) -> Answer:
        """Replace the text with a new draft."""
        self._replace(id, subject="", text="")
        return {"text": self.say("written_anew")}

    def _replace(self, id: str, **texts: str) -> int:
        """Replace texts of a message as a change of its own, so that undo takes back only this."""
        with self.book.batch("write") as batch:
            return batch.update("message", id, **texts)

    @command
    def sign(self, id: Identifier, me: ShortText) -> None:
        """Store the person's signature for messages in this language, and sign the open one."""
        row = self.book.row("message", id)
        gap = f"［{texts('drafts', row['language'])['blanks']['me']}］"
        with self.book.batch("write") as batch:
            name = f"me_{row['language']}"
            seen = self.workbook.setting_versions.get(name, 0)
            batch.upsert("setting", name, seen, value=me.strip())
            if me.strip():
                known_as = self.workbook.frames()["contact"].at[row["contact_id"], "known_as"]
                name = sender_name(me.strip(), known_as)
                said = {part: row[part].replace(gap, name) for part in ("subject", "text")}
                batch.update("message", id, **said)
                forwarded = introduction_of(self.workbook, row)
                if gap in forwarded["text"]:
                    text = forwarded["text"].replace(gap, me.strip())
                    batch.update("introduction", forwarded["id"], text=text)

    @command
    def ask_first(self, id: Identifier) -> Answer:
        """Put the question that comes before a request into the week."""
        contact_id = self.book.row("message", id)["contact_id"]
        self.book.add("step", contact_id=contact_id, words=self._first_ask_step())
        return {"text": self.say("first_ask_planned"), "focus": "draft"}

    @command
    def say_would_pay(self, id: Identifier, chosen: WouldPay, words: LongText = "") -> Answer:
        """Store whether the recipient would pay the person today, and what is missing."""
        contact_id = self.book.row("message", id)["contact_id"]
        said = {"chosen": chosen, "words": words.strip() if chosen == "not_yet" else ""}
        with self.book.batch("write") as batch:
            keep_answer(self.workbook, batch, "would_pay", contact_id, contact_id, **said)
        return {"text": self.say("pay_kept")}

    @command
    def show_one_piece(self, id: Identifier) -> Answer:
        """Put into the week to show one piece of work before the request.

        Raises:
            ForbiddenError: nothing is said to be missing.
        """
        contact_id = self.book.row("message", id)["contact_id"]
        missing = what_is_missing(self.workbook.frames(), contact_id)
        if not missing:
            raise ForbiddenError()
        words = self.say("piece_step", missing=missing)
        self.book.add("step", contact_id=contact_id, words=words)
        return {"text": self.say("piece_planned"), "focus": "draft"}

    @command
    def soften(self, id: Identifier, rule: Identifier) -> Answer:
        """Put in the gentler wording of what a rule noticed, where one fits.

        Raises:
            ForbiddenError: the rule notices nothing in this message, or no gentler line fits.
        """
        row = self._row(id)
        noticed = next((one for one in self._review(row).findings if one.rule == rule), None)
        found = None if noticed is None else find_rewording(self.workbook, row, noticed)
        if found is None:
            raise ForbiddenError()
        version = self._replace(id, subject=row["subject"], text=found.text)
        return {"version": version, "text": self.say("softened"), "focus": "text"}

    @command
    def read_first(self, id: Identifier, on: ShortText) -> Answer:
        """Set a day to read or try what an impression is about, and put the message away.

        A message without a word of the person's own is removed: with the lines it is begun anew.

        Raises:
            ForbiddenError: it is read already, or the message is no impression of a planned gift.
        """
        row, workbook = self._row(id), self.workbook
        give = work_gift(workbook.frames(), row)
        if give is None or not is_unread(give, workbook.today):
            raise ForbiddenError()
        draft = composed(workbook, row)
        with self.book.batch("write") as batch:
            batch.update("give", give["id"], on=on)
            if (draft.subject, draft.body) == (row["subject"], row["text"]):
                batch.delete("message", id)
        self.opened = ""
        return {"text": self.say("reading_set"), "focus": "who"}

    @command
    def sent(self, id: Identifier) -> Answer:
        """Enter that the person has sent the message, and what that settles.

        Raises:
            ForbiddenError: the message is marked as sent already.
        """
        row = self._row(id)
        if row["sent"]:
            raise ForbiddenError()
        workbook = self.workbook
        person = workbook.frames()["contact"].loc[row["contact_id"]]
        review = self._review(row)
        way = person["channel"] if person["channel"] in ("sns", "letter") else "message"
        now = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        meeting = {
            "on": workbook.today.isoformat(),
            "at": now,
            "kind": way,
            "started_by": "me",
            "note": workbook.texts_of("drafts")["kinds"][row["kind"]]["name"],
            "ask_size": review.size or None,
        }
        state = introduction_of(workbook, row)["state"]
        tie = between_two(workbook.frames(), row["contact_id"], row["other_id"] or "").index
        early = is_early(review.warnings)
        said = {part: row[part] for part in ("subject", "text")}
        moved = moved_by(row["kind"], state)
        enter_sent(self.book, id, meeting, moved, "".join(tie), early, said)
        self.opened = ""
        self.after = {"id": row["contact_id"], "name": person["name"]}
        return {"text": self.say("noted_next"), "focus": "after"}

    def _have_agreed(self, row: JsonRow) -> bool:
        """Return whether both contacts of a message have agreed to be introduced."""
        return have_agreed(self.workbook.frames(), row["contact_id"], row["other_id"] or "")

    @command
    def follow(self, words: ShortText, due: ShortText = "") -> Answer:
        """Enter the next step after a sent message; an empty one is fine."""
        if self.after and words.strip():
            today = self.workbook.today.isoformat()
            enter_next(self.book, self.after["id"], [FollowUp(words.strip(), "step", due)], today)
        self.after = None
        return {"focus": "who"}
