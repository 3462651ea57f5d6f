import pytest

from enishi.coach.messages.draft import fill_sentence
from enishi.coach.messages.lint import find_issues
from enishi.coach.messages.rewording import PLACES, Rewording, reword
from enishi.coach.rules.catalogue import RULES
from enishi.coach.rules.reason import TextIssue
from enishi.i18n import texts

DRAFTS = {
    "ja": {
        "lint_joint_venture": "見本さん\n\n試験です。一緒に事業をしませんか。またご連絡します。",
        "lint_business_early": "見本さん\n\n試験です！弊社のサービスをご提案したいです。では。",
        "lint_mentor": "見本さん\n\nありがとうございます。メンターになってください。",
        "lint_widen": "見本さん\n\n人脈を広げたくご連絡しました。試験です。",
        "lint_empty_thanks": "見本さん\n\n貴重なお時間をいただきました。\n\n試験",
        "lint_meet_without_why": "見本さん\n\nぜひ一度お会いしたいです。\n\n試験",
        "lint_pressing": "見本さん\n\n至急お返事ください。",
        "lint_unnamed": "見本さん\n\n先日はありがとうございました。",
        "lint_only_requests": "見本さん\n\n本を教えていただけませんか。",
        "lint_many_requests": "ありがとう。本を教えていただけますか。店も教えていただけますか。",
        "lint_no_way_out": "ありがとうございます。本を教えていただけませんか。\n\n試験",
        "lint_only_me": "私は走ります。私は泳ぎます。私は歩きます。\n\n試験",
    },
    "en": {
        "lint_joint_venture": "Hi Hana,\n\nShall we start a joint venture? See you.",
        "lint_business_early": "Hi Hana,\n\nI have a business proposal. See you.",
        "lint_mentor": "Hi Hana,\n\nThank you. Would you be my mentor?",
        "lint_widen": "Hi Hana,\n\nI’d like to widen my network. Bye.",
        "lint_empty_thanks": "Hi Hana,\n\nThank you for your valuable time.\n\nTaro",
        "lint_meet_without_why": "Hi Hana,\n\nI’d love to pick your brain.\n\nTaro",
        "lint_pressing": "Hi Hana,\n\nPlease reply ASAP.",
        "lint_unnamed": "Hi Hana,\n\nThank you for the other day.",
        "lint_only_requests": "Hi Hana,\n\nCould you name a good book?",
        "lint_many_requests": "Thank you. Could you name a book? Could you name a shop?",
        "lint_no_way_out": "Thank you. Could you name a book?\n\nTaro",
        "lint_only_me": "I run. I swim in my lake. I walk.\n\nTaro",
    },
}


def noticed(text: str) -> dict[str, TextIssue]:
    return {finding.rule: finding for finding in find_issues(text, stage=1, me="", first=True)}


def line_of(rule: str, language: str) -> str:
    words = texts("drafts", language)
    facts = {"me": {"ja": "試験", "en": "Taro"}[language]}
    return fill_sentence(words, words["gentler"].get(rule, ""), facts)


def reworded(text: str, rule: str, line: str) -> Rewording:
    found = reword(text, noticed(text)[rule], line)
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("rule", PLACES)
def test_with_the_gentler_line_the_rule_has_nothing_more_to_say(rule: str, language: str) -> None:
    text = DRAFTS[language][rule]
    line = line_of(rule, language)
    softer = reworded(text, rule, line)

    assert softer.text != text
    assert rule not in noticed(softer.text)
    assert line in softer.text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_gentler_line_brings_a_worse_one(language: str) -> None:
    for rule, text in DRAFTS[language].items():
        softer = reworded(text, rule, line_of(rule, language)).text
        new = set(noticed(softer)) - set(noticed(text))
        assert new <= {"lint_long", "lint_unnamed"}, (rule, softer)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("rule", PLACES)
def test_what_is_shown_before_and_after_is_what_changes(rule: str, language: str) -> None:
    text = DRAFTS[language][rule]
    found = reworded(text, rule, line_of(rule, language))

    assert found.before in text and found.after in found.text
    if found.before and found.after:
        assert text.replace(found.before, found.after) == found.text


def test_only_the_sentence_that_was_quoted_changes() -> None:
    text = "見本さん\n\nＡ社の試験です！弊社のサービスをご提案したいです。\nでは、また。"
    softer = reworded(text, "lint_business_early", "またお話を聞かせてください。")

    assert softer.before == "弊社のサービスをご提案したいです。"
    assert softer.text == "見本さん\n\nＡ社の試験です！またお話を聞かせてください。\nでは、また。"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("昨日の話がうれしくて、一緒に事業をしませんか。", "lint_joint_venture"),
        ("弊社のサービスと、娘さんへの贈りものをお持ちします。", "lint_business_early"),
        ("I have a business proposal and a present for your daughter.", "lint_business_early"),
        ("I’d like to widen my network, and your talk moved me.", "lint_widen"),
        ("This is urgent.", "lint_pressing"),
    ],
)
def test_a_sentence_that_says_more_is_left_as_it_is(text: str, rule: str) -> None:
    assert reword(text, noticed(text)[rule], "やめておきます。") is None


def test_what_stands_before_as_a_sentence_of_its_own_is_kept() -> None:
    text = "先日は楽しかったですが、一緒に事業をしませんか。"

    assert reworded(text, "lint_joint_venture", "お話を聞けたらうれしいです。").text == (
        "先日は楽しかったです。お話を聞けたらうれしいです。"
    )


@pytest.mark.parametrize(
    ("text", "softer"),
    [
        ("至急お返事ください。", "お手すきのときにお返事ください。"),
        (
            "Please send me the file ASAP. Thanks.",
            "Please send me the file whenever it suits you. Thanks.",
        ),
        ("Please reply today.", "Please reply whenever it suits you."),
    ],
)
def test_of_a_pressing_sentence_only_the_pressing_word_changes(text: str, softer: str) -> None:
    language = "en" if text.isascii() else "ja"

    assert reworded(text, "lint_pressing", line_of("lint_pressing", language)).text == softer


def test_who_writes_is_said_after_the_whole_address() -> None:
    text = "株式会社例\n企画部\n見本 花子様\n\n先日はありがとうございました。"
    softer = reworded(text, "lint_unnamed", "試験 太郎です。").text

    assert softer.startswith("株式会社例\n企画部\n見本 花子様\n\n試験 太郎です。\n先日は")


def test_a_question_to_them_stands_before_the_name_it_is_signed_with() -> None:
    text = DRAFTS["ja"]["lint_only_me"]
    softer = reworded(text, "lint_only_me", "いかがですか。").text

    assert softer.endswith("\nいかがですか。\n\n試験")


def test_every_rule_of_the_linter_but_length_has_a_place_for_its_line() -> None:
    rules = {rule for rule in RULES if rule.startswith("lint_")}

    assert rules - set(PLACES) == {"lint_long"}
    lines = set(texts("drafts", "ja")["gentler"])
    assert lines == set(PLACES) - {"lint_many_requests"}
