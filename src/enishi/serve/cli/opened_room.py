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


class OpenedRoom(NamedTuple):
    """A room, and the key of whoever leads it; '' where the room was open before."""

    id: str
    host_key: str


def ensure_room(engine: Engine, agenda: str | None, title: str | None, language: str) -> OpenedRoom:
    """Open a room with a facilitator; or go on with the latest, where nothing else is asked for.

    A server that was stopped in the middle of a session thus comes back to it.

    Raises:
        UnknownAgendaError, AgendaError: there is no such agenda, or its file does not fit.
    """
    from enishi.room import agendas, entries  # takes half a second

    going = "" if agenda or title else entries.latest_room(engine)
    if going:
        return OpenedRoom(going, "")
    chosen = agendas.find_agenda(agenda or agendas.USUAL)
    phases = agendas.phases_of(chosen, language)
    room = entries.open_room(engine, title or chosen.title[language], language, phases)
    _, key = entries.invite_host(engine, room, translate(language, "Facilitator"))
    return OpenedRoom(room, key)


def show_room(engine: Engine, room: OpenedRoom, public: Address, seats: int, language: str) -> None:
    """Print the facilitator's address, the address for everybody, the code and the QR.

    Each address, and the code, is on a line of its own. The facilitator's is on this computer
    itself, unless the connection is encrypted.
    """
    from enishi.book.accounts import read_connection
    from enishi.room import entries

    with read_connection(engine) as connection:
        codes = entries.shown_codes(connection, room.id)
    own = public._replace(host=ADDRESS) if public.is_open else public
    join = f"{public}join"
    click.echo(translate(language, "You lead the group at this address; give it to nobody else:"))
    click.echo(f"{own}login#{room.host_key}" if room.host_key else str(own))
    click.echo(translate(language, "The others join at this address, with this code:"))
    click.echo(join)
    click.echo(codes.code)
    sentence = "There is room for {count} {count|person|people}."
    click.echo(translate(language, sentence, count=seats))
    show_qr(f"{join}#{codes.key}")


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
