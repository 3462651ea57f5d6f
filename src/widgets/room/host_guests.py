"""Who is in the room, the door, and the codes that lead in."""

from __future__ import annotations

from typing import Any, Literal

from enishi.book.errors import UnknownRowError
from enishi.room import entries, stage
from enishi.room.errors import NotPermittedError
from enishi.room.rehearsal import clear_rehearsal, fill_room
from enishi.room.shown import list_guests, list_removed
from widgets.base.sheet import Answer, Identifier, command
from widgets.room.host import HostSheet
from widgets.room.host_join import describe_hosting, join_card

Door = Literal["open", "knock", "closed"]


class Guests(HostSheet):
    """Shows who is in the room, and lets people in, back in, and out.

    Example:
        >>> Guests(open_room_page("11-host"))     # doctest: +SKIP
    """

    name = "guests"

    def build_state(self) -> dict[str, Any]:
        """Return the people with what they signal, the door, and how to join."""
        now = self.workbook.stage()
        guests = [
            {
                "id": each.id,
                "name": each.name,
                "is_in": each.is_in,
                "leads": each.leads,
                "away": each.away,
                "ready": bool(now["phase_id"]) and each.ready_phase == now["phase_id"],
                "hand": each.hand,
                "invented": each.invented,
                "me": each.id == self.workbook.seat_id,
            }
            for each in list_guests(self.frames)
        ]
        return {
            "stage": now,
            "knocking": [each for each in guests if not each["is_in"]],
            "guests": [each for each in guests if each["is_in"]],
            "join": join_card(self.workbook),
            "hosting": describe_hosting(self.workbook),
            "removed": [{"id": id, "name": name} for id, name in list_removed(self.frames)],
            "invented": sum(each["invented"] for each in guests),
        }

    @command
    def let_in(self, seat: Identifier) -> None:
        """Let somebody in who knocks."""
        self._write_seat(seat, let_in=True)

    @command
    def remove_seat(self, seat: Identifier) -> Answer:
        """Remove somebody from the room; what they wrote is shown to nobody any more."""
        self._write_seat(seat, left=True, hand_at="")
        return {"text": self.say("removed")}

    @command
    def share_lead(self, seat: Identifier, on: bool) -> None:
        """Let somebody lead as well, or no longer."""
        self._write_seat(seat, leads=on, **({"let_in": True} if on else {}))

    @command
    def set_away(self, seat: Identifier, on: bool) -> None:
        """Leave somebody out of rounds for now, or take them in again."""
        self._write_seat(seat, away=on)

    @command
    def lower_hand(self, seat: Identifier) -> None:
        """Lower somebody's hand, once it was their turn."""
        self._write_seat(seat, hand_at="")

    @command
    def set_door(self, seen: int, door: Door) -> None:
        """Open the door, let people knock, or close it; with an open door nobody waits."""
        with self.leading() as hand:
            stage.set_stage(hand, seen, door=door)
            if door == "open":
                for id, row in hand.rows("room_seat").items():
                    if not row["let_in"] and not row["left"]:
                        hand.update("room_seat", id, let_in=True)

    @command
    def renew_code(self) -> Answer:
        """Give the room a new typed code, which also switches it on again."""
        self.check_leads()
        entries.allow_code(self.room.book.engine, self.room.id)
        with self.leading() as hand:
            hand.touch()
        return {"text": self.say("code_renewed")}

    @command
    def open_projector(self) -> Answer:
        """Return a code by which the projector's computer enters, once."""
        with self.leading() as hand:
            code = entries.make_one_time_code(hand.batch.connection, self.room.id, "projector", "")
        return {"code": code, "text": self.say("code_made")}

    @command
    def let_back(self, seat: Identifier) -> Answer:
        """Return a code by which somebody comes back to their own seat, once."""
        with self.leading() as hand:
            row = hand.batch.row("room_seat", seat)
            if not row["person_id"] or row["leads"]:  # nobody enters as whoever leads
                raise NotPermittedError()
            if row["left"]:
                hand.update("room_seat", seat, left=False)
                hand.touch()
            code = entries.make_one_time_code(
                hand.batch.connection, self.room.id, "seat", row["person_id"]
            )
        return {"code": code, "text": self.say("code_made")}

    @command
    def rehearse(self) -> Answer:
        """Fill the room with invented participants who write."""
        with self.leading() as hand:
            if any(row["invented"] for row in hand.rows("room_seat").values()):
                raise NotPermittedError()
            count = fill_room(hand, self.workbook.language)
        return {"text": self.say("rehearsing", n=count), "focus": "rehearsal"}

    @command
    def end_rehearsal(self) -> Answer:
        """Remove the invented participants with all they wrote."""
        with self.leading() as hand:
            count = clear_rehearsal(hand)
        return {"text": self.say("rehearsed", n=count), "focus": "rehearsal"}

    def _write_seat(self, seat: str, **values: Any) -> None:
        """Write on somebody's seat, and let all pages see it.

        Raises:
            NotPermittedError: one would remove oneself, or take the lead from oneself.
        """
        with self.leading() as hand:
            if seat == hand.seat_id and (values.get("left") or values.get("leads") is False):
                raise NotPermittedError()
            if hand.batch.row("room_seat", seat)["left"]:
                raise UnknownRowError()
            hand.update("room_seat", seat, **values)
            hand.touch()
