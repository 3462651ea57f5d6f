"""The host's pictures hold what the group was shown, and no more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from led_rooms import LedRoom
from sheets import ask
from widgets.base.sheet import Sheet
from widgets.room.host_pictures import RoomPictures

pytest_plugins = ["led_room_fixtures"]


@pytest.fixture
def pictures(led: LedRoom) -> RoomPictures:
    led.join("Ann", "Ben", "Cem")
    return RoomPictures(led.lead())


def drawn(sheet: Sheet, key: str) -> dict[str, Any]:
    """Return a picture as it is now."""
    sheet.workbook.refresh()
    found: dict[str, Any] = ask(sheet, "draw_picture", key=key)["picture"]
    return found


def test_a_strength_and_a_need_are_drawn_once_they_are_shown_and_gone_once_they_are_not(
    led: LedRoom, pictures: RoomPictures
) -> None:
    seats = led.seats
    led.update("room_seat", seats["Ann"], strengths=["photos"], needs=["a secret need"])
    led.update("room_seat", seats["Ben"], needs=["photos of my shop"])
    assert not drawn(pictures, "exchange")["data"]
    led.update("room_seat", seats["Ann"], show_strengths=True)
    led.update("room_seat", seats["Ben"], show_requests=True)
    before = pictures.state["pictures"]["as_of"]
    picture = drawn(pictures, "exchange")
    assert pictures.state["pictures"]["as_of"] != before, "the page draws it anew"
    assert [row[1:] for row in picture["rows"]] == [
        ["Ben", "photos of my shop", "Ann"],
        ["Ann", "photos", "Ben"],
    ]
    assert "a secret need" not in json.dumps(picture)
    assert picture["act"]["href"] == "#rounds"
    led.update("room_seat", seats["Ann"], show_strengths=False)
    assert [row[1] for row in drawn(pictures, "exchange")["rows"]] == ["Ben"]


def test_a_hidden_request_and_one_before_the_reveal_are_not_drawn(
    led: LedRoom, pictures: RoomPictures
) -> None:
    led.update("room_seat", led.seats["Ann"], show_requests=True)
    request = led.write("Ann", "room_request", words="a lift to the fair", shown=True)
    assert not drawn(pictures, "exchange")["rows"]
    led.update("room_phase", led.phases["Requests"], revealed="all")
    assert [row[2] for row in drawn(pictures, "exchange")["rows"]] == ["a lift to the fair"]
    led.update("room_request", request, hidden=True)
    assert not drawn(pictures, "exchange")["rows"]


def test_who_was_in_one_party_is_joined_once_the_round_has_begun(
    led: LedRoom, pictures: RoomPictures
) -> None:
    seats, phase = led.seats, led.phases["First pairs"]
    assert not drawn(pictures, "meetings")["rows"]
    with led.book.batch("add") as batch:
        made = batch.add("room_round", phase_id=phase, number=1)
        members = [seats["Ann"], seats["Ben"]]
        batch.add("room_party", round_id=made, place=0, members=members, why=["new"])
    rows = drawn(pictures, "meetings")["rows"]
    assert rows == [["Ann", "Ben"], ["Ben", "Ann"], ["Cem", "nobody yet"]]
    led.update("room_seat", seats["Ben"], left=True)
    assert not drawn(pictures, "meetings")["rows"], "who left is not drawn"
