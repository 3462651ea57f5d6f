"""The act that is ready: small enough to do now, the user's own idea first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from enishi.coach.giving.gift_ideas import FOR_ANYONE, GLADDENED, Idea, suggest_gifts
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import Frames, isin
from enishi.coach.rules.reason import Reason, reason_for
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


WRITING = ("email", "line", "sns", "letter")
"""Values of `channel` of contacts to whom the user usually writes."""
KEEPING = ("catch_up", "reconnect", "talk")
"""The acts that keep up a tie; the answer why it fades says in which way."""
BY_CHANNEL: dict[str, dict[str, str]] = {
    "writing": {
        "second_touch": "second_in_writing",
        "call_again": "write_again",
        "go_there": "write_to_event",
    },
    "phone": {
        "second_touch": "second_by_phone",
        "send_news": "ring",
        "ask_news": "ring",
        "call_again": "ring_again",
    },
    "meet": {"send_news": "invite", "ask_news": "invite", "call_again": "meet_again"},
}
"""The act in place of another for contacts who are usually reached in one way (B51)."""
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
    fading: str = "",
) -> NextAction:
    """Return the act that is ready for one contact, in the way they are usually reached.

    Where the user said why the tie fades, the act answers that.

    Args:
        act: the kind of act, as in `RULE_OF`.
        person: the contact's row.
        facts: the facts of the reason.
        frames: the book's frames.
        ideas: the catalogue of gives.
        settings: the rules that are disabled.
        fading: why the tie fades, from `why_fading`.
    """
    settings = settings or Settings()
    rule = f"fading_{fading}"
    if act in KEEPING and fading in ("nothing", "hurt") and settings.is_enabled(rule):
        return _answer_fading(fading, str(person.name), facts["name"], frames)
    ready = _choose_act(act, person, facts, frames, ideas, settings)
    channel = str(person["channel"])
    way = "writing" if channel in WRITING else channel
    key = BY_CHANNEL.get(way, {}).get(ready.key, "")
    if not key or not settings.is_enabled("usual_channel"):
        return ready
    return NextAction(
        key, ready.facts, reason_for("usual_channel", name=facts["name"], channel=channel)
    )


def _answer_fading(fading: str, contact_id: str, name: str, frames: Frames) -> NextAction:
    """Return the act for a tie that fades: a line about what hurt, or a question about them."""
    if fading == "hurt":
        return NextAction("repair", {"name": name}, reason_for("fading_hurt", name=name))
    reason = reason_for("fading_nothing", name=name)
    fact = facts_about(frames, contact_id)
    sure = fact[isin(fact["source"], "said", "seen")]
    topics = sure[isin(sure["kind"], "looking_for", "trying", "loves")]["words"].tail(1)
    for topic in topics:
        return NextAction("ask_of_topic", {"name": name, "topic": topic.strip()}, reason)
    return NextAction("ask_of_them", {"name": name}, reason)


def _choose_act(
    act: str,
    person: pd.Series[Any],
    facts: dict[str, Any],
    frames: Frames,
    ideas: tuple[Idea, ...],
    settings: Settings,
) -> NextAction:
    """Return the act that is ready, whatever way the contact is reached."""
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
