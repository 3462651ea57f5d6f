"""Questions asked some days after something was written, and what their answers change later.

Each test begins with an empty book, acts as the page does, lets time pass, answers the question of
my week, and reads another sheet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from days import pass_days
from enishi import clock
from enishi.coach.asking.queue import open_questions
from enishi.i18n import LANGUAGES
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.goal.wish import Wish
from widgets.parts.asked_later import describe_question
from widgets.week.my_week import MyWeek
from widgets.week.review import Review

pytest_plugins = ["sheet_fixtures"]

PAGE = "05-week"
pytestmark = pytest.mark.usefixtures("present_day")


def day(ahead: int = 0) -> str:
    """Return a day from the person's today on."""
    return (clock.today() + timedelta(days=ahead)).isoformat()


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> None:
    """Write on a row as its fields do."""
    message = {"table": table, "id": row["id"], "version": row["version"], "values": values}
    assert ask(sheet, "write", **message)["ok"]


def asked(open_in: Open, code: str) -> list[str]:
    """Return the questions of a code that are open today, in English."""
    workbook = MyWeek(open_in(PAGE, "en")).workbook
    found = open_questions(workbook.frames(), workbook.today, workbook.settings)
    return [describe_question(workbook, each)["ask"] for each in found if each.code == code]


def tell(open_in: Open, code: str, *facts: str, language: str = "ja", **answer: Any) -> None:
    """Answer the one open question of a code in my week; its text quotes some facts."""
    week = MyWeek(open_in(PAGE, language))
    frames, today = week.workbook.frames(), week.workbook.today
    (question,) = [each for each in open_questions(frames, today) if each.code == code]
    said = describe_question(week.workbook, question)
    assert all(fact in said["ask"] for fact in facts) and "{" not in said["ask"]
    message = {"code": code, "about": question.about} | answer
    assert ask(week, "answer_question", **message)["ok"]


# -- the phase of the goal -------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_day_i_set_my_week_asks_whether_the_phase_holds_and_still_moves_it_on(
    open_in: Open, language: str
) -> None:
    wish = Wish(open_in("02-goal", language))
    write(wish, "goal", wish.state["goal"], wish="木工の店をひらく")
    review = Review(open_in(PAGE, language))
    write(review, "goal", review.state["month"]["goal"], phase="deepen")
    write(review, "review", review.state["month"]["look_again"], look_again_on=day(20))
    pass_days(19)
    assert MyWeek(open_in(PAGE, language)).state["asked"] is None
    pass_days(20)
    assert MyWeek(open_in(PAGE, language)).state["asked"]["code"] == "phase"
    phase = {"ja": "少しの人と深く", "en": "Deepen"}[language]
    tell(open_in, "phase", phase, language=language, chosen="still")
    moved = Review(open_in(PAGE, language)).state["month"]["look_again"]
    assert moved["look_again_on"] == day(91)
    pass_days(20 + 90)
    assert asked(open_in, "phase") == []
    pass_days(20 + 91)
    tell(open_in, "phase", phase, language=language, chosen="change")
    month = Review(open_in(PAGE, language)).state["month"]
    assert month["due"] and month["other_phase"]  # the month opens with the choice
    pass_days(20 + 93)
    review = Review(open_in(PAGE, language))
    write(review, "review", review.state["month"]["look_again"], look_again_on=day(30))
    assert not review.state["month"]["other_phase"]
