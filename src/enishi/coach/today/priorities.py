"""The reasons for and against contacting each person now, computed for all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from enishi.coach.goal.goal_fit import goal_fit, goal_needs, kinds_needed_now
from enishi.coach.goal.phase import chosen_phase
from enishi.coach.language.words import NO_ANSWERS, WordAnswers, matching_words, read_answers
from enishi.coach.relations.balance import balance, settled_ids
from enishi.coach.relations.cadence import due, health, rhythms
from enishi.coach.relations.first_meeting import first_weight, text_kind
from enishi.coach.relations.first_move import they_begin_mask
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    day_number,
    history,
    isin,
)
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import unreviewed_mask
from enishi.coach.rules.settings import Settings
from enishi.coach.rules.stands import NEARER_FIRST, TOUCHES, stand
from enishi.coach.today.agenda import planned_gifts
from enishi.coach.today.exclusions import find_exclusions

NO_DUE = NEVER

RULE_OF = {
    "thank": "first_thanks",
    "second": "second_touch",
    "third": "third_touch",
    "news": "first_news",
    "give": "give_back",
    "occasion": "occasion",
    "reconnect": "dormant",
    "catch_up": "due",
    "talk": "talk_remembered",
    "goal": "goal",
}
"""The kinds of act and the rule of each; the first kind that applies wins."""
WAITING_ACTS = ("reconnect", "catch_up", "talk")
"""The kinds of act that have no day of their own: a question for the goal may take their place."""


@dataclass(frozen=True)
class PriorityTable:
    """Arrays with one value per active contact, in the order of their frame.

    `planned` marks contacts with whom the user has something planned, in the user's own words.
    `leads` marks those of the kind the goal needs now, whose act is for the goal: they come first.
    `needs` is the result of `goal_needs`; `nearness` orders contacts of one priority, as the user's
    stand on who is within reach has it. `answers` is what they said about words. See
    `build_priorities`.
    """

    histories: pd.DataFrame
    planned: NDArray[np.bool_]
    priority: NDArray[np.float64]
    act: NDArray[np.object_]
    gate: NDArray[np.object_]
    needs: dict[str, str]
    hosted: NDArray[np.object_]
    nearness: NDArray[np.int_]
    leads: NDArray[np.bool_]
    answers: WordAnswers = NO_ANSWERS

    @property
    def triggered(self) -> NDArray[np.bool_]:
        """A mask of the contacts with an act to suggest."""
        return np.asarray(self.act != "", dtype=bool)

    def open_for_today(self) -> NDArray[np.bool_]:
        """Return a mask of the contacts to suggest: with an act, nothing planned, no exclusion."""
        return np.asarray(self.triggered & ~self.planned & (self.gate == ""), dtype=bool)

    def goal_words(self, person: pd.Series[Any]) -> str:
        """Return what matches the goal in this contact: a kind of person or a topic; else ''."""
        if person["role_id"] in self.needs:
            return self.needs[person["role_id"]]
        needs = list(self.needs.values())
        return next((t for t in person["topics"] if matching_words(t, needs, self.answers)), "")


def build_priorities(
    people: pd.DataFrame, frames: Frames, today: date, now: datetime, settings: Settings
) -> PriorityTable:
    """Return the priorities of all contacts at once.

    Args:
        people: the active contacts.
        frames: the book's frames.
        today: the user's current date.
        now: the current moment; naive means UTC.
        settings: rules of thumb and disabled rules.
    """
    histories = history(frames, today, settings)
    stage = stage_numbers(histories, settings)
    every = rhythms(people, stage, settings)
    number = day_number(today)
    last = histories["last_meaningful"].to_numpy()
    days = np.where(last > NEVER, number - last, np.nan)
    last_said = histories["last_said"].to_numpy()
    remembered = np.where(last_said > NEVER, number - last_said, np.nan)
    hours = hours_since(histories, number, now)

    tries = TOUCHES.get(stand(frames["setting"], "pace"), settings.first_tries)
    kind = text_kind(hours, histories["thanked"], histories["reaches"], settings, tries)
    kind = np.where(np.isnan(hours), "", kind)
    first = np.where(kind == "thanks", first_weight(hours, settings), 0.0)
    first[(kind == "second") & (hours <= 24 * settings.second_touch_to_days)] = settings.first_week
    first[(kind == "second") & (hours > 24 * settings.second_touch_to_days)] = settings.first_month

    first[kind == "third"] = settings.first_month

    late = due(days, every, settings)
    needs = goal_needs(frames)
    answers = read_answers(frames)
    goal = goal_fit(people, needs, answers)
    hosted = hosted_event_ids(people, welcome_events(frames), today, settings)
    occasion = np.maximum(occasions(people, today, settings), hosted != "")
    occasion[unreviewed_mask(people, frames)] = 0
    b = balance(histories["gives_out"], histories["gives_in"])
    well = health(days, every)

    rested = np.isnan(days) | (days >= settings.goal_days)
    applies = {
        "thank": kind == "thanks",
        "second": kind == "second",
        "third": kind == "third",
        "news": (kind == "news") & (hours <= 24 * settings.news_until_days),
        "give": (b < settings.balance_low)
        & (days >= settings.give_back_days)
        & ~people.index.isin(settled_ids(frames, today, settings)),
        "occasion": occasion > 0,
        "reconnect": well < settings.health_asleep,
        "catch_up": late > 0,
        "talk": np.isnan(days) & (remembered >= every),
        "goal": (goal > 0) & rested & ((stage < 2) | ~np.isnan(days)),
    }
    if chosen_phase(frames) == "deepen":  # for now the user meets nobody they hardly know
        applies["goal"] &= stage >= 2
    crowds = met_in_crowds(people, frames)
    for act in ("thank", "second", "news"):
        applies[act] &= ~crowds
    for act, rule_key in RULE_OF.items():
        if not settings.is_enabled(rule_key):
            applies[act] = np.zeros(len(people), dtype=bool)
    first = first * (applies["thank"] | applies["second"] | applies["third"])
    late = late * (applies["catch_up"] | applies["reconnect"])
    goal, occasion = goal * settings.is_enabled("goal"), occasion * applies["occasion"]
    weigh = priority(first, late, goal, occasion, settings)
    chosen: NDArray[np.object_] = np.select(list(applies.values()), list(applies), "").astype(
        object
    )
    leads = np.zeros(len(people), dtype=bool)
    if settings.is_enabled("goal_now") and (now_needed := kinds_needed_now(frames)):
        leads = applies["goal"] & people["role_id"].isin(now_needed).to_numpy()
        leads &= np.isin(chosen, ("goal", *WAITING_ACTS))
        chosen[leads] = "goal"
    return PriorityTable(
        histories=histories,
        planned=planned_mask(people, frames),
        priority=np.round(weigh, 9),
        act=chosen,
        gate=find_exclusions(
            *(people, histories, chosen, frames["review"], today, settings),
            hardly_known=(stage < 2) & ~histories["known"].to_numpy(bool),
            whom=stand(frames["setting"], "whom"),
            they_begin=they_begin_mask(people, frames, today, settings),
        ),
        needs=needs,
        hosted=hosted,
        nearness=order_by_reach(people, stand(frames["setting"], "reach")),
        leads=leads,
    )


def planned_mask(people: pd.DataFrame, frames: Frames) -> NDArray[np.bool_]:
    """Return a mask of the contacts with an open step, promise or planned gift of the user."""
    planned = np.zeros(len(people), dtype=bool)
    places = people.index.get_indexer(pd.Index(list(planned_ids(frames)), dtype=people.index.dtype))
    planned[places[places >= 0]] = True
    return planned


def met_in_crowds(people: pd.DataFrame, frames: Frames) -> NDArray[np.bool_]:
    """Return a mask of the contacts met only where people came for the crowd, as it turned out."""
    event, encounter = frames["event"], frames["encounter"]
    crowds = event.index[isin(event["guess"], "crowd") & isin(event["guess_was"], "so")]
    if crowds.empty:
        return np.zeros(len(people), dtype=bool)
    there = encounter["event_id"].isin(crowds)
    met = encounter.loc[there, "contact_id"].unique()
    elsewhere = encounter.loc[~there & encounter["contact_id"].isin(met), "contact_id"]
    found: NDArray[np.bool_] = people.index.isin(met) & ~people.index.isin(elsewhere)
    return found


def planned_ids(frames: Frames) -> set[str]:
    """Return the ids of the contacts with an open step, promise or planned gift of the user."""
    promise = frames["promise"]
    mine = promise[isin(promise["state"], "open") & isin(promise["by"], "me")]
    return {
        *open_steps(frames)["contact_id"].tolist(),
        *mine["contact_id"].tolist(),
        *planned_gifts(frames)["contact_id"].tolist(),
    }


def order_by_reach(people: pd.DataFrame, reach: str) -> NDArray[np.int_]:
    """Return the place of each contact among those of one priority: 0 comes first.

    Those far ahead come last unless the user goes to them directly; a stand may put those beside
    the user, or a step ahead of them, first.
    """
    order = NEARER_FIRST.get(reach, ())
    places = {ahead: place for place, ahead in enumerate(order)}
    places |= {"far": len(order) + 1} if reach != "directly" else {}
    words = people["ahead"].array
    each = np.array([places.get(word, len(order)) for word in words.categories], dtype=int)
    found: NDArray[np.int_] = each[words.codes]
    return found


def welcome_events(frames: Frames) -> pd.DataFrame:
    """Return the events the coach may propose.

    No mixers for a user whom they do not suit, or who goes deeper with those they know.
    """
    event = frames["event"]
    declined = stand(frames["setting"], "mixers") == "not_for_me"
    declined |= chosen_phase(frames) == "deepen"
    return event[event["kind"] != "mixer"] if declined else event


def priority(
    first: ArrayLike,
    late: ArrayLike,
    goal: ArrayLike,
    occasion: ArrayLike,
    settings: Settings,
) -> NDArray[np.float64]:
    """Return P = 100·Σ weight·component, 0 to 100; it orders the list and is never shown.

    Each component is 0 to 1.

    >>> float(priority(1, 0, 2 / 3, 0, Settings()).round(1))
    35.0
    """
    weights = (
        settings.weight_first,
        settings.weight_due,
        settings.weight_goal,
        settings.weight_occasion,
    )
    parts = np.broadcast_arrays(first, late, goal, occasion)
    total: NDArray[np.float64] = 100 * np.einsum("i,i...->...", weights, parts)
    return total


def hours_since(histories: pd.DataFrame, number: int, now: datetime) -> NDArray[np.float64]:
    """Return the hours since each first meeting; a multiple of 24 where only the date is known.

    NaN for contacts that are not noted as just met.
    """
    moment = now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now
    at = histories["first_at"].to_numpy()
    exact = (np.datetime64(moment, "s") - at).astype(np.float64) / 3600
    first = histories["new_on"].to_numpy()
    by_day = np.where(first > NEVER, (number - first) * 24.0, np.nan)
    return np.where(np.isnat(at) | np.isnan(by_day), by_day, np.maximum(exact, 0))


def days_of_occasions(today: date, settings: Settings) -> dict[str, int]:
    """Return how many days from today each day is on which a birthday counts, by `MM-DD`.

    The range is `occasion_after_days` back and `occasion_before_days` ahead.
    """
    around = range(-settings.occasion_after_days, settings.occasion_before_days + 1)
    return {f"{today + timedelta(days=step):%m-%d}": step for step in around}


def occasions(people: pd.DataFrame, today: date, settings: Settings) -> NDArray[np.float64]:
    """Return 1.0 for contacts whose birthday was or will be within a few days, else 0.0."""
    near = days_of_occasions(today, settings)
    days = [day[-5:] for day in people["birthday"].tolist()]
    return np.fromiter(map(near.__contains__, days), np.float64, len(days))


def hosted_event_ids(
    people: pd.DataFrame, event: pd.DataFrame, today: date, settings: Settings
) -> NDArray[np.object_]:
    """Return the id of an event that each contact hosts within a few days of today; '' if none.

    The range is `occasion_after_days` back and `occasion_before_days` ahead.
    """
    found = np.full(len(people), "", dtype=object)
    theirs = event[event["host_id"] != ""]
    if len(theirs):
        since = pd.Timestamp(today - timedelta(days=settings.occasion_after_days))
        until = pd.Timestamp(today + timedelta(days=settings.occasion_before_days))
        near = theirs[theirs["on"].between(since, until)]
        who = people.index.get_indexer(pd.Index(near["host_id"]))
        found[who[who >= 0]] = near.index.to_numpy()[who >= 0]
    return found
