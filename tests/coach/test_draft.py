from datetime import date
from itertools import product
from typing import Any

import pytest

from enishi.choices import LETTERS as KINDS
from enishi.choices import LEVELS
from enishi.coach.giving.promises import promise_reason
from enishi.coach.messages.draft import (
    MessageDraft,
    compose_draft,
    form_of_address,
    gaps,
    promised_thing,
)
from enishi.coach.messages.draft_facts import draft_facts
from enishi.coach.messages.lint import find_issues, leaves_way_out
from enishi.coach.messages.phrases import noun_phrase, quoted_words
from enishi.i18n import LANGUAGES, texts
from frames import Row, frame, frames, row_of

TODAY = date(2026, 11, 30)
HANA = {
    "id": "c",
    "name": "見本 花子",
    "family": "見本",
    "given": "花子",
    "organisation": "株式会社例",
    "department": "企画部",
    "where_met": "例もくもく会",
}
PERSON = row_of(frame("contact", HANA), "c")


def composed(kind: str, level: str, language: str, **more: Any) -> MessageDraft:
    return drafted({}, kind, level, language, **more)


def drafted(
    rows: dict[str, list[Row]], kind: str, level: str, language: str, **more: Any
) -> MessageDraft:
    """Compose a draft to c from a book of `rows`, with further facts."""
    links = {name: more.pop(name) for name in tuple(more) if name.endswith("_id")}
    book = frames(**{"contact": [HANA], **rows})
    message = {"contact_id": "c", "kind": kind, "level": level, "language": language} | links
    words = texts("drafts", language)
    facts = draft_facts(book, message, words, TODAY, "試験 太郎")
    return compose_draft(words, kind, level, facts | more)


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
    note = "「まず三枚だけ見せる」と言っていた。少し疲れているように見えた。"
    met = {"contact_id": "c", "on": "2026-11-29", "kind": "met", "note": note}
    person = HANA | {"known_as": "just_met", "met_on": "2026-11-29"}
    book = {"contact": [person], "encounter": [met]}
    draft = drafted(book, "thanks", "polite", "ja", did="試してみました。")

    assert draft.subject == "11月29日の例もくもく会でのお礼（試験 太郎）"
    assert draft.body.startswith("見本さん\n\n11月29日の例もくもく会でお会いした試験 太郎です。")
    assert "とくに「まず三枚だけ見せる」というお話が" in draft.body
    assert "疲れ" not in draft.body
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
    for language in LANGUAGES:
        assert leaves_way_out(composed(kind, level, language).body)


