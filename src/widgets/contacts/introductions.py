"""Introductions: ways to a person, each introduction's progress, and contacts to introduce."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

from enishi.book.tables import LINE
from enishi.coach.goal.sought_kinds import sought_kinds
from enishi.coach.messages.request_timing import may_ask
from enishi.coach.network.consent import (
    acquainted_pairs,
    answers,
    between_two,
    declined_pairs,
    have_agreed,
    pairs_under_way,
)
from enishi.coach.network.introduction_steps import LETTER_OF, IntroductionTask, introduction_tasks
from enishi.coach.network.introductions import (
    Pair,
    Path,
    find_likely_contacts,
    paths_to,
    suggest_pairs,
)
from enishi.coach.network.worlds import ways_into_world
from enishi.coach.relations.history import active_contacts, frames_of
from enishi.coach.relations.steps import steps_with
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.reason import Reason
from widgets.base.json_rows import JsonRow, rows
from widgets.base.message_draft import ConsentMissingError, composed, start_message, tone_for
from widgets.base.sheet import Answer, ForbiddenError, Identifier, command, query
from widgets.base.workbook import Workbook
from widgets.contacts.ties import TieQuestions
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.person_picker import PERSON_PICKER, contact_names

_COLUMNS = (
    *("bridge_id", "target_id", "target_words"),
    *("why", "to_target", "for_them", "text", "state", "on"),
)
_SHOWN = 20
"""Most introductions shown, and most past ones."""
SEARCHED = 2
"""Number of introductions without a bridge for which ways are searched at once."""
_ASKING = 3
"""The size of request that an introduction is."""
_PAST = ("reported", "let_go")
Says = Literal["", "yes", "not_now"]


class Introductions(TieQuestions):
    """Searches ways to a person, tracks introductions, and asks who knows whom.

    Example:
        >>> Introductions(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "introductions"
    parts = (PERSON_PICKER, EXPLANATION)
    writable = {"introduction": _COLUMNS}
    creatable = ("introduction",)

    def __init__(self, workbook: Workbook) -> None:
        """Put the sheet on `workbook`; no two people are thought of yet."""
        self.own_pairs: list[tuple[str, str]] = []
        super().__init__(workbook)

    # -- what the sheet shows ------------------------------------------------------------------

    def build_state(self) -> dict[str, Any]:
        """Return the introductions under way, past ones, and pairs who might like to meet."""
        workbook = self.workbook
        frames = workbook.frames()
        frame = frames["introduction"]
        tasks = introduction_tasks(frames, workbook.today, workbook.settings)
        open_tasks = [task for task in tasks if task.state not in _PAST][:_SHOWN]
        under_way = {task.introduction_id: task for task in open_tasks}
        past = [task.introduction_id for task in tasks if task.state in _PAST][-_SHOWN:][::-1]
        listed = rows(frame.loc[[*under_way, *past]], "version", *_COLUMNS)
        by_id = {row["id"]: row for row in listed}
        open_ = [id for id in under_way if not by_id[id]["bridge_id"]]
        pairs: tuple[Pair, ...] = workbook.cached(
            "pairs", lambda: suggest_pairs(frames, workbook.today, workbook.settings)
        )
        named = [row[column] for row in listed for column in ("bridge_id", "target_id")]
        here = set(suggestible_contacts(frames).index)
        not_now = [(sorted(p), id) for p, id in declined_pairs(frames).items() if p <= here][
            -_SHOWN:
        ]
        found = {frozenset((pair.a, pair.b)) for pair in pairs}
        own = [pair for pair in self._list_own_pairs(here) if frozenset(pair) not in found]
        two = [*((pair.a, pair.b) for pair in pairs), *own, *(pair for pair, _ in not_now)]
        why = describe_reasons(workbook, (pair.reason for pair in pairs))
        return {
            "along": self._list_along(),
            "open": [
                self._describe_task(task, by_id[id], search=id in open_[:SEARCHED])
                for id, task in under_way.items()
            ],
            "past": [by_id[id] for id in past],
            "kinds": self._list_kinds({by_id[id]["target_words"] for id in under_way}),
            "steps": workbook.texts_of("coach")["desk"],
            "pairs": [
                said | {"a": pair.a, "b": pair.b} | self._describe_consent(pair.a, pair.b)
                for pair, said in zip(pairs, why, strict=True)
            ]
            + [{"a": a, "b": b} | self._describe_consent(a, b) for a, b in own],
            "declined": [{"id": id, "two": pair} for pair, id in not_now],
            "names": contact_names(workbook, [*named, *(id for pair in two for id in pair)]),
            "ties": self.describe_ties(),
        }

    def _list_own_pairs(self, here: set[str]) -> list[tuple[str, str]]:
        """Return the pairs of `here` that the person thought of, or that were asked already."""
        frames = self.workbook.frames()
        done = {*declined_pairs(frames), *acquainted_pairs(frames)}
        begun = sorted(tuple(sorted(pair)) for pair in pairs_under_way(frames))
        pairs = [(a, b) for a, b in dict.fromkeys([*self.own_pairs, *begun]) if a != b]
        return [pair for pair in pairs if {*pair} <= here and frozenset(pair) not in done]

    def _find_along(self) -> tuple[Path, ...]:
        """Return those who move in the world that the person picked."""
        workbook = self.workbook
        found: tuple[Path, ...] = workbook.cached(
            "along", lambda: ways_into_world(workbook.frames(), workbook.today, workbook.settings)
        )
        return found

    def _list_along(self) -> list[JsonRow]:
        """Return them with the reason, and the step that waits with each, '' for none."""
        workbook = self.workbook
        found = self._find_along()
        why = describe_reasons(workbook, (way.reason for way in found))
        return [
            said
            | {
                "id": way.through[0],
                "name": workbook.address_contact(way.through[0]),
                "step": next(iter(steps_with(workbook.frames(), way.through[0])["words"]), ""),
            }
            for way, said in zip(found, why, strict=True)
        ]

    def _list_kinds(self, sought: set[str]) -> list[JsonRow]:
        """Return the kinds of person to look for, without those in `sought`."""
        kinds = sought_kinds(self.workbook.frames())
        return [
            {"words": kind.words, "towards": kind.towards, "why": kind.why}
            for kind in kinds
            if kind.words not in sought
        ]

    def _describe_task(self, task: IntroductionTask, row: JsonRow, search: bool) -> JsonRow:
        """Return an introduction with its next step, the message for that step, and ways there."""
        workbook = self.workbook
        frames = workbook.frames()
        on = frames["introduction"].at[row["id"], "on"]
        kind, to = LETTER_OF[row["state"]]
        known = active_contacts(frames).index
        said = [task.reason] if task.reason and row["bridge_id"] else []
        letter = workbook.texts_of("drafts")["kinds"][kind]["name"] if kind else ""
        kindly: tuple[Reason, ...] = ()
        if row["state"] == "planned" and row["bridge_id"] in known:
            near = frames_of(frames, row["bridge_id"])
            kindly = may_ask(near, row["bridge_id"], _ASKING, workbook.today, workbook.settings)
        return row | {
            "next": task.next,
            "mine": task.mine,
            "reason": next(iter(describe_reasons(workbook, said)), None),
            "letter": letter if row[f"{to}_id"] in known else "",
            "since": workbook.short_date(on.date()) if on == on else "",
            "kindly": describe_reasons(workbook, kindly),
            "ways": self._find_ways(row) if search else [],
        }

    def _find_ways(self, row: JsonRow) -> list[JsonRow]:
        """Return the ways to a person, each with the people in between and how near they are."""
        workbook = self.workbook
        frames = workbook.frames()
        known = row["target_id"] in active_contacts(frames).index
        search, whom = (paths_to, "target_id") if known else (find_likely_contacts, "target_words")
        found: tuple[Path, ...] = workbook.cached(
            f"ways {row[whom]}",
            lambda: search(frames, row[whom], workbook.today, workbook.settings),
        )
        ends = [row["target_id"]] if known else []
        why = describe_reasons(workbook, (way.reason for way in found))
        return [
            said | {"bridge_id": way.through[0], "steps": self._describe_steps(way, ends)}
            for way, said in zip(found, why, strict=True)
        ]

    def _describe_steps(self, way: Path, ends: list[str]) -> list[list[str]]:
        """Return the way as texts: each person, and how near the previous one is to them."""
        workbook = self.workbook
        frames = workbook.frames()
        people = [*way.through, *ends]
        closeness = workbook.texts_of("coach")["closeness"]
        said = [closeness.get(frames["contact"].at[people[0], "closeness"], "")]
        for a, b in pairwise(people):
            between = between_two(frames, a, b)["state"].iloc[-1]
            said.append(self.words["closeness"].get(between, ""))
        names = contact_names(workbook, people)
        return [[names[id], word] for id, word in zip(people, said, strict=True)]

    def _describe_consent(self, a: str, b: str) -> JsonRow:
        """Return the answers of two contacts to meeting each other, and whether both agreed."""
        frames = self.workbook.frames()
        return {"says": answers(frames, a, b), "agreed": have_agreed(frames, a, b)}

    # -- what the person can do ------------------------------------------------------------------

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of an introduction: today's date."""
        return {"on": self.workbook.today.isoformat()}

    @command
    def move(self, id: Identifier, version: int, state: Identifier) -> Answer:
        """Set the state of an introduction, as of today."""
        was = self.book.row("introduction", id)["state"]
        on = self.workbook.today.isoformat()
        now = self.book.update("introduction", id, version, state=state, on=on)
        kindly = state == "let_go" and was in ("asked", "bridge_agreed")
        return {"version": now} | ({"text": self.words["not_now_kind"]} if kindly else {})

    @command
    def go_along(self, id: Identifier) -> Answer:
        """Put in the week to ask somebody near to take the person along to their world.

        Raises:
            ForbiddenError: they do not move in the world picked.
        """
        found = {way.through[0]: way for way in self._find_along()}
        if id not in found:
            raise ForbiddenError()
        words = self.say("along_step", world=found[id].reason.facts["world"])
        self.book.add("step", contact_id=id, words=words[:LINE])
        return {"text": self.say("along_taken"), "focus": "along"}

    @command
    def letter(self, id: Identifier) -> Answer:
        """Begin the message for the current step of an introduction.

        Raises:
            ForbiddenError: the step has no message or no recipient.
        """
        row = self.book.row("introduction", id)
        kind, to = LETTER_OF.get(row["state"], ("", ""))
        if not kind or not row[f"{to}_id"]:
            raise ForbiddenError()
        start_message(self.workbook, row[f"{to}_id"], kind, introduction_id=id)
        return {"text": " "}

    @command
    def forwardable(self, id: Identifier) -> Answer:
        """Write the short text to forward, in the language used with its final reader.

        Raises:
            ForbiddenError: the introduction names no contact.
        """
        row = self.book.row("introduction", id)
        contact = row["target_id"] or row["bridge_id"]
        if not contact:
            raise ForbiddenError()
        about_it = {"contact_id": contact, "kind": "forward", "introduction_id": id}
        draft = composed(
            self.workbook, tone_for(self.workbook, contact) | about_it | {"level": "polite"}
        )
        return {"version": self.book.update("introduction", id, text=draft.body)}

    @query
    def think_of_two(self, a: Identifier, b: Identifier) -> Answer:
        """Show two people of the person's own choosing among those who might meet.

        Raises:
            ForbiddenError: both are the same contact.
        """
        if a == b:
            raise ForbiddenError()
        if frozenset((a, b)) in acquainted_pairs(self.workbook.frames()):
            return {"text": self.words["two_known"]}
        self.own_pairs = list(dict.fromkeys([(min(a, b), max(a, b)), *self.own_pairs]))
        self.refresh()
        return {"text": " ", "focus": "two"}

    @command
    def ask_first(self, a: Identifier, b: Identifier) -> Answer:
        """Begin a message that asks one of two contacts whether they want to meet the other."""
        start_message(self.workbook, a, "consent", other_id=b)
        return {"text": " "}

    @command
    def says(self, a: Identifier, b: Identifier, word: Says) -> None:
        """Store the answer of `a` to meeting `b`; '' removes it."""
        tie = rows(between_two(self.workbook.frames(), a, b), "a_id")
        if tie:
            side = "a" if tie[0]["a_id"] == a else "b"
            self.book.update("tie", tie[0]["id"], **{f"{side}_says": word})
        elif a != b:
            self.book.add("tie", a_id=a, b_id=b, a_says=word)

    @command
    def again(self, id: Identifier) -> None:
        """Clear the answers of two contacts, so that an introduction can be suggested again."""
        self.book.update("tie", id, a_says="", b_says="")

    @command
    def bring_together(self, a: Identifier, b: Identifier) -> Answer:
        """Begin the introduction of two contacts who have both agreed.

        Raises:
            ConsentMissingError: not both have agreed.
        """
        if not have_agreed(self.workbook.frames(), a, b):
            raise ConsentMissingError()
        start_message(self.workbook, a, "introduce", other_id=b)
        return {"text": " "}
