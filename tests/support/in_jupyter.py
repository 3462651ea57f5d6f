"""Jupyter's own programs, each with a home of its own, and a wish written in Enishi inside them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import FilePayload, FrameLocator, Locator, Page, WebSocket, expect

from documents import FOLDER, blocks_of
from enishi.i18n import texts
from fronts import free_port
from serving import wait_until

BIN = Path(sys.executable).parent
PROXY = Path(__file__).parents[1] / "javascript/node_modules/configurable-http-proxy"
BOOK = ".local/share/enishi/book.sqlite3"
"""Where a person's book lies in their home."""
DOCUMENT = FOLDER / "jupyter.md"
COMMANDS = [line for block in blocks_of(DOCUMENT) if block.kind == "sh" for line in block.lines]
"""The commands in the document."""
TOKEN = "of-this-test"
GOAL = "voila/render/02-goal.ipynb"
UNUSED = {"jupyter_lsp": False, "jupyter_server_terminals": False}
"""Extensions that a test does without, so that a server starts sooner."""
NEVER = "raise ImportError\n"
"""A module that counts as not installed: `jsonschema` does without its grammars, three seconds."""
KEPT = ("PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "TMPDIR", "LANG")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a person who has nothing but a home."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    absent = home / "absent"
    absent.mkdir(exist_ok=True)
    (absent / "rfc3987_syntax.py").write_text(NEVER)
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, (kept.get("PYTHONPATH"), str(absent))))
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
        is_running = process.poll() is None
        family = psutil.Process(process.pid).children(recursive=True) if is_running else []
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


def documented(program: str) -> list[str]:
    """Return the command of docs/jupyter.md that begins so, with the program of this Python."""
    [line] = [line for line in COMMANDS if line.startswith(program)]
    name, *arguments = line.split()
    return [str(BIN / name), *arguments]


@contextmanager
def jupyter(
    folder: Path,
    program: str,
    *options: str,
    base: str = "/",
    python: Path | None = None,
    **more: str,
) -> Iterator[str]:
    """Run `jupyter lab` or `jupyter notebook` in `folder`; yield the address of its base.

    Args:
        folder: the folder of the notebooks; the home of the person is in it.
        program: `lab` or `notebook`.
        options: of the program.
        base: the path that its addresses begin with.
        python: the interpreter of another environment, in which JupyterLab is run.
        more: environment variables.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}{base}"
    command = [
        *([str(python), "-m", "jupyterlab"] if python else documented(f"jupyter {program}")),
        *("--no-browser", f"--ServerApp.port={port}"),
        *(f"--IdentityProvider.token={TOKEN}", f"--ServerApp.base_url={base}"),
        *(f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None", *options),
        *("--allow-root", f"--ServerApp.jpserver_extensions={UNUSED}"),
    ]
    environ = environment(folder / "home", JUPYTER_NO_CONFIG="", **more)
    with started(folder, command, f"{address}api", environ):
        yield address


def open_notebook(page: Page, address: str) -> None:
    """Open a notebook in JupyterLab or Notebook, and wait until its kernel has answered."""

    def is_channel(line: WebSocket) -> bool:
        return "/channels" in line.url

    with page.expect_websocket(is_channel, timeout=90_000) as opened:
        page.goto(f"{address}?token={TOKEN}")
    opened.value.wait_for_event("framereceived")


def choose(page: Page, *names: str) -> None:
    """Choose from the menus of JupyterLab or Notebook: each name opens what holds the next one."""
    page.get_by_role("menuitem", name=names[0], exact=True).click()
    for name in names[1:]:
        label = page.locator(".lm-Menu-itemLabel").get_by_text(name, exact=True)
        label.hover()
        if name == names[-1]:
            label.click()


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


def write_wish(page: Page | FrameLocator, wish: str) -> None:
    """Write a wish into the sheet that is on a page, and wait until it says that it is saved."""
    field = wish_field(page)
    field.fill(wish)
    field.press("Tab")
    saved = page.locator("section#wish .saved")
    expect(saved).to_have_text(texts("common", "en")["saved"], timeout=30_000)


def wish_field(page: Page | FrameLocator) -> Locator:
    """Return the field for the wish."""
    label = texts("goal", "en")["screens"]["wish"]["wish"]
    return page.get_by_label(label, exact=True).first


def wishes_in(book: Path) -> list[str]:
    """Return the wishes that a book's file contains."""
    with closing(sqlite3.connect(book)) as connection:
        return [row[0] for row in connection.execute("SELECT wish FROM goal ORDER BY id")]


def hand_over(page: Page, enishi: str, name: str) -> tuple[list[str], list[str]]:
    """Bring a person in from a CSV and take the book home; return the names and wishes in it.

    Args:
        page: a page of a browser that may open the workbook.
        enishi: the address of the workbook, with a slash at its end.
        name: of the person.
    """
    add = texts("contacts", "en")["screens"]["add"]
    page.goto(f"{enishi}voila/render/04-contacts.ipynb#add")
    sheet = page.locator("section#add")
    sheet.locator("summary").get_by_text(add["from_file"], exact=True).click()
    table = f"First Name,Last Name,E-mail 1 - Value\n{name},,a@example.com\n".encode()
    file = FilePayload(name="people.csv", mimeType="text/csv", buffer=table)
    sheet.locator("input[type=file]").set_input_files(file)
    expect(sheet.locator("ul.lines > li")).to_contain_text(name)
    sheet.locator(".acts .main").click()
    expect(sheet.locator('[data-focus="earlier"]')).to_be_visible()
    page.goto(f"{enishi}voila/render/07-settings.ipynb#my_data")
    take = texts("settings", "en")["screens"]["my_data"]["take"]
    with page.expect_download() as handed:
        page.locator("section#my_data").get_by_role("button", name=take, exact=True).click()
    assert re.fullmatch(r"enishi-my-book-[\d-]{10}\.zip", handed.value.suggested_filename)
    return handed_over(Path(handed.value.path()))


def handed_over(file: Path) -> tuple[list[str], list[str]]:
    """Return the names and the wishes in a book that somebody took home, if all of it is there."""
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        tables = json.loads(packed.read("book.json"))["tables"]
    return [row["name"] for row in tables["contact"]], [row["wish"] for row in tables["goal"]]
