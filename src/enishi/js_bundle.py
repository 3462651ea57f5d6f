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


def bundle_modules(text: str, folder: Path) -> str:
    """Return `text`, a module of `folder`, behind the modules it imports; only its exports stay."""
    pieces = collect_modules(text, folder, {}).values()
    return "".join((*(EXPORT.sub("", piece) for piece in pieces), IMPORT.sub("", text)))


def collect_modules(text: str, folder: Path, known: dict[Path, str]) -> dict[Path, str]:
    """Add the missing modules that `text` imports to `known`, dependencies first; return it."""
    for _, name in IMPORT.findall(text):
        file = Path(os.path.normpath(folder / name))
        if file not in known:
            piece = read_module(file)
            known |= collect_modules(piece, file.parent, known) | {file: IMPORT.sub("", piece)}
    return known
