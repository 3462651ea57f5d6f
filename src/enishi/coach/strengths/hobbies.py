"""Hobbies: what the user simply likes, and what a contact loves as well (B57, B58)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from enishi.coach.language.words import WordAnswers, is_same_topic, read_answers
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows, name_of
from enishi.coach.relations.steps import steps_with
from enishi.coach.rules.pause import pause_end
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


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
    answers = read_answers(frames)
    pairs = ((mine, _first_match(mine, theirs, answers)) for mine in liked["name"])
    return tuple(SharedHobby(mine, text) for mine, text in pairs if text)


def days_together(
    frames: Frames, contact_id: str, today: date, settings: Settings | None = None
) -> tuple[Reason, ...]:
    """Return why a day together may be proposed (B58): a reason for each shared hobby.

    Left out is a hobby that a planned give or an open step with the contact names. During a pause
    there are none.

    Args:
        frames: needs what `shared_hobbies` needs, give, step and setting.
        contact_id: the contact.
        today: the user's current date.
        settings: the disabled rules.

    Raises:
        KeyError: no contact has this id.
    """
    if not (settings or Settings()).is_enabled("gift_hobby") or pause_end(frames["setting"], today):
        return ()
    shared = shared_hobbies(frames, contact_id)
    if not shared:
        return ()
    give = frames["give"]
    planned = give[isin(give["contact_id"], contact_id) & isin(give["state"], "planned")]["what"]
    texts = [*planned, *steps_with(frames, contact_id)["words"]]
    ((_, contact),) = iter_rows(frames["contact"].loc[[contact_id]])
    name = name_of(contact)
    return tuple(
        reason_for("gift_hobby", name=name, hobby=hobby.mine, theirs=hobby.theirs)
        for hobby in shared
        if not any(hobby.mine in text for text in texts)
    )


def _first_match(mine: str, theirs: list[str], answers: WordAnswers) -> str:
    """Return the first of `theirs` that matches `mine`, on one line; '' where none does."""
    found = next((text for text in theirs if is_same_topic(text, mine, answers)), "")
    return " ".join(found.split())
