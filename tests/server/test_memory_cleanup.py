"""Pages come and go; nothing of them stays in the server."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from enishi.serve.memory_cleanup import release_memory
from kernel_lines import PAGE, connect, cookie_of, message, replies_until
from serving import COUNTER, Serving, kernel_of, serving, wait_until, write_notebook

SLOW = "/voila/render/02-slow.ipynb"

WINDOW = """
import gc, json, os, signal, sys
from collections import Counter

def tell(number, frame):
    if number == signal.SIGUSR2:
        gc.collect()
    kinds = (type(each) for each in gc.get_objects())
    with open(os.environ["ENISHI_TOLD"] + ".new", "w") as file:
        json.dump(Counter(f"{kind.__module__}.{kind.__qualname__}" for kind in kinds), file)
    os.rename(file.name, os.environ["ENISHI_TOLD"])

if sys.orig_argv[1].endswith("enishi"):
    signal.signal(signal.SIGUSR1, tell)
    signal.signal(signal.SIGUSR2, tell)
"""
"""Lets a test look into the server."""

OF_THE_REQUEST = (
    "enishi.serve.handlers.workbooks.WorkbookHandler",
    "enishi.serve.kernels.manager.MeasuredClient",
    "voila.notebook_renderer.NotebookRenderer",
    "voila.exporter.VoilaExporter",
)
OF_THE_PAGE = (
    "enishi.serve.kernels.manager.PageKernelHandle",
    "enishi.serve.handlers.websocket.KernelWebSocket",
    "enishi.serve.handlers.websocket.KernelConnection",
    "jupyter_client.session.Session",
    "zmq.eventloop.zmqstream.ZMQStream",
    "zmq.asyncio.Socket",
)


class Watched:
    """A server that can be looked into; it tells in the file `told` what there is."""

    def __init__(self, server: Serving, told: Path) -> None:
        self.server, self.told = server, told
        self.process = psutil.Process(server.process.pid)

    def there_is(self, *kinds: str, swept: bool = True) -> dict[str, int]:
        """Return how many things of these classes there are.

        Args:
            swept: without those that nothing holds any more, and Python has not found yet.
        """
        self.told.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR2 if swept else signal.SIGUSR1)
        wait_until(self.told.exists)
        found = Counter(json.loads(self.told.read_text()))
        return {kind: found[kind] for kind in kinds if found[kind]}

    def held(self) -> dict[str, int]:
        """Return what the server holds."""
        rest = self.there_is(*OF_THE_REQUEST, *OF_THE_PAGE, "logging.Logger")
        return {"descriptors": self.process.num_fds(), "threads": self.process.num_threads()} | rest


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A server that can be looked into, where somebody has been."""
    place = tmp_path_factory.mktemp("watched")
    (place / "sitecustomize.py").write_text(WINDOW)
    workbooks = place / "workbooks"
    workbooks.mkdir()
    write_notebook(workbooks / "01-start.ipynb", COUNTER)
    write_notebook(workbooks / "02-slow.ipynb", "import time\ntime.sleep(1)", "print('made')")
    told = place / "told"
    environment = {"PYTHONPATH": str(place), "ENISHI_TOLD": str(told)}
    with serving(place / "data", workbooks, **environment) as server:
        come_and_go(server)
        yield Watched(server, told)


def come_and_go(server: Serving) -> None:
    """Open a page, say goodbye and close it."""
    with opened(server) as (client, kernel_id):
        crumb = {"_xsrf": client.cookies["_xsrf"]}
        client.post(f"/voila/api/shutdown/{kernel_id}", data=crumb).raise_for_status()
    wait_until(lambda: not server.has_kernel(kernel_id))


@contextmanager
def opened(server: Serving) -> Iterator[tuple[httpx.Client, str]]:
    """Open a page that speaks with its kernel; give the browser and the kernel's id."""
    with server.client() as client:
        kernel_id = kernel_of(client.get(PAGE).text)
        with closing(connect(server, kernel_id, cookie_of(client))) as line:
            line.send(message("kernel_info_request"))
            replies_until(line, "kernel_info_reply")
            yield client, kernel_id


def change_ones_mind(server: Serving) -> None:
    """Open a page and leave while its notebook runs."""
    with half_made(server) as kernel_id:
        pass
    wait_until(lambda: not server.has_kernel(kernel_id))


@contextmanager
def half_made(server: Serving) -> Iterator[str]:
    """Give the kernel of a page whose notebook is running; then leave the page."""
    page = ""
    with server.client() as client, client.stream("GET", SLOW) as answer:
        for piece in answer.iter_text():
            page += piece
            if '"kernelId": "' in page:
                break
        assert "made" not in page
        yield kernel_of(page)


def lose_the_kernel(server: Serving) -> None:
    """Open a page whose kernel dies."""
    with opened(server) as (_, kernel_id):
        server.kernel_process().kill()
        wait_until(lambda: not server.has_kernel(kernel_id))


@pytest.mark.parametrize("visit", [come_and_go, change_ones_mind, lose_the_kernel])
def test_a_server_holds_what_it_held_before_somebody_came(
    watched: Watched, visit: Callable[[Serving], None]
) -> None:
    wait_until(lambda: not watched.there_is(*OF_THE_REQUEST, *OF_THE_PAGE))
    before = watched.held()
    for _ in range(3):
        visit(watched.server)
    wait_until(lambda: watched.held() == before)


def test_what_lies_about_is_swept_up(watched: Watched) -> None:
    come_and_go(watched.server)
    wait_until(lambda: not watched.there_is(*OF_THE_REQUEST, *OF_THE_PAGE, swept=False))


def test_what_made_a_page_is_gone_while_the_page_stands(watched: Watched) -> None:
    with opened(watched.server) as (_, kernel_id):
        wait_until(lambda: not watched.there_is(*OF_THE_REQUEST))
        assert watched.server.has_kernel(kernel_id)
        assert "enishi.serve.handlers.websocket.KernelWebSocket" in watched.there_is(*OF_THE_PAGE)


def test_to_make_a_page_takes_no_threads(watched: Watched) -> None:
    change_ones_mind(watched.server)  # threads that read notebooks end after ten seconds unused
    before = watched.process.num_threads()
    with half_made(watched.server) as kernel_id:
        assert watched.process.num_threads() == before
    wait_until(lambda: not watched.server.has_kernel(kernel_id))


def test_what_is_free_is_given_back() -> None:
    process = psutil.Process()
    size = 60_000
    blocks = [b"." * size for _ in range(1_000)]
    between = blocks[::10] + blocks[-1:]
    full = process.memory_info().rss
    blocks.clear()
    release_memory()
    assert process.memory_info().rss < full - 40e6
    assert len(between) == 101
