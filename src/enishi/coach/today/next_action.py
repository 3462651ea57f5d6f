"""The act that is ready: small enough to do now, the user's own idea first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from enishi.coach.giving.gift_ideas import FOR_ANYONE, GLADDENED, Idea, suggest_gifts
from enishi.coach.relations.history import Frames
from enishi.coach.rules.reason import Reason
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class NextAction:
    """An act that is ready.

    Attributes:
        key: a key of `acts` in `data/words/coach.yaml`.
        facts: fill its sentence; `idea` is a key of the catalogue of gives, `what` the user's own
            text.
        reason: why this gift, where an earlier one of its sort gladdened somebody; else None.
    """

    key: str
    facts: dict[str, Any] = field(default_factory=dict)
    reason: Reason | None = None


PLAIN = {
    "thank": "say_thanks",
    "second": "second_touch",
    "third": "second_touch",
    "news": "send_news",
    "occasion": "congratulate",
    "reconnect": "call_again",
}
"""The ready act of each kind of act that needs no further choice."""


def choose_action(
    act: str,
    person: pd.Series[Any],
    facts: dict[str, Any],
    frames: Frames,
    ideas: tuple[Idea, ...],
    settings: Settings | None = None,
) -> NextAction:
    """Return the act that is ready for one contact.

    Args:
        act: the kind of act, as in `RULE_OF`.
        person: the contact's row.
        facts: the facts of the reason.
        frames: the book's frames.
        ideas: the catalogue of gives.
        settings: the rules that are disabled.
    """
    name = facts["name"]
    if act == "occasion" and "event" in facts:
        return NextAction("go_there", facts)
    if act in PLAIN:
        return NextAction(PLAIN[act], facts)
    fitting = suggest_gifts(str(person.name), frames, ideas, minutes=5, settings=settings)
    gift = next((g for g in fitting if act == "give" or g.reason.rule not in FOR_ANYONE), None)
    if gift is None:
        return NextAction("thank_for" if act == "give" else "ask_news", {"name": name})
    why = gift.reason if gift.reason.rule in GLADDENED else None
    if gift.what:
        key = "gift_again" if gift.reason.rule == "gift_gladdened" else "gift"
        return NextAction(key, {"name": name, "what": gift.what}, why)
    return NextAction("gift_idea", {"name": name, "idea": gift.key}, why)
