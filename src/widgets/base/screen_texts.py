"""The texts that sheets are sent."""

from __future__ import annotations

from functools import cache
from typing import Any

from enishi.i18n.chosen_word import texts_with_word

FILLED_IN_PYTHON = (
    *("words_of_choice", "shared_hobby", "shared_hobby_words", "shared_day_planned"),
    *("people_found", "rule_off", "rule_on", "noted_next", "fine_to_let_go", "row_removed"),
    *("caught_up", "saved_behind", "reload_page", "nothing_changed", "not_understood"),
)
"""The texts of all sheets that no script reads: a page is not sent them with every sheet."""


@cache
def screen_words(
    workbook: str, name: str, language: str, word: str, is_hosted: bool
) -> dict[str, Any]:
    """Return the texts of one sheet, with the chosen word filled in."""
    if not workbook:
        return {}
    screen: dict[str, Any] = texts_with_word(workbook, language, word)["screens"].get(name, {})
    return screen | screen.get("hosted", {}) if is_hosted else screen


@cache
def common_words(language: str, word: str) -> dict[str, Any]:
    """Return the texts of all sheets, without those that only Python fills in."""
    texts = texts_with_word("common", language, word)
    return {name: text for name, text in texts.items() if name not in FILLED_IN_PYTHON}
