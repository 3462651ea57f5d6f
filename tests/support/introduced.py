"""A book with somebody who can introduce."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from frames import Row, frames


def trusted(person: str) -> dict[str, list[Row]]:
    """Rows that earn the stage of trust, up to lately."""
    days = ("2026-09-01", "2026-09-20", "2026-10-10", "2026-11-10")
    return {
        "encounter": [
            {
                "contact_id": person,
                "on": on,
                "kind": "meal",
                "started_by": "them",
                "disclosed_out": True,
                "disclosed_in": True,
            }
            for on in days
        ],
        "give": [{"contact_id": person, "state": "done"}],
        "promise": [{"contact_id": person, "state": "kept"}],
    }


def book(
    bridges: Iterable[str] = ("bridge",),
    ties: Iterable[tuple[str, str, str]] = (),
    introduction: Iterable[Row] = (),
    **people: Row,
) -> dict[str, pd.DataFrame]:
    rows: dict[str, list[Row]] = {"encounter": [], "give": [], "promise": []}
    for bridge in bridges:
        for table, added in trusted(bridge).items():
            rows[table] += added
    contacts = [
        {"id": person, "name": f"見本 {person}", "comfort": 4, **people.get(person, {})}
        for person in ("bridge", "second", "goal", "other")
    ]
    tie = [{"a_id": a, "b_id": b, "state": state} for a, b, state in ties]
    return frames(contact=contacts, tie=tie, introduction=list(introduction), **rows)
