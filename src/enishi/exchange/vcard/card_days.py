"""The days of a vCard: birthday, the day one met, important days."""

from __future__ import annotations

from enishi.exchange.google import MET
from enishi.exchange.vcard.card_draft import CardDraft
from enishi.exchange.vcard.card_lines import CardLine
from enishi.exchange.vcard.card_text import UNKNOWN_YEAR, read_card_day

CARD_DAYS = {
    "ANNIVERSARY": "anniversary",
    "X-ANNIVERSARY": "anniversary",
    "X-EVOLUTION-ANNIVERSARY": "anniversary",
    "X-ABDATE": "",
}
"""Properties with an important day, and its label; with "" the card names it."""
UNREAD_CARD_DAY = "The day “{text}” could not be read; it is kept as text."


def read_birth(draft: CardDraft, line: CardLine) -> None:
    """Read a birthday."""
    keep_day(draft, line, "birthday", card_day(line))


def card_day(line: CardLine) -> str:
    """Return the day in a property as `read_card_day` does."""
    return read_card_day(line.value, line.head.params.get("X-APPLE-OMIT-YEAR") or UNKNOWN_YEAR)


def keep_day(draft: CardDraft, line: CardLine, column: str, day: str) -> None:
    """Keep a day in a column; report one that cannot be read, and keep its text."""
    if day and not draft.values.get(column):
        draft.values[column] = day
    elif day:
        draft.add(line, "date", draft.label(line) or line.head.name.lower(), day)
    else:
        keep_unread_day(draft, line, line.head.name)


def keep_unread_day(draft: CardDraft, line: CardLine, label: str) -> None:
    """Report a day that cannot be read, if there is any text, and keep it as a field."""
    if text := draft.line_text(line):
        draft.add_problem(line, UNREAD_CARD_DAY, text=text[:40])
        draft.add(line, "field", label, text)


def read_date(draft: CardDraft, line: CardLine) -> None:
    """Read an important day; the day one met has a column of its own."""
    label, day = CARD_DAYS[line.head.name] or draft.label(line), card_day(line)
    is_met = label.casefold() in MET and not draft.is_own
    if day and is_met and not day.startswith("--"):
        keep_day(draft, line, "met_on", day)
    elif day:
        draft.add(line, "date", label, day)
    else:
        keep_unread_day(draft, line, label or line.head.name)
