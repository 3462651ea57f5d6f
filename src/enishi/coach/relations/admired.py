"""Contacts the user admires from afar: written to about their work, and never met (A55, A56)."""

from __future__ import annotations

import pandas as pd

from enishi.coach.relations.history import Frames, isin
from enishi.coach.relations.talks import TOGETHER


def impressions_of_strangers(frames: Frames) -> pd.DataFrame:
    """Return the first message with an impression to each contact who was never met, begun or sent.

    Left out are contacts of whom it is said how they are known, or with whom a talk is noted.

    Args:
        frames: needs contact, encounter and message.
    """
    message = frames["message"]
    rows = message[isin(message["kind"], "impression")]
    if rows.empty:
        return rows
    contact, encounter = frames["contact"], frames["encounter"]
    met = encounter["contact_id"][isin(encounter["kind"], *TOGETHER)]
    unsaid = contact.index[isin(contact["known_as"], "")]
    rows = rows[rows["contact_id"].isin(unsaid) & ~rows["contact_id"].isin(met)]
    return rows.sort_values("on", kind="stable").drop_duplicates("contact_id")
