"""The same notebooks in JupyterLab, for those who write them."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from socket import socket

from traitlets.config import Config

from enishi.serve.directories import settle_jupyter
from enishi.serve.ports import ADDRESS, port_of
from enishi.serve.runtime_dir import runtime_dir
from enishi.serve.signals import on_termination


def open_lab(
    notebooks: Path, own: Path, sockets: list[socket], when_open: Callable[[str], None]
) -> None:
    """Serve the folder of the notebooks in JupyterLab until it is asked to stop.

    It is the folder itself, so that a change made here is a change of the workbook. Where it may
    not be written to (an installation for everybody), the notebooks open to be read and run.

    Args:
        notebooks: the folder of the notebooks.
        own: the person's folder; JupyterLab's settings are kept there.
        sockets: the bound sockets of the port to listen on.
        when_open: called once with the address, token included.
    """
    os.environ["JUPYTERLAB_SETTINGS_DIR"] = str(own / "jupyterlab" / "settings")
    decline_news(own / "jupyterlab" / "settings")
    os.environ["JUPYTERLAB_WORKSPACES_DIR"] = str(own / "jupyterlab" / "workspaces")
    with runtime_dir() as passing:
        settle_jupyter(passing)
        from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]  # finds its folders

        port, token = port_of(sockets), secrets.token_urlsafe(24)
        for each in sockets:
            each.close()  # JupyterLab binds its own
        config = lab_config(str(notebooks), port, token)
        # Without other extensions of the server: one of them asks npm for language servers and
        # waits for an answer.
        server = LabApp.initialize_server(argv=[], load_other_extensions=False, config=config)
        server.io_loop.add_callback(when_open, f"http://{ADDRESS}:{port}/lab?token={token}")
        with on_termination(partial(server.stop, from_signal=True)):
            server.start()


def decline_news(settings: Path) -> None:
    """Answer JupyterLab's question about news with no: it would ask another host for them."""
    file = settings / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('{"fetchNews": "false"}', encoding="utf-8")


def lab_config(folder: str, port: int, token: str) -> Config:
    """Return JupyterLab's configuration: this machine only, and it asks no other."""
    config = Config()
    server = config.ServerApp
    server.ip, server.port, server.port_retries = ADDRESS, port, 0
    server.root_dir = folder
    server.open_browser = False
    server.allow_root = hasattr(os, "geteuid") and os.geteuid() == 0
    config.Application.log_level = logging.ERROR
    config.IdentityProvider.token = token
    if os.name == "posix":
        config.KernelManager.transport = "ipc"
    config.KernelSpecManager.allowed_kernelspecs = {"python3"}  # ours is for the app alone
    config.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    config.LabApp.news_url = None
    config.LabApp.extension_manager = "readonly"
    return config
