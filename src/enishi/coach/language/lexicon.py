"""The words that matching knows, from `data/language/synonyms.yaml` and `plain_words.yaml`.

An entry is a word, a phrase, or several that must all be in a text, with … between them:

    woodwork: [大工, 木工, 家具…作る, carpenter, build … shelf]

A verb or an adjective of Japanese stands for its inflected forms, an English word for those with
the same stem.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from enishi.coach.language.stems import ENGLISH_WORD, stem_word
from enishi.i18n.texts import read_phrases

KANJI = "々〆一-鿿"
KATAKANA = "ァ-ヺー"
HIRAGANA = "ぁ-ゖ"
_INFLECTED = re.compile(f"[{KANJI}{HIRAGANA}]*[{KANJI}][{HIRAGANA}]{{1,3}}$|[{HIRAGANA}]{{3,}}$")
"""An entry that may be a verb or an adjective: hiragana after its last kanji, or throughout."""
_ENDINGS = {
    "う": "わいうえおっ",
    "く": "かきくけこい",
    "ぐ": "がぎぐげごい",
    "す": "さしすせそ",
    "つ": "たちつてとっ",
    "ぬ": "なにぬねのん",
    "ぶ": "ばびぶべぼん",
    "む": "まみむめもん",
    "る": "らりるれろっ",
    "い": "いくかけさ",
}
"""What may stand for the last kana of a verb or an adjective."""
_ONE_STEP = re.compile("[いきぎしじちにびみりえけげせぜてでねべめれ]る$")
"""The end of a verb that only drops its る."""
_LONG = re.compile("([ァ-ヺー]{3,})ー$")


@dataclass(slots=True)
class Entry:
    """What matching knows of a word.

    Attributes:
        key: its dictionary form.
        topics: the groups of synonyms it belongs to.
        is_plain: whether it carries no topic: it never makes a match.
        is_vague: whether it says too little, or has too many senses, to make a sure match alone.
        signs: the kinds of sign it is, such as `place`, that somebody lives in or goes to a place.
    """

    key: str
    topics: tuple[str, ...] = ()
    is_plain: bool = False
    is_vague: bool = False
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries by form.

    Attributes:
        latin: entries by English words or stems, a phrase as words with spaces.
        japanese: entries by form.
        lengths: the lengths of Japanese forms by their first character, the longest first.
        joint: by the key of an entry, the topics of which it is a part and all keys needed.
        places: the topics that are places.
        lasting: the topics that fit also where something is thrown away or a nuisance.
    """

    latin: dict[str, Entry]
    japanese: dict[str, Entry]
    lengths: dict[str, tuple[int, ...]]
    joint: dict[str, list[tuple[str, frozenset[str]]]]
    places: frozenset[str]
    lasting: frozenset[str]


@cache
def read_lexicon() -> Lexicon:
    """Return the words of `data/language`."""
    return build_lexicon(read_phrases("plain_words"), read_phrases("synonyms"))


def build_lexicon(
    plain: dict[str, list[str]], synonyms: dict[str, dict[str, list[str]]]
) -> Lexicon:
    """Return a lexicon.

    Args:
        plain: words that carry no topic (`plain`), are vague (`vague`), have a meaning of their own
            as a whole (`compounds`), and signs by kind (`place`, `nuisance`, `spare`, `want`).
        synonyms: groups of words by section (`topics`, `places`, `lasting`).
    """
    latin: dict[str, Entry] = {}
    japanese: dict[str, Entry] = {}
    joint: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)

    def enter(word: str, is_own: bool = False) -> Entry:
        """Return the entry of a word; `is_own`: not that of a word with the same stem."""
        word = fold_entry(word)
        if ENGLISH_WORD.match(word):
            raw, stemmed = latin_forms(word)
            entry = latin.get(raw) or (None if is_own else latin.get(stemmed))
            if entry is None or (is_own and latin_forms(entry.key)[0] != raw):
                entry = Entry(word)
            latin[raw] = entry
            latin.setdefault(stemmed, entry)
            return entry
        entry = japanese.get(word)
        if entry is None or entry.key != word:
            entry = japanese[word] = Entry(word)
        for form in japanese_forms(word):
            japanese.setdefault(form, entry)
        return entry

    for word in split_words(plain["plain"]):
        enter(word).is_plain = True
    for word in split_words(plain["compounds"]):
        enter(word).is_plain = True
    for word in split_words(plain["vague"]):
        enter(word).is_vague = True
    for topics in synonyms.values():
        for topic, words in topics.items():
            for word in words:
                parts = [part.strip() for part in word.split("…")]
                if len(parts) == 1:
                    entry = enter(word, is_own=True)
                    if topic not in entry.topics:
                        entry.topics = (*entry.topics, topic)
                    continue
                keys = frozenset(enter(part).key for part in parts)
                for key in keys:
                    joint[key].append((topic, keys))
    for kind in ("place", "nuisance", "spare", "want"):
        for word in split_words(plain[kind]):
            entry = enter(word)
            entry.signs = (*entry.signs, kind)
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in japanese:
        lengths[form[0]].add(len(form))
    return Lexicon(
        latin,
        japanese,
        {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()},
        dict(joint),
        frozenset(synonyms["places"]),
        frozenset(synonyms["lasting"]),
    )


def split_words(lines: Iterable[str]) -> Iterator[str]:
    """Yield the words of lines such as `coffee table, oil drum`."""
    for line in lines:
        yield from (word.strip() for word in line.split(",") if word.strip())


def fold_entry(word: str) -> str:
    """Return a word without differences of width and case."""
    return normalize("NFKC", str(word)).lower().strip()


def latin_forms(word: str) -> tuple[str, str]:
    """Return an English word or phrase as it stands, and with the stem of each of its words.

    >>> latin_forms("care-givers")
    ('care givers', 'car giver')
    """
    words = [found.group() for found in ENGLISH_WORD.finditer(word)]
    return " ".join(words), " ".join(map(stem_word, words))


def japanese_forms(word: str) -> list[str]:
    """Return the beginnings of the inflected forms of a Japanese word.

    >>> japanese_forms("縫う")[:3], japanese_forms("育てる"), japanese_forms("コンピューター")
    (['縫わ', '縫い', '縫う'], ['育て'], ['コンピュータ'])
    """
    if long := _LONG.match(word):
        return [long.group(1)]
    if not _INFLECTED.match(word) or word[-1] not in _ENDINGS:
        return []
    if _ONE_STEP.search(word) and len(word) > 2:
        return [word[:-1]]
    if word[-1] == "い" and len(word) > 2 and word[-2] == "し":
        return [word[:-1]]
    return [word[:-1] + ending for ending in _ENDINGS[word[-1]]]
