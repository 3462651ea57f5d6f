"""What a command answers: sentences for people or, with `--json`, one object for programs.

Every command ends with 0 if it did what it says, with 1 if it was refused or found something that
is not whole, and with 2 if it was called in a way that its help does not describe.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from enishi.errors import EnishiError
from enishi.i18n import error_text, translate
from enishi.serve.cli.options import FULL
from enishi.serve.errors import NoRoomError

if TYPE_CHECKING:
    from enishi.serve.audit_log import AccountAct

with_json = click.option(
    "--json", "as_json", is_flag=True, help="Answer with one JSON object, for programs."
)


class CommandAnswer:
    """Prints sentences as they come or, for programs, only the facts at the end."""

    def __init__(self, language: str, as_json: bool) -> None:
        self.language, self.as_json = language, as_json
        self.facts: dict[str, Any] = {"ok": True}

    def tell(self, sentence: str, **facts: object) -> None:
        """Print a sentence, for people."""
        self.show(translate(self.language, sentence, **facts))

    def show(self, line: object) -> None:
        """Print a line that is in no language, for people."""
        if not self.as_json:
            click.echo(line)

    def warn(self, line: object) -> None:
        """Print a line about something that is not whole, for people, apart from the rest."""
        if not self.as_json:
            click.echo(line, err=True)

    def add(self, **facts: Any) -> None:
        """Add facts, for programs."""
        self.facts |= facts


@contextmanager
def answering(language: str, as_json: bool) -> Iterator[CommandAnswer]:
    """Yield the answer of a command, and print it; an error is its sentence, and exit code 1."""
    answer = CommandAnswer(language, as_json)
    try:
        yield answer
    except EnishiError as error:
        _refuse(answer, error)
    except OSError as error:
        if error.errno not in FULL:
            raise
        _refuse(answer, NoRoomError())
    if as_json:
        click.echo(json.dumps(answer.facts, ensure_ascii=False))
    if not answer.facts["ok"]:
        sys.exit(1)


def note_act(answer: CommandAnswer, act: AccountAct, id: str) -> None:
    """Add a line to the audit log; warn where it cannot be written."""
    note_acts(answer.language, act, [id])


def note_acts(language: str, act: AccountAct, ids: Iterable[str]) -> None:
    """Add a line to the audit log for each account; warn where they cannot be written."""
    from enishi.serve.audit_log import AUDIT_FILE, note_account  # reads the database

    if not all([note_account(act, id) for id in ids]):
        sentence = "It was done, but could not be noted in {file}."
        click.echo(translate(language, sentence, file=AUDIT_FILE), err=True)


def _refuse(answer: CommandAnswer, error: EnishiError) -> None:
    text = error_text(answer.language, error)
    answer.facts = {"ok": False, "error": type(error).__name__, "text": text}
    if not answer.as_json:
        click.echo(text, err=True)
