"""The letter that goes with a planned gift."""

from __future__ import annotations

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


def _has_to_thank(frames: Frames, contact_id: str) -> bool:
    """Return whether the contact gave something after the user's last give to them."""
    give = frames["give"]
    theirs = give[isin(give["contact_id"], contact_id) & is_filled(give["what"])]
    came = theirs[isin(theirs["direction"], "in") & ~isin(theirs["state"], "let_go")]["on"].max()
    went = theirs[isin(theirs["direction"], "out") & isin(theirs["state"], "done")]["on"].max()
    return bool(came == came and not went >= came)
