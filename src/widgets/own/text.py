"""An author's own text on a page: a small part of Markdown."""

from __future__ import annotations

from typing import Any

from enishi.i18n.markdown import read_markdown
from widgets.base.own_words import NAME, in_one_language
from widgets.base.sheet import Sheet
from widgets.base.workbook import Workbook
from widgets.own.errors import UnknownTextError

LocalText = str | dict[str, str]
"""A text for every language, or one for each: `{"ja": "…", "en": "…"}`."""


class Text(Sheet):
    """Shows an author's own text, together with the sheet that follows it.

    Example:
        >>> Text(open_workbook("01-mine"), "intro")          # doctest: +SKIP
        >>> Text(open_workbook("01-mine"), "A *good* day.")  # doctest: +SKIP
    """

    name = "text"
    is_step = False

    def __init__(self, workbook: Workbook, text: LocalText) -> None:
        """Put a text on `workbook`: Markdown, or the name of a text in the file of its words."""
        self.text = text
        super().__init__(workbook)
        if self._is_name() and self._named_text() is None:
            words = workbook.own_words
            if not words.error:  # else the header says already why there are none
                named = ", ".join(words.names("texts")) or "–"
                facts = {"sheet": "Text", "name": text, "file": words.file.name, "names": named}
                workbook.tell_author(UnknownTextError(**facts))

    def _is_name(self) -> bool:
        return isinstance(self.text, str) and bool(NAME.fullmatch(self.text))

    def _named_text(self) -> str | None:
        return self.workbook.own_words.text(str(self.text), self.workbook.language)

    def refresh(self) -> None:
        """Show the text in the person's language; it needs no book."""
        language = self.workbook.language
        found = self._named_text() if self._is_name() else in_one_language(self.text, language)
        self.words = {"bare": True}
        self.show_steps()
        self.state = {"pieces": read_markdown(found or ""), "language": language}

    def show_steps(self) -> None:
        """Stand with the sheet that follows on the page, else with the last one."""
        sheets = self.workbook.sheets
        at = next((i for i, each in enumerate(sheets) if each is self), 0)
        after = [each.name for each in sheets[at:] if each.is_step]
        before = [each.name for each in sheets[:at] if each.is_step]
        step = after[0] if after else before[-1] if before else ""
        position: dict[str, Any] = self.workbook.position_of(step)
        if not position["names"]:
            position["index"] = 1  # a page of text alone
        self.position = position
