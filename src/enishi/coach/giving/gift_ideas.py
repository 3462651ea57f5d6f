"""Small gifts for one contact: the user's own idea first, then what gladdened, then the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from enishi.choices import SIZES
from enishi.coach.giving.effects import gifts_that_gladdened, smallest_first
from enishi.coach.giving.fact_gifts import quotable
from enishi.coach.language.text_words import find_sign
from enishi.coach.language.words import WordAnswers, matching_pair, read_answers
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.facts import facts_about, with_facts
from enishi.coach.relations.history import (
    FrameRow,
    Frames,
    is_filled,
    isin,
    iter_rows,
    name_of,
    names_by_id,
)
from enishi.coach.relations.solicitation import is_soliciting
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.rules.stands import stand
from enishi.coach.strengths.strengths import strengths
from enishi.coach.strengths.voices import people_naming

GLADDENED = ("gift_gladdened", "gift_gladdened_other", "gift_worth_twice")
"""The rules by which the effect of an earlier give, in the user's words, leads the suggestions."""
QUOTED = {"what": 60, "effect": 80}
"""The most characters quoted of a give's words and of its effect."""
FOR_ANYONE = frozenset({"gift_offer", "gift_anyone"})
"""The rules of gifts that rest on nothing written about the contact."""
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
        way, size, minutes: as in `Idea`; way and size are '' where they are unknown.
        strength_id: the id of the strength it uses, or ''.
        reason: why this gift fits this contact and the user.
        source_id: the id of the offer or the strength that was matched with the contact, or ''.
    """

    key: str
    what: str
    way: str
    size: str
    minutes: int
    strength_id: str
    reason: Reason
    source_id: str = ""


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
    minutes: int | None = None,
    settings: Settings | None = None,
) -> tuple[GiftSuggestion, ...]:
    """Return small gifts for one contact, the user's own idea first.

    Args:
        contact_id: the contact.
        frames: needs contact, fact, give, strength, offer, evidence, voice, answer and setting.
        ideas: the catalogue, from `read_ideas`.
        minutes: the time available, in minutes; None for what the week has.
        settings: the minutes of a week, the number shown and the disabled rules.

    Returns:
        The own idea; something like what gladdened this contact before; gifts of a sort that
        gladdened somebody else; then what meets a need with a strength, what pleases them, and
        small things anyone can do. By the user's stand, the small ones or those that use a strength
        come first. What gladdened is known only from the user's words about its effect, and no
        number of gives counts. An offer or a strength that the user refused for this contact is
        not matched again (B56). Empty where there is a `gift_exclusion`.
    """
    settings = settings or Settings()
    minutes = settings.minutes_per_week if minutes is None else minutes
    ((_, contact),) = iter_rows(with_facts(frames, frames["contact"].loc[[contact_id]]))
    if gift_exclusion(contact, settings, stand(frames["setting"], "whom")):
        return ()
    known = strengths(frames, settings)
    name = name_of(contact)
    pleases = facts_about(frames, contact_id)["words"].tolist()
    chosen: list[GiftSuggestion] = []
    own = own_idea(frames, contact_id) if settings.is_enabled("gift_own") else ""
    if own:
        chosen.append(
            GiftSuggestion("", own, "", "small", 5, "", reason_for("gift_own", name=name))
        )
    gladdened = smallest_first(gifts_that_gladdened(frames))
    again = _again(contact_id, gladdened, frames, name)
    if again and again.minutes <= minutes and settings.is_enabled(again.reason.rule):
        chosen.append(again)
    leading = len(chosen)
    refused = refused_matches(frames, contact_id)
    answers = read_answers(frames)
    weighed = [
        *from_offers(contact, pleases, frames["offer"], known, name, answers),
        *from_strengths(contact, pleases, frames, known, name, answers),
        *from_ideas(contact, pleases, ideas, frames["offer"], known, name, answers, refused),
    ]
    fitting = [
        (weight, gift)
        for weight, gift in weighed
        if gift.minutes <= minutes
        and settings.is_enabled(gift.reason.rule)
        and gift.source_id not in refused
    ]
    first = stand(frames["setting"], "first")

    def order(pair: tuple[float, GiftSuggestion]) -> tuple[Any, ...]:
        weight, gift = pair
        ahead = {"small": SIZES.index(gift.size), "strength": not gift.strength_id}
        return (ahead.get(first, 0), -weight, gift.minutes, gift.key, gift.what)

    fitting.sort(key=order)
    ways = {gift.way for gift in chosen if gift.way}
    if any(settings.is_enabled(rule) for rule in GLADDENED[1:]):
        fitting = _lead_by_effect(fitting, contact_id, gladdened, frames, settings)
    for weight, gift in fitting:  # each way once, so that the gifts differ
        if len(chosen) - leading >= settings.gifts_shown:
            break
        if weight > 0 and (gift.what or gift.way not in ways):
            ways.add(gift.way)
            chosen.append(gift)
    return tuple(chosen)


def refused_matches(frames: Frames, contact_id: str) -> set[str]:
    """Return the ids of the offers and strengths that the user would not match with a contact."""
    answer = answers_to(frames, "match")
    return set(answer.loc[isin(answer["contact_id"], contact_id), "about"])


def own_idea(frames: Frames, contact_id: str) -> str:
    """Return what the user plans to give a contact in their own words; '' for nothing.

    An example of the catalogue has a way, and what a fact opens has the fact.
    """
    give = frames["give"]
    mine = isin(give["contact_id"], contact_id) & isin(give["state"], "planned")
    mine &= isin(give["direction"], "out") & is_filled(give["what"])
    mine &= ~is_filled(give["way"]) & ~is_filled(give["fact_id"])
    return next((what.strip() for what in give["what"][mine]), "")


def _again(
    contact_id: str, gladdened: pd.DataFrame, frames: Frames, name: str
) -> GiftSuggestion | None:
    """Return something like the smallest give that gladdened a contact; None where none did.

    A give that is planned again already is left out.
    """
    give = frames["give"]
    planned = give[isin(give["contact_id"], contact_id) & isin(give["state"], "planned")]
    texts = planned["what"].tolist()
    for _, row in iter_rows(gladdened[isin(gladdened["contact_id"], contact_id)]):
        what, effect = _quoted(row)
        if any(what in text for text in texts):
            continue
        takes = MINUTES[row["size"] or "small"]
        reason = reason_for("gift_gladdened", name=name, what=what, effect=effect)
        return GiftSuggestion("", what, row["way"], row["size"], takes, "", reason)
    return None


def _lead_by_effect(
    fitting: list[tuple[float, GiftSuggestion]],
    contact_id: str,
    gladdened: pd.DataFrame,
    frames: Frames,
    settings: Settings,
) -> list[tuple[float, GiftSuggestion]]:
    """Return the fitting gifts, those first whose way to give gladdened another contact.

    Small ones lead, of these the ways of which an effect is written more than once (B72), and each
    quotes the effect.
    """
    others = gladdened[~isin(gladdened["contact_id"], contact_id) & is_filled(gladdened["way"])]
    by_way = {row["way"]: row for _, row in reversed(list(iter_rows(others)))}
    counts = Counter(gladdened["way"].tolist())
    worth = {way for way in by_way if counts[way] >= settings.worth_times}
    if not settings.is_enabled("gift_worth_twice"):
        worth = set()
    if not settings.is_enabled("gift_gladdened_other"):
        by_way = {way: row for way, row in by_way.items() if way in worth}
    people = frames["contact"]
    names = names_by_id(people[people.index.isin(others["contact_id"])])
    leading = []
    for weight, gift in fitting:
        if weight > 0 and gift.way in by_way:
            row = by_way[gift.way]
            other, (what, effect) = names[row["contact_id"]], _quoted(row)
            reason = reason_for("gift_gladdened_other", other=other, what=what, effect=effect)
            if gift.way in worth:
                count = counts[gift.way]
                reason = reason_for(
                    "gift_worth_twice", other=other, what=what, effect=effect, count=count
                )
            leading.append((weight, replace(gift, reason=reason)))
    leading.sort(key=lambda pair: (pair[1].minutes, pair[1].way not in worth))
    return [*leading, *(pair for pair in fitting if pair[1].way not in by_way)]


def _quoted(give: FrameRow) -> tuple[str, str]:
    """Return the user's words for a give and for its effect, ready to stand in quotation marks."""
    inner = str.maketrans("「」“”", "『』‘’")
    what, effect = (quotable(give[name], QUOTED[name]).translate(inner) for name in QUOTED)
    return what, effect


