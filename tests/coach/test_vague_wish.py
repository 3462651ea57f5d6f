import pytest

from enishi.coach.goal.vague_wish import find_vague
from enishi.i18n import read_texts


def test_the_wish_for_freelance_work_and_some_connections_is_vague_about_with_whom() -> None:
    (first, *_) = find_vague("フリーランスになって、人脈ができたらいいな")

    assert (first.rule, first.quote) == ("vague_person", "人脈")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_our_own_examples_are_vague_before_and_clear_after(language: str) -> None:
    for example in read_texts("goal")["screens"]["wish"]["examples"].values():
        assert find_vague(example["before"][language])
        assert find_vague(example["after"][language]) == ()
        assert find_vague(example["wish"][language].split("：")[-1].split(": ")[-1]) == ()
