"""Copying what is chosen, after the person wrote something or a day has passed."""

from __future__ import annotations

from contextlib import suppress

from enishi.book import Book
from enishi.sharing.comments import reopen_untaken
from enishi.sharing.errors import NotSharedError
from enishi.sharing.pages import PageSource, build_page
from enishi.sharing.shares import PageShare, chosen_keys, publish, shares_given


def publish_all(book: Book, source: PageSource) -> None:
    """Copy the chosen pages of every share of a book that has not ended.

    Raises:
        BookError: the database failed.
    """
    for share in shares_given(book.engine, book.owner):
        if share.until >= source.today:
            with suppress(NotSharedError):  # it was withdrawn this moment
                publish_share(book, share, source)


def publish_share(book: Book, share: PageShare, source: PageSource) -> None:
    """Copy the chosen pages of one share; a comment whose step was undone is open again.

    Raises:
        NotSharedError: it was withdrawn.
    """
    keys = chosen_keys(book.engine, share.id, book.owner)
    pages = {key: build_page(key, source, is_masked=share.is_masked) for key in keys}
    publish(book.engine, share.id, book.owner, pages)
    reopen_untaken(book.engine, share.id, book.owner, source.frames["step"].index)
