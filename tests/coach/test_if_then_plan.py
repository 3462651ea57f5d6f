import pytest

from enishi.coach.goal.if_then_plan import check_plan, cue_kinds

SOUND = [
    ("木曜19時に例もくもく会の席に着いたら", "となりの人に「何を作っていますか」と聞く"),
    ("話しかけるのがこわくなったら", "主催者に「はじめてです」と言う"),
    ("朝のコーヒーのあと", "お礼のメールを一通送る"),
    ("帰りの電車で", "今日会った人の名前を三つメモする"),
    ("When I sit down at Thursday's study group", "I tell my neighbour my name"),
    ("after lunch on Monday", "send one thank-you note"),
    ("if I feel shy at the door", "ask the host who is new too"),
]


@pytest.mark.parametrize(("cue", "act"), SOUND)
def test_a_plan_with_a_moment_and_a_visible_act_is_sound(cue: str, act: str) -> None:
    assert check_plan(cue, act) == ()


def rules(cue: str, act: str) -> list[str]:
    return [finding.rule for finding in check_plan(cue, act)]


@pytest.mark.parametrize("cue", ["", "時間があれば", "いつか", "someday", "when I have time"])
def test_a_plan_without_a_moment_lacks_its_cue(cue: str) -> None:
    assert rules(cue, "お礼のメールを送る") == ["plan_cue"]


@pytest.mark.parametrize(
    "act", ["がんばる", "積極的になる", "もっと意識する", "be more open", "try to network"]
)
def test_an_attitude_is_not_an_act(act: str) -> None:
    assert rules("木曜の夜", act) == ["plan_act_unseen"]


@pytest.mark.parametrize(
    "act", ["緊張しないようにする", "スマホを見ない", "don't hide in the corner"]
)
def test_only_not_doing_something_is_not_a_plan(act: str) -> None:
    assert rules("会場に着いたら", act) == ["plan_act_not"]


def test_an_empty_plan_lacks_both_halves_and_is_no_error() -> None:
    assert rules("", "") == ["plan_cue", "plan_act"]


def test_a_finding_quotes_the_very_words() -> None:
    (finding,) = check_plan("木曜の夜", "とにかく頑張る")

    assert finding.quote == "頑張"


def test_place_time_and_sign_are_told_apart() -> None:
    assert cue_kinds("受付で") == {"place"}
    assert cue_kinds("毎朝") == {"time"}
    assert cue_kinds("名刺を出されたら") == {"sign"}
