"""A sheet in another program keeps its colours to itself, and brings them along."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enishi.book import Book
from enishi.paths import SHEETS
from widgets import Wish, open_workbook
from widgets.base.assets import LOOK, WIDGETS

OURS = re.compile(r"(?<![\w-])(\.enishi|html\.enishi)\b")


def outer_selectors(text: str) -> list[str]:
    """Return the selectors of a style sheet that are in no other rule."""
    found, open_rules, read = [], [""], ""
    for each in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL):
        if each == "{":
            rule = read.strip()
            if not rule.startswith("@") and all(at.startswith("@") for at in open_rules[1:]):
                found += re.split(r",\s*(?![^()]*\))", rule)
            open_rules.append(rule)
        elif each == "}":
            open_rules.pop()
        read = "" if each in "{};" else read + each
    return found


@pytest.mark.parametrize("file", sorted(WIDGETS.glob("*/*.css")), ids=lambda file: file.stem)
def test_a_style_of_ours_reaches_nothing_around_our_sheets(file: Path) -> None:
    selectors = outer_selectors(file.read_text(encoding="utf-8"))
    assert selectors
    assert [each for each in selectors if not OURS.search(each)] == []


def test_a_sheet_alone_brings_the_shared_styles(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SHEETS, raising=False)
    alone = Wish(open_workbook("02-goal"))
    shared = LOOK.read_text(encoding="utf-8")
    assert alone._css.count(shared) == 1
    monkeypatch.setenv(SHEETS, "/sheets/")
    assert shared not in Wish(open_workbook("02-goal"))._css
