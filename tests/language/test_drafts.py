"""Each rule about drafts does in the whole detector what its examples say, and no more."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from enishi.coach.language.phrase_rules import PhraseRule, read_phrase_rules
from enishi.coach.messages.lint import (
    find_issues,
    is_refusal,
    is_request,
    leaves_way_out,
    text_focus,
)
from enishi.coach.messages.sentence_roles import (
    INVITATION,
    open_groups,
    phrase_pattern,
    read_sentences,
)
from labelled_texts import measure, read_labelled

RULES = read_phrase_rules("drafts")
Claim = Callable[[str], bool]


def noticed(text: str, kind: str = "") -> set[str]:
    return {each.rule.removeprefix("lint_") for each in find_issues(text, stage=1, kind=kind)}


def invites(text: str) -> bool:
    return any(INVITATION in each.roles for each in read_sentences(text))


def names(problem: str, kind: str = "") -> Claim:
    return lambda text: problem in noticed(text, kind)


def lacks(problem: str) -> Claim:
    return lambda text: problem not in noticed(text)


CLAIMS: dict[str, Claim] = {
    "reported": lambda text: not is_request(text) and "business_early" not in noticed(text),
    "kindness": lambda text: not is_request(text),
    "request": is_request,
    "invitation": invites,
    "see_you_again": lambda text: not invites(text),
    "way_out": leaves_way_out,
    "no_answer_but_yes": names("no_way_out"),
    "softened": lacks("no_way_out"),
    "settled": names("no_way_out"),
    "announced": names("no_way_out"),
    "thanks": lacks("only_requests"),
    "praise": lacks("only_requests"),
    "telling": lacks("only_requests"),
    "of_the_reader": lacks("only_requests"),
    "offer": lacks("only_requests"),
    "own_affairs": names("only_requests"),
    "instead": names("only_requests"),
    "plea": lacks("many_requests"),
    "parallel": names("many_requests"),
    "wish": names("meet_without_why"),
    "no_business": lacks("business_early"),
    "trade": names("business_early"),
    "wares": names("business_early"),
    "trade_act": names("business_early"),
    "business_early": names("business_early"),
    "joint_venture": names("joint_venture"),
    "mentor": names("mentor"),
    "widen": names("widen"),
    "more_requests": names("many_requests"),
    "pressing": names("pressing"),
    "deadline": names("pressing"),
    "no_hurry": lacks("pressing"),
    "meet": names("meet_without_why"),
    "no_reason": names("meet_without_why"),
    "reason": lacks("meet_without_why"),
    "refusal": is_refusal,
    "about_me": lambda text: text_focus(text) == "me",
    "about_you": lambda text: text_focus(text) != "me",
    "stock": names("empty_thanks", "thanks"),
}
"""What the examples of a section claim; what only looks like them claims the opposite."""


@pytest.mark.parametrize("rule", RULES, ids=[rule.key for rule in RULES])
def test_a_draft_is_read_as_the_examples_of_the_rule_say(rule: PhraseRule) -> None:
    claim = CLAIMS[rule.section]

    assert [text for text in rule.examples if not claim(text)] == []
    assert [text for text in rule.counterexamples if claim(text)] == []


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("架空です。先日の会では、ありがとうございました。", True),
        ("This is Kakuu. Thank you so much for everything.", True),
        (
            "架空です。先日の会で教えていただいた金継ぎの本を、昨夜読み終えました。ありがとうございました。",
            False,
        ),
        ("This is Kakuu. Thank you for the recipe of the plum jam.", False),
    ],
)
def test_thanks_that_name_nothing_are_noticed_whoever_introduces_themselves(
    text: str, is_empty: bool
) -> None:
    found = find_issues(text, stage=1, kind="thanks", me="架空 Kakuu")

    assert ("lint_empty_thanks" in {each.rule for each in found}) is is_empty


NEWS = {
    "ja": ["春に店を移しました。", "今は川沿いで焼いています。", "窯も新しくしました。"],
    "en": ["The shop moved in spring.", "It stands by the river now.", "The oven is new as well."],
}


@pytest.mark.parametrize(
    ("language", "last", "is_monologue"),
    [
        ("ja", "朝は五時に始まります。", True),
        ("ja", "その後、お変わりありませんか?", False),
        ("en", "Work begins at five.", True),
        ("en", "How is your garden?", False),
    ],
)
def test_news_that_never_turn_to_the_reader_are_noticed(
    language: str, last: str, is_monologue: bool
) -> None:
    gap = "" if language == "ja" else " "
    text = gap.join([*NEWS[language], last])

    assert ("only_me" in noticed(text, "news")) is is_monologue
    assert "only_me" not in noticed(gap.join([*NEWS[language][:2], last]), "news")


def test_the_pattern_of_a_section_matches_what_its_rules_match() -> None:
    for rule in RULES:
        for text in rule.examples:
            assert phrase_pattern(rule.section).search(text.lower().replace("’", "'")), text


def test_groups_with_a_quantifier_are_left_closed() -> None:
    assert open_groups("(?:a|b)?c") == ["(?:a|b)?c"]


@pytest.mark.parametrize("section", CLAIMS)
def test_no_pattern_takes_long_on_a_long_text(section: str) -> None:
    pattern = phrase_pattern(section)
    texts = [text for rule in RULES if rule.section == section for text in rule.examples]
    for text in (*texts, "you ", "ああ、", "1", "と"):
        long = (text[: max(1, len(text) // 2)] * 20_000)[:20_000].lower()
        begun = process_time()
        pattern.sub("", long)
        assert process_time() - begun < 2, text


def test_labelled_drafts_are_read_as_the_labels_say() -> None:
    figures, misses = measure("drafts", read_labelled("open", "drafts"))

    assert figures["recall"] >= 0.92, misses
    assert figures["clean ones flagged"] <= 0.02, misses
    assert figures["precision"] >= 0.95, misses
