"""Introductions: who could introduce the user, and which two contacts to introduce."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pandas as pd

from enishi.coach.language.words import matching_pair, read_answers
from enishi.coach.network.consent import declined_pairs, pairs_under_way
from enishi.coach.network.inner_circle import nearest_people, tie_weights
from enishi.coach.relations.cadence import health, rhythms
from enishi.coach.relations.facts import with_facts
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    active_contacts,
    day_number,
    history,
    iter_rows,
    name_of,
    names_by_id,
)
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.relations.suggestible import suggestible_contacts, suggestible_mask
from enishi.coach.rules.pause import pause_end
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

_MYSELF = ""
"""The id of the user in a net of contact ids."""
Trust = Mapping[str, Mapping[str, float]]
"""The trust between people, `{person: {other: t}}`, 0 < t ≤ 1, symmetric."""


@dataclass(frozen=True)
class Path:
    """A path to a person.

    Attributes:
        through: ids of the people in between, one or two.
        reason: why this path.
        weight: for the order only; never shown.
    """

    through: tuple[str, ...]
    reason: Reason
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two contacts who might like to meet, with the reason."""

    a: str
    b: str
    reason: Reason


def best_paths(
    trust: Trust,
    source: str,
    target: str,
    *,
    most_edges: int = 3,
    penalty: float = 0.75,
    first_hop: float = 0.0,
) -> list[tuple[float, tuple[str, ...]]]:
    """Return the paths from `source` to `target` through others, the most trusted first.

    The weight of a path is Π t · penalty^(people in between − 1). The search runs backwards,
    because few people know the target while many know the user.

    Args:
        trust: the trust between people.
        source: the start.
        target: the end; a direct tie is no introduction and is left out.
        most_edges: length of the longest path, in edges.
        penalty: factor for each further person in between.
        first_hop: least trust of the first edge.

    Returns:
        `(weight, ids of the people in between)` of each path.
    """
    start = trust.get(source, {})
    found = []

    def back(way: tuple[str, ...], weight: float) -> Iterator[tuple[tuple[str, ...], float]]:
        for person, t in trust.get(way[0], {}).items():
            if person != source and person not in way and t > 0:
                yield (person, *way), weight * t

    ways: list[tuple[tuple[str, ...], float]] = [((target,), 1.0)]
    for step in range(1, most_edges):
        ways = [longer for way, weight in ways for longer in back(way, weight)]
        for way, weight in ways:
            t = start.get(way[0], 0.0)
            if t > 0 and t >= first_hop:
                found.append((round(weight * t * penalty ** (step - 1), 6), way[:-1]))
    return sorted(found, key=lambda way: (-way[0], len(way[1]), way[1]))


def base_trust(settings: Settings) -> tuple[float, ...]:
    """Return the trust by stage, S0 to S4, before the health of the tie counts."""
    return (0.0, settings.trust_s1, settings.trust_s2, settings.trust_s3, settings.trust_s4)


def least_trust(settings: Settings) -> float:
    """Return the least trust for a request for an introduction: that of its stage at health 0."""
    return 0.5 * base_trust(settings)[settings.ask_introduction_stage]


def my_trust(frames: Frames, today: date, settings: Settings) -> pd.Series[float]:
    """Return the trust of every active contact the user has met, by id.

    Contacts at rest, not to be contacted or with signs of solicitation are left out.
    """
    people = active_contacts(frames)
    histories = history(frames, today, settings)
    stage = stage_numbers(histories, settings)
    last = histories["last_meaningful"].to_numpy()
    days = np.where(last > NEVER, day_number(today) - last, 0)
    well = np.nan_to_num(health(days, rhythms(people, stage, settings)), nan=0.5)
    trust = np.array(base_trust(settings))[stage] * (0.5 + 0.5 * well)
    able = (stage >= 1) & ~(people["closed"] | people["do_not_contact"]).to_numpy()
    able &= suggestible_mask(people, frames)
    return pd.Series(trust[able], index=people.index[able]).rename("trust")


def paths_to(
    frames: Frames,
    target: str,
    today: date,
    settings: Settings | None = None,
    *,
    also_through: Collection[str] = (),
    shown: int = 2,
) -> tuple[Path, ...]:
    """Return the best paths to a contact, with one through a single person among them if any.

    Args:
        frames: the book's frames.
        target: the contact's id.
        today: the user's current date.
        settings: the penalty and the days a bridge rests.
        also_through: ids of contacts the user would ask although trust is still growing.
        shown: the most paths to return.

    Returns:
        Paths whose first person has enough trust (by default S3 and more) and was not asked
        lately.
    """
    settings = settings or Settings()
    mine = my_trust(frames, today, settings)
    asked = contacts_asked_since(frames, today, settings.bridge_rest_days)
    least = least_trust(settings)
    able = ((mine >= least) | mine.index.isin(list(also_through))) & ~mine.index.isin(
        [*asked, target]
    )
    first = dict(zip(mine.index[able].tolist(), mine[able].tolist(), strict=True))
    trust = ties_of(frames, settings)
    ways = best_paths(
        {**trust, _MYSELF: first},
        _MYSELF,
        target,
        most_edges=settings.between_most + 1,
        penalty=settings.hop_penalty,
    )
    if not ways:
        return ()
    chosen = ways[:shown]
    shorter = next((way for way in ways if len(way[1]) == 1), None)
    if shorter and shorter not in chosen:
        chosen[-1] = shorter
    who = names_by_id(frames["contact"].loc[[target, *{id for _, way in chosen for id in way}]])
    found = (
        Path(
            through,
            reason_for(
                "path_direct" if len(through) == 1 else "path_two",
                name=who[target],
                bridge=who[through[0]],
                second=who[through[-1]],
            ),
            weight,
        )
        for weight, through in chosen
    )
    return tuple(path for path in found if settings.is_enabled(path.reason.rule))


