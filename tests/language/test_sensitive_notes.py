"""A hint comes where a note plainly touches health, creed or family trouble, and only there."""

from __future__ import annotations

from time import process_time

import pytest

from enishi.coach.language.phrase_rules import PhraseRule, read_phrase_rules
from enishi.coach.language.sensitive_notes import sensitive_kinds

RULES = {rule.key: rule for rule in read_phrase_rules("sensitive_notes")}
INNOCENT = [
    "紅茶が好き。来週、本を返す",
    "大学病院の広報。駅前の店をよく知っている",
    "お子さんが生まれたそう。お祝いを送る",
    "がんばっている姿がいい",
    "家族ぐるみのつきあい",
    "娘さんが同じ学校。運動会で会った",
    "教会のコンサートで出会った",
    "健康診断の会社で営業",
    "Likes tea; return the book next week",
    "Runs a clinic in Leeds",
    "They have a new baby",
    "We met at a church concert",
    "Her daughter is at our school",
    "Sister company of ours; family business since 1950",
    "Left-handed, plays the cello",
    "He is in sales for hospital beds",
    "Voted employee of the year",
]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_example_touches_its_kind_and_no_look_alike_does(rule: PhraseRule) -> None:
    assert [text for text in rule.examples if rule.section not in sensitive_kinds(text)] == []
    assert [text for text in rule.counterexamples if sensitive_kinds(text)] == []


@pytest.mark.parametrize("text", INNOCENT)
def test_what_one_may_well_write_is_left_alone(text: str) -> None:
    assert sensitive_kinds(text) == ()


def test_a_long_note_takes_no_time() -> None:
    for text in ("家族の" * 1300, "she is a very " * 285, "her family " * 360):
        begun = process_time()
        sensitive_kinds(text)
        assert process_time() - begun < 1
