"""Signs of solicitation are found in what somebody writes, with the words they rest on."""

from __future__ import annotations

import re
import time

import pytest

from enishi.coach.language.phrase_rules import PhraseRule, read_phrase_rules
from enishi.coach.language.solicitation_signs import find_signs
from enishi.coach.relations.solicitation import SIGNS
from labelled_texts import measure, read_labelled

RULES = {rule.key: rule for rule in read_phrase_rules("solicitation")}
OF_SIGNS = [rule for rule in RULES.values() if rule.section in SIGNS]

each_rule = pytest.mark.parametrize("rule", OF_SIGNS, ids=[rule.key for rule in OF_SIGNS])


@each_rule
def test_a_sign_is_found_in_the_examples_of_its_rule_and_not_in_what_looks_like_it(
    rule: PhraseRule,
) -> None:
    for text in rule.examples:
        assert rule.section in {each.sign for each in find_signs(text)}, text
    for text in rule.counterexamples:
        assert find_signs(text) == (), text


def test_what_clears_a_text_leaves_the_sign_elsewhere() -> None:
    for rule in RULES.values():
        if rule.section == "innocent":
            assert [text for text in rule.examples if find_signs(text)] == []
            assert [text for text in rule.counterexamples if not find_signs(text)] == []


def test_words_that_no_rule_names_are_read_by_how_the_sentence_sounds() -> None:
    text = "A quiet walk. The bus that brought us would only go back after everyone had ordered."
    (found,) = find_signs(text)

    assert found.quote in text


def test_a_sentence_is_found_in_a_long_note() -> None:
    calm = "We walked along the river and talked about the boys and the weather and the ducks. "
    text = calm * 6 + "Sign tonight or the offer goes to somebody else. " + calm * 6

    assert [each.quote for each in find_signs(text)] == [
        "Sign tonight or the offer goes to somebody else."
    ]


def test_a_hint_counts_only_beside_words_of_recruiting_or_another_hint() -> None:
    rule = RULES["of_recruiting"]
    assert [text for text in rule.examples if not find_signs(text)] == []
    assert [text for text in rule.counterexamples if find_signs(text)] == []


def test_every_sign_has_rules_in_both_languages() -> None:
    for sign in SIGNS:
        languages = {rule.key[-3:] for rule in OF_SIGNS if rule.section == sign}
        assert languages == {"_ja", "_en"}, sign


def test_the_quote_is_the_sentence_as_it_is_written() -> None:
    text = "Lovely evening. He won’t say WHO he works for! Home by ten."
    (found,) = find_signs(text)

    assert (found.sign, found.quote) == ("company_hidden", "He won’t say WHO he works for!")
    assert text[found.start :].startswith(found.quote)


def test_patterns_are_in_small_letters_as_the_text_they_are_tried_on() -> None:
    assert [rule.key for rule in RULES.values() if re.search("[A-ZＡ-Ｚ]", rule.source)] == []


@pytest.mark.parametrize("part", ["今日契約", "会社名の", "sign the deal ", "ask you what "])
def test_a_long_text_takes_no_longer_than_its_length_asks(part: str) -> None:
    begun = time.process_time()
    find_signs((part * 4000)[:4000])

    assert time.process_time() - begun < 2


def test_most_texts_with_a_sign_are_found_and_few_innocent_ones() -> None:
    figures, _ = measure("solicitation", read_labelled("open", "solicitation"))

    assert figures["recall"] >= 0.9
    assert figures["false alarms"] <= 0.02
