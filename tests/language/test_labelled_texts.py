"""The labelled texts are varied, in both languages, and read whole."""

from __future__ import annotations

import pytest

from labelled_texts import KINDS, PARTS, measure, read_labelled
from near_duplicates import find_alike, find_near_duplicates

FEWEST = {"open": 260, "unread": 134}

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_no_open_text_is_nearly_the_same_as_another(kind: str) -> None:
    assert find_near_duplicates(kind) == []


@each_kind
def test_no_unread_text_is_nearly_the_same_as_another(kind: str) -> None:
    assert find_alike([], read_labelled("unread", kind), is_growing=True) == []


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("promises", marks=pytest.mark.thorough),  # takes minutes: there are 25,000
        "dates",
        "solicitation",
    ],
)
def test_no_text_for_training_is_nearly_the_same_as_an_unread_one(kind: str) -> None:
    aside = read_labelled("unread", kind) + read_labelled("held", kind)
    assert find_alike(aside, read_labelled("training", kind), is_growing=False) == []


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
