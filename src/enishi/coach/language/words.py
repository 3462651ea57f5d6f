"""What two short texts, Japanese or English, have in common, by their words.

Words of a text are runs of one script in Japanese and stems in English. Two texts match surely
where they share a particular word or two words of one group of synonyms. A word that says little
(犬, school) makes no sure match alone, and a word that carries no topic (会社, people) makes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

import pandas as pd

from enishi.coach.language.lexicon import (
    HIRAGANA,
    KANJI,
    KATAKANA,
    Entry,
    fold_entry,
    japanese_forms,
    latin_forms,
    read_lexicon,
)
from enishi.coach.language.stems import ENGLISH_WORD, agent_base, stem_word

_STRETCH = re.compile(f"(?P<japanese>[{KANJI}{KATAKANA}{HIRAGANA}]+)|{ENGLISH_WORD.pattern}")
_RUN = re.compile(f"[{KANJI}]+|[{KATAKANA}]+")
_IS_KANJI = re.compile(f"[{KANJI}]+$")
_IS_KATAKANA = re.compile(f"[{KATAKANA}]+$")
_IS_HIRAGANA = re.compile(f"[{HIRAGANA}]+$")
_BEFORE = frozenset("のをにはがとでもへやなおご")
_AFTER = frozenset("のをにはがとでもへやかだよねしすらっさ")
"""Kana that may stand before and after a word in hiragana."""
_PARTICLES = frozenset("のをにはがとでもへや")
_SPELLING = re.compile(f"[{KANJI}][りしきちみいえけべてれめせぎげじびっ][{KANJI}]")
"""A compound whose okurigana may be left out: 引っ越し, 申し込み."""
_OKURIGANA = re.compile(f"[{HIRAGANA}]")
_NUMBER = re.compile("[一二三四五六七八九十百千万数何]+")
_PREFIXES = frozenset("元新副現前若名初全某")
_SUFFIXES = frozenset(
    "師士家者員人業店屋会部課室館学術科院所場用的中後前歴費書代系力法機器品物料官長職側園生界"
)
"""Single kanji that may be taken off a word of three."""
_DESCRIBED = re.compile(f"の([{KANJI}]+|[{KATAKANA}]+)")
"""A noun after の."""
_JOINED = re.compile(f"(?<=[{KATAKANA}])[{KANJI}](?![{KANJI}])")
"""A single kanji right after katakana: サッカー台."""
_BESIDE = frozenset(
    [
        "近く",
        "隣",
        "前",
        "横",
        "上",
        "下",
        "中",
        "裏",
        "間",
        "周り",
        "周辺",
        "箱",
        "音",
        "匂い",
        "絵",
        "本",
        "柄",
        "形",
        "色",
        "皿",
        "缶",
        "瓶",
        "椅子",
        "置物",
        "券",
        "人形",
        "結晶",
    ]
)
"""Nouns by which a word tells only where something is."""
_SMALL = str.maketrans({"ヴ": "ブ", "ァ": "ア", "ィ": "イ", "ゥ": "ウ", "ェ": "エ", "ォ": "オ"})
_LEAST_LATIN = 5
"""Letters of an English word that is known to no list and still makes a sure match."""


@dataclass(frozen=True, slots=True)
class WordMatch:
    """What two texts have in common.

    Attributes:
        is_sure: whether it may be shown as a reason; else it is at most a question.
        one: the words of the first text that make the match, as they stand there.
        other: those of the second text.
    """

    is_sure: bool
    one: str
    other: str


@dataclass(frozen=True)
class WordAnswers:
    """What the user has said about texts and words that belong together or do not.

    Attributes:
        together: pairs of folded texts that belong together; one text where both are the same.
        apart: pairs that do not.
    """

    together: frozenset[frozenset[str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


NO_ANSWERS = WordAnswers()
"""Nothing was said."""


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text; each mapping has the words as they stand in the text.

    Attributes:
        topics: by group of synonyms.
        particular: by word, those that make a sure match.
        vague: by word, those that alone make no sure match.
        every: by word, all that are known.
        asides: words, as they stand in the text, that only tell what another word is about (犬 in
            犬の絵, guitar in guitar case).
        is_keyword: whether the text is a single word.
        signs: the kinds of sign in it: `place` (somebody lives in or goes to a place), `nuisance`
            (something is thrown away or in the way), `spare` (somebody has a thing to give or lend)
            and `want` (somebody needs one).
        keys: the keys of topics, particular and vague words; texts that share none do not match.
    """

    topics: Mapping[str, str]
    particular: Mapping[str, str]
    vague: Mapping[str, str]
    every: Mapping[str, str]
    asides: frozenset[str]
    is_keyword: bool
    signs: frozenset[str]
    keys: frozenset[str]


