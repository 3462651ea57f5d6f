"""Parts of the user's company: where they know somebody already (B43)."""

from __future__ import annotations

from collections.abc import Iterable

from enishi.coach.language.words import is_same_topic, read_answers
from enishi.coach.relations.history import Frames, is_filled
from enishi.coach.relations.suggestible import suggestible_contacts


def find_acquaintances(frames: Frames, departments: Iterable[str]) -> dict[str, str]:
    """Return a contact in each of the departments that have one, `{department: contact id}`.

    Only what is written on a card as the contact's department counts.

    Args:
        frames: needs contact and what decides whom a suggestion may name.
        departments: their names, in the user's words.
    """
    people = suggestible_contacts(frames)
    people = people[is_filled(people["department"])]
    cards = dict(zip(people.index.tolist(), people["department"].tolist(), strict=True))
    said = read_answers(frames)
    found = {
        name: next((id for id, theirs in cards.items() if is_same_topic(name, theirs, said)), "")
        for name in departments
    }
    return {name: id for name, id in found.items() if id}
