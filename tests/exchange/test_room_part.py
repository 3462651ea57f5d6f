"""The file in which somebody takes home their part of a room."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from enishi.errors import EnishiError
from enishi.exchange.errors import DamagedPartError, LargePartError, NewerPartError
from enishi.exchange.room_part import (
    VERSION,
    Acquaintance,
    PartLine,
    RoomPart,
    is_part,
    read_part,
    write_part,
)

PART = RoomPart(
    VERSION,
    "見本の部屋から",
    "見本の会 {name} <b>",
    date(2030, 5, 1),
    [Acquaintance("s1", "見本 花", "hana@example.com"), Acquaintance("s2", "Mio")],
    [
        PartLine("l1", "given", "写真を撮ります", "s1"),
        PartLine("l2", "received", "I have a camera", "s2"),
        PartLine("l3", "promised", "Send the address", "s2", date(2030, 5, 4), "kept"),
        PartLine("l4", "promised_me", "Call", ""),
    ],
)


def changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    found = json.loads(write_part(PART, "part.json"))
    change(found)
    return json.dumps(found).encode()


def test_what_is_written_is_read_the_same_and_can_be_read_by_people() -> None:
    text = write_part(PART, "part.json")

    assert is_part(text.encode()) and read_part(text.encode(), "part.json") == PART
    assert read_part(b"\xef\xbb\xbf" + text.encode(), "part.json") == PART
    assert "写真を撮ります" in text and text.count("\n") > 20


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (write_part(PART, "").encode()[:-40], DamagedPartError),
        (changed(lambda part: part["people"].pop()), DamagedPartError),
        (changed(lambda part: part["people"].append(part["people"][0])), DamagedPartError),
        (changed(lambda part: part["lines"][0].update(kind="stolen")), DamagedPartError),
        (changed(lambda part: part["lines"][0].update(words="x" * 301)), DamagedPartError),
        (changed(lambda part: part["lines"][0].update(words="a\0b")), DamagedPartError),
        (changed(lambda part: part["lines"][0].update(id="")), DamagedPartError),
        (changed(lambda part: part["lines"][2].update(due="2030-02-30")), DamagedPartError),
        (changed(lambda part: part["lines"].extend(part["lines"][:1] * 300)), DamagedPartError),
        (changed(lambda part: part.update(on="0001-01-01")), DamagedPartError),
        (changed(lambda part: part.update(enishi_room_part="1")), DamagedPartError),
        (b'{"enishi_room_part": ' + b"[" * 2000, DamagedPartError),
        (b'"enishi_room_part"', DamagedPartError),
        (b'{"enishi_room_part": 1, "what": "\xff"}', DamagedPartError),
        (changed(lambda part: part.update(enishi_room_part=2, people="new")), NewerPartError),
        (write_part(PART, "").encode() + b" " * 256 * 1024, LargePartError),
    ],
)
def test_what_is_no_whole_file_gets_one_sentence(data: bytes, error: type[EnishiError]) -> None:
    assert is_part(data)
    with pytest.raises(error) as raised:
        read_part(data, "part.json")
    assert "part.json" in str(raised.value)


def test_no_file_is_written_that_could_not_be_brought_in() -> None:
    lines = [PartLine(f"l{at}", "given", "見" * 300, "s1") for at in range(300)]

    with pytest.raises(LargePartError):
        write_part(RoomPart(VERSION, "", "", date(2030, 5, 1), PART.people, lines), "part.json")
