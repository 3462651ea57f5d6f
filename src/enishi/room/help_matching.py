"""Who could help whom: what people look for, each with somebody whose strength fits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enishi.book.tables import LINE
from enishi.coach.language.words import matching_words
from enishi.room.pairing import count_meetings, declines_of, rules_of, taking_part
from enishi.room.shown import RoomFrames, revealed_requests, shown_needs, shown_strengths

_NEEDS_MOST = 2
"""Most needs of one person that get a helper."""


@dataclass(frozen=True)
class Help:
    """Somebody who could help, and why: a strength and a need, each in the words of its person.

    Attributes:
        helper: the seat of who has the strength.
        strength: the strength.
        asker: the seat of who has the need.
        need: the need, or the request.
    """

    helper: str
    strength: str
    asker: str
    need: str


def assign_helpers(frames: RoomFrames) -> tuple[Help, ...]:
    """Return helpers for needs: nobody helps with two, and no need has two helpers.

    As many people as possible get help with what they ask for first, then with what they ask for
    next; among equals those who have not met yet. Only those who take part are in it, never two who
    are to be apart or of whom one declined the other.

    Returns:
        the assignments, in the order of who asks.
    """
    import networkx as nx  # a sixth of a second and 21 MB, for the one page that asks for this

    people = taking_part(frames, False)
    never, met = rules_of(frames).apart, count_meetings(frames)
    never = {*never, *declines_of(frames)}
    offers, needs = shown_strengths(frames), list_needs(frames)
    graph, fits = nx.Graph(), dict[tuple[str, str, int], Help]()
    for asker in people:
        for place, need in enumerate(needs.get(asker, ())[:_NEEDS_MOST]):
            for helper in people:
                pair = frozenset((helper, asker))
                strength = matching_words(need, offers.get(helper, ()))
                if helper == asker or pair in never or not strength:
                    continue
                fits[helper, asker, place] = Help(helper, strength, asker, need)
                weight = 2 ** (_NEEDS_MOST - place) + (not met[pair])
                graph.add_edge(helper, (asker, place), weight=weight)
    found = []
    for one, other in nx.max_weight_matching(graph):
        helper, need = (one, other) if isinstance(one, str) else (other, one)
        found.append(fits[helper, *need])
    order = {each: place for place, each in enumerate(people)}
    return tuple(sorted(found, key=lambda each: (order[each.asker], order[each.helper])))


def shown_helpers(frames: RoomFrames, helps: Iterable[Help]) -> tuple[Help, ...]:
    """Return those of `helps` whose strength and need are still shown by people who are here."""
    people, offers, needs = taking_part(frames, False), shown_strengths(frames), list_needs(frames)
    return tuple(
        each
        for each in helps
        if {each.helper, each.asker} <= {*people}
        and each.strength in offers.get(each.helper, ())
        and each.need in needs.get(each.asker, ())
    )


def list_needs(frames: RoomFrames) -> dict[str, list[str]]:
    """Return what people show that they look for, by seat: open requests, then needs."""
    found: dict[str, list[str]] = {}
    for each in revealed_requests(frames, "projector"):
        if each.row["state"] == "open":
            found.setdefault(each.row["seat_id"], []).append(each.words[:LINE])
    for seat, needs in shown_needs(frames).items():
        found.setdefault(seat, []).extend(needs)
    return found
