"""The act that is ready: small enough to be done now, the person's own idea first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from enishi.coach.giving.gift_ideas import Idea, gifts
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class NextAction:
    """An act that is ready.

    Attributes:
        key: in `acts` of `data/words/coach.yaml`.
        facts: fill its sentence; `idea` is a key of the catalogue of gives, `what` own words.
    """

    key: str
    facts: dict[str, Any] = field(default_factory=dict)


PLAIN = {
    "promise": "keep_promise",
    "thank": "say_thanks",
    "second": "second_touch",
    "news": "send_news",
    "step": "own_step",
    "gift": "own_gift",
    "occasion": "congratulate",
    "reconnect": "call_again",
}
"""Kinds of act that are an act already."""
KEPT_BY = ("meal", "introduce", "contact")
"""Kinds of promise that are kept in a way of their own; what is to be sent is just sent."""


def choose_action(
    act: str,
    person: pd.Series[Any],
    facts: dict[str, Any],
    frames: Frames,
    ideas: tuple[Idea, ...],
    settings: Settings | None = None,
    promised: str = "",
) -> NextAction:
    """Choose what is ready to do for one person.

    Args:
        act: the kind of act, as in `RULE_OF`.
        person: the contact's row.
        facts: of the reason.
        frames: the book's frames.
        ideas: the catalogue of gives.
        settings: which rules are silent.
        promised: the kind of promise it is, where it is one.
    """
    name = facts["name"]
    if promised in KEPT_BY:
        return NextAction(f"keep_{promised}", facts)
    if act == "occasion" and "event" in facts:
        return NextAction("go_there", facts)
    if act in PLAIN:
        return NextAction(PLAIN[act], facts)
    if person["own_idea"].strip():
        return NextAction("own_idea", {"name": name, "what": person["own_idea"].strip()})
    fitting = gifts(person, frames, ideas, minutes=5, settings=settings)
    gift = next((g for g in fitting if act == "give" or g.reason.rule != "gift_anyone"), None)
    if gift is None:
        return NextAction("thank_for" if act == "give" else "ask_news", {"name": name})
    if gift.what:
        return NextAction("gift", {"name": name, "what": gift.what})
    return NextAction("gift_idea", {"name": name, "idea": gift.key})
