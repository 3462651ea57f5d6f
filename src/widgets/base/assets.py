"""Build what a sheet sends to the browser: its script, or the address of it, and its styles.

Our own server serves the files of this folder, and a browser fetches each of them once. Elsewhere,
as in JupyterLab, no server offers them: there a sheet sends all the code it needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from enishi.js_bundle import IMPORT, bundle_modules, read_module
from enishi.paths import SHEETS

WIDGETS = Path(__file__).parents[1]
LOOK = WIDGETS / "base" / "sheet.css"
"""The style sheet that all sheets share; a page of our server loads it with the page itself."""
WAITING = WIDGETS / "base" / "waiting.js"
"""The script of a sheet that is not built yet."""


def module(file: Path) -> str:
    """Return the source of the JavaScript module of a sheet whose script is `file`.

    A module sent with the sheet has no address of its own, so it imports by full addresses. A
    script of another author lies outside this package and imports as if it lay in `widgets`:
    `./base/sheet.js`.
    """
    address = os.environ.get(SHEETS)
    is_ours = file.is_relative_to(WIDGETS)
    if address and is_ours:
        name = file.relative_to(WIDGETS).as_posix()
        return f"export default (await {fetched(address + name)}).default;"
    text = read_module(file)
    if not address:
        return bundle_modules(text, file.parent if is_ours else WIDGETS)
    return IMPORT.sub(lambda found: imported(found[1], address + found[2].removeprefix("./")), text)


def imported(names: str | None, address: str) -> str:
    """Return the line that imports `names`, as `{ h }`, or runs a module for its effects."""
    return f"{f'const {names} = ' if names else ''}await {fetched(address)};\n"


def fetched(address: str) -> str:
    """Return the JavaScript expression that fetches the module at `address`."""
    return f'import(new URL("{address}", location))'


def style(files: Iterable[Path]) -> str:
    """Return the text of `files` as one style sheet: it is shorter than a request per file.

    Leave out the shared styles where the server's page has loaded them already.
    """
    known = (LOOK,) if SHEETS in os.environ else ()
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file not in known)
