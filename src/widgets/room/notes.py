"""Notes: a word of one's own in a phase; those of the others once they are opened."""

from __future__ import annotations

from typing import Any

from enishi.room.errors import NotPermittedError
from enishi.room.shown import Shown, shown_notes
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, ForbiddenError, Identifier, ShortText, command
from widgets.room.participant import ParticipantSheet

NOTES_MOST = 20
"""Most notes of one seat in a phase."""


class Notes(ParticipantSheet):
    """Takes notes of the phase that is on; before, of the next one: one may work ahead.

    Example:
        >>> Notes(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "notes"
    writable = {"room_note": ("words",)}
    removable = ("room_note",)

    def describe(self) -> dict[str, Any]:
        """Return the phase, one's own notes, and what was opened of the others'."""
        phase = self._find_phase()
        if phase is None:
            return {"phase": None}
        frames = self.workbook.read_room()
        notes = frames["room_note"]
        own = notes[
            (notes["phase_id"] == phase["id"]) & (notes["seat_id"] == self.workbook.seat_id)
        ]
        return {
            "phase": {
                "id": phase["id"],
                "title": self.title_of(phase),
                "grouping": self.workbook.texts_of("room")["groupings"][phase["grouping"]],
                "shows": phase["shows"],
                "revealed": phase["revealed"],
            },
            "own": rows(own, "version", "words"),
            "is_full": len(own) >= NOTES_MOST,
            "others": [
                self._describe(each) for each in shown_notes(frames, phase["id"], "participant")
            ],
        }

    def _describe(self, note: Shown) -> JsonRow:
        """Return a note as others see it; its row's id would tell who wrote first."""
        return {"id": note.mark, "who": note.who, "words": note.words, "pinned": note.pinned}

    def _find_phase(self) -> JsonRow | None:
        """Return the phase that takes notes now, else the last one that did, or the next."""
        taking = [each for each in self.workbook.phases() if each["kind"] == "notes"]
        current = self.workbook.stage()["phase_id"]
        began = self.workbook.read_room()["room_phase"]["began"]
        begun = [each for each in taking if began[each["id"]] == began[each["id"]]]
        begun = [each for each in begun if began[each["id"]]]
        here = [each for each in taking if each["id"] == current]
        return next(iter([*here, *begun[::-1], *taking]), None)

    @command
    def write_note(self, phase_id: Identifier, words: ShortText) -> Answer:
        """Put a note down; once the phase is opened, everybody gets it at once.

        Raises:
            ForbiddenError: nothing is written.
            NotPermittedError: the phase takes no notes, or there are enough.
        """
        if not words.strip():
            raise ForbiddenError()
        with self.room.command() as hand:
            phase = hand.batch.row("room_phase", phase_id)
            if phase["kind"] != "notes" or self.state.get("is_full"):
                raise NotPermittedError()
            hand.add("room_note", phase_id=phase_id, words=words.strip())
            if phase["revealed"] == "all":
                hand.touch()
        return {"text": self.say("kept")}
