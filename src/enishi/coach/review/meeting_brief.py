"""Before one meets somebody: what is known of them, what is open, a small gift and one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from enishi.coach.giving.gift_ideas import GiftSuggestion, Idea, gifts
from enishi.coach.giving.promises import open_promises
from enishi.coach.relations.history import (
    NEVER,
    FrameRow,
    Frames,
    day_of,
    days_met,
    frames_of,
    iter_rows,
    names_by_id,
)
from enishi.coach.review.events import CARDS
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import awake

TOGETHER = ("met", "meal", "call", "video", "event")
"""Kinds of encounter that are a meeting."""


@dataclass(frozen=True)
class Meeting:
    """A meeting ahead.

    Attributes:
        contact_id: with whom.
        on: the day.
        words: the step planned, or the event's name; '' where only the day is written.
    """

    contact_id: str
    on: date
    words: str = ""


@dataclass(frozen=True)
class Brief:
    """What to have in mind when meeting somebody.

    Attributes:
        how: how or where we met, in the person's words.
        through: how the one is called who introduced us, ''.
        since: the day we met, None where it is not said; of imported people it is not.
        last: day and line of the last meeting with a line, None where there is none.
        mine, theirs: open promises in the words they were said, the soonest first.
        gift: something small to bring, None where nothing comes to mind.
        question: `own`, `need`, `topic` or `card`, and the facts that fill it.
    """

    how: str
    through: str
    since: date | None
    last: tuple[date, str] | None
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    gift: GiftSuggestion | None
    question: tuple[str, dict[str, Any]] = field(default=("card", {}))


def meetings_ahead(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[Meeting, ...]:
    """List the meetings that have a day ahead, each person once, the soonest first.

    A meeting is an entry for a later day, a next step with its day, or an event of theirs or one
    they let me in at. People at rest or not to be met are left out.
    """
    rule = settings or Settings()
    last = pd.Timestamp(today + timedelta(days=rule.brief_days))
    near = awake(frames)
    every = [*entered(frames, near, today, last), *planned(near, today, last)]
    every += events(frames, near, today, last)
    soonest: dict[str, Meeting] = {}
    for meeting in sorted(every, key=lambda each: (each.on, not each.words, each.contact_id)):
        soonest.setdefault(meeting.contact_id, meeting)
    return tuple(soonest.values())


def entered(
    frames: Frames, near: pd.DataFrame, today: date, last: pd.Timestamp
) -> Iterator[Meeting]:
    """Yield what was entered for a later day; an entry of today may well be over."""
    rows = frames["encounter"]
    rows = rows[(rows["on"] > pd.Timestamp(today)) & (rows["on"] <= last)]
    rows = rows[rows["kind"].isin(TOGETHER) & rows["contact_id"].isin(near.index)]
    for _, row in iter_rows(rows):
        yield Meeting(row["contact_id"], row["on"].date(), row["note"])


def planned(near: pd.DataFrame, today: date, last: pd.Timestamp) -> Iterator[Meeting]:
    """Yield the next steps with a day."""
    steps = near[(near["next_step"] != "") & near["next_on"].between(pd.Timestamp(today), last)]
    for id, row in iter_rows(steps):
        yield Meeting(id, row["next_on"].date(), row["next_step"])


def events(
    frames: Frames, near: pd.DataFrame, today: date, last: pd.Timestamp
) -> Iterator[Meeting]:
    """Yield the events that are somebody's, or at which somebody lets me in."""
    event, place = frames["event"], frames["place"]
    ahead = event[~event["done"] & event["on"].between(pd.Timestamp(today), last)]
    for _, row in iter_rows(ahead):
        entrance = place["entrance_id"].get(row["place_id"], "")
        for who in dict.fromkeys((row["host_id"], entrance)):
            if who in near.index:
                yield Meeting(who, row["on"].date(), row["name"])


def brief(
    frames: Frames,
    contact_id: str,
    today: date,
    settings: Settings | None = None,
    ideas: tuple[Idea, ...] = (),
) -> Brief:
    """Gather what to have in mind when meeting a contact.

    Args:
        frames: the book's frames.
        contact_id: whom.
        today: the person's day.
        settings: days for promises, rules switched off.
        ideas: the catalogue of gives.
    """
    near = frames_of(frames, contact_id)
    ((_, person),) = iter_rows(near["contact"])
    noted = near["encounter"]
    noted = noted[(noted["note"] != "") & (noted["on"] <= pd.Timestamp(today))]
    last = next((row for _, row in iter_rows(noted.sort_values("on", kind="stable").tail(1))), None)
    promise = open_promises(near, today, settings)
    through = frames["contact"].loc[frames["contact"].index == person["through_id"]]
    found = gifts(person, frames, ideas, minutes=5, settings=settings)
    (met,) = days_met(near["contact"])
    return Brief(
        how=" ".join(filter(None, (person["how_met"].strip(), person["where_met"].strip()))),
        through=next(iter(names_by_id(through).values()), ""),
        since=day_of(met) if met > NEVER else None,
        last=(last["on"].date(), last["note"]) if last else None,
        mine=tuple(promise.loc[promise["by"] == "me", "words"]),
        theirs=tuple(promise.loc[promise["by"] == "them", "words"]),
        gift=next(iter(found), None),
        question=question(frames, person, contact_id),
    )


def question(frames: Frames, person: FrameRow, contact_id: str) -> tuple[str, dict[str, Any]]:
    """Choose one question: mine to people of their kind, then what they seek, then what they do."""
    role = frames["role"]
    if person["role_id"] in role.index:
        for number in (1, 2, 3):
            if mine := str(role.at[person["role_id"], f"question_{number}"]).strip():
                return "own", {"question": mine}
    if person["needs"]:
        return "need", {"need": person["needs"][0]}
    if person["topics"]:
        return "topic", {"topic": person["topics"][0]}
    return "card", {"card": sum(contact_id.encode()) % CARDS + 1}
