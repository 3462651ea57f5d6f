"""Who could help whom: strengths and needs that people show, one helper each."""

from __future__ import annotations

import pytest

from enishi.room.help_matching import Help, assign_helpers, shown_helpers
from led_rooms import LedRoom
from sheets import ask
from widgets.base.cached_frames import SnapshotFrames
from widgets.room.host_rounds import Rounds

pytest_plugins = ["led_room_fixtures"]


def show(led: LedRoom, name: str, strengths: str = "", needs: str = "") -> None:
    """Let somebody show strengths and needs, several parted by ' / '."""
    parts = {"strengths": strengths, "needs": needs}
    values = {column: text.split(" / ") for column, text in parts.items() if text}
    led.update("room_seat", led.seats[name], show_strengths=True, show_requests=True, **values)


@pytest.fixture
def room(led: LedRoom) -> LedRoom:
    """Ann could help Ben and Cem, Dora only Cem; Ben looks for two things."""
    led.join("Ann", "Ben", "Cem", "Dora")
    show(led, "Ann", strengths="photographs / tax returns")
    show(led, "Ben", needs="photographs of our shop / help with tax returns")
    show(led, "Cem", needs="somebody for tax returns")
    show(led, "Dora", strengths="tax returns")
    return led


def helped(room: LedRoom) -> dict[str, str]:
    """Return who helps, by the need."""
    names = {id: name for name, id in room.seats.items()}
    return {each.need: names[each.helper] for each in assign_helpers(SnapshotFrames(room.book))}


def test_everybody_gets_help_with_their_first_need_before_anybody_with_a_second(
    room: LedRoom,
) -> None:
    assert helped(room) == {
        "photographs of our shop": "Ann",
        "somebody for tax returns": "Dora",
    }


def test_the_reason_is_in_the_words_of_both_and_goes_when_one_withdraws(room: LedRoom) -> None:
    rounds = Rounds(room.lead())
    assert not rounds.state["helps"]
    assert ask(rounds, "find_helpers")["ok"]
    facts = {"who": "Dora", "strength": "tax returns", "whom": "Cem"}
    assert facts | {"need": "somebody for tax returns"} in rounds.state["helps"]

    room.update("room_seat", room.seats["Dora"], show_strengths=False)
    rounds.workbook.refresh()
    assert [each["who"] for each in rounds.state["helps"]] == ["Ann"]


def test_a_request_counts_once_it_is_revealed(room: LedRoom) -> None:
    words = "Photographs for my mother's birthday"
    room.write("Cem", "room_request", words=words, shown=True)
    assert words not in helped(room)
    room.update("room_phase", room.phases["Requests"], revealed="all")
    room.update("room_seat", room.seats["Ben"], show_requests=False)
    assert helped(room)[words] == "Ann"


@pytest.mark.parametrize("how", ["apart", "declined", "removed", "away"])
def test_nobody_helps_whom_they_are_not_to_be_with_or_who_is_not_there(
    room: LedRoom, how: str
) -> None:
    dora, cem = room.seats["Dora"], room.seats["Cem"]
    before = assign_helpers(SnapshotFrames(room.book))
    if how == "apart":
        with room.book.batch("add") as batch:
            batch.add("room_rule", a_id=cem, b_id=dora, kind="apart")
    elif how == "declined":
        room.write("Dora", "room_decline", other_id=cem)
    else:
        room.update("room_seat", dora, **{"left" if how == "removed" else "away": True})

    frames = SnapshotFrames(room.book)
    found = assign_helpers(frames)
    assert Help(dora, "tax returns", cem, "somebody for tax returns") in before
    assert (dora, cem) not in {(each.helper, each.asker) for each in found}
    if how in ("removed", "away"):
        assert dora not in {each.helper for each in (*found, *shown_helpers(frames, before))}
