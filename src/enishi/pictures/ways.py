"""Introduction paths to a contact on the bullseye, from introductions and ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from enishi.coach.goal.sought_kinds import sought_kinds
from enishi.coach.network.introductions import Path, find_likely_contacts, paths_to
from enishi.coach.relations.history import Frames, iter_rows, names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.settings import Settings
from enishi.i18n import format_text
from enishi.pictures.bullseye import open_seats
from enishi.pictures.picture import Wording

_LINKS_MOST = 3
"""Most links of a chain of introductions."""


class DrawnWay(NamedTuple):
    """A way from the person in the middle.

    Attributes:
        kind: `introduced`, `acquainted` or `likely`; each is drawn in a way of its own.
        choices: the marks on it by their `choice`, the nearest first.
        says: what is written of its last link.
    """

    kind: str
    choices: tuple[str, ...]
    says: str


def find_ways(
    frames: Frames, choice: str, wording: Wording, settings: Settings
) -> tuple[DrawnWay, ...]:
    """Return the ways to a contact or to an empty seat, and those on from the contact.

    Args:
        frames: the book's frames.
        choice: the id of a contact or of a kind.
        wording: the words of the bullseye; `whys` has the sentence of each of the coach's rules.
        settings: the coach's settings; a rule that is off finds no way.

    Raises:
        KeyError: the bullseye has no such mark.
    """
    people = suggestible_contacts(frames)
    names = names_by_id(people[~people["closed"] & ~people["do_not_contact"]])
    seats = open_seats(frames, people)
    if choice not in names:
        return tuple(_likely_ways(frames, {choice: seats[choice]}, wording, settings))
    paths = paths_to(frames, choice, wording.today, settings, also_through=names)
    return (
        *_introductions(frames, choice, names, wording),
        *(
            DrawnWay("acquainted", (*path.through, choice), _why(path, wording))
            for path in paths
            if {*path.through} <= {*names}
        ),
        *(
            way
            for way in _likely_ways(frames, seats, wording, settings)
            if way.choices[0] == choice
        ),
    )


def _introductions(
    frames: Frames, id: str, names: Mapping[str, str], wording: Wording
) -> Iterator[DrawnWay]:
    """Yield how the contact was met, link by link, and whom they introduced the person to."""
    through = {
        each: row["through_id"]
        for each, row in iter_rows(frames["contact"].loc[[*names], ["through_id"]])
        if row["through_id"] in names and row["through_id"] != each
    }
    chain = [id]
    while through.get(chain[0], id) not in chain and len(chain) <= _LINKS_MOST:
        chain.insert(0, through[chain[0]])
    met = [tuple(chain[: end + 1]) for end in range(1, len(chain))]
    on = [(*chain, other) for other, by in through.items() if by == id and other not in chain]
    for way in (*met, *on):
        bridge, name = (wording.address(names[each]) for each in way[-2:])
        yield DrawnWay("introduced", way, wording.say("introduced", bridge=bridge, name=name))


def _likely_ways(
    frames: Frames, seats: Mapping[str, str], wording: Wording, settings: Settings
) -> Iterator[DrawnWay]:
    """Yield the contacts who may know a person of the kinds of these seats."""
    for kind in sought_kinds(frames):
        if kind.role_id not in seats:
            continue
        for path in find_likely_contacts(frames, kind.words, wording.today, settings):
            says = wording.say("towards", kind=seats[kind.role_id], why=_why(path, wording))
            yield DrawnWay("likely", (*path.through, kind.role_id), says)


def _why(path: Path, wording: Wording) -> str:
    return format_text(wording.texts["whys"][path.reason.rule]["why"], path.reason.facts)