def need_weight(estimate: float, needs: int) -> float:
    """Return the weight of one need that a strength meets: w·L̂/4, with w = 1/number of needs."""
    return estimate / 4 / max(needs, 1)


def from_offers(
    contact: FrameRow,
    pleases: list[str],
    offers: pd.DataFrame,
    known: pd.DataFrame,
    name: str,
    answers: WordAnswers,
) -> list[tuple[float, GiftSuggestion]]:
    """Return the user's offers that fit this contact, and the small ones, with their weights.

    A small offer is for anybody (A27, A32), so that it comes before the small things of the
    catalogue.
    """
    weighed = []
    mine_by_id = dict(iter_rows(known))
    for id, row in iter_rows(offers[offers["what"].str.strip() != ""]):
        mine = mine_by_id.get(row["strength_id"])
        texts = [mine["name"], row["what"]] if mine else [row["what"]]
        size = row["size"] or "small"
        reason, weight = match(contact, pleases, texts, mine, name, answers)
        if reason is not None:
            weight += 0.2
        elif size == "small":
            reason, weight = reason_for("gift_offer", minutes=MINUTES[size]), 0.02
        else:
            continue
        strength = row["strength_id"] if mine else ""
        takes = MINUTES[size]
        gift = GiftSuggestion("", row["what"], row["give"], size, takes, strength, reason, id)
        weighed.append((weight, gift))
    return weighed


