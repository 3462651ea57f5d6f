"""A vCard while it is read: its lines by name, and what was found so far."""

from __future__ import annotations

from typing import NamedTuple

from enishi.exchange.csv_record import Detail, FileRelation, Problem, Record, Value
from enishi.exchange.vcard.card_lines import CardLine, VCard
from enishi.exchange.vcard.card_properties import PRODUCT
from enishi.exchange.vcard.card_text import plain_label, split_escaped, unescape


class CardDetail(NamedTuple):
    """A detail, and where it leads to another card: its UID, and the label it then has."""

    detail: Detail
    uid: str = ""
    label: str = ""


class CardDraft:
    """A card while it is read: its lines by name, and what was found so far."""

    def __init__(self, card: VCard) -> None:
        self.card = card
        self.old = card.is_old
        self.record = Record(card.line, {}, {}, card.problems)
        self.named: dict[str, list[CardLine]] = {}
        self.labels: dict[str, str] = {}
        self.values: dict[str, Value] = {}
        self.details: list[tuple[int, CardDetail]] = []
        self.relations: list[FileRelation] = []
        self.notes: list[str] = []
        for line in card.lines:
            self.named.setdefault(line.head.name, []).append(line)
            if line.head.name == "X-ABLABEL":
                self.labels[line.head.group] = plain_label(self.text(line))
        self.is_own = any(one.value == PRODUCT for one in self.named.get("PRODID", ()))

    def text(self, line: CardLine) -> str:
        """Return the text of a property."""
        return unescape(line.value, self.old).strip()

    def line_text(self, line: CardLine) -> str:
        """Return the text of a property on one line."""
        value = line.value
        return " ".join((unescape(value, self.old) if "\\" in value else value).split())

    def parts(self, line: CardLine, separator: str = ";", joined: str = "") -> list[str]:
        """Return the parts of a property; lists within a part are joined by `joined`, if given."""
        parts = split_escaped(line.value, separator)
        if joined and not self.old:
            parts = [joined.join(split_escaped(part, ",")) for part in parts]
        return [unescape(part, self.old).strip() for part in parts]

    def first(self, name: str) -> str:
        """Return the text of the first property of this name, or ""."""
        lines = self.named.get(name)
        return self.line_text(lines[0]) if lines else ""

    def label(self, line: CardLine) -> str:
        """Return what the card calls a property: its label, else its types."""
        own = self.labels.get(line.head.group, "") if line.head.group else ""
        return own or line.head.label

    def add(self, line: CardLine, kind: str, label: str, value: str, uid: str = "") -> None:
        """Add a detail, if it holds anything."""
        if not value.strip():
            return
        label = " ".join(label.split())
        raw = line.head.spelling if uid else label
        self.details.append((line.number, CardDetail(Detail(kind, raw, value), uid, label)))

    def add_problem(self, line: CardLine, sentence: str, **facts: object) -> None:
        """Add a problem of a line."""
        self.card.problems.append(Problem(line.number, sentence, facts))
