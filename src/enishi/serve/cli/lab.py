"""The same notebooks in JupyterLab, for their authors."""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from socket import socket

from traitlets.config import Config

from enishi.paths import CHECKOUT
from enishi.serve.directories import set_jupyter_dirs
from enishi.serve.own_widgets import check_own_widgets
from enishi.serve.ports import ADDRESS, port_of
from enishi.serve.runtime_dir import runtime_dir
from enishi.serve.signals import on_termination


def open_lab(
    notebooks: Path, own: Path, sockets: list[socket], when_open: Callable[[str], None]
) -> None:
    """Serve the folder of the notebooks in JupyterLab until it is asked to stop.

    In a checkout, or where `ENISHI_WORKBOOKS` names the folder, it is the folder itself, so a
    change made here changes the workbook. The notebooks of an installation are copied first.

    Args:
        notebooks: the folder of the notebooks.
        own: the person's folder, for JupyterLab's settings.
        sockets: the bound sockets of the port to listen on.
        when_open: called once with the address, token included.
    """
    check_own_widgets()
    os.environ["JUPYTERLAB_SETTINGS_DIR"] = str(own / "jupyterlab" / "settings")
    decline_news(own / "jupyterlab" / "settings")
    os.environ["JUPYTERLAB_WORKSPACES_DIR"] = str(own / "jupyterlab" / "workspaces")
    with runtime_dir() as runtime:
        set_jupyter_dirs(runtime)
        add_startup_file()
        hide_voila_preview()
        from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]  # finds its folders

        port, token = port_of(sockets), secrets.token_urlsafe(24)
        for each in sockets:
            each.close()  # JupyterLab binds its own
        if is_installed(notebooks):
            notebooks = copy_missing(notebooks, own / "notebooks")
        config = lab_config(str(notebooks), port, token)
        # Without other server extensions: one of them requests language servers from npm and waits
        # for an answer.
        server = LabApp.initialize_server(argv=[], load_other_extensions=False, config=config)
        server.io_loop.add_callback(when_open, f"http://{ADDRESS}:{port}/lab?token={token}")
        with on_termination(partial(server.stop, from_signal=True)):
            server.start()


def add_startup_file() -> None:
    """Make each kernel of this server find our own `widgets`, also beside another of that name."""
    folder = Path(os.environ["IPYTHONDIR"], "profile_default", "startup")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "00-own-widgets.py").write_text("import enishi.serve\ndel enishi\n", encoding="utf-8")


def hide_voila_preview() -> None:
    """Offer no "Render with Voilà": our JupyterLab runs without the server extension it needs."""
    from jupyter_core.paths import jupyter_config_dir

    folder = Path(jupyter_config_dir(), "labconfig")
    folder.mkdir(parents=True, exist_ok=True)
    disabled = {"disabledExtensions": {"@voila-dashboards/jupyterlab-preview": True}}
    (folder / "page_config.json").write_text(json.dumps(disabled), encoding="utf-8")


def is_installed(notebooks: Path) -> bool:
    """Return whether a folder came with an installation, whose files are not to be changed."""
    is_chosen = bool(os.environ.get("ENISHI_WORKBOOKS"))
    return not is_chosen and not notebooks.is_relative_to(CHECKOUT / "workbooks")


def copy_missing(notebooks: Path, target: Path) -> Path:
    """Copy those notebooks that `target` does not have; return it. What is there stays as it is."""
    for file in sorted(notebooks.rglob("*.ipynb")):
        copy = target / file.relative_to(notebooks)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())  # without the mode, which may be read-only
    return target


def decline_news(settings: Path) -> None:
    """Set JupyterLab's news to off, unless the person has chosen: it would request another host."""
    file = settings / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('{"fetchNews": "false"}', encoding="utf-8")


def lab_config(folder: str, port: int, token: str) -> Config:
    """Return JupyterLab's configuration: this machine only, without requests to others."""
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
    config.KernelSpecManager.allowed_kernelspecs = {"python3"}  # our own kernel is for the app only
    config.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    config.LabApp.news_url = None
    config.LabApp.extension_manager = "readonly"
    return config
