"""The fixtures of the tests that start kernels; they name this module in `pytest_plugins`."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from enishi.paths import shared
from enishi.serve.fork import zygote_manager
from forking import Run


@pytest.fixture(scope="module")
def jupyter_dirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for what Jupyter and the kernels leave behind, with a short path for sockets."""
    with tempfile.TemporaryDirectory(prefix="enishi-") as name, pytest.MonkeyPatch.context() as at:
        place = Path(name)
        for variable in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            at.setenv(variable, name)
        (place / "ipython").mkdir()
        at.setenv("IPYTHONDIR", str(place / "ipython"))
        at.setenv("JUPYTER_PATH", str(shared("data") / "jupyter"))
        at.setenv("ENISHI_DATA", str(place / "person"))
        at.delenv("ENISHI_DATABASE", raising=False)
        yield place


@pytest.fixture(scope="module")
def run_async(jupyter_dirs: Path) -> Iterator[Run]:
    """One event loop for the tests of a module: `run(story())`.

    It runs in a thread of its own: in this one the driver of the browser tests keeps a loop.
    """
    with ThreadPoolExecutor(max_workers=1) as thread, closing(asyncio.Runner()) as runner:
        yield lambda story: thread.submit(runner.run, story).result()
        thread.submit(runner.close).result()


@pytest.fixture(scope="module")
def zygote(run_async: Run) -> Iterator[Run]:
    """The same, with a zygote that is ready."""
    assert run_async(zygote_manager.wait_ready(logging.getLogger()))
    yield run_async
    zygote_manager.close()


@pytest.fixture
def no_zygote(run_async: Run) -> Iterator[Run]:
    """The same, with no zygote yet; the test may start one, and do with it what it likes."""
    zygote_manager.close()
    yield run_async
    zygote_manager.close()
