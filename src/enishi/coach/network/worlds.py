"""The worlds of people near: the user picks one to look into, and somebody there leads (A50)."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.coach.language.text_words import fold_text
from enishi.coach.network.inner_circle import nearest_people
from enishi.coach.network.introductions import Path
from enishi.coach.relations.history import Frames, is_filled, iter_rows, names_by_id
from enishi.coach.rules.pause import pause_end
from enishi.coach.rules.reason import reason_for
from enishi.coach.rules.settings import Settings


def worlds_nearby(
    frames: Frames, today: date, settings: Settings | None = None
) -> dict[str, tuple[str, ...]]:
    """Return the circles that the nearest contacts belong to, each with the ids of those in it.

    One circle in different spellings of width or case is one; the first spelling names it.

    Args:
        frames: the book's frames.
        today: the user's current date.
        settings: how many contacts are the nearest.
    """
    near = frames["contact"].loc[nearest_people(frames, today, settings)]
    names: dict[str, str] = {}
    inside: dict[str, list[str]] = {}
    for id, row in iter_rows(near):
        for circle in filter(None, map(str.strip, row["circles"])):
            name = names.setdefault(fold_text(circle), circle)
            inside.setdefault(name, []).append(id)
    return {name: tuple(dict.fromkeys(ids)) for name, ids in inside.items()}


def chosen_world(frames: Frames) -> str:
    """Return the world that makes the user curious; '' where none is picked."""
    goal = frames["goal"]
    picked = goal[~goal["closed"].to_numpy() & is_filled(goal["curious"])]["curious"]
    return str(picked.iloc[-1]).strip() if len(picked) else ""


def ways_into_world(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[Path, ...]:
    """Return those near who move in the picked world and may be asked to take the user along.

    Left out are contacts at rest, not to be contacted, or left in peace for now. Nobody during a
    pause, or while no world is picked.
    """
    settings = settings or Settings()
    world = chosen_world(frames)
    if not world or not settings.is_enabled("path_world") or pause_end(frames["setting"], today):
        return ()
    inside = worlds_nearby(frames, today, settings)
    same = {fold_text(name): ids for name, ids in inside.items()}.get(fold_text(world), ())
    people = frames["contact"]  # the nearest neither rest nor show signs of solicitation
    quiet = people["quiet_until"] > pd.Timestamp(today)
    people = people[~(people["do_not_contact"] | quiet) & people.index.isin(same)]
    return tuple(
        Path((id,), reason_for("path_world", bridge=name, world=world), 1.0)
        for id, name in names_by_id(people).items()
    )
