"""My circle: where people stand in the person's word, whom to draw nearer, who knows whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from enishi.choices import CLOSENESS
from enishi.coach.language.quick_entry import step_values
from enishi.coach.network.checkup import CheckupNote, Dormant, check_up, suggest_dormant
from enishi.coach.network.introductions import Pair, suggest_pairs
from enishi.coach.network.worlds import worlds_nearby
from enishi.coach.relations.history import iter_rows, names_by_id, said_closeness
from enishi.coach.relations.mutual import mutual_ids
from enishi.coach.relations.nearness import NEAR_WORDS, near_since
from enishi.coach.relations.passes import empty_seats
from enishi.coach.relations.steps import NEARER, open_steps, steps_with
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.reason import Reason
from enishi.i18n import format_list, format_text
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    LinkedChange,
    Sheet,
    ShortText,
    command,
    query,
)
from widgets.base.workbook import Workbook
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.person_picker import PERSON_PICKER, contact_names
from widgets.parts.picture import PICTURE, picture_words
from widgets.parts.quick_line import SPOKEN_DAY

LEADS = {
    "net_role_missing": ("02-goal", "places"),
    "net_alike": ("02-goal", "places"),
    "net_one_circle": ("04-contacts", "people"),
    "net_unknown": ("04-contacts", "introductions"),
}
"""The sheet a note leads to, by rule, for notes about no particular contact."""
NOTES = 6
"""Most notes at once."""
_ROW_PEOPLE = 100
"""Most people who are shown as equally close."""


@dataclass(frozen=True)
class Offer:
    """A next step that the sheet offers: the contact and the text."""

    contact_id: str
    words: str


class Circle(Sheet):
    """Asks who is near just now, and offers to draw one nearer or to introduce two.

    Behind folds it draws who knows whom, and names somebody not seen for long.

    Example:
        >>> Circle(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "circle"
    parts = (PERSON_PICKER, EXPLANATION, PICTURE, SPOKEN_DAY)

    writable = {"contact": ("closeness", "closeness_word"), "goal": ("curious",)}

    favourite = ""

    def __init__(self, workbook: Workbook) -> None:
        """Put the sheet on `workbook`; nobody is thought of yet."""
        self.thought_of: list[str] = []
        super().__init__(workbook)

    # -- what the sheet shows ------------------------------------------------------------------

    def build_state(self) -> dict[str, Any]:
        """Return who stands where, the picture with its notes, and whom to revive or introduce."""
        workbook = self.workbook
        self.offers: dict[str, Offer] = {}
        notes, pairs = workbook.cached("circle", self._find_observations)
        return {
            "rows": self._list_rows(),
            "unplaced": self._list_unplaced(),
            "closeness": workbook.texts_of("coach")["closeness"],
            "seats": self._describe_seats(),
            "goal": workbook.goal(),
            "worlds": self._list_worlds(),
            "pictures": picture_words(workbook, "bullseye"),
            "notes": [self._describe_note(note.reason, note.people) for note in notes[:NOTES]],
            "dormant": self._describe_dormant(),
            "pairs": [
                self._with_act(
                    pair.reason, self._offer_step("two_to_introduce", pair.a, other=pair.b)
                )
                for pair in pairs
            ],
            "names": contact_names(workbook, [self.favourite] if self.favourite else []),
        }

    def _list_rows(self) -> list[JsonRow]:
        """Return the people by how close the person says they are, the nearest row first."""
        people = suggestible_contacts(self.workbook.frames())
        people = people[~people["closed"]]
        words = self.workbook.texts_of("coach")["closeness"]
        said = said_closeness(people)
        return [
            {
                "closeness": key,
                "label": words[key],
                "people": self._describe_people(people[said == number].head(_ROW_PEOPLE)),
                "more": max(0, int((said == number).sum()) - _ROW_PEOPLE),
            }
            for number, key in reversed(list(enumerate(words, start=1)))
        ]

    def _list_unplaced(self) -> list[JsonRow]:
        """Return the people in focus or just thought of of whom it is not said how close they are.

        Those thought of come first.
        """
        people = suggestible_contacts(self.workbook.frames())
        open_ = people[said_closeness(people) == 0]
        named = [id for id in self.thought_of if id in open_.index]
        focused = open_.index[open_["focus"] & ~open_["closed"]]
        return self._describe_people(open_.loc[list(dict.fromkeys([*named, *focused]))])

    def _describe_people(self, people: pd.DataFrame) -> list[JsonRow]:
        """Return people with the person's own word for each, and the step that waits, if any.

        Those who are near have a ring: open for the person's word alone, closed for both.
        """
        workbook = self.workbook
        frames = workbook.frames()
        found = rows(people, "version", "name", "closeness", "closeness_word")
        mutual = mutual_ids(frames)
        steps = open_steps(frames).drop_duplicates("contact_id").set_index("contact_id")["words"]
        for row in found:
            row["ring"] = ""
            if row["closeness"] in NEAR_WORDS:
                row["ring"] = "closed" if row["id"] in mutual else "open"
            row["card"] = workbook.address("04-contacts", "people", row["id"])
            row["step"] = steps.get(row["id"], "")
        return found

    def _describe_seats(self) -> str:
        """Return which kinds of what passes between two nobody is noted for; '' for none."""
        kinds = empty_seats(self.workbook.frames())
        names = [self.words["seats"][kind] for kind in kinds]
        said = format_list(names, self.workbook.language)
        return self.say("seats_empty", kinds=said) if kinds else ""

    def _list_worlds(self) -> list[list[str]]:
        """Return the circles of those near as choices: value, text, who moves in it."""
        workbook = self.workbook
        found: dict[str, tuple[str, ...]] = workbook.cached(
            "worlds", lambda: worlds_nearby(workbook.frames(), workbook.today, workbook.settings)
        )
        picked = str(workbook.goal()["curious"])
        worlds = found if not picked or picked in found else {picked: (), **found}
        return [
            [world, world, format_list(map(workbook.address_contact, ids), workbook.language)]
            for world, ids in worlds.items()
        ]

    def _find_observations(self) -> tuple[list[CheckupNote], tuple[Pair, ...]]:
        """Return the notes, and the pairs to introduce."""
        workbook = self.workbook
        known = workbook.frames(), workbook.today, workbook.settings
        notes = [note for note in check_up(*known) if note.reason.rule != "net_dormant"]
        return notes, suggest_pairs(*known)

    def _describe_note(self, reason: Reason, people: tuple[str, ...]) -> JsonRow:
        """Return a note and its one act."""
        if reason.rule in LEADS or not people:
            href = self.workbook.address(*LEADS.get(reason.rule, ("04-contacts", "people")))
            leads = self.words["leads"]
            return self._with_act(
                reason, {"href": href, "label": leads.get(reason.rule, leads["any"])}
            )
        # of several circles the last is the smallest, and its tie fades first
        return self._with_act(reason, self._offer_step(reason.rule, people[-1]))

    def _describe_dormant(self) -> JsonRow | None:
        """Return a dormant tie to revive, with the reason to prefer it to the favourite."""
        workbook = self.workbook
        known = workbook.frames(), workbook.today, workbook.settings
        found: Dormant | None = workbook.cached(
            f"dormant {self.favourite}", lambda: suggest_dormant(*known, self.favourite)
        )
        if found is None or not workbook.settings.is_enabled(found.reason.rule):
            return None
        return self._with_act(found.reason, self._offer_step("net_dormant", found.pick)) | {
            "chosen": self.favourite,
            "awake": bool(self.favourite) and found.favourite != self.favourite,
        }

    def _with_act(self, reason: Reason, act: JsonRow) -> JsonRow:
        return describe_reasons(self.workbook, [reason])[0] | {"does": act}

    def _offer_step(self, rule: str, id: str, other: str = "") -> JsonRow:
        """Return the act: take a next step with a contact, or open the contact that has one."""
        frames = self.workbook.frames()
        who = names_by_id(frames["contact"].loc[[id] + [other] * bool(other)])
        facts = {
            "name": with_honorific(who[id], self.workbook.language),
            "other": with_honorific(who[other], self.workbook.language) if other else "",
        }
        for words in steps_with(frames, id)["words"].head(1):
            label = self.say("has_step", words=words, **facts)
            return {"open": id, "label": label}
        key = f"{rule}.{id}"
        self.offers[key] = Offer(id, format_text(self.words["steps"][rule], facts))
        label = self.say("take", words=self.offers[key].words, **facts)
        return {"take": key, "label": label}

    # -- what the person can do ----------------------------------------------------------------

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Write the day on which a contact is first called near."""
        contact = self.workbook.frames()["contact"]
        if table != "contact" or id not in contact.index:
            return []
        since = near_since(contact.loc[id], values, self.workbook.today)
        return [("contact", id, since)] if since else []

    @command
    def move(self, id: Identifier, closeness: ShortText) -> Answer:
        """Store where the person moved somebody in the picture; '' is no longer said.

        Raises:
            ForbiddenError: the picture does not show this contact.
        """
        people = suggestible_contacts(self.workbook.frames())
        if id not in people.index or closeness not in ("", *CLOSENESS):
            raise ForbiddenError()
        ((_, person),) = iter_rows(people.loc[[id]])
        since = near_since(person, {"closeness": closeness}, self.workbook.today)
        self.book.update("contact", id, **{"closeness": closeness} | since)
        return {"text": self.say("moved", name=self.workbook.address_contact(id))}

    @command
    def take(self, key: ShortText) -> Answer:
        """Store an offered step as the contact's next step; the list of today shows it.

        Raises:
            ForbiddenError: the sheet does not offer this step.
        """
        if key not in self.offers:
            raise ForbiddenError()
        offer = self.offers[key]
        self.book.add("step", contact_id=offer.contact_id, words=offer.words)
        return {"text": self.words["taken"]}

    @query
    def think_of(self, id: Identifier) -> Answer:
        """Ask where one more contact stands."""
        self.thought_of = [id, *(other for other in self.thought_of if other != id)]
        self.refresh()
        return {"text": " ", "focus": f"place-{id}"}

    @command
    def draw_nearer(self, id: Identifier, words: ShortText, on: ShortText = "") -> Answer:
        """Store what the person would like to do with a contact, as a step in their own words."""
        if id not in suggestible_contacts(self.workbook.frames()).index or not words.strip():
            raise ForbiddenError()
        step = self.workbook.unsaved_row("step", f"{NEARER}{id}")["id"]
        values = step_values(words, self.workbook.today, on)
        self.book.upsert("step", step, 0, {"contact_id": id}, **values)
        return {"text": self.words["taken"]}

    @query
    def favour(self, id: ShortText) -> Answer:
        """Set the favourite: the dormant contact who comes to mind first."""
        self.favourite = id
        self.refresh()
        return {"text": " "}

    @command
    def visit(self, id: Identifier) -> Answer:
        """Open a contact's card on the sheet `people`."""
        self.workbook.requests["people"] = id
        return {"text": " "}
