"""A gift for each person in focus: own ideas first, then suggestions, given without strings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from enishi.coach.giving.gift_ideas import GiftSuggestion as Idea
from enishi.coach.giving.gift_ideas import suggest_gifts
from enishi.coach.giving.give_check import QUESTIONS, check_give
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import active_contacts
from enishi.coach.relations.suggestible import suggestible_contacts
from widgets.base.explanations import describe_idea, describe_reason, ideas
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, Identifier, Sheet, ShortText, command
from widgets.parts.explanation import EXPLANATION, describe_reasons

_PERSON = ("own_idea", "they_gain", "i_gain", "hope", "channel")
"""The columns of a contact that this sheet writes."""
FACT = ("contact_id", "kind", "words", "source")
GIVE = ("what", "on", "state", "effect", "wanted", "easy", "no_strings")
GIVEN = 10
"""Most past gifts shown."""
YesNo = Literal["yes", "no"]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=600)]


class Gift(Sheet):
    """Asks what would please each person in focus, and plans one small gift.

    Example:
        >>> Gift(open_workbook("04-contacts"))     # doctest: +SKIP
    """

    name = "gift"
    parts = (EXPLANATION,)
    writable = {"contact": _PERSON, "give": GIVE, "fact": FACT}
    creatable = ("fact",)

    def build_state(self) -> dict[str, Any]:
        """Return the people in focus, each with small gifts, and the gifts planned and given."""
        workbook = self.workbook
        frames = workbook.frames()
        people = active_contacts(frames)
        focused = suggestible_contacts(frames)
        focused = focused[focused["focus"]]
        give = frames["give"]
        mine = give[(give["direction"] == "out") & give["contact_id"].isin(people.index)]
        planned = mine[mine["state"] == "planned"]
        given = mine[mine["state"] == "done"].tail(GIVEN)[::-1]
        distant = set(focused.index[focused["comfort"] < workbook.settings.comfort_least])
        return {
            "people": [
                row
                | {
                    "distant": row["id"] in distant,
                    "facts": rows(facts_about(frames, row["id"]), "version", *FACT),
                    "ideas": [self._describe_gift(idea) for idea in self._suggest_ideas(row["id"])],
                }
                for row in rows(focused, "version", "name", *_PERSON)
            ],
            "planned": self._list_gives(planned),
            "given": self._list_gives(given),
            "doubts": {name: self._describe_doubts(name) for name in QUESTIONS},
            "today": workbook.today.isoformat(),
            "channels": workbook.texts["screens"]["people"]["channels"],
        }

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
            "what": idea.what or describe_idea(idea.key, workbook.language),
            "way": idea.way,
            "size": idea.size,
            "minutes": idea.minutes,
            "strength_id": idea.strength_id,
            "why": describe_reason(workbook, idea.reason)["why"],
        }

    def _list_gives(self, give: Any) -> list[JsonRow]:
        workbook = self.workbook
        names = workbook.frames()["contact"]["name"]
        said = [workbook.short_date(day.date()) if day == day else "" for day in give["on"]]
        return [
            row | {"name": names[row["contact_id"]], "day": day}
            for row, day in zip(rows(give, "version", "contact_id", *GIVE), said, strict=True)
        ]

    @command
    def plan(
        self,
        contact_id: Identifier,
        what: ShortText,
        wanted: YesNo,
        easy: YesNo,
        no_strings: YesNo,
        on: ShortText = "",
        way: ShortText = "",
        size: ShortText = "",
        minutes: Minutes | None = None,
        strength_id: ShortText = "",
    ) -> Answer:
        """Plan a gift, with the answers to the three questions."""
        id = self.book.add(
            "give",
            contact_id=contact_id,
            what=what,
            wanted=wanted,
            easy=easy,
            no_strings=no_strings,
            on=on,
            way=way,
            size=size,
            minutes=minutes,
            strength_id=strength_id or None,
        )
        return {"focus": id}
