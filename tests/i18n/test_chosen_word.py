"""The word a person chose for a connection stands wherever the product speaks of connections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from enishi.i18n import LANGUAGES, texts
from enishi.i18n.chosen_word import WORDS_OF_CHOICE, texts_with_word
from enishi.i18n.texts import read_yaml
from enishi.paths import shared

FILES = [*sorted((shared("data") / "words").glob("*.yaml")), shared("data") / "advice.yaml"]
AGENDAS = sorted((shared("data") / "agendas").glob("*.yaml"))
"""Read in a room, which has no word of choice; so they name none."""
OTHER_WORDS = {
    # つながります, つながりやすく are forms of a verb; 仲間うち is a circle of friends
    "ja": re.compile(r"つながり(?!ま[すせし]|や[すに])|人脈|ご縁|仲間(?!うち)"),
    "en": re.compile(r"\b(connections?|relationships?|ties?|companions?)\b", re.IGNORECASE),
}
TIE = re.compile(r"\{[Tt]ies?\}")
PLACEHOLDER = re.compile(r"\{\w+[^{}]*\}")
ALLOWED = {
    "common.words_of_choice": "the words themselves",
    "settings.screens.word": "the sheet on which the word is chosen speaks of each of them",
    "start.screens.matters.word_examples": "names the four words one can choose from",
    "advice.advice.A6.": "speaks of the word itself",
    "advice.groups.meaning": "says what a companion is: a person, one of four degrees of closeness",
    "advice.advice.A1.": "says what a companion is",
    "advice.advice.A2.": "says what companions do",
    "advice.advice.A42.": "says how companions are found",
    "coach.closeness.companion": "the name of a degree of closeness",
    "columns.values.contact.closeness.companion": "the name of a degree of closeness",
    "columns.columns.contact.companion": "the name of a degree of closeness",
    "columns.reflections.meaning": "a question as it was asked, above what was written then",
    "parameters.units.stage": "the names of the degrees of closeness",
    "parameters.thumbs.grow_s4_days": "about the degree of closeness",
    "parameters.thumbs.keep_s4_days": "about the degree of closeness",
    "parameters.thumbs.s4_": "about the degree of closeness",
    "parameters.thumbs.trust_s4": "about the degree of closeness",
    "stands.books.each.": "the titles of two books",
    "strengths.screens.evidence.no_voice": "somebody who shares a hobby",
    "pages.line.": "the connection to the server",
    "contacts.screens.add.file": "LinkedIn’s own word for its contacts",
}
"""Where another of the four words may stand, by the beginning of its place, and why."""


def leaves(tree: Any, language: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every leaf in one language."""
    if isinstance(tree, dict) and tree.keys() == set(LANGUAGES):
        for text in strings(tree[language]):
            yield path, text
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, language, f"{path}.{key}")
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves(value, language, path)


def strings(tree: Any) -> Iterator[str]:
    """Yield every text in a tree of one language."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from strings(value)


def names_another(text: str, language: str) -> bool:
    """Return whether a text holds one of the four words, beside the placeholder for them."""
    return OTHER_WORDS[language].search(PLACEHOLDER.sub("", text)) is not None


def said(language: str) -> Iterator[tuple[str, str]]:
    for file in [*FILES, *AGENDAS]:
        yield from leaves(read_yaml(file), language, file.stem)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_word_for_a_connection_is_written_into_a_text(language: str) -> None:
    found = {
        place: text
        for place, text in said(language)
        if names_another(text, language) and not place.startswith(tuple(ALLOWED))
    }
    assert found == {}


def test_every_place_where_another_word_may_stand_still_has_one() -> None:
    written = [
        place
        for language in LANGUAGES
        for place, text in said(language)
        if names_another(text, language)
    ]
    assert [each for each in ALLOWED if not any(place.startswith(each) for place in written)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [file.stem for file in FILES if file.stem != "advice"])
def test_each_word_is_filled_in_everywhere(name: str, language: str) -> None:
    for word in WORDS_OF_CHOICE:
        for text in strings(texts_with_word(name, language, word)):
            assert not TIE.search(text)


@pytest.mark.parametrize("name", ["common", "drafts", "gives", "columns", "pages", "formats"])
def test_what_is_written_into_a_book_or_a_file_names_no_word_of_choice(name: str) -> None:
    """These are read without the word: they are stored, sent, or said without an open book."""
    for language in LANGUAGES:
        for text in strings(texts(name, language)):
            assert not TIE.search(text)