def fold_text(text: str) -> str:
    """Return `text` stripped and without differences of width and case."""
    return normalize("NFKC", text).casefold().strip()


def read_answers(frames: Mapping[str, pd.DataFrame]) -> WordAnswers:
    """Return what the user has said about words that belong together or apart.

    Args:
        frames: a book's frames; needs word_pair.
    """
    pairs = frames["word_pair"]
    if pairs.empty:
        return NO_ANSWERS
    said: dict[str, set[frozenset[str]]] = {"together": set(), "apart": set()}
    for one, other, verdict in zip(pairs["one"], pairs["other"], pairs["verdict"], strict=True):
        if verdict in said and one.strip() and other.strip():
            said[verdict].add(frozenset((fold_text(one), fold_text(other))))
    return WordAnswers(frozenset(said["together"]), frozenset(said["apart"]))


def compare_words(one: str, other: str, answers: WordAnswers = NO_ANSWERS) -> WordMatch | None:
    """Return what two texts have in common, or None.

    Args:
        one: a text.
        other: another text.
        answers: what the user has said. An answer for the two whole texts decides; two single words
            that belong together are synonyms in all texts, and two apart make no match.

    >>> compare_words("エクセルの関数が得意", "Excelで売上表を作りたい")
    WordMatch(is_sure=True, one='エクセル', other='Excel')
    >>> compare_words("Good with people", "People carrier for sale") is None
    True
    """
    if answers is not NO_ANSWERS:
        pair = frozenset((fold_text(one), fold_text(other)))
        if pair in answers.apart:
            return None
        if pair in answers.together:
            return WordMatch(True, one.strip(), other.strip())
    a, b = words_of(one), words_of(other)
    if a.keys.isdisjoint(b.keys):
        said = _said_together(one, other, answers)
        return WordMatch(True, *said) if said else None
    found = _first_allowed(_sure_pairs(a, b), answers)
    if found:
        return WordMatch(True, *found)
    if answers.together and (said := _said_together(one, other, answers)):
        return WordMatch(True, *said)
    found = _first_allowed(_unsure_pairs(a, b), answers)
    return WordMatch(False, *found) if found else None


def _first_allowed(
    pairs: Iterable[tuple[str, str]], answers: WordAnswers
) -> tuple[str, str] | None:
    """Return the first pair of words that the user did not say to be apart."""
    if not answers.apart:
        return next(iter(pairs), None)
    return next(
        (
            (one, other)
            for one, other in pairs
            if frozenset((fold_text(one), fold_text(other))) not in answers.apart
        ),
        None,
    )


def _sure_pairs(a: TextWords, b: TextWords) -> Iterator[tuple[str, str]]:
    """Yield the words of both texts that make a sure match."""
    lexicon = read_lexicon()
    is_at_odds = ("nuisance" in a.signs) != ("nuisance" in b.signs)
    if not a.topics.keys().isdisjoint(b.topics):
        for topic in a.topics:
            if topic not in b.topics or (is_at_odds and topic not in lexicon.lasting):
                continue
            if topic in lexicon.places and not (_is_place(a) and _is_place(b)):
                continue
            pair = a.topics[topic], b.topics[topic]
            if not _is_aside(a, b, *pair):
                yield pair
    if is_at_odds:
        return
    if not a.particular.keys().isdisjoint(b.particular):
        for word in a.particular:
            if word in b.particular:
                pair = a.particular[word], b.particular[word]
                if not _is_aside(a, b, *pair):
                    yield pair
    if a.vague.keys().isdisjoint(b.vague):
        return
    shared = [word for word in a.vague if word in b.vague]
    if _is_there(a, b):
        names = ((a.vague[word], b.vague[word]) for word in shared)
        yield from ((one, other) for one, other in names if one[0].isupper() and other[0].isupper())
    if len(shared) > 1 or a.is_keyword or b.is_keyword or _is_handed_on(a, b):
        yield a.vague[shared[0]], b.vague[shared[0]]


