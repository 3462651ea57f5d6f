"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from enishi.book import Book, open_book

expect.set_options(timeout=20_000)  # a busy machine takes its time; what is right comes anyway


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
