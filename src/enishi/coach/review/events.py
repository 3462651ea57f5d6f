"""Before and after an event: a small plan, and one next step for each person met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.relations.history import (
    FrameRow,
    Frames,
    active_contacts,
    is_filled,
    isin,
    iter_rows,
    mark_two_way,
    name_of,
)
from enishi.coach.relations.solicitation import is_soliciting, read_signs
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.today.cautions import follow_up_rate

CARDS = 18
"""Number of conversation cards in `data/words/cards.yaml`; none is about jobs."""
FACES = ("met", "meal", "call", "video", "event")
"""Kinds of encounter that count as meeting again, in person or by call."""


@dataclass(frozen=True)
class EventPlan:
    """The plan for one event.

    Attributes:
        talks: the number of friendly talks that is enough.
        ritual: keys of what to do at the door.
        cards: numbers of the conversation cards, from 1, in an order that depends on the event.
        why: the reasons for going.
        why_not: the reasons against it or for care; the user decides.
    """

    talks: int
    ritual: tuple[str, ...]
    cards: tuple[int, ...]
    why: tuple[Reason, ...] = ()
    why_not: tuple[Reason, ...] = ()


def talks_for(pressure: float | None, settings: Settings | None = None) -> int:
    """Return how many friendly talks are enough: the higher the pressure (0 to 10), the fewer.

    Two (at most `talks_most`) while the pressure is unknown.

    >>> talks_for(9), talks_for(5), talks_for(1), talks_for(float("nan"))
    (1, 2, 3, 2)
    """
    settings = settings or Settings()
    if pressure is None or pd.isna(pressure):
        return min(2, settings.talks_most)
    if pressure >= settings.pressure_high:
        return 1
    return (
        min(2, settings.talks_most) if pressure >= settings.pressure_some else settings.talks_most
    )


def prepare_event(
    frames: Frames, event_id: str, today: date, settings: Settings | None = None
) -> EventPlan:
    """Return the plan for an event in the book.

    Args:
        frames: needs event, place, contact and encounter.
        event_id: the id of the event.
        today: the user's current date.
        settings: rules of thumb and disabled rules.

    Raises:
        KeyError: no event has this id.
    """
    return plan_event(event_id, dict(frames["event"].loc[event_id]), frames, today, settings)


def plan_event(
    event_id: str, event: FrameRow, frames: Frames, today: date, settings: Settings | None = None
) -> EventPlan:
    """Return the plan for an event that may not be in the book yet; `event` is its row."""
    settings = settings or Settings()
    talks = talks_for(event["pressure"], settings)
    start = sum(event_id.encode()) % CARDS
    places = frames["place"]
    place = dict(places.loc[event["place_id"]]) if event["place_id"] in places.index else {}
    why, why_not = _weigh(event, place, frames, today, settings)
    return EventPlan(
        talks=talks,
        ritual=("breathe", "smile", "name") if talks > 1 else ("breathe", "smile", "leave_early"),
        cards=tuple((start + step) % CARDS + 1 for step in range(CARDS)),
        why=why,
        why_not=why_not,
    )


def _weigh(
    event: FrameRow, place: Mapping[str, Any], frames: Frames, today: date, settings: Settings
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the reasons for going to an event and the reasons against it."""
    why, why_not = [], []
    known = active_contacts(frames)
    for _, host in iter_rows(known[known.index == event.get("host_id", "")]):
        if is_soliciting(host):
            why_not.append(reason_for("guard_signs", name=name_of(host)))
        else:
            why.append(reason_for("event_host", name=name_of(host)))
    if place:
        if place["role_id"]:
            why.append(reason_for("event_fits", place=place["name"]))
        if place["rhythm"] in ("weekly", "monthly"):
            why.append(reason_for("event_returns", place=place["name"]))
        if place["entrance_id"] in suggestible_contacts(frames).index:
            why.append(reason_for("event_somebody"))
        caution = read_signs(place["signs"]).reason
        if caution:
            why_not.append(caution)
        if place["unknown_organiser"]:
            why_not.append(reason_for("event_unknown", place=place["name"]))
    if str(event["bring"]).strip():
        why.append(reason_for("event_bring", bring=event["bring"]))
    else:
        why_not.append(reason_for("event_bring_nothing"))
    mixers = frames["event"]
    mixers = mixers[(mixers["kind"] == "mixer") & mixers["done"]]
    if event["kind"] == "mixer":
        recent = int(
            (mixers["on"] > pd.Timestamp(today) - pd.Timedelta(days=settings.mixer_days)).sum()
        )
        if recent >= settings.mixers_most:
            why_not.append(reason_for("guard_mixers", count=recent + 1))
        rate = follow_up_rate(mixers, frames["encounter"], settings.follow_up_days)
        if rate is not None and rate < settings.follow_up_least:
            why_not.append(reason_for("guard_mixer_follow_up"))
    return (
        tuple(reason for reason in why if settings.is_enabled(reason.rule)),
        tuple(reason for reason in why_not if settings.is_enabled(reason.rule)),
    )


