"""Before and after an evening: small enough to be free, and one next step for each one met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.relations.history import FrameRow, Frames, active_contacts, iter_rows, name_of
from enishi.coach.relations.solicitation import is_soliciting, read_signs, suggestible_contacts
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.today.cautions import follow_up_rate

CARDS = 18
"""Conversation cards there are in `data/words/cards.yaml`, none about jobs."""
FACES = ("met", "meal", "call", "video", "event")
"""Kinds of encounter that count as seeing or hearing each other again."""


@dataclass(frozen=True)
class Evening:
    """A plan for one evening.

    Attributes:
        talks: how many friendly talks are plenty.
        ritual: keys of what to do at the door.
        cards: numbers of the conversation cards, each evening in an order of its own.
        why: what speaks for going.
        why_not: what speaks against it, or asks for care; the person decides.
    """

    talks: int
    ritual: tuple[str, ...]
    cards: tuple[int, ...]
    why: tuple[Reason, ...] = ()
    why_not: tuple[Reason, ...] = ()


def talks_for(pressure: float | None, settings: Settings | None = None) -> int:
    """Return how many friendly talks are plenty: the higher the pressure (0 to 10), the fewer.

    Two while the pressure is not said.

    >>> talks_for(9), talks_for(5), talks_for(1), talks_for(float("nan"))
    (1, 2, 3, 2)
    """
    rule = settings or Settings()
    if pressure is None or pd.isna(pressure):
        return min(2, rule.talks_most)
    if pressure >= rule.pressure_high:
        return 1
    return min(2, rule.talks_most) if pressure >= rule.pressure_some else rule.talks_most


def before(frames: Frames, event_id: str, today: date, settings: Settings | None = None) -> Evening:
    """Plan an evening.

    Args:
        frames: needs event, place, contact.
        event_id: which.
        today: the person's day.
        settings: rules switched off.
    """
    return evening(event_id, dict(frames["event"].loc[event_id]), frames, today, settings)


def evening(
    event_id: str, event: FrameRow, frames: Frames, today: date, settings: Settings | None = None
) -> Evening:
    """Plan an evening that may not be in the book yet; as `before`, with the event's row."""
    rule = settings or Settings()
    talks = talks_for(event["pressure"], rule)
    start = sum(event_id.encode()) % CARDS
    places = frames["place"]
    place = dict(places.loc[event["place_id"]]) if event["place_id"] in places.index else {}
    why, why_not = _weigh(event, place, frames, today, rule)
    return Evening(
        talks=talks,
        ritual=("breathe", "smile", "name") if talks > 1 else ("breathe", "smile", "leave_early"),
        cards=tuple((start + step) % CARDS + 1 for step in range(CARDS)),
        why=why,
        why_not=why_not,
    )


def _weigh(
    event: FrameRow, place: Mapping[str, Any], frames: Frames, today: date, rule: Settings
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return what speaks for going to an event and what speaks against it."""
    why, why_not = [], []
    known = active_contacts(frames)
    for _, host in iter_rows(known[known.index == event.get("host_id", "")]):
        if is_soliciting(host):
            why_not.append(reason_for("guard_signs", name=name_of(host)))
        else:
            why.append(reason_for("event_host", name=name_of(host)))
    if place:
        if place["role_id"] or (place["fit"] >= 2):
            why.append(reason_for("event_fits", place=place["name"]))
        if place["rhythm"] in ("weekly", "monthly"):
            why.append(reason_for("event_returns", place=place["name"]))
        if place["entrance_id"] in suggestible_contacts(frames).index:
            why.append(reason_for("event_somebody"))
        caution = read_signs(place["signs"]).reason
        if caution:
            why_not.append(caution)
    if str(event["bring"]).strip():
        why.append(reason_for("event_bring", bring=event["bring"]))
    else:
        why_not.append(reason_for("event_bring_nothing"))
    mixers = frames["event"]
    mixers = mixers[(mixers["kind"] == "mixer") & mixers["done"]]
    if event["kind"] == "mixer":
        recent = int(
            (mixers["on"] > pd.Timestamp(today) - pd.Timedelta(days=rule.mixer_days)).sum()
        )
        if recent >= rule.mixers_most:
            why_not.append(reason_for("guard_mixers", count=recent + 1))
        rate = follow_up_rate(mixers, frames["encounter"], rule.follow_up_days)
        if rate is not None and rate < rule.follow_up_least:
            why_not.append(reason_for("guard_mixer_follow_up"))
    return (
        tuple(reason for reason in why if rule.hears(reason.rule)),
        tuple(reason for reason in why_not if rule.hears(reason.rule)),
    )


@dataclass(frozen=True)
class After:
    """What an evening leaves: whom one met, and who still waits for a next step.

    Attributes:
        met: ids met there, in the order noted.
        waiting: those without a promise, a next step or a message since.
        room: how many more names to note, up to `names_most`.
    """

    met: tuple[str, ...]
    waiting: tuple[str, ...]
    room: int


def after(frames: Frames, event_id: str, settings: Settings | None = None) -> After:
    """Return whom one met at an event and who still waits for a next step (A37)."""
    names = (settings or Settings()).names_most
    encounter, promise = frames["encounter"], frames["promise"]
    people = active_contacts(frames)
    there = encounter[
        (encounter["event_id"] == event_id) & encounter["contact_id"].isin(people.index)
    ]
    met = list(dict.fromkeys(there["contact_id"]))
    if not met:
        return After((), (), names)
    since = there["on"].min()
    wrote = encounter[
        (encounter["on"] >= since)
        & (encounter["event_id"] == "")
        & (encounter["started_by"] == "me")
    ]
    cared = set(wrote["contact_id"]) | set(promise.loc[promise["state"] == "open", "contact_id"])
    cared |= set(people.index[people["next_step"] != ""])
    cared |= set(people.index.difference(suggestible_contacts(frames).index))
    waiting = tuple(person for person in met if person not in cared)
    return After(tuple(met), waiting, max(0, names - len(met)))


@dataclass(frozen=True)
class Funnel:
    """How it went on with those met at an event; names for a sentence, no figures (A13).

    Attributes:
        met: ids met there.
        answered: those who wrote or called since, or answered me.
        again: those seen or heard again on a later day.
    """

    met: tuple[str, ...]
    answered: tuple[str, ...]
    again: tuple[str, ...]


def funnel(frames: Frames, event_id: str) -> Funnel:
    """Follow those met at an event: met, answered, met again."""
    met = after(frames, event_id).met
    encounter = frames["encounter"]
    there = encounter[(encounter["event_id"] == event_id) & encounter["contact_id"].isin(met)]
    later = encounter[
        encounter["contact_id"].isin(met)
        & (encounter["event_id"] != event_id)
        & (encounter["on"] >= there["on"].min())
    ]
    face = later["kind"].isin(FACES)
    answered = set(
        later.loc[face | later["two_way"] | (later["started_by"] == "them"), "contact_id"]
    )
    again = set(later.loc[face & (later["on"] > there["on"].min()), "contact_id"])
    return Funnel(
        met,
        tuple(person for person in met if person in answered),
        tuple(person for person in met if person in again),
    )
