"""The pages there are: their order, which of them a person can open, their titles and steps."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from enishi.i18n.texts import read_texts
from enishi.identity import FACILITATOR, may
from widgets.base.json_rows import JsonRow

if TYPE_CHECKING:
    from widgets.base.workbook import Workbook

PAGES = (
    "01-start",
    "02-goal",
    "03-strengths",
    "04-contacts",
    "05-week",
    "06-pictures",
    "07-settings",
    "08-sharing",
)
"""The workbooks, in the order the person works through them."""

COACH_PAGE = "09-received"
"""The workbook of whoever coaches on a server."""

TABS = ("05-week", "02-goal", "03-strengths", "04-contacts")
"""The workbooks that the navigation always shows, the home page first."""


def stem_of_page(name: str) -> str:
    """Return a page's name without its number.

    >>> stem_of_page("05-week"), stem_of_page("mine")
    ('week', 'mine')
    """
    number, _, stem = name.partition("-")
    return stem if stem and number.isdigit() else name


@cache
def stems_of_texts() -> tuple[str, ...]:
    """Return the names of the files of texts that belong to the pages, each once."""
    pages = read_texts("workbook")["pages"]
    stems = dict.fromkeys(stem_of_page(page) for page in pages)
    return tuple(stem for stem in stems if stem not in ("host", "projector"))


@cache
def stems_by_screen() -> dict[str, str]:
    """Return the name of the texts of each sheet; no two sheets have one name."""
    return {name: stem for stem in stems_of_texts() for name in read_texts(stem)["screens"]}


def reachable_pages(workbook: Workbook) -> tuple[str, ...]:
    """Return the workbooks a person can open: whoever coaches on a server has one more."""
    if workbook.is_authored:
        return workbook.folder.pages if workbook.folder else ()
    coaches = workbook.is_hosted and may(workbook.role, FACILITATOR)
    return (*PAGES, COACH_PAGE) if coaches else PAGES


def list_steps(workbook: Workbook, page: str) -> list[JsonRow]:
    """Return the name and the title of each sheet of a workbook."""
    if workbook.is_authored:
        folder = workbook.folder if page != workbook.name else None
        names = folder.screens(page) if folder else workbook.step_names()
        return [{"name": name, "title": workbook.step_title(name)} for name in names]
    texts = workbook.texts if page == workbook.name else workbook.texts_of(stem_of_page(page))
    return [{"name": name, "title": screen["name"]} for name, screen in texts["screens"].items()]


def page_title(workbook: Workbook, page: str) -> str:
    """Return the title of a page."""
    if workbook.is_authored:
        title = workbook.own_words.title(workbook.language) if page == workbook.name else ""
        if not title and workbook.folder:
            title = workbook.folder.title(page, workbook.language)
        if title:
            return title
    known: dict[str, str] = workbook.texts_of("workbook")["pages"]
    return known.get(page) or stem_of_page(page)
