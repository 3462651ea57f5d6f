"""The word a person chose for a connection, in the texts that speak of connections."""

from __future__ import annotations

from functools import cache
from typing import Any

from enishi.i18n.texts import format_tree, texts

WORDS_OF_CHOICE = ("tsunagari", "jinmyaku", "goen", "nakama")
"""The choices of the word for a connection; the first one is the default."""


@cache
def word_forms(language: str, word: str) -> dict[str, str]:
    """Return the forms of a word of choice: `tie`, `ties` and `Ties`.

    >>> word_forms("en", "goen")
    {'tie': 'tie', 'ties': 'ties', 'Ties': 'Ties'}
    """
    found: dict[str, str] = texts("common", language)["words_of_choice"][word]
    return found


@cache
def texts_with_word(name: str, language: str, word: str) -> Any:
    """Return `data/words/<name>.yaml` in one language, with the word of choice filled in."""
    return format_tree(texts(name, language), word_forms(language, word))
