"""The note: what was said at a meeting, what came of it, and the next step, entered together."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec

from enishi import clock
from enishi.book.recording import FollowUp, Received, enter_meeting
from enishi.book.tables import LINE
from enishi.coach.giving.promises import detect_promises, open_promises
from enishi.coach.language.promise_titles import promise_title
from enishi.coach.relations.history import active_contacts, isin, iter_rows
from enishi.coach.relations.steps import steps_with
from enishi.coach.today.agenda import contactable
from enishi.i18n import format_list, format_text
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import (
    Answer,
    FieldValues,
    ForbiddenError,
    Identifier,
    LongText,
    Sheet,
    ShortText,
    command,
    query,
)
from widgets.parts.explanation import EXPLANATION, describe_note_caution
from widgets.parts.person_picker import PERSON_PICKER, contact_names
from widgets.parts.quick_line import SPOKEN_DAY
from widgets.parts.solicitation import (
    SOLICITATION,
    describe_caution,
    describe_checked,
    describe_sign_question,
    sign_texts,
)

_COLUMNS = ("kind", "on", "note", "started_by", "depth", "act_in", "hard", "changed")
"""The columns of a meeting that this sheet writes."""
TOGETHER_MOST = 12
"""Most people of one entry."""
LAST_SHOWN = 10
"""Most recent entries shown."""
NEXT_MOST = 5
"""Most next steps and promises of one meeting."""


class NextWith(msgspec.Struct, forbid_unknown_fields=True):
    """A next step or a promise with one of those who were met; '' for the first of them."""

    words: ShortText
    by: Literal["step", "me", "them"] = "step"
    due: ShortText = ""
    contact_id: ShortText = ""


class Came(msgspec.Struct, forbid_unknown_fields=True):
    """What came to the person: help with a '' for `came`, else a chance, news, an idea, work."""

    what: ShortText
    came: Literal["", "chance", "news", "idea", "work"] = ""
    through: ShortText = ""
    """The contact it came through; '' for the first of those who were met."""


Met = Annotated[list[Identifier], msgspec.Meta(min_length=1, max_length=TOGETHER_MOST)]
Next = Annotated[list[NextWith], msgspec.Meta(max_length=NEXT_MOST)]
Things = Annotated[list[Came], msgspec.Meta(max_length=NEXT_MOST)]
Kept = Annotated[list[Identifier], msgspec.Meta(max_length=50)]
Form = Literal["meal", "coffee", "call"]


class Note(Sheet):
    """Enters a meeting and asks for the next step; also edits recent entries.

    Example:
        >>> Note(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "note"
    parts = (PERSON_PICKER, EXPLANATION, SOLICITATION, SPOKEN_DAY)
    writable = {"encounter": _COLUMNS, "contact": ("signs",)}
    creatable = ("encounter",)

    met = ""
    just_met = ""
    """The id of somebody new of the last entry, whom one may invite."""

    def build_state(self) -> dict[str, Any]:
        """Return the last entries, and the contact of a meeting that another sheet asks to note."""
        workbook = self.workbook
        frame = workbook.frames()["encounter"]
        last = frame.loc[frame["on"].sort_values(kind="stable").index[: -LAST_SHOWN - 1 : -1]]
        listed = rows(last, "version", "contact_id", *_COLUMNS)
        return {
            "today": workbook.today.isoformat(),
            "last": [self._describe_entry(row) for row in listed],
            "names": contact_names(workbook, (row["contact_id"] for row in listed)),
            "person": self._describe_person(),
            "signs": sign_texts(workbook),
            "with": self._describe_chosen(),
            "invite": self._describe_invitation(),
        }

    def _describe_entry(self, row: JsonRow) -> JsonRow:
        """Return a recent entry with its day, and a question about signs of solicitation in it."""
        return row | {
            "day": self.format_day(row["on"]),
            "asks": describe_sign_question(self.workbook, "encounter", row["id"]),
            "checked": describe_checked(self.workbook, "encounter", row["id"]),
        }

    def _describe_invitation(self) -> JsonRow | None:
        """Return whom one may invite after an entry; None without anybody new or with a plan."""
        frames, id = self.workbook.frames(), self.just_met
        if not id or id not in contactable(frames).index or len(steps_with(frames, id)):
            return None
        name = self.workbook.address_contact(id)
        return {"id": id, "title": format_text(self.words["invite"]["title"], {"name": name})}

    def _find_new(self, contact_ids: list[str], on: str) -> str:
        """Return the first of those met of whom no earlier meeting is written; '' for none."""
        frames = self.workbook.frames()
        people, encounter = frames["contact"], frames["encounter"]
        before = set(encounter.loc[(encounter["on"] < on).to_numpy(), "contact_id"])
        fresh = people.index[isin(people["known_as"], "", "just_met")]
        return next((id for id in contact_ids if id in fresh and id not in before), "")

    def _describe_chosen(self) -> JsonRow | None:
        """Return the contact that another sheet asks to note a meeting with; None without one."""
        id = self.workbook.requests.get("note", "")
        names = contact_names(self.workbook, [id] if id else [])
        return {"id": id, "name": names[id]} if id in names else None

    def _describe_person(self) -> JsonRow | None:
        """Return the warning signs ticked for the contact of the entry; None without one."""
        people = active_contacts(self.workbook.frames())
        if self.met not in people.index:
            return None
        (row,) = rows(people.loc[[self.met]], "version", "signs")
        return row | describe_caution(self.workbook, row)

    def format_day(self, on: str) -> str:
        """Return the day of an entry as text."""
        day = datetime.fromisoformat(on).date() if on else self.workbook.today
        return self.workbook.short_date(day)

    @command
    def begin_with(self, id: Identifier) -> Answer:
        """Begin an entry with the contact whom a link names.

        Raises:
            UnknownRowError: there is no such contact.
        """
        self.book.row("contact", id)
        self.workbook.requests["note"] = id
        return {"text": " "}

    @query
    def about(self, id: Identifier) -> Answer:
        """Return what is open with a contact: steps and promises."""
        frames = self.workbook.frames()
        self.book.row("contact", id)
        self.met = id
        self.refresh()
        open_ = open_promises(frames, self.workbook.today, self.workbook.settings)
        return {
            "steps": [
                {"id": key, "words": row["words"]} for key, row in iter_rows(steps_with(frames, id))
            ],
            "promises": [
                {"id": key, "words": promise_title(row["words"]), "by": row["by"]}
                for key, row in iter_rows(open_[open_["contact_id"] == id])
            ],
            "text": " ",
        }

    @query
    def listen(self, text: LongText) -> Answer:
        """Return the promises detected in a text, and a hint at what it touches, as `caution`.

        No promise is entered without the person's consent.
        """
        heard = detect_promises(text, self.workbook.today, self.workbook.settings)
        return {
            "heard": [
                {
                    "words": promise.words[:LINE],
                    "by": promise.by,
                    "due": str(promise.due) if promise.named else "",
                }
                for promise in heard[:NEXT_MOST]
            ],
            "caution": describe_note_caution(self.workbook, text),
            "text": " ",
        }

    @command
    def enter(
        self,
        contact_ids: Met,
        meeting: FieldValues,
        then: Next,
        received: Things | None = None,
        kept: Kept | None = None,
        steps: Kept | None = None,
    ) -> Answer:
        """Enter a meeting, the next steps, what came of it, and the promises or step it settles.

        Raises:
            ForbiddenError: this sheet does not write one of these columns.
        """
        if not set(meeting) <= set(_COLUMNS):
            raise ForbiddenError()
        today = self.workbook.today.isoformat()
        now = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        meeting = {"on": today} | {name: value for name, value in meeting.items() if value != ""}
        first = contact_ids[0]
        enter_meeting(
            self.book,
            list(dict.fromkeys(contact_ids)),
            meeting | {"at": now if meeting["on"] == today else ""},
            [(one.contact_id or first, FollowUp(one.words, one.by, one.due)) for one in then],
            [Received(one.through or first, one.what, one.came) for one in received or []],
            kept or [],
            steps or [],
        )
        self.workbook.requests.pop("note", None)
        self.just_met = self._find_new(contact_ids, meeting["on"])
        names = contact_names(self.workbook, contact_ids)
        language = self.workbook.language
        who = format_list((with_honorific(name, language) for name in names.values()), language)
        return {"text": self.say("noted", names=who)}

    @command
    def invite(
        self, id: Identifier, form: Form, first: ShortText, second: ShortText = ""
    ) -> Answer:
        """Put an invitation with its days in tomorrow's week, as a step.

        Raises:
            ForbiddenError: nobody is to be invited, or a day is none or over.
        """
        words, workbook = self.words["invite"], self.workbook
        days = [workbook.short_date(self._read_day(day)) for day in (first, second) if day]
        if not days or id != (self.state["invite"] or {}).get("id"):
            raise ForbiddenError()
        either = {"first": days[0], "second": days[-1]}
        said = format_text(words["either"], either) if len(days) > 1 else days[0]
        step = format_text(words["steps"][form], {"days": said})
        tomorrow = workbook.today + timedelta(days=1)
        self.book.add("step", contact_id=id, words=step, on=tomorrow.isoformat())
        return {"text": words["saved"]}

    def _read_day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise ForbiddenError() from None
        if day < self.workbook.today:
            raise ForbiddenError()
        return day
