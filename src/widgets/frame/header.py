"""The header of a page: current workbook, the thread of the goal, language, undo."""

from __future__ import annotations

from typing import Any

from enishi.book import UndoResult
from enishi.i18n import LANGUAGES, texts
from widgets.base.assets import LOOK
from widgets.base.sheet import Answer, Identifier, Sheet, command
from widgets.base.workbook import PAGES


class Header(Sheet):
    """The header of a page; also sends the shared styles where the page has not loaded them.

    Example:
        >>> Header(open_workbook("01-start"))     # doctest: +SKIP
    """

    styles = (LOOK,)

    name = "head"

    def refresh(self) -> None:
        """Show the header; if the book cannot be opened, show the reason."""
        workbook = self.workbook
        book = texts("workbook", workbook.language)
        self.words = workbook.words(self.name) | book["head"] | {"bare": True, "app": book["name"]}
        self.position = workbook.position_of(self.name)
        self.state = {
            "language": workbook.language,
            "languages": {code: {"ja": "日本語", "en": "English"}[code] for code in LANGUAGES},
            "page": workbook.name,
            "pages": [{"name": name, "title": book["pages"][name]} for name in PAGES],
            "steps": [
                {"name": name, "title": screen["name"]}
                for name, screen in workbook.texts["screens"].items()
            ],
            "trouble": workbook.problem,
        } | (self.build_state() if workbook.book else {})

    def build_state(self) -> dict[str, Any]:
        """Return the thread of the goal, and whether there is something to undo and to redo."""
        undo, redo = self.book.next_undo_redo()
        return {
            "thread": self.workbook.thread(),
            "undo": undo is not None,
            "redo": redo is not None,
        }

    @command
    def speak(self, language: Identifier) -> Answer | None:
        """Change the language; nothing the person wrote is lost."""
        self.workbook.set_language(language)
        return None

    @command
    def undo(self) -> Answer:
        """Undo the last change."""
        return self._describe_undo(self.book.undo(), "undone")

    @command
    def redo(self) -> Answer:
        """Redo the change that was undone last."""
        return self._describe_undo(self.book.redo(), "redone")

    def _describe_undo(self, undone: UndoResult | None, key: str) -> Answer:
        if undone is None:
            return {"text": self.words["nothing"]}
        return {"text": self.words[key] + (self.words["kept"] if undone.kept else "")}
