"""One line of a file during the import: its cells, which of them are used, and its problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from enishi.book.tables import contact, detail

GUARD = re.compile("\\A'(?=[ \u3000]*[=+\\-@＝＋－＠]|[\t\r\n])")
"""The apostrophe that programs add so that a spreadsheet does not run a cell as a formula.

Rule: OWASP, CSV Injection.
"""
FORMULA_TEXT = re.compile(r'="([^"]*)"|=(\+?[\d() .-]{6,})')
"""A text or number written as a formula, so that Excel leaves its zeros and plus sign."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and the marks of direction that telephones put around numbers."""
LONGEST_CELL: dict[str, int] = {
    column.name: column.info["longest"] for column in contact.columns if "longest" in column.info
}
"""Maximum length of each field of a contact in characters."""
MOST_CIRCLES: int = contact.columns["circles"].info["most"]
LONGEST_LABEL: int = detail.columns["label"].info["longest"]
LONGEST_DETAIL: int = detail.columns["value"].info["longest"]
CUT_TEXT = "The text “{start}…” is longer than {most} characters; the rest is left out."
MORE_COLUMNS = "This line has more columns than there are headings; they are kept as fields."
SYSTEM_GROUPS = frozenset(
    {
        *("mycontacts", "my contacts", "system group: my contacts"),
        *("starred", "starred in android", "マイ連絡先", "マイコンタクト", "スター付き"),
        "スター付き連絡先",
    }
)
"""Google's groups of every contact and of those with a star; they say nothing about a person."""
_SHOWN = 20
"""Maximum number of characters of a text that a problem quotes."""
TABLE_FIELDS = (
    *("name", "family", "given", "kana", "family_kana", "given_kana", "romaji", "alias"),
    *("honorific", "called", "organisation", "department", "title", "email", "phone", "url"),
    *("address", "birthday", "date", "met_on", "how_met", "where_met", "circles", "note", "field"),
)
"""What a column of a table may hold: a column of the book's `contact`, or a detail.

`kana` is the reading of the whole name; `address`, `date` and `field`, and whatever `email`,
`phone` and `url` hold beside the main one, become details.
"""
Value = str | tuple[str, ...]
"""The value of a contact's field: a text, or the circles."""


class Detail(NamedTuple):
    """One more address, day or field of a contact; see the table `detail`.

    Attributes:
        kind: one of `enishi.choices.DETAILS`.
        label: what the file calls it, "" if it does not say.
        value: the content; a day as YYYY-MM-DD or --MM-DD.
    """

    kind: str
    label: str
    value: str


class FileRelation(NamedTuple):
    """What another person of a file is to the one of a row.

    Attributes:
        uid: the id of the other one in the file.
        name: the other one's name, "" if the file does not say it here.
        kind: what the other one is, one of `enishi.choices.RELATIONS`; "" if only in words.
        words: the same in the person's own words.
        inverse: in their words, what the one of the row is to the other.
        label: what the file calls it, if it is not in our own form.
    """

    uid: str
    name: str
    kind: str
    words: str = ""
    inverse: str = ""
    label: str = ""

    @property
    def detail(self) -> Detail:
        """The field by which it is kept if the other one is in neither the file nor the book."""
        label = self.label or self.words or self.kind
        return Detail("field", label[:LONGEST_LABEL], (self.name or self.uid)[:LONGEST_DETAIL])


@dataclass(frozen=True)
class Problem:
    """A non-fatal problem in the person's file, which is reported to them.

    Attributes:
        line: the line of the file, from 1.
        sentence: English, with placeholders; the key of its translation.
        facts: the values for the placeholders.
    """

    line: int
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """One line of the file.

    Attributes:
        line: the line of the file, from 1.
        cells: the non-empty cells not used yet, by normalised heading.
        labels: each heading as the file writes it, by normalised heading.
        problems: the problems found so far.
        details: the details found so far.
    """

    line: int
    cells: dict[str, str]
    labels: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)

    def take(self, header: str) -> str:
        """Remove the content under `header` from the record and return it on one line."""
        text = self.cells.pop(header, "")
        return text if text.isprintable() and "  " not in text else " ".join(text.split())

    def take_text(self, header: str) -> str:
        """Remove the content under `header` from the record and return it with its line breaks."""
        return self.cells.pop(header, "")

    def add_problem(self, sentence: str, **facts: object) -> None:
        """Add a problem of this line."""
        self.problems.append(Problem(self.line, sentence, facts))

    def add_detail(self, kind: str, label: str, value: str) -> None:
        """Add a detail; a text that the book cannot hold is cut, and that is a problem."""
        if len(value) > LONGEST_DETAIL:
            self.add_problem(CUT_TEXT, start=quoted(value), most=LONGEST_DETAIL)
            value = value[:LONGEST_DETAIL].rstrip()
        if value:
            self.details.append(Detail(kind, label[:LONGEST_LABEL], value))

    def keep_rest(self) -> None:
        """Keep the unused cells as fields, each under its heading."""
        for header, text in self.cells.items():
            self.add_detail("field", self.labels[header], text)
        self.cells.clear()


def clean(cell: str) -> str:
    """Return a cell's content without formula guard, control characters and surrounding space.

    >>> clean("'+81 90 "), clean('="090-0000-0000"'), clean("=1+1")
    ('+81 90', '090-0000-0000', '=1+1')
    """
    text = cell.strip()
    if text[:1] == "=" and (found := FORMULA_TEXT.fullmatch(text)):
        text = (found[1] or found[2] or "").strip()
    if text[:1] == "'":
        text = GUARD.sub("", cell.lstrip(), count=1).strip()
    if text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text).strip()


def quoted(text: str) -> str:
    """Return the beginning of a text on one line, for a problem."""
    return " ".join(text[:_SHOWN].split())


def fit_values(values: dict[str, Value], record: Record) -> dict[str, Value]:
    """Return the non-empty `values`, each cut to the field's limit; add a problem for each cut."""
    fitting: dict[str, Value] = {}
    for name, value in values.items():
        if not value:
            continue
        if isinstance(value, tuple):
            value = fit_circles(value, record)
        elif len(value) > LONGEST_CELL.get(name, len(value)):
            record.add_problem(CUT_TEXT, start=quoted(value), most=LONGEST_CELL[name])
            value = value[: LONGEST_CELL[name]].rstrip()
        fitting[name] = value
    return fitting


def keep_groups(names: Iterable[str]) -> tuple[str, ...]:
    """Return the groups of a person, each once, without those that a program made itself.

    >>> keep_groups(["* myContacts", "Choir", "* Friends", "Choir"])
    ('Choir', 'Friends')
    """
    plain = (name.strip().removeprefix("* ").strip() for name in names)
    kept = (name for name in plain if name and name.casefold() not in SYSTEM_GROUPS)
    return tuple(dict.fromkeys(kept))


def fit_circles(circles: tuple[str, ...], record: Record) -> tuple[str, ...]:
    """Return the circles within the limits of number and length; add a problem for a cut."""
    longest = LONGEST_CELL["circles"]
    kept = tuple(circle[:longest].rstrip() for circle in circles[:MOST_CIRCLES])
    if kept != circles:
        record.add_problem(
            "Only {most} groups of at most {longest} characters are taken over.",
            most=MOST_CIRCLES,
            longest=longest,
        )
    return kept
