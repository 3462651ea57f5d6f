"""The command `enishi doctor`: what is installed, where the data lie, and what to do."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from enishi.i18n import translate
from enishi.paths import book_file, person_dir
from enishi.serve.cli.answers import CommandAnswer, answering, with_json
from enishi.serve.cli.options import with_language

PACKAGES = (
    *("voila", "jupyter-server", "ipykernel", "anywidget", "pandas", "SQLAlchemy"),
    *("cryptography", "openpyxl", "psycopg"),
)
"""The packages of which the version helps when something does not work."""
LITTLE_BYTES = 200_000_000
"""Free bytes on the disk below which room should be made."""


@click.command()
@with_json
@with_language
def doctor(as_json: bool, language: str) -> None:
    """Say what is installed, where your data lie, and whether the book is whole.

    It checks the book page by page and row by row, the free space on the disk, and who else may
    read the files. It changes nothing, and shows nothing that you wrote. It ends with 1 if
    something has to be done, and says what.
    """
    with answering(language, as_json) as answer:
        from enishi.book.database import keeper_url
        from enishi.book.database_errors import redacted_url

        _say_versions(answer)
        file = book_file()
        place = redacted_url(keeper_url())
        answer.add(folder=str(person_dir()), book=place, problems=[], advice=[])
        answer.tell("Your data are in the folder {folder}.", folder=person_dir())
        _say_book(answer, file, place)
        if file is not None:
            _say_backups(answer, file)
            _say_space(answer, person_dir())
            _say_rights(answer, file)


def _say_versions(answer: CommandAnswer) -> None:
    versions = {
        "enishi": version("enishi"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **dict(_package_versions()),
    }
    answer.add(versions=versions, system=platform.platform(), executable=sys.executable)
    answer.show(", ".join(f"{name} {number}" for name, number in versions.items()))
    answer.show(f"{platform.platform()}, {sys.executable}")


def _package_versions() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "-"


def _say_book(answer: CommandAnswer, file: Path | None, place: str) -> None:
    """Check the book; a book that is not there yet is no problem."""
    from enishi.book.backup import examine
    from enishi.book.database import keeper_url

    if file is not None and not os.path.lexists(file):
        answer.add(whole=None)
        answer.tell("There is no book yet; it is made when the workbook is opened.")
        return
    found = examine(keeper_url())
    answer.add(whole=not found, problems=found)
    if not found:
        answer.tell("The book {path} is whole.", path=place)
        return
    answer.warn(translate(answer.language, "The book {path} is not whole:", path=place))
    for problem in found:
        answer.warn(f"- {problem}")
    sentence = "It still is as it was. `enishi restore FILE` goes back to a backup."
    _advise(answer, sentence)


def _say_backups(answer: CommandAnswer, file: Path) -> None:
    from enishi.book.copies.automatic_backups import list_automatic_backups

    found = list_automatic_backups(file)
    answer.add(automatic_backups=[{"file": str(p), "at": at.isoformat()} for p, at in found])
    if found:
        newest = f"{found[0].at:%Y-%m-%d %H:%M}"
        folder = found[0].path.parent
        sentence = "Automatic backups: {count} in {folder}, the newest of {newest}."
        answer.tell(sentence, count=len(found), folder=folder, newest=newest)
    else:
        answer.tell("There are no automatic backups.")


def _say_space(answer: CommandAnswer, folder: Path) -> None:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    answer.add(free_bytes=free)
    answer.tell("Free on the disk: {megabytes} MB.", megabytes=free // 1_000_000)
    if free < LITTLE_BYTES:
        sentence = "Make some room: a book cannot be saved on a full disk."
        _advise(answer, sentence)


def _say_rights(answer: CommandAnswer, file: Path) -> None:
    """Name what others on this computer may read, and what the person may not write."""
    if os.name != "posix":
        return
    wrong = [path for path in _private(file) if _is_open(path)]
    answer.add(readable_by_others=[str(path) for path in wrong])
    for path in wrong:
        mode = "700" if path.is_dir() else "600"
        sentence = "Others on this computer may read {path}: `chmod {mode}` keeps it to yourself."
        _advise(answer, sentence, path=path, mode=mode)
    for path in (file.parent, file):
        if path.exists() and not os.access(path, os.W_OK):
            sentence = "{path} cannot be written to."
            _advise(answer, sentence, path=path)


def _private(file: Path) -> Iterator[Path]:
    """Yield the files and folders that hold what a person wrote."""
    if file.parent.exists():
        yield file.parent
        yield from sorted(each for each in file.parent.glob(f"{file.stem}*"))


def _is_open(path: Path) -> bool:
    """Return whether others than the owner may read a file, in a folder that lets them in."""
    if path.is_dir():
        return False
    folder = stat.S_IMODE(path.parent.stat().st_mode)
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o044 and folder & 0o011)


def _advise(answer: CommandAnswer, sentence: str, **facts: Any) -> None:
    """Say what to do; the command ends with 1."""
    text = translate(answer.language, sentence, **facts)
    answer.facts["advice"].append(text)
    answer.facts["ok"] = False
    answer.warn(text)
