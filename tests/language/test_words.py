"""What two texts have in common is found by their words, in both languages, and quoted."""

from __future__ import annotations

import time
from typing import Any

import pandas as pd
import pytest

from enishi.coach.language.lexicon import read_lexicon, read_word_lists, split_words
from enishi.coach.language.text_words import find_sign, words_of
from enishi.coach.language.word_pairs import match_features, shared_pairs
from enishi.coach.language.words import (
    NO_ANSWERS,
    WordAnswers,
    WordMatch,
    compare_words,
    is_sure_match,
    matches_of_each,
    matching_pair,
    read_answers,
)
from enishi.i18n.texts import read_phrases, read_weights
from labelled_texts import measure_matches, read_labelled


def answers(together: Any = (), apart: Any = ()) -> WordAnswers:
    return WordAnswers(
        frozenset(frozenset(pair) for pair in together),
        frozenset(frozenset(pair) for pair in apart),
    )


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            "Excelの受発注を楽にしてくれる人",
            "エクセルの受発注をシステムに置きかえる",
            ("Excel", "エクセル"),
        ),
        ("tenants to test with", "tenant panel list", ("to test with", "tenant panel")),
        ("税理士です", "確定申告が毎年憂うつ", ("税理士", "確定申告")),
        ("引越しの荷造りを手伝える", "来月ひっこすが人手がない", ("引越し", "ひっこす")),
        ("走るのが趣味", "I jog every morning", ("走るのが趣味", "jog")),
        ("letterpress printing", "a letterpress studio", ("letterpress", "letterpress")),
        ("grew up in Cork", "moving to Cork in May", ("Cork", "Cork")),
        ("a van I hardly use", "need a van on Saturday", ("van", "van")),
        ("苔を見て歩く会", "コケの名前が知りたい", ("苔", "コケ")),
        ("囲炉裏の灰の手入れがわかる", "囲炉裏をもう一度使いたい", ("囲炉裏", "囲炉裏")),
        ("bagpiper", "a bag-pipe lament for dad's funeral", ("bagpiper", "bag-pipe")),
        ("accountant", "my accounts are due", ("accountant", "accounts")),
    ],
)
def test_a_match_quotes_the_words_of_both_sides(
    one: str, other: str, words: tuple[str, str]
) -> None:
    assert compare_words(one, other) == WordMatch(True, *words)
    assert is_sure_match(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a form where people sign up", "people who like sketching"),
        ("back in town", "back pain, that kind of help"),
        ("letter to the editor", "letterpress"),
        ("手紙を書くのが好き", "手術が怖い"),
        ("会社の経理", "会社の近くで昼寝したい"),
        ("ビールの醸造家", "ビル清掃の人手が足りない"),
        ("英語を教える", "英語の本を捨てたい"),
        ("サッカー観戦", "サッカー台を店に入れたい"),
        ("piano teacher", "move a piano upstairs"),
        ("guitar teacher", "a guitar case to give away"),
        ("東京駅で働く", "東京の大学で数学を教えたい"),
        ("good with people", "people carrier for sale"),
        ("", "写真"),
        ("写真", " "),
        ("人", "人"),
        ("刃物の歴史", "包丁が切れなくなった"),
        ("ドローンの法律を書いた", "ドローンの音が怖い犬"),
        ("恋文の代筆屋", "恋文という名の横丁を訪ねたい"),
        ("弁護士ドラマの脚本家", "弁護士の兄と仲直りしたい"),
        ("チラシを五千枚配れる", "ちらし寿司の出前を頼みたい"),
        ("beach volleyball", "beach house to rent in August"),
        ("bank clerk thirty years", "fishing spot on the river bank"),
        ("polish silver", "speak better Polish with her parents"),
        ("Java developer", "java, strong and black, at six sharp"),
        ("カメラ歴四十年", "米作り四十年"),
        ("I write speeches", "Iターンして畑を借りた"),
    ],
)
def test_what_a_person_would_laugh_at_is_no_sure_match(one: str, other: str) -> None:
    assert not is_sure_match(one, other)
    assert not is_sure_match(other, one)


def test_a_word_that_says_little_makes_a_question_only() -> None:
    match = compare_words("犬と海に行く", "犬の置物を集める")

    assert match == WordMatch(False, "犬", "犬")
    assert matching_pair(["犬と海に行く"], ["犬の置物を集める"]) is None


def test_an_answer_for_two_texts_decides() -> None:
    pair = ("税理士です", "確定申告が憂うつ")
    assert is_sure_match(*pair)
    assert compare_words(*pair, answers(apart=[pair])) is None
    odd = ("朝顔", "電卓")
    assert compare_words(*odd) is None
    assert compare_words(*odd, answers(together=[odd])) == WordMatch(True, *odd)


def test_two_words_said_to_belong_together_are_synonyms_in_all_texts() -> None:
    said = answers(together=[("点字", "触図")])

    match = compare_words("点字のメニュー", "触図を作っている", said)

    assert match == WordMatch(True, "点字", "触図")
    assert not is_sure_match("点字のメニュー", "触図を作っている")


def test_two_words_said_to_be_apart_make_no_match_in_any_text() -> None:
    said = answers(apart=[("税理士", "確定申告")])

    assert compare_words("税理士です", "確定申告が毎年憂うつ", said) is None
    assert is_sure_match("税理士です", "税金の相談", said)


