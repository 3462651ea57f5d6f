"""The check-up of the whole network: each note leads to one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.network.inner_circle import circle
from enishi.coach.network.measures import evenness
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    active_contacts,
    day_number,
    history,
    isin,
    names_by_id,
)
from enishi.coach.relations.suggestible import suggestible_contacts, suggestible_mask
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class CheckupNote:
    """One note about the network.

    Attributes:
        reason: what it states, and the act it leads to.
        people: ids of the contacts it is about, in order.
    """

    reason: Reason
    people: tuple[str, ...] = ()


def check_up(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[CheckupNote, ...]:
    """Return the notes about the network.

    The checks are: who introduced people to the user (to thank them), which kinds of person the
    goal lacks, whether nearly all contacts belong to one circle, how many circles the nearest
    contacts form, and which dormant tie to renew.
    """
    settings = settings or Settings()
    notes = [
        *check_brokers(frames),
        *check_missing_roles(frames),
        *_check_alike(frames, settings),
        *check_shape(frames, today, settings),
        *check_dormant(frames, today, settings),
    ]
    return tuple(note for note in notes if settings.is_enabled(note.reason.rule))


def check_brokers(frames: Frames) -> Iterator[CheckupNote]:
    """Yield a note on each contact who introduced at least two others."""
    people = suggestible_contacts(frames)
    through = people["through_id"]
    counts = through[through.isin(people.index)].value_counts()
    who = names_by_id(people)
    for key, count in counts.items():
        if count >= 2:
            yield CheckupNote(
                reason_for("net_broker", name=who[str(key)], count=int(count)), (str(key),)
            )


def check_missing_roles(frames: Frames) -> Iterator[CheckupNote]:
    """Yield a note for each kind of person the goal needs that no contact is yet."""
    open_ = rows_of_open_goals(frames, "role")
    have = set(suggestible_contacts(frames)["role_id"])
    for row_id, does, name in zip(open_.index, open_["does"], open_["name"], strict=True):
        if row_id not in have and (does or name):
            yield CheckupNote(reason_for("net_role_missing", role=does or name))


def _check_alike(frames: Frames, settings: Settings) -> Iterator[CheckupNote]:
    """Yield a note when nearly all contacts belong to the same circle (Blau)."""
    people = suggestible_contacts(frames)
    first = pd.Series([cells[0] for cells in people["circles"] if cells], dtype="str")
    counts = first.value_counts()
    if len(first) >= 8 and evenness(list(counts), max(len(counts), 3)) < settings.alike_share:
        yield CheckupNote(reason_for("net_alike", circle=str(counts.index[0])))


def check_shape(frames: Frames, today: date, settings: Settings) -> Iterator[CheckupNote]:
    """Yield a note on how many circles the nearest contacts form, or ask about two of them.

    The note names one contact of each circle, the largest circle first; contacts with low comfort
    are left out.
    """
    found = circle(frames, today, settings)
    if found.reason:
        comfort = active_contacts(frames)["comfort"]
        easy = [
            next(
                (
                    person
                    for person in sorted(group)
                    if not comfort[person] < settings.comfort_least
                ),
                "",
            )
            for group in found.circles
        ]
        yield CheckupNote(found.reason, tuple(filter(None, easy)))
    elif found.asked and len(found.people) >= 5:
        who = names_by_id(active_contacts(frames).loc[list(found.asked)])
        a, b = (who[id] for id in found.asked)
        yield CheckupNote(reason_for("net_unknown", a=a, b=b), found.asked)


@dataclass(frozen=True)
class Dormant:
    """A dormant tie worth renewing, beside the one the user would choose first.

    Attributes:
        favourite: id of the contact that is easy to write to.
        pick: id of the contact, unseen for longest, whom the user wrote to respect for something.
        reason: what the user wrote about the pick, beside the favourite.
    """

    favourite: str
    pick: str
    reason: Reason


def suggest_dormant(
    frames: Frames, today: date, settings: Settings | None = None, favourite: str = ""
) -> Dormant | None:
    """Return the choice among the ties dormant for `dormant_days` (by default three years).

    Args:
        frames: the book's frames.
        today: the user's current date.
        settings: the number of days after which a tie is dormant, and the least comfort.
        favourite: the id the user chose; else the contact, unseen for longest, that the user would
            gladly spend an afternoon with or calls close.

    Returns:
        None where nothing written makes one of them the favourite, or another one respected.
    """
    settings = settings or Settings()
    people = active_contacts(frames)
    seen = history(frames, today, settings)
    last = seen["last_meaningful"].to_numpy()
    asleep = (last > NEVER) & (last <= day_number(today) - settings.dormant_days)
    asleep &= ~(people["closed"] | people["do_not_contact"]).to_numpy()
    asleep &= suggestible_mask(people, frames)
    comfort = people["comfort"].to_numpy()
    asleep &= ~(comfort < settings.comfort_least)
    places = sorted(np.flatnonzero(asleep).tolist(), key=lambda place: int(last[place]))
    ids = {str(people.index[place]): place for place in places}
    gladly = isin(people["afternoon"], "gladly") | isin(people["closeness"], "close", "companion")
    easy = [id for id, place in ids.items() if gladly[place]]
    first = favourite if favourite in ids else next(iter(easy), "")
    respected = [id for id, place in ids.items() if people["respect_for"].iloc[place].strip()]
    pick = next((id for id in respected if id != first), "")
    if not first or not pick:
        return None
    who = names_by_id(people)
    words = str(people["respect_for"][pick]).strip().splitlines()[0]
    why = reason_for("net_dormant", name=who[pick], favourite=who[first], words=words)
    return Dormant(first, pick, why)


def check_dormant(frames: Frames, today: date, settings: Settings) -> Iterator[CheckupNote]:
    """Yield a note on a dormant tie worth renewing."""
    found = suggest_dormant(frames, today, settings)
    if found:
        yield CheckupNote(found.reason, (found.pick, found.favourite))
