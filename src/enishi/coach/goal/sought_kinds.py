"""The kinds of person to look for now: of one far ahead, whoever the user says is nearer."""

from __future__ import annotations

from dataclasses import dataclass

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.history import Frames, iter_rows

_REACHES = ("somebody", "either", "place")
"""How the user would like to meet somebody of a kind, those for an introduction first."""


@dataclass(frozen=True)
class SoughtKind:
    """A kind of person to look for.

    Attributes:
        role_id: the id of its row.
        words: what they do, in the user's words.
        towards: the kind far ahead that they are nearer to; '' if it is the kind itself.
        why: why the user turns directly to a kind far ahead; '' for others.
    """

    role_id: str
    words: str
    towards: str = ""
    why: str = ""


def sought_kinds(frames: Frames) -> tuple[SoughtKind, ...]:
    """Return the kinds of the open goals that can be looked for (B26, B29).

    A kind far ahead waits until the user says who is nearer, or why they turn to it directly. Kinds
    to be met through somebody come first, those to be met at a place last (A51, B71).
    """
    found = []
    rows = list(iter_rows(rows_of_open_goals(frames, "role")))
    rows.sort(key=lambda pair: _REACHES.index(pair[1]["reach"] or "either"))
    for id, role in rows:
        called = str(role["does"] or role["name"])
        if not called:
            continue
        if role["ahead"] != "far":
            found.append(SoughtKind(id, called))
        elif role["nearer"]:
            found.append(SoughtKind(id, role["nearer"], towards=called))
        elif role["directly"]:
            found.append(SoughtKind(id, called, why=role["directly"]))
    return tuple(found)
