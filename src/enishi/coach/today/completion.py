"""What to write into the book when the user has done a suggestion of today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from enishi.coach.giving.promises import open_promises
from enishi.coach.relations.history import Frames
from enishi.coach.relations.steps import steps_with
from enishi.coach.rules.settings import Settings
from enishi.coach.today.suggestions import Suggestion

KINDS = {"sns": "sns", "letter": "letter", "phone": "call"}
"""The likely kind of encounter by the contact's channel; `message` for any other channel."""
GIFTS = ("own_idea", "gift", "gift_idea")
"""Keys of `NextAction` that are a give."""


@dataclass(frozen=True)
class Completion:
    """The entries that result from a done suggestion.

    Attributes:
        kind: the kind of the encounter; a guess that the user can change.
        kept: ids of the promises it keeps.
        steps: ids of the steps it completes.
        gift: `way` and `size` of the give, or None where it is no give.
        given: ids of the planned gifts it completes.
    """

    kind: str
    kept: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    gift: dict[str, str] | None = field(default=None)
    given: tuple[str, ...] = ()


def completion_of(
    done: Suggestion, channel: str, frames: Frames, today: date, settings: Settings | None = None
) -> Completion:
    """Return the entries that result from doing a suggestion.

    Thanks count as a message, because a call on the day of the first meeting would count as part
    of that meeting.

    Args:
        done: the suggestion.
        channel: how the contact prefers to be reached, '' where unknown.
        frames: needs contact and promise.
        today: the user's current date.
        settings: the days until a promise without a date is due.
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
    steps = tuple(steps_with(frames, done.contact_id).index[:1]) if done.act == "step" else ()
    return Completion(kind, kept, steps, gift, given)


def promises_of(
    done: Suggestion, frames: Frames, today: date, settings: Settings | None = None
) -> tuple[str, ...]:
    """Return the id of the promise a suggestion is about, the user's soonest; else ()."""
    if done.act != "promise":
        return ()
    rows = open_promises(frames, today, settings)
    rows = rows[(rows["contact_id"] == done.contact_id) & (rows["by"] == "me")]
    return tuple(str(id) for id in rows.index[:1])
