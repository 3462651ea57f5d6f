"""Each word class of promises does its part in the detector: who promises, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from enishi.coach.giving.promises import detect_kind, detect_promises
from enishi.coach.language.phrase_rules import PhraseRule, read_phrase_rules
from enishi.coach.language.spoken_promises import find_promises, read_passages

FRIDAY = date(2026, 11, 20)
RULES = read_phrase_rules("promises")
KINDS = read_phrase_rules("promise_kinds")


@pytest.mark.parametrize("rule", RULES, ids=[rule.key for rule in RULES])
def test_the_examples_of_a_class_are_promises_and_its_look_alikes_are_none(
    rule: PhraseRule,
) -> None:
    promises, innocent = rule.examples, rule.counterexamples
    if rule.section.startswith("not_"):
        promises, innocent = innocent, promises
    assert [text for text in promises if not detect_promises(text, FRIDAY)] == []
    assert [text for text in innocent if detect_promises(text, FRIDAY)] == []


@pytest.mark.parametrize("rule", KINDS, ids=[rule.key for rule in KINDS])
def test_a_promise_is_of_the_kind_of_its_act(rule: PhraseRule) -> None:
    kinds = {text: [each.kind for each in detect_promises(text, FRIDAY)] for text in rule.examples}
    assert kinds == {text: [rule.section] for text in rule.examples}
    assert [text for text in rule.counterexamples if detect_kind(text) == rule.section] == []


@pytest.mark.parametrize(
    "text",
    [
        "原稿、来週出します",
        "リンク貼っときます",
        "今日中に折り返します",
        "来週お伺いします",
        "例さんにも声かけますね",
        "次の会に誘いますね",
        "今度一緒に行きましょう",
        "妹に聞いとく",
        "グループに招待しておきます",
        "例さんとつないどきます",
        "部長に話しとくわ",
        "資料、見ておきます",
        "引っ越し、手伝います",
        "お借りした本、返します",
        "次はごちそうします",
        "個展、絶対行きます",
        "また連絡するわ",
        "見学に行くと約束した",
    ],
)
def test_what_one_will_do_for_somebody_is_a_promise_of_ones_own(text: str) -> None:
    assert [each.by for each in find_promises(text)] == ["me"]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("今度ご飯でも、と言われた", "them"),
        ("今度紹介しますよ、と髙橋さん", "them"),
        ("髙橋さんに、紹介しますと伝えた", "me"),
        ("見本さん、本を貸してくれるって", "them"),
        ("先方から「見本をお届けします」との返事", "them"),
        ("先方には「見本をお届けします」と返答", "me"),
        ("A: 来週お返事します。", "them"),
        ("私: 来週お返事します。", "me"),
        ("She'll send me the file", "them"),
        ("Told her I'd send the file", "me"),
        ('"I\'ll ring you Sunday," she said.', "them"),
        ('"I\'ll ring you Sunday," I told her.', "me"),
        ("Me: I'll send it on Monday.", "me"),
        ("A: I'll send it on Monday.", "them"),
        ("I was told she'd dig out the map for me", "them"),
    ],
)
def test_who_says_it_is_whose_promise_it_is(text: str, by: str) -> None:
    assert [each.by for each in find_promises(text)] == [by]


@pytest.mark.parametrize(
    "text",
    [
        "係長が新人に研修資料を渡すらしい。",
        "姉が隣の奥さんに着物を譲るそうだ。",
        "My brother will drive his wife to the dentist.",
        "Mia will lend Noah her bike.",
    ],
)
def test_a_promise_among_others_is_nobodys(text: str) -> None:
    assert find_promises(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "今度の土曜は映画を見に行くつもり",
        "ゴミは朝八時までに出します",
        "係の者がご説明いたします。",
        "書類はもう送ってあります。",
        "先生は来年退職されるそうだ。",
        "I'm reading the book you lent me.",
        "She'd offered to drive us.",
        "I'll read it on the train.",
        "They said they would paint the kitchen blue.",
    ],
)
def test_plans_rules_and_news_are_no_promises(text: str) -> None:
    assert find_promises(text) == ()


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("I'll wait for you by the ticket barrier.", "me"),
        ("My friend she will help me with the papers.", "them"),
        ("Don't worry, I will come with you.", "me"),
        ("Ａ：譜面なら次の練習で渡すよ。", "them"),
    ],
)
def test_a_promise_in_loose_words_is_heard(text: str, by: str) -> None:
    assert [each.by for each in find_promises(text)] == [by]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("A: 踏み台って家にある? 私: あるよ、日曜に持っていくね。", ["me"]),
        ("A: I'll book the table. Me: Then I'll bring the cake.", ["them", "me"]),
        ("A: 帰りに卵を買ってきてくれない? 私: はいよ。", ["me"]),
        ("A: Could you feed the cat on Friday? Me: Of course.", ["me"]),
        ("司会は私、受付は吉岡さん、ということで決まり。", ["me", "them"]),
        ("鍵は私が預かりますし、名簿も私の方で送ります。", ["me", "me"]),
    ],
)
def test_each_promise_of_a_talk_or_a_bargain_is_heard(text: str, by: list[str]) -> None:
    assert [each.by for each in find_promises(text)] == by


def test_an_assurance_beside_a_promise_is_not_heard_twice() -> None:
    assert len(find_promises("Leave it with me, I'll call the plumber tonight.")) == 1
    assert len(find_promises("来月そちらに行くから、そのとき渡すね。")) == 1


def test_the_words_that_decided_are_named() -> None:
    (found,) = find_promises("I'll lend you the ladder on Friday.")
    ((read,),) = read_passages("I'll lend you the ladder on Friday.")

    assert len(found.because) == 3
    assert set(found.because) <= set(read.parts)


def test_two_promises_of_one_sentence_are_told_apart_by_their_clauses() -> None:
    found = find_promises("桑原さんが車を出してくれるので、お弁当は私が作ります。")

    assert [(each.words, each.by) for each in found] == [
        ("桑原さんが車を出してくれるので", "them"),
        ("お弁当は私が作ります。", "me"),
    ]


def test_long_texts_are_read_in_no_time() -> None:
    for part in ("送る、", "と言っ", "お", "さんが", "I'll ", "and she ", "「", "Ann "):
        find_promises(part * (20_000 // len(part)))
