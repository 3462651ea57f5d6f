"""Poll: choose one; nobody sees the numbers before they are opened."""

from __future__ import annotations

from typing import Any

from enishi.room.errors import NotPermittedError
from enishi.room.shown import is_revealed, shown_votes
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, command
from widgets.room.participant import ParticipantSheet


class Poll(ParticipantSheet):
    """Asks the questions of the phase that is on, else of the last one that asked any.

    Example:
        >>> Poll(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "poll"

    def describe(self) -> dict[str, Any]:
        """Return the questions with their options, one's own choice and, once opened, the votes."""
        polls, stage = self.workbook.read_room()["room_poll"], self.workbook.stage()
        phases = [each["id"] for each in self.workbook.phases()]
        current = stage["phase_id"]
        # Questions of a phase to come stay with whoever leads.
        begun = phases[: phases.index(current) + 1] if current in phases else phases
        begun = begun if current or stage["state"] == "over" else []
        here = [id for id in begun if id in set(polls["phase_id"])][-1:]
        found = polls[polls["phase_id"].isin(here)]
        return {"polls": [self._describe_poll(str(id), row) for id, row in found.iterrows()]}

    def _describe_poll(self, id: str, row: Any) -> JsonRow:
        frames = self.workbook.read_room()
        votes = frames["room_vote"]
        mine = votes[(votes["poll_id"] == id) & (votes["seat_id"] == self.workbook.seat_id)]
        counts = shown_votes(frames, id, "participant")
        return {
            "id": id,
            "question": row["question"],
            "options": list(row["options"]),
            "mine": None if mine.empty else int(mine["option"].iloc[-1]),
            "counts": list(counts),
        }

    @command
    def vote(self, poll_id: Identifier, option: int) -> Answer:
        """Choose an option, or another one while the poll is not opened yet.

        Raises:
            NotPermittedError: it is opened, or there is no such option.
        """
        votes = self.workbook.read_room()["room_vote"]
        mine = votes[(votes["poll_id"] == poll_id) & (votes["seat_id"] == self.workbook.seat_id)]
        with self.room.command() as hand:
            poll = hand.batch.row("room_poll", poll_id)
            phase = hand.batch.row("room_phase", poll["phase_id"])
            if not 0 <= option < len(poll["options"]) or is_revealed(phase, "participant"):
                raise NotPermittedError()
            if mine.empty:
                hand.add("room_vote", poll_id=poll_id, option=option)
            else:
                hand.update("room_vote", str(mine.index[-1]), option=option)
        return {"text": self.say("voted")}
