"""One line of a file while it is being understood: what is taken, what is left, what is odd."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from enishi.book.tables import contact

GUARD = re.compile("\\A'(?=[ \u3000]*[=+\\-@＝＋－＠]|[\t\r\n])")
"""The apostrophe with which programs keep a spreadsheet from running a cell as a formula.

Rule: OWASP, CSV Injection.
"""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_CELL: dict[str, int] = {
    column.name: column.info["longest"] for column in contact.columns if "longest" in column.info
}
"""How many characters each field of a contact holds."""
MOST_CIRCLES: int = contact.columns["circles"].info["most"]
_SHOWN = 20
"""How many characters of a text are quoted in a sentence."""
Value = str | tuple[str, ...]
"""What a field of a contact may be read as: text, or the circles."""


@dataclass(frozen=True)
class Problem:
    """Something odd in the person's file, told and not fatal.

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
        cells: what is in it, by heading as compared; cells without content are not there.
        labels: each heading as the file writes it.
        problems: what was odd so far.
    """

    line: int
    cells: dict[str, str]
    labels: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def take(self, header: str) -> str:
        """Take the content under `header` out of the record, on one line."""
        return " ".join(self.cells.pop(header, "").split())

    def take_text(self, header: str) -> str:
        """Take the content under `header` out of the record, its lines kept."""
        return self.cells.pop(header, "")

    def tell(self, sentence: str, **facts: object) -> None:
        """Note something odd about this line."""
        self.problems.append(Problem(self.line, sentence, facts))

    def left_over(self) -> list[str]:
        """Return what nobody took, each as one line "heading: content"."""
        return [note_line(self.labels[header], text) for header, text in self.cells.items()]


def note_line(label: str, text: str) -> str:
    """Return one line of a note for content that has no field of its own."""
    return f"{label}: {' / '.join(part.strip() for part in text.splitlines() if part.strip())}"


def clean(cell: str) -> str:
    """Return a cell's content: no formula guard, no control characters, no space around it."""
    text = cell.strip()
    if text.startswith("'"):
        text = GUARD.sub("", cell.lstrip(), count=1).strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text)


def fitted(values: dict[str, Value], record: Record) -> dict[str, Value]:
    """Return `values` without empty ones, each cut to what the book holds; cuts are told."""
    fitting: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, tuple):
            value = fitted_circles(value, record)
        elif len(value) > LONGEST_CELL.get(name, len(value)):
            record.tell(
                "The text “{start}…” is longer than {most} characters; the rest is left out.",
                start=" ".join(value[:_SHOWN].split()),
                most=LONGEST_CELL[name],
            )
            value = value[: LONGEST_CELL[name]].rstrip()
        if value:
            fitting[name] = value
    return fitting


def fitted_circles(circles: tuple[str, ...], record: Record) -> tuple[str, ...]:
    """Return the circles, at most as many and as long as the book holds."""
    longest = LONGEST_CELL["circles"]
    kept = tuple(circle[:longest].rstrip() for circle in circles[:MOST_CIRCLES])
    if kept != circles:
        record.tell(
            "Only {most} groups of at most {longest} characters are taken over.",
            most=MOST_CIRCLES,
            longest=longest,
        )
    return kept
