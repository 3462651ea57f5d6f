"""What every command says and understands in the window it was called in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from enishi.errors import EnishiError
from enishi.words import LANGUAGES, guess_language, say_error

in_language = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=guess_language,
    help="The language of the sentences here.",
)


@contextmanager
def told(language: str) -> Iterator[None]:
    """Say what went wrong in a sentence and leave with 1, instead of a traceback."""
    try:
        yield
    except EnishiError as error:
        click.echo(say_error(language, error), err=True)
        sys.exit(1)
