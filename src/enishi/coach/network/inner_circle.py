"""The user's nearest contacts (by default 15) and the ties among them, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from enishi.choices import CLOSENESS
from enishi.coach.network.measures import circles, closure, constraint, effective_size, ego_network
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
MYSELF = ""
"""The id of the user in a net of contact ids."""


@dataclass(frozen=True)
class InnerCircle:
    """The nearest contacts and the known ties among them.

    The measures stay empty or None while fewer than three contacts are near or coverage is below
    `coverage_least`.

    Attributes:
        people: their ids, the nearest first.
        ties: `(a, b, weight)` of pairs that know each other.
        coverage: share of pairs with an answer, 0 to 1.
        circles: groups that only the user connects.
        constraint: Burt's constraint, or None.
        effective_size: number of independent contacts, or None.
        closure: constraint between open (0) and all tied (1), or None.
        reason: the one sentence to show about it, or None.
    """

    people: tuple[str, ...]
    ties: tuple[tuple[str, str, float], ...]
    coverage: float
    circles: tuple[frozenset[str], ...] = ()
    constraint: float | None = None
    effective_size: float | None = None
    closure: float | None = None
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
    """Return the nearest contacts and, once enough pairs are answered, the measures of their net.

    Below `coverage_least` there are no measures: an unknown tie is not the same as no tie.
    """
    settings = settings or Settings()
    people = nearest_people(frames, today, settings)
    known = _answers(frames, people, settings)
    pairs = len(people) * (len(people) - 1) // 2
    coverage = len(known) / pairs if pairs else 0.0
    tied = tuple(
        (min(pair), max(pair), known[pair])
        for pair in sorted(known, key=lambda pair: (min(pair), max(pair)))
        if known[pair] > 0
    )
    if len(people) < 3 or coverage < settings.coverage_least:
        return InnerCircle(tuple(people), tied, coverage)
    net: dict[str, dict[str, float]] = {person: {} for person in (MYSELF, *people)}
    for a, b in [(MYSELF, person) for person in people] + [(a, b) for a, b, _ in tied]:
        net[a][b] = net[b][a] = 1.0
    own = ego_network(net, MYSELF)
    groups = tuple(circles(own, MYSELF))
    tight = constraint(own, MYSELF) or 0.0
    key = "net_one_circle" if len(groups) == 1 else "net_circles"
    return InnerCircle(
        tuple(people),
        tied,
        coverage,
        groups,
        tight,
        effective_size(own, MYSELF),
        closure(tight, len(people)),
        reason_for(key, count=len(groups)) if settings.is_enabled(key) else None,
    )
