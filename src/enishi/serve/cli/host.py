"""The command `enishi host`: the workbook for many persons, each with a book of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from enishi.errors import EnishiError
from enishi.i18n import translate
from enishi.serve.auth.oidc_settings import take_oidc_settings
from enishi.serve.auth.public_url import Address, address_of, read_address
from enishi.serve.cli.opened_room import (
    ensure_room,
    show_copy,
    show_copy_trouble,
    show_host,
    show_join,
    show_seats,
)
from enishi.serve.cli.options import (
    exit_on_error,
    with_language,
    with_log,
    with_metrics,
    with_pages,
    with_patience,
    with_workbooks,
)
from enishi.serve.directories import ensure_data_dir, hide_process_memory, workbooks
from enishi.serve.errors import CopyNeedsFileError, OpenToAllError
from enishi.serve.local_network import find_private_address, is_private
from enishi.serve.ports import ADDRESS, USUAL_PORT, port_of, take_port
from enishi.serve.seats import free_memory_mb, granted_seats, pages_for
from enishi.serve.security import Limits

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from enishi.serve.book_copy import BookCopy

OPEN = (
    "People will come here without encryption: whoever is on the way can read along. "
    "Please let them come by https."
)

OPEN_HERE = (
    "Phones come here without encryption: whoever is in the same Wi-Fi can read along. "
    "You lead from this computer alone."
)

at_address = click.option(
    "--address",
    envvar="ENISHI_ADDRESS",
    metavar="URL",
    help="The address people use, as https://workbook.example/enishi/. "
    "ENISHI_ADDRESS says it once for all commands.",
)


@click.command()
@at_address
@click.option("--listen", default=ADDRESS, show_default=True, metavar="IP", help="Where to listen.")
@click.option("--here", is_flag=True, help="For people in one place: host them on this computer.")
@click.option(
    "--agenda",
    metavar="NAME",
    help="Open a room with this agenda: 60, 90, 120 (minutes) or mokumoku. [default: 90]",
)
@click.option("--title", metavar="TEXT", help="Open a room with this title.")
@click.option(
    "--copy",
    "copy_folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Keep a copy in this folder, at most 10 seconds old, for another computer to go on from.",
)
@click.option(
    "--seats",
    type=click.IntRange(2),
    help="How many people a room takes in, at most what the memory allows.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=USUAL_PORT,
    show_default=True,
    help="The port to listen on.",
)
@with_pages(60)
@click.option(
    "--pages-each",
    type=click.IntRange(1),
    default=8,
    show_default=True,
    help="How many of them one person may have open.",
)
@with_patience
@with_metrics
@with_log
@with_workbooks
@with_language
def host(
    address: str | None,
    listen: str,
    here: bool,
    agenda: str | None,
    title: str | None,
    copy_folder: Path | None,
    seats: int | None,
    port: int,
    pages: int,
    pages_each: int,
    patience: float,
    metrics: bool,
    verbose: bool,
    language: str,
) -> None:
    """Serve the workbook to many persons.

    Each enters by an address of their own, which `enishi invite` prints, and sees their own book
    alone. ENISHI_DATABASE names the database that holds the books, ENISHI_KEEPER_DATABASE the same
    database by its owner, whom no page knows.

    With ENISHI_OIDC_ISSUER and what goes with it (docs/serving.md), people sign in at an OpenID
    Connect provider of yours as well.

    With `--here`, people in one place join a room by a code, from phones in the same network.
    """
    with exit_on_error(language):
        asked = read_address(address) if address else None
        if here and listen == ADDRESS:
            listen = find_private_address()
        if here:
            check_near(asked or address_of(listen, port))
        take = take_port_on_both if here else take_port
        place = (workbooks(), ensure_data_dir(), take(port, listen))
        public = asked or address_of(listen, port_of(place[2]))
        has_room = bool(here or agenda or title)
        takes = granted_seats(seats, free_memory_mb())
        if has_room and not is_given("pages"):
            pages = max(pages, pages_for(takes))
        if public.is_open:
            click.echo(translate(language, OPEN_HERE if here else OPEN), err=True)
        from enishi.room.entries import latest_room
        from enishi.serve.group_hosting import GroupHosting
        from enishi.serve.launch import serve  # takes a second, and a refusal need not wait for it

        oidc = take_oidc_settings(os.environ, public)
        if oidc is not None and oidc.secret:
            hide_process_memory()
        engine = open_books()
        copy = open_copy(engine, copy_folder)
        at_once = not here or is_given("seats") or is_given("language")
        room = ensure_room(engine, agenda, title, language, at_once) if has_room else None

        def show(found: str) -> None:
            if room is None:
                show_public_address(language, found)
            else:
                show_host(room, public, language)
                if room.id:
                    show_join(engine, room.id, public, language)
                show_seats(takes, seats, language)
            if copy is not None:
                show_copy(copy, here, language)
            click.echo(translate(language, "Ctrl-C closes it."))
            sys.stdout.flush()

        def show_moved(now: Address) -> None:
            click.echo(translate(language, "This computer has another address in the network now."))
            if going := latest_room(engine):
                show_join(engine, going, now, language)

        serve(
            *place,
            when_open=show,
            address=public,
            limits=Limits(pages, patience, pages_each),
            persons=engine,
            verbose=verbose,
            metrics=metrics,
            oidc=oidc,
            group=GroupHosting(
                here,
                takes,
                copy,
                say_opened=lambda opened, now: show_join(engine, opened, now, language),
                say_moved=show_moved,
                say_copied=lambda trouble: show_copy_trouble(trouble, language),
            ),
        )


def open_books() -> Engine:
    """Open the database of all books, ready for the pages; what opens it is in no page's reach.

    Raises:
        PagesAccountError, KeeperAccountError: the accounts on a database server do not fit.
        BookError: it cannot be opened.
    """
    from enishi.book import database
    from enishi.room.row_security import admit_pages

    engine = database.open_database(database.keeper_url())
    admit_pages(engine, database.database_url())
    if os.environ.pop(database.KEEPER, ""):
        hide_process_memory()
    return engine


def open_copy(engine: Engine, folder: Path | None) -> BookCopy | None:
    """Return the copy of the book to be kept in a folder; None without one.

    Raises:
        CopyNeedsFileError: the books are not in a file.
        CopyFolderError, CopyTakenError: the folder cannot take it.
    """
    if folder is None:
        return None
    from enishi.book.database import file_of
    from enishi.serve.book_copy import BookCopy

    book = file_of(engine)
    if book is None:
        raise CopyNeedsFileError()
    return BookCopy(book, folder)


def is_given(option: str) -> bool:
    """Return whether an option of the running command was not left at its default."""
    source = click.get_current_context().get_parameter_source(option)
    return source is not ParameterSource.DEFAULT


def take_port_on_both(port: int, listen: str) -> list[Any]:
    """Return sockets on this computer's own address, and on `listen` with the same port.

    Raises:
        PortInUseError, PortRefusedError, ListenAddressError: see `take_port`.
    """
    own = take_port(port)
    try:
        return [*own, *take_port(port_of(own), listen)]
    except EnishiError:
        for each in own:
            each.close()
        raise


def check_near(public: Address) -> None:
    """Check that people do not come to `public` from elsewhere without encryption.

    Raises:
        OpenToAllError: they would.
    """
    if public.is_open and not is_private(public.host):
        raise OpenToAllError(address=str(public))


def show_public_address(language: str, address: str) -> None:
    """Print the address on a line of its own, and how people enter."""
    click.echo(translate(language, "The workbook is open at this address:"))
    click.echo(address)
    sentence = "Each person enters by their own address, which “enishi invite NAME” prints."
    click.echo(translate(language, sentence))


def public_address(address: str | None) -> Address:
    """Return the public address, or the usual one on this computer."""
    return read_address(address) if address else address_of(ADDRESS, USUAL_PORT)
