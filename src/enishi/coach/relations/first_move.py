"""Who makes the first move with somebody new: the user gives, the user asks, or they begin (A26).

The user decides; the decision is the answer to the question `first_move` about the contact.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import Frames, is_filled, isin
from enishi.coach.rules.settings import Settings


def decided(frames: Frames, chosen: str) -> pd.Series[Any]:
    """Return the day of the decision by contact id, of those for whom it is `chosen` now.

    Args:
        frames: needs answer.
        chosen: `give`, `ask` or `they`.
    """
    rows = answers_to(frames, "first_move").drop_duplicates("contact_id", keep="last")
    rows = rows[(rows["chosen"] == chosen).to_numpy()]
    return pd.Series(rows["on"].to_numpy(), index=pd.Index(rows["contact_id"]))


def they_begin_mask(
    people: pd.DataFrame, frames: Frames, today: date, settings: Settings
) -> NDArray[np.bool_]:
    """Return a mask of the contacts who are to begin and have not begun yet.

    Nobody is waited for longer than `first_move_days`.
    """
    since = decided(frames, "they")
    since = since[since > pd.Timestamp(today - timedelta(days=settings.first_move_days))]
    if since.empty:
        return np.zeros(len(people), dtype=bool)
    encounter = frames["encounter"]
    theirs = encounter[isin(encounter["started_by"], "them")]
    began = theirs[(theirs["on"] >= theirs["contact_id"].map(since)).to_numpy()]
    waits = since.index.difference(pd.Index(began["contact_id"]))
    found: NDArray[np.bool_] = people.index.isin(waits)
    return found


def asks_first(frames: Frames) -> set[str]:
    """Return the ids of those whom the user decided to ask first, and has planned no give for."""
    asked = decided(frames, "ask")
    if asked.empty:
        return set()
    give = frames["give"]
    mine = isin(give["direction"], "out") & isin(give["state"], "planned", "done")
    return set(asked.index) - set(give["contact_id"][mine & is_filled(give["what"])])


def asked_before_giving(frames: Frames, today: date, days: int) -> str:
    """Return whom the user decided to ask first, and asked, before giving anything; '' for nobody.

    Args:
        frames: needs answer, encounter and give.
        today: the user's current date.
        days: how far back the decision counts; of several, the latest is returned.
    """
    since = decided(frames, "ask")
    since = since[since > pd.Timestamp(today - timedelta(days=days))].sort_values(kind="stable")
    give, encounter = frames["give"], frames["encounter"]
    given = give[isin(give["direction"], "out") & isin(give["state"], "done")]
    for id, on in reversed(list(since.items())):
        theirs = isin(encounter["contact_id"], str(id)) & encounter["ask_size"].notna().to_numpy()
        asks = encounter["on"][theirs]
        asked = asks[asks >= on].min()
        before = given[isin(given["contact_id"], str(id))]["on"]
        if asked == asked and not (before <= asked).any():
            return str(id)
    return ""
