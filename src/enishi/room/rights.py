"""Who may write what in a room: the one table that every command goes through.

Each right names columns of a table for an actor. `own` is the person in whose seat the row is,
`requester` the person whose request an offer is for, `host` whoever leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from enishi.choices import CONSENTS

Actor = Literal["own", "requester", "host"]


def _columns(*names: str) -> frozenset[str]:
    return frozenset(names)


RIGHTS: Mapping[str, Mapping[Actor, frozenset[str]]] = MappingProxyType(
    {
        "room_stage": {
            "host": _columns(
                *("title", "language", "phase_id", "ends_at", "left_ms", "focus", "door", "state"),
                "delete_on",
            ),
        },
        "room_phase": {
            "host": _columns(
                *("place", "kind", "title", "minutes", "grouping", "shows", "say", "skipped"),
                *("revealed", "began", "ended"),
            ),
        },
        "room_seat": {
            "own": _columns(
                *(*CONSENTS, "called", "away", "ready_phase", "hand_at", "contact_means"),
                *("strengths", "needs"),
            ),
            "host": _columns("leads", "let_in", "left", "away", "mark", "hand_at"),
        },
        "room_decline": {"own": _columns("other_id")},
        "room_rule": {"host": _columns("a_id", "b_id", "kind")},
        "room_round": {"host": _columns("phase_id", "number", "repeats")},
        "room_party": {"host": _columns("round_id", "place", "members", "why", "first")},
        "room_request": {
            "own": _columns("words", "why", "by", "small_step", "shown", "state"),
            "host": _columns("hidden", "pinned", "turn"),
        },
        "room_offer": {
            "own": _columns("request_id", "kind", "words"),
            "requester": _columns("first"),
        },
        "room_promise": {"own": _columns("to_id", "request_id", "words", "due", "state")},
        "room_note": {
            "own": _columns("phase_id", "words"),
            "host": _columns("hidden", "pinned"),
        },
        "room_poll": {"host": _columns("phase_id", "question", "options")},
        "room_vote": {"own": _columns("poll_id", "option")},
    }
)
"""The columns each actor may write, by table."""
SETTLED: Mapping[str, str] = MappingProxyType(
    {"room_offer": "request_id", "room_note": "phase_id", "room_vote": "poll_id"}
)
"""The column that says what a row is for, by table: written when the row is made, never changed.

Otherwise an offer that one person began with could be moved to the request of another.
"""
ANNOUNCED: Mapping[str, frozenset[str]] = MappingProxyType({"room_stage": _columns("touched")})
"""What every command of somebody with a seat may raise, so that all pages look anew."""
CLEARED_BY_HOST = ("room_vote",)
"""The tables of a seat whose rows the host removes with what they are for: answers with a poll."""
WITH_A_SEAT = tuple(table for table, rights in RIGHTS.items() if "own" in rights)
"""The tables whose rows belong to a seat."""


def may_write(table: str, actors: frozenset[Actor], values: Mapping[str, Any]) -> bool:
    """Return whether `actors`, the roles of one person towards one row, may write `values`.

    >>> may_write("room_note", frozenset({"own"}), {"words": "x"})
    True
    >>> may_write("room_note", frozenset({"own"}), {"words": "x", "hidden": True})
    False
    >>> may_write("contact", frozenset({"own", "host"}), {"name": "x"})
    False
    """
    rights = RIGHTS.get(table, {})
    allowed = frozenset[str]().union(*(rights.get(actor, frozenset()) for actor in actors))
    return bool(actors & rights.keys()) and set(values) <= allowed
