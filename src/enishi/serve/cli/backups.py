"""The commands about all books at once: `enishi backup` and `restore`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from enishi.serve.cli.answers import CommandAnswer, answering, with_json
from enishi.serve.cli.options import with_language
from enishi.serve.cli.passphrases import (
    beginning,
    known_passphrase,
    new_passphrase,
    with_passphrase_file,
    with_seal,
)

file_argument = click.Path(dir_okay=True, path_type=Path)


@click.command()
@click.argument("file", type=file_argument, required=False)
@with_seal
@with_passphrase_file
@with_json
@with_language
def backup(
    file: Path | None, seal: bool, passphrase_file: Path | None, as_json: bool, language: str
) -> None:
    """Write all books to FILE, also while the workbook is open.

    FILE is one SQLite file, wherever the books lie. It is as private as they are, unless a
    passphrase seals it. Without FILE it gets today's date and lies in the current folder.
    `restore` goes back to it; `export` writes one book alone, in a form that people can read.
    """
    with answering(language, as_json) as answer:
        passphrase = new_passphrase(seal, passphrase_file, language)
        from enishi.book.backup import back_up  # these take half a second
        from enishi.book.database import keeper_url
        from enishi.book.recovery import STAMP

        ending = ".enishi" if passphrase else ".sqlite3"
        target = file or Path(f"enishi-{datetime.now().strftime(STAMP)}{ending}")
        back_up(keeper_url(), target, passphrase)
        answer.tell("The backup is whole:")
        answer.show(target)
        answer.add(file=str(target), sealed=bool(passphrase), bytes=target.stat().st_size)


@click.command()
@click.argument("file", type=file_argument, required=False)
@with_passphrase_file
@with_json
@with_language
def restore(file: Path | None, passphrase_file: Path | None, as_json: bool, language: str) -> None:
    """Go back to the backup FILE, also while the workbook is open.

    FILE is what `backup` wrote, or an automatic backup; without FILE these are listed. All books
    become as they were then. What is replaced stays in a file of its own, which `restore` can go
    back to as well.
    """
    with answering(language, as_json) as answer:
        if file is None:
            list_automatic(answer)
            return
        passphrase = known_passphrase(beginning(file), passphrase_file, language)
        from enishi.book import backup, database

        replaced = backup.restore(database.keeper_url(), file, passphrase)
        answer.tell("The backup was restored. Pages that are open: reload them.")
        if replaced:
            answer.tell("What it replaced was kept here:")
            answer.show(replaced)
        answer.add(restored=str(file), replaced=str(replaced) if replaced else None)


def list_automatic(answer: CommandAnswer) -> None:
    """List the automatic backups of this computer, the newest first."""
    from enishi.book.copies.automatic_backups import list_automatic_backups
    from enishi.paths import book_file

    file = book_file()
    found = list_automatic_backups(file) if file is not None else []
    answer.add(backups=[{"file": str(path), "at": at.isoformat()} for path, at in found])
    if not found:
        answer.tell("There are no automatic backups.")
        return
    answer.tell("Automatic backups; `enishi restore FILE` goes back to one of them:")
    for path, at in found:
        answer.show(f"{at:%Y-%m-%d %H:%M}  {path}")
