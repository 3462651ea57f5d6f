"""The user's self-introduction: its structure, the shortest text, and where others can read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.language.text_words import fold_text
from enishi.coach.relations.history import Frames, names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
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

_DEED = re.compile(
    r"[いえきぎけげしじせぜちっでてにねびべみめりれん][ただ][。.]?$"
    r"|^(?:I|[a-z]+ed (?:an?|the|my|our|for|with)"
    r"|built|brought|found|gave|kept|led|made|ran|taught|took|won|wrote)\b",
    re.IGNORECASE,
)
"""A strength told as something done, such as `卵なしで焼いた`: one is not good at that."""


class IntroductionPart(NamedTuple):
    """One sentence of the introduction.

    Attributes:
        key: name, strength, deed, episode, wish, role, offer or question.
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

    Strengths told as something done have a sentence of their own, `deed`.

    Args:
        known: from `facts`.
        seconds: its length in seconds, a key of `INTRODUCTION_PARTS`.
        settings: the number of strengths named.

    Raises:
        KeyError: there are no parts for this length.
    """
    said = (settings or Settings()).strengths_said
    most = {"strength": 1 if seconds == _SHORTEST else said}
    parts = []
    for key in INTRODUCTION_PARTS[seconds]:
        found = known.get(key, ())[: most.get(key, 1)]
        deeds = tuple(filter(_DEED.search, found)) if key == "strength" else ()
        if deeds != found or not found:
            parts.append(IntroductionPart(key, tuple(one for one in found if one not in deeds)))
        if deeds:
            parts.append(IntroductionPart("deed", deeds))
    return tuple(parts)


class Spot(NamedTuple):
    """A place where others can read the user's line.

    Attributes:
        place: the place in the user's words.
        found: the names of contacts who were met there, in the order of the book.
    """

    place: str
    found: tuple[str, ...]


def shortest_line(frames: Frames) -> str:
    """Return the text of ten seconds, on one line; '' where none is written."""
    text = frames["introduction_text"]
    return "".join(_written(text.loc[text["seconds"] == _SHORTEST, "text"].tolist()))


def line_for_kind(frames: Frames, role_id: str) -> str:
    """Return what the user tells people of one kind, on one line; '' where nothing is (B41)."""
    text = frames["introduction_text"]
    if not role_id or text.empty:
        return ""
    return "".join(_written(text.loc[text["role_id"] == role_id, "text"].tolist()))


def list_spots(frames: Frames, since: date) -> tuple[Spot, ...]:
    """Return the places where the user's line can be seen, for the question of the month.

    A contact was met at one if it is named in how or where they met, and they were added to the
    book since then. Nothing is said of where nobody is noted: the user is asked.

    Args:
        frames: needs introduction_text, contact and what decides whom a suggestion may name.
        since: the first day that counts.
    """
    listed = frames["introduction_text"]["seen_at"].tolist()
    places = dict.fromkeys(place.strip() for some in listed for place in some if place.strip())
    if not places:
        return ()
    people = suggestible_contacts(frames)
    new = people[(people["acquired_on"] >= pd.Timestamp(since)).to_numpy()]
    names = names_by_id(new)
    met = {
        id: fold_text(f"{how} {where}")
        for id, how, where in zip(new.index, new["how_met"], new["where_met"], strict=True)
    }
    return tuple(
        Spot(place, tuple(names[id] for id, text in met.items() if fold_text(place) in text))
        for place in places
    )


def _written(texts: list[str]) -> tuple[str, ...]:
    """Return the first of `texts` that is not blank, on one line; an empty tuple if all are."""
    return next((((" ".join(text.split())),) for text in texts if text.strip()), ())
