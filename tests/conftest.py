"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import expect

from enishi.book import Book, open_book

expect.set_options(timeout=20_000)  # a busy machine takes its time; what is right comes anyway

# What decides whether a change may land looks at the same examples each time; `make fuzz` looks
# for new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile("same")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person who has not begun yet."""
    data = tmp_path / "data"
    monkeypatch.setenv("ENISHI_DATA", str(data))
    monkeypatch.delenv("ENISHI_DATABASE", raising=False)
    monkeypatch.delenv("ENISHI_OWNER", raising=False)
    return data


@pytest.fixture
def book(folder: Path) -> Iterator[Book]:
    """A book with nothing in it."""
    opened = open_book()
    yield opened
    opened.close()
