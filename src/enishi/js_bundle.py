"""Modules of JavaScript in one piece: for whoever can take only one, and for fewer requests.

They are written as the language has it, with two habits that make it easy to put them together:
each import is one line of its own, and no two that are used together give a name twice.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

IMPORT = re.compile(r'^import (?:({.+}) from )?"(\.{1,2}/[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:{.+};\n|(?!default ))", re.MULTILINE)


def in_one_piece(text: str, folder: Path) -> str:
    """Return a module of `folder` behind all that it imports; what it exports stays."""
    pieces = gathered(text, folder, {}).values()
    return "".join((*(EXPORT.sub("", piece) for piece in pieces), IMPORT.sub("", text)))


def gathered(text: str, folder: Path, known: dict[Path, str]) -> dict[Path, str]:
    """Add to `known` the modules that `text` imports and does not find there, in their order."""
    for _, name in IMPORT.findall(text):
        file = Path(os.path.normpath(folder / name))
        if file not in known:
            piece = file.read_text(encoding="utf-8")
            known |= gathered(piece, file.parent, known) | {file: IMPORT.sub("", piece)}
    return known
