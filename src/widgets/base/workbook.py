"""A workbook as the person sees it, with its sheets and the data they share."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from enishi import clock
from enishi.book import Book, StaleVersionError, open_book
from enishi.book.tables import TABLES
from enishi.book.validation import defaults
from enishi.coach.goal.thread import ThreadRow, goal_thread
from enishi.coach.relations.history import name_of
from enishi.coach.rules.settings import Settings
from enishi.errors import EnishiError
from enishi.i18n import LANGUAGES, console_language, error_text, guess_language
from enishi.i18n.chosen_word import WORDS_OF_CHOICE, texts_with_word
from enishi.i18n.dates import format_relative, format_short_date
from enishi.i18n.names import with_honorific
from enishi.i18n.texts import read_texts
from enishi.identity import ME, PARTICIPANT, identity, may
from enishi.paths import SHEETS
from widgets.base.author_errors import (
    FailedSheetError,
    WrongOpenerError,
    facts_of_failure,
    problems_of,
)
from widgets.base.cached_frames import CachedResult, SnapshotFrames
from widgets.base.json_rows import JsonRow, rows
from widgets.base.own_words import OwnWords, read_own_words
from widgets.base.page_folder import PageFolder, folder_here
from widgets.base.pages import stem_of_page, stems_by_screen, stems_of_texts
from widgets.base.publishing import publish_later
from widgets.base.screen_texts import common_words, screen_words

if TYPE_CHECKING:
    from widgets.base.sheet import Sheet

log = logging.getLogger("enishi.widgets")
LINK_MOST = 40
"""Most characters of a link of the thread."""


@dataclass
class Workbook:
    """One workbook, open on one book; `open_workbook` makes it."""

    openers: ClassVar[tuple[str, ...]] = ("open_workbook",)
    """The functions whose sheets this kind of page serves."""
    name: str
    book: Book | None
    language: str
    problem: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    frames_now: SnapshotFrames | None = None
    """The frames that all sheets read while they are refreshed together."""
    requests: dict[str, str] = field(default_factory=dict)
    """What one sheet asks another to show: an id by the sheet's name."""
    cache: dict[str, CachedResult] = field(default_factory=dict)
    """Results that sheets share, by name."""
    preferred_language: str = ""
    """The language the browser asks for, used until the person chooses one."""
    role: str = PARTICIPANT
    """The person's role; a sheet for another role stays closed."""
    setting_versions: dict[str, int] = field(default_factory=dict)
    """The versions of the settings as the page shows them."""
    publishing: asyncio.TimerHandle | None = None
    """When what the person shows to a coach is copied."""
    is_paged: bool = False
    """Whether one sheet is seen at a time: then a sheet is built once the browser asks for it."""
    folder: PageFolder | None = None
    """The folder of an author's notebooks; None among our own."""
    own_words: OwnWords = field(default_factory=lambda: OwnWords(Path()))
    """The words of an author's file beside the notebook."""
    author_notes: list[EnishiError] = field(default_factory=list)
    """What is wrong on an author's page, for its author."""

    def __post_init__(self) -> None:
        """Use the chosen language."""
        self.preferred_language = self.language
        self._choose_language()
        if self.is_authored:
            self.own_words = read_own_words(Path.cwd() / f"{self.name}.yaml")
            if self.own_words.error:
                self.author_notes.append(self.own_words.error)

    def _choose_language(self) -> None:
        chosen = self.setting("language")
        self.language = chosen if chosen in LANGUAGES else self.preferred_language

    def opening(self) -> dict[str, Any]:
        """Return with what this workbook was opened, for one that follows what others do."""
        names = ("name", "book", "problem", "role", "is_paged", "folder")
        return {name: getattr(self, name) for name in names} | {"language": self.preferred_language}

    def add_sheet(self, sheet: Sheet) -> None:
        """Add a sheet to the workbook, and show it unless another one is seen first."""
        self.sheets.append(sheet)
        with self.snapshot():
            self._show_new(sheet)
            if self.is_authored:
                for each in self.sheets[:-1]:
                    each.show_steps()

    def _show_new(self, sheet: Sheet) -> None:
        """Show a sheet that was just added, unless another one is seen first.

        A sheet from outside the package that fails stays empty, and its author is told.
        """
        if sheet.opened_by not in self.openers:
            sheet.words = {"closed": True}
            self.tell_author(WrongOpenerError(sheet=type(sheet).__name__, opener=sheet.opened_by))
        elif self.is_paged and sheet.name in self.step_names()[1:]:
            sheet.wait()
        elif type(sheet).__module__.startswith("widgets."):
            self._show(sheet)
        else:
            self._show_foreign(sheet)

    def _show_foreign(self, sheet: Sheet) -> None:
        for error in problems_of(sheet):
            self.tell_author(error)
        try:
            self._show(sheet)
        except Exception as error:
            log.exception("%s could not be shown", type(sheet).__name__)
            self.tell_author(FailedSheetError(**facts_of_failure(sheet, error)))

    def show(self, sheet: Sheet) -> None:
        """Show the current content of the book on one sheet."""
        with self.snapshot():
            self._show(sheet)

    def _show(self, sheet: Sheet) -> None:
        if self.book is not None:
            self.setting_versions = self.frames()["setting"]["version"].to_dict()
        if sheet.opened_by not in self.openers:
            return
        if may(self.role, sheet.role):
            sheet.refresh()
        else:
            sheet.words = {"closed": True}

    def refresh(self) -> None:
        """Show the current content of the book on every sheet; all of them read the same frames."""
        with self.snapshot():
            self._choose_language()  # undo may have reverted the choice
            for sheet in self.sheets:
                if not sheet.is_waiting:
                    self._show(sheet)
        publish_later(self)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read the book as one snapshot inside this context."""
        if self.book is None or self.frames_now is not None:
            yield
            return
        with self.book.snapshot():
            self.frames_now = SnapshotFrames(self.book)
            try:
                yield
            finally:
                self.frames_now = None

    def set_language(self, language: str) -> None:
        """Change the language; nothing the person wrote is lost."""
        if language in LANGUAGES and self.book:
            self.set_setting("language", language)
            self.language = language

    # -- texts ----------------------------------------------------------------------------------

    @property
    def texts(self) -> dict[str, Any]:
        """The texts of this workbook, in the person's language."""
        is_known = self.stem in stems_of_texts()
        tree: dict[str, Any] = self.texts_of(self.stem) if is_known else {"screens": {}}
        return tree

    def texts_of(self, name: str) -> Any:
        """Return `data/words/<name>.yaml` in the person's language, with their word filled in."""
        return texts_with_word(name, self.language, self.chosen_word)

    @property
    def stem(self) -> str:
        """The name of this workbook's texts: `start` for `01-start`."""
        return stem_of_page(self.name)

    @property
    def is_authored(self) -> bool:
        """Whether the page is an author's: what is on it is known once its cells have run."""
        return self.folder is not None or self.name not in read_texts("workbook")["pages"]

    def step_names(self) -> list[str]:
        """Return the names of the sheets of this page, in their order, without the header."""
        if self.is_authored:
            return list(dict.fromkeys(each.name for each in self.sheets if each.is_step))
        return list(self.texts["screens"])

    def step_title(self, name: str) -> str:
        """Return the title of a sheet of this page."""
        sheet = next((each for each in self.sheets if each.name == name), None)
        return str((sheet.words_now() if sheet else self.words(name)).get("name") or name)

    @property
    def chosen_word(self) -> str:
        """The word the person chose for a connection."""
        chosen = self.setting("word")
        return chosen if chosen in WORDS_OF_CHOICE else WORDS_OF_CHOICE[0]

    @property
    def is_hosted(self) -> bool:
        """Whether the book is on a server that hosts the books of several people."""
        return self.book is not None and self.book.owner != ME

    def short_date(self, day: date | None) -> str:
        """Return a day as text, with its weekday; '' for none."""
        return format_short_date(day, self.today, self.language) if day else ""

    def relative_date(self, day: date | None) -> str:
        """Return a day by its distance from today if it is near; '' for none."""
        return format_relative(day, self.today, self.language) if day else ""

    def address_contact(self, contact_id: str) -> str:
        """Return a contact's name with its honorific."""
        return with_honorific(name_of(self.frames()["contact"].loc[contact_id]), self.language)

    def words(self, name: str) -> dict[str, Any]:
        """Return the texts of the sheet `name` and those all sheets share."""
        word, language = self.chosen_word, self.language
        screen = screen_words(self.stem_of(name), name, language, word, self.is_hosted)
        own = self.own_words.sheet(name, language) if self.is_authored else {}
        return {**screen, **own, "common": common_words(language, word)}

    def tell_author(self, error: EnishiError) -> None:
        """Show in the header what is wrong on the page, for its author."""
        self.author_notes.append(error)
        for sheet in self.sheets:
            sheet.show_steps()

    def stem_of(self, name: str) -> str:
        """Return the name of the texts of a sheet, which may be of another workbook."""
        return self.stem if name in self.texts["screens"] else stems_by_screen().get(name, "")

    def position_of(self, name: str) -> dict[str, Any]:
        """Return the position of the sheet `name`: its number from 1, and the names of all.

        On an author's page also where each of our sheets is that is on another page.
        """
        names = self.step_names()
        position = {
            "name": name,
            "index": 1 + names.index(name) if name in names else 0,
            "names": names,
        }
        return position | ({"leads": self._leads()} if self.is_authored else {})

    def _leads(self) -> dict[str, str]:
        if self.folder is None:
            return {}
        return {
            screen: f"{page}.ipynb#{screen}"
            for page in reversed(self.folder.pages)
            if page != self.name
            for screen in self.folder.screens(page)
        }

    def address(self, page: str, screen: str, row: str = "") -> str:
        """Return the address of a sheet, relative to this workbook; '' if no page has it.

        Among an author's notebooks a sheet may be on any page.

        Args:
            page: the workbook.
            screen: its sheet.
            row: the id of the row the sheet shows, for sheets that read one from their address. It
                stands behind the `#`, so that no server receives it.
        """
        at = f"#{screen}={row}" if row else f"#{screen}"
        if self.is_authored:
            if screen in self.step_names():
                return at
            lead = self._leads().get(screen, "")
            return f"{lead}={row}" if lead and row else lead
        return at if page == self.name else f"{page}.ipynb{at}"

    def thread(self) -> list[JsonRow]:
        """Return the links of the goal's thread that have a row, and the first that has none.

        Returns:
            For each its `name`, `title`, `text` (the person's words; '' if there is no row), `on`
            (its day as text) and `href`, the address of the sheet that shows it or asks for it.
        """
        found: dict[str, ThreadRow | None] = self.cached(
            "thread", lambda: goal_thread(self.frames(), self.today)
        )
        missing = next((name for name, row in found.items() if row is None), "")
        person = found["person"]
        return [
            self._describe_link(name, row, person.id if person else "")
            for name, row in found.items()
            if row is not None or name == missing
        ]

    def _describe_link(self, name: str, row: ThreadRow | None, person_id: str) -> JsonRow:
        at = self.texts_of("workbook")["thread"][name]
        screen = at["screen"] if row else at.get("asked_on", at["screen"])
        return {
            "name": name,
            "title": at["title"],
            "text": shorten(row.words) if row else "",
            "on": self.short_date(row.day) if row else "",
            "href": self.address(at["page"], screen, person_id if screen == "people" else ""),
        }

    # -- what is in the book --------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The person's calendar day."""
        return clock.today()

    def setting(self, name: str) -> str:
        """Return a setting, or "" if it was never chosen or the book is closed."""
        return str(self.stored_settings().get(name, "")) if self.book else ""

    def stored_settings(self) -> dict[str, Any]:
        """Return the settings that were ever chosen, by name; read only."""
        stored: dict[str, Any] = self.cached(
            "stored settings", lambda: self.frames()["setting"]["value"].to_dict()
        )
        return stored

    def setting_row(self, name: str) -> JsonRow:
        """Return a setting as a row whose `value` is a text the person writes; version 0 if new."""
        stored = self.frames()["setting"]
        if name not in stored.index:
            return {"id": name, "version": 0, "value": ""}
        row = stored.loc[name]
        return {"id": name, "version": int(row["version"]), "value": str(row["value"])}

    def set_setting(self, name: str, value: str) -> None:
        """Store a setting.

        Raises:
            ChosenElsewhereError: another window changed it since the page showed it.
        """
        assert self.book is not None
        seen = self.setting_versions.get(name, 0)
        try:
            self.setting_versions[name] = self.book.set_setting(name, value, seen)
        except StaleVersionError as error:
            raise ChosenElsewhereError() from error

    @property
    def settings(self) -> Settings:
        """The coach's rules of thumb, with the person's changes.

        By default, a person who reads Japanese has Japan's holidays and its usual days off.
        """
        found: Settings = self.cached(f"settings, {self.language}", self._settings)
        return found

    def _settings(self) -> Settings:
        stored = self.stored_settings()
        here = stored.get("country", "jp" if self.language == "ja" else "none")
        usual = {"country": here} if here == "jp" else {"country": here, "days_off": "[]"}
        return Settings.from_rows(usual | stored)

    def cached(self, name: str, make: Callable[[], Any], given: object = None) -> Any:
        """Return what `make` returns, computed anew only after something it depends on changed.

        That is: a frame of the book it read, the day, or `given`, a value it was made from.
        """
        with self.snapshot():
            frames = self.frames()
            kept = self.cache.get(name)
            if kept is None or not kept.is_current(frames, self.today, given):
                with frames.recording() as read:
                    result = make()
                kept = self.cache[name] = CachedResult(result, read, self.today, given)
            frames.record(kept.read)  # what is being made around this one depends on them, too
        return kept.result

    def frames(self) -> SnapshotFrames:
        """Return the book's frames by table, each read on first use."""
        assert self.book is not None
        return self.frames_now if self.frames_now is not None else SnapshotFrames(self.book)

    def rows(self, table: str, *columns: str) -> list[JsonRow]:
        """Return the rows of `table` as plain JSON, in the order they were made; read only."""
        key = " ".join(("rows", table, *columns))
        found: list[JsonRow] = self.cached(key, lambda: rows(self.frames()[table], *columns))
        return found

    def goal(self) -> JsonRow:
        """Return the one open goal, or an empty one that the first write creates."""
        return self.latest_or_new("goal", self.open_goals(), "goal")

    def open_goals(self) -> list[JsonRow]:
        """Return the goals that are not closed: two, if two windows each began one."""
        return [row for row in self.rows("goal") if not row["closed"]]

    def of_goal(self, table: str) -> list[JsonRow]:
        """Return the rows of `table` that belong to an open goal or to no goal."""
        goals = {"", *(row["id"] for row in self.open_goals())}
        return [row for row in self.rows(table) if row["goal_id"] in goals]

    def role_choices(self) -> list[list[str]]:
        """Return the kinds of person to meet, as `[id, text]`: their short name, else what they do.

        Both are shortened to one line.
        """
        named = ([row["id"], shorten(row["name"] or row["does"])] for row in self.of_goal("role"))
        return [choice for choice in named if choice[1]]

    def goal_link(self) -> dict[str, str | None]:
        """Return the column that links a new row to the open goal; None while there is no goal."""
        goal = self.goal()
        return {"goal_id": goal["id"] if goal["version"] else None}

    def latest_or_new(self, table: str, found: list[JsonRow], name: str) -> JsonRow:
        """Return the last of `found`, or an unmade row (version 0) with an id made from `name`."""
        return found[-1] if found else self.unsaved_row(table, name)

    def unsaved_row(self, table: str, name: str) -> JsonRow:
        """Return the row that the first write creates, with version 0.

        Its id is the first free one of `name`, `name-2`, …, so that two windows on one book write
        to the same row and detect each other's change there.
        """
        ids = self.frames()[table].index
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        id = next(id for id in names if id not in ids)
        return {"id": id, "version": 0} | defaults(TABLES[table])


