"""Three dials: a track each, with earlier readings as ghosts and the number of the last one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enishi.coach.relations.history import Frames
from enishi.coach.review.self_ratings import DIALS, SelfRating, read_dials
from enishi.pictures.picture import (
    EDGE,
    INK,
    LINE,
    SHEET,
    SOFT,
    THREAD,
    Destination,
    Mark,
    NextAct,
    Picture,
    Wording,
)
from enishi.pictures.traces import BARE, CLEAR, draw_lines, draw_marks, lay_out, place_text

_TOP = 10
"""The end of a track; it begins at 0."""
_EARLIER_MOST = 12
"""Most earlier readings on a track."""


def draw_dials(frames: Frames, wording: Wording) -> Picture:
    """Draw where the person put the dials, at the last look back and before.

    Args:
        frames: needs review.
        wording: the picture's words; `dials` names them, `ends` both ends of each.

    Returns:
        The dials as they were set: one that was not set at a reading has no mark there.
    """
    readings = read_dials(frames["review"], wording.today).readings
    if not readings:
        return Picture(wording.say("empty"))
    track = {name: -line for line, name in enumerate(DIALS)}
    last, earlier = readings[-1], readings[-1 - _EARLIER_MOST : -1]
    now = [(value, track[name]) for name, value in last.values.items()]
    ghosts = [(value, track[name]) for each in earlier for name, value in each.values.items()]
    return Picture(
        sentence=wording.say("sentence", day=wording.day(last.on)),
        data=(
            draw_lines("tracks", [(0, y, _TOP, y) for y in track.values()], edge=LINE, width=6),
            draw_marks("earlier", ghosts, symbol="circle", fill=CLEAR, edge=EDGE, size=12),
            draw_marks("last", now, symbol="circle", fill=THREAD, edge=SHEET, size=20),
        ),
        layout=lay_out(
            height=330,
            xaxis={**BARE, "range": [-0.6, _TOP + 0.6]},
            yaxis={**BARE, "range": [-len(DIALS) + 0.3, 0.7]},
            annotations=[*_track_names(track, wording), *_numbers(now)],
        ),
        marks=tuple(_list_marks((*earlier, last), track, wording)),
        head=(wording.say("day_head"), *(wording.texts["dials"][name] for name in DIALS)),
        rows=tuple(
            (wording.day(each.on), *(str(each.values.get(name, "–")) for name in DIALS))
            for each in reversed(readings)
        ),
        act=NextAct(wording.say("act"), Destination("05-week", "review")),
    )


def _track_names(track: dict[str, int], wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield what each track asks, above it, and the words of its ends, below it."""
    for name, y in track.items():
        ends = wording.texts["ends"][name]
        texts = (
            (0, y + 0.3, "left", wording.texts["dials"][name], INK),
            (0, y - 0.26, "left", ends["from"], SOFT),
            (_TOP, y - 0.26, "right", ends["to"], SOFT),
        )
        for x, at, anchor, text, colour in texts:
            yield place_text(x, at, wording.label(text, 46), colour, xanchor=anchor)


def _numbers(now: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """Yield the last number of each track, inside its mark."""
    for x, y in now:
        yield place_text(x, y, str(x), SHEET, font={"size": 12}, name="inside")


def _list_marks(
    readings: tuple[SelfRating, ...], track: dict[str, int], wording: Wording
) -> Iterator[Mark]:
    """Yield a mark for each dial that was set, track by track."""
    for name, y in track.items():
        for reading in readings:
            if name in reading.values:
                value = reading.values[name]
                facts = {"dial": wording.texts["dials"][name], "day": wording.day(reading.on)}
                yield Mark(value, y, wording.say("mark", value=value, **facts))
