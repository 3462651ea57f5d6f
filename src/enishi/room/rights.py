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

RIGHTS: Mapping[str, Mapping[Actor, frozenset[str]]] = MappingProxyType(
    {
        "room_stage": {
            "host": frozenset(
                ("title", "language", "phase_id", "ends_at", "left_ms", "focus", "door", "state")
                + ("delete_on",)
            ),
        },
        "room_phase": {
            "host": frozenset(
                ("place", "kind", "title", "minutes", "grouping", "shows", "say", "skipped")
                + ("revealed", "began", "ended")
            ),
        },
        "room_seat": {
            "own": frozenset(
                (*CONSENTS, "called", "away", "ready_phase", "hand_at", "contact_means")
                + ("strengths", "needs")
            ),
            "host": frozenset(("leads", "let_in", "left", "away", "mark", "hand_at")),
        },
        "room_rule": {"host": frozenset(("a_id", "b_id", "kind"))},
        "room_round": {"host": frozenset(("phase_id", "number", "repeats"))},
        "room_party": {"host": frozenset(("round_id", "place", "members", "why", "first"))},
        "room_request": {
            "own": frozenset(("words", "why", "by", "small_step", "shown", "state")),
            "host": frozenset(("hidden", "pinned", "turn")),
        },
        "room_offer": {
            "own": frozenset(("request_id", "kind", "words")),
            "requester": frozenset(("first",)),
        },
        "room_promise": {"own": frozenset(("to_id", "request_id", "words", "due", "state"))},
        "room_note": {
            "own": frozenset(("phase_id", "words")),
            "host": frozenset(("hidden", "pinned")),
        },
        "room_poll": {"host": frozenset(("phase_id", "question", "options"))},
        "room_vote": {"own": frozenset(("poll_id", "option"))},
    }
)
"""The columns each actor may write, by table."""
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