def _is_there(a: TextWords, b: TextWords) -> bool:
    """Return whether both texts are about being in or going to a place."""
    return "place" in a.signs and "place" in b.signs


def _is_handed_on(a: TextWords, b: TextWords) -> bool:
    """Return whether one text has a thing to spare and the other needs one."""
    return ("spare" in a.signs and "want" in b.signs) or ("want" in a.signs and "spare" in b.signs)


def _is_aside(a: TextWords, b: TextWords, one: str, other: str) -> bool:
    """Return whether the same word stands in both texts and is an aside in one of them."""
    if one not in a.asides and other not in b.asides:
        return False
    return _root(one) == _root(other)


def _root(word: str) -> str:
    return " ".join(map(stem_word, word.lower().split()))


def _is_place(words: TextWords) -> bool:
    return "place" in words.signs or words.is_keyword


def _unsure_pairs(a: TextWords, b: TextWords) -> Iterator[tuple[str, str]]:
    """Yield the words of both texts that may make a match."""
    for mine, theirs in (
        (a.topics, b.topics),
        (a.particular, b.particular),
        (a.vague, b.vague),
    ):
        for word in mine:
            if word in theirs:
                yield mine[word], theirs[word]


def _said_together(one: str, other: str, answers: WordAnswers) -> tuple[str, str] | None:
    """Return a word of each text of which the user said that they belong together, or None."""
    a, b = words_of(one).every, words_of(other).every
    for pair in answers.together:
        first, *rest = pair
        second = rest[0] if rest else first
        x, y = single_word(first), single_word(second)
        if x and y:
            if x in a and y in b:
                return a[x], b[y]
            if y in a and x in b:
                return a[y], b[x]
    return None


@lru_cache(maxsize=1024)
def single_word(text: str) -> str:
    """Return the dictionary form of a text that is one word, else ''."""
    words = words_of(text)
    return next(iter(words.every)) if words.is_keyword and words.every else ""


@lru_cache(maxsize=16384)
def words_of(text: str) -> TextWords:
    """Return the words of a text."""
    plain = normalize("NFKC", text).strip()
    low = plain.lower()
    if len(low) != len(plain):
        plain = low
    reader = _Reader(plain)
    latin: list[tuple[str, int, int]] = []
    for found in _STRETCH.finditer(low):
        if found["japanese"] is None:
            latin.append((found.group(), *found.span()))
            continue
        reader.read_latin(latin)
        latin = []
        reader.read_japanese(low, *found.span())
    reader.read_latin(latin)
    return reader.words()


