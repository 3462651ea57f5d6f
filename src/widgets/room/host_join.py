"""The corner that says how to join: the address, the typed code, and the QR code."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from enishi.i18n import format_text
from enishi.room import entries
from enishi.room.hosting import read_hosting
from widgets.room.room_page import RoomPage


def join_card(page: RoomPage) -> dict[str, Any]:
    """Return the `address`, the `code` ('' while it is off), and the `qr` (None without address).

    The QR code is drawn as `size` fields a side, quiet zone included, and the `path` of the dark
    ones.
    """
    assert page.room is not None
    with page.room.book.reading() as connection:
        codes = entries.shown_codes(connection, page.room.id)
    address = read_hosting().join
    qr = qr_path(f"{address}#{codes.key}") if address and codes.key else None
    return {"address": address, "code": codes.code, "qr": qr}


def describe_hosting(page: RoomPage) -> dict[str, str]:
    """Return sentences on how the room is hosted, each '' where there is nothing to say.

    Returns:
        `reach`, whether another device has come; `copy`, where a copy of the book is kept;
        `trouble`, what whoever leads should know at once; `goes`, what becomes of the copy when the
        room is deleted; and `another`, the address of the page that opens another room.
    """
    told, texts = read_hosting(), page.texts_of("room")["hosting"]

    def say(key: str) -> str:
        return format_text(texts[key], {"folder": told.copy}) if key else ""

    copy = told.copy and (told.trouble or "kept")
    troubles = (told.reach if told.reach == "offline" else "", told.trouble)
    between = " " if page.language == "en" else ""
    return {
        "reach": say(told.reach),
        "copy": say(copy),
        "trouble": between.join(say(key) for key in troubles if key),
        "goes": say(told.copy and ("goes_not" if told.trouble else "goes")),
        "another": "../../host" if told.is_here else "",
    }


@lru_cache(maxsize=8)
def qr_path(text: str) -> dict[str, Any]:
    """Return a QR code as an SVG path; see `join_card`."""
    import segno  # only for a page that shows one

    code = segno.make(text, error="m", micro=False)
    rows = [bytes(row) for row in code.matrix_iter(border=4)]
    squares = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return {"size": len(rows), "path": "".join(squares)}
