"""The commands about persons: `enishi invite`, `renew`, `dismiss`, `erase` and `persons`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from enishi.i18n import translate
from enishi.identity import FACILITATOR, PARTICIPANT
from enishi.serve.auth.public_url import Address
from enishi.serve.cli.answers import CommandAnswer, answering, note_act, note_acts, with_json
from enishi.serve.cli.host import at_address, public_address
from enishi.serve.cli.invitation_cards import Invited, cards_page
from enishi.serve.cli.options import exit_on_error, with_language

if TYPE_CHECKING:
    from sqlalchemy import Engine

STILL_OPEN = "A page that is still open can write for half a minute. Then erase once more."
days_option = click.option(
    "--days", type=click.IntRange(1), help="For how long it opens. [default: no end]"
)


@contextmanager
def open_accounts() -> Iterator[Engine]:
    """Open the database of the persons who may enter, and close it after the block."""
    from enishi.book.database import keeper_url, open_database  # takes half a second

    engine = open_database(keeper_url())
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
@click.argument("name", required=False)
@click.option(
    "--from",
    "names",
    type=click.File("r", encoding="utf-8-sig"),
    metavar="FILE",
    help="Invite everybody whose name is in this file, a line each.",
)
@click.option(
    "--sheet",
    type=click.File("w", encoding="utf-8", lazy=False),
    metavar="FILE",
    help="Write cards with QR codes to this HTML file, to be printed, instead of the addresses.",
)
@click.option("--facilitator", is_flag=True, help="Somebody who leads the gathering.")
@with_key_options
def invite(
    name: str | None,
    names: TextIO | None,
    sheet: TextIO | None,
    facilitator: bool,
    days: int | None,
    address: str | None,
    language: str,
) -> None:
    """Print an address by which NAME enters, to a book of their own."""
    if (name is None) == (names is None):
        raise click.UsageError(translate(language, "Give either a NAME or a file with --from."))
    with exit_on_error(language):
        public = public_address(address)
        with open_accounts() as engine:
            from enishi.book import accounts

            lines = [name] if names is None else [line for line in names if line.strip()]
            asked = [accounts.person_name(each or "") for each in lines]  # all, before the first
            role = FACILITATOR if facilitator else PARTICIPANT
            found = [accounts.invite(engine, each, role, days) for each in asked]
        note_acts(language, "invited", [person.id for person, _ in found])
        if sheet is None:
            for person, key in found:
                show_key(language, person.name, public, key)
            return
        os.chmod(sheet.name, 0o600)  # whoever reads it enters as any of them
        invited = [Invited(person.name, f"{public}login#{key}") for person, key in found]
        sheet.write(cards_page(invited, language))
        sentence = "{count} {count|card is|cards are} in {file}. Print it, then delete it."
        click.echo(translate(language, sentence, count=len(invited), file=sheet.name))


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
        note_acts(language, "renewed", [someone.id])
        if key:
            show_key(language, someone.name, public, key)
        else:
            sentence = "{name} enters by the provider again, without an address of their own."
            click.echo(translate(language, sentence, name=someone.name))


@click.command()
@click.argument("person")
@with_language
def dismiss(person: str, language: str) -> None:
    """End the access of PERSON, a name or an id, and what they show to a coach; their book stays.

    `renew` lets them in again, `erase` erases the book.
    """
    with exit_on_error(language), open_accounts() as engine:
        from enishi.book import accounts

        someone = accounts.dismiss(engine, person)
        note_acts(language, "dismissed", [someone.id])
        click.echo(translate(language, "{name} cannot enter any more.", name=someone.name))
        click.echo(translate(language, "Pages they showed to a coach are closed."))
        sentence = "The book stays. “enishi erase {id}” erases it."
        click.echo(translate(language, sentence, id=someone.id))


@click.command()
@click.argument("person", metavar="NAME")
@click.option("--yes", is_flag=True, help="Erase it without asking for the name.")
@with_json
@with_language
def erase(person: str, yes: bool, as_json: bool, language: str) -> None:
    """Erase the whole book of the person NAME, a name or an id, for good, and end their access.

    It first says what is in the book, and asks for the name of the person. Automatic backups and
    other copies beside the books are cleaned as well, or named.
    """
    if as_json and not yes:
        raise click.UsageError(translate(language, "--json does not ask: it needs --yes."))
    with answering(language, as_json) as answer, open_accounts() as engine:
        from enishi.book import accounts

        someone = accounts.find_named(engine, person)
        show_contents(engine, someone.id, answer)
        if not yes:
            question = "This cannot be brought back. To erase it, type the name {name}"
            typed = click.prompt(translate(language, question, name=someone.name), default="")
            if " ".join(typed.split()) != someone.name:
                answer.tell("That is another name, so nothing was erased.")
                answer.add(ok=False)
                return
        accounts.dismiss(engine, someone.id)
        answer.tell("{name} cannot enter any more.", name=someone.name)
        erase_book_of(engine, someone.id, answer)
        note_act(answer, "erased", someone.id)
        if someone.has_access():
            answer.tell(STILL_OPEN)


def show_contents(engine: Engine, owner: str, answer: CommandAnswer) -> None:
    """Print how many rows of each kind are in a person's book, without reading one."""
    from enishi.book import Book
    from enishi.book.own_copy import count_rows
    from enishi.book.wording.column_texts import counts_text

    counts = counts_text(count_rows(Book(engine, owner)), answer.language)
    if counts:
        answer.tell("In the book: {counts}", counts=counts)
    else:
        answer.tell("The book is empty.")


def erase_book_of(engine: Engine, owner: str, answer: CommandAnswer) -> None:
    """Erase a person's whole book, and print what may still hold it."""
    from enishi.book import Book

    erased = Book(engine, owner).erase_everything()
    answer.add(rows=erased.rows, swept=erased.swept, on_server=erased.on_server)
    answer.add(copies_cleaned=erased.cleaned, copies_left=list(erased.copies))
    answer.add(copies_upgraded=erased.upgraded)
    answer.tell("The book is erased.")
    if erased.cleaned:
        sentence = "It was erased from the copies beside the books as well: {count}."
        answer.tell(sentence, count=erased.cleaned)
    if erased.upgraded:
        sentence = "Of these, an older Enishi can no longer open: {count}."
        answer.tell(sentence, count=erased.upgraded)
    if not erased.swept:
        answer.tell(
            "Others are using the file, so bytes of it may stay there until the next erasure."
        )
    if erased.on_server:
        answer.tell("The logs and backups of the database may still hold it.")
    if erased.copies:
        answer.tell("These files may still hold it:")
        for copy in erased.copies:
            answer.show(copy)
    answer.tell(
        "Backups elsewhere and what they took home stay, and their name in “enishi persons”."
    )


@click.command()
@with_language
def persons(language: str) -> None:
    """List everybody who was invited, a line each: id, role, until when, name."""
    with exit_on_error(language), open_accounts() as engine:
        from enishi.book.accounts import list_persons

        for each in list_persons(engine):
            click.echo(f"{each.id}  {each.role:<11}  {each.ends_at or '-':<20}  {each.name}")
