"""What the user has not said yet about a contact and is asked, one question at a time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from enishi.coach.relations.admired import impressions_of_strangers
from enishi.coach.relations.history import Frames, isin
from enishi.coach.relations.solicitation import soliciting_mask


def contact_to_ask_about(frames: Frames, today: date) -> str:
    """Return the id of the contact, typed in last, of whom it is not said how they are known.

    Left out are contacts who rest, may not be contacted, are left in peace for some days or showed
    signs of solicitation, and those admired from afar. '' where there is none.
    """
    contact = frames["contact"]
    unsaid = isin(contact["known_as"], "") & isin(contact["source"], "typed")
    people = contact[unsaid & contact["trashed_on"].isna().to_numpy()]
    awake = ~(people["closed"] | people["do_not_contact"]).to_numpy()
    awake &= ~(people["quiet_until"] > pd.Timestamp(today)).to_numpy()
    awake &= ~soliciting_mask(people)
    if awake.any():
        awake &= ~people.index.isin(impressions_of_strangers(frames)["contact_id"])
    found = people.index[np.flatnonzero(awake)]
    return str(found[-1]) if len(found) else ""
