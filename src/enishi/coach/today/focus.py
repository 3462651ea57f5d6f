"""The few contacts in focus, by default at most five, and further candidates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from enishi.coach.goal.goal_fit import goal_fit, goal_needs
from enishi.coach.language.words import read_answers
from enishi.coach.relations.history import Frames, active_contacts, name_of
from enishi.coach.relations.stage import stages
from enishi.coach.relations.suggestible import suggestible_mask
from enishi.coach.rules.pause import pause_end
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class FocusChoice:
    """The contacts in focus.

    Attributes:
        chosen: their ids, in the order of the book.
        room: the number of free places; 0 when full.
        full: why no more is better, or None while there is room.
        proposed: ids of candidates with the reason for each, while there is room; the user decides.
    """

    chosen: tuple[str, ...]
    room: int
    full: Reason | None
    proposed: tuple[tuple[str, Reason], ...]


def focus(frames: Frames, today: date, settings: Settings | None = None) -> FocusChoice:
    """Return the contacts in focus and, while there is room, candidates for it.

    A candidate is a contact the user has met, who does not rest and showed no signs of
    solicitation, and who either is gladly seen on a free afternoon or fits the goal with good
    comfort. During a pause there are none.
    """
    settings = settings or Settings()
    people = active_contacts(frames)
    chosen = tuple(people.index[people["focus"]])
    room = max(0, settings.focus_most - len(chosen))
    if not room:
        full = (
            reason_for("focus_full", count=len(chosen))
            if settings.is_enabled("focus_full")
            else None
        )
        return FocusChoice(chosen, 0, full, ())
    if pause_end(frames["setting"], today):
        return FocusChoice(chosen, room, None, ())
    stage = stages(frames, today, settings).to_numpy()
    needs = goal_needs(frames)
    fit = goal_fit(people, needs, read_answers(frames))
    gladly = (people["afternoon"] == "gladly").to_numpy()
    comfort = people["comfort"].to_numpy()
    able = (stage >= 1) & ~people["focus"].to_numpy() & ~people["closed"].to_numpy()
    able &= ~people["do_not_contact"].to_numpy() & ~(comfort < settings.ease_comfort)
    able &= suggestible_mask(people, frames)
    near = (fit > 0) & (comfort >= settings.ease_comfort)
    able &= gladly & settings.is_enabled("focus_fit") | near & settings.is_enabled("focus_goal")
    places = sorted(
        np.flatnonzero(able),
        key=lambda i: (-fit[i], not gladly[i], -stage[i], str(people.index[int(i)])),
    )
    proposed = []
    for place in map(int, places[:room]):
        person = people.iloc[place]
        key = "focus_goal" if fit[place] > 0 and settings.is_enabled("focus_goal") else "focus_fit"
        why = reason_for(key, name=name_of(person))
        proposed.append((str(people.index[place]), why))
    return FocusChoice(chosen, room, None, tuple(proposed))
