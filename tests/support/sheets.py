"""Messages to a sheet as the browser sends them."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

from enishi.book import Book
from widgets.base.sheet import Sheet
from widgets.base.workbook import Workbook

Open = Callable[..., Workbook]
"""What the fixture `open_in` gives: open(name, language="ja")."""
numbers = count(1)


def book_of(workbook: Workbook) -> Book:
    """Return the book a workbook is open on."""
    assert workbook.book is not None
    return workbook.book


def ask(
    sheet: Sheet, do: str, buffers: list[Any] | None = None, /, **message: Any
) -> dict[str, Any]:
    """Send a message as the page does and return the answer; both must be plain JSON."""
    n = next(numbers)
    sheet._on_message(sheet, json.loads(json.dumps({"do": do, "n": n} | message)), buffers or [])
    answer: dict[str, Any] = json.loads(json.dumps(sheet.answer))
    assert answer["n"] == n
    json.dumps(sheet.state)
    return answer
