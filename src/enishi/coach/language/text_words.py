"""The words of one short text, Japanese or English: runs of one script, and stems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

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

STRETCH = re.compile(f"(?P<japanese>[{KANJI}{KATAKANA}{HIRAGANA}]+)|{ENGLISH_WORD.pattern}")
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
class TextWords:
    """The words of a text; each mapping has them as they stand in the text.

    Attributes:
        text: the text without differences of width and case.
        topics: by group of synonyms, all that belong to it.
        particular: by word, those that make a sure match.
        vague: by word, those that alone make no sure match, even if they belong to a topic.
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
    for found in STRETCH.finditer(low):
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
        lexicon = read_lexicon()
        latin = lexicon.latin
        if word in lexicon.about:
            return
        head = latin.get(word) or latin.get(stems[end])
        first, last = found[at], found[end - 1]
        if last[0] in _JOINING:
            return
        said = self.plain[first[1] : last[2]]
        if word in lexicon.beside:
            self.beside.add(said)
            return
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
        is_particular = len(word) >= _LEAST_LATIN or quoted.isupper()
        (self.unknown if is_particular else self.vague).setdefault(stem, quoted)
        if base := agent_base(word):
            self.unknown.setdefault(base, quoted)
        if self.plain[end : end + 1] == "-" and (rest := ENGLISH_WORD.match(self.plain, end + 1)):
            whole = agent_base(word + rest.group()) or stem_word(word + rest.group())
            self.unknown.setdefault(whole, quoted)

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
                    if entry.signs and not entry.topics:
                        self._enter_verb(text, at, stop)
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

    def _enter_verb(self, text: str, at: int, stop: int) -> None:
        """Enter the verb of which a sign from `at` to `stop` is a form: 探す of 探している."""
        lexicon = read_lexicon()
        for length in lexicon.lengths[text[at]]:
            entry = lexicon.japanese.get(text[at : at + length]) if length < stop - at else None
            if entry and _is_verb(entry.key):
                self.enter(entry, at, stop)
                return

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
                    if not _NUMBER.match(part):
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
        last = _DESCRIBED.match(text, found.end()) if found else None
        for each in (noun, last.group(1) if last else ""):
            if not lexicon.about.isdisjoint((each, each[:2], each[-2:])):
                return
        if len(noun) == 1 and found and _is_inflected(text, found.end()):
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
            if entry.is_vague:
                vague.setdefault(key, quoted)
            elif not (entry.is_plain or entry.topics or entry.signs or _is_verb(key)):
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


def _is_inflected(text: str, at: int) -> bool:
    """Return whether kana that are no particle follow at `at`: 生き字引, 聞き取り."""
    after = text[at : at + 1]
    return bool(_IS_HIRAGANA.match(after)) and after not in _PARTICLES


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
        wishes = text[stop : stop + 2] in ("たい", "たく", "たか")  # やめたい
        is_end = stop >= end or behind in _AFTER or wishes or not _IS_HIRAGANA.match(behind)
        return len(form) > 2 or is_end
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