class _Reader:
    """Collects the words of one text.

    Args:
        plain: the text; its words are quoted as they stand in it.
    """

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.entries: dict[str, tuple[Entry, str]] = {}
        self.unknown: dict[str, str] = {}
        self.vague: dict[str, str] = {}
        self.asides: set[str] = set()
        self.whole = False

    def quote(self, start: int, end: int) -> str:
        text = self.plain[start:end]
        self.whole = self.whole or end - start == len(self.plain)
        return text

    def enter(self, entry: Entry, start: int, end: int) -> None:
        quoted = self.quote(start, end)
        self.entries.setdefault(entry.key, (entry, quoted))

    def read_latin(self, found: list[tuple[str, int, int]]) -> None:
        """Read English words that follow each other: the longest known phrases, then the rest."""
        known = read_lexicon().latin
        stems = [stem_word(word) for word, _, _ in found]
        at = 0
        while at < len(found):
            for size in (3, 2, 1):
                part = found[at : at + size]
                if len(part) < size:
                    continue
                entry = known.get(" ".join(word for word, _, _ in part)) or known.get(
                    " ".join(stems[at : at + size])
                )
                if not entry and size == 2 and self.plain[part[0][2] : part[1][1]] == "-":
                    entry = known.get(part[0][0] + part[1][0])
                if entry:
                    self.enter(entry, part[0][1], part[-1][2])
                    break
            else:
                size = 1
                self._add_latin(stems[at], *found[at])
            self._note_latin_aside(found, stems, at, at + size)
            at += size

    def _note_latin_aside(
        self, found: list[tuple[str, int, int]], stems: list[str], at: int, end: int
    ) -> None:
        """Note the words from `at` to `end` if a noun follows that they only describe."""
        if end >= len(found):
            return
        word, start, _ = found[end]
        if self.plain[found[end - 1][2] : start] not in (" ", "-"):
            return
        if len(word) < 4 or word.endswith(("ing", "ed", "er", "ers", "ist", "ly")):
            return
        latin = read_lexicon().latin
        entry = latin.get(word) or latin.get(stems[end])
        if entry is None or entry.is_vague:
            self.asides.add(self.plain[found[at][1] : found[end - 1][2]])

    def _add_latin(self, stem: str, word: str, start: int, end: int) -> None:
        if len(word) < 3 or word[0].isdigit():
            return
        quoted = self.quote(start, end)
        into = self.unknown if len(word) >= _LEAST_LATIN else self.vague
        into.setdefault(stem, quoted)
        if base := agent_base(word):
            self.unknown.setdefault(base, quoted)

    def read_japanese(self, text: str, start: int, end: int) -> None:
        """Read a stretch of Japanese: the longest known words first, then runs of one script."""
        lexicon = read_lexicon()
        forms, lengths = lexicon.japanese, lexicon.lengths
        at = rest = start
        while at < end:
            for length in lengths.get(text[at], ()):
                stop = at + length
                entry = forms.get(text[at:stop]) if stop <= end else None
                if entry and _stands_alone(text, at, stop, rest, end):
                    stop = _end_of_word(text, stop, end, entry)
                    self._add_runs(text, rest, at)
                    self.enter(entry, at, stop)
                    self._note_japanese_aside(text, at, stop)
                    at = rest = stop
                    break
            else:
                at += 1
        self._add_runs(text, rest, end)
        for found in _SPELLING.finditer(text, start, end):
            self.unknown.setdefault(
                _OKURIGANA.sub("", found.group()), self.plain[found.start() : found.end()]
            )

    def _add_runs(self, text: str, start: int, end: int) -> None:
        for found in _RUN.finditer(text, start, end):
            run, (at, stop) = found.group(), found.span()
            if len(run) == 1:
                after = text[stop : stop + 1]
                is_noun = not _IS_HIRAGANA.match(after or "-") or after in _PARTICLES
                if is_noun and _IS_KANJI.match(run) and _is_alone(text, at, stop):
                    self.vague.setdefault(run, self.quote(at, stop))
            elif _IS_KATAKANA.match(run):
                self.unknown.setdefault(_katakana_key(run), self.quote(at, stop))
            elif not _NUMBER.match(run):
                for part in _kanji_parts(run):
                    self.unknown.setdefault(part, self.quote(at, stop))
                self._note_japanese_aside(text, at, stop)

    def _note_japanese_aside(self, text: str, at: int, stop: int) -> None:
        """Note the word from `at` to `stop` if it only describes the noun after it."""
        forms = read_lexicon().japanese
        found = _DESCRIBED.match(text, stop)
        noun = found.group(1) if found else ""
        joined = _JOINED.match(text, stop)
        if noun in _BESIDE or (joined and joined.group() not in _SUFFIXES | forms.keys()):
            self.asides.add(self.plain[at:stop])

    def words(self) -> TextWords:
        """Return what was read."""
        lexicon = read_lexicon()
        topics: dict[str, str] = {}
        particular, vague = dict(self.unknown), dict(self.vague)
        signs: set[str] = set()
        for key, (entry, quoted) in self.entries.items():
            signs.update(entry.signs)
            for topic in entry.topics:
                topics.setdefault(topic, quoted)
            if entry.is_vague and not entry.topics:
                vague.setdefault(key, quoted)
            elif entry.is_plain or entry.topics or entry.signs or _is_verb(key):
                continue
            if entry.is_vague:
                continue
            particular.setdefault(key, quoted)
        for key in self.entries:
            for topic, keys in lexicon.joint.get(key, ()):
                if topic not in topics and keys <= self.entries.keys():
                    topics[topic] = "…".join(
                        dict.fromkeys(
                            said for each, (_, said) in self.entries.items() if each in keys
                        )
                    )
        every = {key: quoted for key, (_, quoted) in self.entries.items()}
        return TextWords(
            topics,
            particular,
            vague,
            self.vague | self.unknown | every,
            frozenset(self.asides),
            self.whole,
            frozenset(signs),
            frozenset((*topics, *particular, *vague)),
        )


