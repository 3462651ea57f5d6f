"""The commands about the book as a whole: `enishi backup`, `restore` and `doctor`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from enishi.i18n import translate
from enishi.serve.cli.options import exit_on_error, with_language

file_argument = click.Path(dir_okay=True, path_type=Path)


@click.command()
@click.argument("file", type=file_argument, required=False)
@with_language
def backup(file: Path | None, language: str) -> None:
    """Write all books to FILE, also while the workbook is open.

    FILE is one SQLite file, wherever the books lie. It is as private as they are. Without FILE it
    gets today's date and lies in the current folder.
    """
    with exit_on_error(language):
        from enishi.book.backup import back_up  # these take half a second
        from enishi.book.database import keeper_url
        from enishi.book.recovery import STAMP

        target = file or Path(f"enishi-{datetime.now().strftime(STAMP)}.sqlite3")
        back_up(keeper_url(), target)
        click.echo(translate(language, "The backup is whole:"))
        click.echo(target)


@click.command()
@click.argument("file", type=file_argument)
@with_language
def restore(file: Path, language: str) -> None:
    """Go back to the backup FILE, also while the workbook is open.

    What it replaces stays in a file of its own, which `restore` can go back to as well.
    """
    with exit_on_error(language):
        from enishi.book import backup, database

        replaced = backup.restore(database.keeper_url(), file)
        click.echo(
            translate(language, "The backup was restored. Pages that are open: reload them.")
        )
        if replaced:
            click.echo(translate(language, "What it replaced was kept here:"))
            click.echo(replaced)


@click.command()
@with_language
def doctor(language: str) -> None:
    """Check whether the book is whole, page by page and row by row; nothing is changed."""
    with exit_on_error(language):
        from enishi.book.backup import examine
        from enishi.book.database import keeper_url
        from enishi.book.database_errors import redacted_url

        found, path = examine(keeper_url()), redacted_url(keeper_url())
        if not found:
            click.echo(translate(language, "The book {path} is whole.", path=path))
            return
        click.echo(translate(language, "The book {path} is not whole:", path=path), err=True)
        for problem in found:
            click.echo(f"- {problem}", err=True)
        sentence = "It still is as it was. `enishi restore FILE` goes back to a backup."
        click.echo(translate(language, sentence), err=True)
        sys.exit(1)
