"""Filters of the list of contacts: conditions that combine, as values and as JSON.

What is not known is never taken for "never": somebody of whom no meeting is written is neither met
lately nor not met for long; that nothing is noted is a condition of its own.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.choices import INVERSE_RELATIONS, KNOWN_AS
from enishi.coach.relations.frame_cache import cache_by_frames
from enishi.coach.relations.history import (
    NEVER,
    WRITTEN,
    Frames,
    day_number,
    day_numbers,
    days_met,
    is_filled,
    isin,
)
from enishi.coach.relations.suggestible import unreviewed_mask
from enishi.i18n.folding import fold_key, search_form

Mask = NDArray[np.bool_]
MOST_CONDITIONS = 20
"""Most conditions of one filter."""
MOST_MONTHS = 240
ConditionKind = Literal[
    "circle",
    "role",
    "known_as",
    "where",
    "how",
    "through",
    "relation",
    "unmet",
    "met",
    "unnoted",
    "focus",
    "no_step",
    "unread",
    "archived",
]
"""What a condition asks: in the circle, of the kind of person, known as, met at a place, met in a
way, introduced by, related as, not met for so many months, met within so many months, nothing
noted of any contact with them, in focus, without a next step, imported and not yet looked at, in
the trash."""
WITH_VALUE = {"circle", "role", "known_as", "where", "how", "through", "relation", "unmet", "met"}
"""The kinds that need a value: a name, an id, a word of a choice, a text, a number of months."""


class FilterCondition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One condition.

    Attributes:
        kind: what it asks.
        value: of what; '' for kinds that need none. A role of '' is none at all.
        is_not: whether it is met by all others instead.
    """

    kind: ConditionKind
    value: Annotated[str, msgspec.Meta(max_length=300)] = ""
    is_not: bool = False


