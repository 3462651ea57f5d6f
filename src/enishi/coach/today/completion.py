"""Deeds: what is to be written in the book when a suggestion of today was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from enishi.coach.giving.promises import open_promises
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings
from enishi.coach.today.suggestions import Suggestion

KINDS = {"sns": "sns", "letter": "letter", "phone": "call"}
"""How an act was most likely done, by the person's channel; otherwise by a message."""
GIFTS = ("own_idea", "gift", "gift_idea")
"""Ready acts that are a give."""


@dataclass(frozen=True)
class Completion:
    """What a done suggestion leaves behind.

    Attributes:
        kind: of the encounter; a guess that the person can change.
        kept: ids of the promises kept by it.
        step_done: the next step of one's own is done.
        gift: way and size of the give it was, or None.
        given: ids of the planned gifts given by it.
    """

    kind: str
    kept: tuple[str, ...] = ()
    step_done: bool = False
    gift: dict[str, str] | None = field(default=None)
    given: tuple[str, ...] = ()


def completion_of(
    done: Suggestion, channel: str, frames: Frames, today: date, settings: Settings | None = None
) -> Completion:
    """Return what doing a suggestion leaves behind.

    Thanks count as written: a call on the day of the first meeting would be part of it.

    Args:
        done: the suggestion.
        channel: how the person prefers to be reached, '' while not said.
        frames: needs contact and promise.
        today: the person's day.
        settings: days for promises without one.
    """
    kind = KINDS.get(channel, "message")
    if done.act == "thank" and kind == "call":
        kind = "message"
    gift = None
    if done.ready.key in GIFTS:
        way, size, *_ = [*str(done.ready.facts.get("idea", "")).split("_"), "", ""]
        gift = {"way": way, "size": size}
    kept = promises_of(done, frames, today, settings)
    given = (done.give_id,) if done.act == "gift" else ()
    return Completion(kind, kept, done.act == "step", gift, given)


def promises_of(
    done: Suggestion, frames: Frames, today: date, settings: Settings | None = None
) -> tuple[str, ...]:
    """Return the promise that a suggestion was about, if it was about one: my soonest."""
    if done.act != "promise":
        return ()
    rows = open_promises(frames, today, settings)
    rows = rows[(rows["contact_id"] == done.contact_id) & (rows["by"] == "me")]
    return tuple(str(id) for id in rows.index[:1])
