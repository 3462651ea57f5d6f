"""What a sheet brings along for the browser: its script, or where that is; its look.

Our own server keeps the files of this folder at an address from which a browser fetches each once.
Elsewhere, as in JupyterLab, nobody serves them: there a sheet brings along all it needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from enishi.js_bundle import IMPORT, in_one_piece
from enishi.paths import SHEETS

WIDGETS = Path(__file__).parents[1]
LOOK = WIDGETS / "base" / "sheet.css"
"""The look that all sheets share; a page of our server has it from the beginning."""


def module(file: Path) -> str:
    """Return the module of a sheet whose script is `file`.

    A module that is brought along has no address, so it names what it imports by a whole one. An
    author's own, which lies elsewhere, imports as if it lay beside the rooms: `./base/sheet.js`.
    """
    address = os.environ.get(SHEETS)
    is_ours = file.is_relative_to(WIDGETS)
    if address and is_ours:
        name = file.relative_to(WIDGETS).as_posix()
        return f"export default (await {fetched(address + name)}).default;"
    text = file.read_text(encoding="utf-8")
    if not address:
        return in_one_piece(text, file.parent if is_ours else WIDGETS)
    return IMPORT.sub(lambda found: imported(found[1], address + found[2].removeprefix("./")), text)


def imported(names: str | None, address: str) -> str:
    """Return the line that imports `names`, as `{ h, paper }`, or what a module does by itself."""
    return f"{f'const {names} = ' if names else ''}await {fetched(address)};\n"


def fetched(address: str) -> str:
    """Return the expression that fetches a module."""
    return f'import(new URL("{address}", location))'


def style(files: Iterable[Path]) -> str:
    """Return the style sheet that `files` make: a few lines, less than it takes to ask for them."""
    known = (LOOK,) if SHEETS in os.environ else ()
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file not in known)
