"""Goals over time: close one, open an earlier one again, keep one of two from two windows."""

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


def close_goal(book: Book, id: str, on: str) -> None:
    """Close a goal on the day `on`; its roles, places and plans stay with it.

    Raises:
        UnknownRowError: there is no such goal.
    """
    with book.batch("write") as batch:
        batch.update("goal", id, closed=True, closed_on=on)


def reopen_goal(book: Book, id: str, on: str) -> None:
    """Open a goal again and close every other open one on the day `on`, as only one is open.

    What the person wrote when it was closed stays.

    Raises:
        UnknownRowError: there is no such goal.
    """
    goals = book.frame("goal")
    with book.batch("write") as batch:
        batch.update("goal", id, closed=False, closed_on="")
        for other in goals.index[~goals["closed"]]:
            if other != id:
                batch.update("goal", other, closed=True, closed_on=on)
