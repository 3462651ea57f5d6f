"""The letter: a summary of the quarter on one page, which the person writes to themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Literal

import pandas as pd

from enishi.book.tables import TABLES
from enishi.book.validation import defaults
from enishi.coach.giving.effects import things_to_follow
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import iter_rows, names_by_id
from enishi.coach.relations.mutual import mutual_words
from enishi.coach.review.contact_sources import Sources, sources
from enishi.coach.review.near_cases import near_cases
from enishi.coach.review.summary import QuarterlyLetter as Told
from enishi.coach.review.summary import build_letter
from enishi.coach.rules.stands import UNDECIDED, read_stand
from enishi.coach.today.first_minutes import OWN_REASON
from enishi.i18n import format_list, format_text, texts
from enishi.i18n.dates import format_date, format_range
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow, rows
from widgets.base.pages import PAGES
from widgets.base.screen_texts import screen_words
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, command
from widgets.base.workbook import Workbook
from widgets.parts.asked_later import keep_answer
from widgets.parts.gift_effect import GIFT_EFFECT, effect_questions
from widgets.parts.past_reviews import (
    NAMES_SHOWN,
    PAST_REVIEWS,
    date_review,
    earlier_reviews,
    join_names,
)
from widgets.parts.printable import PRINTABLE

Together = Literal["together", "chance", "need_not_know"]
LETTER_LINES = 3
"""Most lines under one sentence, so that the letter fits on one page."""


class Letter(Sheet):
    """Summarises the last three months with names, and asks for a last line.

    Example:
        >>> Letter(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "letter"
    parts = (GIFT_EFFECT, PRINTABLE, PAST_REVIEWS)
    writable = {"review": ("next",)}

    def build_state(self) -> dict[str, Any]:
        """Return the letter's parts, its last line, and those of earlier letters."""
        workbook = self.workbook
        today = workbook.today
        told, found = workbook.cached("letter", self.summarise_quarter)
        review = find_letter(workbook)
        parts = [part for part in self.build_parts(told, found) if part]
        until = partial(date_review, self)
        return {
            "span": format_range(told.since, told.until, workbook.language),
            "on": format_date(today, workbook.language),
            "parts": parts,
            "quiet": not any(part["key"] != "why" for part in parts),
            "sequels": self.list_sequels(),
            "pairs": self.list_pairs(told),
            "effects": {
                **effect_questions(workbook),
                **{name: self.words[name] for name in ("effect_ask", "effect_hint")},
                "effect_example": self.words["effect_example"],
            },
            "notes": list_reflections(workbook),
            "review": review,
            "earlier": earlier_reviews(workbook, "quarter", review["on"], ("next",), until),
        }

    def summarise_quarter(self) -> tuple[Told, Sources]:
        """Return what happened in the quarter, and where new contacts came from."""
        workbook = self.workbook
        told = build_letter(workbook.frames(), "quarter", workbook.today, workbook.settings)
        return told, sources(workbook.frames(), told.since, told.until)

    def build_parts(self, told: Told, found: Sources) -> list[JsonRow | None]:
        """Return the parts of the letter in order; None for a part with no content."""
        part = self.build_part
        return [
            self.describe_reason(),
            self.describe_wishes(told.wishes),
            part("gave", told.gave, ("name", "what", "effect"), [row[0] for row in told.gave]),
            part("received", told.received, ("name", "what"), [row[0] for row in told.received]),
            part("came", told.came, ("name", "what", "effect")),
            part("introduced", told.introduced, ("bridge", "target")),
            part(
                "returned",
                [(gift.name, gift.what, gift.on) for gift in told.returned],
                ("name", "what", "on"),
            ),
            self.describe_newcomers(found),
            self.describe_mutual(told),
            self.describe_cases(),
            part("kept", told.kept, ("name", "words")),
            part("open", told.open, names=[row[0] for row in told.open]),
            self.describe_changed_stands(told),
            part("changed", told.changed, ("",)),
            part("changed_by", told.changed_by, ("names", "words")),
            part("tried", told.tried, ("tried", "effect")),
            part("learned", told.learned, ("",)),
            part("went_well", told.went_well, ("",)),
            self.describe_plans(told.plans),
            part("voices", told.voices, ("name", "who", "words")),
            part("reflections", list_reflections(self.workbook), ("question", "words")),
            part("thank", told.thank, names=told.thank),
            part("thank_whom", told.thank_whom, ("",)),
            self.describe_beginning(told),
        ]

    def build_part(
        self, key: str, found: Sequence[Any], columns: Sequence[str] = (), names: Sequence[str] = ()
    ) -> JsonRow | None:
        """Return one sentence of the letter; None without rows.

        Args:
            key: the name of its text.
            found: what it tells, each as a tuple of `columns`.
            columns: what a line under it holds; no line without them, and the row itself for `""`.
            names: the people the sentence names.
        """
        if not found:
            return None
        shown = found[:LETTER_LINES] if columns else ()
        return {
            "key": key,
            "text": self.say(key, names=self.join_people(names)),
            "lines": [self.format_line(key, columns, row) for row in shown],
            "more": len(found) - len(shown) if columns else 0,
        }

    def describe_reason(self) -> JsonRow | None:
        """Return the part on why such ties matter, in the person's words; None if not written."""
        why = self.workbook.setting(OWN_REASON).strip()
        return {"key": "why", "text": self.say("why"), "lines": [why], "more": 0} if why else None

    def list_sequels(self) -> list[JsonRow]:
        """Return what came through somebody and may be asked about: what followed from it?"""
        workbook = self.workbook
        found = things_to_follow(workbook.frames(), workbook.today, workbook.settings)
        return [
            {
                "id": row["id"],
                "what": row["what"],
                "text": self.say(
                    "sequel_of",
                    name=workbook.address_contact(row["contact_id"]),
                    what=row["what"],
                ),
            }
            for row in rows(found.head(LETTER_LINES), "contact_id", "what")
        ]

    def list_pairs(self, told: Told) -> list[JsonRow]:
        """Return the old gifts of which it is not said whether they belong to what came now."""
        return [
            {
                "id": gift.give_id,
                "text": self.say(
                    "pair_of",
                    name=self.address_person(gift.name),
                    what=gift.what,
                    on=format_date(gift.on, self.workbook.language),
                ),
            }
            for gift in told.returned
            if gift.is_open
        ]

    def describe_changed_stands(self, told: Told) -> JsonRow | None:
        """Return the part on stands that were changed in the quarter; None without any."""
        workbook = self.workbook
        asked = workbook.texts_of("stands")
        earlier = answers_to(workbook.frames(), "stand")
        lines = []
        for _, row in iter_rows(earlier[earlier["on"] >= pd.Timestamp(told.since)]):
            after = earlier[(earlier["about"] == row["about"]) & (earlier["on"] > row["on"])]
            now = read_stand(workbook.frames()["setting"], row["about"]).choice
            if row["chosen"] == next(iter(after["chosen"]), now):
                continue  # it was taken back
            question = asked["questions"][row["about"]]
            choices = question["choices"] | {UNDECIDED: asked["unknown"]}
            facts = {"question": question["ask"], "choice": choices[row["chosen"]]}
            key = "stands_own_line" if row["words"] else "stands_line"
            on = format_date(row["on"].date(), workbook.language)
            lines.append(self.say(key, on=on, words=row["words"], **facts))
        if not lines:
            return None
        return {
            "key": "stands",
            "text": self.say("stands"),
            "lines": lines[-LETTER_LINES:],
            "more": max(0, len(lines) - LETTER_LINES),
        }

    def describe_wishes(self, wishes: Sequence[str]) -> JsonRow | None:
        """Return the part on what the person wishes for, in their words; None without a wish."""
        if not wishes:
            return None
        text = self.say("wish", wishes=format_list(wishes, self.workbook.language))
        return {"key": "wish", "text": text, "lines": [], "more": 0}

    def describe_plans(self, plans: Sequence[tuple[str, str, str]]) -> JsonRow | None:
        """Return the part on if-then plans, in the person's words; None without any."""
        part = self.build_part("plans", plans)
        if part is None:
            return None
        said = []
        for cue, did, keep in plans[:LETTER_LINES]:
            key = "both" if did.strip() and keep.strip() else "did" if did.strip() else "keep"
            said.append(self.say(f"plans_{key}", cue=cue, did=did, keep=keep))
        return part | {"lines": said, "more": len(plans) - len(said)}

    def describe_beginning(self, told: Told) -> JsonRow | None:
        """Return the part on where to begin: people in focus, and the person's own lines."""
        part = self.build_part("next", told.next, names=told.next)
        part = part or self.build_part("next_own", told.next_lines)
        if part is None:
            return None
        said = [self.format_line("next", ("name", "words"), row) for row in told.steps]
        lines = [*told.next_lines, *said]
        return part | {"lines": lines[:LETTER_LINES], "more": max(0, len(lines) - LETTER_LINES)}

    def describe_newcomers(self, found: Sources) -> JsonRow | None:
        """Return the part on where new contacts came from; None if there are none."""
        workbook = self.workbook
        new = [*found.introduced, *found.events, *found.otherwise]
        who = names_by_id(workbook.frames()["contact"].loc[new])
        facts = {
            name: self.join_people(who[id] for id in getattr(found, name))
            for name in ("introduced", "events", "otherwise")
        }
        kinds = [name for name in ("introduced", "events") if facts[name]]
        key = "new_both" if len(kinds) == 2 else "".join(f"new_{name}" for name in kinds)
        said = [self.words[key]] if key else []
        if facts["otherwise"]:
            said.append(self.words["new_otherwise" if key else "new_alone"])
        if not said:
            return None
        gap = "" if workbook.language == "ja" else " "
        text = format_text(gap.join(said), facts)
        return {"key": "new", "text": text, "lines": [], "more": 0}

    def describe_mutual(self, told: Told) -> JsonRow | None:
        """Return the part on those near who think so, too, by what the person wrote of it."""
        workbook = self.workbook
        found = workbook.cached(
            "mutual", lambda: mutual_words(workbook.frames(), told.since, told.until)
        )
        return self.build_part("mutual", found, ("name", "words"))

    def describe_cases(self) -> JsonRow | None:
        """Return the part that sets the own ways of becoming near side by side; None for few."""
        workbook = self.workbook
        cases = workbook.cached(
            "near cases", lambda: near_cases(workbook.frames(), workbook.settings)
        )
        if not any(cases):
            return None
        lines = []
        for key, found in zip(("cases_introduced", "cases_otherwise"), cases, strict=True):
            said = [
                self.say("case", name=self.address_person(case.name), n=case.days)
                for case in found[-NAMES_SHOWN:]
            ]
            lines.append(self.say(key, cases=format_list(said, workbook.language)))
        return {"key": "cases", "text": self.say("cases"), "lines": lines, "more": 0}

    def format_line(self, key: str, columns: Sequence[str], row: Any) -> str:
        """Return the line for one row; Japanese adds さん to the names."""
        if columns == ("",):
            return str(row)
        facts = dict(zip(columns, row, strict=True))
        for name in facts.keys() & {"name", "bridge", "target"}:
            facts[name] = self.address_person(facts[name])
        if "names" in facts:
            facts["names"] = self.join_people(facts["names"])
        if "who" in facts:
            facts["name"] = facts["name"] or facts["who"]  # as the person wrote it
        if facts.get("question") == "":
            key = f"{key}_plain"
        if "on" in facts:
            facts["on"] = format_date(facts["on"], self.workbook.language)
        line = "effect" if facts.get("effect") else "line"
        return self.say(f"{key}_{line}", **facts)

    def address_person(self, name: str) -> str:
        """Return a name with its honorific in the person's language."""
        return with_honorific(name, self.workbook.language)

    def join_people(self, found: Iterable[str]) -> str:
        """Return people's names as one text, each once."""
        return join_names(
            self, [self.address_person(name) for name in dict.fromkeys(found) if name]
        )

    @command
    def say_together(self, id: Identifier, chosen: Together) -> Answer:
        """Store whether a gift of long ago belongs to what came from the same contact now.

        Raises:
            ForbiddenError: it is not asked of this gift.
        """
        workbook = self.workbook
        told, _ = workbook.cached("letter", self.summarise_quarter)
        gift = next((gift for gift in told.returned if gift.give_id == id and gift.is_open), None)
        if gift is None:
            raise ForbiddenError()
        with self.book.batch("write") as batch:
            keep_answer(workbook, batch, "together", id, gift.contact_id, chosen=chosen)
        return {"text": " "}

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a letter of today."""
        return {"kind": "quarter", "on": self.workbook.today.isoformat()}


def list_reflections(workbook: Workbook) -> list[tuple[str, str]]:
    """Return what the person wrote under the sheets, as (question, text), in the sheets' order.

    The question is the one that stood above the text. Where its sheet no longer asks it, or is
    gone, it is '', and the text comes last. A reflection has no date, so that every one counts.
    Answers to the questions of authors follow the sheets' where the author wished that.
    """
    language, word = workbook.language, workbook.chosen_word
    written = workbook.frames()["reflection"]["text"].str.strip()
    left: dict[str, str] = written[written != ""].to_dict()
    found = []
    for page in PAGES:
        stem = page.partition("-")[2]
        for name in texts(stem, language)["screens"]:
            screen = screen_words(stem, name, language, word, workbook.is_hosted)
            if name in left and screen.get("reflect"):
                found.append((str(screen["reflect"]), left.pop(name)))
    own = workbook.frames()["own_answer"]
    asked = own[own["in_letter"] & (own["words"].str.strip() != "")]
    found += [(row["question"], row["words"].strip()) for _, row in iter_rows(asked)]
    return [*found, *(("", text) for text in left.values())]


def find_letter(workbook: Workbook) -> JsonRow:
    """Return this quarter's review, or an unmade one; two windows write to the same row."""
    today = workbook.today
    id = f"quarter-{today.year}-{(today.month + 2) // 3}"
    found = [row for row in workbook.rows("review") if row["id"] == id]
    unmade = {"id": id, "version": 0} | defaults(TABLES["review"]) | {"on": today.isoformat()}
    return found[0] if found else unmade
