"""The coach's suggestions beside the user's own week: whom to contact, why now, and a small act."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from enishi.coach.giving.gift_ideas import Idea
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.fading import why_fading
from enishi.coach.relations.history import Frames, active_contacts, day_of, isin, name_of
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.rules.pause import pause_end
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.today.next_action import NextAction, choose_action
from enishi.coach.today.priorities import (
    NO_DUE,
    RULE_OF,
    PriorityTable,
    build_priorities,
    days_of_occasions,
)

BESIDE = ((0, 1), (3, 2), (6, 1))
"""Most suggestions beside so many rows of the user's own; none beside more rows."""


@dataclass(frozen=True)
class Suggestion:
    """One suggestion.

    Attributes:
        contact_id: the contact.
        act: the kind of act, a key of `RULE_OF`.
        reason: why now.
        ready: the act that is ready, as key and facts of `acts` in `data/words/coach.yaml`.
        due: the due date, or None.
    """

    contact_id: str
    act: str
    reason: Reason
    ready: NextAction
    due: date | None = field(default=None)


def room_beside(rows: int, settings: Settings | None = None) -> int:
    """Return how many suggestions may stand beside `rows` rows of the user's own.

    >>> [room_beside(rows) for rows in (0, 1, 3, 4, 7)]
    [1, 2, 2, 1, 0]
    """
    most = (settings or Settings()).suggestions_shown
    return next((min(few, most) for up_to, few in BESIDE if rows <= up_to), 0)


def suggest_contacts(
    frames: Frames,
    today: date,
    now: datetime,
    settings: Settings | None = None,
    ideas: tuple[Idea, ...] = (),
) -> tuple[Suggestion, ...]:
    """Return at most `suggestions_shown` suggestions; deterministic for one book.

    Args:
        frames: the book's frames.
        today: the user's current date.
        now: the current moment; naive means UTC.
        settings: rules of thumb and disabled rules.
        ideas: the catalogue of gives, from `read_ideas`; without it only own ideas are offered.

    Returns:
        The suggestions by priority, each with its reason, about contacts with whom the user has
        planned nothing; none during a pause. No page shows the priority as a number.
    """
    settings = settings or Settings()
    people = active_contacts(frames)
    if people.empty or not settings.suggestions_shown or pause_end(frames["setting"], today):
        return ()
    view = build_priorities(people, frames, today, now, settings)
    places = first_by_priority(people, view, settings.suggestions_shown)
    known = (view, frames, today, settings, ideas)
    return tuple(suggest(people.iloc[place], place, *known) for place in places)


def first_by_priority(people: pd.DataFrame, view: PriorityTable, most: int) -> list[int]:
    """Return the positions of the first `most` open contacts: by priority, reach, kana, id.

    Those of the kind needed now come before all others.
    """
    wanted = np.flatnonzero(view.open_for_today())
    priority = np.where(view.leads, np.inf, view.priority)
    if len(wanted) > most:
        least = np.partition(priority[wanted], -most)[-most]
        wanted = wanted[priority[wanted] >= least]
    kana = (people["family_kana"].to_numpy(object), people["given_kana"].to_numpy(object))
    names = people["name"].to_numpy(object)

    def order(place: int) -> tuple[Any, ...]:
        reading = kana[0][place] + kana[1][place] or names[place]
        return (-priority[place], view.nearness[place], reading, people.index[place])

    return heapq.nsmallest(most, (int(place) for place in wanted), key=order)


def suggest(
    person: pd.Series[Any],
    place: int,
    view: PriorityTable,
    frames: Frames,
    today: date,
    settings: Settings,
    ideas: tuple[Idea, ...],
) -> Suggestion:
    """Return one suggestion: the kind of act, the reason and the act that is ready.

    Args:
        person: the contact's row.
        place: the position of the contact in `view`.
        view: the priorities of all contacts.
        frames: the book's frames.
        today: the user's current date.
        settings: rules of thumb.
        ideas: the catalogue of gives.
    """
    name = name_of(person)
    act = str(view.act[place])
    due: date | None = None
    facts: dict[str, Any] = {"name": name}
    if act in ("thank", "second", "third", "news"):
        met = day_of(view.histories["new_on"].iloc[place])
        facts |= {"on": met.isoformat(), "where": person["where_met"] or person["how_met"]}
        due = met + timedelta(days=1 if act == "thank" else settings.second_touch_to_days)
        due = None if act in ("third", "news") or due < today else due
    elif act == "talk":
        said_on = person["last_talk_said_on"].date().isoformat()
        facts |= {"last_talk": person["last_talk"], "since": said_on}
    else:
        last = view.histories["last_meaningful"].iloc[place]
        facts |= {"on": day_of(last).isoformat() if last > NO_DUE else ""}
        if act == "occasion":
            days = days_of_occasions(today, settings).get(person["birthday"][-5:], 0)
            facts |= {"ahead": int(days > 0), "now": int(days == 0), "past": int(days < 0)}
        if act == "goal":
            facts |= {"topic": view.goal_words(person)}
    rule = RULE_OF[act]
    if act == "goal" and person["ahead"] == "steps" and settings.is_enabled("goal_step"):
        rule = "goal_step"
    if view.leads[place]:
        rule = "goal_now"
    reason = reason_for(rule, **facts)
    if act == "occasion" and view.hosted[place]:
        event = frames["event"].loc[view.hosted[place]]
        on = event["on"].date()
        facts = {"name": name, "event": event["name"], "on": on.isoformat()}
        reason = reason_for("occasion_event", name=name, event=event["name"], on=on.isoformat())
        due = on if on >= today else None
    last = int(view.histories["last_meaningful"].iloc[place])
    why = why_fading(frames, str(person.name), last)
    ready = choose_action(act, person, facts, frames, ideas, settings, why)
    lighter = act != "thank" and why != "hurt" and settings.is_enabled("lighter")
    if lighter and was_too_much(frames, str(person.name)):
        ready = NextAction("light_line", {"name": name}, reason_for("lighter", name=name))
    return Suggestion(str(person.name), act, reason, ready, due)


def was_too_much(frames: Frames, contact_id: str) -> bool:
    """Return whether the last step nearer to a contact was too much, and they have not met since.

    Args:
        frames: needs answer and encounter.
        contact_id: the contact.
    """
    last = answers_to(frames, "closer")
    last = last[(last["contact_id"] == contact_id).to_numpy()].tail(1)
    if not isin(last["chosen"], "too_much").any():
        return False
    encounter = frames["encounter"]
    since = encounter[(encounter["contact_id"] == contact_id).to_numpy()]
    since = since[isin(since["kind"], *TOGETHER)]
    return not (since["on"] > last["on"].iloc[0]).any()


def explain_exclusions(
    frames: Frames, today: date, now: datetime, settings: Settings | None = None
) -> dict[str, Reason]:
    """Return why each excluded contact with an act to suggest is not suggested.

    Returns:
        `{contact_id: reason}`; the rule of each reason is a gate.
    """
    settings = settings or Settings()
    people = active_contacts(frames)
    if people.empty:
        return {}
    view = build_priorities(people, frames, today, now, settings)
    held = {}
    for place in np.flatnonzero(view.triggered & (view.gate != "")):
        person = people.iloc[place]
        gate = str(view.gate[place])
        held[str(person.name)] = reason_for(gate, name=name_of(person))
    return held
