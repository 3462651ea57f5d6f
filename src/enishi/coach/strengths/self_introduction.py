"""The structure of a short self-introduction, from the goal and the strengths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.growth import candidates

PACE = {"characters": 300, "words": 130}
"""Calm reading speed per minute: Japanese characters, English words."""

INTRODUCTION_PARTS = {
    "10": ("name", "strength", "question"),
    "30": ("name", "strength", "wish", "question"),
    "60": ("name", "strength", "episode", "wish", "role", "offer", "question"),
}
"""The parts by length in seconds, in order; the last is a question that involves the other."""

_SHORTEST = "10"
"""The length in seconds at which one strength is enough."""


class IntroductionPart(NamedTuple):
    """One sentence of the introduction.

    Attributes:
        key: name, strength, episode, wish, role, offer or question.
        facts: what fills the sentence, in the user's words; empty where that is not written yet.
    """

    key: str
    facts: tuple[str, ...]


def facts(frames: Frames) -> dict[str, tuple[str, ...]]:
    """Return what fills the sentences, by part; core strengths first, only proposed ones.

    Args:
        frames: needs goal, role, strength, evidence, voice and offer.
    """
    goal, strength, evidence = frames["goal"], frames["strength"], frames["evidence"]
    core = set(strength.index[strength["core"]])
    first = [candidate for candidate in candidates(frames) if candidate.proposed]
    first.sort(key=lambda candidate: candidate.id not in core)
    role = rows_of_open_goals(frames, "role")
    told = evidence[evidence["grade"] != "feeling"]
    return {
        "strength": tuple(candidate.name for candidate in first),
        "episode": _written(told["what"].tolist()),
        "wish": _written(goal.loc[~goal["closed"], "wish"].tolist()),
        "role": _written(role["does"].tolist() + role["name"].tolist()),
        "offer": _written(frames["offer"]["what"].tolist()),
    }


def outline(
    known: Mapping[str, tuple[str, ...]], seconds: str, settings: Settings | None = None
) -> tuple[IntroductionPart, ...]:
    """Return the sentences for an introduction of `seconds` ("10", "30" or "60").

    Args:
        known: from `facts`.
        seconds: its length in seconds, a key of `INTRODUCTION_PARTS`.
        settings: the number of strengths named.

    Raises:
        KeyError: there are no parts for this length.
    """
    said = (settings or Settings()).strengths_said
    most = {"strength": 1 if seconds == _SHORTEST else said}
    return tuple(
        IntroductionPart(key, known.get(key, ())[: most.get(key, 1)])
        for key in INTRODUCTION_PARTS[seconds]
    )


def _written(texts: list[str]) -> tuple[str, ...]:
    """Return the first of `texts` that is not blank, on one line; an empty tuple if all are."""
    return next((((" ".join(text.split())),) for text in texts if text.strip()), ())