SAID = {
    "ja": {
        "where": "例もくもく会",
        "met": "例もくもく会でお会いした",
        "remembered": "「まず三枚だけ見せる」というお話",
        "did": "さっそく三枚だけ見せてみました。",
        "next": "完成した三枚を見ていただけませんか",
        "work": "『例の本』",
        "moved": "雨の場面",
        "changed": "雨の日に歩くようになりました。",
        "event": "来月の個展",
        "help": "受付",
        "item": "紙の見本",
        "promised": "紙の見本を送る",
        "now": "見本をお送りします。",
        "new_day": "12月10日",
        "useful": "薄い紙を探していると聞いたので選びました。",
        "hurt": "先日の言い方",
        "owned": "きつい言い方をしてしまい、申し訳ありませんでした。",
        "reminded": "赤い傘を見かけて",
        "news": "春から木工を習っています。椅子がひとつできました。",
        "question": "個展の準備はいかがですか。",
        "topic": "額の選び方",
        "why_you": "昨年の額がどれもすばらしかったからです",
        "prepared": "三軒の店で見積もりをとりました。",
        "minutes": "15分",
        "dates": "12月10日、11日、12日",
        "kind": "額を作る職人",
        "reason": "額を自分で作りたいからです",
        "to_target": "木工を習っていて、額の溝の掘り方をうかがいたいです。",
        "for_them": "古い道具をお譲りできます。",
        "for_you": "古い道具をお譲りできます。",
        "target": "例田",
        "them": "例田さん",
        "a": "例田",
        "b": "見本",
        "about_a": "額を作っています。",
        "about_b": "水彩を描きます。",
        "common": "水彩",
        "asked": "展示のお手伝い",
        "instead": "受付の練習でしたら、夜にお付き合いできます。",
        "offer": "来週の火曜か木曜に、お茶でもいかがでしょうか。",
        "got": "額をお貸しくださったこと",
        "occasion": "個展の初日",
        "wish": "たくさんの人が足を止めますように。",
        "bridge": "例田",
        "outcome": "例田さんとは額の話で三時間も話しました。",
    },
    "en": {
        "where": "the print fair",
        "met": "the print fair",
        "remembered": "what you said about showing three pages first",
        "did": "I showed three pages the next day.",
        "next": "may I show you the three pages when they are done?",
        "work": "“The Example”",
        "moved": "The scene in the rain",
        "changed": "I walk on rainy days now.",
        "event": "your show in May",
        "help": "the door",
        "item": "the paper samples",
        "promised": "I will send the paper samples",
        "now": "Here they are.",
        "new_day": "10 December",
        "useful": "You were looking for thin paper, so I chose these.",
        "hurt": "the way I spoke the other day",
        "owned": "I was harsh, and I am sorry.",
        "reminded": "I saw a red umbrella",
        "news": "I have taken up woodwork. The first chair stands.",
        "question": "How is the show coming along?",
        "topic": "choosing frames",
        "why_you": "every frame of your last show was right",
        "prepared": "I have asked in three shops.",
        "minutes": "15 minutes",
        "dates": "10, 11 or 12 December",
        "kind": "a maker of frames",
        "reason": "I would like to learn to make my own.",
        "to_target": "I am learning woodwork and would like to hear how you cut the groove.",
        "for_them": "I have old tools to give away.",
        "for_you": "I have old tools to give away.",
        "target": "Ann Example",
        "them": "Ann",
        "a": "Ann",
        "b": "Hana",
        "about_a": "she makes frames.",
        "about_b": "she paints.",
        "common": "watercolour",
        "asked": "help with the show",
        "instead": "I could come by one evening and practise with you.",
        "offer": "Would coffee on Tuesday or Thursday suit you?",
        "got": "the frames you lent me",
        "occasion": "the opening of your show",
        "wish": "May many people stop and look.",
        "bridge": "Ann",
        "outcome": "Ann and I talked about frames for three hours.",
    },
}
"""Words of a person for each gap."""


