import pytest

from enishi.coach.goal.vague_wish import find_vague


def test_the_wish_for_freelance_work_and_some_connections_is_vague_about_with_whom() -> None:
    rules = [finding.rule for finding in find_vague("フリーランスになって、人脈ができたらいいな")]

    assert rules == ["vague_ties", "vague_feeling"]


@pytest.mark.parametrize(
    "wish",
    [
        "来年3月までに、小さな店の人に「頼んでよかった」と言われるWeb制作者になる",
        "By March, three small shops say they are glad they asked me for their website",
    ],
)
def test_a_wish_with_somebody_and_something_in_it_is_left_alone(wish: str) -> None:
    assert find_vague(wish) == ()


@pytest.mark.parametrize(
    ("wish", "rule"),
    [
        ("すごい人とつながりたい", "vague_someone"),
        ("もっと成長したい", "vague_more"),
        ("I want to expand my network", "vague_ties"),
        ("Maybe I will meet successful people someday", "vague_someone"),
    ],
)
def test_a_vague_word_is_noticed_and_quoted(wish: str, rule: str) -> None:
    found = {finding.rule: finding for finding in find_vague(wish)}

    assert rule in found
    assert found[rule].quote in wish
