"""A session's needs and offers on two sides, joined where their words fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from enishi.coach.language.words import is_sure_match
from enishi.pictures.picture import (
    EDGE,
    INK,
    SHEET,
    SOFT,
    THREAD,
    Destination,
    Mark,
    NextAct,
    Picture,
    Wording,
    as_text,
    shorten_to,
)
from enishi.pictures.traces import BARE, CLEAR, draw_lines, draw_marks, lay_out, place_text

_ROUNDS = Destination("11-host", "rounds")
_ROW_HEIGHT = 76
"""Height of a need or an offer in pixels: a name and two lines of words."""
_ROWS_MOST = 30
"""Most rows of a side in the picture, those that fit something first; the table has all."""
_WIDTH = 18
"""Width of a line of words in half-width characters: what two fifths of a phone have."""
_NEED_X, _OFFER_X = 0.44, 0.56
"""Where the marks of both sides stand; the picture is 1 wide."""
_TEXT_AT = {"need": (_NEED_X - 0.04, "right"), "offer": (_OFFER_X + 0.04, "left")}
"""Where the texts of each side stand, and on which side of that place they end."""
_SMALL = {"size": 12}
_SYMBOLS = {"need": "square", "offer": "circle"}


class ShownWords(NamedTuple):
    """A participant's need or strength, in the words shown to the group.

    Attributes:
        seat: the id of their seat.
        name: the name they are called by.
        words: their own words.
    """

    seat: str
    name: str
    words: str


def draw_exchange(
    needs: Sequence[ShownWords], offers: Sequence[ShownWords], wording: Wording
) -> Picture:
    """Draw what people look for on the left, and on the right what people are good at.

    Args:
        needs: what the group was shown, in its order.
        offers: likewise.
        wording: the picture's words.

    Returns:
        A line joins a need and an offer of somebody else whose words have something in common. A
        filled mark has such a line, a hollow one has none. Nobody is counted.
    """
    if not needs and not offers:
        return Picture(wording.say("empty"))
    fits = [
        (need, offer)
        for need in needs
        for offer in offers
        if need.seat != offer.seat and is_sure_match(need.words, offer.words)
    ]
    fitting = [*dict.fromkeys(offer for _, offer in fits)]
    asked = {need for need, _ in fits}
    left = sorted({*needs}, key=lambda each: (each not in asked, needs.index(each)))[:_ROWS_MOST]
    right = [*fitting, *(each for each in dict.fromkeys(offers) if each not in fitting)]
    right = right[:_ROWS_MOST]
    need_at = {each: (_NEED_X, -row) for row, each in enumerate(left)}
    offer_at = {each: (_OFFER_X, -row) for row, each in enumerate(right)}
    lines = [
        (*need_at[need], *offer_at[offer])
        for need, offer in fits
        if need in need_at and offer in offer_at
    ]
    deep = max(len(left), len(right))
    return Picture(
        sentence=wording.say("sentence"),
        data=(
            draw_lines("fits", lines, edge=THREAD, width=2),
            *_draw_side("need", need_at, asked),
            *_draw_side("offer", offer_at, {*fitting}),
        ),
        layout=lay_out(
            height=_ROW_HEIGHT * deep + 56,
            xaxis={**BARE, "range": [0, 1]},
            yaxis={**BARE, "range": [-deep + 0.4, 1]},
            annotations=[
                *_side_names(wording),
                *_texts("need", need_at, wording),
                *_texts("offer", offer_at, wording),
            ],
        ),
        marks=tuple(
            Mark(*place, _describe(side, said, fits, wording), _ROUNDS)
            for side, at in (("need", need_at), ("offer", offer_at))
            for said, place in at.items()
        ),
        head=tuple(wording.texts["head"]),
        rows=tuple(
            (wording.say(side), wording.name(said.name), said.words, _others(said, fits, wording))
            for side, all_said in (("need", needs), ("offer", offers))
            for said in all_said
        ),
        act=NextAct(wording.say("act"), _ROUNDS) if fits else None,
    )


def _draw_side(
    side: str, at: Mapping[ShownWords, tuple[float, int]], joined: set[ShownWords]
) -> Iterator[dict[str, Any]]:
    """Yield the marks of a side: filled ones with a line, hollow ones without."""
    symbol = _SYMBOLS[side]
    with_line = [place for said, place in at.items() if said in joined]
    without = [place for said, place in at.items() if said not in joined]
    yield draw_marks(f"{side} joined", with_line, symbol=symbol, fill=THREAD, edge=SHEET)
    yield draw_marks(f"{side} alone", without, symbol=symbol, fill=CLEAR, edge=EDGE)


def _side_names(wording: Wording) -> Iterator[dict[str, Any]]:
    for side, (x, anchor) in _TEXT_AT.items():
        yield place_text(x, 0.8, wording.label(wording.say(side), _WIDTH), SOFT, xanchor=anchor)


def _texts(
    side: str, at: Mapping[ShownWords, tuple[float, int]], wording: Wording
) -> Iterator[dict[str, Any]]:
    """Yield the name and the words beside each mark of a side."""
    x, anchor = _TEXT_AT[side]
    for said, (_, y) in at.items():
        name = wording.label(wording.name(said.name), _WIDTH)
        yield place_text(x, y + 0.3, name, SOFT, xanchor=anchor, font=_SMALL)
        for line, text in enumerate(_wrap(said.words)):
            yield place_text(x, y - 0.26 * line, as_text(text), INK, xanchor=anchor)


def _wrap(text: str) -> list[str]:
    """Return a text in at most two lines that fit beside a mark.

    >>> _wrap("somebody who reads my contract")
    ['somebody who', 'reads my contract']
    """
    whole = " ".join(text.split())
    if _width(whole) <= _WIDTH:
        return [whole]
    end = len(shorten_to(whole, _WIDTH)) - 1
    space = whole.rfind(" ", 0, end + 1)
    end = space if space > 0 else end
    return [whole[:end], shorten_to(whole[end:].strip(), _WIDTH)]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _others(said: ShownWords, fits: list[tuple[ShownWords, ShownWords]], wording: Wording) -> str:
    """Return the names of those on the other side whose words fit."""
    pairs = ((b if a == said else a) for a, b in fits if said in (a, b))
    return wording.join([*dict.fromkeys(wording.name(each.name) for each in pairs)])


def _describe(
    side: str, said: ShownWords, fits: list[tuple[ShownWords, ShownWords]], wording: Wording
) -> str:
    """Return what a screen reader says of a mark."""
    others = _others(said, fits, wording)
    key = f"{side}_fits" if others else f"{side}_alone"
    return wording.say(key, name=wording.address(said.name), words=said.words, others=others)
