"""One spelling for each Japanese word, one word for each thing, in all texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.pofile import read_po

from enishi.i18n import LANGUAGES
from enishi.i18n.texts import read_yaml
from enishi.paths import shared

DATA = shared("data")
FILES = [
    *sorted((DATA / "words").glob("*.yaml")),
    *sorted((DATA / "agendas").glob("*.yaml")),
    DATA / "advice.yaml",
    DATA / "sample" / "book.yaml",
]
SETTLED = {
    "分かる": r"わか[りるらっれん]",
    "大丈夫": r"だいじょうぶ",
    "十分": r"じゅうぶん|充分",
    "きょう、あした、きのう": r"今日|明日|昨日",
    "いま": r"今(?![週回度後年月夜朝])",
    "比べる": r"くらべ",
    "ちがう": r"違[いうえっわ]",
    "ことば": r"言葉",
    "ひとり、ふたり": r"(?<![十百千万])[一二]人",
    "ひとつ、ふたつ": r"[一二]つ",
    "喜ぶ": r"よろこ",
    "うれしい": r"嬉し",
    "ふりかえる": r"ふり返",
    "探す": r"さが[しすせそ]",
    "増やす、増える": r"ふや[しすさせ]|ふえ[てたるな]",
    "続く": r"つづ[いかきくけ]",
    "むずかしい": r"難し",
    "みがく": r"磨[いかきく]",
    "いっしょ": r"一緒",
    "すべて": r"全て|ぜんぶ",
    "最近": r"さいきん",
    "仕事": r"しごと",
    "少し": r"すこし",
    "確かめる": r"たしかめ",
    "ひと月": r"[一1](?:か|ヶ|カ|ヵ)月",
    "戻る": r"もど[りるす]",
    "書き直す、選び直す": r"(?:選び|書き|やり|開き|読み)なお[しすせさ]",
    "添える": r"そえ[てる]",
    "ください、いただく": r"下さ|頂[いきくけ]",
    "だれ": r"誰",
    "取りのぞく": r"取り除",
    "書きこむ": r"書き込",
    "書きとめる": r"書き留",
    "5分, 15分, 30分 (十分 reads as enough)": r"(?:[二三四五]|十五|三十)分(?![のか])|十分間",
    "full-width 「？」、（）": r"[?？]|[(][^)]*[ぁ-ん一-龯][^)]*[)]",
    "間隔、ペース": r"間合い",
    "つまずきそうなところ": r"じゃま",
    "提案のきまり": r"よりどころ",
    "きっかけ": r"合図",
    "見送る、取り下げる": r"手ばな",
    "次にすること": r"次の一歩",
    "気にしないでください": r"気にしないでね",
    "十分です": r"結構でございます",
    "どうなったら「かなった」と言えますか": r"何で[分わ]か",
}
"""What is written, and what is not: a pattern for other spellings of it."""
LETTERS = ("strengths.screens.evidence.texts", "drafts.kinds")
"""Letters, which are sent to others, keep the kanji of letters."""
IN_LETTERS = {"ふりかえる"}


def japanese(tree: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the place and the Japanese text of every leaf."""
    if isinstance(tree, dict) and tree.keys() == set(LANGUAGES):
        said = tree["ja"]
        for text in said if isinstance(said, list) else [said]:
            yield path, str(text)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from japanese(value, f"{path}.{key}")
    elif isinstance(tree, list):
        for value in tree:
            yield from japanese(value, path)


def texts_of_the_code() -> Iterator[tuple[str, str]]:
    """Yield the translations of errors and of the command line."""
    with (DATA / "locale" / "ja" / "LC_MESSAGES" / "enishi.po").open("rb") as source:
        for message in read_po(source):
            yield "enishi.po", str(message.string)


@cache
def everything() -> list[tuple[str, str]]:
    found = [leaf for file in FILES for leaf in japanese(read_yaml(file), file.stem)]
    return [*found, *texts_of_the_code()]


@pytest.mark.parametrize("settled", SETTLED)
def test_a_word_is_spelled_in_one_way(settled: str) -> None:
    other = re.compile(SETTLED[settled])
    found = [
        (place, text)
        for place, text in everything()
        if other.search(text) and not (settled in IN_LETTERS and place.startswith(LETTERS))
    ]
    assert found == []


def test_a_spelling_that_is_not_settled_on_is_found() -> None:
    for written in ("今日は", "五分だけ", "ふたり以上(例)", "だれのこと?", "間合い", "じゅうぶん"):
        assert any(re.search(other, written) for other in SETTLED.values()), written
    for written in ("今週", "十分です", "半分", "約半分", "15分", "（例）", "十二人"):
        assert not any(re.search(other, written) for other in SETTLED.values()), written
