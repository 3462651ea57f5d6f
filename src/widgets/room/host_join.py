"""The corner that says how to join: the address, the typed code, and the QR code."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from enishi.identity import JOIN_ADDRESS
from enishi.room import entries
from widgets.room.room_page import RoomPage


def join_card(page: RoomPage) -> dict[str, Any]:
    """Return the `address`, the `code` ('' while it is off), and the `qr` (None without address).

    The QR code is drawn as `size` fields a side, quiet zone included, and the `path` of the dark
    ones.
    """
    assert page.room is not None
    with page.room.book.reading() as connection:
        codes = entries.shown_codes(connection, page.room.id)
    address = os.environ.get(JOIN_ADDRESS, "")
    qr = qr_path(f"{address}#{codes.key}") if address and codes.key else None
    return {"address": address, "code": codes.code, "qr": qr}


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
