"""What was shared in a room, as a table that the facilitator takes away."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from enishi.exchange.own_tables import guarded
from enishi.room.shown import (
    RoomFrames,
    shown_notes,
    shown_requests,
    shown_votes,
)

SHARED_KINDS = ("request", "note", "poll")
"""What a line is."""
_FORMULA_INSIDE = re.compile(r"([;\t\r\n])(?=\s*[=+\-@＝＋－＠])")
"""Where a formula begins for a spreadsheet that parts cells at semicolons, as in much of Europe."""


def list_shared(frames: RoomFrames) -> Iterator[tuple[str, str, str, str]]:
    """Yield what all could see: what it is, its phase or day, who, and the words.

    What was hidden, not revealed to all, or withdrawn is not there, nor are offers, which only
    whoever asked reads.
    """
    for each in shown_requests(frames, "projector"):
        yield "request", str(each.row["by"])[:10].replace("NaT", ""), each.who, each.words
    phases = frames["room_phase"].sort_values("place", kind="stable")
    for id, phase in phases.iterrows():
        for each in shown_notes(frames, str(id), "projector"):
            yield "note", str(phase["title"]), each.who, each.words
    for id, poll in frames["room_poll"].iterrows():
        for option, count in zip(
            poll["options"], shown_votes(frames, str(id), "projector"), strict=False
        ):  # before a reveal there are none
            yield "poll", str(poll["question"]), str(count), str(option)


def write_shared(frames: RoomFrames, words: dict[str, Any]) -> str:
    """Return what was shared as CSV with lines ending in CRLF; no cell is taken for a formula.

    Args:
        frames: the room's.
        words: the `headings`, and what each of `SHARED_KINDS` is called, as `kinds`.
    """
    written = StringIO()
    out = csv.writer(written)
    out.writerow(words["headings"])
    for kind, *cells in list_shared(frames):
        out.writerow([words["kinds"][kind], *map(_guard, cells)])
    return written.getvalue()


def _guard(text: str) -> str:
    """Return a text of somebody else that no spreadsheet takes for a formula, wherever it parts it.

    >>> _guard("=1+1"), _guard("tea;=1+1"), _guard("a=b")
    ("'=1+1", "tea;'=1+1", 'a=b')
    """
    return guarded(_FORMULA_INSIDE.sub(r"\1'", text))
