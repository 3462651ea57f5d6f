"""Merge of goals: keep one of two that were begun in two windows."""

from __future__ import annotations

from enishi.book.book import Book
from enishi.book.journal import links_to


def keep_goal(book: Book, id: str) -> None:
    """Keep the goal `id` open, close all other open goals and move their rows to it.

    One undo takes all of it back.

    Raises:
        UnknownRowError: there is no such goal.
    """
    goals = book.frame("goal")
    others = [other for other in goals.index[~goals["closed"]] if other != id]
    with book.batch("write") as batch:
        batch.update("goal", id, closed=False)
        keys = [("goal", other) for other in others]
        for (table, row), column, _ in list(links_to(batch.connection, batch.owner, keys)):
            batch.update(table, row, **{column: id})
        for other in others:
            batch.update("goal", other, closed=True)
