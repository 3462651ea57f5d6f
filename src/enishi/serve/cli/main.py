"""The command line: `enishi` opens the workbook; the other commands are added here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from enishi.i18n import translate
from enishi.serve.auth.public_url import address_of, read_base
from enishi.serve.cli.accounts import dismiss, erase, invite, persons, renew
from enishi.serve.cli.advice import advice
from enishi.serve.cli.backups import backup, restore
from enishi.serve.cli.browser import open_in_browser
from enishi.serve.cli.doctor import doctor
from enishi.serve.cli.host import host
from enishi.serve.cli.localized import LocalizedGroup
from enishi.serve.cli.new import new
from enishi.serve.cli.one_book import export, import_file
from enishi.serve.cli.options import (
    exit_on_error,
    with_language,
    with_log,
    with_metrics,
    with_pages,
    with_patience,
    with_workbooks,
)
from enishi.serve.directories import ensure_data_dir, workbooks
from enishi.serve.errors import ProxyTokenMissingError
from enishi.serve.ports import ADDRESS, USUAL_PORT, port_of, take_free_port, take_port
from enishi.serve.security import Limits
from enishi.server_proxy import PROXY_TOKEN


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of both commands that open the workbook."""
    for option in (
        with_language,
        with_workbooks,
        click.option("--no-browser", is_flag=True, help="Print the address, open nothing."),
        click.option(
            "--port",
            type=click.IntRange(0, 65535),
            help="The port to listen on. [default: 8866, or the next free one]",
        ),
    ):
        command = option(command)
    return command


def take_sockets(language: str, port: int | None) -> list[Any]:
    """Return sockets on `port`; if None, on the usual port or the next free one."""
    if port is not None:
        return take_port(port)
    sockets = take_free_port()
    found = sockets[0].getsockname()[1]
    if found != USUAL_PORT:
        sentence = "Port {usual} is in use, so this is port {found}."
        click.echo(translate(language, sentence, usual=USUAL_PORT, found=found))
    return sockets


def show_address(language: str, address: str, browser: bool, end: ExitStack) -> None:
    """Print the address and open it; the file that this needs is removed at the `end`."""
    click.echo(translate(language, "The workbook is open at this address:"))
    click.echo(address)
    click.echo(translate(language, "It stays on this computer. Ctrl-C closes it."))
    sys.stdout.flush()
    if browser:
        open_in_browser(address, language, end, when_none=lambda: say_no_browser(language))


def say_no_browser(language: str) -> None:
    """Print that no browser was found."""
    click.echo(translate(language, "No browser was found. Open the address above in one."))
    sys.stdout.flush()


@click.group(
    cls=LocalizedGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(version("enishi"), prog_name="enishi")
@options
@with_pages(Limits().pages)
@with_patience
@click.option("--base-url", default="/", help="The path below which all pages are, as /enishi/.")
@click.option(
    "--socket",
    "socket_path",
    type=click.Path(path_type=Path),
    help="For jupyter-server-proxy: the Unix socket to listen on, instead of a port.",
)
@with_metrics
@with_log
@click.pass_context
def main(
    context: click.Context,
    port: int | None,
    no_browser: bool,
    language: str,
    pages: int,
    patience: float,
    base_url: str,
    socket_path: Path | None,
    metrics: bool,
    verbose: bool,
) -> None:
    r"""Open the workbook in the browser.

    It is served on this computer, for this computer. ENISHI_DATA names the folder of your data;
    ENISHI_WORKBOOKS, for authors, the folder of the notebooks, as --workbooks does.

    Each command ends with 0 if it did what it says, with 1 if it was refused or found something
    that is not whole, and with 2 if it was called in a way that its help does not describe.

    To complete commands and options with the Tab key, add this line to ~/.bashrc:

    \b
    eval "$(_ENISHI_COMPLETE=bash_source enishi)"

    In zsh it is zsh_source, in ~/.zshrc; for fish, run _ENISHI_COMPLETE=fish_source enishi | source
    """
    if context.invoked_subcommand:
        return
    with exit_on_error(language), ExitStack() as end:
        base, proxy_token = read_base(base_url), os.environ.pop(PROXY_TOKEN, "")
        place = (workbooks(), ensure_data_dir())
        if socket_path is None:
            proxy_token, sockets = "", take_sockets(language, port)
        elif not proxy_token:
            raise ProxyTokenMissingError
        else:
            from enishi.serve.private_socket import private_socket  # Windows has none

            sockets = end.enter_context(private_socket(socket_path))
        from enishi.serve.launch import serve  # takes a second, and a refusal need not wait for it

        serve(
            *place,
            sockets,
            when_open=None
            if socket_path
            else lambda address: show_address(language, address, not no_browser, end),
            address=address_of(ADDRESS, port_of(sockets), base),
            limits=Limits(pages, patience, pages, memory_each=0),
            verbose=verbose,
            metrics=metrics,
            proxy_token=proxy_token,
        )


COMMANDS = (
    *(new, advice, backup, restore, export, import_file, doctor),
    *(host, invite, renew, dismiss, erase, persons),
)
for command in COMMANDS:
    main.add_command(command)


@main.command()
@options
def lab(port: int | None, no_browser: bool, language: str) -> None:
    """Open the same notebooks in JupyterLab, to read and change them."""
    with exit_on_error(language), ExitStack() as end:
        place = (workbooks(), ensure_data_dir(), take_sockets(language, port))
        from enishi.serve.cli.lab import open_lab

        open_lab(
            *place, when_open=lambda address: show_address(language, address, not no_browser, end)
        )
