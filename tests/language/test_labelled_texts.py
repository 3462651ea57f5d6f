"""The labelled texts are varied, in both languages, and read whole."""

from __future__ import annotations

from itertools import combinations

import pytest

from labelled_texts import KINDS, PARTS, measure, read_labelled
from near_duplicates import MOST_ALIKE, find_near_duplicates, pieces_of

FEWEST = {"open": 260, "unread": 134}

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_no_open_text_is_nearly_the_same_as_another(kind: str) -> None:
    assert find_near_duplicates(kind) == []


@each_kind
def test_no_unread_text_is_nearly_the_same_as_another(kind: str) -> None:
    texts = [(pieces_of(text), text) for text in read_labelled("unread", kind)]
    assert [
        (one, other)
        for (a, one), (b, other) in combinations(texts, 2)
        if len(a & b) >= MOST_ALIKE * len(a | b)
    ] == []


def test_no_text_for_training_is_nearly_the_same_as_an_unread_one() -> None:
    unread = [
        pieces_of(text) for part in ("unread", "held") for text in read_labelled(part, "promises")
    ]
    training = ((pieces_of(text), text) for text in read_labelled("training", "promises"))
    assert [
        text
        for pieces, text in training
        if any(len(pieces & each) >= MOST_ALIKE * len(pieces | each) for each in unread)
    ] == []


@each_kind
def test_both_languages_are_there_often_enough(kind: str) -> None:
    for part in PARTS:
        texts = read_labelled(part, kind)
        assert len(texts) >= FEWEST[part]
        for language in ("ja", "en"):
            assert sum(text["lang"] == language for text in texts) >= len(texts) / 4


@each_kind
def test_a_detector_is_measured_on_every_text(kind: str) -> None:
    figures, misses = measure(kind, read_labelled("open", kind))
    assert all(0 <= value <= 1 for value in figures.values())
    assert len(misses) < len(read_labelled("open", kind)) / 10, "it fits the texts it was made with"
