"""The server's time on a page of a room: all countdowns count by it."""

from __future__ import annotations

from enishi import clock
from widgets.base.sheet import Answer, Part, Sheet, query


@query
def tell_time(sheet: Sheet) -> Answer:
    """Return the server's instant in milliseconds."""
    return {"now": now_ms(), "text": " "}


def now_ms() -> int:
    """Return the current instant in milliseconds since 1970."""
    return round(clock.now().timestamp() * 1000)


HOST_TIME = Part(__file__, {"tell_time": tell_time})
