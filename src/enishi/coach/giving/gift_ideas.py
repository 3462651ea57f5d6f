"""Small gifts for one contact: the user's own idea first, then ideas matched by strengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from enishi.choices import SIZES
from enishi.coach.language.keyword_match import matching_words
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import FrameRow, Frames, iter_rows, name_of
from enishi.coach.relations.solicitation import is_soliciting
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.rules.stands import stand
from enishi.coach.strengths.strengths import strengths

MINUTES = {"small": 5, "medium": 30, "large": 120}
"""The most minutes for each size of gift."""
OPEN_DOOR = "open"
"""The stand by which nobody is left out for not being somebody to spend a free afternoon with."""


class Idea(NamedTuple):
    """One entry of the catalogue `data/words/gives.yaml`.

    Attributes:
        key: `<way>_<size>_<number>`, the key of its text; numbers start at 1.
        way: one of the ten ways to give.
        size: small, medium or large.
        minutes: the time it takes.
        anyone: whether it needs no particular strength.
        signs: keywords, in both languages, that make the idea fit when they occur in what pleases
            the contact, in their needs or in their topics.
    """

    key: str
    way: str
    size: str
    minutes: int
    anyone: bool
    signs: tuple[str, ...]


@dataclass(frozen=True)
class GiftSuggestion:
    """A small gift for one contact.

    Attributes:
        key: the key in the catalogue, or '' for the user's own text.
        what: the user's own text, or '' when the text is in the catalogue.
        way, size, minutes: as in `Idea`; way is '' where it is unknown.
        strength_id: the id of the strength it uses, or ''.
        reason: why this gift fits this contact and the user.
    """

    key: str
    what: str
    way: str
    size: str
    minutes: int
    strength_id: str
    reason: Reason


def read_ideas(catalogue: Mapping[str, Any]) -> tuple[Idea, ...]:
    """Return the ideas of the catalogue, which is the result of `read_texts("gives")`."""
    return tuple(
        Idea(
            f"{way}_{size}_{number}",
            way,
            size,
            idea["minutes"],
            idea["anyone"],
            tuple(idea.get("signs", ())),
        )
        for way, sizes in catalogue["ways"].items()
        for size, ideas in sizes["ideas"].items()
        for number, idea in enumerate(ideas, 1)
    )


def gift_exclusion(contact: FrameRow, settings: Settings | None = None, whom: str = "") -> str:
    """Return why no gift is suggested for a contact; '' where gifts may be suggested.

    Args:
        contact: the contact's row.
        settings: the least comfort.
        whom: the user's stand on whom to have to do with.

    Returns:
        `signs` (of solicitation), `held` (the user does not contact them, or would rather not
        spend time with them) or `distance` (low comfort).
    """
    settings = settings or Settings()
    if is_soliciting(contact):
        return "signs"
    if contact["do_not_contact"]:
        return "held"
    if contact["afternoon"] == "rather_not" and whom != OPEN_DOOR:
        return "held"
    return "distance" if contact["comfort"] < settings.comfort_least else ""


def suggest_gifts(
    contact_id: str,
    frames: Frames,
    ideas: tuple[Idea, ...] = (),
    *,
    minutes: int = 30,
    settings: Settings | None = None,
) -> tuple[GiftSuggestion, ...]:
    """Return small gifts for one contact, the user's own idea first.

    Args:
        contact_id: the contact.
        frames: needs contact, fact, strength, offer, evidence, voice and setting.
        ideas: the catalogue, from `read_ideas`.
        minutes: the time available, in minutes.
        settings: the number shown and the disabled rules.

    Returns:
        The own idea, then what meets a need with a strength, then what pleases them, then small
        things anyone can do. By the user's stand, the small ones or those that use a strength come
        first. Empty where there is a `gift_exclusion`.
    """
    settings = settings or Settings()
    ((_, contact),) = iter_rows(frames["contact"].loc[[contact_id]])
    if gift_exclusion(contact, settings, stand(frames["setting"], "whom")):
        return ()
    known = strengths(frames, settings)
    name = name_of(contact)
    pleases = facts_about(frames, contact_id)["words"].tolist()
    chosen: list[GiftSuggestion] = []
    own = contact["own_idea"].strip() if settings.is_enabled("gift_own") else ""
    if own:
        chosen.append(
            GiftSuggestion("", own, "", "small", 5, "", reason_for("gift_own", name=name))
        )
    weighed = [
        *from_offers(contact, pleases, frames["offer"], known, name),
        *from_ideas(contact, pleases, ideas, known, name),
    ]
    fitting = [
        (weight, gift)
        for weight, gift in weighed
        if gift.minutes <= minutes and settings.is_enabled(gift.reason.rule)
    ]
    first = stand(frames["setting"], "first")

    def order(pair: tuple[float, GiftSuggestion]) -> tuple[Any, ...]:
        weight, gift = pair
        ahead = {"small": SIZES.index(gift.size), "strength": not gift.strength_id}
        return (ahead.get(first, 0), -weight, gift.minutes, gift.key, gift.what)

    fitting.sort(key=order)
    ways: set[str] = set()
    for weight, gift in fitting:  # each way once, so that the gifts differ
        if len(chosen) - bool(own) >= settings.gifts_shown:
            break
        if weight > 0 and (gift.what or gift.way not in ways):
            ways.add(gift.way)
            chosen.append(gift)
    return tuple(chosen)


def need_weight(estimate: float, needs: int) -> float:
    """Return the weight of one need that a strength meets: w·L̂/4, with w = 1/number of needs."""
    return estimate / 4 / max(needs, 1)


def from_offers(
    contact: FrameRow,
    pleases: list[str],
    offers: pd.DataFrame,
    known: pd.DataFrame,
    name: str,
) -> list[tuple[float, GiftSuggestion]]:
    """Return the user's offers that fit this contact, with their weights."""
    weighed = []
    mine_by_id = dict(iter_rows(known))
    for _, row in iter_rows(offers[offers["what"].str.strip() != ""]):
        mine = mine_by_id.get(row["strength_id"])
        words = f"{row['what']} {mine['name']}" if mine else row["what"]
        reason, weight = match(contact, pleases, words, mine, name)
        if reason is None:
            continue
        size = row["size"] or "small"
        takes = MINUTES[size] if np.isnan(row["minutes"]) else int(row["minutes"])
        strength = row["strength_id"] if mine else ""
        gift = GiftSuggestion("", row["what"], row["give"], size, takes, strength, reason)
        weighed.append((weight + 0.2, gift))
    return weighed


