"""Whom to turn to today: a few people, why now, and the act that is ready."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from enishi.coach.act import Ready, choose
from enishi.coach.gift import Idea
from enishi.coach.history import Frames, called, living
from enishi.coach.outlook import NO_DUE, RULE_OF, Outlook, day_of, outlook
from enishi.coach.promise import kind_of
from enishi.coach.reason import Reason, because
from enishi.coach.settings import Settings


@dataclass(frozen=True)
class Suggestion:
    """One row of today's list.

    Attributes:
        contact_id: whom.
        act: its kind: `promise, thank, second, news, step, give, occasion, reconnect, catch_up`.
        reason: why now.
        ready: the act that is ready, as key and facts of `acts` in `data/words/coach.yaml`.
        due: the day it is due, where there is one.
    """

    contact_id: str
    act: str
    reason: Reason
    ready: Ready
    due: date | None = field(default=None)


def today_rows(
    frames: Frames,
    today: date,
    now: datetime,
    settings: Settings | None = None,
    ideas: tuple[Idea, ...] = (),
) -> tuple[Suggestion, ...]:
    """Choose whom to turn to today: at most `rows_shown`, the same for the same book and moment.

    Args:
        frames: the book's frames.
        today: the person's day.
        now: this moment; naive means UTC.
        settings: rules of thumb, rules switched off.
        ideas: the catalogue of gives, from `read_ideas`; without it only own ideas are offered.

    Returns:
        The most pressing first; every one with its reason. The order is nowhere shown as a number.
    """
    rule = settings or Settings()
    if rule.paused_until and today <= rule.paused_until:
        return ()
    people = living(frames)
    if people.empty:
        return ()
    view = outlook(people, frames, today, now, rule)
    wanted = np.flatnonzero(view.open_for_today())
    return tuple(
        suggest(people.iloc[place], view, place, frames, today, rule, ideas)
        for place in first_of(wanted, people, view, rule.rows_shown)
    )


def first_of(
    wanted: np.ndarray[Any, np.dtype[np.int64]], people: pd.DataFrame, view: Outlook, most: int
) -> list[int]:
    """Return the `most` pressing of `wanted`: priority, promise, due day, kana, id."""
    if len(wanted) > most:
        least = np.partition(view.priority[wanted], -most)[-most]
        wanted = wanted[view.priority[wanted] >= least]
    kana = (people["family_kana"].to_numpy(object), people["given_kana"].to_numpy(object))
    names = people["name"].to_numpy(object)

    def order(place: int) -> tuple[Any, ...]:
        reading = kana[0][place] + kana[1][place] or names[place]
        return (
            -view.priority[place],
            -view.promise[place],
            view.promise_due[place],
            reading,
            people.index[place],
        )

    return heapq.nsmallest(most, (int(place) for place in wanted), key=order)


def suggest(
    person: pd.Series[Any],
    view: Outlook,
    place: int,
    frames: Frames,
    today: date,
    rule: Settings,
    ideas: tuple[Idea, ...],
) -> Suggestion:
    """Write one row: the kind of act, why in the person's own data, what is ready."""
    name = called(person)
    act = str(view.act[place])
    due: date | None = None
    facts: dict[str, Any] = {"name": name}
    kind = ""
    if act == "promise":
        soonest = view.promises["contact_id"].to_list().index(str(person.name))
        row = view.promises.iloc[soonest]
        due = row["due"].date()
        facts |= {"words": row["words"], "due": due.isoformat()}
        kind = kind_of(row)
    elif act in ("thank", "second", "news"):
        met = day_of(view.seen["first"].iloc[place])
        facts |= {"on": met.isoformat(), "where": person["where_met"] or person["how_met"]}
        due = met + timedelta(days=1 if act == "thank" else rule.second_touch_to_days)
        due = None if act == "news" or due < today else due
    elif act == "step":
        due = None if pd.isna(person["next_on"]) else person["next_on"].date()
        facts |= {"step": person["next_step"]}
    else:
        last = view.seen["last_meaningful"].iloc[place]
        facts |= {"on": day_of(last).isoformat() if last > NO_DUE else ""}
        if act == "goal":
            facts |= {"topic": view.goal_words(person)}
    reason = because(RULE_OF[act], **facts)
    if act == "occasion" and view.hosted[place]:
        event = frames["event"].loc[view.hosted[place]]
        on = event["on"].date()
        facts = {"name": name, "event": event["name"], "on": on.isoformat()}
        reason = because("occasion_event", name=name, event=event["name"], on=on.isoformat())
        due = on if on >= today else None
    ready = choose(act, person, facts, frames, ideas, rule, kind)
    return Suggestion(str(person.name), act, reason, ready, due)


def held_back(
    frames: Frames, today: date, now: datetime, settings: Settings | None = None
) -> dict[str, Reason]:
    """Say for everybody there would be a reason to turn to why they are not on the list.

    Returns:
        `{contact_id: reason}`, a gate for each.
    """
    rule = settings or Settings()
    people = living(frames)
    if people.empty:
        return {}
    view = outlook(people, frames, today, now, rule)
    held = {}
    for place in np.flatnonzero(view.triggered & ~view.open_for_today()):
        person = people.iloc[place]
        gate = str(view.gate[place])
        held[str(person.name)] = because(gate, name=called(person))
    return held
