"""Jupyter's own programs, each with a home of its own, and a wish written in Enishi inside them."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import Locator, Page, expect

from enishi.i18n import texts
from fronts import free_port
from serving import wait_until

BIN = Path(sys.executable).parent
PROXY = Path(__file__).parents[1] / "javascript/node_modules/configurable-http-proxy"
BOOK = ".local/share/enishi/book.sqlite3"
"""Where a person's book lies in their home."""
TOKEN = "of-this-test"
GOAL = "voila/render/02-goal.ipynb"
UNUSED = {"jupyter_lsp": False, "jupyter_server_terminals": False, "voila.server_extension": False}
"""Extensions that a test does without, so that a server starts sooner."""
KEPT = ("PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "TMPDIR", "LANG")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a person who has nothing but a home."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "HOME": str(home), "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def started(folder: Path, command: list[str], url: str, environ: dict[str, str]) -> Iterator[None]:
    """Run a program until the block is left; it is ready once it answers at `url`."""
    log = folder / "program.log"
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environ, cwd=folder, stdout=out, stderr=out)
    try:
        wait_until(lambda: process.poll() is not None or answers(url), 60)
        assert process.poll() is None, log.read_text()
        yield
    finally:
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        finally:
            process.kill()
            for each in family:  # what a program leaves behind does not outlive the test
                if each.is_running():
                    each.terminate()


def answers(url: str) -> bool:
    """Tell whether a server answers."""
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def jupyter(folder: Path, program: str, *options: str, base: str = "/") -> Iterator[str]:
    """Run `jupyter lab` or `jupyter notebook` in `folder`; yield the address of its base."""
    port = free_port()
    address = f"http://127.0.0.1:{port}{base}"
    command = [
        *(str(BIN / "jupyter"), program, "--no-browser", f"--ServerApp.port={port}"),
        *(f"--IdentityProvider.token={TOKEN}", f"--ServerApp.base_url={base}"),
        *(f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None", *options),
        *("--allow-root", f"--ServerApp.jpserver_extensions={UNUSED}"),
    ]
    environ = environment(folder / "home", JUPYTER_NO_CONFIG="")
    with started(folder, command, f"{address}api", environ):
        yield address


HUB = """
import sys
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.command = {proxy!r}
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r}
c.Spawner.cmd = [{bin!r} + "/jupyterhub-singleuser"]
c.Spawner.args = ["--allow-root", "--ServerApp.jpserver_extensions={unused}"]
c.JupyterHub.db_url = "sqlite:///" + {folder!r} + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = {folder!r} + "/hub-secret"
c.ConfigurableHTTPProxy.pid_file = {folder!r} + "/proxy.pid"
"""


@contextmanager
def jupyterhub(folder: Path) -> Iterator[str]:
    """Run JupyterHub with its proxy, for people whose homes are folders in `folder`."""
    port = free_port()
    node = shutil.which("node") or str(BIN / "node")
    config = folder / "jupyterhub_config.py"
    config.write_text(
        HUB.format(
            port=port,
            hub=free_port(),
            api=free_port(),
            proxy=[node, str(PROXY / "bin" / "configurable-http-proxy")],
            password=TOKEN,
            homes=str(folder / "{username}"),
            bin=str(BIN),
            folder=str(folder),
            unused=UNUSED,
        )
    )
    command = [str(BIN / "jupyterhub"), "-f", str(config)]
    address = f"http://127.0.0.1:{port}/"
    with started(folder, command, f"{address}hub/health", environment(folder / "hub")):
        yield address


def log_in(page: Page, hub: str, name: str) -> None:
    """Log in to a hub, on the way to a page of Enishi."""
    page.goto(f"{hub}hub/login?next=/hub/user-redirect/enishi/{GOAL}")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()


def write_wish(page: Page, wish: str) -> None:
    """Write a wish into the sheet that is on a page, and wait until it says that it is saved."""
    field = wish_field(page)
    field.fill(wish)
    field.press("Tab")
    saved = page.locator("section#wish .saved")
    expect(saved).to_have_text(texts("common", "en")["saved"], timeout=30_000)


def wish_field(page: Page) -> Locator:
    """Return the field for the wish."""
    label = texts("goal", "en")["screens"]["wish"]["wish"]
    return page.get_by_label(label, exact=True).first


def wishes_in(book: Path) -> list[str]:
    """Return the wishes that a book's file contains."""
    with closing(sqlite3.connect(book)) as connection:
        return [row[0] for row in connection.execute("SELECT wish FROM goal ORDER BY id")]
