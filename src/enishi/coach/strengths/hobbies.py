"""Hobbies: what the user simply likes, and what a contact loves as well (B57, B58)."""

from __future__ import annotations

from typing import NamedTuple

from enishi.coach.language.keyword_match import is_same_topic
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows


class SharedHobby(NamedTuple):
    """A hobby of both, each in the words of its own row.

    Attributes:
        mine: the user's line.
        theirs: what the user wrote of the contact.
    """

    mine: str
    theirs: str


def shared_hobbies(frames: Frames, contact_id: str) -> tuple[SharedHobby, ...]:
    """Return the hobbies of the user that a contact shares, in the order of the user's list.

    What the user only guesses about a contact counts for nothing here.

    Args:
        frames: needs strength, fact and contact.
        contact_id: the contact.

    Raises:
        KeyError: no contact has this id.
    """
    strength = frames["strength"]
    liked = strength[isin(strength["prompt"], "like") & is_filled(strength["name"])]
    if liked.empty:
        return ()
    fact = facts_about(frames, contact_id)
    loved = fact.loc[isin(fact["kind"], "loves") & ~isin(fact["source"], "guess"), "words"]
    ((_, contact),) = iter_rows(frames["contact"].loc[[contact_id]])
    theirs = [*loved, *contact["topics"]]
    pairs = ((mine, _first_match(mine, theirs)) for mine in liked["name"])
    return tuple(SharedHobby(mine, text) for mine, text in pairs if text)


def _first_match(mine: str, theirs: list[str]) -> str:
    """Return the first of `theirs` that matches `mine`, on one line; '' where none does."""
    found = next((text for text in theirs if is_same_topic(text, mine)), "")
    return " ".join(found.split())
