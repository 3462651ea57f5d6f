"""The user's strengths: what is written for each, who named it, what energises or tires."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows, names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.voices import people_naming

_UNSAID_LEVEL = 2
"""The level, the middle one of five, by which strengths without one are ordered."""


def grades(settings: Settings | None = None) -> dict[str, float]:
    """Return the weight of each kind of evidence, 0 to 1, the least first."""
    settings = settings or Settings()
    return {
        "feeling": settings.evidence_feeling,
        "episode": settings.evidence_episode,
        "words": settings.evidence_words,
        "record": 1.0,
    }


@dataclass(frozen=True)
class Johari:
    """Strengths by who sees them.

    Attributes:
        open: picked by the user and named by at least two others.
        blind: named by at least two others, not picked by the user.
        once: named by exactly one other: not enough to count as seen, too much to count as unseen.
        hidden: picked by the user, named by no other.
        unknown: neither picked nor named.
    """

    open: frozenset[str]
    blind: frozenset[str]
    once: frozenset[str]
    hidden: frozenset[str]
    unknown: frozenset[str]


def supported_level(claimed: float, grade: float, settings: Settings | None = None) -> int:
    """Return the highest level (0-4) that the evidence supports: 3 needs words, 4 a record.

    >>> supported_level(3, 0.85), supported_level(4, 0.5), supported_level(4, 0.85)
    (3, 2, 3)
    """
    known = grades(settings)
    most = 2 if grade < known["words"] else 3 if grade < known["record"] else 4
    return min(int(claimed), most)


def johari(
    own: Collection[str], voices: Sequence[Collection[str]], every: Collection[str] = ()
) -> Johari:
    """Return strengths by who sees them; others see a strength when two of them name it.

    Args:
        own: the names the user picked.
        voices: the names each of the others picked.
        every: all possible names; those without a pick are `unknown`.
    """
    counts = Counter(name for picks in voices for name in set(picks))
    mine = frozenset(own)
    seen = frozenset(name for name, times in counts.items() if times >= 2)
    once = frozenset(counts) - seen
    named = frozenset(counts)
    return Johari(mine & seen, seen - mine, once, mine - named, frozenset(every) - mine - named)


def quadrant(good_at: float, like: float) -> str:
    """Return the quadrant of a strength by good-at × like (1 to 5 each; 3 and more counts as yes).

    `shine`: good and liked. `spare`: good but tiring, to be offered sparingly. `grow`: liked, not
    good yet. `leave`: to be left to others. '' while one of the two is NaN.

    >>> quadrant(5, 4), quadrant(4, 2), quadrant(2, 5), quadrant(1, 1), quadrant(3, float("nan"))
    ('shine', 'spare', 'grow', 'leave', '')
    """
    if np.isnan(good_at) or np.isnan(like):
        return ""
    if good_at >= 3:
        return "shine" if like >= 3 else "spare"
    return "grow" if like >= 3 else "leave"


def last_given_to(frames: Frames) -> dict[str, str]:
    """Return the name of the person a strength was last given to, by the strength's id.

    Args:
        frames: needs give and what decides whom a suggestion may name.
    """
    give = frames["give"]
    done = give[isin(give["direction"], "out") & isin(give["state"], "done")]
    done = done[is_filled(done["strength_id"])]
    names = names_by_id(suggestible_contacts(frames)) if len(done) else {}
    done = done[done["contact_id"].isin(names)].sort_values("on", kind="stable")
    return {row["strength_id"]: names[row["contact_id"]] for _, row in iter_rows(done)}


def weight_by_energy(estimate: float, energy: float, settings: Settings | None = None) -> float:
    """Return an estimate weighted by energy, from tiring (-1) to energising (+1); for order only.

    >>> weight_by_energy(2.25, 1), weight_by_energy(3, -1)
    (2.8125, 2.25)
    """
    share = (settings or Settings()).energy_share
    return estimate * (1 + share * (0 if np.isnan(energy) else energy))


def strengths(frames: Frames, settings: Settings | None = None) -> pd.DataFrame:
    """Return every strength with its evidence and the people who named it.

    Args:
        frames: needs strength, evidence, voice and contact.
        settings: the weight of each kind of evidence.

    Returns:
        One row per strength (index: id): `name`, `grade` (weight of the best evidence; two people
        who named it count as words), `claimed` (level, 0-4; 0 where none is said), `backed` (a
        moment is written), `proven` (there is more than a feeling), `supported` (level shown,
        0-4), `estimate` (level × evidence, for matching), `weight` (with energy, for order),
        `seen` (number of people who named it), `energy` (0 where it is not said), `quadrant`,
        `need` (kind of evidence still needed for the claimed level, or '').
    """
    rows = frames["strength"]
    evidence = frames["evidence"]
    evidence = evidence[is_filled(evidence["what"])]  # a moment that is not told shows nothing
    carries = grades(settings)
    carried = [carries.get(word, 0.0) for word in evidence["grade"]]
    best = pd.Series(carried, evidence.index, float).groupby(evidence["strength_id"]).max()
    named = people_naming(frames)
    table = []
    for key, row in iter_rows(rows):
        seen = len(named.get(row["name"], ()))
        grade = max(best.get(key, 0.0), carries["feeling"])
        if seen >= 2:
            grade = max(grade, carries["words"])
        is_said = not np.isnan(row["level"])
        claimed = int(row["level"]) if is_said else 0
        supported = supported_level(claimed, grade, settings)
        estimate = (supported if is_said else _UNSAID_LEVEL) * grade
        need = "" if supported == claimed else "record" if claimed == 4 else "words"
        table.append(
            {
                "name": row["name"],
                "grade": grade,
                "claimed": claimed,
                "backed": key in best.index,
                "proven": grade > carries["feeling"],
                "supported": supported,
                "estimate": estimate,
                "weight": weight_by_energy(estimate, row["energy"], settings),
                "seen": seen,
                "energy": 0 if np.isnan(row["energy"]) else int(row["energy"]),
                "quadrant": quadrant(row["good_at"], row["like"]),
                "need": need,
            }
        )
    return pd.DataFrame(table, index=rows.index, columns=_COLUMNS)


_COLUMNS = [
    "name",
    "grade",
    "claimed",
    "backed",
    "proven",
    "supported",
    "estimate",
    "weight",
    "seen",
    "energy",
    "quadrant",
    "need",
]