class PeopleFilter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Conditions that are met together, or of which one is enough; without any, all are chosen."""

    conditions: Annotated[
        tuple[FilterCondition, ...], msgspec.Meta(max_length=MOST_CONDITIONS)
    ] = ()
    is_any: bool = False


def filter_text(people_filter: PeopleFilter) -> str:
    """Return a filter as JSON.

    >>> filter_text(PeopleFilter((FilterCondition("focus", is_not=True),)))
    '{"conditions":[{"kind":"focus","is_not":true}]}'
    """
    return msgspec.json.encode(people_filter).decode()


def read_filter(text: str) -> PeopleFilter | None:
    """Return the filter that `filter_text` wrote; None where the text holds none.

    >>> read_filter('{"conditions": [{"kind": "shoe size"}]}') is None
    True
    """
    try:
        return msgspec.json.decode(text, type=PeopleFilter)
    except (msgspec.DecodeError, UnicodeError):
        return None


def rename_in_filter(people_filter: PeopleFilter, name: str, to: str) -> PeopleFilter:
    """Return a filter that asks for the circle `to` where it asked for `name`."""
    conditions = tuple(
        FilterCondition("circle", to, each.is_not)
        if each.kind == "circle" and each.value == name
        else each
        for each in people_filter.conditions
    )
    return PeopleFilter(conditions, people_filter.is_any)


def matching(frames: Frames, people_filter: PeopleFilter, today: date) -> tuple[str, ...]:
    """Return the ids of the contacts that a filter chooses, in the order of the book.

    Contacts in the trash are among them only where a condition asks for these.
    """
    people = frames["contact"]
    return tuple(people.index[filter_mask(frames, people_filter, today)].tolist())


def filter_mask(frames: Frames, people_filter: PeopleFilter, today: date) -> Mask:
    """Return a mask of the contacts that a filter chooses, in the order of the contact frame."""
    people = frames["contact"]
    conditions = people_filter.conditions
    asks_for_trash = any(each.kind == "archived" for each in conditions)
    among: Mask = np.full(len(people), True)
    if not asks_for_trash:
        among = people["trashed_on"].isna().to_numpy(copy=True)
    if not conditions:
        return among
    masks = [condition_mask(frames, each, today) for each in conditions]
    combine = np.logical_or if people_filter.is_any else np.logical_and
    found: Mask = combine.reduce(masks)
    return found & among


def condition_mask(frames: Frames, condition: FilterCondition, today: date) -> Mask:
    """Return a mask of the contacts that meet one condition, those in the trash included."""
    found = _MASKS[condition.kind](frames, condition.value, today)
    return ~found if condition.is_not else found


@cache_by_frames("contact", "encounter")
def last_met(frames: Frames, today: date) -> NDArray[np.int64]:
    """Return the day number of the last meeting with each contact of the frame; NEVER: not known.

    A meeting is an encounter that is not in writing, or the day on which they met first. Days to
    come are plans and do not count. The array is cached and cannot be written to.
    """
    people, encounter = frames["contact"], frames["encounter"]
    now = day_number(today)
    last = days_met(people)
    last[last > now] = NEVER
    who = people.index.get_indexer(pd.Index(encounter["contact_id"]))
    day = day_numbers(encounter["on"])
    real = (who >= 0) & (day <= now) & ~isin(encounter["kind"], *WRITTEN)
    np.maximum.at(last, who[real], day[real])
    last.flags.writeable = False
    return last


def _circle(frames: Frames, value: str, today: date) -> Mask:
    key = fold_key(value)
    cells = frames["contact"]["circles"]
    return _mask(any(fold_key(name) == key for name in cell) for cell in cells)


def _role(frames: Frames, value: str, today: date) -> Mask:
    return isin(frames["contact"]["role_id"], value)


def _known_as(frames: Frames, value: str, today: date) -> Mask:
    known_as = frames["contact"]["known_as"]
    return isin(known_as, value) if value in KNOWN_AS else _none(known_as)


def _where(frames: Frames, value: str, today: date) -> Mask:
    return _has_text(frames["contact"]["where_met"], value)


def _how(frames: Frames, value: str, today: date) -> Mask:
    return _has_text(frames["contact"]["how_met"], value)


def _through(frames: Frames, value: str, today: date) -> Mask:
    through = frames["contact"]["through_id"]
    return isin(through, value) if value else _none(through)


def _relation(frames: Frames, value: str, today: date) -> Mask:
    """Return who is this to another contact, as written of either of the two."""
    relation, people = frames["relation"], frames["contact"]
    if value not in INVERSE_RELATIONS:
        return _none(people["name"])
    first = relation["a_id"].array[isin(relation["kind"], value)]
    second = relation["b_id"].array[isin(relation["kind"], INVERSE_RELATIONS[value])]
    return np.asarray(people.index.isin({*first, *second}))


def _unmet(frames: Frames, value: str, today: date) -> Mask:
    last, since = last_met(frames, today), _months_ago(value, today)
    return (last > NEVER) & (last <= since)


def _met(frames: Frames, value: str, today: date) -> Mask:
    return last_met(frames, today) > max(NEVER, _months_ago(value, today))


def _unnoted(frames: Frames, value: str, today: date) -> Mask:
    people = frames["contact"]
    noted = np.asarray(people.index.isin(frames["encounter"]["contact_id"]))
    found: Mask = ~noted & (days_met(people) == NEVER) & isin(people["last_talk"], "")
    return found


def _focus(frames: Frames, value: str, today: date) -> Mask:
    return np.asarray(frames["contact"]["focus"])


def _no_step(frames: Frames, value: str, today: date) -> Mask:
    step = frames["step"]
    ids = step["contact_id"].array[isin(step["state"], "open") & is_filled(step["words"])]
    return ~np.asarray(frames["contact"].index.isin(ids))


def _unread(frames: Frames, value: str, today: date) -> Mask:
    return unreviewed_mask(frames["contact"], frames)


def _archived(frames: Frames, value: str, today: date) -> Mask:
    return np.asarray(frames["contact"]["trashed_on"].notna())


_MASKS: dict[ConditionKind, Callable[[Frames, str, date], Mask]] = {
    "circle": _circle,
    "role": _role,
    "known_as": _known_as,
    "where": _where,
    "how": _how,
    "through": _through,
    "relation": _relation,
    "unmet": _unmet,
    "met": _met,
    "unnoted": _unnoted,
    "focus": _focus,
    "no_step": _no_step,
    "unread": _unread,
    "archived": _archived,
}


def _months_ago(value: str, today: date) -> int:
    """Return the day number of so many months before today; a value that is no number is one."""
    asked = int(value[:4]) if value.isdecimal() and value.isascii() else 1
    months = min(max(asked, 1), MOST_MONTHS)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return day_number(date(year, month + 1, min(today.day, last)))


def _has_text(cells: pd.Series[Any], value: str) -> Mask:
    form = search_form(value)
    if not form:
        return _none(cells)
    codes, kinds = pd.factorize(cells)  # most contacts of a book were met in few places
    return _mask(form in search_form(kind) for kind in kinds)[codes]


def _mask(cells: Any) -> Mask:
    return np.fromiter(cells, np.bool_)


def _none(cells: pd.Series[Any]) -> Mask:
    return np.zeros(len(cells), dtype=np.bool_)
