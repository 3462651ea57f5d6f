"""The brief before a meeting: what is known of the contact, what is open, a gift, a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from enishi.coach.giving.gift_ideas import GiftSuggestion, Idea, suggest_gifts
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
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.review.events import CARDS
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import contactable


@dataclass(frozen=True)
class Meeting:
    """A meeting ahead.

    Attributes:
        contact_id: the contact to meet.
        on: the date.
        words: the note, the planned step or the event's name; '' where only the date is written.
    """

    contact_id: str
    on: date
    words: str = ""


@dataclass(frozen=True)
class Brief:
    """What to have in mind when meeting a contact.

    Attributes:
        how: how or where they met, in the user's own words.
        through: the name of the person who introduced them, or ''.
        since: the date they met, None where unknown, as for imported contacts.
        last: date and note of the last encounter with a note, None where there is none.
        mine, theirs: the texts of the open promises of the user and of the contact, the soonest
            first.
        gift: something small to bring, None where nothing fits.
        question: `own`, `need`, `topic` or `card`, and the facts that fill its sentence.
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
    """Return the meetings within the next `brief_days` days, each contact once, the soonest first.

    A meeting is an encounter entered for a later day, a dated next step, or an event that the
    contact hosts or to whose place they give access. Contacts at rest or not to be contacted are
    left out.
    """
    settings = settings or Settings()
    last = pd.Timestamp(today + timedelta(days=settings.brief_days))
    near = contactable(frames)
    every = [
        *entered_meetings(frames, near, today, last),
        *planned_meetings(frames, near, today, last),
    ]
    every += event_meetings(frames, near, today, last)
    soonest: dict[str, Meeting] = {}
    for meeting in sorted(every, key=lambda each: (each.on, not each.words, each.contact_id)):
        soonest.setdefault(meeting.contact_id, meeting)
    return tuple(soonest.values())


def entered_meetings(
    frames: Frames, near: pd.DataFrame, today: date, last: pd.Timestamp
) -> Iterator[Meeting]:
    """Yield the encounters entered for a later day; one of today may already be over."""
    rows = frames["encounter"]
    rows = rows[(rows["on"] > pd.Timestamp(today)) & (rows["on"] <= last)]
    rows = rows[rows["kind"].isin(TOGETHER) & rows["contact_id"].isin(near.index)]
    for _, row in iter_rows(rows):
        yield Meeting(row["contact_id"], row["on"].date(), row["note"])


def planned_meetings(
    frames: Frames, near: pd.DataFrame, today: date, last: pd.Timestamp
) -> Iterator[Meeting]:
    """Yield the open steps dated from today to `last`."""
    steps = open_steps(frames)
    steps = steps[steps["on"].between(pd.Timestamp(today), last)]
    for _, row in iter_rows(steps[steps["contact_id"].isin(near.index)]):
        yield Meeting(row["contact_id"], row["on"].date(), row["words"])


def event_meetings(
    frames: Frames, near: pd.DataFrame, today: date, last: pd.Timestamp
) -> Iterator[Meeting]:
    """Yield the events that a contact hosts, or to whose place a contact gives access."""
    event, place = frames["event"], frames["place"]
    ahead = event[~event["done"] & event["on"].between(pd.Timestamp(today), last)]
    for _, row in iter_rows(ahead):
        entrance = place["entrance_id"].get(row["place_id"], "")
        for who in dict.fromkeys((row["host_id"], entrance)):
            if who in near.index:
                yield Meeting(who, row["on"].date(), row["name"])


def brief_meeting(
    frames: Frames,
    contact_id: str,
    today: date,
    settings: Settings | None = None,
    ideas: tuple[Idea, ...] = (),
) -> Brief:
    """Return what to have in mind when meeting a contact.

    Args:
        frames: the book's frames.
        contact_id: the contact to meet.
        today: the user's current date.
        settings: the days until a promise without a date is due, and disabled rules.
        ideas: the catalogue of gives.

    Raises:
        KeyError: no contact has this id.
    """
    near = frames_of(frames, contact_id)
    ((_, person),) = iter_rows(near["contact"])
    noted = near["encounter"]
    noted = noted[(noted["note"] != "") & (noted["on"] <= pd.Timestamp(today))]
    last = next((row for _, row in iter_rows(noted.sort_values("on", kind="stable").tail(1))), None)
    promise = open_promises(near, today, settings)
    through = frames["contact"].loc[frames["contact"].index == person["through_id"]]
    found = suggest_gifts(contact_id, frames, ideas, minutes=5, settings=settings)
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
    """Return one question: the user's own for their role, else on a need, a topic, or a card."""
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
