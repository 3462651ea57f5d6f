"""Each rule about phrases finds what its examples say, and leaves alone what only looks like it."""

from __future__ import annotations

import re

import pytest

from enishi.coach.language.phrase_rules import PhraseRule, read_phrase_rules
from enishi.paths import shared

WORDS = {"dates", "encodings", "headings", "plain_words", "synonym_examples", "synonyms"}
"""Lists of words, which are no rules about phrases."""
FILES = sorted({file.stem for file in (shared("data") / "language").glob("*.yaml")} - WORDS)
RULES = {f"{name} {rule.key}": rule for name in FILES for rule in read_phrase_rules(name)}

each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@each_rule
def test_a_rule_matches_its_examples(rule: PhraseRule) -> None:
    assert len(rule.examples) >= 2 and rule.counterexamples
    assert [text for text in rule.examples if not rule.find(text)] == []


def test_no_key_of_a_rule_is_given_twice() -> None:
    for name in FILES:
        keys = [rule.key for rule in read_phrase_rules(name)]
        assert sorted(set(keys)) == sorted(keys), name
        assert [key for key in keys if not re.fullmatch("[a-z_]+", key)] == []
