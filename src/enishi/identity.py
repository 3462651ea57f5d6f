"""The person whose book this process may open, set by the process that started it.

| `ENISHI_PERSON` | this process belongs to |
|---|---|
| not set | the one person of this computer: JupyterLab, a script |
| empty | no person: a server for many persons, or a process it started without a person |
| an id | that person: their page |
"""

from __future__ import annotations

import os
from typing import NamedTuple

from enishi.errors import EnishiError

PERSON = "ENISHI_PERSON"
ROLE = "ENISHI_ROLE"
ROOM = "ENISHI_ROOM"
"""The room this process may open beside the person's book."""
HOSTING = "ENISHI_HOSTING"
"""The path of the file in which a server tells its pages how a room is hosted."""
ROOM_PREFIX = "room-"
"""How the id of a room begins, which no person's does."""

ME = "me"
"""The owner id of the one person on their own computer."""
PARTICIPANT = "participant"
FACILITATOR = "facilitator"
PROJECTOR = "projector"
"""The role of whoever entered by a projector's code."""

SIGNED_IN_DAYS = 30
"""Lifetime of a browser's session in days."""


class Identity(NamedTuple):
    """The person of a process, and their role."""

    person: str
    role: str


def may(role: str, meant: str) -> bool:
    """Return whether `role` may open what is meant for `meant`; unknown roles open less."""
    if role == PROJECTOR:
        return meant == PROJECTOR
    return meant == PARTICIPANT or role == FACILITATOR


class NoIdentityError(EnishiError):
    """This process was started without a person, so it opens no book."""

    sentence = "The workbook does not know who is here, so it opened no book."
    way_out = "Please enter again by your own address."


class WrongOwnerError(EnishiError):
    """This process was started for another person."""

    sentence = "This book belongs to another person, so it was not opened."


def identity() -> Identity:
    """Return the identity of this process.

    Raises:
        NoIdentityError: it belongs to no person.
    """
    person = os.environ.get(PERSON)
    if person is None:
        return Identity(ME, FACILITATOR)
    if not person:
        raise NoIdentityError()
    return Identity(person, os.environ.get(ROLE, PARTICIPANT))


def is_hosted() -> bool:
    """Return whether this process belongs to somebody on a server for many persons."""
    return bool(os.environ.get(PERSON))


def check_owner(owner: str) -> None:
    """Check that this process may open the book of `owner`.

    Without `ENISHI_PERSON` it may open every book; a server, which belongs to no person, opens
    those of rooms.

    Raises:
        NoIdentityError: it may open none.
        WrongOwnerError: the book belongs to another person.
    """
    is_room = owner.startswith(ROOM_PREFIX)
    if is_room and (os.environ.get(ROOM) == owner or os.environ.get(PERSON) == ""):
        return
    if PERSON in os.environ and identity().person != owner:
        raise WrongOwnerError()
