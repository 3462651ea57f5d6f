"""Deletes rooms: on their day, as the page by which one joins says, and when a host asks for it.

Pages whose last day has passed, as shown to a coach, are removed with them.

A host asks from a page, so the server that has such a page open is the one that looks; of several
servers on one database each looks for its own. Else only the day calls for a look.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from datetime import date
from logging import Logger

from sqlalchemy import Engine

from enishi import clock
from enishi.book import Book
from enishi.book.accounts import read_connection
from enishi.book.database import vacuum
from enishi.book.database_errors import translate_errors
from enishi.room.deletion import DELETE_AT_ONCE, Deleted, delete_room, rooms_due
from enishi.sharing.shares import remove_ended

ASKED_SECONDS = 1.0
"""Seconds between two looks for rooms that a host wants deleted at once, while a host is there."""
DAY_SECONDS = 3600.0
"""Seconds between two looks for rooms whose day has come."""
SWEEP_SECONDS = 60.0
"""Seconds until a file that could not be swept is swept again: each try holds up who writes."""


async def keep_deleting(engine: Engine, log: Logger, is_led: Callable[[], bool]) -> None:
    """Delete rooms for as long as the server runs; a failure is tried again later.

    Args:
        engine: the database.
        log: where deletions and failures are reported.
        is_led: whether a page of a host is open on this server.
    """
    next_day, next_sweep, failed, was_led = 0.0, math.inf, "", False
    while True:
        await asyncio.sleep(ASKED_SECONDS)
        now, leads = time.monotonic(), is_led()
        is_day = now >= next_day
        if not (leads or was_led or is_day or now >= next_sweep):
            continue
        try:
            day = clock.today() if is_day else DELETE_AT_ONCE
            gone = await asyncio.to_thread(delete_due_rooms, engine, day)
            ended = await asyncio.to_thread(remove_ended, engine, day) if is_day else 0
            if ended or not all(each.swept for each in gone):
                next_sweep = now + SWEEP_SECONDS
            elif now >= next_sweep:
                is_swept = await asyncio.to_thread(vacuum, engine)
                next_sweep = math.inf if is_swept else now + SWEEP_SECONDS
        except Exception as error:  # an exception would end the task without a word
            if type(error).__name__ != failed:
                log.error("Rooms could not be deleted: %s.", type(error).__name__)
            failed = type(error).__name__
        else:
            was_led = leads  # a page that asked and closed is looked after once more
            failed, next_day = "", now + DAY_SECONDS if is_day else next_day
            if gone:
                log.info("Deleted %d rooms.", len(gone))
            for copy in sorted({copy for each in gone for copy in each.copies}):
                log.error("This copy may still hold a deleted room: %s.", copy)


def delete_due_rooms(engine: Engine, today: date) -> list[Deleted]:
    """Delete the rooms whose day has come, and return what was removed with each.

    Raises:
        BookError: the database failed; rooms deleted before that stay deleted.
    """
    with translate_errors(engine.url), read_connection(engine) as connection:
        due = rooms_due(connection, today)
    return [delete_room(Book(engine, room)) for room in due]
