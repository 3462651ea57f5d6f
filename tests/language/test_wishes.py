"""What is vague in a wish is found by the whole detector, and clear wishes are left alone."""

from __future__ import annotations

import time

import pytest

from enishi.coach.goal.vague_wish import find_vague
from enishi.coach.language.phrase_rules import PhraseRule, read_phrase_rules
from labelled_texts import measure, read_labelled

RULES = {rule.key: rule for rule in read_phrase_rules("wishes")}
SEEN = {key: rule for key, rule in RULES.items() if rule.section.startswith("seen_")}
IN_A_FOG = {key: rule for key, rule in RULES.items() if key not in SEEN}


@pytest.mark.parametrize("rule", SEEN.values(), ids=SEEN)
def test_what_can_be_seen_makes_a_wish_clear(rule: PhraseRule) -> None:
    assert [text for text in rule.examples if find_vague(text)] == []
    assert [text for text in rule.counterexamples if not find_vague(text)] == []


@pytest.mark.parametrize("rule", IN_A_FOG.values(), ids=IN_A_FOG)
def test_what_is_in_a_fog_makes_a_wish_vague(rule: PhraseRule) -> None:
    assert [text for text in rule.examples if not find_vague(text)] == []
    assert [text for text in rule.counterexamples if find_vague(text)] == []


@pytest.mark.parametrize(("part", "found"), [("open", 0.95), ("written", 0.9)])
def test_vague_wishes_are_found_and_clear_ones_left_alone(part: str, found: float) -> None:
    figures, misses = measure("wishes", read_labelled(part, "wishes"))
    assert figures["recall"] >= found, misses
    assert figures["false alarms"] <= 0.03, misses


@pytest.mark.parametrize(
    ("wish", "asked"),
    [
        ("すごい人とつながりたい", {"person": "すごい人", "act": "つながりたい", "sign": ""}),
        ("上場企業の社長と仲良くなりたい", {"act": "上場企業の社長と仲良くなりたい", "sign": ""}),
        (
            "いつか幸せになりたい",
            {"person": "", "act": "幸せになりたい", "time": "いつか", "sign": ""},
        ),
        ("妻と仲良くしたい", {"act": "仲良くしたい", "sign": ""}),
        (
            "I want to meet successful people",
            {"person": "successful people", "act": "", "sign": ""},
        ),
        ("To get along with my colleagues", {"act": "get along", "sign": ""}),
    ],
)
def test_what_is_missing_is_named_with_the_words_that_leave_it_open(
    wish: str, asked: dict[str, str]
) -> None:
    found = find_vague(wish)
    assert {each.rule.removeprefix("vague_"): each.quote for each in found} == asked
    assert all(wish[each.start :].startswith(each.quote) for each in found)


@pytest.mark.parametrize("text", ["", "  ", "123", "……", "Ich möchte glücklich sein"])
def test_nothing_is_said_of_what_cannot_be_read(text: str) -> None:
    assert find_vague(text) == ()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_long_text_is_read_in_time(rule: PhraseRule) -> None:
    for example in rule.examples:
        text = (example[:-1] * 20_000)[:20_000]
        begun = time.process_time()
        rule.find(text)
        list(rule.pattern.finditer(text))
        assert time.process_time() - begun < 2
