"""What a server for a group does beside serving its pages, and what it says while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enishi.room.hosting import CopyTrouble
from enishi.serve.auth.public_url import Address
from enishi.serve.book_copy import BookCopy


@dataclass(frozen=True)
class GroupHosting:
    """How `enishi host` was asked to serve.

    Attributes:
        here: whether other devices come by an open connection, to a room on this computer.
        seats: how many people a room takes in.
        copy: the copy of the book to keep up to date; None for none.
        say_opened: called with the id of a room that a facilitator opened, and the public address.
        say_moved: called with the new public address once this computer's has changed.
        say_copied: called when the trouble of the copy has changed.
    """

    here: bool
    seats: int
    copy: BookCopy | None
    say_opened: Callable[[str, Address], None]
    say_moved: Callable[[Address], None]
    say_copied: Callable[[CopyTrouble], None]
