"""How far a sentence speaks of a day to come, by the words around the day: a linear model.

The rules of `date_contexts` know much, but not every way to speak of a habit, a tale or a title.
So each part of the sentence around a day has a weight, and their sum is held against a limit: a
low one where the rules have no doubt, a higher one for each doubt that they can have. The weights
are in `data/language/date_weights.json`, written by `bench/train_dates.py` from labelled texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from enishi.coach.language.date_readers import Reading
from enishi.coach.language.date_words import DateLine, date_marks
from enishi.coach.language.text_parts import (
    has_japanese,
    letter_runs,
    shape_japanese,
    size_groups,
    word_runs,
)
from enishi.i18n.texts import read_weights

_FIGURES = re.compile(r"[0-9]+")
_ENDS_JA = re.compile(r"[。!?\n]")
_ENDS_EN = re.compile(r"[.!?;](?=\s|$)|\n")
_TOKEN = re.compile(r"'(?:ll|d|s|m|re|ve)\b|n't|[A-Za-z]+(?=n't)|[A-Za-z]+|[0-9]+|[?!.,;:\"()£$/-]")
_REACH = 60
_FUNCTION_WORDS = (
    "a an the this that these those some any no every each all both another other i myself we"
    " he she they it me him her us them my your his its our their you who what which when"
    " where why how if unless until till once while because so then but and or nor though as"
    " than would should can could may might must shall will 'll 'd 's 'm 're 've n't not never"
    " is are was were be been being am do does did have has had having go goes going to for"
    " with from at on in by of off up out over round into about after before since back down"
    " through under always usually often sometimes ever again still just already yet now soon"
    " later next last ago everybody nobody everyone people let please there here only"
    " like want need hope wish maybe perhaps today tomorrow tonight monday tuesday wednesday"
    " thursday friday saturday sunday morning afternoon evening night week month year day"
)
"""English words that a shape keeps; the others are known by their endings alone."""
_KEPT_WORDS = frozenset(_FUNCTION_WORDS.split())
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ed|ing|ly|er|est|(?<!s)s)$")


@dataclass(frozen=True)
class _Model:
    """The weights of one language.

    Attributes:
        bias: what is added to the sum.
        limits: by what the rules doubt, "" for nothing: below this sum there is no day to come.
        weights: of each part of a sentence.
    """

    bias: float
    limits: dict[str, float]
    weights: dict[str, float]


@cache
def _model(language: str) -> _Model:
    stored = read_weights("date_weights")[language]
    return _Model(stored["bias"], stored["limits"], stored["weights"])


def is_likely(
    line: DateLine, at: int, reading: Reading, today: date, *, is_deadline: bool, doubt: str
) -> bool:
    """Return whether the sentence around a day speaks of a day to come.

    A text that is nothing but a day is asked for no more: there is no sentence around it.

    Args:
        line: the text.
        at: the index of the first token of the day.
        reading: what was read there.
        today: the day on which the text is read.
        is_deadline: whether it is a time limit.
        doubt: what the rules hold against it, if anything.
    """
    around = line.text[: line.at(at).start] + line.text[line.at(reading.end - 1).end :]
    if not re.search(r"[^\W\d_]", around):
        return not doubt
    model = _model("ja" if has_japanese(line.text) else "en")
    total = model.bias
    for part, size in day_parts(line, at, reading, today, is_deadline=is_deadline).items():
        if weight := model.weights.get(part):
            total += weight * size
    return total >= model.limits[doubt]


def day_parts(
    line: DateLine, at: int, reading: Reading, today: date, *, is_deadline: bool
) -> dict[str, float]:
    """Return the parts of the sentence around a day, each with its size, in groups of like weight.

    Args:
        line: the text.
        at: the index of the first token of the day.
        reading: what was read there.
        today: the day on which the text is read.
        is_deadline: whether it is a time limit.
    """
    start, end = line.at(at).start, line.at(reading.end - 1).end
    kinds = _kinds(line, at, reading)
    groups = [set(_parts_of_day(line.text[start:end], kinds, reading, today, is_deadline))]
    if has_japanese(line.text):
        before, after = line.text[max(0, start - _REACH) : start], line.text[end : end + _REACH]
        groups += _japanese_groups(before, after, kinds[0], opens=start <= _REACH)
    else:
        before = line.cased[max(0, start - _REACH) : start]
        groups += _english_groups(before, line.cased[start:end], line.cased[end : end + _REACH])
    return size_groups(groups)


def _kinds(line: DateLine, at: int, reading: Reading) -> list[str]:
    """Return what kinds of words name a day: `["digits", "/", "digits"]`."""
    return [
        next((kind for kind in token.means if kind != "number"), token.text)
        for token in line.tokens[at : reading.end]
    ]


def _parts_of_day(
    word: str, kinds: list[str], reading: Reading, today: date, is_deadline: bool
) -> Iterator[str]:
    days = (reading.first - today).days
    away = next((name for most, name in _DISTANCES if days <= most), "year")
    pattern = "|".join(kinds)
    yield from (f"kind:{pattern}", f"sort:{reading.sort}", f"away:{away}", f"{pattern} {away}")
    yield from (f"loose:{reading.is_loose}", f"narrow:{reading.narrow}", f"limit:{is_deadline}")
    yield from (f"of:{kind}" for kind in kinds)
    yield "word:" + _FIGURES.sub("0", word)


_DISTANCES = ((0, "today"), (7, "week"), (31, "month"), (99, "quarter"), (239, "half"))


def _japanese_groups(before: str, after: str, kind: str, *, opens: bool) -> list[set[str]]:
    """Return the parts of a Japanese sentence: runs of letters, and of their shapes."""
    ahead, behind = _ENDS_JA.split(before)[-1], _ENDS_JA.split(after)[0]
    earlier, later = before[: len(before) - len(ahead)], after[len(behind) :]
    is_start = opens or len(ahead) < len(before)
    ahead, behind = ("^" if is_start else "") + _plain(ahead), _plain(behind) + "$"
    shape_before, shape_after = shape_japanese(ahead), shape_japanese(behind)
    beside = {f"{sign}{ahead[-n:]}" for n in range(1, 7) for sign in "<"}
    beside |= {f">{behind[:n]}" for n in range(1, 7)}
    beside |= {f"~>{shape_after[:n]}" for n in range(1, 9)}
    beside |= {f"~<{shape_before[-n:]}" for n in range(1, 6)}
    beside |= {f"{kind}>{behind[:n]}" for n in range(1, 4)}
    beside |= {f"{kind}<{ahead[-n:]}" for n in range(1, 4)}
    beside |= {f"{ahead[-n:]}@{behind[:n]}" for n in (1, 2)}
    ending, shape = behind[:-1], shape_japanese(behind[:-1])
    first = re.split("、", behind[1:])[0]
    closing = {f"]{ending[-n:]}" for n in range(1, 7)} | {f"~]{shape[-n:]}" for n in range(2, 9)}
    closing |= {f"){first[-n:]}" for n in range(1, 6)} | {f".{later[:1]}"}
    return [
        beside,
        {f"-{run}" for run in letter_runs(ahead[-30:], 1, 3)},
        {f"+{run}" for run in letter_runs(behind[:40], 1, 4)},
        closing,
        {f"~{run}" for run in letter_runs(f"^{shape_before}@{shape_after}", 3, 6)},
        {f"_{run}" for run in letter_runs(earlier, 2, 3)}
        | {f"={run}" for run in letter_runs(later, 2, 3)},
    ]


def _plain(text: str) -> str:
    return _FIGURES.sub("#", text)


def _english_groups(before: str, word: str, after: str) -> list[set[str]]:
    """Return the parts of an English sentence: words in a row, and their shapes."""
    ahead, behind = _ENDS_EN.split(before)[-1], _ENDS_EN.split(after)[0]
    earlier, later = before[: len(before) - len(ahead)], after[len(behind) :]
    left, right = ["^", *_TOKEN.findall(ahead)], [*_TOKEN.findall(behind), "$" + later[:1]]
    shape_left = ["^", *map(_shape_en, left[1:])]
    shape_right = [*map(_shape_en, right[:-1]), right[-1]]
    left, right = [each.lower() for each in left], [each.lower() for each in right]
    beside = {f"<{' '.join(left[-n:])}" for n in range(1, 4)}
    beside |= {f">{' '.join(right[:n])}" for n in range(1, 4)}
    beside |= {f"~<{' '.join(shape_left[-n:])}" for n in range(1, 6)}
    beside |= {f"~>{' '.join(shape_right[:n])}" for n in range(1, 6)}
    beside |= {f"{' '.join(shape_left[-n:])}@{' '.join(shape_right[:n])}" for n in (1, 2)}
    is_name = re.search(r"[A-Z][a-z]+\s$", before), re.match(r"\s[A-Z]", after)
    beside |= {f"case:{word[:1].isupper()}{not before}", f"names:{[bool(x) for x in is_name]}"}
    beside |= {f"next:{after[:2]}"}
    verbs_left = [each for each in shape_left if each in _VERBS]
    verbs_right = [each for each in shape_right if each in _VERBS]
    one, other = "".join(verbs_left[-1:]), "".join(verbs_right[:1])
    return [
        beside,
        {f"-{run}" for run in word_runs(left, 1, 2)}
        | {f"~-{run}" for run in word_runs(shape_left, 2, 3)},
        {f"+{run}" for run in word_runs(right, 1, 2)}
        | {f"~+{run}" for run in word_runs(shape_right, 2, 3)},
        {f"~{run}" for run in word_runs([*shape_left, "@", *shape_right], 2, 5)},
        {f"verb<{one}", f"verb>{other}", f"verb:{one}@{other}"},
        {f"_{each.lower()}" for each in _TOKEN.findall(earlier)}
        | {f"={each.lower()}" for each in _TOKEN.findall(later)},
    ]


_WORDS_OF_TENSE = (
    "Xed Xing Xs is are was were 'll will has had have 's 'd did can would do does 've 're 'm"
    " am be let shall must may might could should want need hope please"
)
_VERBS = frozenset(_WORDS_OF_TENSE.split())


@lru_cache(2048)
def _shape_en(word: str) -> str:
    low = word.lower()
    if low in _KEPT_WORDS:
        return low
    if word.isdigit():
        return "#"
    if not word.isalpha():
        return word
    if date_marks("past_en").match(low):
        return "Xed"
    if word[0].isupper():
        return "Name"
    ending = _ENDING.search(low)
    return f"X{ending[0]}" if ending else "X"
