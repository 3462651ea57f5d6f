"""Who near the user may know somebody of a kind they would like to meet (A51, B71)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from enishi.coach.goal.sought_kinds import sought_kinds
from enishi.coach.network.introductions import Path, find_likely_contacts
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings


def find_bridges(
    frames: Frames, role_ids: Collection[str], today: date, settings: Settings | None = None
) -> dict[str, Path]:
    """Return the first contact who may know somebody of each of some kinds, `{role id: path}`.

    A kind of which nobody may know one is left out, and so is one far ahead of which the user has
    not said who is nearer.

    Args:
        frames: the book's frames.
        role_ids: the kinds.
        today: the user's current date.
        settings: as for `find_likely_contacts`.
    """
    wanted = [kind for kind in sought_kinds(frames) if kind.role_id in role_ids]
    found = {
        kind.role_id: find_likely_contacts(frames, kind.words, today, settings, shown=1)
        for kind in wanted
    }
    return {role_id: paths[0] for role_id, paths in found.items() if paths}
