from datetime import date

import pytest

from enishi.coach.goal.goal_check import is_goal_asked
from frames import Row, frames

TODAY = date(2026, 11, 20)
GOAL = [{"id": "g", "wish": "頼まれる制作者になる"}]


def test_a_goal_nobody_was_asked_about_is_asked_about() -> None:
    assert is_goal_asked(frames(goal=GOAL), TODAY)


@pytest.mark.parametrize("goal", [[], [{"wish": " "}], [{"wish": "済んだ願い", "closed": True}]])
def test_without_an_open_goal_there_is_nothing_to_ask(goal: list[Row]) -> None:
    assert not is_goal_asked(frames(goal=goal), TODAY)


@pytest.mark.parametrize(("on", "asked"), [("2026-10-24", False), ("2026-10-23", True)])
def test_the_question_comes_back_after_four_weeks(on: str, asked: bool) -> None:
    review = [{"kind": "month", "on": on, "still_mine": "yes"}]
    assert is_goal_asked(frames(goal=GOAL, review=review), TODAY) is asked
