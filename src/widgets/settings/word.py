"""The word for a connection, the language of the texts, and words that belong together."""

from __future__ import annotations

from typing import Any

from enishi.i18n import LANGUAGES
from enishi.i18n.chosen_word import WORDS_OF_CHOICE
from widgets.base.sheet import Answer, Identifier, Sheet, command
from widgets.parts.word_pair import WORD_PAIR, list_pairs


class Word(Sheet):
    """Asks for the preferred word; every page uses it at once.

    Example:
        >>> Word(open_workbook("07-settings"))     # doctest: +SKIP
    """

    name = "word"
    parts = (WORD_PAIR,)
    creatable = ("word_pair",)

    def build_state(self) -> dict[str, Any]:
        """Return the current word and language, and the pairs of words the person judged."""
        return {
            "chosen": {"id": "setting", "word": self.workbook.chosen_word}
            | {"language": self.workbook.language},
            "languages": [[code, {"ja": "日本語", "en": "English"}[code]] for code in LANGUAGES],
            "pairs": list_pairs(self.workbook),
        }

    @command
    def call(self, word: Identifier) -> Answer | None:
        """Use `word` for a connection from now on."""
        if word in WORDS_OF_CHOICE:
            self.workbook.set_setting("word", word)
        return None

    @command
    def speak(self, language: Identifier) -> Answer | None:
        """Change the language; nothing the person wrote is lost."""
        self.workbook.set_language(language)
        return None