def from_ideas(
    contact: FrameRow,
    pleases: list[str],
    ideas: tuple[Idea, ...],
    known: pd.DataFrame,
    name: str,
) -> list[tuple[float, GiftSuggestion]]:
    """Return the ideas of the catalogue that fit this contact, with their weights."""
    pleasing = [*pleases, *contact["needs"], *contact["topics"]]
    by_way = {
        way: dict(iter_rows(rows.sort_values("weight", ascending=False, kind="stable")))
        for way, rows in known[known["supported"] > 0].groupby("give")
        if way
    }
    weighed = []
    for idea in ideas:
        rows = by_way.get(idea.way, {})
        reason, weight, strength = None, 0.0, ""
        for key, mine in rows.items():
            reason, weight = match(contact, pleases, mine["name"], mine, name)
            if reason is not None:
                strength = key
                break
        if reason is None and (idea.anyone or rows):
            hit = next((text for text in pleasing if matching_words(text, idea.signs)), "")
            if hit:
                reason, weight = reason_for("gift_pleases", name=name, pleases=hit), 0.3
            elif idea.anyone and idea.size == "small":
                reason, weight = reason_for("gift_anyone", name=name, minutes=idea.minutes), 0.01
        if reason is not None:
            gift = GiftSuggestion(idea.key, "", idea.way, idea.size, idea.minutes, strength, reason)
            weighed.append((weight, gift))
    return weighed


def match(
    contact: FrameRow,
    pleases: list[str],
    words: str,
    strength: dict[str, Any] | None,
    name: str,
) -> tuple[Reason | None, float]:
    """Return why `words` (a gift or a strength) fits this contact, and its weight.

    Returns:
        `(reason, weight)`; `(None, 0.0)` where it does not fit.
    """
    mine = strength["name"] if strength else ""
    estimate = float(strength["weight"]) if strength else 1.0
    need = matching_words(words, contact["needs"])
    if need:
        weight = 0.4 + need_weight(estimate, len(contact["needs"]))
        return reason_for("gift_need", name=name, need=need, strength=mine or words), weight
    for pleasing in pleases:
        if matching_words(pleasing, [mine or words]):
            return reason_for("gift_pleases", name=name, pleases=pleasing), 0.35 + estimate / 20
    topic = matching_words(words, contact["topics"])
    if topic:
        return reason_for("gift_topic", name=name, topic=topic), 0.25 + estimate / 20
    return None, 0.0
