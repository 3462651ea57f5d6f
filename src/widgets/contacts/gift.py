"""A gift for a contact: what is known of them, an own idea, then examples; and its effect."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from enishi.book.tables import LINE
from enishi.coach.giving.effects import gifts_that_gladdened, gifts_to_ask_about
from enishi.coach.giving.gift_ideas import GLADDENED, gift_exclusion, suggest_gifts
from enishi.coach.giving.gift_ideas import GiftSuggestion as Idea
from enishi.coach.giving.give_check import QUESTIONS, check_give
from enishi.coach.giving.unsure_pair import find_unsure_pair
from enishi.coach.messages.gift_letters import WORKS, gift_letter_kind
from enishi.coach.relations.history import active_contacts, iter_rows
from enishi.coach.relations.suggestible import suggestible_mask
from enishi.coach.rules.stands import stand
from widgets.base.explanations import describe_gift, describe_reason, ideas
from widgets.base.json_rows import JsonRow, rows
from widgets.base.message_draft import start_gift_message
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, ShortText, command, query
from widgets.base.workbook import Workbook
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.fact_list import FACT_COLUMNS, FACT_LIST, fact_defaults, fact_texts, list_facts
from widgets.parts.first_move import FIRST_MOVE, describe_first_move
from widgets.parts.gift_effect import GIFT_EFFECT, effect_questions
from widgets.parts.person_picker import PERSON_PICKER
from widgets.parts.shared_hobbies import SHARED_HOBBIES, list_days
from widgets.parts.word_pair import WORD_PAIR, describe_pair

GIVE = ("what", "on", "state", "effect", "wanted", "easy", "no_strings", "well_done", "moved")
_GIVEN = 10
"""Most past gifts shown."""
_GLADDENED = 30
"""Most gifts with an effect shown."""
YesNo = Literal["yes", "no", ""]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=600)]


class Gift(Sheet):
    """Asks what a person would be glad of, plans a gift, and asks later what it did for them.

    Example:
        >>> Gift(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "gift"
    parts = (
        *(EXPLANATION, PERSON_PICKER, FACT_LIST, FIRST_MOVE, GIFT_EFFECT, SHARED_HOBBIES),
        WORD_PAIR,
    )
    writable = {"give": GIVE, "fact": FACT_COLUMNS}
    creatable = ("fact",)

    def __init__(self, workbook: Workbook) -> None:
        """Put the sheet on `workbook`; no contact is chosen beside those in focus."""
        self.chosen: list[str] = []
        super().__init__(workbook)

    def build_state(self) -> dict[str, Any]:
        """Return the people to think of, the gifts planned and given, and what they did."""
        workbook = self.workbook
        if asked := workbook.requests.pop(self.name, ""):
            self._choose(asked)
        frames = workbook.frames()
        people = active_contacts(frames)
        give = frames["give"]
        mine = give[(give["direction"] == "out") & give["contact_id"].isin(people.index)]
        return {
            "people": self._list_people(),
            "planned": self._list_planned(
                mine[mine["state"] == "planned"].sort_values("on", kind="stable")
            ),
            "given": self._list_gives(mine[mine["state"] == "done"].tail(_GIVEN)[::-1]),
            "asks": self._list_gives(gifts_to_ask_about(frames, workbook.today, workbook.settings)),
            "gladdened": self._list_gives(gifts_that_gladdened(frames).head(_GLADDENED)),
            "effects": effect_questions(workbook),
            "doubts": {name: self._describe_doubts(name) for name in QUESTIONS},
            "fact_texts": fact_texts(workbook),
        }

    def _list_people(self) -> list[JsonRow]:
        """Return the people in focus, then those chosen here, each with facts and examples."""
        workbook = self.workbook
        frames = workbook.frames()
        people = active_contacts(frames)
        near = people[people["focus"] | people.index.isin(self.chosen)]
        suggestible = set(near.index[suggestible_mask(near, frames)])
        focused = [id for id in near.index[near["focus"]] if id in suggestible]
        chosen = [id for id in self.chosen if id in near.index and id not in focused]
        shown = near.loc[[*focused, *chosen]]
        whom = stand(frames["setting"], "whom")
        excluded = {
            id: gift_exclusion(contact, workbook.settings, whom) for id, contact in iter_rows(shown)
        }
        return [
            row
            | {
                "excluded": excluded[row["id"]],
                "facts": list_facts(workbook, row["id"]),
                "days": list_days(workbook, row["id"]),
                "first_move": describe_first_move(workbook, row["id"]),
                "pair": describe_pair(self._find_pair(row["id"], excluded, suggestible)),
                "ideas": [
                    self._describe_gift(idea)
                    for idea in self._suggest_ideas(row["id"])
                    if row["id"] in suggestible
                ],
            }
            for row in rows(shown, "name", "own_idea")
        ]

    def _find_pair(
        self, id: str, excluded: dict[str, str], suggestible: set[str]
    ) -> tuple[str, str] | None:
        """Return two phrases to ask about; None for a contact to whom nothing is suggested."""
        if excluded[id] or id not in suggestible:
            return None
        return find_unsure_pair(self.workbook.frames(), id, self.workbook.settings)

    def _describe_doubts(self, name: str) -> list[JsonRow]:
        """Return what to consider if a question is answered with no."""
        answers = dict.fromkeys(QUESTIONS, "") | {name: "no"}
        return describe_reasons(self.workbook, check_give(answers, self.workbook.settings))

    def _suggest_ideas(self, id: str) -> list[Idea]:
        """Return the coach's gift suggestions for a contact, without the person's own idea."""
        frames = self.workbook.frames()
        found = suggest_gifts(id, frames, ideas(), settings=self.workbook.settings)
        return [idea for idea in found if idea.reason.rule != "gift_own"]

    def _describe_gift(self, idea: Idea) -> JsonRow:
        workbook = self.workbook
        return {
            "what": describe_gift(idea, workbook.language),
            "way": idea.way,
            "size": idea.size,
            "minutes": idea.minutes if idea.size else None,
            "strength_id": idea.strength_id,
            "match": idea.source_id,
            "why": describe_reason(workbook, idea.reason)["why"],
            "reason": self._explain_effect(idea),
        }

    def _explain_effect(self, idea: Idea) -> JsonRow | None:
        """Return the rule by which an earlier effect leads, as an explanation; None for others."""
        if idea.reason.rule not in GLADDENED:
            return None
        return describe_reasons(self.workbook, [idea.reason])[0]

    def _list_planned(self, give: Any) -> list[JsonRow]:
        """Return planned gifts, each with the fact it answers and whether a letter goes with it."""
        frames = self.workbook.frames()
        words, kinds = frames["fact"]["words"], frames["fact"]["kind"]
        planned = self._list_gives(give)
        for row, fact_id, size in zip(planned, give["fact_id"], give["size"], strict=True):
            row["fact"] = words.get(fact_id, "")
            row["large"] = size == "large"
            row["work"] = kinds.get(fact_id, "") in WORKS
            row["letter"] = gift_letter_kind(frames, row["id"]) != ""
        return planned

    def _list_gives(self, give: Any) -> list[JsonRow]:
        workbook = self.workbook
        names = workbook.frames()["contact"]["name"]
        said = [workbook.short_date(day.date()) if day == day else "" for day in give["on"]]
        return [
            row | {"name": names[row["contact_id"]], "day": day}
            for row, day in zip(rows(give, "version", "contact_id", *GIVE), said, strict=True)
        ]

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a fact."""
        return fact_defaults(self.workbook)

    # -- what the person can do ------------------------------------------------------------------

    @query
    def choose(self, id: Identifier) -> Answer:
        """Show a contact beside the people in focus."""
        self._choose(id)
        self.refresh()
        return {"text": " ", "focus": f"facts-{id}"}

    def _choose(self, id: str) -> None:
        """Put a contact last among those chosen."""
        self.chosen = [*(other for other in self.chosen if other != id), id]

    @command
    def plan(
        self,
        contact_id: Identifier,
        what: ShortText,
        on: ShortText = "",
        way: ShortText = "",
        size: ShortText = "",
        minutes: Minutes | None = None,
        strength_id: ShortText = "",
    ) -> Answer:
        """Plan a gift: the person's own idea, or an example they chose."""
        id = self.book.add(
            "give",
            contact_id=contact_id,
            what=what.strip(),
            on=on,
            way=way,
            size=size,
            minutes=minutes,
            strength_id=strength_id or None,
        )
        return {"focus": f"{id}.what", "text": self.say("planned_now")}

    @command
    def plan_earlier(self, contact_id: Identifier) -> Answer:
        """Plan the idea that an earlier version kept on the contact.

        The contact keeps the text if a gift has no room for all of it.
        """
        text = self.book.row("contact", contact_id)["own_idea"]
        whole = " ".join(text.split())
        with self.book.batch("write") as batch:
            if len(whole) <= LINE:
                batch.update("contact", contact_id, own_idea="")
            else:
                whole = whole[: LINE - 1] + "…"
            id = batch.add("give", contact_id=contact_id, what=whole)
        return {"focus": f"{id}.what", "text": self.say("planned_now")}

    @command
    def leave_earlier(self, contact_id: Identifier) -> Answer:
        """Let go of the idea that an earlier version kept on the contact."""
        self.book.update("contact", contact_id, own_idea="")
        return {"focus": f"own-{contact_id}"}

    @command
    def refuse_match(self, contact_id: Identifier, match: Identifier) -> Answer:
        """Match an offer or a strength with a contact never again.

        Raises:
            ForbiddenError: it is not proposed for them.
        """
        ideas = {person["id"]: person["ideas"] for person in self.state["people"]}
        if match not in {idea["match"] for idea in ideas.get(contact_id, ())}:
            raise ForbiddenError()
        today = self.workbook.today.isoformat()
        refusal = {"question": "match", "about": match, "contact_id": contact_id}
        self.book.add("answer", **refusal, chosen="no", on=today)
        name = self.workbook.address_contact(contact_id)
        return {"text": self.say("match_refused", name=name)}

    @command
    def hand_over(self, id: Identifier, version: int) -> Answer:
        """Enter that a gift was given today."""
        today = self.workbook.today.isoformat()
        return {"version": self.book.update("give", id, version, state="done", on=today)}

    @command
    def letter(self, id: Identifier) -> Answer:
        """Begin the message that goes with a planned gift."""
        start_gift_message(self.workbook, id)
        return {"text": " "}
