"""Before a meeting: what is known of the contact, what is open, a small gift and one question."""

from __future__ import annotations

from typing import Any

from enishi.coach.messages.letter_question import answer_heard
from enishi.coach.relations.talks import Exchange
from enishi.coach.review.earlier_answers import helpful_kinds, otherwise_before
from enishi.coach.review.meeting_brief import Brief, Meeting, brief_meeting, meetings_ahead
from enishi.coach.today.agenda import contactable
from enishi.i18n import format_text
from widgets.base.explanations import describe_gift, ideas, off
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, Identifier, Sheet, ShortText, command, query
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.person_picker import PERSON_PICKER
from widgets.parts.printable import PRINTABLE
from widgets.parts.shared_hobbies import describe_hobbies

LEARNED = {"work": "product", "hobby": "loves", "lately": "trying"}
"""What the person can look up about a contact, and the kind of fact it becomes."""
_SHOWN = 6
"""Most meetings shown."""


class Before(Sheet):
    """Shows the meetings ahead, and what to remember for each contact.

    Example:
        >>> Before(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "before"
    parts = (PERSON_PICKER, EXPLANATION, PRINTABLE)
    chosen = ""

    def build_state(self) -> dict[str, Any]:
        """Return the meetings ahead, each with its brief; the chosen contact comes first."""
        workbook = self.workbook
        ahead = meetings_ahead(workbook.frames(), workbook.today, workbook.settings)
        asked = self.chosen if self.chosen in contactable(workbook.frames()).index else ""
        known = [meeting for meeting in ahead if meeting.contact_id == asked]
        first = known or [Meeting(asked, workbook.today)] * bool(asked)
        rest = [meeting for meeting in ahead if meeting.contact_id != asked]
        return {
            "people": [
                self.describe_meeting(meeting, dated=meeting in ahead)
                for meeting in [*first, *rest[: _SHOWN - len(first)]]
            ],
            "more": max(0, len(first) + len(rest) - _SHOWN),
            "chosen": asked,
            "fields": self.list_fields(),
        }

    def list_fields(self) -> list[str]:
        """Return the fields of what can be looked up: first the kinds that helped most often."""
        helped = helpful_kinds(self.workbook.frames())
        order = {kind: at for at, kind in enumerate(helped)}
        return sorted(LEARNED, key=lambda name: order.get(LEARNED[name], len(order)))

    def describe_meeting(self, meeting: Meeting, dated: bool) -> JsonRow:
        """Return one meeting with its brief."""
        workbook = self.workbook
        id, today = meeting.contact_id, workbook.today
        found = brief_meeting(workbook.frames(), id, today, workbook.settings, ideas())
        (person,) = rows(workbook.frames()["contact"].loc[[id]], "name")
        kind, facts = found.question
        gift = found.gift
        return person | {
            "day": workbook.relative_date(meeting.on) if dated else "",
            "off": off(workbook, meeting.on) if dated else "",
            "words": meeting.words,
            "otherwise": otherwise_before(workbook.frames(), id, meeting.kind),
            "shared": describe_hobbies(workbook, found.shared, person["name"]),
            "how": found.how,
            "through": found.through,
            "since": workbook.short_date(found.since),
            "last": self.describe_talks(found),
            "letter": found.letter and self.describe_exchange(found.letter),
            "changed": found.changed,
            "mine": found.mine,
            "theirs": found.theirs,
            "planned": found.planned,
            "heard": self.describe_heard(id),
            "gain": found.gain,
            "gift": gift and describe_gift(gift, workbook.language),
            "reason": describe_reasons(workbook, [gift.reason] if gift else []),
            "question": format_text(self.words["questions"][kind], facts),
            "unknown": kind in ("find_out", "led"),
        }

    def describe_heard(self, id: str) -> str:
        """Return what a contact answered to the question of a letter; '' where nothing is."""
        workbook = self.workbook
        found = answer_heard(workbook.frames(), id, workbook.today)
        if found is None:
            return ""
        asked, words = found
        return self.say("heard" if asked else "heard_alone", asked=asked, words=words)

    def describe_talks(self, found: Brief) -> list[str]:
        """Return what is written of the last talk: its day, its note, and what is remembered."""
        workbook = self.workbook
        lines = []
        if found.remembered:
            word, said_on = found.remembered
            on = workbook.short_date(said_on)
            lines.append(format_text(self.words["remembered"][word], {"on": on}))
        lines += [self.describe_exchange(talk) for talk in (found.last, found.noted) if talk]
        return lines

    def describe_exchange(self, exchange: Exchange) -> str:
        """Return the day, the kind and the note of a talk or a letter."""
        on = self.workbook.short_date(exchange.on)
        kind = self.words["exchanges"][exchange.kind]
        line = "exchange_noted" if exchange.note.strip() else "exchange"
        return self.say(line, on=on, kind=kind, note=exchange.note.strip())

    @command
    def look_up(
        self, id: Identifier, work: ShortText = "", hobby: ShortText = "", lately: ShortText = ""
    ) -> Answer:
        """Write what the person looked up about a contact on their card, as facts.

        Raises:
            UnknownRowError: there is no such contact.
        """
        said = {"work": work.strip(), "hobby": hobby.strip(), "lately": lately.strip()}
        fact = {"contact_id": id, "source": "seen", "on": self.workbook.today.isoformat()}
        with self.book.batch("add") as batch:
            batch.row("contact", id)
            for name, words in said.items():
                if words:
                    batch.add("fact", kind=LEARNED[name], words=words, **fact)
        return {"text": self.say("learned_kept"), "focus": id}

    @query
    def prepare(self, id: ShortText) -> Answer:
        """Prepare for a contact, with or without a date; '' closes the brief."""
        self.chosen = id
        self.refresh()
        return {"text": " ", "focus": id}