def _is_verb(key: str) -> bool:
    """Return whether a part of a joint entry is an act rather than a thing."""
    return (key.isascii() and len(key) < _LEAST_LATIN) or bool(_IS_HIRAGANA.match(key[-1]))


def _is_alone(text: str, start: int, end: int) -> bool:
    """Return whether no kanji stands beside a part of a text."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_IS_KANJI.match(before or "-") or _IS_KANJI.match(after or "-"))


def _stands_alone(text: str, at: int, stop: int, start: int, end: int) -> bool:
    """Return whether a known form is a word where it stands, not a part of another word.

    `start` is where the known word before it ends, `end` where the Japanese ends.
    """
    form = text[at:stop]
    if _IS_KATAKANA.match(form):
        left, right = at, stop
        while left > start and _IS_KATAKANA.match(text[left - 1]):
            left -= 1
        while right < end and _IS_KATAKANA.match(text[right]):
            right += 1
        before, after = at - left, right - stop
        if after == 1 and text[stop] == "ー":
            after = 0
        least = 2 if len(form) >= 4 else 3
        if len(form) < 3:
            return not (before or after)
        return (not before or before >= least) and (not after or after >= least)
    if len(form) == 1 and _IS_KANJI.match(form):
        return _is_alone(text, at, stop)
    if _IS_HIRAGANA.match(form):
        beside, behind = text[at - 1 : at], text[stop : stop + 1]
        if at > start and _IS_HIRAGANA.match(beside) and beside not in _BEFORE:
            return False
        return len(form) > 2 or stop >= end or behind in _AFTER or not _IS_HIRAGANA.match(behind)
    return True


def _end_of_word(text: str, stop: int, end: int, entry: Entry) -> int:
    """Return where a known word ends: with its long vowel, and in its dictionary form."""
    if stop < end and text[stop] == "ー":
        return stop + 1
    rest = entry.key[len(entry.key) - 1 :]
    if _IS_HIRAGANA.match(rest) and text[stop : stop + 1] == rest:
        begun = stop - len(entry.key) + 1
        if begun >= 0 and text[begun : stop + 1] == entry.key:
            return stop + 1
    return stop


def _katakana_key(run: str) -> str:
    """Return a word in katakana without differences of spelling.

    >>> _katakana_key("コンピューター") == _katakana_key("コンピュータ")
    True
    """
    key = run.replace("ヴァ", "バ").translate(_SMALL)
    return key[:-1] if len(key) > 3 and key.endswith("ー") else key


def _kanji_parts(run: str) -> list[str]:
    """Return a compound of kanji and the parts of it that stand for it elsewhere.

    >>> _kanji_parts("電気工事士"), _kanji_parts("看板"), _kanji_parts("薬剤師")
    (['電気工事士', '電気', '工事', '電気工事'], ['看板'], ['薬剤師', '薬剤'])
    """
    if len(run) == 3:
        if run[-1] in _SUFFIXES:
            return [run, run[:2]]
        return [run, run[1:]] if run[0] in _PREFIXES else [run]
    if len(run) == 4:
        return [run, run[:2], run[2:]]
    if len(run) == 5 and run[-1] in _SUFFIXES:
        return [run, run[:2], run[2:4], run[:4]]
    if len(run) == 6:
        return [run, run[:2], run[2:4], run[4:]]
    return [run]


def matching_words(text: str, others: Iterable[str], answers: WordAnswers = NO_ANSWERS) -> str:
    """Return the first of `others` that surely matches `text`, or ''.

    >>> matching_words("確定申告で困っている", ["写真", "確定申告"])
    '確定申告'
    """
    return next((other for other in others if is_sure_match(text, other, answers)), "")


def is_sure_match(one: str, other: str, answers: WordAnswers = NO_ANSWERS) -> bool:
    """Return whether two texts surely have something in common."""
    found = compare_words(one, other, answers)
    return found is not None and found.is_sure


def matching_pair(
    ones: Iterable[str], others: Iterable[str], answers: WordAnswers = NO_ANSWERS
) -> tuple[str, str] | None:
    """Return the first of `ones` that surely matches one of `others`, with that one, or None."""
    them = list(others)
    for one in ones:
        if other := matching_words(one, them, answers):
            return one, other
    return None


def shared_words(
    wanted: Iterable[str], theirs: Iterable[str], answers: WordAnswers = NO_ANSWERS
) -> str:
    """Return the first of `wanted` that surely matches one of `theirs`, or ''.

    >>> shared_words(["写真を撮れる人", "本"], ["料理", "写真"])
    '写真を撮れる人'
    """
    found = matching_pair(wanted, theirs, answers)
    return found[0] if found else ""


def is_same_topic(one: str, other: str, answers: WordAnswers = NO_ANSWERS) -> bool:
    """Return whether two texts say the same, or surely have something in common.

    >>> is_same_topic("bouldering", "Bouldering on Tuesdays"), is_same_topic("art", "a party")
    (True, False)
    >>> is_same_topic("写真を撮る", "旅、写真"), is_same_topic("old town walks", "town hall")
    (True, False)
    """
    if fold_text(one) == fold_text(other):
        return bool(fold_text(one))
    return is_sure_match(one, other, answers)


def find_sign(text: str, signs: Iterable[str]) -> str:
    """Return the first of `signs` that stands in a text in any of its forms, or ''.

    Args:
        text: what somebody wrote.
        signs: words or phrases of a catalogue; a Japanese verb stands for its forms.

    >>> find_sign("先月引っ越したばかり", ["写真", "引っ越す"]), find_sign("letters", ["letter"])
    ('引っ越す', 'letter')
    """
    plain, stems = _plain_and_stems(text)
    for sign in signs:
        forms, stemmed = _sign_forms(sign)
        if stemmed:
            if stemmed in stems:
                return sign
        elif any(_has_form(plain, form) for form in forms):
            return sign
    return ""


@lru_cache(maxsize=4096)
def _plain_and_stems(text: str) -> tuple[str, str]:
    low = normalize("NFKC", text).lower().strip()
    return low, f" {' '.join(stem_word(found.group()) for found in ENGLISH_WORD.finditer(low))} "


@lru_cache(maxsize=2048)
def _sign_forms(sign: str) -> tuple[tuple[str, ...], str]:
    """Return the Japanese forms of a sign, or its English stems between spaces."""
    word = fold_entry(sign)
    if ENGLISH_WORD.match(word):
        return (), f" {latin_forms(word)[1]} "
    return (word, *japanese_forms(word)), ""


def _has_form(text: str, form: str) -> bool:
    at = text.find(form)
    while at >= 0:
        if _stands_alone(text, at, at + len(form), 0, len(text)):
            return True
        at = text.find(form, at + 1)
    return False
