"""How a command gets a passphrase: from a file, the environment, or the person at the terminal.

Never from the command line itself, where every other program of this computer could read it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from enishi.i18n import translate

PASSPHRASE = "ENISHI_PASSPHRASE"
"""Environment variable with the passphrase of a sealed file."""

with_passphrase_file = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Read the passphrase from the first line of FILE. ENISHI_PASSPHRASE can hold it as well.",
)
with_seal = click.option(
    "--seal", is_flag=True, help="Seal the file with a passphrase, which is asked for."
)


def given_passphrase(file: Path | None) -> str:
    """Return the passphrase in `file` or the environment; "" if there is none."""
    if file is None:
        return os.environ.get(PASSPHRASE, "")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return lines[0] if lines else ""


def new_passphrase(seal: bool, file: Path | None, language: str) -> str:
    """Return the passphrase that seals a new file; "" for a plain one.

    A short one gets advice, and is taken.
    """
    from enishi.book.copies.sealed import is_short

    passphrase = given_passphrase(file)
    if not passphrase and seal:
        question = translate(language, "Passphrase")
        again = translate(language, "The same once more")
        passphrase = click.prompt(question, hide_input=True, confirmation_prompt=again, err=True)
    if passphrase and is_short(passphrase):
        advice = (
            "Somebody who has the file could guess a passphrase this short."
            " Four unrelated words are hard to guess and easy to remember."
        )
        click.echo(translate(language, advice), err=True)
    return passphrase


def known_passphrase(start: bytes, file: Path | None, language: str) -> str:
    """Return the passphrase of a file that begins with `start`; "" if it needs or gets none."""
    from enishi.book.copies.sealed import is_sealed

    if not is_sealed(start):
        return ""
    passphrase = given_passphrase(file)
    if not passphrase and sys.stdin.isatty():
        question = translate(language, "Passphrase")
        passphrase = click.prompt(question, hide_input=True, default="", err=True)
    return passphrase


def beginning(file: Path) -> bytes:
    """Return the first bytes of a file; none if it cannot be read, which is refused later."""
    try:
        with file.open("rb") as source:
            return source.read(64)
    except OSError:
        return b""
