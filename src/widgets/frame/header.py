"""The header of a page: the workbooks, the sheets of this one, undo, and a menu for the rest."""

from __future__ import annotations

from typing import Any

from enishi.book import UndoResult
from enishi.i18n import LANGUAGES, error_text, format_list
from widgets.base.assets import LOOK
from widgets.base.pages import PAGES, TABS, list_steps, page_title, reachable_pages
from widgets.base.sheet import Answer, Identifier, Sheet, command
from widgets.base.workbook import Workbook
from widgets.frame.masking import MASKING
from widgets.frame.palette import PALETTE, finds_things

_SHARED = ("saved", "saving", "too_long")
"""The texts of all sheets that the header's script shows: each page is sent them once more."""
OWN_TABS = 4
"""Most pages of an author's that the navigation always shows; the others are in the menu."""
_NAMED = 3
"""Most kinds of rows that are named after an undo."""
LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}
"""Each language, by its own name."""


class Header(Sheet):
    """The header of a page; also sends the shared styles where the page has not loaded them.

    Example:
        >>> Header(open_workbook("01-start"))     # doctest: +SKIP
    """

    styles = (LOOK,)

    name = "head"
    is_step = False
    parts = (PALETTE, MASKING)

    def refresh(self) -> None:
        """Show the header; if the book cannot be opened, show the reason."""
        workbook = self.workbook
        book = workbook.texts_of("workbook")
        self.words = book["head"] | {
            "bare": True,
            "app": book["name"],
            "common": {key: workbook.texts_of("common")[key] for key in _SHARED},
        }
        self.position = workbook.position_of(self.name)
        self.state = {
            "language": workbook.language,
            "languages": {code: LANGUAGE_NAMES[code] for code in LANGUAGES},
            "page": workbook.name,
            "title": page_title(workbook, workbook.name),
            "is_start": workbook.name in (PAGES[0], *reachable_pages(workbook)[:1]),
            "tabs": [
                {
                    "name": name,
                    "title": page_title(workbook, name),
                    "short": book["short"].get(name, ""),
                }
                for name in tabs_of(workbook)
            ],
            "steps": list_steps(workbook, workbook.name),
            "menu": list_menu(workbook),
            "author": self._list_notes(),
            "finds": finds_things(workbook),
            "trouble": workbook.problem,
        } | (self.build_state() if workbook.book else {})

    def _list_notes(self) -> list[str]:
        workbook = self.workbook
        return [error_text(workbook.language, error) for error in workbook.author_notes]

    def show_steps(self) -> None:
        """Show what is on an author's page by now, and what its author should know."""
        self.position = self.workbook.position_of(self.name)
        steps = list_steps(self.workbook, self.workbook.name)
        self.state = self.state | {"steps": steps, "author": self._list_notes()}

    def build_state(self) -> dict[str, Any]:
        """Return whether there is something to undo and to redo."""
        undo, redo = self.book.next_undo_redo()
        return {"undo": undo is not None, "redo": redo is not None}

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
        tables = self.workbook.texts_of("columns")["tables"]
        what = [tables[table] for table in undone.tables if table in tables]
        said = self.say(key, what=format_list(what[:_NAMED], self.workbook.language))
        return {"text": said + (self.words["kept"] if undone.kept else "")}


def tabs_of(workbook: Workbook) -> tuple[str, ...]:
    """Return the pages that the navigation always shows."""
    return reachable_pages(workbook)[:OWN_TABS] if workbook.is_authored else TABS


def list_menu(workbook: Workbook) -> list[dict[str, Any]]:
    """Return what the menu leads to: the sheets of our other workbooks, or an author's pages."""
    others = [page for page in reachable_pages(workbook) if page not in tabs_of(workbook)]
    if workbook.is_authored:
        return [
            {"name": page, "title": page_title(workbook, page), "href": f"{page}.ipynb"}
            for page in others
        ]
    return [
        step | {"href": workbook.address(page, step["name"])}
        for page in others
        for step in list_steps(workbook, page)
    ]
