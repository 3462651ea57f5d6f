"""The fixture of the tests that open a page; they name this module in `pytest_plugins`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from ipywidgets import Widget

from enishi.clock import DAYS_AHEAD
from sheets import Open
from stores import lay_in
from widgets.base.workbook import Workbook, open_workbook


@pytest.fixture
def open_in(
    tmp_path: Path, empty_book_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """A function that opens a page on one and the same new book, in a language.

    ipywidgets keeps every sheet that is not closed, and with it all that the sheet has read.
    """
    lay_in(tmp_path, empty_book_file)
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path))
    monkeypatch.delenv("ENISHI_DATABASE", raising=False)

    def open_on_book(name: str, language: str = "ja") -> Workbook:
        monkeypatch.setenv("HTTP_ACCEPT_LANGUAGE", language)
        workbook = open_workbook(name)
        assert not workbook.problem
        return workbook

    yield open_on_book
    Widget.close_all()


@pytest.fixture
def present_day() -> Iterator[None]:
    """Begin on the day itself, and end there however many days the test let pass."""
    kept = os.environ.pop(DAYS_AHEAD, None)
    yield
    os.environ.pop(DAYS_AHEAD, None)
    if kept is not None:
        os.environ[DAYS_AHEAD] = kept
