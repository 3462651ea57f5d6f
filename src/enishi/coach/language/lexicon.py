"""The words that matching knows, from `data/language/synonyms.yaml` and `plain_words.yaml`.

An entry is a word, a phrase, or several that must all be in a text, with … between them:

    woodwork: [大工, 木工, 家具…作る, carpenter, build … shelf]

A verb or an adjective of Japanese stands for its inflected forms, an English word for those with
the same stem.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from enishi.coach.language.stems import ENGLISH_WORD, stem_word
from enishi.i18n.texts import read_phrase_lines

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
_JAPANESE = f"[{KANJI}{KATAKANA}{HIRAGANA}]"
_SCRIPTS = re.compile(f"(?<=[A-Za-z0-9])(?={_JAPANESE})|(?<={_JAPANESE})(?=[A-Za-z])")
"""Between two scripts: as texts are read one by one, ITサポート is two words."""


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
        longest: the number of words of the longest English phrase by its first word or stem.
        joint: by the key of an entry, the topics of which it is the first part and all keys needed.
        places: the topics that are places.
        lasting: the topics that fit also where something is thrown away or a nuisance.
        beside: nouns that tell, after a word, that a text is not about the thing itself.
        about: nouns after which a text is still about the word before them.
        everyday: words for things that many texts name, each for a reason of its own.
    """

    latin: dict[str, Entry]
    japanese: dict[str, Entry]
    lengths: dict[str, tuple[int, ...]]
    longest: dict[str, int]
    joint: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    places: frozenset[str]
    lasting: frozenset[str]
    beside: frozenset[str]
    about: frozenset[str]
    everyday: frozenset[str]


SIGN_KINDS = ("place", "nuisance", "spare", "want", "able", "wish")
"""The kinds of sign in `plain_words.yaml`."""


@cache
def read_lexicon() -> Lexicon:
    """Return the words of `data/language`."""
    plain = {kind: words[""] for kind, words in read_word_lists("plain_words").items()}
    return build_lexicon(plain, read_word_lists("synonyms"))


def read_word_lists(name: str) -> dict[str, dict[str, list[str]]]:
    """Return the words of `data/language/<name>.yaml` by section and name.

    The file is YAML in which each line is a section (`topics:`), a list with a name
    (`  tax: [税金, taxes]`), or one without (`  - 人, people`), which has the name ''. Read line by
    line, it takes a tenth of the time and leaves nothing behind but the words.
    """
    sections: dict[str, dict[str, list[str]]] = {}
    for line in read_phrase_lines(name):
        plain = line.strip()
        if not plain or plain.startswith("#"):
            continue
        if not line.startswith(" "):
            section = sections[plain.removesuffix(":")] = {}
        elif plain.startswith("- "):
            section.setdefault("", []).extend(split_words([plain[2:]]))
        else:
            title, _, words = plain.partition(": ")
            section[title] = words.strip("[]").split(", ")
    return sections


def build_lexicon(
    plain: Mapping[str, Iterable[str]], synonyms: Mapping[str, Mapping[str, Iterable[str]]]
) -> Lexicon:
    """Return a lexicon.

    Args:
        plain: words that carry no topic (`plain`), are vague (`vague`), have a meaning of their own
            as a whole (`compounds`), other spellings (`spellings`, コケ=苔), nouns (`beside`,
            `about`, `everyday`), and signs by kind (`SIGN_KINDS`).
        synonyms: groups of words by section (`topics`, `places`, `lasting`).
    """
    latin: dict[str, Entry] = {}
    japanese: dict[str, Entry] = {}
    joint: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = defaultdict(tuple)
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    spellings = dict(fold_entry(pair).split("=") for pair in plain["spellings"])

    def enter(word: str, is_own: bool = False) -> Entry:
        """Return the entry of a word; `is_own`: not that of a word with the same stem."""
        word = fold_entry(word)
        word = spellings.get(word, word)
        if ENGLISH_WORD.match(word):
            raw, stemmed = latin_forms(word)
            entry = latin.get(raw) or (None if is_own else latin.get(stemmed))
            if entry is None or (is_own and entry.key != raw):
                entry = Entry(raw)
            latin[raw] = entry
            latin.setdefault(stemmed, entry)
            return entry
        entry = japanese.get(word)
        if entry is None or entry.key != word:
            entry = japanese[word] = Entry(word)
        for form in japanese_forms(word):
            japanese.setdefault(form, entry)
        return entry

    def add(old: tuple[str, ...], new: str) -> tuple[str, ...]:
        """Return `old` with `new`; entries with the same share one tuple."""
        both = old if new in old else (*old, new)
        return same.setdefault(both, both)

    for kind in ("plain", "compounds"):
        for word in plain[kind]:
            enter(word).is_plain = True
    for word in plain["vague"]:
        enter(word)
    for topics in synonyms.values():
        for topic, words in topics.items():
            for word in words:
                parts = [each for part in word.split("…") for each in _SCRIPTS.split(part)]
                if len(parts) == 1:
                    entry = enter(word, is_own=True)
                    entry.topics = add(entry.topics, topic)
                    continue
                keys = tuple(enter(part).key for part in parts)
                joint[keys[0]] += ((topic, keys),)
    for word in plain["vague"]:
        enter(word).is_vague = True
    for spelling, word in spellings.items():
        japanese[spelling] = enter(word, is_own=True)
    for kind in SIGN_KINDS:
        for word in plain[kind]:
            entry = enter(word)
            entry.signs = add(entry.signs, kind)
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in japanese:
        lengths[form[0]].add(len(form))
    longest: dict[str, int] = {}
    for phrase in latin:
        words_of_phrase = phrase.split()
        if len(words_of_phrase) > 1:
            first = words_of_phrase[0]
            longest[first] = max(len(words_of_phrase), longest.get(first, 2))
    return Lexicon(
        latin,
        japanese,
        {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()},
        longest,
        dict(joint),
        frozenset(synonyms["places"]),
        frozenset(synonyms["lasting"]),
        frozenset(plain["beside"]),
        frozenset(plain["about"]),
        frozenset(map(_everyday_form, plain["everyday"])),
    )


def _everyday_form(word: str) -> str:
    return stem_word(word) if word.isascii() else word


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
