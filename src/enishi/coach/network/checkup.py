"""A look at the whole net now and then: each thing noticed ends in one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from enishi.coach.network.inner_circle import circle
from enishi.coach.network.measures import evenness
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    active_contacts,
    day_number,
    days_met,
    history,
    names_by_id,
)
from enishi.coach.relations.solicitation import soliciting_mask, suggestible_contacts
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class Note:
    """Something noticed about the net.

    Attributes:
        reason: what, and the act it leads to.
        people: ids it is about, in order.
    """

    reason: Reason
    people: tuple[str, ...] = ()


def check_up(frames: Frames, today: date, settings: Settings | None = None) -> tuple[Note, ...]:
    """Return what there is to notice about the net.

    Asked are: who introduced people to me (thank them), whether nearly everybody came to me by
    myself, which kinds of person the goal lacks, how many circles, whether all share one circle,
    and which sleeping tie might be woken.
    """
    rule = settings or Settings()
    notes = [
        *brokers(frames, rule),
        *roles_missing(frames),
        *_alike(frames, rule),
        *shape(frames, today, rule),
        *sleeping(frames, today, rule),
    ]
    return tuple(note for note in notes if rule.hears(note.reason.rule))


def self_introduced(frames: Frames) -> float | None:
    """Return the share of people met without anybody's help, 0 to 1; None below five people."""
    people = suggestible_contacts(frames)
    known = people[
        (people["how_met"] != "") | (days_met(people) > NEVER) | (people["through_id"] != "")
    ]
    if len(known) < 5:
        return None
    return float((known["through_id"] == "").mean())


def brokers(frames: Frames, rule: Settings) -> Iterator[Note]:
    """Notice who introduced people to me, or that hardly anybody did."""
    people = suggestible_contacts(frames)
    through = people["through_id"]
    counts = through[through.isin(people.index)].value_counts()
    who = names_by_id(people)
    for key, count in counts.items():
        if count >= 2:
            yield Note(reason_for("net_broker", name=who[str(key)], count=int(count)), (str(key),))
    share = self_introduced(frames)
    if share is not None and share > rule.by_myself_share:
        yield Note(reason_for("net_by_myself", percent=round(100 * share)))


def roles_missing(frames: Frames) -> Iterator[Note]:
    """Notice the kinds of person the goal asks for that nobody in the book is yet."""
    goal, role = frames["goal"], frames["role"]
    open_ = role[~role["goal_id"].isin(goal.index[goal["closed"]])]
    have = set(suggestible_contacts(frames)["role_id"])
    for row_id, does, name in zip(open_.index, open_["does"], open_["name"], strict=True):
        if row_id not in have and (does or name):
            yield Note(reason_for("net_role_missing", role=does or name))


def _alike(frames: Frames, rule: Settings) -> Iterator[Note]:
    """Notice when nearly everybody belongs to the same circle (Blau)."""
    people = suggestible_contacts(frames)
    first = pd.Series([cells[0] for cells in people["circles"] if cells], dtype="str")
    counts = first.value_counts()
    if len(first) >= 8 and evenness(list(counts), max(len(counts), 3)) < rule.alike_share:
        yield Note(reason_for("net_alike", circle=str(counts.index[0])))


def shape(frames: Frames, today: date, rule: Settings) -> Iterator[Note]:
    """Notice how many circles my nearest people form, once enough of it is known.

    Named is one person of each circle, the largest first; nobody one does not feel well with.
    """
    found = circle(frames, today, rule)
    if found.reason:
        comfort = active_contacts(frames)["comfort"]
        easy = [
            next(
                (person for person in sorted(group) if not comfort[person] < rule.comfort_least), ""
            )
            for group in found.circles
        ]
        yield Note(found.reason, tuple(filter(None, easy)))
    elif len(found.people) >= 5:
        yield Note(reason_for("net_unknown", percent=round(100 * found.coverage)), found.people)


@dataclass(frozen=True)
class Dormant:
    """A sleeping tie worth waking, beside the one that comes to mind first.

    Attributes:
        favourite: the id that is most comfortable to write to.
        pick: the id that promises more: trusted and a little ahead, or little seen before.
        reason: why the pick; it argues with the favourite.
    """

    favourite: str
    pick: str
    reason: Reason


def dormant(
    frames: Frames, today: date, settings: Settings | None = None, favourite: str = ""
) -> Dormant | None:
    """Choose among the ties that have slept for three years.

    Args:
        frames: the book's frames.
        today: the person's day.
        settings: days after which a tie sleeps.
        favourite: the person's own choice; without one, the most comfortable is taken for it.

    Returns:
        None while fewer than two sleep.
    """
    rule = settings or Settings()
    people = active_contacts(frames)
    seen = history(frames, today, rule)
    last = seen["last_meaningful"].to_numpy()
    asleep = (last > NEVER) & (last <= day_number(today) - rule.dormant_days)
    asleep &= ~(people["closed"] | people["do_not_contact"]).to_numpy() & ~soliciting_mask(people)
    comfort = people["comfort"].to_numpy()
    asleep &= ~(comfort < rule.comfort_least)
    places = np.flatnonzero(asleep)
    if len(places) < 2:
        return None
    ids = [str(people.index[int(place)]) for place in places]
    ease = (
        np.nan_to_num(comfort[places], nan=3)
        + np.minimum(seen["hours"].to_numpy()[places], 50) / 50
    )
    engaging = np.nan_to_num(people["respect"].to_numpy()[places], nan=3) + 0.5 * (
        seen["gives_in"].to_numpy()[places] > 0
    )
    rung = np.nan_to_num(people["rung"].to_numpy()[places], nan=0)
    novel = rung - rung.mean() - np.minimum(seen["hours"].to_numpy()[places], 50) / 50
    first = favourite if favourite in ids else ids[int(np.argmax(ease))]
    order = np.argsort(-(engaging + novel), kind="stable")
    pick = next(ids[int(place)] for place in order if ids[int(place)] != first)
    who = names_by_id(people)
    why = reason_for("net_dormant", name=who[pick], favourite=who[first])
    return Dormant(first, pick, why)


def sleeping(frames: Frames, today: date, rule: Settings) -> Iterator[Note]:
    """Notice a sleeping tie worth waking."""
    found = dormant(frames, today, rule)
    if found:
        yield Note(found.reason, (found.pick, found.favourite))
