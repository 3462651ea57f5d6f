"""What others said of the user's strengths: who named which, and whom to ask next."""

from __future__ import annotations

from enishi.coach.relations.history import Frames, is_filled, iter_rows, names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts


def people_naming(frames: Frames) -> dict[str, tuple[str, ...]]:
    """Return the names of the people who named each strength, by the strength's name.

    Somebody who answered twice is counted once. Contacts in the trash, and those with signs of
    solicitation, do not count.

    Args:
        frames: needs voice and what decides whom a suggestion may name.
    """
    voice = frames["voice"]
    linked = is_filled(voice["contact_id"])
    known = names_by_id(suggestible_contacts(frames)) if linked.any() else {}
    found: dict[str, dict[str, str]] = {}
    for id, row in iter_rows(voice):
        contact_id, who = row["contact_id"], row["who"].strip()
        if contact_id and contact_id not in known:
            continue
        for pick in row["picks"]:
            found.setdefault(pick, {})[contact_id or who or id] = known.get(contact_id, who)
    return {pick: tuple(people.values()) for pick, people in found.items()}


def people_to_ask(frames: Frames) -> dict[str, str]:
    """Return those who saw a moment and were not asked yet: names by id, the latest first.

    Args:
        frames: needs evidence, voice and what decides whom a suggestion may name.
    """
    evidence = frames["evidence"]
    saw = evidence[is_filled(evidence["from_id"]) & is_filled(evidence["what"])]
    if saw.empty:
        return {}
    asked = set(frames["voice"]["contact_id"])
    people = names_by_id(suggestible_contacts(frames))
    latest = dict.fromkeys(reversed(saw["from_id"].tolist()))
    return {id: people[id] for id in latest if id in people and id not in asked}
