"""The user's strengths: claim and evidence, the view of others, what energises or tires."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, iter_rows
from enishi.coach.rules.settings import Settings


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
class VoiceSummary:
    """The user's own level combined with the levels given by others.

    Attributes:
        estimate: the combined level, 0 to 4; the user's own level counts as `own_voice` voices.
        unaware: how many levels the others' mean is above the user's own.
        flagged: whether `unaware` is at least 1, with at least two voices.
        disagree: whether the voices are two levels or more apart.
    """

    estimate: float
    unaware: float
    flagged: bool
    disagree: bool


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


def summarise_voices(
    own: float, others: Sequence[float], settings: Settings | None = None
) -> VoiceSummary:
    """Return the user's own level (0 to 4) combined with the levels given by others."""
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


def weight_by_energy(estimate: float, energy: float, settings: Settings | None = None) -> float:
    """Return an estimate weighted by energy, from tiring (-1) to energising (+1); for order only.

    >>> weight_by_energy(2.25, 1), weight_by_energy(3, -1)
    (2.8125, 2.25)
    """
    share = (settings or Settings()).energy_share
    return estimate * (1 + share * (0 if np.isnan(energy) else energy))


def strengths(frames: Frames, settings: Settings | None = None) -> pd.DataFrame:
    """Return every strength with its evidence and the voices about it.

    Args:
        frames: needs strength, evidence and voice.
        settings: the weight of each kind of evidence.

    Returns:
        One row per strength (index: id): `name, give`, `grade` (weight of the best evidence),
        `claimed` (level, 0-4), `backed` (whether a written moment or two voices speak for it),
        `supported` (level shown, 0-4), `estimate` (L̂ × evidence, for
        matching), `weight` (with energy, for order), `voices` (their number), `unaware` and
        `disagree` (bool), `quadrant`, `need` (kind of evidence still needed for the claimed level,
        or '').
    """
    rows = frames["strength"]
    evidence, voice = frames["evidence"], frames["voice"]
    evidence = evidence[is_filled(evidence["what"])]  # a moment that is not told shows nothing
    carries = grades(settings)
    carried = [carries.get(word, 0.0) for word in evidence["grade"]]
    best = pd.Series(carried, evidence.index, float).groupby(evidence["strength_id"]).max()
    rated = voice[voice["level"].notna()]
    ratings = rated.groupby("strength_id")["level"].agg(list).to_dict()
    table = []
    for key, row in iter_rows(rows):
        others = ratings.get(key, [])
        grade = max(best.get(key, 0.0), carries["feeling"])
        backed = key in best.index or len(others) >= 2
        if len(others) >= 2:
            grade = max(grade, carries["words"])
        claimed = 0 if np.isnan(row["level"]) else int(row["level"])
        supported = supported_level(claimed, grade, settings)
        heard = summarise_voices(supported, others, settings)
        aware = summarise_voices(claimed, others, settings)
        estimate = heard.estimate * grade
        need = "" if supported == claimed else "record" if claimed == 4 else "words"
        table.append(
            {
                "name": row["name"],
                "give": row["give"],
                "grade": grade,
                "claimed": claimed,
                "backed": backed,
                "supported": supported,
                "estimate": estimate,
                "weight": weight_by_energy(estimate, row["energy"], settings),
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
    "backed",
    "supported",
    "estimate",
    "weight",
    "voices",
    "unaware",
    "disagree",
    "quadrant",
    "need",
]
