"""The folder of an author's notebooks: its pages, their titles, and the sheets on them."""

from __future__ import annotations

import ast
import json
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from enishi.i18n.markdown import is_shown
from enishi.paths import PAGES_HERE
from widgets.base.own_words import OwnWords, read_own_words

_HEADING = re.compile(r"^# +(.+?)(?: +#*)?$", re.MULTILINE)


@dataclass(frozen=True)
class PageFile:
    """What is read of a notebook without running it."""

    heading: str
    """The first heading of its text, or the title in its metadata; '' for none."""
    calls: tuple[str, ...]
    """The names that its cells call, in order: those of sheets among them."""


@dataclass(frozen=True)
class PageFolder:
    """A folder of notebooks, with the pages that its visitor may open."""

    path: Path
    pages: tuple[str, ...]

    @cached_property
    def files(self) -> dict[str, PageFile]:
        """What is read of each page; it is read once, when it is first asked for."""
        return {page: read_page_file(self.path / f"{page}.ipynb") for page in self.pages}

    @cached_property
    def words(self) -> dict[str, OwnWords]:
        """The words beside each page; they are read once, when they are first asked for."""
        return {page: read_own_words(self.path / f"{page}.yaml") for page in self.pages}

    def title(self, page: str, language: str) -> str:
        """Return the title of a page: that of its words, else its first heading; '' for none."""
        if page not in self.pages:
            return ""
        return self.words[page].title(language) or self.files[page].heading

    def screens(self, page: str) -> list[str]:
        """Return the names of our sheets on a page, in its order."""
        import widgets  # it imports what is asked of it, and with it this module

        calls = self.files[page].calls if page in self.files else ()
        found = (getattr(widgets, call) for call in calls if call in widgets.SHEETS_OF_PAGES)
        return [sheet.name for sheet in found]


def folder_here() -> PageFolder | None:
    """Return the author's folder this process was started for; None among our own pages."""
    named = os.environ.get(PAGES_HERE)
    return None if named is None else PageFolder(Path.cwd(), tuple(named.split()))


def read_page_file(file: Path) -> PageFile:
    """Return what is read of a notebook; of one that cannot be read, nothing."""
    try:
        notebook: Any = json.loads(file.read_text(encoding="utf-8"))
        cells = [
            (each["cell_type"], "".join(each["source"]), each.get("metadata", {}))
            for each in notebook["cells"]
        ]
        title = str(notebook.get("metadata", {}).get("title", ""))
    except (OSError, ValueError, LookupError, TypeError):
        return PageFile("", ())
    texts = [text for kind, text, about in cells if kind == "markdown" and is_shown(about)]
    headings = (found[1] for text in texts if (found := _HEADING.search(text)))
    calls = [name for kind, text, _ in cells if kind == "code" for name in called_names(text)]
    return PageFile(next(headings, title), tuple(calls))


def called_names(source: str) -> list[str]:
    r"""Return the names that a cell calls, in order; none where it is not plain Python.

    >>> called_names("from widgets import Wish\nWish(page)")
    ['Wish']
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [each.id for each in calls if isinstance(each, ast.Name)]
