"""The fixtures of the tests of faults; they name this module in `pytest_plugins`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from enishi.paths import shared
from faults import Person, somebody
from serving import Serving, serving


@pytest.fixture(scope="module")
def faults_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults") / "data"


@pytest.fixture(scope="module")
def faults_server(faults_dir: Path) -> Iterator[Serving]:
    """One server for every fault that does not break it."""
    with serving(faults_dir, shared("workbooks")) as server:
        yield server


@pytest.fixture
def person(faults_server: Serving, faults_dir: Path, chromium: Browser) -> Iterator[Person]:
    with somebody(faults_server, faults_dir, chromium, "ja") as begun:
        yield begun
        begun.leave()
