"""Where two people are with each other: what has happened, and what might come next, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.relations.balance import leaning
from enishi.coach.relations.history import Frames, frames_of, history, iter_rows, names_by_id
from enishi.coach.relations.solicitation import is_soliciting
from enishi.coach.relations.stage import STAGES, UNKNOWN, stage_progress
from enishi.coach.rules.reason import Reason
from enishi.coach.rules.settings import Settings
from enishi.coach.today.cautions import find_cautions


@dataclass(frozen=True)
class Trace:
    """One thing done for each other.

    Attributes:
        key: `kept`, `they_kept`, `gave`, `received` or `introduced`.
        what: in the words written.
        on: the day, None where it is not known.
    """

    key: str
    what: str
    on: date | None


@dataclass(frozen=True)
class Standing:
    """Where two people are; no figure of it says what a person is worth.

    Attributes:
        stage: one of `STAGES`, or `unknown` where nothing is written.
        missing: what the next stage still needs, keys of `stages.missing` in the coach's words.
        asks: all else is there, and only the person can say: we are companions.
        hours: spent together by choice, as information.
        leaning: where giving and receiving lean, by `balance.leaning`.
        trail: promises kept, gives and introductions, the last first.
        kindly: warnings about this tie, each with another way to go.
    """

    stage: str
    missing: tuple[str, ...]
    asks: bool
    hours: float
    leaning: str
    trail: tuple[Trace, ...]
    kindly: tuple[Reason, ...]


def describe_relationship(
    frames: Frames, contact_id: str, today: date, settings: Settings | None = None
) -> Standing:
    """Tell where one stands with a contact.

    Args:
        frames: the book's frames.
        contact_id: with whom.
        today: the person's day.
        settings: rules of thumb, rules switched off.
    """
    rule = settings or Settings()
    near = frames_of(frames, contact_id)
    seen = history(near, today, rule)
    level, missing = next(iter(stage_progress(seen, rule).itertuples(index=False, name=None)))
    (_, row), *_ = iter_rows(seen)
    if is_soliciting(next(row for _, row in iter_rows(near["contact"]))):
        missing = ()  # nothing is suggested that would bring them closer
    mine = (guard for guard in find_cautions(near, today, rule) if guard.contact_id == contact_id)
    return Standing(
        stage=STAGES[int(level)] if level or row["stranger"] else UNKNOWN,
        missing=missing,
        asks=missing == ("companion",),
        hours=float(row["hours"]),
        leaning=leaning(int(row["gives_out"]), int(row["gives_in"]), rule),
        trail=trail(near, frames, contact_id)[: rule.trail_shown],
        kindly=tuple(guard.reason for guard in mine),
    )


def trail(near: Frames, frames: Frames, contact_id: str) -> tuple[Trace, ...]:
    """Return what was done for each other, the latest first (A46, B64)."""
    found = []
    for _, row in iter_rows(near["promise"][near["promise"]["state"] == "kept"]):
        key = "kept" if row["by"] == "me" else "they_kept"
        found.append(Trace(key, row["words"], _day_of(row["closed_on"])))
    give = near["give"]
    for _, row in iter_rows(give[(give["state"] == "done") & (give["what"] != "")]):
        key = "gave" if row["direction"] == "out" else "received"
        found.append(Trace(key, row["what"], _day_of(row["on"])))
    introduction = near["introduction"]
    done = introduction["state"].isin(["introduced", "thanked", "reported"])
    theirs = introduction[done & (introduction["bridge_id"] == contact_id)]
    contact = frames["contact"]
    who = names_by_id(contact.loc[[id for id in theirs["target_id"] if id in contact.index]])
    for _, row in iter_rows(theirs):
        met = who.get(row["target_id"], row["target_words"])
        found.append(Trace("introduced", met, _day_of(row["on"])))
    found.sort(key=lambda trace: trace.on or date.min, reverse=True)
    return tuple(found)


def _day_of(day: pd.Timestamp) -> date | None:
    """Return the day of a cell, None where it is not said."""
    return None if pd.isna(day) else day.date()
