"""What a forked kernel finds imported and read."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from enishi.identity import PERSON
from enishi.paths import shared
from enishi.serve.fork import zygote_manager
from forking import Run, kernel

pytest_plugins = ["fork_fixtures"]

__test__ = sys.platform == "linux"

PAGES = sorted(shared("workbooks").glob("*.ipynb"))
WATCH = """
    import sys
    known, opened = set(sys.modules), []

    def watch(event, arguments):
        if event == "open" and str(arguments[0]).startswith({data!r}):
            opened.append(arguments[0])

    sys.addaudithook(watch)
"""
LATE = "print(*sorted(set(sys.modules) - known))"
NEEDED = {"enishi", "widgets", "anywidget", "ipywidgets", "pandas", "sqlalchemy", "alembic"}


async def what_is_late(file: Path) -> tuple[list[str], str]:
    """Return the modules that the cells of a page import themselves, and data they read."""
    cells = [cell.source for cell in nbformat.read(file, 4).cells if cell.cell_type == "code"]
    async with kernel() as one:
        await one.run(WATCH.format(data=str(shared("data"))))
        for cell in cells:
            assert "Error" not in await one.run(cell)
        late = (await one.run(LATE)).split()
        opened = await one.run("print(opened)")
    return [name for name in late if name.partition(".")[0] in NEEDED], opened


@pytest.fixture(scope="module")
def for_many(run_async: Run) -> Iterator[Run]:
    """The zygote of a server for many, just ready."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PERSON, "")
        assert run_async(zygote_manager.wait_ready(logging.getLogger()))
    yield run_async
    zygote_manager.close()


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_on_a_server_for_many_each_page_finds_all_it_needs(for_many: Run, file: Path) -> None:
    assert for_many(what_is_late(file)) == ([], "[]")


def test_the_page_of_an_empty_book_finds_its_modules_as_soon_as_there_are_kernels(
    no_zygote: Run,
) -> None:
    assert no_zygote(zygote_manager.wait_ready(logging.getLogger()))
    late, _ = no_zygote(what_is_late(shared("workbooks") / "01-start.ipynb"))
    assert late == []


def test_the_rest_is_prepared_while_nothing_is_asked(no_zygote: Run) -> None:
    async def story() -> tuple[list[str], str]:
        await zygote_manager.wait_ready(logging.getLogger())
        for _ in range(10):
            found = await what_is_late(shared("workbooks") / "07-settings.ipynb")
            if found == ([], "[]"):
                break
            await asyncio.sleep(6)
        return found

    assert no_zygote(story()) == ([], "[]")
