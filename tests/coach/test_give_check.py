from enishi.coach.giving.give_check import check_give
from enishi.coach.rules.settings import Settings
from frames import frame


def doubts(**answers: str) -> list[str]:
    row = frame("give", answers).iloc[0]
    return [reason.rule for reason in check_give(row)]


def test_a_give_that_is_wanted_easy_and_free_raises_no_doubt() -> None:
    assert doubts(wanted="yes", easy="yes", no_strings="yes") == []


def test_a_question_not_answered_yet_raises_no_doubt() -> None:
    assert doubts() == []


def test_each_no_is_thought_over_once() -> None:
    assert doubts(wanted="no", easy="no", no_strings="no") == [
        "give_wanted",
        "give_easy",
        "give_strings",
    ]


def test_a_doubt_can_be_switched_off() -> None:
    row = frame("give", {"easy": "no"}).iloc[0]

    assert check_give(row, Settings(switched_off=frozenset({"give_easy"}))) == ()
