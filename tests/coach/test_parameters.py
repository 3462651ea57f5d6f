"""Rules of thumb: every one has its limits, its words and where it comes from."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

import enishi.coach
from enishi.coach.rules.limits import limits
from enishi.coach.rules.parameters import (
    OutOfRangeError,
    is_number,
    read_parameter,
    read_parameters,
    to_setting,
)
from enishi.coach.rules.settings import Settings
from enishi.i18n import read_texts
from sources import parse_file

NAMES = [field.name for field in fields(Settings) if is_number(field.default)]


def test_every_rule_of_thumb_is_told_with_its_reason_and_where_it_comes_from() -> None:
    words, studies = read_texts("parameters"), read_texts("studies")

    assert set(words["thumbs"]) == set(NAMES) == {each.name for each in read_parameters(Settings())}
    for each in words["thumbs"].values():
        assert each["group"] in words["groups"]
        assert each["unit"] in words["units"]
        assert set(each.get("studies", [])) <= set(studies)
        assert each.get("studies") or not each.get("studied")


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_of_thumb_comes_within_its_own_limits(name: str) -> None:
    usual = read_parameter(name, Settings(), Settings())

    assert usual.least <= usual.value == usual.usual <= usual.most
    assert usual.least < usual.most


@pytest.mark.parametrize("name", NAMES)
def test_what_is_kept_is_read_again(name: str) -> None:
    usual = read_parameter(name, Settings(), Settings())
    for value in (usual.least, usual.most):
        read = Settings.from_rows({name: to_setting(name, value, Settings())})

        assert read_parameter(name, read, Settings()).value == value


@pytest.mark.parametrize("name", NAMES)
def test_nonsense_is_refused_with_the_limits(name: str) -> None:
    usual = read_parameter(name, Settings(), Settings())
    for value in (usual.least - 1, usual.most + 1, usual.least + 0.5):
        with pytest.raises(OutOfRangeError) as refused:
            to_setting(name, value, Settings())
        assert refused.value.facts == {"least": usual.least, "most": usual.most}


def test_nonsense_that_got_into_the_book_leaves_the_rule_of_thumb_as_it_came() -> None:
    assert Settings.from_rows({"focus_most": "9", "comfort_least": "6", "weight_due": "-0.5"}) == (
        Settings()
    )
    assert limits("balance_low") == (-1, 0)


def test_the_end_of_a_window_is_never_before_its_beginning() -> None:
    late = Settings(second_touch_from_days=10)

    assert read_parameter("second_touch_to_days", late, Settings()).least == 10
    assert read_parameter("second_touch_from_days", late, Settings()).most == 14
    with pytest.raises(OutOfRangeError):
        to_setting("second_touch_to_days", 9, late)


NO_CHOICE = {
    "lint._MONOLOGUE": "shorter news cannot be expected to ask anything",
    "request_timing._ASKING": "the sizes of the kinds of draft that ask",
    "purpose.GAINS_RUNNING": "the line says the number in words",
    "perspective.PAYER_DAYS": "the days are said in the sentences of the payer's chair",
    "duplicates.MOST_ALIKE": "a limit of the search: of more, only those who work together count",
    "duplicates.MOST_SHARING": "an address of more people is one of a house or an office",
    "duplicates._WEIGHTS": "an order of pairs, never shown",
    "frame_cache.MOST_KEPT": "changes no result",
    "filters.MOST_CONDITIONS": "a limit of size",
    "filters.MOST_MONTHS": "a limit of size",
    "introduced.MOST_SHOWN": "how many fit on a card",
    "search._PHONE_DIGITS": "shorter numbers are found as text",
    "still_true.ASKED_AFTER": "a year, which the question itself is about",
    "events.CARDS": "counts the cards in data/words/cards.yaml",
    "after_letters._QUOTED": "how much of a hope fits into a question",
    "letter_question._QUOTED_CHARACTERS": "how much of a question fits into another",
    "draft_facts.RESPECT_CHARACTERS": "how much of the person's words fits into a sentence",
    "gift_ideas.QUOTED": "how much of the person's words fits into a sentence",
    "gift_ideas.MINUTES": "what small, medium and large mean wherever they are said",
    "growth.PROPOSED": "the first three of an order of words",
    "date_contexts._FAR": "a threshold of grammar: a date without its year is past or to come",
    "vague_wish.SURE": "a threshold set with the weights that bench/train_wishes.py trains",
    "vague_wish._LONGEST_QUOTE": "how much of the person's words fits into a question",
    "text_words._LEAST_LATIN": "shorter words of English have too many senses",
    "word_pairs._LEAST_LONG": "a feature that bench/train_matches.py weighs",
    "word_pairs._LEAST_QUOTED": "shorter texts may stand in another as a part of a word",
    "history.DAY_RANGE": "more days than a calendar has",
    "history.DAYS_SINCE_TALK": "what the words of the last talk mean, as they are said",
    "history.NEVER": "a day that has not been",
    "strengths._UNSAID_LEVEL": "the middle one of five, for the order only",
    "self_introduction.PACE": "how fast people read aloud, a measure",
    "quick_line.SHORTEST": "a single character is no name that a line can be searched for",
    "stands.TOUCHES": "what the words of the stand say, one touch or three",
    "suggestions.BESIDE": "the shape of the page: fewer suggestions beside more own rows",
    "solicitation.SIGNS": "safety: not to be tuned away",
    "quiet_hours._LONGEST": "keeps days off without end from holding a message back for ever",
    "phrases.PHRASE_CHARACTERS": "how much of a sentence may be filled in, a measure",
    "message_review._KNOWN": "the number of the stage `acquainted`",
    "inner_circle.FRIENDLY": "the place of a word among the words of closeness",
    "inner_circle.ACQUAINTED": "the number of the stage `acquainted`",
    "queue.FOR_GOOD": "said to the person as a second time",
    "summary.SPAN_DAYS": "how long a week, a month and a quarter are here",
    "spoken_promises._LONGEST": "keeps reading in proportion to a text, a measure",
    "solicitation_signs.AROUND": "how far words say something of each other, a measure",
    "solicitation_signs.PASSAGE_MOST": "how far words say something of each other, a measure",
    "solicitation_signs.UNLIKELY": "belongs to the weights of the model",
    "solicitation_signs.LIKELY_HINTED": "belongs to the weights of the model",
    "solicitation_signs.LIKELY": "belongs to the weights of the model",
    "solicitation_model._JAPANESE_GRAMS": "what the weights of the model are about",
    "solicitation_model._ENGLISH_GRAM": "what the weights of the model are about",
    "solicitation_signs.QUOTE_MOST": "how much of a text is quoted, a measure",
    "calendar_days._LEAP_CYCLE": "how the calendar is",
    "calendar_days._MONTHS": "how the calendar is",
    "date_readers.FRIDAY": "the place of a weekday in the week",
    "date_readers.SATURDAY": "the place of a weekday in the week",
    "date_readers.SUNDAY": "the place of a weekday in the week",
    "date_readers.LAST_WEEK": "which days the end of a month means",
    "date_readers.THIS_CENTURY": "what a year of two figures counts from",
    "date_readers.WHOLE_MONTH": "how the calendar is",
    "date_readers.WHOLE_WEEK": "how the calendar is",
    "date_words._TENS": "number words",
    "date_weights._DISTANCES": "how the model was trained",
    "date_weights._REACH": "how the model was trained",
    "days_off._READ_ON": "two days far enough apart, whichever they are",
    "date_words.NO_TOKEN": "stands nowhere",
    "promise_weights.SIGN_WEIGHT": "how the model was trained",
    "promise_weights.PAIR_WEIGHT": "how the model was trained",
    "promise_weights.SECOND": "a threshold set with the weights of bench/train_promises.py",
    "promise_weights.SURE_OWNER": "a threshold set with the weights of bench/train_promises.py",
    "promise_parts._LONGEST_RUN": "how the model was trained",
    "promise_parts._LONGEST_SHAPE": "how the model was trained",
    "promise_parts._NEAR": "how the model was trained",
    "spoken_promises._PASSAGE": "how the model was trained",
    "promise_parts._MOST_PAIRED": "how the model was trained",
    "lint.MOST_ISSUES": "the sheet and its texts are made for three",
    "lint.STAGE_LIMITS": "numbers of stages",
    "lint._MANY": "fitted to labelled drafts, as are the next three",
    "lint._ABOUT_ME_LEAST": "fitted",
    "lint._ABOUT_ME_MANY": "fitted",
    "lint._STOCK_LEFT": "fitted",
}
"""Numbers of the coach that nobody would want to change, each with its reason."""


def numbers_in_modules() -> set[str]:
    """The names a coach module gives to a value with a number in it."""
    found = set()
    for file in Path(enishi.coach.__file__).parent.rglob("*.py"):
        if file.name in ("settings.py", "limits.py"):
            continue
        for node in parse_file(file).body:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(
                isinstance(part, ast.Constant) and type(part.value) in (int, float)
                for part in ast.walk(node.value)
            ):
                parts = [part for each in targets for part in ast.walk(each)]
                found |= {f"{file.stem}.{part.id}" for part in parts if isinstance(part, ast.Name)}
    return found


def test_every_number_somebody_might_choose_otherwise_is_a_rule_of_thumb() -> None:
    assert numbers_in_modules() == set(NO_CHOICE)
    assert all(NO_CHOICE.values())
