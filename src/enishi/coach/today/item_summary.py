"""An item of the agenda as one line, for what is read outside the week: a calendar, a coach."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

import pandas as pd

from enishi.coach.language.date_phrases import without_relative_dates
from enishi.coach.language.promise_titles import promise_title
from enishi.coach.relations.history import name_of
from enishi.coach.today.agenda import Item
from enishi.i18n import format_text
from enishi.i18n.initials import Forms, forms_of, hide_names, initials
from enishi.i18n.names import with_honorific

NAMELESS = ("event", "place", "review", "experiment")
"""Kinds of item whose line names no contact."""
_NAMES_OF_PLACES = ("event", "place")
"""Kinds of item whose words are a name and stay as they are."""
PROMISES = ("promise", "theirs")
"""Kinds of item whose words are reduced to what is promised."""
_NAMES = ("name", "called", "alias", "romaji", "family", "given", "family_kana", "given_kana")


def find_name_forms(contacts: pd.DataFrame) -> Forms:
    """Return all forms of the names of `contacts`, as they may appear in a text."""
    parts = contacts["family"] + " " + contacts["given"]
    readings = contacts["family_kana"] + " " + contacts["given_kana"]
    return forms_of(chain(*(contacts[name].tolist() for name in _NAMES), parts, readings))


def summarise_item(
    item: Item,
    contacts: pd.DataFrame,
    summaries: Mapping[str, str],
    language: str,
    forms: Forms | None = None,
) -> str:
    """Return an item as one line that stays true on other days.

    Args:
        item: the item.
        contacts: the frame of contacts.
        summaries: the texts by kind, with `alone` and `undated` (`data/words/week.yaml`).
        language: `ja` or `en`.
        forms: the names that initials replace; None leaves them.
    """
    words, name = item.words, ""
    known: Any = contacts
    if item.kind in PROMISES:
        words = promise_title(words)
    elif item.kind not in _NAMES_OF_PLACES:
        words = without_relative_dates(words)
    if item.contact_id:
        name = name_of(known.loc[item.contact_id])
    if forms is not None:
        name, words = initials(name), hide_names(words, forms)
    name = with_honorific(name, language) if name else ""
    kind = item.kind if name or item.kind in NAMELESS else "alone"
    said = format_text(summaries.get(kind, summaries["alone"]), {"name": name, "words": words})
    return said if item.day else format_text(summaries["undated"], {"said": said})
