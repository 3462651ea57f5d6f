from typing import Any

import pytest

from enishi.coach.messages.lint import find_issues, text_focus
from enishi.coach.rules.catalogue import RULES
from enishi.coach.rules.settings import Settings
from enishi.i18n import read_texts

GENTLE_JA = (
    "見本さん\n例もくもく会でお会いした試験太郎です。お話しできてうれしかったです。ありがとうございました。"
    "「まず三枚だけ見せる」というお話が心に残り、さっそく試してみました。"
)
GENTLE_EN = (
    "Hello Hana, this is Taro from the study group. Thank you for the conversation. "
    "What you said about showing three pages first stayed with me."
)


def rules(
    text: str, stage: int = 1, me: str = "試験 太郎", first: bool = False, **more: Any
) -> list[str]:
    return [finding.rule for finding in find_issues(text, stage=stage, me=me, first=first, **more)]


@pytest.mark.parametrize(("text", "me"), [(GENTLE_JA, "試験 太郎"), (GENTLE_EN, "Taro Shiken")])
def test_thanks_with_one_thing_they_said_are_left_alone(text: str, me: str) -> None:
    assert rules(text, me=me, first=True) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("弊社のサービスをご提案したいです", "lint_business_early"),
        ("お仕事をいただけたらうれしいです", "lint_business_early"),
        ("I have a business proposal", "lint_business_early"),
        ("一緒にビジネスをしましょう", "lint_joint_venture"),
        ("Shall we start a joint venture?", "lint_joint_venture"),
        ("メンターになってください", "lint_mentor"),
        ("Would you be my mentor?", "lint_mentor"),
        ("人脈を広げたくご連絡しました", "lint_widen"),
        ("I'd like to widen my network", "lint_widen"),
        ("貴重なお時間をありがとうございました", "lint_empty_thanks"),
        ("ぜひ一度お会いしたいです", "lint_meet_without_why"),
        ("I’d love to pick your brain", "lint_meet_without_why"),
        ("至急お返事ください", "lint_pressing"),
        ("Please reply ASAP", "lint_pressing"),
    ],
)
def test_a_phrase_that_makes_people_step_back_is_quoted(text: str, rule: str) -> None:
    found = {finding.rule: finding for finding in find_issues(text, stage=1)}

    assert rule in found
    assert found[rule].quote.lower() in text.lower().replace("’", "'")
    assert found[rule].source == RULES[rule]


def test_business_may_be_spoken_of_once_one_knows_each_other() -> None:
    text = "先日のお礼に、弊社のサービスの資料をお送りします"

    assert "lint_business_early" in rules(text, stage=1)
    assert rules(text, stage=2) == []


def test_a_venture_waits_for_trust() -> None:
    text = "一緒に会社をつくりませんか。先日の鯛、おいしかったです。嫌なら聞き流してください。"

    assert rules(text, stage=2) == ["lint_joint_venture"]
    assert rules(text, stage=3) == []


@pytest.mark.parametrize(
    "text",
    [
        "お仕事の受発注の画面が三十年前のまま、というお話に笑いました。",
        "先日うかがった「見積もりが高いと言われた」というお話、身につまされました。",
        "「うちのサービスを買って」と言われて断ったというお話、さすがです。",
        "Your story about the quote you got for the roof made me laugh.",
        "You said you were looking for clients in the north. How did it go?",
    ],
)
def test_their_own_business_and_quoted_words_are_not_mine(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "仕事も紹介してほしいです。",
        "うちの商品を見てもらえませんか。",
        "今度コラボしませんか。",
        "保険のご案内をお送りします。",
        "副業で月収100万円も可能です。",
    ],
)
def test_selling_is_noticed_whatever_it_is_called(text: str) -> None:
    assert "lint_business_early" in rules(text)


@pytest.mark.parametrize(
    "way_out",
    [
        "気にせんといてください。",
        "無理なら全然いいです。",
        "スルーして大丈夫です。",
        "あかんかったらええよ。",
        "Only if you fancy it.",
        "I'll quite understand if you can't.",
    ],
)
def test_a_way_out_may_be_said_in_many_ways(way_out: str) -> None:
    english = way_out.isascii()
    request = (
        "Thanks. Could you lend me a pot?" if english else "ありがとう。鍋を貸してもらえませんか。"
    )

    assert rules(request) == ["lint_no_way_out"]
    assert rules(f"{request} {way_out}") == []


