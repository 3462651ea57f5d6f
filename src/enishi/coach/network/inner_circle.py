"""The user's nearest contacts (by default 15) and the ties among them, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from enishi.choices import CLOSENESS
from enishi.coach.network.measures import circles
from enishi.coach.relations.history import (
    Frames,
    active_contacts,
    history,
    isin,
    said_closeness,
)
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.relations.suggestible import suggestible_mask
from enishi.coach.relations.warmth import warmth
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

FRIENDLY = CLOSENESS.index("friendly") + 1
"""The least closeness in the user's word that counts as near."""
ACQUAINTED = 2
"""The stage, by the notes of talks, from which a contact counts as near."""


@dataclass(frozen=True)
class InnerCircle:
    """The nearest contacts and the known ties among them.

    An unknown tie is not the same as no tie. Circles are told apart only where the user answered
    for every pair between them.

    Attributes:
        people: their ids, the nearest first.
        ties: `(a, b, weight)` of pairs that know each other.
        circles: groups that only the user connects; empty while that is not known.
        asked: a pair for which nothing is answered and on whom the circles depend, or ().
        reason: the one sentence to show about it, or None.
    """

    people: tuple[str, ...]
    ties: tuple[tuple[str, str, float], ...]
    circles: tuple[frozenset[str], ...] = ()
    asked: tuple[str, ...] = ()
    reason: Reason | None = None


def nearest_people(frames: Frames, today: date, settings: Settings | None = None) -> list[str]:
    """Return the ids of the nearest contacts, by focus, stage, warmth, id.

    Near are those in focus, those whom the user calls friendly or closer, a friend or family, and
    those with whom the user noted enough for the stage `ACQUAINTED`; nobody met only once.
    """
    people = active_contacts(frames)
    settings = settings or Settings()
    stage = stage_numbers(history(frames, today, settings), settings)
    near = people["focus"].to_numpy() | (said_closeness(people) >= FRIENDLY)
    near |= isin(people["known_as"], "friend", "family") | (stage >= ACQUAINTED)
    able = near & ~people["closed"].to_numpy() & suggestible_mask(people, frames)
    focus, warm = people["focus"].to_numpy(), warmth(frames, today, settings).to_numpy()
    order = sorted(
        np.flatnonzero(able),
        key=lambda i: (not focus[i], -stage[i], -warm[i], str(people.index[int(i)])),
    )
    return [str(people.index[int(i)]) for i in order[: settings.nearest_most]]


def tie_weights(settings: Settings) -> dict[str, float]:
    """Return the weight of a tie between two contacts for each answer, 0 to 1.

    A state that is not a key is no answer.
    """
    return {
        "strangers": 0.0,
        "acquainted": settings.tie_acquainted,
        "close": settings.tie_close,
    }


def _answers(frames: Frames, people: list[str], settings: Settings) -> dict[frozenset[str], float]:
    """Return the weight of each answered pair of `people`, `{pair: weight}`."""
    tie, known = frames["tie"], tie_weights(settings)
    inside = tie[tie["a_id"].isin(people) & tie["b_id"].isin(people) & tie["state"].isin(known)]
    return {
        frozenset((a, b)): known[state]
        for a, b, state in zip(inside["a_id"], inside["b_id"], inside["state"], strict=True)
        if a != b
    }


def circle(frames: Frames, today: date, settings: Settings | None = None) -> InnerCircle:
    """Return the nearest contacts, their known ties, and what is known of the circles they form."""
    settings = settings or Settings()
    people = nearest_people(frames, today, settings)
    known = _answers(frames, people, settings)
    tied = tuple(
        (min(pair), max(pair), known[pair])
        for pair in sorted(known, key=lambda pair: (min(pair), max(pair)))
        if known[pair] > 0
    )
    if len(people) < 3:
        return InnerCircle(tuple(people), tied)
    groups = tuple(circles(people, [(a, b) for a, b, _ in tied]))
    group_of = {person: group for group in groups for person in group}
    between = (pair for pair in combinations(people, 2) if group_of[pair[0]] != group_of[pair[1]])
    asked = next((pair for pair in between if frozenset(pair) not in known), ())
    if asked:
        return InnerCircle(tuple(people), tied, asked=asked)
    key = "net_one_circle" if len(groups) == 1 else "net_circles"
    facts = {} if len(groups) == 1 else {"count": len(groups)}
    reason = reason_for(key, **facts) if settings.is_enabled(key) else None
    return InnerCircle(tuple(people), tied, groups, reason=reason)
