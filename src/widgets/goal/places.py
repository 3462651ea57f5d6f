"""Places where such people gather: next dates, whom to meet there, and what to do on arriving."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.coach.goal.departments import find_acquaintances
from enishi.coach.goal.place_answers import discovery_at, is_new_enough, kinds_enough, whom_at
from enishi.coach.goal.places import places
from enishi.coach.goal.plan_moments import PlanMoment
from enishi.coach.language.line_list import read_entries
from enishi.coach.rules.reason import reason_for
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, LinkedChange, LongText, Sheet, command
from widgets.base.workbook import Workbook
from widgets.parts.explanation import EXPLANATION, describe_note_caution, describe_reasons
from widgets.parts.if_then import IF_THEN, describe_plan, if_then_texts, moments_by_plan
from widgets.parts.person_picker import PERSON_PICKER, contact_names
from widgets.parts.plan_answer import PLAN_ANSWER
from widgets.parts.solicitation import (
    SOLICITATION,
    describe_caution,
    describe_sign_question,
    sign_texts,
)

_COLUMNS = (
    *("name", "next_on", "rhythm", "role_id"),
    *("entrance_id", "kind", "signs", "unknown_organiser", "unknown", "note"),
)


COMPANY = "company"
"""The kind of a place that is a part of one's company."""


