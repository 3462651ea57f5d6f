from enishi.coach.giving.give_check import check_give, gladdened
from enishi.coach.rules.settings import Settings
from frames import frame


def doubts(**answers):
    row = frame("give", answers).iloc[0]
    return [reason.rule for reason in check_give(row)]


def test_a_give_that_is_wanted_easy_and_free_raises_no_doubt():
    assert doubts(wanted="yes", easy="yes", no_strings="yes") == []


def test_a_question_not_answered_yet_raises_no_doubt():
    assert doubts() == []


def test_each_no_is_thought_over_once():
    assert doubts(wanted="no", easy="no", no_strings="no") == [
        "give_wanted",
        "give_easy",
        "give_strings",
    ]


def test_a_doubt_can_be_switched_off():
    row = frame("give", {"easy": "no"}).iloc[0]

    assert check_give(row, Settings(switched_off=frozenset({"give_easy"}))) == ()


def test_what_gladdened_is_what_an_effect_was_noted_for_the_latest_first():
    gives = frame(
        "give",
        {"id": "old", "state": "done", "effect": "三人来てくれた", "on": "2026-01-01"},
        {"id": "new", "state": "done", "effect": "喜んでくれた", "on": "2026-11-01"},
        {"id": "none", "state": "done", "on": "2026-11-01"},
        {"id": "theirs", "direction": "in", "state": "done", "effect": "助かった"},
        {"id": "planned", "effect": "まだ"},
    )

    assert list(gladdened(gives).index) == ["new", "old"]
