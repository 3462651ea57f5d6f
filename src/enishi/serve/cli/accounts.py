"""The commands about persons: `enishi invite`, `renew`, `dismiss` and `persons`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from enishi.i18n import translate
from enishi.identity import FACILITATOR, PARTICIPANT
from enishi.serve.auth.public_url import Address
from enishi.serve.cli.host import at_address, public_address
from enishi.serve.cli.options import exit_on_error, with_language

if TYPE_CHECKING:
    from sqlalchemy import Engine

days_option = click.option(
    "--days", type=click.IntRange(1), help="For how long it opens. [default: no end]"
)


@contextmanager
def open_accounts() -> Iterator[Engine]:
    """Open the database of the persons who may enter, and close it after the block."""
    from enishi.book.database import database_url, open_database  # takes half a second

    engine = open_database(database_url())
    try:
        yield engine
    finally:
        engine.dispose()


def with_key_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that prints a person's own address."""
    for option in (with_language, at_address, days_option):
        command = option(command)
    return command


def show_key(language: str, name: str, address: Address, key: str) -> None:
    """Print a person's own address on a line of its own."""
    sentence = "This address lets {name} in. It is shown only now; give it to nobody else."
    click.echo(translate(language, sentence, name=name))
    click.echo(f"{address}login#{key}")


@click.command()
@click.argument("name")
@click.option("--facilitator", is_flag=True, help="Somebody who leads the gathering.")
@with_key_options
def invite(
    name: str, facilitator: bool, days: int | None, address: str | None, language: str
) -> None:
    """Print an address by which NAME enters, to a book of their own."""
    with exit_on_error(language):
        public = public_address(address)
        with open_accounts() as engine:
            from enishi.book import accounts

            role = FACILITATOR if facilitator else PARTICIPANT
            person, key = accounts.invite(engine, name, role, days)
        show_key(language, person.name, public, key)


@click.command()
@click.argument("person")
@with_key_options
def renew(person: str, days: int | None, address: str | None, language: str) -> None:
    """Print another address for PERSON, a name or an id; the one before opens nothing any more."""
    with exit_on_error(language):
        public = public_address(address)
        with open_accounts() as engine:
            from enishi.book import accounts

            someone, key = accounts.renew(engine, person, days)
        show_key(language, someone.name, public, key)


@click.command()
@click.argument("person")
@with_language
def dismiss(person: str, language: str) -> None:
    """End the access of PERSON, a name or an id. Their book stays; `renew` lets them in again."""
    with exit_on_error(language), open_accounts() as engine:
        from enishi.book import accounts

        name = accounts.dismiss(engine, person).name
        click.echo(translate(language, "{name} cannot enter any more. The book stays.", name=name))


@click.command()
@with_language
def persons(language: str) -> None:
    """List everybody who was invited, a line each: id, role, until when, name."""
    with exit_on_error(language), open_accounts() as engine:
        from enishi.book.accounts import list_persons

        for each in list_persons(engine):
            click.echo(f"{each.id}  {each.role:<11}  {each.ends_at or '-':<20}  {each.name}")