class Places(Sheet):
    """Asks where such people gather, and what to do on arriving there.

    Example:
        >>> Places(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "places"
    parts = (EXPLANATION, PERSON_PICKER, PLAN_ANSWER, IF_THEN, SOLICITATION)
    writable = {"place": _COLUMNS, "plan": ("cue", "act")}
    creatable = ("place",)

    def __init__(self, workbook: Workbook) -> None:
        """Put the sheet on `workbook`; no place has a card yet."""
        self.cards: set[str] = set()
        super().__init__(workbook)

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the link of a new row to the open goal, and that of a plan to its place."""
        if table == "plan":
            at = {plan["id"]: plan["place_id"] for row in self._shown() for plan in row["plans"]}
            return self.workbook.goal_link() | {"place_id": at.get(id)}
        return dict(self.workbook.goal_link())

    def _shown(self) -> list[JsonRow]:
        """Return the places as the page shows them."""
        shown: list[JsonRow] = self.state["places"]
        return shown

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Begin a plan with the arrival, unless a cue is written."""
        if table == "plan" and values.get("act") and "cue" not in values:
            plans = {plan["id"]: plan for row in self._shown() for plan in row["plans"]}
            if id in plans and not plans[id]["cue"]:
                values["cue"] = self.say("arriving")
        return []

    def build_state(self) -> dict[str, Any]:
        """Return the places, the most promising first, and the texts of the warning signs."""
        workbook = self.workbook
        goal, moments = workbook.goal(), moments_by_plan(workbook)
        frames, today, settings = workbook.frames(), workbook.today, workbook.settings
        found = rows(places(frames, today, settings))
        shown = [row for row in found if row["goal_id"] in ("", goal["id"])]
        kinds = {row["kind"] for row in shown if row["name"]}
        listed = [row for row in shown if row["id"] not in self.cards and self.is_listed(row)]
        ids = {row["id"] for row in listed}
        shown = [row for row in shown if row["id"] not in ids]
        self.cards |= {row["id"] for row in shown}
        return {
            "start": goal["start"],
            "wish": bool(goal["wish"].strip()),
            "places": [self.describe_place(row, moments) for row in self.sort_places(shown)],
            "roles": workbook.role_choices(),
            "untried": self.list_untried(kinds),
            **self.describe_departments(listed),
            "names": contact_names(workbook, (row["entrance_id"] for row in shown)),
            "signs": sign_texts(workbook),
        } | if_then_texts(workbook)

    def list_untried(self, kinds: set[str]) -> list[str]:
        """Return the kinds of place of which none is written, but those of which once was enough.

        None where no place is written yet, or where something new was enough for this season.
        """
        workbook = self.workbook
        frames, today, settings = workbook.frames(), workbook.today, workbook.settings
        if not kinds or is_new_enough(frames, today, settings):
            return []
        known = kinds | kinds_enough(frames, today, settings)
        return [kind for kind in self.words["kinds"] if kind not in known]

    def describe_answers(self, row: JsonRow) -> JsonRow:
        """Return what was answered after visits: a discovery, somebody there, why it comes last."""
        workbook, frames = self.workbook, self.workbook.frames()
        said = {
            "discovered": discovery_at(frames, row["id"]),
            "whom_there": whom_at(frames, row["id"]),
        }
        last = describe_reasons(workbook, [reason_for("event_takers")] if row["takers"] else [])
        return {
            "lines": [self.say(key, words=words) for key, words in said.items() if words],
            "last": last[0] if last else None,
        }

    def is_listed(self, row: JsonRow) -> bool:
        """Return whether a place is a part of one's company of which only the name is written."""
        written = (
            *("coming_on", "next_on", "rhythm", "role_id", "entrance_id"),
            *("note", "signs", "unknown", "unknown_organiser"),
        )
        plans = (plan["place_id"] for plan in self.workbook.rows("plan"))
        is_bare = not any(row[column] for column in written) and row["id"] not in plans
        return is_bare and row["kind"] == COMPANY and bool(row["name"].strip())

    def describe_departments(self, listed: list[JsonRow]) -> JsonRow:
        """Return the parts of the company where one knows nobody, and those where one does."""
        workbook = self.workbook
        names = [row["name"] for row in listed]
        known: dict[str, str] = workbook.cached(
            "departments", lambda: find_acquaintances(workbook.frames(), names), names
        )
        return {
            "departments": [
                {name: row[name] for name in ("id", "version", "name", "next_on")}
                for row in listed
                if row["name"] not in known
            ],
            "known_departments": [
                {"id": row["id"], "name": row["name"], "who": workbook.address_contact(who)}
                for row in listed
                if (who := known.get(row["name"]))
            ],
        }

    @command
    def list_departments(self, text: LongText) -> Answer:
        """Write down each line of `text` as a part of one's company, unless it is there already."""
        known = [row["name"] for row in self.workbook.of_goal("place") if row["kind"] == COMPANY]
        named = read_entries(text, known)
        with self.book.batch("add") as batch:
            company = {"kind": COMPANY, **self.workbook.goal_link()}
            batch.add_many("place", [{"name": name, **company} for name in named])
        return {"text": self.say("departments_listed" if named else "departments_known")}

    def sort_places(self, shown: list[JsonRow]) -> list[JsonRow]:
        """Return the places in the order this page began with, new ones last.

        A row the person has just written keeps its place in the list.
        """
        order = self.workbook.requests.setdefault(
            "places", " ".join(row["id"] for row in shown)
        ).split()
        at = {id: place for place, id in enumerate(order)}
        return sorted(shown, key=lambda row: (at.get(row["id"], len(at)), row["id"]))

    def describe_place(self, row: JsonRow, moments: dict[str, PlanMoment]) -> JsonRow:
        """Add the text for the next date, the warning signs, and the plans for arriving."""
        workbook = self.workbook
        next_on = row["coming_on"] or row["next_on"]
        near = workbook.relative_date(date.fromisoformat(next_on) if next_on else None)
        plans = [plan for plan in workbook.of_goal("plan") if plan["place_id"] == row["id"]]
        fresh = workbook.unsaved_row("plan", f"plan-{row['id']}") | {"place_id": row["id"]}
        described = [
            describe_plan(workbook, plan, moments.get(plan["id"])) for plan in plans or [fresh]
        ]
        asks = describe_sign_question(workbook, "place", row["id"])
        touched = describe_note_caution(workbook, row["note"])
        texts = {"near": near, "plans": described, "asks": asks, "note_caution": touched}
        return row | describe_caution(workbook, row) | self.describe_answers(row) | texts
