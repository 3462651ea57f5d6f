"""The start of the server: put it together, and run it until it is asked to stop."""

from __future__ import annotations

import logging
import os
import secrets
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

from enishi.identity import HOSTING, PERSON
from enishi.paths import WIDGET_FILES
from enishi.serve.auth.public_url import Address
from enishi.serve.book_file import BOOK_FILE
from enishi.serve.directories import cookie_secret, set_jupyter_dirs
from enishi.serve.file_limits import max_connections, raise_file_limit
from enishi.serve.fork import zygote_manager
from enishi.serve.jupyter_patches import defer_imports
from enishi.serve.log_filter import filter_private_text
from enishi.serve.memory_cleanup import MEMORY_CLEANER
from enishi.serve.own_widgets import check_own_widgets
from enishi.serve.runtime_dir import runtime_dir
from enishi.serve.security import Limits, security_config
from enishi.serve.signals import on_termination

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from enishi.serve.auth.oidc_settings import OidcSettings
    from enishi.serve.group_hosting import GroupHosting


def serve(
    notebooks: Path,
    own: Path,
    sockets: list[socket],
    when_open: Callable[[str], None] | None,
    address: Address,
    limits: Limits,
    persons: Engine | None = None,
    verbose: bool = False,
    metrics: bool = False,
    group: GroupHosting | None = None,
    oidc: OidcSettings | None = None,
    proxy_token: str = "",
) -> None:
    """Serve the workbook until it is asked to stop.

    Args:
        notebooks: the folder of the pages.
        own: the writable folder for our data.
        sockets: the bound sockets to listen on.
        when_open: called once with the address to open, as soon as connections are taken in; None
            where a proxy opens it.
        address: the public address.
        limits: the most that this computer may carry.
        persons: the database of the persons who may enter; None for the one person at this machine.
        verbose: write the server's log to standard error.
        metrics: report at `/metrics` how the server is doing.
        group: what it does beside that for a group.
        oidc: the provider at which persons may sign in; None for none.
        proxy_token: what each request of jupyter-server-proxy carries; empty without that proxy.
    """
    check_own_widgets()
    if not verbose:
        # Tornado's warnings (a form without its `_xsrf` token, two timeouts of Jupyter's that do
        # not match) do not help the person at this window.
        logging.getLogger("tornado").setLevel(logging.ERROR)
    descriptors = raise_file_limit()
    BOOK_FILE.remember()
    if persons is not None:
        os.environ[PERSON] = ""  # this process and its zygote belong to no person
    secret, token = cookie_secret(own), secrets.token_urlsafe(24)
    # From the moment the address is known, whoever ends this process expects it to clean up.
    with on_termination(sys.exit), runtime_dir() as runtime, ExitStack() as end:
        set_jupyter_dirs(runtime)
        os.environ[HOSTING] = str(runtime / "hosting.json")
        widget_files = runtime / "widgets"
        widget_files.mkdir()
        os.environ[WIDGET_FILES] = str(widget_files)
        zygote_manager.start()
        end.callback(zygote_manager.close)
        if when_open:
            # What comes now takes half a second. The zygote imports meanwhile, and a browser can
            # start: the sockets listen, and its request waits in their queue.
            when_open(str(address) if persons is not None else f"{address}?token={token}")
        MEMORY_CLEANER.pause()
        with defer_imports():
            from enishi.serve.app import EnishiServer

        server = EnishiServer.instance(
            config=security_config(limits),
            root_dir=str(notebooks),
            connection_dir_root=str(runtime),
            cookie_secret=secret,
            token=token,
            open_browser=False,
            base_url=address.path,
            public=address,
            persons=persons,
            oidc=oidc,
            sockets=sockets,
            metrics=metrics,
            group=group,
            proxy_token=proxy_token,
            seats=group.seats if group is not None else 0,
            here=group is not None and group.here,
            most_connections=max_connections(limits.pages, descriptors),
            log_level=logging.INFO if verbose else logging.ERROR,
        )
        server.log.addFilter(filter_private_text)
        server.initialize([])
        MEMORY_CLEANER.freeze_existing()
        server.start()
