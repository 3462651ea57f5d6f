"""Servers to be measured, each in processes of its own: ours and the peers'."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil

from crowd.peers import PEERS, SCREENS, Peer, install

HOME, REAL, SMALL = (
    "enishi, its home page",
    "enishi, its page of goals",
    "enishi, small screen",
)
PICTURE, CIRCLE = "enishi, its page of pictures", "enishi, its page of the circle"
OURS = (HOME, REAL, SMALL)
PAGES = {
    **{HOME: "05-week.ipynb", REAL: "02-goal.ipynb", SMALL: "01-small.ipynb"},
    **{PICTURE: "06-pictures.ipynb", CIRCLE: "04-contacts.ipynb"},
}
SHOWN = {HOME: "#my_week", REAL: "#wish", SMALL: "", PICTURE: "#pictures", CIRCLE: "#circle"}
"""The workbook of each of ours, and the sheet of it."""
NAMES = (*OURS, *(peer.name for peer in PEERS))
START_SECONDS = 90.0
END_SECONDS = 20.0
QUIET = 0.05
"""Of a core: a server that uses less has nothing to do."""


class Weight(NamedTuple):
    """What a tree of processes holds, in MB: by share (PSS), and what nobody else sees (USS)."""

    share: float
    own: float


@dataclass
class Server:
    """A running server.

    Attributes:
        name: one of `NAMES`.
        address: where to go, token included.
    """

    name: str
    address: str
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(re.findall(r":(\d+)", self.address)[0])

    def tree(self) -> list[psutil.Process]:
        """Return the server and whatever it started."""
        try:
            root = psutil.Process(self.process.pid)
            return [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def cpu(self) -> float:
        """Return the CPU seconds of the tree, those that have ended included."""
        spent = 0.0
        for each in self.tree():
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                spent += times.user + times.system + times.children_user + times.children_system
        return spent

    def weight(self) -> Weight:
        """Return the memory of the tree."""
        share = own = 0
        for each in self.tree():
            with suppress(psutil.NoSuchProcess):
                memory = each.memory_full_info()
                share += memory.pss
                own += memory.uss
        return Weight(share / 1e6, own / 1e6)

    def kernels(self) -> int:
        """Return how many kernels run; frameworks that have none begin and end with 0."""
        count = 0
        for each in self.tree():
            with suppress(psutil.NoSuchProcess):
                forked = each.name() == "enishi-kernel"
                count += forked or "ipykernel_launcher" in " ".join(each.cmdline())
        return count

    def descriptors(self) -> int:
        """Return how many files and sockets the tree has open."""
        count = 0
        for each in self.tree():
            with suppress(psutil.NoSuchProcess):
                count += each.num_fds()
        return count


@contextmanager
def serving(
    name: str,
    pages: int = 24,
    patience: float = 90.0,
    *,
    peers: Sequence[Peer] = PEERS,
    fill: Callable[[], object] | None = None,
) -> Iterator[Server]:
    """Serve what `name` says until the block is left; then everything that was started ends.

    Args:
        name: one of `PAGES` or the name of one of `peers`.
        pages: how many pages ours may have open at once.
        patience: how long ours waits for a page that has gone without a word, in seconds.
        peers: the peers, each with the screen it shows.
        fill: writes into our book before the server starts; `ENISHI_DATA` names its folder then.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing outlives this bench
    with (
        tempfile.TemporaryDirectory(prefix="enishi-") as place,
        open(Path(place, "log"), "wb") as log,
    ):
        if name in PAGES:
            if fill:
                os.environ["ENISHI_DATA"] = str(Path(place) / "person")
                fill()
            server = start_ours(name, Path(place), log.fileno(), pages, patience)
        else:
            peer = next(peer for peer in peers if peer.name == name)
            install(peer)
            server = start_peer(peer, Path(place), log.fileno())
        try:
            wait_for_answer(server, Path(place, "log"))
            yield server
        finally:
            end(server)


def start_ours(name: str, place: Path, log: int, pages: int, patience: float) -> Server:
    """Start Enishi with a book of its own."""
    environment = {**os.environ, "ENISHI_DATA": str(place / "person")}
    if name == SMALL:
        environment["ENISHI_WORKBOOKS"] = str(SCREENS / "enishi")
        before = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        paths = [str(SCREENS), str(SCREENS / "enishi"), *filter(None, before)]
        environment["PYTHONPATH"] = os.pathsep.join(paths)
    limits = ["--pages", str(pages), "--patience", str(patience)]
    process = subprocess.Popen(
        [Path(sys.executable).with_name("enishi"), "--no-browser", "--port", "0", *limits],
        env=environment,
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=log,
    )
    assert process.stdout
    address = next((line for line in process.stdout if line.startswith(b"http")), b"").decode()
    assert address, (place / "log").read_text()
    page = f"/voila/render/{PAGES[name]}?"
    return Server(name, address.strip().replace("/?", page) + SHOWN[name], process)


def start_peer(peer: Peer, place: Path, log: int) -> Server:
    """Start a peer with the small screen; what it keeps about its person is kept in `place`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program, *arguments = peer.command.format(port=port).split()
    process = subprocess.Popen(
        [peer.programs / program, *arguments],
        env={
            **os.environ,
            "HOME": str(place),
            "PYTHONPATH": str(SCREENS),
            "PATH": os.pathsep.join((str(peer.programs), os.environ["PATH"])),
        },
        cwd=SCREENS,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    return Server(peer.name, f"http://127.0.0.1:{port}{peer.path}", process)


def wait_for_answer(server: Server, log: Path) -> None:
    """Wait until the server answers anything at all."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.process.poll() is None, log.read_text(errors="replace")[-2000:]
        try:
            urlopen(f"http://127.0.0.1:{server.port}/there-is-nothing-here", timeout=5).close()
            return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(f"{server.name} did not answer: {log.read_text(errors='replace')[-2000:]}")


def end(server: Server) -> None:
    """End the server, and by their ids all that it started."""
    tree = server.tree()
    server.process.terminate()
    _, left = psutil.wait_procs(tree, timeout=END_SECONDS)
    for each in left:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    server.process.wait(timeout=END_SECONDS)
    if server.process.stdout:
        server.process.stdout.close()


def settle(server: Server, seconds: float = 60.0) -> None:
    """Wait until the server has nothing to do, at most so long."""
    end = time.monotonic() + seconds
    before = server.cpu()
    while time.monotonic() < end:
        time.sleep(1)
        now = server.cpu()
        if now - before < QUIET:
            return
        before = now


class Others:
    """What everybody else on the machine takes meanwhile, in cores: says what a figure is worth."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.begun, self.before = time.perf_counter(), self._busy()

    def share(self) -> float:
        """Return the cores that neither the server nor this bench has used since the beginning."""
        busy = self._busy() - self.before
        return max(0.0, busy / (time.perf_counter() - self.begun))

    def _busy(self) -> float:
        times = psutil.cpu_times()
        ours = self.server.cpu()
        this = psutil.Process()
        browser = set(this.children(recursive=True)) - set(self.server.tree())
        for each in (this, *browser):
            with suppress(psutil.NoSuchProcess):
                own = each.cpu_times()
                ours += own.user + own.system
        return sum(times) - times.idle - getattr(times, "iowait", 0.0) - ours
