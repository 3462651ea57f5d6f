"""What every test may ask for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

import enishi.serve  # noqa: F401 - first, as it keeps out grammars that take seconds
from enishi.book import Book, open_book
from enishi.identity import HOSTING
from enishi.room.hosting import Hosting, write_hosting
from postgresql import PostgreSQL, running_postgresql
from processes import needs_process
from stores import Store, in_a_file, lay_in, make_file, on_a_server

expect.set_options(timeout=40_000)  # a busy machine takes its time; what is right comes anyway

# What decides whether a change may land looks at the same examples each time; `make fuzz` looks
# for new ones.
CALM: dict[str, Any] = {  # machines differ
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow],
}
settings.register_profile("same", max_examples=60, derandomize=True, **CALM)
settings.register_profile("quick", max_examples=20, derandomize=True, **CALM)
settings.register_profile("fuzz", max_examples=2_000, print_blob=True, **CALM)
settings.register_profile("all", max_examples=7_000, print_blob=True, **CALM)
settings.load_profile("same")


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person who has not begun yet."""
    data = tmp_path / "data"
    monkeypatch.setenv("ENISHI_DATA", str(data))
    monkeypatch.delenv("ENISHI_DATABASE", raising=False)
    monkeypatch.delenv("ENISHI_PERSON", raising=False)
    return data


@pytest.fixture
def set_hosting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Tells the pages how a room is hosted, as a server does."""
    monkeypatch.setenv(HOSTING, str(tmp_path / "hosting.json"))
    return lambda **facts: write_hosting(Hosting(**facts))


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts a process; begin with the files that drive a browser: these take longest."""
    for item in items:
        if isinstance(item, pytest.Function) and needs_process(item):
            item.add_marker("process")
    long = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """Spare the collector what was imported, and call it less often: it takes a fifth otherwise."""
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on each kind of store that its mark `stores` names; "file" where it has none."""
    mark = metafunc.definition.get_closest_marker("stores")
    if mark and "store" in metafunc.fixturenames:
        metafunc.parametrize("store", mark.args, indirect=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server, for all tests of this process that need one."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def empty_book_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new book's file, for all tests of this process to copy: to make one takes far longer."""
    return make_file(tmp_path_factory.mktemp("new"))


@pytest.fixture
def store(
    request: pytest.FixtureRequest,
    data_dir: Path,
    tmp_path: Path,
    empty_book_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Store]:
    """Where the book lies: in a file, or on a server. There is none there yet."""
    if getattr(request, "param", "file") == "file":
        yield in_a_file(data_dir, tmp_path / "others", empty_book_file)
        return
    with on_a_server(request.getfixturevalue("postgresql")) as store:
        for name, value in store.environment.items():
            monkeypatch.setenv(name, value)
        yield store


@pytest.fixture
def book(store: Store, data_dir: Path, empty_book_file: Path) -> Iterator[Book]:
    """A book with nothing in it."""
    if store.is_file:
        lay_in(data_dir, empty_book_file)
    opened = open_book()
    yield opened
    opened.close()
