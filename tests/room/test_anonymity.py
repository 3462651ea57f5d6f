"""What is written without a name: nothing that anybody gets depends on who wrote it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import update

import widgets
from enishi.book.room_tables import ROOM_TABLES, STAGE
from led_rooms import LedRoom
from sheets import ask

pytest_plugins = ["led_room_fixtures"]

NOTE = ROOM_TABLES["room_note"]
PAGES = {
    "10-room": ("Here", "Partner", "Ring", "Notes", "TakeHome"),
    "11-host": ("Lead", "Guests", "Rounds", "Board", "RoomPictures", "After"),
    "12-projector": ("Wall",),
}
"""The pages of others, with their sheets."""


def everything(led: LedRoom) -> str:
    """Return all that the pages of others are sent, the exported table, and what is printed."""
    other = led.people["Cem"].person.id
    pages = {"10-room": led.open("10-room", other), "11-host": led.lead()}
    pages["12-projector"] = led.project()
    found: list[Any] = []
    for name, page in pages.items():
        sheets = [getattr(widgets, sheet)(page) for sheet in PAGES[name]]
        found += [sheet.state | {"position": 0} for sheet in sheets]
        found += [ask(sheet, "take_table") for sheet in sheets if sheet.name == "after"]
    return json.dumps(without_clock(found))


def without_clock(value: Any) -> Any:
    """Return plain JSON without the time of looking and the numbers of messages."""
    if isinstance(value, dict):
        return {key: without_clock(each) for key, each in value.items() if key not in ("now", "n")}
    return [without_clock(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("to", ["no", "host", "all"])
def test_every_page_message_and_export_is_the_same_whoever_wrote_a_note_without_a_name(
    led: LedRoom, to: str
) -> None:
    led.join("Ann", "Ben", "Cem")
    phase = led.phases["Notes"]
    notes = [
        led.write(name, "room_note", phase_id=phase, words=words)
        for name, words in (("Ann", "An owl"), ("Ben", "A zebra"), ("Ben", "A bat"))
    ]
    led.update("room_phase", phase, revealed=to)
    led.update("room_stage", STAGE, phase_id=phase, state="running")
    before = everything(led)
    with led.book.engine.begin() as connection:  # past the book, so that nothing else differs
        for note, name in zip(notes, ("Ben", "Ann", "Ann"), strict=True):
            is_it = NOTE.c.id == note
            connection.execute(update(NOTE).where(is_it).values(seat_id=led.seats[name]))

    assert everything(led) == before
    assert ("An owl" in before) is (to != "no")
