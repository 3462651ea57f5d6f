"""The state of the relationship with a contact: its history and possible next steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.relations.history import (
    Frames,
    frames_of,
    history,
    is_filled,
    isin,
    iter_rows,
    names_by_id,
)
from enishi.coach.relations.solicitation import is_soliciting
from enishi.coach.relations.stage import proposed_closeness
from enishi.coach.rules.reason import Reason
from enishi.coach.rules.settings import Settings
from enishi.coach.today.cautions import find_cautions


@dataclass(frozen=True)
class TrailEntry:
    """One thing between the user and the contact.

    Attributes:
        key: `kept`, `they_kept`, `gave`, `received` or `introduced`, done by one for the other;
            `noted`, a meeting with a note, and `changed`, what it changed in the user; `broken` or
            `let_go`, a promise of either side.
        what: the text as written.
        on: the date, None where unknown.
        promise_id: the id of a promise, so that it can be opened again; else ''.
    """

    key: str
    what: str
    on: date | None
    promise_id: str = ""


@dataclass(frozen=True)
class Relationship:
    """The state of the relationship with a contact; no figure in it rates the person.

    Attributes:
        closer: a nearer closeness than the user said, to propose it; '' where nothing does.
        because: what the user wrote that speaks for `closer`; None where `closer` is empty.
        past: what has been between the two, the latest first, undated last.
        warnings: warnings about this tie, each with an alternative.
    """

    closer: str
    because: TrailEntry | None
    past: tuple[TrailEntry, ...]
    warnings: tuple[Reason, ...]


def describe_relationship(
    frames: Frames, contact_id: str, today: date, settings: Settings | None = None
) -> Relationship:
    """Return the state of the relationship with a contact.

    Args:
        frames: the book's frames.
        contact_id: the contact.
        today: the user's current date.
        settings: rules of thumb and disabled rules.

    Raises:
        KeyError: no contact has this id.
    """
    settings = settings or Settings()
    near = frames_of(frames, contact_id)
    histories = history(near, today, settings)
    done = trail(near, frames, contact_id)
    because = next((trace for trace in done if trace.what.strip()), None)
    closer = proposed_closeness(histories, settings) if because else ""
    if is_soliciting(next(row for _, row in iter_rows(near["contact"]))):
        closer = ""  # no suggestion that would bring them closer
    mine = (
        caution
        for caution in find_cautions(near, today, settings)
        if caution.contact_id == contact_id
    )
    return Relationship(
        closer=closer,
        because=because if closer else None,
        past=what_has_been(near, done),
        warnings=tuple(caution.reason for caution in mine),
    )


def trail(near: Frames, frames: Frames, contact_id: str) -> tuple[TrailEntry, ...]:
    """Return what the user and the contact did for each other, the latest first (A46, B64)."""
    found = []
    for id, row in iter_rows(near["promise"][near["promise"]["state"] == "kept"]):
        key = "kept" if row["by"] == "me" else "they_kept"
        found.append(TrailEntry(key, row["words"], _day_of(row["closed_on"]), id))
    give = near["give"]
    for _, row in iter_rows(give[(give["state"] == "done") & (give["what"] != "")]):
        key = "gave" if row["direction"] == "out" else "received"
        found.append(TrailEntry(key, row["what"], _day_of(row["on"])))
    introduction = near["introduction"]
    done = introduction["state"].isin(["introduced", "thanked", "reported"])
    theirs = introduction[done & (introduction["bridge_id"] == contact_id)]
    contact = frames["contact"]
    who = names_by_id(contact.loc[[id for id in theirs["target_id"] if id in contact.index]])
    for _, row in iter_rows(theirs):
        met = who.get(row["target_id"], row["target_words"])
        found.append(TrailEntry("introduced", met, _day_of(row["on"])))
    return _latest_first(found)


def what_has_been(near: Frames, done: tuple[TrailEntry, ...]) -> tuple[TrailEntry, ...]:
    """Return `done`, what was noted of meetings, and the promises not kept or let go."""
    found = list(done)
    encounter, promise = near["encounter"], near["promise"]
    for key, column in (("noted", "note"), ("changed", "changed")):
        for _, row in iter_rows(encounter[is_filled(encounter[column])]):
            found.append(TrailEntry(key, row[column].strip(), _day_of(row["on"])))
    for id, row in iter_rows(promise[isin(promise["state"], "broken", "let_go")]):
        found.append(TrailEntry(row["state"], row["words"], _day_of(row["closed_on"]), id))
    return _latest_first(found)


def _latest_first(found: list[TrailEntry]) -> tuple[TrailEntry, ...]:
    return tuple(sorted(found, key=lambda trace: trace.on or date.min, reverse=True))


def _day_of(day: pd.Timestamp) -> date | None:
    """Return the date of a cell, None where it is empty."""
    return None if pd.isna(day) else day.date()
