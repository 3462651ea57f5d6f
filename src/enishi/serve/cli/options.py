"""Options and error handling that the commands share."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from enishi.errors import EnishiError
from enishi.i18n import LANGUAGES, console_language, error_text
from enishi.serve.errors import NoRoomError
from enishi.serve.security import Limits

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The system's error numbers for a file that cannot grow."""

with_language = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=console_language,
    help="The language of the sentences here.",
)

with_patience = click.option(
    "--patience",
    type=click.FloatRange(1),
    default=Limits().patience,
    show_default=True,
    help="How many seconds a page that lost its connection is waited for.",
)
with_metrics = click.option(
    "--metrics", is_flag=True, help="Tell Prometheus how the server is, at /metrics."
)
with_log = click.option(
    "--verbose", is_flag=True, help="Write what the server does to this window."
)


def _choose_workbooks(context: click.Context, option: click.Parameter, folder: str | None) -> None:
    """Make `folder` the folder of the notebooks, for this process and those it starts."""
    if folder is not None:
        os.environ["ENISHI_WORKBOOKS"] = folder


with_workbooks = click.option(
    "--workbooks",
    metavar="FOLDER",
    callback=_choose_workbooks,
    expose_value=False,
    help="The folder of the notebooks, for authors. [default: Enishi's own]",
)


def with_pages(most: int) -> Callable[..., Any]:
    """Return the option for the number of pages, with the default `most`."""
    return click.option(
        "--pages",
        type=click.IntRange(1),
        default=most,
        show_default=True,
        help="How many pages may be open at once.",
    )


@contextmanager
def exit_on_error(language: str) -> Iterator[None]:
    """Print an error as a sentence and exit with 1, instead of a traceback."""
    try:
        yield
    except EnishiError as error:
        exit_with_error(language, error)
    except OSError as error:
        if error.errno not in FULL:
            raise
        exit_with_error(language, NoRoomError())


def exit_with_error(language: str, error: EnishiError) -> NoReturn:
    """Print the error, and exit with 1."""
    click.echo(error_text(language, error), err=True)
    sys.exit(1)
