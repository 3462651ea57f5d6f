"""What an author is told about a sheet of their own."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from enishi.errors import EnishiError

if TYPE_CHECKING:
    from widgets.base.sheet import Sheet


def problems_of(sheet: Sheet) -> Iterator[EnishiError]:
    """Yield what a sheet from outside the package lacks."""
    kind = type(sheet).__name__
    if not sheet.name:
        yield NamelessSheetError(sheet=kind)
    if sheet.script is None:
        file = Path(inspect.getfile(type(sheet)))
        yield NoScriptError(sheet=kind, script=file.with_suffix(".js").name, file=file.name)


def facts_of_failure(sheet: Sheet, error: Exception) -> dict[str, object]:
    """Return where a sheet failed, and how, without what the error says: that may be personal."""
    file = inspect.getfile(type(sheet))
    lines = [
        each.lineno for each in traceback.extract_tb(error.__traceback__) if each.filename == file
    ]
    return {
        "sheet": type(sheet).__name__,
        "file": Path(file).name,
        "line": lines[-1] if lines else 1,
        "found": type(error).__name__,
    }


class WrongOpenerError(EnishiError):
    """A sheet stands on a page that was not opened for it."""

    sentence = "{sheet} needs a page that {opener} opens."
    way_out = "Write page = {opener}(…) in the first cell."


class NamelessSheetError(EnishiError):
    """A sheet from outside the package has no name."""

    sentence = "{sheet} has no name."
    way_out = 'Give the class a line such as: name = "my_sheet".'


class NoScriptError(EnishiError):
    """A sheet from outside the package has no script."""

    sentence = "{sheet} has no script."
    way_out = "Put {script} beside {file}."


class FailedSheetError(EnishiError):
    """A sheet from outside the package raised an exception."""

    sentence = "{sheet} could not be shown: {found} in {file}, line {line}."
    way_out = "`enishi --verbose` prints the whole error."
