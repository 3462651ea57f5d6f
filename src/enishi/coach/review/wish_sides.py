"""The side of a wish for both work and private life of which nothing was noted lately (B1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from enishi.coach.goal.open_goals import open_goal
from enishi.coach.relations.history import Frames, active_contacts, isin
from enishi.coach.review.summary import SPAN_DAYS
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import contactable

_KNOWN_AS = {"work": ("colleague",), "private": ("friend", "family")}
"""How a contact is known who belongs to each side; whoever is known otherwise, to neither."""
_EVENTS = {"work": ("work",), "private": ("hobby",)}
"""The kinds of event of each side."""
_REASONS = {"work": reason_for("wish_work"), "private": reason_for("wish_private")}
"""Why the user is asked after each side."""


@dataclass(frozen=True)
class MissingSide:
    """The side of which nothing was noted.

    Attributes:
        reason: why the user is asked.
        people: the ids of contacts known to be of that side, those in focus first.
    """

    reason: Reason
    people: tuple[str, ...]


def find_missing_side(
    frames: Frames, today: date, settings: Settings | None = None
) -> MissingSide | None:
    """Return the side of the open goal of which four weeks of notes have nothing.

    Only what is written counts: how a contact is known, and the kind of an event. None where the
    goal is not for both, where no meeting can be told to be of a side, or where both sides are
    there.

    Args:
        frames: needs goal, contact, encounter, event and what `contactable` needs.
        today: the user's current date.
        settings: the number of people named and the disabled rules.
    """
    settings = settings or Settings()
    goal = open_goal(frames)
    if goal is None or goal["area"] != "both":
        return None
    encounter, people, event = frames["encounter"], active_contacts(frames), frames["event"]
    since = pd.Timestamp(today - timedelta(days=SPAN_DAYS["month"] - 1))
    lately = encounter[encounter["on"].between(since, pd.Timestamp(today)).to_numpy()]
    seen = dict.fromkeys(_REASONS, False)
    for side in seen:
        known = people.index[isin(people["known_as"], *_KNOWN_AS[side])]
        events = event.index[isin(event["kind"], *_EVENTS[side])]
        here = lately["contact_id"].isin(known) | lately["event_id"].isin(events)
        seen[side] = bool(here.any())
    missing = [side for side in seen if not seen[side]]
    if len(missing) != 1 or not settings.is_enabled(_REASONS[missing[0]].rule):
        return None
    (side,) = missing
    waiting = contactable(frames)
    waiting = waiting[isin(waiting["known_as"], *_KNOWN_AS[side])]
    waiting = waiting[~(waiting["quiet_until"] > pd.Timestamp(today)).to_numpy()]
    waiting = waiting.sort_values("focus", ascending=False, kind="stable")
    return MissingSide(_REASONS[side], tuple(waiting.index[: settings.next_shown]))
