"""The contacts that the coach may name in suggestions, counts, pictures and letters.

Left out are contacts who showed signs of solicitation, imported contacts about whom the user has
not said anything yet, and by the user's own rule those they would not gladly meet outside work. All
of them stay in the list of people, on their cards and in the user's own notes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.history import IMPORTED, Frames, active_contacts, isin
from enishi.coach.relations.solicitation import soliciting_mask
from enishi.coach.rules.stands import stand

FILLED_BY_HAND = (
    *("known_as", "known_since", "last_talk", "ahead", "closeness", "closeness_word"),
    *("through_id", "role_id", "where_met", "topics", "needs"),
    *(
        "comfort",
        "respect",
        "rung",
        "afternoon",
        "focus",
        "cheer",
        "companion",
        "closed",
        "do_not_contact",
    ),
    *("own_idea", "they_gain", "i_gain", "hope", "respect_for", "they_respect", "passes"),
    *("quiet_until", "signs", "cadence_days", "politeness", "channel", "called"),
)
"""The columns of a contact that no import fills; one of them filled means the user did it."""
ABOUT = {
    **dict.fromkeys(("encounter", "fact", "give", "message"), ("contact_id",)),
    **dict.fromkeys(("promise", "step", "voice"), ("contact_id",)),
    "evidence": ("from_id",),
    "introduction": ("bridge_id", "target_id"),
    "tie": ("a_id", "b_id"),
    "event": ("host_id",),
    "place": ("entrance_id",),
}
"""The columns that link other rows to a contact, by table."""


def suggestible_contacts(frames: Frames) -> pd.DataFrame:
    """Return the active contacts that a suggestion may name."""
    people = active_contacts(frames)
    return people[suggestible_mask(people, frames)]


def suggestible_mask(people: pd.DataFrame, frames: Frames) -> NDArray[np.bool_]:
    """Return a mask of the contacts that a suggestion may name."""
    return ~(
        soliciting_mask(people) | unreviewed_mask(people, frames) | held_back_mask(people, frames)
    )


def held_back_mask(people: pd.DataFrame, frames: Frames) -> NDArray[np.bool_]:
    """Return a mask of the contacts whom the user's narrow rule keeps out (A45).

    These are the ones they would rather not spend a free afternoon with; without that rule, none.
    """
    if stand(frames["setting"], "whom") != "narrow":
        return np.zeros(len(people), dtype=bool)
    return isin(people["afternoon"], "rather_not")


def unreviewed_contacts(frames: Frames) -> pd.DataFrame:
    """Return the active imported contacts about whom the user has not said anything.

    The order is by the day of the connection in the file, the newest first; contacts without one
    follow in the order of the book. Contacts who are flagged, resting or archived are not among
    them: the user said something about each.
    """
    people = active_contacts(frames)
    waiting = people[unreviewed_mask(people, frames)]
    return waiting.sort_values("met_on", ascending=False, kind="stable")


def unreviewed_mask(people: pd.DataFrame, frames: Frames) -> NDArray[np.bool_]:
    """Return a mask of the imported contacts about whom the user has not said anything."""
    unsaid = isin(people["source"], *IMPORTED)
    for column in FILLED_BY_HAND if unsaid.any() else ():
        unsaid &= blank_mask(people[column])
    if unsaid.any():
        ids = people.index[unsaid]
        named = np.zeros(len(ids), dtype=np.bool_)
        for table, columns in ABOUT.items():
            for column in columns if len(frames[table]) else ():
                named |= ids.isin(frames[table][column].array)
        unsaid[np.flatnonzero(unsaid)[named]] = False
    return unsaid


def blank_mask(cells: pd.Series[Any]) -> NDArray[np.bool_]:
    """Return a mask of the empty cells of a column: no text, an empty list, no number, "no"."""
    if cells.dtype in ("category", "str"):
        return isin(cells, "")
    if cells.dtype.kind == "O":
        return np.fromiter((not cell for cell in cells), np.bool_, len(cells))
    found: NDArray[np.bool_] = cells.isna().to_numpy() | ~cells.astype(bool).to_numpy()
    return found
