"""A rehearsal: invented participants who write, so that a facilitator can practise alone."""

from __future__ import annotations

from enishi.book.room_tables import ROOM_TABLES
from enishi.i18n import texts
from enishi.room.errors import NotPermittedError
from enishi.room.room import Command

_WITH_MEMBERS = "room_party"
"""The table whose rows name seats in a list."""
_SEATS = ("seat_id", "to_id", "other_id", "a_id", "b_id")
"""The columns that name a seat."""


def fill_room(command: Command, language: str) -> int:
    """Let invented participants come, with what they share; return how many.

    What they write is in `data/words/rehearsal.yaml`.

    Raises:
        NotPermittedError: the person does not lead.
    """
    if not command.leads:
        raise NotPermittedError()
    batch = command.batch
    phases = command.rows("room_phase")
    notes = [id for id, row in phases.items() if row["kind"] == "notes"]
    guests = texts("rehearsal", language)["guests"]
    requests: list[str] = []
    for guest in guests:
        seat = batch.add(
            "room_seat",
            called=guest["called"],
            let_in=True,
            invented=True,
            show_requests=True,
            show_strengths=True,
            strengths=guest["strengths"],
            needs=guest["needs"],
        )
        request = {"words": guest["request"], "small_step": guest["small_step"], "shown": True}
        for helped in requests[-1:]:
            offer = {"kind": guest["offer"]["kind"], "words": guest["offer"]["words"]}
            batch.add("room_offer", seat_id=seat, request_id=helped, **offer)
        requests.append(batch.add("room_request", seat_id=seat, **request))
        for phase_id in notes:
            batch.add("room_note", seat_id=seat, phase_id=phase_id, words=guest["note"])
    _answer_polls(command)
    command.touch()
    return len(guests)


def answer_anew(command: Command) -> None:
    """Let the invented participants answer polls that were made meanwhile, and be ready.

    Raises:
        NotPermittedError: the person does not lead.
    """
    if not command.leads:
        raise NotPermittedError()
    _answer_polls(command)


def clear_rehearsal(command: Command) -> int:
    """Remove the invented participants and all they wrote; return how many they were.

    Raises:
        NotPermittedError: the person does not lead.
    """
    if not command.leads:
        raise NotPermittedError()
    invented = {id for id, row in command.rows("room_seat").items() if row["invented"]}
    batch = command.batch
    for table in reversed(ROOM_TABLES):
        for id, row in command.rows(table).items():
            if invented & {row.get(name) for name in _SEATS}:
                batch.delete(table, id)
            elif table == _WITH_MEMBERS and invented & {*row["members"]}:
                left = [each for each in row["members"] if each not in invented]
                first = row["first"] if row["first"] in left else (left or [""])[0]
                if left:
                    batch.update(table, id, members=left, first=first, why=["new"])
                else:
                    batch.delete(table, id)
    for id in invented:
        batch.delete("room_seat", id)
    command.touch()
    return len(invented)


def _answer_polls(command: Command) -> None:
    """Let each invented participant answer the polls they have not answered."""
    done = {(row["poll_id"], row["seat_id"]) for row in command.rows("room_vote").values()}
    seats = [id for id, row in sorted(command.rows("room_seat").items()) if row["invented"]]
    for poll_id, poll in command.rows("room_poll").items():
        for at, seat in enumerate(seats):
            if poll["options"] and (poll_id, seat) not in done:
                option = at * at % len(poll["options"])
                command.batch.add("room_vote", poll_id=poll_id, seat_id=seat, option=option)
