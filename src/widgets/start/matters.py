"""What matters to the person: why, what they know of themselves, and where they stand."""

from __future__ import annotations

from calendar import FRIDAY
from datetime import timedelta
from typing import Annotated, Any

import msgspec

from enishi.book.tables import LINE
from enishi.coach.goal.open_goals import open_goal
from enishi.coach.relations.book_steps import PREFIX, kept_of_book
from enishi.coach.rules.stands import STANDS
from enishi.coach.today.first_minutes import OWN_REASON
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, command
from widgets.parts.stand import OWN_WORDS, STAND, describe_stands
from widgets.parts.wrong_ways import WRONG_WAY, describe_self_check

StepWords = Annotated[str, msgspec.Meta(max_length=LINE, pattern=r"\S")]


class Matters(Sheet):
    """Asks why, and three things about oneself; folded below, where the two articles disagree.

    Example:
        >>> Matters(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "matters"
    parts = (STAND, WRONG_WAY)
    settings = (OWN_REASON, *OWN_WORDS)

    def build_state(self) -> dict[str, Any]:
        """Return the reason, the self-check, the stands, and what the two writers have to tell."""
        workbook = self.workbook
        words = workbook.texts_of("stands")
        return {
            "why": workbook.setting_row(OWN_REASON),
            "self_check": describe_self_check(workbook),
            "stands": describe_stands(workbook, *STANDS),
            "depth": self.describe_depth(),
            "stories": words["stories"],
            "help": self.find_help(),
            "books": words["books"],
            "kept": {
                name: [kept._asdict() for kept in kept_of_book(workbook.frames(), name)]
                for name in words["books"]["each"]
            },
            "week": workbook.address("05-week", "my_week"),
            "word_at": workbook.address("07-settings", "word"),
        }

    def describe_depth(self) -> JsonRow:
        """Return the question whose stand is the phase of the goal, and the phase of now."""
        workbook = self.workbook
        asked: JsonRow = workbook.texts_of("stands")["questions"]["depth"]
        goal = open_goal(workbook.frames())
        names = workbook.texts_of("coach")["phases"]
        phase = "" if goal is None else names.get(goal["phase"], "")
        now = format_text(asked["now"], {"phase": phase}) if phase else asked["none"]
        where = ("05-week", "review") if phase else ("02-goal", "wish")
        return asked | {"phase": phase, "now": now, "at": workbook.address(*where)}

    def find_help(self) -> str:
        """Return where to ask for help, by the person's country; '' where that is not known."""
        known = self.workbook.texts_of("coach")["signs"]["help"]
        return str(known.get(self.workbook.settings.country, ""))

    @command
    def put_in_week(self, book: Identifier, words: StepWords) -> Answer:
        """Put one act from a book in the person's week, in their words, for the next Friday.

        Raises:
            ForbiddenError: there is no such book.
        """
        workbook = self.workbook
        said = workbook.texts_of("stands")["books"]
        if book not in said["each"]:
            raise ForbiddenError()
        today = workbook.today
        friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7 or 7)
        id = workbook.unsaved_row("step", f"{PREFIX}{book}")["id"]
        self.book.upsert("step", id, 0, {}, words=words.strip(), on=friday.isoformat())
        return {"text": format_text(said["added"], {"day": workbook.short_date(friday)})}
