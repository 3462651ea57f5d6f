"""The pages of a room: who may open which, and on which a visit begins."""

from __future__ import annotations

from enishi.identity import PROJECTOR, may
from enishi.serve.auth.provider import SignedInUser

SEAT, LEAD = "seat", "lead"
"""For whom a page is meant: who has a seat in a room, and who leads one."""
ROOM_PAGES = {SEAT: "10-room.ipynb", LEAD: "11-host.ipynb", PROJECTOR: "12-projector.ipynb"}
"""The pages of a room, by those they are meant for."""


def may_open(user: SignedInUser, meant: str) -> bool:
    """Return whether a visitor may open a page that is meant for `meant`.

    | for | who may open it |
    |---|---|
    | seat | who has a seat in a room |
    | lead | who leads a room |
    | projector | who came by a projector's code, and who leads a room |

    Who came by a projector's code opens nothing else. For the roles see `enishi.identity.may`.
    """
    if user.role == PROJECTOR:
        return meant == PROJECTOR and bool(user.room)
    if meant in (LEAD, PROJECTOR):
        return user.leads
    if meant == SEAT:
        return bool(user.room)
    return may(user.role, meant)


def room_page_for(user: SignedInUser, is_begun: bool) -> str:
    """Return the page of their room on which a visit begins; '' for none.

    Once the session is over and something is in the person's own book, a visit begins there.
    """
    if user.role == PROJECTOR:
        return ROOM_PAGES[PROJECTOR]
    if not user.room or (user.is_over and is_begun):
        return ""
    return ROOM_PAGES[LEAD if user.leads else SEAT]
