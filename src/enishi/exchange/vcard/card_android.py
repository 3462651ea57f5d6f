"""Nicknames, days and relatives as Android writes them into a vCard."""

from __future__ import annotations

from enishi.exchange.vcard.card_days import keep_day
from enishi.exchange.vcard.card_draft import CardDraft
from enishi.exchange.vcard.card_lines import CardLine
from enishi.exchange.vcard.card_properties import ANDROID, ANDROID_RELATIONS
from enishi.exchange.vcard.card_text import read_card_day
from enishi.exchange.vcard.card_unknown import read_unknown

ANDROID_EVENTS = ("", "anniversary", "other", "birthday")


def read_android(draft: CardDraft, line: CardLine) -> None:
    """Read a nickname, a day or a relation as Android writes it."""
    kind, value, number, label, *_ = [*draft.parts(line), "", "", "", ""]
    kind = kind.removeprefix(ANDROID)
    known = {"contact_event": ANDROID_EVENTS, "relation": ANDROID_RELATIONS}.get(kind)
    if kind == "nickname":
        return
    if known is None or not (number.isdecimal() or not number):
        return read_unknown(draft, line)
    at = int(number) if number.isdecimal() and len(number) < 3 else 0
    said = label or (known[at] if at < len(known) else "")
    if kind == "relation":
        return draft.add(line, "field", said or "related", value)
    day = read_card_day(value)
    if day and said == "birthday":
        return keep_day(draft, line, "birthday", day)
    return draft.add(line, "date" if day else "field", said or "date", day or value)
