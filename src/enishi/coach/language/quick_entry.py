"""Quick entry: the fields of a contact from a few words typed in a hurry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from enishi.coach.language.date_phrases import day_to_act, find_days
from enishi.coach.language.date_words import date_marks
from enishi.coach.language.phrase_rules import plain_text
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
    named = find_act_date(words, today) if words.strip() and not on else None
    return {"words": words.strip(), "on": named.isoformat() if named else on}


def find_act_date(text: str, today: date) -> date | None:
    """Return the day on which a line has its act done, as `find_date` returns it; None for none.

    The day of another event is none: of what the act waits for, or of a sentence that only says
    how something is.

    >>> find_act_date("手術が12/9。落ち着いたら12/14に電話", date(2026, 12, 3))
    datetime.date(2026, 12, 14)
    >>> find_act_date("call Yuki after her exam on the 11th", date(2026, 12, 3))
    """
    while (days := find_days(text, today)) is not None:
        before, after = text[: days.start], text[days.start + len(days.quote) :]
        if not _is_of_other_event(before, after):
            return day_to_act(days)
        text = f"{before} … {after}"
    return None


def _is_of_other_event(before: str, after: str) -> bool:
    """Return whether a day between two texts is that of an event other than the act of the line."""
    clauses = date_marks("clause_break")
    *earlier, head = clauses.split(plain_text(before).lower())
    tail, *later = clauses.split(plain_text(after).lower())
    if date_marks("waits_before").search(head):
        return not date_marks("by_before_en").search(head)
    if waits := date_marks("waits_after").search(tail):
        mine = date_marks("waits_of_mine").search(head + tail[: waits.end()])
        return not mine or bool(date_marks("named_subject").search(head))
    mine = date_marks("act_of_mine").search(f"{head}…{after[:1]}")
    if mine or date_marks("same_day").search(after):
        return False
    tells = date_marks("tells_before").search(head)
    if tells and (date_marks("lasts_before").search(head) or date_marks("lasts_after").match(tail)):
        return True
    said = date_marks("tells_after").match(tail) if tells else None
    said = said or date_marks("event_after").match(tail)
    rest = tail[said.end() :] if said else ""
    return bool(said) and any(re.search(r"\w", each) for each in (*earlier, rest, *later))


def split_name(name: str) -> tuple[str, str]:
    """Return the two parts of a name, or two empty texts where it does not have exactly two."""
    parts = name.split()
    return (parts[0], parts[1]) if len(parts) == 2 else ("", "")
