"""The letter that goes with a planned gift."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows
from enishi.coach.relations.solicitation import is_soliciting

LETTER_FOR = {
    "book": "impression",
    "product": "impression",
    "event": "hand",
    "looking_for": "hand",
}
"""The kind of letter that goes with a gift, by the kind of fact it answers; else `news`."""


def gift_letter_kind(frames: Frames, give_id: str) -> str:
    """Return the kind of letter for a planned give.

    Returns:
        An impression of their book or product, a hand for their event or what they look for. A give
        that answers no fact goes with `grateful` if the contact gave something after the user's
        last give, and with `news` otherwise. '' for a contact with signs of solicitation, and for
        a give of the contact.

    Raises:
        KeyError: no give has this id, or its contact is not in the book.
    """
    ((_, give),) = iter_rows(frames["give"].loc[[give_id]])
    ((contact_id, contact),) = iter_rows(frames["contact"].loc[[give["contact_id"]]])
    if give["direction"] != "out" or is_soliciting(contact):
        return ""
    fact = frames["fact"]
    kinds = fact["kind"][fact.index == give["fact_id"]].tolist()
    if kinds:
        return LETTER_FOR.get(kinds[0], "news")
    return "grateful" if _has_to_thank(frames, contact_id) else "news"


WORKS = ("book", "product")
"""The kinds of fact whose gift is to read or to try something the contact made."""


def work_gift(frames: Frames, message: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the row of the gift behind an impression, with its `id`; None where there is none.

    It is the give the message is about, else the only planned one that answers a book or a product
    of the contact.

    Args:
        frames: needs give and fact.
        message: the message's row: `contact_id`, `kind` and `give_id`.
    """
    if message["kind"] != "impression":
        return None
    give, fact = frames["give"], frames["fact"]
    works = fact.index[isin(fact["kind"], *WORKS)]
    theirs = give[isin(give["contact_id"], message["contact_id"]) & give["fact_id"].isin(works)]
    linked = theirs[theirs.index == (message.get("give_id") or "")]
    found = linked if len(linked) else theirs[isin(theirs["state"], "planned")]
    rows = list(iter_rows(found))
    return rows[0][1] | {"id": rows[0][0]} if len(rows) == 1 else None


def is_unread(give: Mapping[str, Any], today: date) -> bool:
    """Return whether the day of a planned gift has not come, and no line of it is written (A28)."""
    waits = give["state"] == "planned" and not give["on"] <= pd.Timestamp(today)
    return waits and not give["moved"].strip()


def _has_to_thank(frames: Frames, contact_id: str) -> bool:
    """Return whether the contact gave something after the user's last give to them."""
    give = frames["give"]
    theirs = give[isin(give["contact_id"], contact_id) & is_filled(give["what"])]
    came = theirs[isin(theirs["direction"], "in") & ~isin(theirs["state"], "let_go")]["on"].max()
    went = theirs[isin(theirs["direction"], "out") & isin(theirs["state"], "done")]["on"].max()
    return bool(came == came and not went >= came)