def shorten(text: str) -> str:
    """Return a text in one line of at most `LINK_MOST` characters.

    >>> shorten("far   apart"), len(shorten("many words " * 9))
    ('far apart', 40)
    """
    line = " ".join(text.split())
    return line if len(line) <= LINK_MOST else line[: LINK_MOST - 1].rstrip() + "…"


class ChosenElsewhereError(EnishiError):
    """Another window changed the setting."""

    sentence = (
        "This was chosen otherwise in another window in the meantime, and is shown as it is now."
    )
    way_out = "Choose again if you would like something else."


def open_workbook(name: str) -> Workbook:
    """Open the workbook `name` on the person's book.

    A book that cannot be opened raises no error here: the page's header shows what is wrong, and
    the sheets stay empty.
    """
    asked = os.environ.get("HTTP_ACCEPT_LANGUAGE")  # of a page; JupyterLab has a console
    language = console_language() if asked is None else guess_language(asked)
    try:
        book, role, problem = open_book(), identity().role, ""
    except EnishiError as error:
        book, role, problem = None, PARTICIPANT, error_text(language, error)
    is_paged = SHEETS in os.environ  # a page of our server; JupyterLab shows all sheets at once
    found = Workbook(
        name,
        book,
        language,
        problem=problem,
        role=role,
        is_paged=is_paged,
        folder=folder_here(),
    )
    publish_later(found)  # a day may have passed since the last copy
    return found