def test_at_most_three_are_shown_and_the_gravest_first() -> None:
    text = "一緒に会社をつくりませんか。至急お返事ください。メンターにもなってください。"

    assert rules(text, first=True) == [
        "lint_business_early",
        "lint_joint_venture",
        "lint_mentor",
    ]


def test_the_kind_of_a_message_says_what_concerns_it() -> None:
    text = "土曜は車が出せません。ごめんなさい。切符はジーンに渡してください。"

    assert rules(text, stage=3, kind="promise_off") == []
    assert rules("Please give the ticket to Jean.", stage=3) != []


def test_only_requesting_is_noticed() -> None:
    assert "lint_only_requests" in rules("デザイナーを紹介していただけませんか。")
    assert "lint_only_requests" in rules("Could you introduce me to a designer?")


def test_one_request_with_thanks_and_a_way_out_is_fine() -> None:
    text = (
        "先日はありがとうございました。展示のことで十五分ほどご相談にのっていただけませんか。"
        "ご無理でしたら、どうぞお気になさらないでください。"
    )

    assert rules(text) == []


def test_a_second_request_is_one_too_many() -> None:
    text = (
        "ありがとうございました。資料を教えていただけませんか。デザイナーも紹介していただけませんか。"
        "無理でしたらお断りください。"
    )

    assert rules(text) == ["lint_many_requests"]


def test_a_request_without_a_way_out_is_noticed() -> None:
    assert rules("ありがとうございました。ご相談にのっていただけませんか。") == ["lint_no_way_out"]


def test_a_first_message_says_who_writes() -> None:
    assert "lint_unnamed" in rules("先日はありがとうございました。", first=True)
    assert "lint_unnamed" not in rules("先日はありがとうございました。", first=False)
    assert "lint_unnamed" not in rules("Thank you. My name is Taro.", me="", first=True)


def test_talking_only_of_oneself_is_noticed() -> None:
    text = "私はデザインを学んでいます。私の目標は独立です。私は毎朝練習しています。"

    assert rules(text) == ["lint_only_me"]
    assert rules(text + "見本さんの展示はいかがでしたか。見本さんの写真が好きです。") == []


def test_a_first_message_of_more_than_four_hundred_characters_is_long() -> None:
    long = GENTLE_JA + "あの日の帰り道に思ったことを書きます。" * 20

    assert "lint_long" in rules(long, first=True)
    assert "lint_long" not in rules(long, first=False)


def test_an_empty_draft_is_no_error() -> None:
    assert rules("") == []
    assert rules("  \n") == []


def test_a_rule_of_the_linter_can_be_switched_off() -> None:
    silent = Settings(switched_off=frozenset({"lint_widen"}))

    assert "lint_widen" not in rules("人脈を広げたくご連絡しました", settings=silent)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("", "short"),
        ("私は走ります。私は泳ぎます。私は歩きます。", "me"),
        ("見本さんの展示が好きです。見本さんの写真も。見本さんは元気ですか。", "you"),
        ("私は走ります。私は泳ぎます。見本さんはいかがですか。見本さんの話も。", "both"),
        ("I run. I swim. My day is long.", "me"),
        ("How are you? Your talk was good. Did you rest?", "you"),
    ],
)
def test_whom_a_text_is_about_is_told_in_a_word(text: str, about: str) -> None:
    assert text_focus(text) == about


@pytest.mark.parametrize(
    "text", ["興味がありません。今後も結構です。", "I'm not interested, now or later."]
)
def test_a_refusal_of_solicitation_is_told_nothing_not_even_to_say_who_writes(text: str) -> None:
    assert "lint_unnamed" in rules("先日はありがとうございました。", first=True)
    assert rules(text, first=True, kind="refuse") == []
    assert rules("私は、私が、私の。早急に、お金の話は結構です。", first=True, kind="refuse") == []


@pytest.mark.parametrize("kind", ["", "news", "decline", "refuse"])
@pytest.mark.parametrize(
    "text",
    [
        *(said[language] for said in read_texts("coach")["signs"]["refuse"] for language in said),
        "興味がありません。もう連絡しないでください。",
        "Please do not contact me about this again.",
    ],
)
def test_a_refusal_is_never_told_to_name_oneself_or_to_leave_a_way_out(
    text: str, kind: str
) -> None:
    rules = {found.rule for found in find_issues(text, stage=0, first=True, kind=kind)}

    assert not rules & {"lint_unnamed", "lint_no_way_out", "lint_only_requests"}
