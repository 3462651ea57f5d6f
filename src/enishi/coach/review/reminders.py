"""Lines beside a gathering that rest on what the user said of themselves."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pandas as pd

from enishi.coach.goal.open_goals import open_goal, rows_of_open_goals
from enishi.coach.goal.place_dates import with_next_dates
from enishi.coach.relations.history import FrameRow, Frames, is_filled
from enishi.coach.review.wrong_ways import is_reminded_of
from enishi.coach.rules.stands import read_stand, stand


class Reminder(NamedTuple):
    """A line that rests on the user's own answer.

    Attributes:
        key: a key of `reminders` in `data/words/stands.yaml`.
        facts: fill its sentence.
    """

    key: str
    facts: dict[str, str]


def is_declined(frames: Frames, event: FrameRow) -> bool:
    """Return whether the user said that gatherings of this kind are not for them."""
    return event["kind"] == "mixer" and stand(frames["setting"], "mixers") == "not_for_me"


def lacks_reason(frames: Frames, event: FrameRow) -> bool:
    """Return whether the user goes there only with a reason and has not written what they bring."""
    wants_one = event["kind"] == "mixer" and stand(frames["setting"], "mixers") == "reason"
    return wants_one and not str(event["bring"]).strip()


def event_reminders(frames: Frames, event: FrameRow, today: date) -> tuple[Reminder, ...]:
    """Return the lines beside an event that is not over.

    Args:
        frames: needs goal and setting.
        event: the event's row, with `kind`, `bring`, `on` and `done`.
        today: the user's current date.
    """
    if event["done"]:
        return ()
    setting, found = frames["setting"], []
    if is_declined(frames, event) or lacks_reason(frames, event):
        found.append(Reminder("not_for_me" if is_declined(frames, event) else "reason", {}))
        own = read_stand(setting, "mixers").words
        found += [Reminder("own", {"words": own})] if own else []
    if is_declined(frames, event):
        return tuple(found)
    if is_reminded_of(setting, "cards"):
        found.append(Reminder("cards", {}))
    purpose, goal = stand(setting, "purpose"), open_goal(frames)
    if purpose == "away" and str(event["on"])[:10] == today.isoformat():
        found.append(Reminder("away", {}))
    if purpose == "keep" and goal is not None and goal["wish"].strip():
        found.append(Reminder("keep", {"wish": goal["wish"].strip()}))
    return tuple(found)


def is_wish_away(frames: Frames, today: date) -> bool:
    """Return whether the user puts the wish away for a gathering of today."""
    if stand(frames["setting"], "purpose") != "away":
        return False
    event, now = frames["event"], pd.Timestamp(today)
    place = with_next_dates(rows_of_open_goals(frames, "place"), today)
    place = place[is_filled(place["name"]) & ~place.index.isin(event["place_id"])]
    return bool(((event["on"] == now) & ~event["done"]).any() or (place["next_on"] == now).any())