def test_a_word_that_only_tells_where_something_is_makes_no_sure_match() -> None:
    assert not is_sure_match("ピアノを弾く", "ピアノの下のほこり")
    assert is_sure_match("ピアノを弾く", "ピアノの先生を探す")


def test_answers_are_read_from_the_book() -> None:
    rows = [("税理士 ", "Ｔａｘ", "together"), ("本", "本", "apart"), ("", "x", "apart")]
    frame = pd.DataFrame(rows, columns=["one", "other", "verdict"])

    assert read_answers({"word_pair": frame[:0]}) is NO_ANSWERS
    assert read_answers({"word_pair": frame}) == answers([("税理士", "tax")], [("本",)])


def test_a_sign_stands_for_its_forms_and_for_whole_words() -> None:
    assert find_sign("先月引っ越しました", ["引っ越す"]) == "引っ越す"
    assert find_sign("旅の写真", ["写真"]) == "写真"
    assert find_sign("a postcard", ["post", "card"]) == ""
    assert find_sign("本当のこと", ["本"]) == ""


def test_every_group_of_synonyms_has_two_words_and_each_is_found_as_its_own() -> None:
    lost = []
    for groups in read_phrases("synonyms").values():
        for topic, words in groups.items():
            assert len(words) > 1 and len(set(map(str, words))) == len(words), topic
            lost += [word for word in words if not isinstance(word, str) or not word.strip("… ")]
    assert lost == []


EXAMPLES = read_phrases("synonym_examples")


def test_every_group_of_synonyms_has_examples_and_a_counterexample_of_its_own() -> None:
    groups = read_phrases("synonyms")

    assert {kind: list(each) for kind, each in EXAMPLES.items()} == {
        kind: list(each) for kind, each in groups.items()
    }
    texts = [
        text for each in EXAMPLES.values() for entry in each.values() for text in _texts(entry)
    ]
    assert len(texts) == len(set(texts)) == 3 * sum(map(len, groups.values()))


def _texts(entry: dict[str, Any]) -> tuple[str, ...]:
    return (*entry["examples"], entry["but"])


def test_the_examples_of_a_group_match_and_what_looks_like_them_does_not() -> None:
    lost, found = [], []
    for groups in EXAMPLES.values():
        for topic, entry in groups.items():
            one, other = entry["examples"]
            is_heard = all(topic in words_of(text).topics for text in (one, other))
            if not (is_heard and is_sure_match(one, other)):
                lost.append(topic)
            if any(is_sure_match(entry["but"], text) for text in (one, other)):
                found.append(topic)

    assert (lost, found) == ([], [])


def test_words_of_one_group_match_but_for_places_only_where_somebody_lives_or_goes() -> None:
    places = read_lexicon().places
    assert {"france", "kyoto"} <= places
    assert is_sure_match("フランスに十年いた", "来春から仏・リヨンへ留学")
    assert not is_sure_match("フランス料理の店で働く", "リヨンの古い絵葉書")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("パン屋で修業した", "家で食パンがふくらまない"),
        ("眼鏡屋に勤める", "新聞の字が読めない"),
        ("gas engineer", "boiler making a banging noise"),
        ("speak fluent Polish", "new boy in class only speaks Polish"),
        ("お店のサイト", "お店のサイトを作る人"),
    ],
)
def test_a_trade_fits_what_it_is_asked_for_without_a_word_in_common(one: str, other: str) -> None:
    assert is_sure_match(one, other)
    assert is_sure_match(other, one)


def test_many_texts_are_compared_as_one_by_one() -> None:
    pairs = read_labelled("open", "matches")[::5]
    ones, others = [pair["one"] for pair in pairs[:20]], [pair["other"] for pair in pairs]
    said = answers(together=[("点字", "触図")], apart=[(ones[0], others[0])])

    for given in (NO_ANSWERS, said):
        assert matches_of_each(ones, others, given) == [
            {other for other in others if is_sure_match(other, one, given)} for one in ones
        ]


@pytest.mark.parametrize("name", ["synonyms", "plain_words"])
def test_words_read_line_by_line_are_those_of_the_yaml(name: str) -> None:
    written = read_phrases(name)
    if name == "plain_words":
        written = {kind: {"": list(split_words(lines))} for kind, lines in written.items()}

    assert read_word_lists(name) == written


def test_there_is_a_weight_for_each_feature() -> None:
    one, other = words_of("木工"), words_of("大工")

    features = match_features(one, other, shared_pairs(one, other))

    assert set(read_weights("matches")["both"]) == {"bias", *features}


def test_texts_are_compared_in_less_than_a_millisecond() -> None:
    texts = [f"{word}{number}の相談" for number in range(100) for word in ("庭", "税理士", "chess")]
    read_lexicon()
    begun = time.process_time()
    for text in texts:
        compare_words(text, "庭の剪定を頼みたい")
    assert (time.process_time() - begun) / len(texts) < 1e-3
    begun = time.process_time()
    compare_words("話が長い人が" * 3000, "写真")
    assert time.process_time() - begun < 1


def test_of_the_labelled_pairs_sure_matches_are_right() -> None:
    figures, misses = measure_matches(read_labelled("open", "matches"))

    assert figures["precision"] >= 0.92, misses
    assert figures["recall"] >= 0.55, misses
