"""A small gift before the first ask of somebody new, by the user's own decision (A26, B66)."""

from __future__ import annotations

from dataclasses import replace

from enishi.coach.giving.gift_ideas import MINUTES, GiftSuggestion, Idea, suggest_gifts
from enishi.coach.relations.first_move import asks_first
from enishi.coach.relations.history import Frames, names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.reason import reason_for
from enishi.coach.rules.settings import Settings


def gifts_before_asks(
    frames: Frames, ideas: tuple[Idea, ...], settings: Settings | None = None
) -> dict[str, GiftSuggestion]:
    """Return a small gift for each contact whom the user asks first and has given nothing yet.

    Args:
        frames: needs what `suggest_gifts` needs, and answer.
        ideas: the catalogue, from `read_ideas`.
        settings: the disabled rules.
    """
    settings = settings or Settings()
    asked = asks_first(frames)
    if not asked or not settings.is_enabled("gift_before_ask"):
        return {}
    people = suggestible_contacts(frames)
    found: dict[str, GiftSuggestion] = {}
    for id, name in names_by_id(people[people.index.isin(asked)]).items():
        gifts = suggest_gifts(id, frames, ideas, minutes=MINUTES["small"], settings=settings)
        reason = reason_for("gift_before_ask", name=name)
        if gifts:
            found[id] = replace(gifts[0], reason=reason)
    return found
