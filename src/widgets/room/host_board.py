"""The board: what people write in a phase; counted first, then revealed, then cared for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from enishi.room import stage
from enishi.room.errors import NotPermittedError
from enishi.room.shown import (
    REQUEST_PHASES,
    Shown,
    board_requests,
    count_notes,
    count_offers,
    count_requests,
    count_votes,
    shown_notes,
    shown_votes,
)
from widgets.base.sheet import Answer, Identifier, ShortText, command, query
from widgets.room.host import HostSheet
from widgets.room.room_page import RoomPage

Card = Literal["room_request", "room_note"]
Options = Annotated[list[ShortText], msgspec.Meta(min_length=2, max_length=8)]


class Board(HostSheet):
    """Shows the requests, notes and polls of a phase; before a reveal only how many there are.

    Example:
        >>> Board(open_room_page("11-host"))     # doctest: +SKIP
    """

    name = "board"

    def __init__(self, workbook: RoomPage) -> None:
        self._chosen = ""
        super().__init__(workbook)

    def build_state(self) -> dict[str, Any]:
        """Return the counts, and what has been revealed to whoever leads."""
        frames, at = self.frames, self._phase()
        phases = {each["id"]: each for each in self.workbook.phases()}
        phase = phases.get(at)
        has_requests = phase is not None and phase["kind"] in REQUEST_PHASES
        requests = board_requests(frames, at, "host")
        notes = shown_notes(frames, at, "host")
        polls = frames["room_poll"]
        return {
            "stage": self.workbook.stage(),
            "choices": self.phase_titles(),
            "phase": phase and {key: phase[key] for key in ("id", "title", "shows", "revealed")},
            "requests": count_requests(frames) if has_requests else None,
            "notes": count_notes(frames, at),
            "cards": [
                *(
                    self._card("room_request", each, count_offers(frames, each.id))
                    for each in requests
                ),
                *(self._card("room_note", each, 0) for each in notes),
            ],
            "polls": [
                {
                    "id": str(id),
                    "question": row["question"],
                    "options": list(row["options"]),
                    "answered": count_votes(frames, str(id)),
                    "votes": list(shown_votes(frames, str(id), "host")),
                }
                for id, row in polls[polls["phase_id"] == at].iterrows()
            ],
        }

    @query
    def look_at(self, phase: Identifier) -> None:
        """Look at another phase."""
        self._chosen = phase
        self.workbook.show(self)

    @command
    def reveal(self, seen: int, phase: Identifier, to: Literal["no", "host", "all"]) -> Answer:
        """Show what was written in a phase to nobody, to whoever leads, or to all."""
        with self.leading() as hand:
            stage.reveal_phase(hand, seen, phase, to)
        return {"text": self.say(f"revealed_{to}"), "focus": "cards"}

    @command
    def hide(self, table: Card, id: Identifier, on: bool) -> None:
        """Hide a card from everybody but whoever leads, or show it again."""
        self._write_card(table, id, hidden=on)

    @command
    def pin(self, table: Card, id: Identifier, on: bool) -> None:
        """Pin a card to the top, or let it go."""
        self._write_card(table, id, pinned=on)

    @command
    def sort_request(self, id: Identifier, by: Literal[-1, 1]) -> Answer:
        """Move a request one place up or down in the order of turns."""
        order = [each.id for each in board_requests(self.frames, self._phase(), "host")]
        if id not in order:
            raise NotPermittedError()
        at = order.index(id)
        order.insert(min(max(0, at + by), len(order) - 1), order.pop(at))
        with self.leading() as hand:
            for turn, each in enumerate(order):
                hand.update("room_request", each, turn=turn)
            hand.touch()
        return {"focus": id}

    @command
    def make_poll(self, phase: Identifier, question: ShortText, options: Options) -> Answer:
        """Ask everybody a question with options; answers stay hidden until a reveal."""
        said = [text for each in options if (text := " ".join(each.split()))]
        if len({*said}) < 2 or not question.strip():
            raise NotPermittedError()
        with self.leading() as hand:
            hand.batch.row("room_phase", phase)
            made = hand.add("room_poll", phase_id=phase, question=question.strip(), options=said)
            hand.touch()
        return {"text": self.say("poll_made"), "focus": made}

    @command
    def drop_poll(self, id: Identifier) -> Answer:
        """Remove a poll with its answers."""
        with self.leading() as hand:
            for vote, row in hand.rows("room_vote").items():
                if row["poll_id"] == id:
                    hand.batch.delete("room_vote", vote)
            hand.delete("room_poll", id)
            hand.touch()
        return {"text": self.say("poll_dropped")}

    def _phase(self) -> str:
        """Return the phase that is looked at: the chosen one, else the current one."""
        ids = [each["id"] for each in self.workbook.phases()]
        current = self.workbook.stage()["phase_id"]
        found = [each for each in (self._chosen, current, *ids) if each in ids]
        return found[0] if found else ""

    def _write_card(self, table: str, id: str, **values: Any) -> None:
        with self.leading() as hand:
            hand.update(table, id, **values)
            hand.touch()

    @staticmethod
    def _card(table: str, shown: Shown, offers: int) -> dict[str, Any]:
        """Return a card as plain JSON."""
        return {
            "table": table,
            "id": shown.id,
            "who": shown.who,
            "words": shown.words,
            "hidden": shown.hidden,
            "pinned": shown.pinned,
            "offers": offers,
        }
