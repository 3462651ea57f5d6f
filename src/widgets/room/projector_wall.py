"""The wall: what everybody in the room may see at once, in large letters."""

from __future__ import annotations

from typing import Any

from enishi.book.room_tables import STAGE
from enishi.identity import PROJECTOR
from enishi.room.shown import (
    Shown,
    board_requests,
    shown_notes,
    shown_parties,
    shown_votes,
)
from widgets.room.host_join import join_card
from widgets.room.host_time import HOST_TIME
from widgets.room.room_sheet import RoomSheet


class Wall(RoomSheet):
    """Shows the phase, its clock, how to join, and what was revealed to all; nothing else.

    Example:
        >>> Wall(open_room_page("12-projector"))     # doctest: +SKIP
    """

    name = "wall"
    role = PROJECTOR
    parts = (HOST_TIME,)

    def refresh(self) -> None:
        """Show the wall in the room's own language; without a room, that there is none."""
        page = self.workbook
        if page.room is not None and not page.is_gone:
            page.language = str(page.read_room()["room_stage"].at[STAGE, "language"])
        super().refresh()
        if page.room is not None:
            self.words = self.words | {"bare": True}

    def build_state(self) -> dict[str, Any]:
        """Return the stage without what only whoever leads needs, and what all may see."""
        page, frames = self.workbook, self.workbook.read_room()
        now = page.stage()
        at = now["phase_id"]
        phase = next((each for each in page.phases() if each["id"] == at), None)
        polls = frames["room_poll"]
        polls = polls[polls["phase_id"] == at] if at else polls[:0]
        return {
            "stage": {
                key: now[key] for key in ("title", "state", "ends_at", "left_ms", "now", "door")
            },
            "phase": phase
            and {
                "id": at,
                "title": phase["title"],
                "is_revealed": phase["revealed"] == "all",
            },
            "ends": page.last_day() if now["state"] == "over" else "",
            "join": join_card(page),
            "cards": [
                *(_wall_card(each, each.id) for each in board_requests(frames, at, "projector")),
                *(_wall_card(each, each.mark) for each in shown_notes(frames, at, "projector")),
            ],
            "polls": [
                {
                    "id": str(id),
                    "question": row["question"],
                    "options": list(row["options"]),
                    "votes": list(shown_votes(frames, str(id), "projector")),
                }
                for id, row in polls.iterrows()
            ],
            "parties": [list(names) for names in shown_parties(frames, at)] if at else [],
        }


def _wall_card(shown: Shown, id: str) -> dict[str, Any]:
    """Return a card as plain JSON."""
    return {"id": id, "who": shown.who, "words": shown.words, "pinned": shown.pinned}
