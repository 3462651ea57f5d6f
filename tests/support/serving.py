"""A real server in a process of its own, a browser, and a small notebook to serve."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import nbformat
import psutil
from playwright.sync_api import BrowserContext, Page

ENISHI = [str(Path(sys.executable).with_name("enishi"))]
"""The command, as it was installed beside this Python."""

COUNTER = '''
import anywidget, sys, traitlets

class Counter(anywidget.AnyWidget):
    """Counts what it is told, and fails when it is told to."""

    _esm = """
    export default { render({ model, el }) {
      const make = (id, text) => {
        const button = document.createElement("button");
        button.id = id;
        button.textContent = text;
        button.addEventListener("click", () => model.send({ do: id }));
        el.append(button);
        return button;
      };
      const count = make("count", "");
      make("fail", "fail");
      const draw = () => { count.textContent = "counted " + model.get("counted"); };
      model.on("change:counted", draw);
      draw();
    } };
    """
    counted = traitlets.Int(0).tag(sync=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.on_msg(self.hear)

    def hear(self, widget, content, buffers):
        if content["do"] == "fail":
            print("the-secret-in-a-complaint", file=sys.stderr)
            raise ValueError("the-secret-in-a-callback")
        self.counted += 1

Counter()
'''


def write_notebook(file: Path, *cells: str, title: str = "見本", meant_for: str = "") -> None:
    """Write a notebook whose code cells are `cells`, with a note for authors on top."""
    notebook = nbformat.v4.new_notebook(
        metadata={
            "title": title,
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        }
    )
    if meant_for:
        notebook.metadata["enishi"] = {"for": meant_for}
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# a note for authors", metadata={"tags": ["author"]})
    ]
    notebook.cells += [nbformat.v4.new_code_cell(dedent(cell)) for cell in cells]
    nbformat.write(notebook, file)


@dataclass
class Serving:
    """A running server: its process, the address it printed, where its log goes."""

    process: subprocess.Popen[str]
    address: str
    printed: list[str]
    log: Path

    @property
    def token(self) -> str:
        return parse_qs(urlsplit(self.address).query)["token"][0]

    @property
    def root(self) -> str:
        address = urlsplit(self.address)
        return f"{address.scheme}://{address.netloc}"

    @property
    def base(self) -> str:
        """The address of all pages: with the path they lie below, without a slash at its end."""
        return self.root + urlsplit(self.address).path.rstrip("/")

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def listens_on(self) -> int:
        """Return the port it listens on, where the address people use says another one."""
        [port] = {
            each.laddr.port
            for each in psutil.Process(self.process.pid).net_connections("tcp")
            if each.status == psutil.CONN_LISTEN
        }
        return int(port)

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Give a client that has been let in, whose requests our own pages send."""
        ours = {"Origin": self.root}
        with httpx.Client(base_url=self.base, timeout=30, headers=ours) as client:
            assert client.get("/", params={"token": self.token}).status_code == 302
            yield client

    def kernels(self) -> int:
        """Return how many kernels run."""
        count: int = httpx.get(self.base + "/healthz", timeout=30).json()["kernels"]
        return count

    def kernel_processes(self) -> list[psutil.Process]:
        """Return the processes of the kernels, those that are still ending among them."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        return [process for process in family if is_kernel(process)]

    def kernel_process(self) -> psutil.Process:
        """Wait until one kernel is left, as that of a page just left takes a while; return it."""
        left: list[psutil.Process] = []

        def is_one() -> bool:
            left[:] = self.kernel_processes()
            return len(left) == 1

        wait_until(is_one)
        return left[0]

    def has_kernel(self, id: str) -> bool:
        """Tell whether the server still has the kernel."""
        with self.client() as client:
            return client.get(f"/api/kernels/{id}").status_code == 200

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Ask the server to end and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=30)


def is_kernel(process: psutil.Process) -> bool:
    """Tell whether a process of the server's is a kernel."""
    try:
        started = " ".join(process.cmdline())
        return process.name() == "enishi-kernel" or "ipykernel_launcher" in started
    except psutil.NoSuchProcess:  # it has just ended
        return False


def kernel_of(page: str) -> str:
    """Return the id of the kernel that made `page`."""
    found = re.search(r'"kernelId": "([^"]+)"', page)
    assert found, page
    return found[1]


def start(
    data: Path, workbooks: Path, *arguments: str, **environment: str
) -> subprocess.Popen[str]:
    """Start `enishi` with its data in `data` and its notebooks from `workbooks`."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / "server.log").open("w") as log:
        return subprocess.Popen(
            [*ENISHI, *arguments],
            env={
                **os.environ,
                "ENISHI_DATA": str(data),
                "ENISHI_WORKBOOKS": str(workbooks),
                **environment,
            },
            cwd=data.parent,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )


@contextmanager
def serving(data: Path, workbooks: Path, *arguments: str, **environment: str) -> Iterator[Serving]:
    """Serve until the block is left; whatever happens in it, the server ends."""
    arguments = arguments or ("--no-browser", "--port", "0", "--verbose")
    process = start(data, workbooks, *arguments, **environment)
    log = data.parent / "server.log"
    try:
        printed: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            printed.append(line.rstrip("\n"))
            if line.startswith("http"):
                break
        assert printed and printed[-1].startswith("http"), log.read_text()
        server = Serving(process, printed[-1], printed, log)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()  # so that a failing test leaves nothing running
            raise
        if process.stdout is not None:
            process.stdout.close()


def wait_until(claim: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until `claim` holds."""
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "It did not come about in time."
        time.sleep(0.1)


@dataclass
class Witness:
    """What a page asked for and complained about."""

    page: Page
    requests: list[str]
    complaints: list[str]

    def strangers(self) -> list[str]:
        """Return the requests that went anywhere but to this machine."""
        own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
        return [each for each in self.requests if not each.startswith(own)]


def watch(context: BrowserContext) -> Witness:
    """Open a page and note its requests, its console errors and its uncaught exceptions."""
    page = context.new_page()
    witness = Witness(page, [], [])
    page.on("request", lambda request: witness.requests.append(request.url))
    page.on("websocket", lambda socket: witness.requests.append(socket.url))
    page.on("pageerror", lambda error: witness.complaints.append(str(error)))

    def hear(message: Any) -> None:
        if message.type == "error":
            witness.complaints.append(message.text)

    page.on("console", hear)
    return witness


def prevent_forks(folder: Path) -> None:
    """Make the zygote end at once in a server with `folder` in its PYTHONPATH."""
    (folder / "sitecustomize.py").write_text(
        "import os, sys\nif 'enishi.serve.fork' in ' '.join(sys.orig_argv): os._exit(3)\n"
    )


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `enishi` to its end."""
    return subprocess.run(
        [*ENISHI, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
