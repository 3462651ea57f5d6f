"""Whose book this process may open; whoever started it has said so in its environment.

| `ENISHI_PERSON` | this process is |
|---|---|
| absent | the one person's own: JupyterLab, a script |
| empty | nobody's: a server for many persons, and whatever it started without saying for whom |
| an id | that person's page |
"""

from __future__ import annotations

import os
from typing import NamedTuple

from enishi.errors import EnishiError

PERSON = "ENISHI_PERSON"
ROLE = "ENISHI_ROLE"

ME = "me"
"""The one person on a computer of their own."""
PARTICIPANT = "participant"
FACILITATOR = "facilitator"

SIGNED_IN_DAYS = 30
"""How long a browser is known again without being let in anew."""


class Identity(NamedTuple):
    """Who somebody is here."""

    person: str
    role: str


def may(role: str, meant: str) -> bool:
    """Tell whether somebody in a role may open what is meant for a role; unknown ones open less."""
    return meant == PARTICIPANT or role == FACILITATOR


class NoIdentityError(EnishiError):
    """This process was started for nobody, so it opens no book."""

    sentence = "The workbook does not know who is here, so it opened no book."
    way_out = "Please enter again by your own address."


class WrongOwnerError(EnishiError):
    """This process was started for another person."""

    sentence = "This book belongs to another person, so it was not opened."


def identity() -> Identity:
    """Return whose process this is.

    Raises:
        NoIdentityError: nobody's.
    """
    person = os.environ.get(PERSON)
    if person is None:
        return Identity(ME, FACILITATOR)
    if not person:
        raise NoIdentityError()
    return Identity(person, os.environ.get(ROLE, PARTICIPANT))


def check_owner(owner: str) -> None:
    """See that this process may open the book of `owner`; the one person's own may open any.

    Raises:
        NoIdentityError: it may open none.
        WrongOwnerError: it is another person's.
    """
    if PERSON in os.environ and identity().person != owner:
        raise WrongOwnerError()
