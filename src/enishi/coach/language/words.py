"""What two short texts, Japanese or English, have in common, by their words.

Words of a text are runs of one script in Japanese and stems in English. Two texts match surely
where they share a particular word or two words of one group of synonyms. A word that says little
(犬, school) makes no sure match alone, and a word that carries no topic (会社, people) makes none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
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
from enishi.i18n.texts import read_weights

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
_NAMED = re.compile("(?:という|って)(?:名|店|本|題)")
"""What follows a word that is but the name of something."""
_DESCRIBED = re.compile(f"の([{KANJI}]+|[{KATAKANA}]+)")
"""A noun after の."""
_JOINED = re.compile(f"(?<=[{KATAKANA}])[{KANJI}](?![{KANJI}])")
"""A single kanji right after katakana: サッカー台."""
_SMALL = str.maketrans({"ヴ": "ブ", "ァ": "ア", "ィ": "イ", "ゥ": "ウ", "ェ": "エ", "ォ": "オ"})
_LEAST_QUOTED = 5
"""Characters of a text that says the same where it stands in another."""
_JOINING = frozenset(
    [
        "of",
        "for",
        "my",
        "your",
        "our",
        "their",
        "his",
        "her",
        "its",
        "the",
        "a",
        "an",
        "to",
        "in",
        "on",
        "at",
        "with",
        "from",
    ]
)
"""English words after which a noun is not described by what comes before."""
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
    """The words of a text; each mapping has them as they stand in the text.

    Attributes:
        text: the text without differences of width and case.
        topics: by group of synonyms, all that belong to it.
        particular: by word, those that make a sure match.
        vague: by word, those that alone make no sure match.
        every: by word, all that are known.
        content: the words, as they stand in the text, that say what it is about.
        asides: words, as they stand in the text, that only tell what another word is about (犬 in
            犬の絵, guitar in guitar case).
        beside: words before a noun by which the text is not about the thing itself (刃物の歴史).
        describing: words that stand before a noun that matching does not know.
        is_keyword: whether the text is a single word.
        signs: the kinds of sign in it: `place` (somebody lives in or goes to a place), `nuisance`
            (something is thrown away or in the way), `spare` (somebody has a thing to give or lend)
            and `want` (somebody needs one).
        keys: the keys of topics, particular and vague words; texts that share none do not match.
    """

    text: str
    topics: Mapping[str, tuple[str, ...]]
    particular: Mapping[str, str]
    vague: Mapping[str, str]
    every: Mapping[str, str]
    content: frozenset[str]
    asides: frozenset[str]
    beside: frozenset[str]
    describing: frozenset[str]
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
    pairs = shared_pairs(a, b)
    allowed = pairs
    if answers.apart:
        allowed = [
            pair
            for pair in pairs
            if frozenset((fold_text(pair.one), fold_text(pair.other))) not in answers.apart
        ]
    best = max(allowed, key=lambda pair: pair.weight, default=None)
    if best and _is_sure(a, b, allowed):
        return WordMatch(True, best.one, best.other)
    if answers.together and (said := _said_together(one, other, answers)):
        return WordMatch(True, *said)
    return WordMatch(False, best.one, best.other) if best else None


@dataclass(frozen=True, slots=True)
class SharedPair:
    """Words of two texts that belong together.

    Attributes:
        kind: `topic` (of one group of synonyms), `particular` (the same word) or `vague` (the same
            word, one that says little).
        one: the words of the first text as they stand there.
        other: those of the second text.
        is_same: whether both are the same word or have one in common (ピアノ, ピアノ教室).
        aside: 2 where the word is an aside in a text, 1 where it may be, else 0.
        said: all words of both texts that say the same.
    """

    kind: str
    one: str
    other: str
    is_same: bool
    aside: int
    said: frozenset[str]

    @property
    def weight(self) -> tuple[bool, bool, bool, int]:
        """How much the pair says: the greatest is shown."""
        return self.kind != "vague", self.aside < 2, self.kind == "topic", -self.aside


def shared_pairs(a: TextWords, b: TextWords) -> list[SharedPair]:
    """Return the words of both texts that belong together, each pair once."""
    lexicon = read_lexicon()
    pairs: dict[tuple[str, str], SharedPair] = {}
    for topic in a.topics:
        if topic not in b.topics or (
            topic in lexicon.places and not (_is_place(a) and _is_place(b))
        ):
            continue
        mine, theirs = a.topics[topic], b.topics[topic]
        said = {part for words in (*mine, *theirs) for part in words.split("…")}
        _add_pair(pairs, "topic", a, b, mine[0], theirs[0], said)
    for kind, known, others in (
        ("particular", a.particular, b.particular),
        ("vague", a.vague, b.vague),
    ):
        for key in known:
            if key in others:
                one, other = known[key], others[key]
                _add_pair(pairs, kind, a, b, one, other, {one, other})
    return list(pairs.values())


def _add_pair(
    pairs: dict[tuple[str, str], SharedPair],
    kind: str,
    a: TextWords,
    b: TextWords,
    one: str,
    other: str,
    said: set[str],
) -> None:
    """Add two words that belong together, unless they are there already."""
    if (one, other) in pairs:
        return
    is_same = _is_akin(one, other)
    aside = 0
    if one in a.beside or other in b.beside or (is_same and (one in a.asides or other in b.asides)):
        aside = 2
    elif is_same and (one in a.describing or other in b.describing):
        aside = 1
    pairs[one, other] = SharedPair(kind, one, other, is_same, aside, frozenset(said))


def _is_sure(a: TextWords, b: TextWords, pairs: list[SharedPair]) -> bool:
    """Return whether pairs of words make a sure match."""
    features = match_features(a, b, pairs)
    clear = [pair for pair in pairs if pair.aside == 0]
    if clear and not features["nuisance"]:
        if features["keyword"] or features["handed_on"]:
            return True
        if _is_within(a.text, b.text) or _is_within(b.text, a.text):
            return True
        if not features["vague_only"] and features["whole"] and features["rest_most"] == 0:
            return True  # neither text is about anything else
        if features["place"] and any(
            pair.one[0].isupper() and pair.other[0].isupper() for pair in clear
        ):
            return True
    return any(pair.aside < 2 for pair in pairs) and weigh_match(features) > 0


def match_features(a: TextWords, b: TextWords, pairs: Iterable[SharedPair]) -> dict[str, float]:
    """Return what speaks for and against a sure match, by the names in `matches.json`."""
    shared = list(pairs)
    strong = [pair for pair in shared if pair.kind != "vague"]
    clear = [pair for pair in strong if pair.aside == 0]
    said = frozenset().union(*(pair.said for pair in shared))
    rest = sorted((len(a.content - said), len(b.content - said)))
    at_odds = ("nuisance" in a.signs) != ("nuisance" in b.signs)
    lasts = not read_lexicon().lasting.isdisjoint(a.topics.keys() & b.topics.keys())
    return {
        "topic": float(any(pair.kind == "topic" for pair in shared)),
        "particular": float(any(pair.kind == "particular" for pair in shared)),
        "other_word": float(any(not pair.is_same for pair in clear)),
        "several": float(len({pair.one for pair in shared}) > 1),
        "backed": float(any(_is_backed(a, b, topic) for topic in a.topics if topic in b.topics)),
        "vague_only": float(bool(shared) and not strong),
        "aside": float(bool(shared) and all(pair.aside == 2 for pair in strong or shared)),
        "describes": float(bool(shared) and all(pair.aside > 0 for pair in strong or shared)),
        "rest_least": float(min(rest[0], 3)),
        "rest_most": float(min(rest[1], 4)),
        "whole": float(rest[0] == 0),
        "keyword": float(a.is_keyword or b.is_keyword),
        "nuisance": float(at_odds and not lasts),
        "handed_on": float(_is_handed_on(a, b)),
        "place": float(_is_there(a, b)),
        "able_wish": float(_is_asked_of(a, b)),
    }


def _is_backed(a: TextWords, b: TextWords, topic: str) -> bool:
    """Return whether more than one word of a text belongs to a topic of both."""
    return len(a.topics[topic]) > 1 or len(b.topics[topic]) > 1


def _is_asked_of(a: TextWords, b: TextWords) -> bool:
    """Return whether one text says what somebody can do and the other what somebody asks for."""
    return ("able" in a.signs and "wish" in b.signs) or ("wish" in a.signs and "able" in b.signs)


def weigh_match(features: Mapping[str, float]) -> float:
    """Return how surely texts with these features match: above 0 is sure."""
    weights = _match_weights()
    return weights["bias"] + sum(weights[name] * value for name, value in features.items())


@cache
def _match_weights() -> dict[str, float]:
    weights: dict[str, float] = read_weights("matches")["both"]
    return weights


def _is_there(a: TextWords, b: TextWords) -> bool:
    """Return whether both texts are about being in or going to a place."""
    return "place" in a.signs and "place" in b.signs


def _is_within(text: str, whole: str) -> bool:
    """Return whether a text of several words stands in another as it is."""
    return len(text) >= _LEAST_QUOTED and text in whole


def _is_handed_on(a: TextWords, b: TextWords) -> bool:
    """Return whether one text has a thing to spare and the other needs one."""
    return ("spare" in a.signs and "want" in b.signs) or ("want" in a.signs and "spare" in b.signs)


def _is_akin(one: str, other: str) -> bool:
    """Return whether two words or phrases have a word in common, or its beginning.

    >>> _is_akin("piano teacher", "Pianos"), _is_akin("木工教室", "木工"), _is_akin("大工", "木工")
    (True, True, False)
    """
    return not _stretches(one).isdisjoint(_stretches(other))


def _stretches(text: str) -> set[str]:
    """Return the beginnings of English words, and all pairs of characters of Japanese ones."""
    found = set()
    for part in _STRETCH.finditer(text.lower()):
        word = part.group()
        if part["japanese"] is None:
            found.add(stem_word(word)[:5])
        elif len(word) == 1:
            found.add(word)
        else:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
    return found


def _is_place(words: TextWords) -> bool:
    return "place" in words.signs or words.is_keyword


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
        self.beside: set[str] = set()
        self.describing: set[str] = set()
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
        lexicon = read_lexicon()
        known, longest = lexicon.latin, lexicon.longest
        words = [word for word, _, _ in found]
        stems = list(map(stem_word, words))
        at = 0
        while at < len(found):
            size = min(max(longest.get(words[at], 1), longest.get(stems[at], 1)), len(found) - at)
            entry = None
            while size > 1 and not entry:
                entry = known.get(" ".join(words[at : at + size])) or known.get(
                    " ".join(stems[at : at + size])
                )
                size -= not entry
            if not entry and self.plain[found[at][2] : found[at][2] + 1] == "-":
                entry, size = self._hyphenated(words[at : at + 2]), 2
            if not entry:
                entry, size = known.get(words[at]) or known.get(stems[at]), 1
            if entry:
                self.enter(entry, found[at][1], found[at + size - 1][2])
            else:
                self._add_latin(stems[at], *found[at])
            if not entry or not entry.is_plain:
                self._note_latin_aside(found, stems, at, at + size)
            at += size

    def _hyphenated(self, words: list[str]) -> Entry | None:
        """Return the entry of two words with a hyphen that is also written as one, or None."""
        return read_lexicon().latin.get("".join(words)) if len(words) > 1 else None

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
        head = latin.get(word) or latin.get(stems[end])
        first, last = found[at], found[end - 1]
        if last[0] in _JOINING:
            return
        said = self.plain[first[1] : last[2]]
        mine = latin.get(" ".join(stems[at:end])) or latin.get(first[0])
        self._note_head(said, mine, head)

    def _note_head(self, said: str, mine: Entry | None, head: Entry | None) -> None:
        """Note that a word describes a noun; `mine` and `head` are their entries."""
        if head is None:
            self.describing.add(said)
        elif head.is_vague and not head.topics:
            self.asides.add(said)
        elif head.topics and not (mine and set(mine.topics) & set(head.topics)):
            (self.describing if mine and mine.topics else self.asides).add(said)

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
                    if not entry.is_plain:
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
        lexicon = read_lexicon()
        forms = lexicon.japanese
        found = _DESCRIBED.match(text, stop)
        noun = found.group(1) if found else ""
        joined = _JOINED.match(text, stop)
        said = self.plain[at:stop]
        if joined and joined.group() not in _SUFFIXES and joined.group() not in forms:
            self.asides.add(said)
            return
        if not noun and (run := _RUN.match(text, stop)):
            noun = run.group()
        if noun in lexicon.beside or _NAMED.match(text, stop):
            self.beside.add(said)
            return
        if not noun or noun in _SUFFIXES or noun[0] == "歴" or _NUMBER.match(noun):
            return
        head = forms.get(noun) or next(
            (forms[part] for part in _kanji_parts(noun)[1:] if part in forms), None
        )
        self._note_head(said, forms.get(text[at:stop]), head)

    def words(self) -> TextWords:
        """Return what was read."""
        lexicon = read_lexicon()
        topics: dict[str, tuple[str, ...]] = {}
        particular, vague = dict(self.unknown), dict(self.vague)
        signs: set[str] = set()
        for key, (entry, quoted) in self.entries.items():
            signs.update(entry.signs)
            for topic in entry.topics:
                topics[topic] = (*topics.get(topic, ()), quoted)
            if entry.is_vague and not entry.topics:
                vague.setdefault(key, quoted)
            elif entry.is_plain or entry.topics or entry.signs or _is_verb(key):
                continue
            if entry.is_vague:
                continue
            particular.setdefault(key, quoted)
        for key in self.entries:
            for topic, keys in lexicon.joint.get(key, ()):
                if all(each in self.entries for each in keys):
                    said = (quoted for each, (_, quoted) in self.entries.items() if each in keys)
                    quoted = "…".join(dict.fromkeys(said))
                    topics[topic] = (*topics.get(topic, ()), quoted)
        every = {key: quoted for key, (_, quoted) in self.entries.items()}
        return TextWords(
            self.plain.lower(),
            topics,
            particular,
            vague,
            self.vague | self.unknown | every,
            frozenset(self._content()),
            frozenset(self.asides),
            frozenset(self.beside),
            frozenset(self.describing),
            self.whole,
            frozenset(signs),
            frozenset((*topics, *particular, *vague)),
        )

    def _content(self) -> Iterator[str]:
        """Yield the words, as they stand in the text, that say what it is about."""
        yield from self.unknown.values()
        yield from self.vague.values()
        for entry, quoted in self.entries.values():
            if entry.topics or not entry.is_plain:
                yield quoted


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


def matches_of_each(
    wanted: Iterable[str], texts: Iterable[str], answers: WordAnswers = NO_ANSWERS
) -> list[set[str]]:
    """Return for each of `wanted` the texts that it surely matches.

    Many texts are compared faster than one by one: only those that share a word or a topic are
    looked at.

    >>> matches_of_each(["写真を撮れる人", "大工"], ["写真", "木工", "読書"])
    [{'写真'}, {'木工'}]
    """
    every = set(texts)
    by_key: dict[str, list[str]] = defaultdict(list)
    for text in every:
        for key in words_of(text).keys:
            by_key[key].append(text)
    found = []
    for want in wanted:
        near = (
            every
            if answers.together
            else {text for key in words_of(want).keys for text in by_key.get(key, ())}
        )
        found.append({text for text in near if is_sure_match(text, want, answers)})
    return found


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
