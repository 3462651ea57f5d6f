"""How long the coach thinks: today's list over a growing book, introductions over a growing net.

Run it by itself: `python bench/coach.py`. Aims on a laptop of two cores: today over 10 000 contacts
and 100 000 encounters within 50 ms once the frames stand, introductions within 100 ms among 2 000
people with 20 000 ties.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import JSON, Boolean, Integer

from enishi.book.frames import column_series
from enishi.book.tables import TABLES, own_columns
from enishi.coach.giving.gift_ideas import read_ideas
from enishi.coach.network.introductions import paths_to
from enishi.coach.rules.settings import Settings
from enishi.coach.today.suggestions import suggest_contacts
from enishi.i18n import read_texts

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 3, 0)
TODAY_AIM_MS, PATHS_AIM_MS = 50, 100


def columns_of(table: str, count: int) -> dict[str, Any]:
    """Return a blank column of `count` rows for every column of a table."""
    blank: dict[str, Any] = {}
    for column in own_columns(TABLES[table]):
        if column.info.get("day") or column.info.get("moment"):
            blank[column.name] = np.full(count, "NaT", dtype="datetime64[s]")
        elif isinstance(column.type, Boolean):
            blank[column.name] = np.zeros(count, dtype=bool)
        elif isinstance(column.type, JSON):
            cells = np.empty(count, dtype=object)
            cells[:] = [[] for _ in range(count)]
            blank[column.name] = cells
        elif isinstance(column.type, Integer):
            blank[column.name] = np.full(count, np.nan)
        else:
            default = getattr(column.default, "arg", None) if column.default is not None else ""
            blank[column.name] = [default] * count
    return blank


def as_frame(table: str, columns: dict[str, Any], ids: list[str] | None = None) -> pd.DataFrame:
    """Make a frame of the shape the book gives."""
    count = len(next(iter(columns.values())))
    index = pd.Index(ids or [f"{table}-{i:07}" for i in range(count)], dtype="str", name="id")
    frame = pd.DataFrame({"version": np.ones(count, dtype="int64")}, index=index)
    text = {
        column.name: column_series(column, columns[column.name])
        for column in own_columns(TABLES[table])
        if isinstance(columns[column.name], list)
    }
    return pd.concat([pd.DataFrame(columns | text, index=index), frame], axis=1)


def book(contacts: int, encounters: int, ties: int = 0, seed: int = 1) -> dict[str, pd.DataFrame]:
    """Invent a book of that size; the same one for the same seed."""
    random = np.random.default_rng(seed)
    frames = {table: as_frame(table, columns_of(table, 0)) for table in TABLES}

    ids = [f"contact-{i:07}" for i in range(contacts)]
    people = columns_of("contact", contacts)
    people["name"] = [f"見本 {i}" for i in range(contacts)]
    people["family_kana"] = [f"みほん{i % 97}" for i in range(contacts)]
    people["comfort"] = random.choice([np.nan, 2, 3, 4, 5], contacts)
    people["focus"] = np.arange(contacts) < 5
    topics = np.empty(contacts, dtype=object)
    words = ["写真", "Web制作", "山歩き", "料理", "確定申告", "読書"]
    topics[:] = [
        [words[i] for i in random.integers(0, 6, random.integers(0, 3))] for _ in range(contacts)
    ]
    people["topics"] = topics
    people["met_on"] = days_before(random, contacts, 2000)
    people["birthday"] = [f"1990-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(contacts)]
    frames["contact"] = as_frame("contact", people, ids)

    met = columns_of("encounter", encounters)
    met["contact_id"] = pick(random, ids, encounters)
    met["on"] = days_before(random, encounters, 1000)
    met["kind"] = pick(random, ["met", "message", "meal", "sns"], encounters)
    met["started_by"] = pick(random, ["me", "them", "other"], encounters)
    met["setting"] = pick(random, ["leisure", "duty", ""], encounters)
    met["minutes"] = random.integers(5, 120, encounters).astype(float)
    for yes in ("two_way", "disclosed_out", "disclosed_in"):
        met[yes] = random.random(encounters) < 0.4
    frames["encounter"] = as_frame("encounter", met)

    for table, count in (("give", contacts // 2), ("promise", contacts // 4)):
        rows = columns_of(table, count)
        rows["contact_id"] = pick(random, ids, count)
        if table == "give":
            rows["direction"] = pick(random, ["out", "in"], count)
            rows["state"] = ["done"] * count
        else:
            rows["state"] = pick(random, ["open", "kept"], count)
            rows["due"] = days_before(random, count, 60)
        frames[table] = as_frame(table, rows)

    if ties:
        known = columns_of("tie", ties)
        known["a_id"] = pick(random, ids, ties)
        known["b_id"] = pick(random, ids, ties)
        known["state"] = pick(random, ["acquainted", "close"], ties)
        frames["tie"] = as_frame("tie", known)

    goal, role = columns_of("goal", 1), columns_of("role", 1)
    goal["wish"], role["does"] = ["制作者になる"], ["独立したWeb制作者"]
    frames["goal"], frames["role"] = as_frame("goal", goal), as_frame("role", role)
    return frames


def pick(random: np.random.Generator, among: list[str], count: int) -> list[str]:
    """Draw `count` texts, each an object of its own, as a database hands them over."""
    drawn: list[str] = np.array(among)[random.integers(0, len(among), count)].tolist()
    return drawn


def days_before(random: np.random.Generator, count: int, most: int) -> Any:
    """Return `count` days within the last `most` days."""
    start = np.datetime64(TODAY - timedelta(days=most), "s")
    return start + random.integers(0, most, count).astype("timedelta64[D]")


def milliseconds(act: Callable[[], object], times: int = 7) -> str:
    """Say the first run, the median of `times` further runs, and their processor time, in ms."""
    spent, worked = [], []
    for _ in range(times + 1):
        begun, busy = time.perf_counter(), time.process_time()
        act()
        spent.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - busy))
    return f"{spent[0]:>8.1f} {median(spent[1:]):>8.1f} {median(worked[1:]):>8.1f}"


def main() -> None:
    """Print one table for today and one for introductions."""
    ideas = read_ideas(read_texts("gives"))
    print("today: contacts × encounters, ms: first run, median, of that processor time")
    for contacts in (100, 1_000, 10_000, 100_000):
        frames = book(contacts, 10 * contacts)

        def rows(frames: dict[str, pd.DataFrame] = frames) -> object:
            return suggest_contacts(frames, TODAY, NOW, Settings(), ideas)

        spent = milliseconds(rows, 5 if contacts > 10_000 else 9)
        aim = f"  (aim {TODAY_AIM_MS})" if contacts == 10_000 else ""
        print(f"{contacts:>9,} × {10 * contacts:>9,}  {spent}{aim}")

    print("introductions to anybody: people × ties, ms: first run, median, processor time")
    for contacts, ties in ((100, 1_000), (2_000, 20_000), (10_000, 100_000)):
        frames = book(contacts, 10 * contacts, ties)
        target = frames["contact"].index[contacts // 2]

        def paths(frames: dict[str, pd.DataFrame] = frames, target: str = target) -> object:
            return paths_to(frames, target, TODAY, Settings())

        spent = milliseconds(paths)
        aim = f"  (aim {PATHS_AIM_MS})" if ties == 20_000 else ""
        print(f"{contacts:>9,} × {ties:>9,}  {spent}{aim}")


if __name__ == "__main__":
    main()