def from_strengths(
    contact: FrameRow,
    pleases: list[str],
    frames: Frames,
    known: pd.DataFrame,
    name: str,
    answers: WordAnswers,
) -> list[tuple[float, GiftSuggestion]]:
    """Return the strengths without an offer that fit this contact, and those only others named.

    A strength that rests on a feeling, or that one other person named, is a small try (B40). What
    the user would leave to others, or only likes doing, is no gift.
    """
    offered = set(frames["offer"]["strength_id"])
    hobbies = frames["strength"]["prompt"] == "like"
    weighed = []
    for id, mine in iter_rows(known):
        if not mine["name"].strip() or mine["quadrant"] == "leave":
            continue
        if id in offered or hobbies[id]:
            continue
        reason, weight = match(contact, pleases, [mine["name"]], mine, name, answers)
        if reason is not None:
            weighed.append((weight, _try_strength(mine["name"], id, mine["proven"], reason)))
    own = set(known["name"])
    wishes = [*contact["needs"], *pleases]
    for seen, people in people_naming(frames).items():
        pair = matching_pair([seen], wishes, answers)
        theirs = pair[1] if pair else ""
        named = [person for person in people if person and person != name]
        if seen in own or not theirs or not named:
            continue
        reason = reason_for("gift_seen", who=named[0], strength=seen, name=name, theirs=theirs)
        weighed.append((0.3, _try_strength(seen, "", len(named) >= 2, reason)))
    return weighed


def _try_strength(what: str, id: str, is_proven: bool, reason: Reason) -> GiftSuggestion:
    """Return a strength as a gift: small unless something shows it."""
    size = "medium" if is_proven else "small"
    return GiftSuggestion("", what, "", size, MINUTES[size], id, reason, id)


def from_ideas(
    contact: FrameRow,
    pleases: list[str],
    ideas: tuple[Idea, ...],
    offers: pd.DataFrame,
    known: pd.DataFrame,
    name: str,
    answers: WordAnswers,
    refused: Collection[str] = (),
) -> list[tuple[float, GiftSuggestion]]:
    """Return the ideas of the catalogue that fit this contact, with their weights.

    A strength is used for the ways of its offers, unless it is `refused` for this contact.
    """
    pleasing = [*pleases, *contact["needs"], *contact["topics"]]
    weighed = []
    by_way = strengths_by_way(offers, known)
    for idea in ideas:
        rows = by_way.get(idea.way, {})
        reason, weight, strength = None, 0.0, ""
        for key, mine in rows.items():
            if key in refused or (not mine["proven"] and idea.size != "small"):
                continue
            reason, weight = match(contact, pleases, [mine["name"]], mine, name, answers)
            if reason is not None:
                strength = key
                break
        if reason is None and (idea.anyone or rows):
            hit = next((text for text in pleasing if find_sign(text, idea.signs)), "")
            if hit:
                reason, weight = reason_for("gift_pleases", name=name, pleases=hit), 0.3
            elif idea.anyone and idea.size == "small":
                reason, weight = reason_for("gift_anyone", name=name, minutes=idea.minutes), 0.01
        if reason is not None:
            gift = GiftSuggestion(
                *(idea.key, "", idea.way, idea.size, idea.minutes, strength),
                reason=reason,
                source_id=strength,
            )
            weighed.append((weight, gift))
    return weighed


def strengths_by_way(
    offers: pd.DataFrame, known: pd.DataFrame
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the rows of `known` used for each way of giving, by id, those of most weight first."""
    used: dict[str, set[str]] = {}
    for way, id in zip(offers["give"], offers["strength_id"], strict=True):
        if way and id in known.index:
            used.setdefault(way, set()).add(id)
    rows = dict(iter_rows(known.sort_values("weight", ascending=False, kind="stable")))
    return {way: {id: rows[id] for id in rows if id in ids} for way, ids in used.items()}


def match(
    contact: FrameRow,
    pleases: list[str],
    texts: list[str],
    strength: dict[str, Any] | None,
    name: str,
    answers: WordAnswers,
) -> tuple[Reason | None, float]:
    """Return why a gift or a strength fits this contact, and its weight.

    Args:
        contact: the contact's row.
        pleases: what is written about them.
        texts: the user's words for the gift and for the strength; the reason quotes what fits.
        strength: the strength's row, if any.
        name: the contact's name.
        answers: what the user has said about words that belong together.

    Returns:
        `(reason, weight)`; `(None, 0.0)` where it does not fit.
    """
    estimate = float(strength["weight"]) if strength else 1.0
    if pair := matching_pair(texts, contact["needs"], answers):
        weight = 0.4 + need_weight(estimate, len(contact["needs"]))
        return reason_for("gift_need", name=name, need=pair[1], strength=pair[0]), weight
    if pair := matching_pair(texts, pleases, answers):
        reason = reason_for("gift_suits", name=name, pleases=pair[1], strength=pair[0])
        return reason, 0.35 + estimate / 20
    if pair := matching_pair(texts, contact["topics"], answers):
        reason = reason_for("gift_topic", name=name, topic=pair[1], strength=pair[0])
        return reason, 0.25 + estimate / 20
    return None, 0.0
