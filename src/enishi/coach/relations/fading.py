"""Why a tie fades, as the user answered; it holds until they are in touch again (B12)."""

from __future__ import annotations

from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import NEVER, Frames, day_numbers, isin


def why_fading(frames: Frames, contact_id: str, last_meaningful: int) -> str:
    """Return `life`, `nothing`, `hurt` or `enough`; '' where the user said nothing since.

    Args:
        frames: needs answer.
        contact_id: the contact.
        last_meaningful: the day number of the last meaningful meeting with them, as in `history`.
    """
    answer = answers_to(frames, "fading")
    if answer.empty:
        return ""
    theirs = answer[isin(answer["contact_id"], contact_id)].tail(1)
    since = day_numbers(theirs["on"]) >= (last_meaningful if last_meaningful > NEVER else NEVER)
    return "".join(theirs["chosen"][since])
