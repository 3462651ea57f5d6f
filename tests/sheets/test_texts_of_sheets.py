"""What a sheet shows comes from `data/words`, not from the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import widgets
from enishi.coach.rules.reason import reason_for
from enishi.i18n import read_texts
from sheets import Open
from sources import nodes_of
from widgets.base.explanations import describe_reason
from widgets.week.my_week import MyWeek

pytest_plugins = ["sheet_fixtures"]
WIDGETS = Path(widgets.__file__).parent
FILES = sorted(WIDGETS.rglob("*.py"))
JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]")
ALLOWED = {
    "日本語": "a language, written in itself",
    "さん": "an honorific that is part of what the person wrote",
    "様": "likewise",
}
"""Japanese constants in the code, each with its reason."""

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def constants(file: Path) -> Iterator[str]:
    """Yield the text constants of a module, without its docstrings."""
    docstrings = {id(node.value) for node in nodes_of(file) if isinstance(node, ast.Expr)}
    for node in nodes_of(file):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str):
            yield node.value


def said_keys(file: Path) -> list[Any]:
    """Return the constants that `say` of a sheet gets in a module."""
    return [
        argument.value
        for node in nodes_of(file)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say"
        if ast.unparse(node.func) != "wording.say"  # the texts of a picture
        for argument in node.args
        if isinstance(argument, ast.Constant)
    ]


def answered(file: Path) -> Iterator[str]:
    """Yield the constants that a module gives as the text of an answer."""
    for node in nodes_of(file):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in ("text", "label", "title"):
                    yield from (
                        each.value
                        for each in [value, *getattr(value, "values", [])]
                        if isinstance(each, ast.Constant) and isinstance(each.value, str)
                    )


def own_keys(file: Path) -> set[str]:
    """Return the keys of the texts of the sheets in a module."""
    names = {
        node.value.value
        for each in nodes_of(file)
        if isinstance(each, ast.ClassDef)
        for node in each.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if getattr(node.targets[0], "id", "") == "name"
    }
    return {key for name in names for room in ROOMS for key in screens_of(room).get(str(name), {})}


def sheets_with(file: Path) -> Iterator[Path]:
    """Yield the modules of the same room that import a module: the sheets that it is a part of."""
    name = f"widgets.{file.parent.name}.{file.stem}"
    for other in FILES:
        if other.parent == file.parent and any(
            isinstance(node, ast.ImportFrom) and node.module == name for node in nodes_of(other)
        ):
            yield other


@cache
def screens_of(room: str) -> dict[str, dict[str, Any]]:
    screens: dict[str, dict[str, Any]] = read_texts(room)["screens"]
    return screens


ROOMS = (
    "start",
    "goal",
    "strengths",
    "contacts",
    "week",
    "settings",
    "room",
    "sharing",
    "received",
)


@every_file
def test_no_text_stands_in_the_code_of_a_sheet(file: Path) -> None:
    assert [text for text in constants(file) if JAPANESE.search(text)] == [
        text for text in constants(file) if text in ALLOWED
    ]
    assert [text for text in answered(file) if re.search(r"\w", text)] == []


@every_file
def test_what_a_sheet_says_is_a_key_of_its_own_texts_or_of_those_all_sheets_share(
    file: Path,
) -> None:
    parts = (own_keys(sheet) for sheet in sheets_with(file))
    known = own_keys(file).union(*parts) | read_texts("common").keys()
    assert [key for key in said_keys(file) if key not in known] == []


def files_read_by(file: Path) -> set[Path]:
    """Return the module of a sheet, its script, and all of ours that these use."""
    found, left = set(), [file, file.with_suffix(".js")]
    while left:
        each = left.pop()
        if each in found or not each.exists():
            continue
        found.add(each)
        source = each.read_text(encoding="utf-8")
        left += [(each.parent / path).resolve() for path in re.findall(r'from "(\.[^"]+)"', source)]
        for room, name in re.findall(r"^from widgets\.(\w+)\.(\w+) import", source, re.MULTILINE):
            left += [WIDGETS / room / f"{name}{ending}" for ending in (".py", ".js")]
    return found


def unread(keys: set[str], source: str) -> list[str]:
    """Return the keys that a source neither names nor puts together from a part it names."""
    begin = re.findall(r"[`\"']([a-z_]+_)\$?\{", source)
    end = re.findall(r"\}(_[a-z_]+)[`\"']", source)
    names = set(re.findall(r"\w+", source))
    pieces = {name for each in names for name in each.split("_")}
    return [
        key
        for key in keys - names
        if not (key.startswith(tuple(begin)) or key.endswith(tuple(end)))
        and not ("}_{" in source and set(key.split("_")) <= pieces)
    ]


@every_file
def test_a_sheet_has_no_text_that_nothing_reads(file: Path) -> None:
    source = "\n".join(each.read_text(encoding="utf-8") for each in files_read_by(file))
    labels = read_texts(file.parent.name).get("labels", {}) if file.parent.name in ROOMS else {}
    assert unread(own_keys(file) - labels.keys() - {"hosted"}, source) == []


def test_no_sheet_has_another_text_under_a_key_that_all_sheets_say() -> None:
    shared = {
        key for file in FILES if file.parent.name in ("base", "parts") for key in said_keys(file)
    }
    own = {
        key for room in ROOMS for screen in read_texts(room)["screens"].values() for key in screen
    }

    assert "row_removed" in shared
    assert shared & own == set()


def test_a_text_of_the_sheet_comes_before_one_of_all_sheets(open_in: Open) -> None:
    week = MyWeek(open_in("05-week", "en"))

    assert week.say("was_for", on="Fri 4 Dec") == "meant for Fri 4 Dec"
    assert week.say("close") == "Close"
    week.words = week.words | {"close": "Shut"}
    assert week.say("close") == "Shut"


def test_a_key_or_a_fact_that_is_missing_is_an_error(open_in: Open) -> None:
    week = MyWeek(open_in("05-week", "en"))

    with pytest.raises(KeyError, match="on"):
        week.say("was_for")
    with pytest.raises(KeyError, match="no_such_text"):
        week.say("no_such_text")


def test_a_sheet_without_an_open_book_still_has_the_texts_of_all_sheets(open_in: Open) -> None:
    workbook = open_in("05-week", "en")
    week = MyWeek(workbook)
    workbook.book = None
    workbook.refresh()

    assert week.words == {"closed": True}
    assert week.say("nothing_changed") == "Something went wrong, and nothing was changed."


def test_the_facts_of_a_reason_are_written_in_the_language(open_in: Open) -> None:
    promise = reason_for("promise", name="花", words="本を送る", due="2026-12-03")
    holiday = reason_for("quiet_holiday", holiday="海の日")
    workbook = open_in("05-week", "en")
    due = date.fromisoformat("2026-12-03")

    said = describe_reason(workbook, promise)["why"]
    assert said == f"You promised: “本を送る”. The day for it is {workbook.short_date(due)}."
    assert "2026-12-03" not in said
    assert "Marine Day" in describe_reason(workbook, holiday)["why"]
