"""The commands about all books at once: `enishi backup` and `restore`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from enishi.i18n import translate
from enishi.serve.cli.accounts import open_accounts
from enishi.serve.cli.answers import CommandAnswer, answering, note_act, with_json
from enishi.serve.cli.options import with_language
from enishi.serve.cli.passphrases import (
    beginning,
    known_passphrase,
    new_passphrase,
    with_passphrase_file,
    with_seal,
)
from enishi.serve.errors import NotInBackupError

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
@click.option("--only", metavar="NAME", help="Restore the book of this person alone.")
@with_passphrase_file
@with_json
@with_language
def restore(
    file: Path | None,
    only: str | None,
    passphrase_file: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Go back to the backup FILE, also while the workbook is open.

    FILE is what `backup` wrote, or an automatic backup; without FILE these are listed. All books
    become as they were then. What is replaced stays in a file of its own, which `restore` can go
    back to as well.

    With `--only`, the book of one person, by name or id, becomes as it was then, and all others
    stay as they are. One “Undo” in the workbook takes it back.
    """
    if only and file is None:
        raise click.UsageError(translate(language, "Give the FILE of a backup with --only."))
    with answering(language, as_json) as answer:
        if file is None:
            list_automatic(answer)
            return
        passphrase = known_passphrase(beginning(file), passphrase_file, language)
        if only:
            restore_one(file, only, passphrase, answer)
            return
        from enishi.book import backup, database

        replaced = backup.restore(database.keeper_url(), file, passphrase)
        answer.tell("The backup was restored. Pages that are open: reload them.")
        if replaced:
            answer.tell("What it replaced was kept here:")
            answer.show(replaced)
        answer.add(restored=str(file), replaced=str(replaced) if replaced else None)
        note_act(answer, "restored-all", "-")


def restore_one(file: Path, who: str, passphrase: str, answer: CommandAnswer) -> None:
    """Make the book of one person what it is in the backup `file`.

    Raises:
        UnknownPersonError: nobody here, or more than one, has this name or id.
        NotInBackupError: the backup holds no book of theirs.
        BookError: the backup cannot be read.
    """
    from enishi.book import Book
    from enishi.book.accounts import find_named
    from enishi.book.copies.put_back import copy_from_backup, go_back
    from enishi.book.wording.column_texts import counts_text

    with open_accounts() as engine:
        person = find_named(engine, who)
        copy = copy_from_backup(file, person.id, passphrase)
        if not any(copy.tables.values()):
            raise NotInBackupError(file=file, name=person.name)
        written, removed = go_back(Book(engine, person.id), copy, file.name)
    answer.add(restored=str(file), person=person.id, written=written, removed=removed)
    answer.tell("The book of {name} is as it was in the backup.", name=person.name)
    if written:
        answer.tell("Written: {rows}", rows=counts_text(written, answer.language))
    if removed:
        rows = counts_text(removed, answer.language)
        answer.tell("Written since the backup, and taken out: {rows}", rows=rows)
    answer.tell("“Undo” in the workbook takes it back. Pages that are open: reload them.")
    note_act(answer, "restored", person.id)


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
