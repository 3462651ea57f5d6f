"""What is sent of our JavaScript: modules without comments, or bundled into one.

A bundle serves clients that accept only one module, and saves requests. Our modules follow two
conventions that make it easy: each import is on a line of its own, and no two modules that are used
together define the same name. Comments begin on lines of their own, or stay.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

IMPORT = re.compile(r'^import (?:({.+}) from )?"(\.{1,2}/[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:{.+};\n|(?!default ))", re.MULTILINE)

COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
"""A comment on lines of its own: types and reasons, which no browser needs."""


def read_module(file: Path) -> str:
    """Return the text of a module without its comments."""
    return COMMENT.sub("", file.read_text(encoding="utf-8"))


def bundle_modules(text: str, folder: Path, apart: Path | None = None) -> str:
    """Return `text`, a module of `folder`, behind the modules it imports; only its exports stay.

    The module `apart` is not included: the bundle imports from it what its pieces imported.
    """
    taken: set[str] = set()
    pieces = collect_modules(text, folder, {}, apart, taken).values()
    head = ""
    if apart is not None and taken:
        address = Path(os.path.relpath(apart, folder)).as_posix()
        head = f'import {{ {", ".join(sorted(taken))} }} from "./{address}";\n'
    return "".join((head, *(EXPORT.sub("", piece) for piece in pieces), IMPORT.sub("", text)))


def collect_modules(
    text: str, folder: Path, known: dict[Path, str], apart: Path | None, taken: set[str]
) -> dict[Path, str]:
    """Add the missing modules that `text` imports to `known`, dependencies first; return it.

    The names that any of them imports from `apart` are added to `taken`.
    """
    for names, name in IMPORT.findall(text):
        file = Path(os.path.normpath(folder / name))
        if file == apart:
            taken.update(names.strip("{ }").split(", "))
        elif file not in known:
            piece = read_module(file)
            collect_modules(piece, file.parent, known, apart, taken)
            known[file] = IMPORT.sub("", piece)
    return known
