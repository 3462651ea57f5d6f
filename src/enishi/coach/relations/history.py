"""The history between the user and all contacts, one row per contact, computed in one pass."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.choices import CLOSENESS, FILE_SOURCES, KNOWN_AS
from enishi.coach.relations.frame_cache import cache_by_frames
from enishi.coach.rules.settings import Settings

Frames = Mapping[str, pd.DataFrame]
"""The book's frames by table, as returned by `book.frame(table)`."""

FrameRow = Mapping[str, Any] | pd.Series
"""One row of a frame."""

NEVER = np.iinfo(np.int64).min // 2
"""The day number that stands for "no such day"."""

DAY_RANGE = 1 << 21
"""Larger than any day number; used to combine contact position and day in one integer."""

WRITTEN = ("message", "letter", "sns")
"""Kinds of encounter in writing."""
_TWO_WAY = ("met", "meal", "call", "video")
"""Kinds of encounter that are always two-way."""

_IN_PERSON = ("met", "meal", "event")
"""Kinds of encounter in one place."""

KNOWN_BEFORE = tuple(word for word in KNOWN_AS if word != "just_met")
"""Values of `known_as` that say that the contact was known before they were entered."""

DAYS_SINCE_TALK = {"today": 0, "week": 1, "month": 8, "year": 32, "longer": 366}
"""For each remembered last talk, the fewest days that have passed since, on the day it was said."""

IMPORTED = FILE_SOURCES
"""Sources of imported contacts, whose `met_on` is not a meeting until `known_as` is set."""
CONNECTION_SOURCES = ("linkedin",)
"""Those of them whose file has the day of a connection, which is no meeting."""


def active_contacts(frames: Frames) -> pd.DataFrame:
    """Return the contacts that are not in the trash."""
    contact = frames["contact"]
    if contact.empty:
        return contact
    gone = contact["trashed_on"].notna()
    return contact[~gone] if gone.any() else contact


def frames_of(frames: Frames, contact_id: str) -> Frames:
    """Return the frames reduced to the rows of one contact; fast even for a large book.

    Only contact, encounter, give, promise and introduction are reduced.
    """
    return ChainMap(_rows_of(frames, contact_id), frames)  # type: ignore[arg-type]


@cache_by_frames("contact", "encounter", "give", "promise", "introduction")
def _rows_of(frames: Frames, contact_id: str) -> dict[str, pd.DataFrame]:
    rows = {
        table: frames[table][frames[table]["contact_id"] == contact_id]
        for table in ("encounter", "give", "promise")
    }
    introduction = frames["introduction"]
    named = (introduction["bridge_id"] == contact_id) | (introduction["target_id"] == contact_id)
    contact = frames["contact"].loc[[contact_id]]
    return rows | {"contact": contact, "introduction": introduction[named]}


