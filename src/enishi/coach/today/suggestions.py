"""Whom to contact today: a few people, why now, and the act that is ready."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from enishi.coach.giving.gift_ideas import Idea
from enishi.coach.giving.promises import promise_kind, promise_reason
from enishi.coach.relations.history import Frames, active_contacts, day_of, name_of
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.today.next_action import NextAction, choose_action
from enishi.coach.today.priorities import NO_DUE, RULE_OF, PriorityTable, build_priorities


@dataclass(frozen=True)
class Suggestion:
    """One row of today's list.

    Attributes:
        contact_id: the contact.
        act: the kind of act, a key of `RULE_OF`.
        reason: why now.
        ready: the act that is ready, as key and facts of `acts` in `data/words/coach.yaml`.
        due: the due date, or None.
        also: what else the user has planned with the contact and is due, in the user's own words.
        give_id: the id of the planned gift where the act is one, or ''.
    """

    contact_id: str
    act: str
    reason: Reason
    ready: NextAction
    due: date | None = field(default=None)
    also: tuple[str, ...] = ()
    give_id: str = ""


def today_rows(
    frames: Frames,
    today: date,
    now: datetime,
    settings: Settings | None = None,
    ideas: tuple[Idea, ...] = (),
) -> tuple[Suggestion, ...]:
    """Return the contacts to turn to today, at most `rows_shown`; deterministic for one book.

    Args:
        frames: the book's frames.
        today: the user's current date.
        now: the current moment; naive means UTC.
        settings: rules of thumb and disabled rules.
        ideas: the catalogue of gives, from `read_ideas`; without it only own ideas are offered.

    Returns:
        Acts in the user's own words first, then by priority; each with its reason. No page shows
        the priority as a number.
    """
    settings = settings or Settings()
    people = active_contacts(frames)
    if people.empty:
        return ()
    view = build_priorities(people, frames, today, now, settings)
    shown = chosen_for_today(people, view, settings)[: settings.rows_shown]
    return tuple(
        suggest(people.iloc[place], view, place, frames, today, settings, ideas) for place in shown
    )


def chosen_for_today(people: pd.DataFrame, view: PriorityTable, settings: Settings) -> list[int]:
    """Return the positions of the contacts to turn to: all due own acts, then suggestions.

    Suggestions fill the list up to `rows_shown`; they never displace the user's own acts.
    """
    open_ = view.open_for_today()
    own = first_by_priority(np.flatnonzero(open_ & view.own), people, view, len(people))
    own.sort(key=lambda place: own_act_key(people, view, place))
    room = max(0, settings.rows_shown - len(own))
    return own + (
        first_by_priority(np.flatnonzero(open_ & ~view.own), people, view, room) if room else []
    )


def own_act_key(people: pd.DataFrame, view: PriorityTable, place: int) -> tuple[bool, pd.Timestamp]:
    """Return the sort key of an own act: promises keep their order, then by date, undated last."""
    act = view.act[place]
    if act == "promise":
        return False, pd.Timestamp.min
    gifts = view.gifts.loc[view.gifts["contact_id"] == people.index[place], "on"]
    steps = view.steps.loc[view.steps["contact_id"] == people.index[place], "on"]
    day = gifts.iloc[0] if act == "gift" else steps.iloc[0]
    return True, pd.Timestamp.max if pd.isna(day) else day


def more_suggestions(
    frames: Frames, today: date, now: datetime, settings: Settings | None = None
) -> tuple[Suggestion, ...]:
    """Return the due acts in the user's own words that do not fit into `rows_shown`."""
    settings = settings or Settings()
    people = active_contacts(frames)
    if people.empty:
        return ()
    view = build_priorities(people, frames, today, now, settings)
    beyond = chosen_for_today(people, view, settings)[settings.rows_shown :]
    return tuple(suggest(people.iloc[at], view, at, frames, today, settings, ()) for at in beyond)


