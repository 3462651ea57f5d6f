"""What two short texts, Japanese or English, have in common, and what the user said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from enishi.coach.language.text_words import fold_text, single_word, words_of
from enishi.coach.language.word_pairs import is_sure, shared_pairs


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
    if best and is_sure(a, b, allowed):
        return WordMatch(True, best.one, best.other)
    if answers.together and (said := _said_together(one, other, answers)):
        return WordMatch(True, *said)
    return WordMatch(False, best.one, best.other) if best else None


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
