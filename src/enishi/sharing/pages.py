"""The pages that can be shown to a coach: what the person wrote, line by line.

| key | what is on it |
|---|---|
| `wish`, `ways`, `kinds`, `strengths` | the rows of these sheets |
| `week` | what is written for these days |
| `letter` | the quarter's letter |
| `picture:<name>` | one of `enishi.pictures` |
| `contact:<id>` | one person's card, chosen by name |

A page is plain values, so that a coach gets the same in the browser and in a file. Each line has an
id made of the row and column it shows; a comment keeps to its line while the words change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import msgspec
import pandas as pd

from enishi.book.tables import TABLES
from enishi.book.wording.column_texts import column_label, value_text
from enishi.coach.relations.history import Frames, active_contacts, name_of
from enishi.coach.review.summary import build_letter
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import agenda
from enishi.coach.today.item_summary import find_name_forms, summarise_item
from enishi.i18n import format_list
from enishi.i18n.chosen_word import texts_with_word
from enishi.i18n.dates import format_date, format_range
from enishi.i18n.initials import Forms, hide_names, initials
from enishi.pictures.catalogue import PICTURES, read_wording
from enishi.pictures.picture import mask_texts

SHOWN_COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "wish": {"goal": ("wish", "by", "proof", "outcome", "obstacle")},
    "ways": {"way": ("words",), "plan": ("cue", "act", "did", "keep")},
    "kinds": {
        "role": (
            *("name", "does", "nearer", "question_1", "question_2", "question_3"),
            *("gift_1", "gift_2"),
        )
    },
    "strengths": {
        "strength": ("name", "energy", "note"),
        "evidence": ("what", "on"),
        "offer": ("what",),
    },
}
"""The columns of the pages that show rows as they are, by table."""
ABOUT_A_PERSON: Mapping[str, tuple[str, ...]] = {
    "fact": ("words", "on"),
    "encounter": ("on", "kind", "note"),
    "give": ("what", "on", "state"),
    "promise": ("words", "due", "state"),
    "step": ("words", "on", "state"),
}
"""The columns of the rows on a person's card."""
CARD_COLUMNS = ("name", "how_met", "topics", "needs", "respect_for", "they_gain", "note")
OWN_PAGES = (*SHOWN_COLUMNS, "week", "letter")
"""The pages that concern the person alone."""
PICTURE, CONTACT = "picture:", "contact:"
KEY = re.compile(r"[a-z_]{1,40}|picture:[a-z_]{1,40}|contact:[\w.-]{1,64}")
MOST_SHARED_LINES = 400
"""Most lines of a page."""
_LETTER = (
    *("wishes", "gave", "received", "came", "introduced", "kept", "open", "changed", "tried"),
    *("learned", "went_well", "thank_whom", "next_lines"),
)
"""The parts of the letter, in their order."""
_SPAN = "letter:span"
_WEEK_DAYS = 7


class SharedLine(msgspec.Struct, frozen=True):
    """One line: its id, what it is called, and the words."""

    id: str
    label: str
    words: str


class SharedMark(msgspec.Struct, frozen=True):
    """A place of a picture that is read out; it leads nowhere."""

    x: float | str
    y: float | str
    says: str
    label: str = ""


