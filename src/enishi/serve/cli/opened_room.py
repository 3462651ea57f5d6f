"""A room that a command opens: its agenda, its facilitator, and what the terminal shows of it."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from enishi.i18n import translate
from enishi.serve.auth.public_url import Address
from enishi.serve.ports import ADDRESS

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from enishi.room.hosting import CopyTrouble
    from enishi.serve.book_copy import BookCopy

COPY_TROUBLES = {
    "": "The copy is up to date again.",
    "full": "There is no space left for the copy. The room goes on without it.",
    "unwritable": "The folder of the copy cannot be reached. The room goes on without it.",
}
"""What the terminal says when the trouble of the copy has changed."""


class OpenedRoom(NamedTuple):
    """A room, '' for none yet, and the key of whoever leads it or will open one."""

    id: str
    host_key: str


def ensure_room(
    engine: Engine, agenda: str | None, title: str | None, language: str, at_once: bool = True
) -> OpenedRoom:
    """Go on with the latest room, or open one with a facilitator; else let a facilitator open it.

    A server that was stopped in the middle of a session thus comes back to it, on another laptop as
    well: the facilitator's address is a new one each time, and browsers that are signed in stay so.

    Args:
        engine: the database.
        agenda: the agenda of a further room.
        title: the title of a further room.
        language: the language of the room.
        at_once: whether a room is opened even if neither agenda nor title is given.

    Raises:
        UnknownAgendaError, AgendaError: there is no such agenda, or its file does not fit.
    """
    from enishi.room import agendas, entries  # takes half a second

    called = translate(language, "Facilitator")
    going = "" if agenda or title else entries.latest_room(engine)
    if going or not (agenda or title or at_once):
        return OpenedRoom(going, entries.renew_host(engine, going, called))
    chosen = agendas.find_agenda(agenda or agendas.USUAL)
    phases = agendas.phases_of(chosen, language)
    room = entries.open_room(engine, title or chosen.title[language], language, phases)
    _, key = entries.invite_host(engine, room, called)
    return OpenedRoom(room, key)


def show_host(room: OpenedRoom, public: Address, language: str) -> None:
    """Print the facilitator's address, on a line of its own.

    It is on this computer itself, unless the connection is encrypted.
    """
    own = public._replace(host=ADDRESS) if public.is_open else public
    sentence = (
        "You lead the group at this address; give it to nobody else:"
        if room.id
        else "Open a room for the group at this address; give it to nobody else:"
    )
    click.echo(translate(language, sentence))
    click.echo(f"{own}login#{room.host_key}")


def show_join(engine: Engine, room: str, public: Address, language: str) -> None:
    """Print the address for everybody, the code and the QR, each on a line of its own."""
    from enishi.book.accounts import read_connection
    from enishi.room import entries

    with read_connection(engine) as connection:
        codes = entries.shown_codes(connection, room)
    join = f"{public}join"
    click.echo(translate(language, "The others join at this address, with this code:"))
    click.echo(join)
    click.echo(codes.code)
    show_qr(f"{join}#{codes.key}")
    sys.stdout.flush()


def show_seats(seats: int, asked: int | None, language: str) -> None:
    """Print how many people there is room for, and if fewer than were asked for, why."""
    if asked is not None and asked > seats:
        sentence = "There is memory for {count} {count|person|people}, so a room takes in no more."
    else:
        sentence = "There is room for {count} {count|person|people}."
    click.echo(translate(language, sentence, count=seats))


def show_copy(copy: BookCopy, here: bool, language: str) -> None:
    """Print where the copy is, what it may lack, and how another laptop goes on from it."""
    sentence = (
        "A copy is kept in {folder}, at most 10 seconds old: what was written after it is lost "
        "if this computer fails. Another one goes on from it with:"
    )
    click.echo(translate(language, sentence, folder=copy.folder))
    click.echo(f'ENISHI_DATA="{copy.folder}" enishi host{" --here" if here else ""}')


def show_copy_trouble(trouble: CopyTrouble, language: str) -> None:
    """Print that the copy cannot be written, or that it can be again."""
    click.echo(translate(language, COPY_TROUBLES[trouble]), err=bool(trouble))


def show_qr(text: str) -> None:
    """Print a QR code, if the terminal has the characters for it."""
    import segno  # not needed by the other commands

    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, compact=True, border=2)
    try:
        drawn.getvalue().encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return
    click.echo(drawn.getvalue())
