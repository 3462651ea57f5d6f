"""Whatever a page asks of a sheet, about rows there are or not, is answered in a sentence of ours.

Every verb of every sheet is called with what its schema lets through, as a script in the page
could: ids of rows that do not exist, or of another table, columns of another table, values of
another type.
"""

from __future__ import annotations

import logging
import random
import re
from datetime import date
from typing import Any

import nbformat
import pytest
from msgspec import inspect as schema

import widgets
from enishi.book.tables import TABLES
from enishi.paths import shared
from enishi.sample_book import load_sample
from examples import max_examples
from sheets import Open, ask
from widgets.base.sheet import Sheet

pytest_plugins = ["sheet_fixtures"]

TIMES = max(1, min(3, max_examples() // 20))
"""How often each verb is called."""
UNFORESEEN = "Something went wrong"
TEXTS = ["", "x", "架空", "x" * 5000, "\x00", "\ud800", "2026-02-30", "2026-11-20", "1e400", "../x"]
WHOLE = [0, -1, 1, 2, 7, 10**12, 2**63, -(2**70)]
OTHERS = [None, True, [], {}, ["x"], {"x": 1}, 0.5, float(10**308)]


def on_pages() -> list[tuple[str, str]]:
    """Return every sheet with the name of the first page that shows it."""
    found: dict[str, str] = {}
    for file in sorted(shared("workbooks").glob("0*.ipynb")):
        for cell in nbformat.read(file, as_version=4).cells:
            for name in re.findall(r"^(\w+)\(page\)", cell.source, re.MULTILINE):
                found.setdefault(name, file.stem)
    return [(page, name) for name, page in found.items()]


class Script:
    """Makes up messages that fit their schema, and some that do not quite."""

    def __init__(self, sheet: Sheet, seed: str) -> None:
        self.chance = random.Random(seed)
        book = sheet.book
        ids = [str(id) for table in TABLES for id in book.frame(table).head(3).index]
        self.ids = [*ids, "nobody", "0", "x" * 64, "a.b:c-d", sheet.name]
        self.columns = sorted({column for kept in sheet.writable.values() for column in kept})
        self.tables = [*TABLES, *sheet.writable, *sheet.creatable, "reflection", "person", "change"]

    def one_of(self, things: Any) -> Any:
        return self.chance.choice(list(things))

    def anything(self) -> Any:
        return self.one_of([*TEXTS, *WHOLE, *OTHERS, *self.ids])

    def value(self, name: str, kind: Any) -> Any:
        """Make up a value of a type, for a parameter of a name."""
        if self.chance.random() < 0.05:
            return self.anything()
        match kind:
            case schema.StrType():
                if name == "table":
                    return self.one_of(self.tables)
                if kind.pattern or name.endswith("id"):
                    return self.one_of(self.ids)
                return self.one_of([*TEXTS[:4], *TEXTS[6:8], *self.ids])
            case schema.IntType():
                return self.one_of(WHOLE)
            case schema.FloatType():
                return self.one_of([0.0, -1.0, 0.5, 1e300, 7])
            case schema.BoolType():
                return self.one_of([True, False])
            case schema.NoneType():
                return None
            case schema.LiteralType(values):
                return self.one_of(values)
            case schema.ListType() | schema.CollectionType():
                return [self.value(name, kind.item_type) for _ in range(self.chance.randint(0, 3))]
            case schema.DictType():
                columns = [*self.columns, "id", "owner", "nothing"]
                keys = self.chance.sample(columns, min(len(columns), self.chance.randint(1, 3)))
                return {key: self.value(key, kind.value_type) for key in keys}
            case schema.UnionType():
                return self.value(name, self.one_of(kind.types))
            case schema.StructType():
                return self.message(kind)
            case _:
                return self.anything()

    def message(self, kind: Any) -> dict[str, Any]:
        """Make up an object of a schema."""
        told = {}
        for field in kind.fields:
            if field.required or self.chance.random() < 0.7:
                told[field.encode_name] = self.value(field.encode_name, field.type)
        return told


@pytest.mark.parametrize(("page", "name"), on_pages())
def test_every_verb_answers_in_a_sentence(
    open_in: Open, page: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    sheet: Sheet = getattr(widgets, name)(open_in(page, "en"))
    load_sample(sheet.book, "en", date.today())
    sheet.workbook.refresh()
    script = Script(sheet, name)
    found = schema.type_info(type(sheet).messages)
    kinds = found.types if isinstance(found, schema.UnionType) else (found,)
    for kind in kinds:
        assert isinstance(kind, schema.StructType)
        for _ in range(TIMES):
            told = script.message(kind) | {"do": kind.tag}
            told.pop("n", None)
            buffers = [b"", b"\xff\x00 a,b\n1,2"][: script.chance.randint(0, 2)]
            try:
                answer = ask(sheet, told.pop("do"), buffers, **told)
            except Exception as error:
                raise AssertionError(f"{name}.{kind.tag}({told})") from error
            raised = [each for each in caplog.records if each.levelno >= logging.ERROR]
            assert not raised, (f"{name}.{kind.tag}({told})", caplog.text[-3000:])
            assert UNFORESEEN not in answer.get("text", ""), (kind.tag, told)
