import re
from typing import Any

import pytest

from enishi.choices import LETTERS as KINDS
from enishi.choices import LEVELS
from enishi.coach.messages.draft import (
    MessageDraft,
    compose_draft,
    facts_of,
    form_of_address,
    gaps,
    promised_thing,
)
from enishi.i18n import LANGUAGES, texts
from frames import frame, frames, row_of

PERSON = row_of(
    frame(
        "contact",
        {
            "id": "c",
            "name": "見本 花子",
            "family": "見本",
            "given": "花子",
            "organisation": "株式会社例",
            "department": "企画部",
            "where_met": "例もくもく会",
        },
    ),
    "c",
)


def composed(kind: str, level: str, language: str, **more: Any) -> MessageDraft:
    facts = facts_of(PERSON, level, language, "試験 太郎", **more)
    return compose_draft(texts("drafts", language), kind, level, facts)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_three_levels_in_both_languages_and_leaves_blanks_to_the_person(
    kind: str, level: str, language: str
) -> None:
    draft = composed(kind, level, language)

    assert draft.body
    assert "{" not in draft.body + draft.subject
    for blank in draft.blanks:
        assert texts("drafts", language)["blanks"][blank] in draft.subject + draft.body


def test_what_the_record_knows_is_filled_in() -> None:
    draft = composed("thanks", "polite", "ja", theirs="まず三枚だけ見せる", did="試してみました。")

    assert draft.subject == "例もくもく会でのお礼（試験 太郎）"
    assert draft.body.startswith("見本さん\n")
    assert "「まず三枚だけ見せる」" in draft.body
    assert draft.blanks == ("next",)


def test_a_formal_letter_names_company_department_and_full_name_with_sama() -> None:
    assert form_of_address(PERSON, "formal", "ja") == "株式会社例\n企画部\n見本 花子様"
    assert form_of_address(PERSON, "polite", "ja") == "見本さん"
    assert form_of_address(PERSON, "polite", "en") == "Hello 花子,"


def test_somebody_with_a_single_name_is_called_by_it() -> None:
    single = row_of(frame("contact", {"id": "c", "name": "Mihon"}), "c")

    assert form_of_address(single, "formal", "ja") == "Mihon 様"
    assert form_of_address(single, "polite", "ja") == "Mihonさん"
    assert form_of_address(single, "formal", "en") == "Dear Mihon,"


def test_the_refusal_of_solicitation_gives_no_reason() -> None:
    draft = composed("refuse", "polite", "ja")

    assert draft.body == "興味がありません。今後も結構です。"
    assert draft.blanks == ()


@pytest.mark.parametrize("kind", ["thanks", "advice", "ask_introduction"])
@pytest.mark.parametrize("level", LEVELS)
def test_what_asks_for_something_can_be_declined(kind: str, level: str) -> None:
    from enishi.coach.messages.lint import WAY_OUT

    for language in LANGUAGES:
        assert re.search(WAY_OUT, composed(kind, level, language).body, re.IGNORECASE)


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind not in ("forward", "introduce", "decline", "refuse")]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_drafts_pass_our_own_linter(kind: str, language: str) -> None:
    from enishi.coach.messages.lint import find_issues

    for level in LEVELS:
        body = composed(kind, level, language).body
        rules = {f.rule for f in find_issues(body, stage=3, me="試験 太郎", first=kind == "thanks")}
        assert not rules, (level, rules, body)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        composed("spam", "polite", "ja")


def test_a_name_that_carries_its_honorific_is_given_no_second_one() -> None:
    hana = frames(contact=[{"id": "c", "name": "見本 花子", "called": "花さん", "family": "見本"}])
    teacher = frames(contact=[{"id": "c", "name": "見本 一郎", "called": "見本先生"}])

    assert form_of_address(row_of(hana["contact"], "c"), "friendly", "ja") == "花さん"
    for level in ("friendly", "polite"):
        assert form_of_address(row_of(teacher["contact"], "c"), level, "ja") == "見本先生"


def test_a_latin_name_keeps_its_order_in_a_japanese_letter() -> None:
    row = {"id": "c", "name": "Hana Mihon", "family": "Mihon", "given": "Hana"}
    person = row_of(frame("contact", row), "c")

    assert form_of_address(person, "formal", "ja") == "Hana Mihon 様"
    assert form_of_address(person, "formal", "en") == "Dear Hana Mihon,"


@pytest.mark.parametrize(
    ("words", "language", "thing"),
    [
        ("来週の金曜までに、展示の写真をお送りします", "ja", "展示の写真"),
        ("「本を貸しますね」", "ja", "本"),
        ("また食事でも", "ja", ""),
        ("I’ll bring you the two books on Friday", "en", "the two books"),
        ("Let’s have coffee some time", "en", ""),
    ],
)
def test_the_thing_that_was_promised_is_taken_from_its_words(
    words: str, language: str, thing: str
) -> None:
    assert promised_thing(words, language) == thing


def test_gaps_are_named_in_order_until_the_person_has_filled_them() -> None:
    draft = composed("thanks", "polite", "ja", theirs="三枚だけ", did="試しました。")

    assert gaps(draft.body) == tuple(texts("drafts", "ja")["blanks"][name] for name in draft.blanks)
    assert gaps(draft.body.replace("［", "").replace("］", "")) == ()