@pytest.mark.parametrize("filled", [False, True], ids=["with gaps", "filled"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_drafts_pass_our_own_linter(kind: str, language: str, filled: bool) -> None:
    for level in LEVELS:
        draft = composed(kind, level, language)
        body = draft.body
        names = texts("drafts", language)["blanks"]
        for blank in draft.blanks if filled else ():
            body = body.replace(f"［{names[blank]}］", SAID[language][blank])
        for stage, of_kind in product(range(5), (kind, "")):
            first = kind in ("thanks", "introduced")
            found = find_issues(body, stage=stage, me="試験 太郎", first=first, kind=of_kind)
            assert [each.rule for each in found] == [], (level, stage, of_kind, body)


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
    draft = composed("thanks", "polite", "ja", did="試しました。")

    assert gaps(draft.body) == tuple(texts("drafts", "ja")["blanks"][name] for name in draft.blanks)
    assert gaps(draft.body.replace("［", "").replace("］", "")) == ()


@pytest.mark.parametrize(
    ("text", "language", "phrase"),
    [
        ("the print workshop", "en", "the print workshop"),
        ("The river walk", "en", "the river walk"),
        ("opening a bakery", "en", "opening a bakery"),
        ("They own the tone", "en", ""),
        ("send me clients", "en", ""),
        ("her father’s shop", "en", ""),
        ("Tired. Busy", "en", ""),
        ("紙の市", "en", ""),
        ("紙の市", "ja", "紙の市"),
        ("展示の手伝い", "ja", "展示の手伝い"),
        ("本を貸してくれた", "ja", ""),
        ("彼の工房", "ja", ""),
        ("話が長い。少し苦手", "ja", ""),
    ],
)
def test_only_a_phrase_is_put_into_a_sentence(text: str, language: str, phrase: str) -> None:
    assert noun_phrase(text, language) == phrase


@pytest.mark.parametrize(
    ("note", "language", "words"),
    [
        ("「まず三枚だけ」と話していた", "ja", "まず三枚だけ"),
        ("わたしが「また今度」と言った", "ja", ""),
        ("「紙の声」を読んでいた", "ja", ""),
        ("“No,” she said. “Three pages first,” she said later.", "en", "Three pages first"),
        ("I said “see you soon”.", "en", ""),
    ],
)
def test_only_what_a_note_quotes_as_theirs_is_theirs(note: str, language: str, words: str) -> None:
    assert quoted_words(note, language) == words


def test_a_promise_that_names_no_thing_is_quoted_as_it_was_made() -> None:
    promise = [{"id": "p", "contact_id": "c", "words": "今度、一緒にお茶でも"}]
    draft = drafted({"promise": promise}, "promise", "polite", "ja", promise_id="p")

    assert "「今度、一緒にお茶でも」とお話ししていた件" in draft.body
    assert "お送りします" not in draft.body


@pytest.mark.parametrize("kind", ["promise", "promise_late", "promise_day", "promise_off"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_promise_is_quoted_by_its_title_without_a_day_true_once_only(
    kind: str, level: str
) -> None:
    said = {
        "ja": ("来週の火曜に、米粉の試作を三つ届けると約束した", "「米粉の試作を三つ届ける」"),
        "en": ("I said I would review the talk next Tuesday", "“review the talk”"),
    }
    for language, (words, title) in said.items():
        promise = [{"id": "p", "contact_id": "c", "words": words}]
        draft = drafted({"promise": promise}, kind, level, language, promise_id="p")
        assert title in draft.body
        assert not any(day in draft.body for day in ("来週", "火曜", "約束した", "Tuesday"))
    reason = promise_reason("花", said["ja"][0], None)
    assert reason.facts["words"] == "米粉の試作を三つ届ける"


def test_a_third_person_in_a_promise_is_not_read_out_to_them() -> None:
    promise = [{"id": "p", "contact_id": "c", "words": "introduce her to Ben"}]
    draft = drafted({"promise": promise}, "promise", "polite", "en", promise_id="p")

    assert "her" not in draft.body.split() and "promised" in draft.blanks


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "promised to call Hana after her exam on the 11th",
            "call you after your exam on the 11th",
        ),
        ("I said I would review his talk next Tuesday", "review your talk"),
        ("call her soon", "call you soon"),
    ],
)
def test_an_act_that_was_promised_is_told_to_them_and_nothing_is_sent(
    level: str, words: str, told: str
) -> None:
    person = HANA | {"name": "Hana Mihon", "given": "Hana", "family": "Mihon"}
    book = {"contact": [person], "promise": [{"id": "p", "contact_id": "c", "words": words}]}
    draft = drafted(book, "promise", level, "en", promise_id="p")

    assert f"“{told}”" in draft.body and "promised" not in draft.blanks
    assert "sending" not in draft.body and "attached" not in draft.body


def test_the_thing_that_was_promised_to_a_third_person_is_named() -> None:
    promise = [{"id": "p", "contact_id": "c", "words": "I will send her the slides by Friday"}]
    draft = drafted({"promise": promise}, "promise", "polite", "en", promise_id="p")

    assert "I am sending you the slides." in draft.body


def test_the_one_who_introduced_us_is_named_where_no_place_is_written() -> None:
    person = HANA | {"where_met": "", "through_id": "d", "known_as": "known"}
    long_ago = {"last_talk": "longer", "last_talk_said_on": "2026-11-01"}
    book = {"contact": [person | long_ago, {"id": "d", "name": "例 一郎"}]}

    assert "例さんにご紹介いただいた試験 太郎です" in drafted(book, "news", "polite", "ja").body
    family = {"contact": [person | long_ago | {"known_as": "family"}, book["contact"][1]]}
    assert "紹介" not in drafted(family, "news", "polite", "ja").body


def test_a_question_rests_on_what_is_known_of_them_and_not_on_a_guess() -> None:
    said = {"contact_id": "c", "kind": "trying", "words": "古民家でカフェを開く", "source": "said"}
    known = drafted({"fact": [said]}, "news", "polite", "ja")
    guessed = drafted({"fact": [said | {"source": "guess"}]}, "news", "polite", "ja")

    assert "「古民家でカフェを開く」のほうは、その後いかがですか。" in known.body
    assert "question" in guessed.blanks and "カフェ" not in guessed.body


@pytest.mark.parametrize(("birthday", "known"), [("1980-12-01", True), ("06-01", False)])
def test_a_birthday_is_congratulated_on_when_it_is_near(birthday: str, known: bool) -> None:
    draft = drafted({"contact": [HANA | {"birthday": birthday}]}, "wishes", "polite", "ja")

    assert ("お誕生日おめでとうございます" in draft.body) == known


def test_the_name_of_the_one_who_writes_comes_before_what_is_written() -> None:
    for kind in KINDS:
        for level in LEVELS:
            lines = [line for line in composed(kind, level, "ja").body.split("\n") if line]
            body = lines[2:] if level == "formal" and kind != "forward" else lines
            if kind not in ("introduce", "decline", "refuse"):
                assert "試験 太郎" in "".join(body[:2]), (kind, level, body)
                first = next(line for line in body if "試験 太郎" in line)
                before = first.partition("試験 太郎")[0].replace("はじめまして。", "")
                assert "。" not in before, (kind, level, first)


def test_every_tone_calls_them_by_one_name_with_one_honorific() -> None:
    plain = row_of(frame("contact", {"id": "c", "name": "見本 花子"}), "c")
    called = row_of(frame("contact", {"id": "c", "name": "見本 花子", "called": "花ちゃん"}), "c")

    assert [form_of_address(plain, level, "ja") for level in LEVELS] == [
        "見本さん",
        "見本さん",
        "見本 花子様",
    ]
    assert [form_of_address(called, level, "ja") for level in LEVELS] == [
        "花ちゃん",
        "見本さん",
        "見本 花子様",
    ]


BROTHER = {"id": "c", "name": "見本 健太", "known_as": "family", "organisation": "株式会社例"}


@pytest.mark.parametrize("level", LEVELS)
def test_family_is_addressed_as_in_the_family(level: str) -> None:
    greeting = {"friendly": "Hi", "polite": "Hello", "formal": "Dear"}[level]
    brother = row_of(frame("contact", BROTHER), "c")
    called = row_of(frame("contact", BROTHER | {"called": "けん兄"}), "c")
    single = row_of(frame("contact", BROTHER | {"name": "健太"}), "c")
    ben = row_of(frame("contact", BROTHER | {"name": "Ben Doyle"}), "c")

    assert form_of_address(brother, level, "ja") == "健太さん"
    assert form_of_address(single, level, "ja") == "健太さん"
    assert form_of_address(called, level, "ja") == "けん兄"
    assert form_of_address(ben, level, "en") == f"{greeting} Ben,"


def test_an_old_friend_is_not_addressed_by_the_family_name() -> None:
    friend = BROTHER | {"known_as": "friend"}
    hana = row_of(frame("contact", friend), "c")
    ben = row_of(frame("contact", friend | {"name": "Ben Doyle", "called": "Benny"}), "c")

    assert form_of_address(hana, "friendly", "ja") == "健太さん"
    assert form_of_address(hana, "polite", "ja") == "健太さん"
    assert form_of_address(hana, "formal", "ja") == "株式会社例\n見本 健太様"
    assert form_of_address(ben, "formal", "en") == "Dear Benny,"


def test_english_calls_a_colleague_by_the_given_name() -> None:
    mara = {"id": "c", "name": "Mara Lind", "known_as": "colleague"}

    assert form_of_address(row_of(frame("contact", mara), "c"), "polite", "en") == "Hello Mara,"


@pytest.mark.parametrize("level", LEVELS)
def test_a_letter_to_family_is_not_signed_with_the_family_name(level: str) -> None:
    draft = drafted({"contact": [BROTHER]}, "news", level, "ja")

    assert "太郎" in draft.body and "試験" not in draft.subject + draft.body
    assert "見本" not in draft.body and "様" not in draft.body


@pytest.mark.parametrize(("language", "words"), [("ja", "古い活版の活字"), ("en", "old lead type")])
def test_a_hand_is_offered_to_what_they_look_for_also_without_a_planned_gift(
    language: str, words: str
) -> None:
    fact = {"contact_id": "c", "kind": "looking_for", "words": words, "source": "said"}
    draft = drafted({"fact": [fact]}, "hand", "polite", language)

    assert words in draft.subject and words in draft.body
    assert "event" not in draft.blanks


def test_an_event_of_theirs_comes_before_what_they_look_for_and_two_wishes_stay_open() -> None:
    seeks = [{"contact_id": "c", "kind": "looking_for", "words": w} for w in ("活字", "窯")]
    event = {"contact_id": "c", "kind": "event", "words": "春の個展"}

    assert "春の個展" in drafted({"fact": [*seeks, event]}, "hand", "polite", "ja").body
    assert "event" in drafted({"fact": seeks}, "hand", "polite", "ja").blanks
