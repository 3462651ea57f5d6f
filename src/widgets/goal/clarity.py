"""The goal so far: whom to meet, in one sentence, and what to write next."""

from __future__ import annotations

from typing import Any

from enishi.coach.goal.clarity import clarity
from enishi.coach.goal.goal_sentence import SentencePart, goal_sentence
from enishi.i18n import texts
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet
from widgets.parts.person_picker import PERSON_PICKER, contact_names


class Clarity(Sheet):
    """Shows the goal sentence, how complete it is, and where to write the rest.

    Example:
        >>> Clarity(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "clarity"
    parts = (PERSON_PICKER,)

    def build_state(self) -> dict[str, Any]:
        """Return the seven parts of the sentence, the points, the advice and the missing pieces."""
        goal, frames, today = self.workbook.goal(), self.workbook.frames(), self.workbook.today
        written = frames["role"], frames["place"], frames["plan"]
        names = contact_names(self.workbook, filter(None, frames["place"]["entrance_id"]))
        clear = clarity(goal, *written, today, self.workbook.settings)
        said = texts("coach", self.workbook.language)["clarity"]
        mends = self.words["mends"]
        return {
            "parts": [
                self.describe_part(part) for part in goal_sentence(goal, *written, names, today)
            ],
            "points": clear.points,
            "advice": said["advice"][clear.advice],
            "go_out": clear.advice == "go_out",
            "missing": [
                {"name": name, "text": said["missing"][name], "screen": mends[name]}
                for name in clear.missing
            ],
        }

    def describe_part(self, part: SentencePart) -> JsonRow:
        """Return a part of the sentence as the page fills it in."""
        on = self.workbook.short_date(part.day)
        text, act = (*part.texts, "", "")[:2]
        if part.name == "entrance":
            text = with_honorific(text, self.workbook.language)
        return {"name": part.name, "screen": part.screen, "text": text, "act": act, "on": on}
