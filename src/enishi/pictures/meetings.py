"""Who talked with whom in a session: people in a circle, a line for each two who met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import cos, pi, sin

from enishi.pictures.picture import (
    EDGE,
    SHEET,
    THREAD,
    Destination,
    Mark,
    NextAct,
    Picture,
    Wording,
)
from enishi.pictures.traces import BARE, draw_lines, draw_marks, lay_out

_ROUNDS = Destination("11-host", "rounds")
_EDGE = 1.35
"""How far the picture reaches from the middle; people stand at 1."""
_LABELLED_MOST = 40
"""Up to how many people have their names beside them."""


def draw_meetings(
    names: Mapping[str, str], met: Mapping[frozenset[str], int], wording: Wording
) -> Picture:
    """Draw who was in one party with whom.

    Args:
        names: the names of the people by their seat, in the order in which they came.
        met: how often pairs of seats were in one party; who left is not drawn.
        wording: the picture's words.

    Returns:
        People in the order in which they came, so that nobody stands above anybody. A thin line is
        one talk, a thick one several; a hollow mark is somebody who has not talked with anybody.
    """
    pairs = {pair: count for pair, count in met.items() if count and pair <= names.keys()}
    if not pairs:
        return Picture(wording.say("empty"))
    turn = {seat: 2 * pi * place / len(names) for place, seat in enumerate(names)}
    at = {seat: (sin(angle), cos(angle)) for seat, angle in turn.items()}
    others = {seat: [*_others(seat, names, pairs)] for seat in names}
    once, often = (
        [
            (*at[one], *at[other])
            for one, other in map(sorted, pairs)
            if (pairs[frozenset((one, other))] > 1) is is_often
        ]
        for is_often in (False, True)
    )
    done = len(pairs) == sum(1 for _ in combinations(names, 2))
    return Picture(
        sentence=wording.say("sentence"),
        data=(
            draw_lines("once", once, edge=EDGE),
            draw_lines("often", often, edge=THREAD, width=4),
            draw_marks(
                "met",
                [at[seat] for seat in names if others[seat]],
                symbol="circle",
                fill=THREAD,
                edge=SHEET,
            ),
            draw_marks(
                "nobody yet",
                [at[seat] for seat in names if not others[seat]],
                symbol="circle",
                fill=SHEET,
                edge=EDGE,
            ),
        ),
        layout=lay_out(
            xaxis={**BARE, "range": [-_EDGE, _EDGE]},
            yaxis={**BARE, "range": [-_EDGE, _EDGE]},
            meta={"aspect": 1},
        ),
        marks=tuple(
            Mark(
                *at[seat],
                _describe(name, [names[other] for other in others[seat]], wording),
                _ROUNDS,
                wording.name(name) if len(names) <= _LABELLED_MOST else "",
            )
            for seat, name in names.items()
        ),
        head=tuple(wording.texts["head"]),
        rows=tuple(
            (
                wording.name(name),
                wording.join([wording.name(names[other]) for other in others[seat]])
                or wording.say("nobody"),
            )
            for seat, name in names.items()
        ),
        act=None if done else NextAct(wording.say("act"), _ROUNDS),
    )


def _others(
    seat: str, names: Mapping[str, str], pairs: Mapping[frozenset[str], int]
) -> Iterator[str]:
    """Yield the partners of a participant, in the order of arrival."""
    return (other for other in names if other != seat and frozenset((seat, other)) in pairs)


def _describe(name: str, others: list[str], wording: Wording) -> str:
    """Return what a screen reader says of a mark."""
    whom = wording.join([*map(wording.address, others)])
    return wording.say("met" if others else "alone", name=wording.address(name), others=whom)
