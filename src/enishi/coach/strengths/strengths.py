"""What I am good at: claim and evidence, the eyes of others, what lifts me and what tires me."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from enishi.coach.relations.history import Frames, iter_rows
from enishi.coach.rules.settings import Settings


def grades(settings: Settings | None = None) -> dict[str, float]:
    """Return how far each kind of evidence carries, the least first."""
    rule = settings or Settings()
    return {
        "feeling": rule.evidence_feeling,
        "episode": rule.evidence_episode,
        "words": rule.evidence_words,
        "record": 1.0,
    }


@dataclass(frozen=True)
class VoiceSummary:
    """One's own estimate and others' put together.

    Attributes:
        estimate: 0 to 4, own estimate counted as one more voice.
        unaware: how much higher others see it than oneself.
        flagged: unaware by a whole level or more, with two voices at least.
        disagree: the voices lie two levels or more apart.
    """

    estimate: float
    unaware: float
    flagged: bool
    disagree: bool


@dataclass(frozen=True)
class Johari:
    """Strengths by who sees them.

    Attributes:
        open: picked by oneself, and named by two of the others.
        blind: named by two, not picked by oneself.
        once: named by one of the others: too few to decide, too much to say nobody sees it.
        hidden: picked by oneself, named by nobody.
        unknown: neither picked nor named.
    """

    open: frozenset[str]
    blind: frozenset[str]
    once: frozenset[str]
    hidden: frozenset[str]
    unknown: frozenset[str]


def supported_level(claimed: float, grade: float, settings: Settings | None = None) -> int:
    """Return the highest level (0-4) that the evidence carries: 3 needs words, 4 a record.

    >>> supported_level(3, 0.85), supported_level(4, 0.5), supported_level(4, 0.85)
    (3, 2, 3)
    """
    known = grades(settings)
    most = 2 if grade < known["words"] else 3 if grade < known["record"] else 4
    return min(int(claimed), most)


def effective_level(claimed: float, grade: float) -> float:
    """Return supported level × evidence (L*, 0 to 4).

    >>> round(effective_level(3, 0.85), 2), effective_level(4, 0.5)
    (2.55, 1.0)
    """
    return supported_level(claimed, grade) * grade


def hear(own: float, others: Sequence[float], settings: Settings | None = None) -> VoiceSummary:
    """Put one's own level and others' together."""
    if not others:
        return VoiceSummary(own, 0.0, False, False)
    mine = (settings or Settings()).own_voice
    mean = sum(others) / len(others)
    unaware = mean - own
    return VoiceSummary(
        estimate=(sum(others) + mine * own) / (len(others) + mine),
        unaware=unaware,
        flagged=unaware >= 1.0 and len(others) >= 2,
        disagree=max(others) - min(others) >= 2,
    )


def johari(
    own: Collection[str], voices: Sequence[Collection[str]], every: Collection[str] = ()
) -> Johari:
    """Sort strengths by who sees them; others see what two of them name.

    Args:
        own: names I picked for myself.
        voices: names each of the others picked.
        every: all names there are; those nobody picked are `unknown`.
    """
    counts = Counter(name for picks in voices for name in set(picks))
    mine = frozenset(own)
    seen = frozenset(name for name, times in counts.items() if times >= 2)
    once = frozenset(counts) - seen
    named = frozenset(counts)
    return Johari(mine & seen, seen - mine, once, mine - named, frozenset(every) - mine - named)


def quadrant(good_at: float, like: float) -> str:
    """Return where a strength lies by good-at × like (1 to 5 each, the middle counts as yes).

    `shine` good and liked · `spare` good but tiring, to be offered sparingly · `grow` liked, not
    there yet · `leave` to others · '' while one of the two is not said.

    >>> quadrant(5, 4), quadrant(4, 2), quadrant(2, 5), quadrant(1, 1), quadrant(3, float("nan"))
    ('shine', 'spare', 'grow', 'leave', '')
    """
    if np.isnan(good_at) or np.isnan(like):
        return ""
    if good_at >= 3:
        return "shine" if like >= 3 else "spare"
    return "grow" if like >= 3 else "leave"


def with_energy(estimate: float, energy: float, settings: Settings | None = None) -> float:
    """Weigh an estimate by whether it lifts (+1) or tires (-1); orders suggestions only.

    >>> with_energy(2.25, 1), with_energy(3, -1)
    (2.8125, 2.25)
    """
    share = (settings or Settings()).energy_share
    return estimate * (1 + share * (0 if np.isnan(energy) else energy))


def strengths(frames: Frames, settings: Settings | None = None) -> pd.DataFrame:
    """Read every strength with its evidence and the voices about it.

    Args:
        frames: needs strength, evidence and voice.
        settings: how far evidence carries.

    Returns:
        One row a strength (index: id): `name, give`, `grade` (the best evidence), `supported`
        (level shown, 0-4), `claimed`, `estimate` (L̂ × evidence, for matching), `weight` (with
        energy, for order), `voices` (how many), `unaware`, `disagree` (bool), `quadrant`, `need`
        (evidence kind still needed for the level claimed, or '').
    """
    rows = frames["strength"]
    evidence, voice = frames["evidence"], frames["voice"]
    carries = grades(settings)
    best = evidence["grade"].map(carries).fillna(0.0).groupby(evidence["strength_id"]).max()
    rated = voice[voice["level"].notna()]
    ratings = rated.groupby("strength_id")["level"].agg(list).to_dict()
    table = []
    for key, row in iter_rows(rows):
        others = ratings.get(key, [])
        grade = max(best.get(key, 0.0), carries["feeling"])
        if len(others) >= 2:
            grade = max(grade, carries["words"])
        claimed = 0 if np.isnan(row["level"]) else int(row["level"])
        supported = supported_level(claimed, grade, settings)
        heard = hear(supported, others, settings)
        aware = hear(claimed, others, settings)
        estimate = heard.estimate * grade
        need = "" if supported == claimed else "record" if claimed == 4 else "words"
        table.append(
            {
                "name": row["name"],
                "give": row["give"],
                "grade": grade,
                "claimed": claimed,
                "supported": supported,
                "estimate": estimate,
                "weight": with_energy(estimate, row["energy"], settings),
                "voices": len(others),
                "unaware": aware.flagged,
                "disagree": aware.disagree,
                "quadrant": quadrant(row["good_at"], row["like"]),
                "need": need,
            }
        )
    return pd.DataFrame(table, index=rows.index, columns=_COLUMNS)


_COLUMNS = [
    "name",
    "give",
    "grade",
    "claimed",
    "supported",
    "estimate",
    "weight",
    "voices",
    "unaware",
    "disagree",
    "quadrant",
    "need",
]