def find_likely_contacts(
    frames: Frames, words: str, today: date, settings: Settings | None = None, shown: int = 2
) -> tuple[Path, ...]:
    """Return trusted contacts who match a description and so may know such a person (B69).

    A contact matches by topics, circles, organisation or title.

    Args:
        frames: the book's frames.
        words: the kind of person, in the user's own words.
        today: the user's current date.
        settings: the days a bridge rests and the disabled rules.
        shown: the most contacts to return.
    """
    settings = settings or Settings()
    if not settings.is_enabled("path_words"):
        return ()
    mine = my_trust(frames, today, settings)
    near = mine[mine >= least_trust(settings)].drop(
        list(contacts_asked_since(frames, today, settings.bridge_rest_days)), errors="ignore"
    )
    people = with_facts(frames, frames["contact"].loc[near.index])
    answers = read_answers(frames)
    found = []
    for key, row in iter_rows(people):
        said = [*row["topics"], *row["circles"], row["organisation"], row["title"]]
        if common := matching_pair(filter(None, said), [words], answers):
            reason = reason_for(
                "path_words", bridge=name_of(row), common=common[0], wanted=" ".join(words.split())
            )
            found.append(Path((key,), reason, float(near[key])))
    return tuple(sorted(found, key=lambda way: (-way.weight, way.through))[:shown])


def ties_of(frames: Frames, settings: Settings) -> dict[str, dict[str, float]]:
    """Return the symmetric ties between suggestible contacts, `{id: {id: weight}}`.

    Only pairs answered as `acquainted` or `close` are ties.
    """
    tie, here, known = frames["tie"], suggestible_contacts(frames).index, tie_weights(settings)
    rows = tie[tie["state"].isin(["acquainted", "close"])]
    rows = rows[rows["a_id"].isin(here) & rows["b_id"].isin(here) & (rows["a_id"] != rows["b_id"])]
    net: dict[str, dict[str, float]] = {}
    for a, b, state in zip(rows["a_id"], rows["b_id"], rows["state"], strict=True):
        net.setdefault(a, {})[b] = net.setdefault(b, {})[a] = known[state]
    return net


def contacts_asked_since(frames: Frames, today: date, days: int) -> set[str]:
    """Return the ids of the contacts asked for an introduction within the last `days` days."""
    rows = frames["introduction"]
    since = pd.Timestamp(today - timedelta(days=days))
    asked = rows[~rows["state"].isin(["planned", "let_go"]) & (rows["on"] > since)]
    return set(asked["bridge_id"])


def suggest_pairs(
    frames: Frames, today: date, settings: Settings | None = None, shown: int = 2
) -> tuple[Pair, ...]:
    """Return pairs of near contacts who do not know each other and share something.

    An introduction is a gift, no duty. Pairs that were already asked come first, then a need of
    one that matches a topic of the other, then a shared topic. Contacts at rest or with low comfort
    and pairs that answered `not_now` are left out. During a pause there are none.
    """
    settings = settings or Settings()
    if not settings.is_enabled("two_to_introduce") or pause_end(frames["setting"], today):
        return ()
    near = nearest_people(frames, today, settings)
    people = dict(iter_rows(with_facts(frames, frames["contact"].loc[near])))
    close = [key for key in near if not people[key]["comfort"] < settings.comfort_least]
    net = ties_of(frames, settings)
    no, begun = declined_pairs(frames), pairs_under_way(frames)
    answers = read_answers(frames)
    pairs: list[tuple[bool, bool, int, Pair]] = []
    for a, b in combinations(close, 2):
        if b in net.get(a, {}) or frozenset((a, b)) in no:
            continue
        for need, one, other in ((True, a, b), (True, b, a), (False, a, b)):
            wanted = people[one]["needs" if need else "topics"]
            if common := matching_pair(wanted, people[other]["topics"], answers):
                why = reason_for(
                    "two_to_introduce",
                    a=name_of(people[one]),
                    b=name_of(people[other]),
                    common=common[0],
                    theirs=common[1],
                )
                fresh, near_by = frozenset((a, b)) not in begun, close.index(a) + close.index(b)
                pairs.append((fresh, not need, near_by, Pair(one, other, why)))
                break
    pairs.sort(key=lambda entry: entry[:3])
    return tuple(pair for *_, pair in pairs[:shown])
