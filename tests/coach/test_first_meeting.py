import pytest

from enishi.coach.relations.first_meeting import first_weight, text_kind


def test_the_first_word_presses_most_within_a_day() -> None:
    hours = [0, 24, 48, 168, 720, 721]

    assert first_weight(hours) == pytest.approx([1, 1, 0.8, 0.5, 0.2, 0])


def kind(days: int, thanked: bool = False, reaches: int = 0) -> str:
    return str(text_kind([days * 24], [thanked], [reaches])[0])


def test_after_a_meeting_come_thanks_then_a_second_touch_then_news() -> None:
    assert kind(1) == "thanks"
    assert kind(3, thanked=True, reaches=1) == ""
    assert kind(9, thanked=True, reaches=1) == "second"
    assert kind(40) == "news"


def test_after_two_tries_the_tie_may_rest() -> None:
    assert kind(10, thanked=True, reaches=2) == ""