@dataclass(frozen=True)
class EarlierEvents:
    """What the user wrote after earlier events, to be read before the next of their kind.

    Attributes:
        here: id of the last event at the same place that is done, '' for none.
        otherwise: `(id, words)` of the last event of the same kind after which the user wrote what
            they would do otherwise, or None.
        not_again: names of the events of the same kind to which the user would not go again, the
            latest first, each once.
    """

    here: str
    otherwise: tuple[str, str] | None
    not_again: tuple[str, ...]


def earlier_events(frames: Frames, event_id: str, event: FrameRow) -> EarlierEvents:
    """Return what the user wrote after the events before one that may not be in the book yet.

    Args:
        frames: needs event.
        event_id: the id of the event.
        event: its row.
    """
    rows = frames["event"]
    done = rows[rows["done"] & (rows.index != event_id)].sort_values("on", kind="stable")
    there = done[(done["place_id"] == event["place_id"]) & (done["place_id"] != "")]
    alike = done[isin(done["kind"], event["kind"])]
    told = alike[is_filled(alike["otherwise"])]
    last = [(id, row["otherwise"].strip()) for id, row in iter_rows(told.tail(1))]
    refused = alike.loc[isin(alike["again"], "no") & is_filled(alike["name"]), "name"]
    return EarlierEvents(
        here=str(there.index[-1]) if len(there) else "",
        otherwise=last[0] if last else None,
        not_again=tuple(dict.fromkeys(reversed(refused.tolist()))),
    )


@dataclass(frozen=True)
class EventReview:
    """The result of an event: whom the user met, and who still waits for a next step.

    Attributes:
        met: ids of the people met there, in the order noted.
        waiting: those without an open promise, a next step or a message since.
        room: how many more names to note, up to `names_most`.
    """

    met: tuple[str, ...]
    waiting: tuple[str, ...]
    room: int


def review_event(frames: Frames, event_id: str, settings: Settings | None = None) -> EventReview:
    """Return whom the user met at an event and who still waits for a next step (A37)."""
    names = (settings or Settings()).names_most
    encounter, promise = frames["encounter"], frames["promise"]
    people = active_contacts(frames)
    there = encounter[
        (encounter["event_id"] == event_id) & encounter["contact_id"].isin(people.index)
    ]
    met = list(dict.fromkeys(there["contact_id"]))
    if not met:
        return EventReview((), (), names)
    since = there["on"].min()
    wrote = encounter[
        (encounter["on"] >= since)
        & (encounter["event_id"] == "")
        & (encounter["started_by"] == "me")
    ]
    cared = set(wrote["contact_id"]) | set(promise.loc[promise["state"] == "open", "contact_id"])
    cared |= set(open_steps(frames)["contact_id"])
    cared |= set(people.index.difference(suggestible_contacts(frames).index))
    waiting = tuple(person for person in met if person not in cared)
    return EventReview(tuple(met), waiting, max(0, names - len(met)))


@dataclass(frozen=True)
class Funnel:
    """What followed with the people met at an event; names for a sentence, no figures (A13).

    Attributes:
        met: ids of the people met there.
        answered: those who wrote or called since, or answered the user.
        again: those met again on a later day, in person or by call.
    """

    met: tuple[str, ...]
    answered: tuple[str, ...]
    again: tuple[str, ...]


def funnel(frames: Frames, event_id: str) -> Funnel:
    """Return who of the people met at an event answered and who was met again."""
    met = review_event(frames, event_id).met
    encounter = frames["encounter"]
    there = encounter[(encounter["event_id"] == event_id) & encounter["contact_id"].isin(met)]
    later = encounter[
        encounter["contact_id"].isin(met)
        & (encounter["event_id"] != event_id)
        & (encounter["on"] >= there["on"].min())
    ]
    face = later["kind"].isin(FACES)
    talked = face & ~isin(later["depth"], "hello")
    answered = set(
        later.loc[talked | mark_two_way(later) | (later["started_by"] == "them"), "contact_id"]
    )
    again = set(later.loc[face & (later["on"] > there["on"].min()), "contact_id"])
    return Funnel(
        met,
        tuple(person for person in met if person in answered),
        tuple(person for person in met if person in again),
    )
