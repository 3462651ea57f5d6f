"""Lines beside a request that rest on what the user said of themselves, not on the contact."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.coach.relations.history import FrameRow, Frames, iter_rows
from enishi.coach.review.reminders import Reminder
from enishi.coach.review.wrong_ways import is_reminded_of
from enishi.coach.rules.stands import stand


def request_reminders(
    frames: Frames, message: FrameRow, size: int, name: str, today: date
) -> tuple[Reminder, ...]:
    """Return the lines beside a request.

    They are about one wrong way, the respect of both sides, and the stand on one's hope.

    Args:
        frames: needs contact, encounter and setting.
        message: the message's row, with `contact_id` and `text`.
        size: the size of its request, 0 (none) to 4 (work).
        name: what the user calls the contact.
        today: the user's current date.
    """
    if not size:
        return ()
    setting, encounter = frames["setting"], frames["encounter"]
    ((_, person),) = iter_rows(frames["contact"].loc[[message["contact_id"]]])
    found = []
    before = encounter[encounter["contact_id"] == message["contact_id"]]["ask_size"]
    if not before.notna().any():  # only the first request to a contact
        ways = ("early", "taking") if _is_work(size) else ("taking",)
        way = next((way for way in ways if is_reminded_of(setting, way)), "")
        found += [Reminder(way, {"name": name})] if way else []
    if _is_large(size) or (size > 1 and person["quiet_until"] <= pd.Timestamp(today)):
        found.append(_respect_reminder(person, name))
    if size > 1:
        key = _hope_reminder(stand(setting, "hope"), person, message["text"])
        found += [Reminder(key, {"name": name, "hope": person["hope"].strip()})] if key else []
    return tuple(found)


def _is_work(size: int) -> bool:
    """Return whether a request is about work, money or a reference, the largest size."""
    return size == 4


def _is_large(size: int) -> bool:
    """Return whether a request is for an introduction or work, the two largest sizes (A46)."""
    return size >= 3


def _respect_reminder(person: FrameRow, name: str) -> Reminder:
    """Return both lines of respect as the user wrote them; where one is empty, a question."""
    mine, theirs = person["respect_for"].strip(), person["they_respect"].strip()
    key = {
        (True, True): "respect_both",
        (True, False): "respect_mine",
        (False, True): "respect_theirs",
        (False, False): "respect_neither",
    }[bool(mine), bool(theirs)]
    return Reminder(key, {"name": name, "mine": mine, "theirs": theirs})


def _hope_reminder(taken: str, person: FrameRow, text: str) -> str:
    """Return the key of the line about the user's hope; '' where nothing is to be said."""
    hope = "".join(person["hope"].split()).casefold()
    if taken == "mine":
        return "hope_mine" if hope and hope in "".join(text.split()).casefold() else ""
    if taken == "after_trust":
        return "hope_after_trust"
    if taken == "openly":
        if not person["they_gain"].strip():
            return "hope_openly_gain"
        return "" if hope else "hope_openly_hope"
    return ""