def iter_rows(rows: pd.DataFrame) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the id and values of every row; meant for the few rows shown, not for all contacts."""
    if rows.empty:
        return
    names = [str(name) for name in rows.columns]
    cells = (column.tolist() for _, column in rows.items())
    for key, *values in zip(rows.index.tolist(), *cells, strict=True):
        yield str(key), dict(zip(names, values, strict=True))


def name_of(person: FrameRow) -> str:
    """Return what the user calls a contact, or the full name where that is empty."""
    return str(person["called"] or person["name"])


def names_by_id(people: pd.DataFrame) -> dict[str, str]:
    """Return what the user calls each of `people`, by id; the full name where that is empty."""
    pairs = zip(people["called"], people["name"], strict=True)
    return {str(key): a or b for key, (a, b) in zip(people.index, pairs, strict=True)}


def day_number(day: date) -> int:
    """Return the number of days from 1970-01-01 to `day`."""
    return (day - date(1970, 1, 1)).days


def day_of(number: int) -> date:
    """Return the date of a day number."""
    return date(1970, 1, 1) + timedelta(days=int(number))


def day_numbers(days: pd.Series[Any]) -> NDArray[np.int64]:
    """Return the day numbers of a date or datetime column; NEVER where it is empty."""
    numbers = days.to_numpy("datetime64[D]").astype(np.int64)
    numbers[numbers < NEVER] = NEVER
    return numbers


def isin(words: pd.Series[Any], *wanted: str) -> NDArray[np.bool_]:
    """Return a mask of where a column of choices, links or texts equals one of `wanted`."""
    cells: NDArray[Any]
    sought: Sequence[Any] = wanted
    if isinstance(words.array, pd.Categorical):  # to compare numbers takes a hundredth of the time
        cells, known = words.array.codes, words.array.categories
        sought = [known.get_loc(word) for word in wanted]
    else:
        cells = words.to_numpy(dtype=object)
    hit: NDArray[np.bool_] = cells == sought[0]
    for one in sought[1:]:
        hit |= cells == one
    return hit


def days_met(people: pd.DataFrame) -> NDArray[np.int64]:
    """Return the day number on which the user first met each of `people`; NEVER where empty.

    The day of an import counts only once the user fills `known_as`, and the day of a connection
    only if they have just met: the sheets then ask for the day of meeting in its place.
    """
    met = day_numbers(people["met_on"])
    unsaid = isin(people["source"], *IMPORTED) & isin(people["known_as"], "")
    connected = isin(people["source"], *CONNECTION_SOURCES) & ~isin(people["known_as"], "just_met")
    met[unsaid | connected] = NEVER
    return met


def is_filled(texts: pd.Series[Any]) -> NDArray[np.bool_]:
    """Return a mask of where a text column is not blank."""
    return np.fromiter(map(bool, map(str.strip, texts.tolist())), np.bool_, len(texts))


@cache_by_frames("contact", "encounter", "give", "promise", "introduction")
def history(frames: Frames, today: date, settings: Settings | None = None) -> pd.DataFrame:
    """Return the history with each active contact up to `today`.

    Args:
        frames: needs contact, encounter, give, promise and introduction.
        today: later entries are plans and do not count.
        settings: for how many days broken promises, unanswered messages and hard meetings count.

    Returns:
        One row per contact (index: id), columns
        `first` (day number of the first meeting or entry; NEVER without one),
        `last, last_two_way, last_meaningful, last_ask, last_reach` (day numbers, of entries alone:
        the day of meeting is no entry; NEVER without one), `new_on` (day number of the first
        meeting of contacts noted as just met, else NEVER), `first_at` (its instant or NaT), `known`
        (noted as known before), `stranger` (an introduction to them is under way, and nothing else
        is written), `days, two_way_days, span` (in days), `followed` (they answered after the first
        meeting), `thanked` (the user wrote after it), `reaches` (the user's attempts after it),
        `they_started, meetings, disclosed_out,
        disclosed_in, acts_in, unanswered, gives_out, gives_in, kept, open_mine, broken, hard`, and
        of the contact itself `comfort` (NaN: empty) and `closeness` (as the user said: 1 to 4, the
        place in `CLOSENESS`; 0: not said), and `last_said` (the latest day on which the last talk
        can have been, as the user remembers it; NEVER: not said).
    """
    people = active_contacts(frames)
    now = day_number(today)
    settings = settings or Settings()
    columns = meetings(people, frames["encounter"], now, settings)
    columns |= exchanges(people, frames, now, settings)
    columns["acts_in"] = columns["acts_in"] + columns.pop("helped")
    columns["comfort"] = people["comfort"].to_numpy()
    columns["closeness"] = said_closeness(people)
    columns["last_said"] = said_last_talk(people)
    columns["known"] = isin(people["known_as"], *KNOWN_BEFORE)
    columns["stranger"] = mark_awaited(people, frames["introduction"]) & ~(
        columns["known"] | (columns["days"] > 0)
    )
    return pd.DataFrame(columns, index=people.index)


def said_closeness(people: pd.DataFrame) -> NDArray[np.int64]:
    """Return how close each of `people` is, in the user's word: 1 to 4, 0 where it is not said.

    In a book of an earlier version the only word was the tick `companion`.
    """
    said = np.zeros(len(people), dtype=np.int64)
    for level, word in enumerate(CLOSENESS, 1):
        said[isin(people["closeness"], word)] = level
    return np.where((said == 0) & people["companion"].to_numpy(), len(CLOSENESS), said)


def said_last_talk(people: pd.DataFrame) -> NDArray[np.int64]:
    """Return the latest day of the last talk with each of `people`, as the user remembers it."""
    said_on = day_numbers(people["last_talk_said_on"])
    last = np.full(len(people), NEVER)
    for word, passed in DAYS_SINCE_TALK.items():
        said = isin(people["last_talk"], word) & (said_on > NEVER)
        last[said] = said_on[said] - passed
    return last


def mark_two_way(encounter: pd.DataFrame) -> NDArray[np.bool_]:
    """Return a mask of the encounters that went both ways, as the user said or their kind says.

    A hello is none, whatever its kind; books of an earlier version have ticks in place of `depth`.
    """
    said = isin(encounter["depth"], "talk", "opened") | isin(encounter["kind"], *_TWO_WAY)
    ticked = encounter["two_way"].to_numpy() | encounter["disclosed_in"].to_numpy()
    ticked = ticked | encounter["disclosed_out"].to_numpy()
    found: NDArray[np.bool_] = (said | ticked) & ~isin(encounter["depth"], "hello")
    return found


def meetings(
    people: pd.DataFrame, encounter: pd.DataFrame, now: int, settings: Settings
) -> dict[str, Any]:
    """Count the encounters with each of `people` up to day number `now`.

    Returns:
        The columns of `history` that come from encounters, in the order of `people`.
    """
    count = len(people)
    who = people.index.get_indexer(pd.Index(encounter["contact_id"]))
    day = day_numbers(encounter["on"])
    real = (who >= 0) & (day > NEVER) & (day <= now)
    if not real.all():
        encounter, who, day = encounter[real], who[real], day[real]

    # Weights and `where` instead of `who[of]`: to pick rows here and there takes twice as long.
    def total(of: NDArray[Any]) -> NDArray[np.int64]:
        if not of.any():
            return np.zeros(count, dtype=np.int64)
        return np.bincount(who, weights=of, minlength=count).astype(np.int64)

    def latest(of: NDArray[Any], start: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        last = np.full(count, NEVER) if start is None else start.copy()
        if of.any():
            np.maximum.at(last, who, day if of.all() else np.where(of, day, NEVER))
        return last

    mine = isin(encounter["started_by"], "me")
    theirs = isin(encounter["started_by"], "them")
    written = isin(encounter["kind"], *WRITTEN)
    ping = isin(encounter["kind"], "sns")  # perhaps no more than that
    opened = isin(encounter["depth"], "opened")
    told = encounter["disclosed_out"].to_numpy() | opened
    heard = encounter["disclosed_in"].to_numpy() | opened
    deep = told | heard
    two_way = mark_two_way(encounter)

    met = days_met(people)
    met[met > now] = NEVER
    seen = np.flatnonzero(met > NEVER)
    beside = isin(encounter["kind"], *_IN_PERSON)
    np.minimum.at(met, who[beside], day[beside])  # an earlier meeting was the first
    first = np.where(met > NEVER, met, -NEVER)
    np.minimum.at(first, who, day)
    first[first == -NEVER] = NEVER
    known = isin(people["known_as"], *KNOWN_BEFORE)
    after = (day > first[who]) | written  # not the first meeting itself
    if known.any():
        after |= known[who]
    answered = latest(theirs | two_way, met)

    everything = np.ones(len(day), dtype=bool)
    keys = np.concatenate([who * DAY_RANGE + day, seen * DAY_RANGE + met[seen]]) + DAY_RANGE // 2
    ways = np.concatenate([two_way, np.ones(len(seen), dtype=bool)])
    marked = np.sort(keys * 2 + ways)  # of one day with a contact, a two-way entry comes last
    marked = marked[np.append(np.diff(marked >> 1) > 0, True)[: len(marked)]]
    whose, both = (marked >> 1) // DAY_RANGE, marked & 1 > 0
    last = latest(everything)
    latest_known = np.maximum(last, met)
    just_met = isin(people["known_as"], "just_met")
    reaches = total(mine & after)
    at = encounter["at"].to_numpy("datetime64[s]").astype(np.int64)
    first_at = np.full(count, -NEVER)
    if (at > NEVER).any():
        opening = (day == first[who]) & ~written & (at > NEVER)
        np.minimum.at(first_at, who[opening], at[opening])
    first_at[first_at == -NEVER] = np.iinfo(np.int64).min
    return {
        "first": first,
        "new_on": np.where(just_met, np.where(met > NEVER, met, first), NEVER),
        "first_at": first_at.astype("datetime64[s]"),
        "last": last,
        "last_two_way": latest(two_way),
        "last_meaningful": latest(two_way & (~ping | deep)),
        "last_ask": latest(~np.isnan(encounter["ask_size"].to_numpy())),
        "last_reach": latest(mine & after),
        "days": np.bincount(whose, minlength=count),
        "two_way_days": np.bincount(whose[both], minlength=count),
        "span": np.where(latest_known > NEVER, latest_known - first, 0),
        "followed": total((theirs | two_way) & after) > 0,
        "thanked": reaches > 0,
        "reaches": reaches,
        "they_started": total(theirs),
        "meetings": np.bincount(who, minlength=count),
        "disclosed_out": total(told) > 0,
        "disclosed_in": total(heard) > 0,
        "acts_in": total(encounter["act_in"].to_numpy()),
        "unanswered": total(
            mine
            & written
            & ~two_way
            & (day > answered[who])
            & (day > now - settings.unanswered_days)
        ),
        "hard": total(encounter["hard"].to_numpy() & (day > now - settings.hard_days)),
    }


def mark_awaited(people: pd.DataFrame, introduction: pd.DataFrame) -> NDArray[np.bool_]:
    """Return a mask of the contacts to whom an introduction is under way and not yet made."""
    ahead = isin(introduction["state"], "planned", "asked", "bridge_agreed", "target_agreed")
    found: NDArray[np.bool_] = people.index.isin(introduction["target_id"].array[ahead])
    return found


def exchanges(people: pd.DataFrame, frames: Frames, now: int, settings: Settings) -> dict[str, Any]:
    """Count gives, promises and introductions with each of `people` up to day number `now`.

    Returns:
        The columns of `history` that come from them, and `helped`, which `history` adds to
        `acts_in`.
    """
    give, promise, introduction = frames["give"], frames["promise"], frames["introduction"]
    count = len(people)

    def total(who: NDArray[Any], of: NDArray[Any]) -> NDArray[np.int64]:
        return np.bincount(who[of & (who >= 0)], minlength=count)

    given = people.index.get_indexer(pd.Index(give["contact_id"]))
    promised = people.index.get_indexer(pd.Index(promise["contact_id"]))
    bridges = people.index.get_indexer(pd.Index(introduction["bridge_id"]))
    out = isin(give["direction"], "out") & isin(give["state"], "done")
    received = isin(give["direction"], "in") & ~isin(give["state"], "let_go")
    mine = isin(promise["by"], "me")
    when = np.maximum(day_numbers(promise["closed_on"]), day_numbers(promise["due"]))
    broken = mine & isin(promise["state"], "broken") & (when > now - settings.broken_days)
    done = isin(introduction["state"], "introduced", "thanked", "reported")
    return {
        "gives_out": total(given, out),
        "gives_in": total(given, received),
        "kept": total(promised, mine & isin(promise["state"], "kept")),
        "open_mine": total(promised, mine & isin(promise["state"], "open")),
        "broken": total(promised, broken),
        "helped": total(given, received & isin(give["way"], "connect", "cheer"))
        + total(bridges, done),
    }
