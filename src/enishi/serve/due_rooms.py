"""Deletes rooms on their day, as the page by which one joins promises."""

from __future__ import annotations

import asyncio
from datetime import date
from logging import Logger

from sqlalchemy import Engine

from enishi import clock
from enishi.book import Book
from enishi.book.accounts import read_connection
from enishi.book.database_errors import translate_errors
from enishi.room.deletion import delete_room, rooms_due

LOOK_EVERY_SECONDS = 3600.0
"""Seconds between two looks for rooms whose day has come."""


async def keep_deleting(engine: Engine, log: Logger) -> None:
    """Delete rooms on their day for as long as the server runs; a failure is tried again later."""
    while True:
        try:
            count = await asyncio.to_thread(delete_due_rooms, engine, clock.today())
        except Exception as error:  # an exception would end the task without a word
            log.error("Rooms could not be deleted: %s.", type(error).__name__)
        else:
            if count:
                log.info("Deleted %d rooms whose day had come.", count)
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def delete_due_rooms(engine: Engine, today: date) -> int:
    """Delete the rooms whose day has come, and return how many.

    Raises:
        BookError: the database failed; rooms deleted before that stay deleted.
    """
    with translate_errors(engine.url), read_connection(engine) as connection:
        due = rooms_due(connection, today)
    for room in due:
        delete_room(Book(engine, room))
    return len(due)
