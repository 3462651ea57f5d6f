"""The command `enishi host`: the workbook for many persons, each with a book of their own."""

from __future__ import annotations

import sys

import click

from enishi.i18n import translate
from enishi.serve.auth.public_url import Address, address_of, read_address
from enishi.serve.cli.options import (
    exit_on_error,
    with_language,
    with_log,
    with_metrics,
    with_pages,
    with_patience,
)
from enishi.serve.directories import ensure_data_dir, workbooks
from enishi.serve.ports import ADDRESS, USUAL_PORT, port_of, take_port
from enishi.serve.security import Limits

OPEN = (
    "People will come here without encryption: whoever is on the way can read along. "
    "Please let them come by https."
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
@with_language
def host(
    address: str | None,
    listen: str,
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
    alone. ENISHI_DATABASE names the database that holds the books.
    """
    with exit_on_error(language):
        public = read_address(address) if address else None
        place = (workbooks(), ensure_data_dir(), take_port(port, listen))
        public = public or address_of(listen, port_of(place[2]))
        if public.is_open:
            click.echo(translate(language, OPEN), err=True)
        from enishi.book import database  # takes a second, and a refusal need not wait for it
        from enishi.serve.launch import serve

        serve(
            *place,
            when_open=lambda found: show_public_address(language, found),
            address=public,
            limits=Limits(pages, patience, pages_each),
            persons=database.open_database(database.database_url()),
            verbose=verbose,
            metrics=metrics,
        )


def show_public_address(language: str, address: str) -> None:
    """Print the address on a line of its own, and how people enter."""
    click.echo(translate(language, "The workbook is open at this address:"))
    click.echo(address)
    sentence = "Each person enters by their own address, which “enishi invite NAME” prints."
    click.echo(translate(language, sentence))
    click.echo(translate(language, "Ctrl-C closes it."))
    sys.stdout.flush()


def public_address(address: str | None) -> Address:
    """Return the public address, or the usual one on this computer."""
    return read_address(address) if address else address_of(ADDRESS, USUAL_PORT)