class SharedPicture(msgspec.Struct, frozen=True):
    """What of `enishi.pictures.picture.Picture.to_plain` a coach gets: nothing that can be pressed.

    A file may come from anybody, so what it holds beside these columns is dropped.
    """

    sentence: str
    data: tuple[dict[str, Any], ...]
    layout: dict[str, Any]
    marks: tuple[SharedMark, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_plain(self) -> dict[str, Any]:
        """Return it as plain JSON for the script that draws it."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        marks = [mark | {"row": "", "href": ""} for mark in plain["marks"]]
        return plain | {"marks": marks, "variants": {}, "act": None}


class SharedPage(msgspec.Struct, frozen=True):
    """A page as a coach sees it.

    Attributes:
        key: what was chosen.
        title: what it is called.
        on: the day it was copied.
        lines: what the person wrote.
        picture: of a picture, what draws it.
    """

    key: str
    title: str
    on: date
    lines: tuple[SharedLine, ...] = ()
    picture: SharedPicture | None = None

    def says(self) -> tuple[Any, ...]:
        """Return what the person wrote: what stays the same while only the day passes."""
        lines = [(line.id, line.words) for line in self.lines if line.id != _SPAN]
        return lines, self.picture and self.picture.rows


@dataclass(frozen=True)
class PageSource:
    """What pages are made from.

    Attributes:
        frames: the book's.
        today: the person's day.
        language: of headings; what the person wrote stays as it is.
        word: the person's word for a connection.
        settings: the coach's rules of thumb.
    """

    frames: Frames
    today: date
    language: str
    word: str
    settings: Settings

    def texts(self, name: str) -> Any:
        """Return `data/words/<name>.yaml` in the person's language, with their word."""
        return texts_with_word(name, self.language, self.word)

    @cached_property
    def name_forms(self) -> Forms:
        """All forms of the names of contacts, to be hidden."""
        return find_name_forms(self.frames["contact"])

    def date(self, day: date) -> str:
        """Return a day that stays true on other days."""
        return format_date(day, self.language)


def list_choices(source: PageSource) -> dict[str, str]:
    """Return the titles of the pages that can be chosen, by key; people are chosen by name."""
    keys = (*OWN_PAGES, *(f"{PICTURE}{name}" for name in PICTURES))
    return {key: title for key in keys if (title := find_title(key, source))}


def find_title(key: str, source: PageSource) -> str | None:
    """Return what a page is called; None if there is nothing of that key (any more)."""
    if key.startswith(CONTACT):
        people: Any = active_contacts(source.frames)
        id = key.removeprefix(CONTACT)
        return name_of(people.loc[id]) if id in people.index else None
    if key.startswith(PICTURE):
        drawn = source.texts("pictures")["pictures"].get(key.removeprefix(PICTURE))
        return str(drawn["title"]) if drawn else None
    found: str | None = source.texts("sharing")["pages"].get(key)
    return found


def build_page(key: str, source: PageSource, *, is_masked: bool) -> SharedPage | None:
    """Return one page; None if there is nothing of that key (any more).

    With `is_masked`, initials replace the names of contacts, also inside sentences.
    """
    title = find_title(key, source)
    if title is None:
        return None
    forms = source.name_forms if is_masked else None
    if key.startswith(PICTURE):
        name = key.removeprefix(PICTURE)
        wording = read_wording(
            name, source.language, source.today, word=source.word, is_masked=is_masked
        )
        drawn = PICTURES[name](source.frames, wording).to_plain()
        drawn = mask_texts(drawn, forms) if forms else drawn
        shown = msgspec.convert(drawn, SharedPicture)
        line = SharedLine(f"{key}:sentence", "", shown.sentence)
        return SharedPage(key, title, source.today, (line,), shown)
    if key.startswith(CONTACT):
        title = initials(title) if is_masked else title
    lines = tuple(
        msgspec.structs.replace(line, words=hide_names(line.words, forms)) if forms else line
        for line in _lines(key, source)
        if line.words
    )
    return SharedPage(key, title, source.today, lines[:MOST_SHARED_LINES])


def names_contact(key: str) -> bool:
    """Return whether a page is about one other person.

    >>> names_contact("contact:a"), names_contact("week")
    (True, False)
    """
    return key.startswith(CONTACT)


def _lines(key: str, source: PageSource) -> Iterator[SharedLine]:
    if key == "week":
        return _week(source)
    if key == "letter":
        return _letter(source)
    return _card(key.removeprefix(CONTACT), source) if names_contact(key) else _rows(key, source)


def _rows(key: str, source: PageSource) -> Iterator[SharedLine]:
    """Yield the cells of the rows of a sheet; closed goals are left out."""
    for table, columns in SHOWN_COLUMNS[key].items():
        frame = source.frames[table]
        if table == "goal":
            frame = frame[~frame["closed"]]
        for id, row in frame.iterrows():
            yield from _cells(table, str(id), row, columns, source)


def _cells(
    table: str, id: str, row: pd.Series[Any], columns: Sequence[str], source: PageSource
) -> Iterator[SharedLine]:
    for name in columns:
        value = row[name]
        if not isinstance(value, list) and pd.isna(value):
            continue
        if isinstance(value, pd.Timestamp):
            words = source.date(value.date())
        else:
            plain = int(value) if isinstance(value, float) else value
            words = value_text(TABLES[table].c[name], plain, source.language)
        yield SharedLine(f"{table}:{id}:{name}", column_label(table, name, source.language), words)


def _card(id: str, source: PageSource) -> Iterator[SharedLine]:
    """Yield what is written about one person."""
    people: Any = source.frames["contact"]
    yield from _cells("contact", id, people.loc[id], CARD_COLUMNS, source)
    for table, columns in ABOUT_A_PERSON.items():
        frame = source.frames[table]
        for row_id, row in frame[frame["contact_id"] == id].iterrows():
            yield from _cells(table, str(row_id), row, columns, source)


def _week(source: PageSource) -> Iterator[SharedLine]:
    """Yield what is written for the next days, and what is left from earlier ones."""
    summaries = source.texts("week")["calendar"]["summaries"] | {"undated": "{said}"}
    no_day = source.texts("sharing")["no_day"]
    for item in agenda(source.frames, source.today, _WEEK_DAYS, source.settings):
        day = source.date(item.day) if item.day else no_day
        said = summarise_item(item, source.frames["contact"], summaries, source.language)
        yield SharedLine(f"{item.kind}:{item.id}", day, said)


def _letter(source: PageSource) -> Iterator[SharedLine]:
    """Yield the parts of the quarter's letter that have something to say."""
    told = build_letter(source.frames, "quarter", source.today, source.settings)
    words = source.texts("sharing")
    span = format_range(told.since, told.until, source.language)
    found = [
        SharedLine(
            f"letter:{part}:{number}",
            words["letter"][part],
            each if isinstance(each, str) else format_list(filter(None, each), source.language),
        )
        for part in _LETTER
        for number, each in enumerate(getattr(told, part))
    ]
    if found:
        yield SharedLine(_SPAN, words["span"], span)
        yield from found
