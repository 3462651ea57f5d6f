"""Quick entry: the fields of a contact from a few words typed in a hurry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from enishi.coach.language.date_phrases import find_date
from enishi.i18n.names import is_east_asian


def contact_values(
    name: str,
    today: date,
    *,
    reading: str = "",
    known_as: str = "",
    known_since: int | None = None,
    met_on: str = "",
    last_talk: str = "",
    role_id: str = "",
    ahead: str = "",
    organisation: str = "",
    where_met: str = "",
    through_id: str = "",
) -> dict[str, Any]:
    """Return the fields of a contact from a quick entry.

    A name of two parts in kanji, kana or Hangul splits into family name and given name, in that
    order; the reading splits likewise. `met_on` counts only for contacts just met (`known_as`),
    `known_since` and `last_talk` only for others; the latter is kept with the day on which it was
    said.

    >>> fields = contact_values("架空 花子", date(2026, 11, 20))
    >>> fields["family"], fields["given"]
    ('架空', '花子')
    """
    family, given = split_name(name) if is_east_asian(name) else ("", "")
    family_kana, _, given_kana = " ".join(reading.split()).partition(" ")
    talked = "" if known_as == "just_met" else last_talk
    return {
        "name": name,
        "family": family,
        "given": given,
        "family_kana": family_kana,
        "given_kana": given_kana,
        "known_as": known_as,
        "known_since": None if known_as == "just_met" else known_since,
        "met_on": met_on if known_as == "just_met" else "",
        "last_talk": talked,
        "last_talk_said_on": today.isoformat() if talked else "",
        "role_id": role_id or None,
        "ahead": ahead if role_id else "",
        "organisation": organisation.strip(),
        "where_met": where_met.strip(),
        "through_id": through_id or None,
        "acquired_on": today.isoformat(),
    }


_ADDED = (
    ("family_kana", "given_kana"),
    ("known_as", "known_since", "met_on"),
    ("last_talk", "last_talk_said_on"),
    ("role_id", "ahead"),
    ("organisation",),
    ("where_met", "through_id"),
)
"""Columns that a second entry about a contact fills, in groups that are said together."""


def fields_to_add(known: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a second entry adds to a contact: groups of columns of which none is filled.

    Args:
        known: the contact's row.
        typed: the fields of the entry, from `contact_values`.

    >>> day = date(2026, 11, 20)
    >>> typed = contact_values("架空 花子", day, known_as="friend", reading="かくう はなこ")
    >>> known = contact_values("架空 花子", day, known_as="colleague")
    >>> fields_to_add(known, typed)
    {'family_kana': 'かくう', 'given_kana': 'はなこ'}
    """
    found: dict[str, Any] = {}
    for group in _ADDED:
        if not any(known.get(column) for column in group):
            found |= {column: typed[column] for column in group if typed[column]}
    return found


def step_values(words: str, today: date, on: str = "") -> dict[str, Any]:
    """Return the fields of a step; where `on` is empty, its date comes from the words.

    >>> step_values("来週、本の感想を送る", date(2026, 11, 20))["on"]
    '2026-11-27'
    """
    named = find_date(words, today) if words.strip() and not on else None
    return {"words": words.strip(), "on": named.isoformat() if named else on}


def split_name(name: str) -> tuple[str, str]:
    """Return the two parts of a name, or two empty texts where it does not have exactly two."""
    parts = name.split()
    return (parts[0], parts[1]) if len(parts) == 2 else ("", "")