def first_by_priority(
    wanted: np.ndarray[Any, np.dtype[np.int64]],
    people: pd.DataFrame,
    view: PriorityTable,
    most: int,
) -> list[int]:
    """Return the first `most` of `wanted`: by priority, promise, due day, kana, id."""
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
    view: PriorityTable,
    place: int,
    frames: Frames,
    today: date,
    settings: Settings,
    ideas: tuple[Idea, ...],
    act: str = "",
) -> Suggestion:
    """Return one row of today's list: the kind of act, the reason and the act that is ready.

    Args:
        person: the contact's row.
        view: the priorities of all contacts.
        place: the position of the contact in `view`.
        frames: the book's frames.
        today: the user's current date.
        settings: rules of thumb.
        ideas: the catalogue of gives.
        act: a kind of act that applies; '' takes the first.
    """
    name = name_of(person)
    act = act or str(view.act[place])
    gifts = view.gifts[view.gifts["contact_id"] == str(person.name)]
    steps = view.steps[view.steps["contact_id"] == str(person.name)]
    give_id = ""
    due: date | None = None
    facts: dict[str, Any] = {"name": name}
    kind = ""
    if act == "promise":
        soonest = view.promises["contact_id"].to_list().index(str(person.name))
        row = view.promises.iloc[soonest]
        due = row["due"].date() if row["dated"] else None
        facts |= {"words": row["words"]}
        reason = promise_reason(name, row)
        kind = promise_kind(row)
    elif act in ("thank", "second", "news"):
        met = day_of(view.histories["new_on"].iloc[place])
        facts |= {"on": met.isoformat(), "where": person["where_met"] or person["how_met"]}
        due = met + timedelta(days=1 if act == "thank" else settings.second_touch_to_days)
        due = None if act == "news" or due < today else due
    elif act == "step":
        due = None if pd.isna(steps["on"].iloc[0]) else steps["on"].iloc[0].date()
        facts |= {"step": steps["words"].iloc[0]}
    elif act == "talk":
        said_on = person["last_talk_said_on"].date().isoformat()
        facts |= {"last_talk": person["last_talk"], "since": said_on}
    elif act == "gift":
        give_id, on = str(gifts.index[0]), gifts["on"].iloc[0]
        due = None if pd.isna(on) else on.date()
        facts |= {"what": gifts["what"].iloc[0]}
    else:
        last = view.histories["last_meaningful"].iloc[place]
        facts |= {"on": day_of(last).isoformat() if last > NO_DUE else ""}
        if act == "goal":
            facts |= {"topic": view.goal_words(person)}
    if act != "promise":
        reason = reason_for(RULE_OF[act], **facts)
    if act == "occasion" and view.hosted[place]:
        event = frames["event"].loc[view.hosted[place]]
        on = event["on"].date()
        facts = {"name": name, "event": event["name"], "on": on.isoformat()}
        reason = reason_for("occasion_event", name=name, event=event["name"], on=on.isoformat())
        due = on if on >= today else None
    ready = choose_action(act, person, facts, frames, ideas, settings, kind)
    also = steps["words"].tolist()[act == "step" :] if view.applies["step"][place] else []
    also += gifts["what"][gifts.index != give_id].tolist() if view.applies["gift"][place] else []
    return Suggestion(str(person.name), act, reason, ready, due, tuple(also), give_id)


def explain_exclusions(
    frames: Frames, today: date, now: datetime, settings: Settings | None = None
) -> dict[str, Reason]:
    """Return why each excluded contact with an act to do is not on the list of today.

    Returns:
        `{contact_id: reason}`; the rule of each reason is a gate.
    """
    settings = settings or Settings()
    people = active_contacts(frames)
    if people.empty:
        return {}
    view = build_priorities(people, frames, today, now, settings)
    held = {}
    for place in np.flatnonzero(view.triggered & ~view.open_for_today()):
        person = people.iloc[place]
        gate = str(view.gate[place])
        held[str(person.name)] = reason_for(gate, name=name_of(person))
    return held
