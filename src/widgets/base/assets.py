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
SEVERAL_STYLES = "base/styles.css"
"""The address of the style sheets that a sheet names, as one file."""
LOADED = """const look = document.createElement("link");
look.rel = "stylesheet";
look.href = new URL("ADDRESS", location);
const loaded = new Promise((done) => (look.onload = look.onerror = done));
document.head.append(look);
await loaded;
"""
"""Loads the style sheets at an address; what cannot be fetched keeps no sheet away."""
WAITING = WIDGETS / "base" / "waiting.js"
"""The script of a sheet that is not built yet."""


def module(file: Path, styles: Iterable[Path] = ()) -> str:
    """Return the source of the JavaScript module of a sheet whose script is `file`.

    On a page of our server it loads the `styles` of ours as well, before the sheet is drawn.

    A module sent with the sheet has no address of its own, so it imports by full addresses. A
    script of another author lies outside this package and imports as if it lay in `widgets`:
    `./base/sheet.js`.
    """
    address = os.environ.get(SHEETS)
    is_ours = file.is_relative_to(WIDGETS)
    if address and is_ours:
        name = file.relative_to(WIDGETS).as_posix()
        names = ",".join(each.relative_to(WIDGETS).as_posix() for each in served(styles))
        look = LOADED.replace("ADDRESS", f"{address}{SEVERAL_STYLES}?of={names}") if names else ""
        script = f"const script = {fetched(address + name)};\n"
        return f"{script}{look}export default (await script).default;"
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


def style(files: Iterable[Path], script: Path | None = None) -> str:
    """Return the shared styles and those in `files`, without those that a page of ours loads.

    That is the shared ones, and with them all that the `module` of `script` loads. Elsewhere each
    sheet brings them along: some programs show a sheet where no style of another one reaches.
    """
    files = [*dict.fromkeys([LOOK, *files])]
    known = [LOOK] if SHEETS in os.environ else []
    if known and script and script.is_relative_to(WIDGETS):
        known += served(files)
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file not in known)


def served(files: Iterable[Path]) -> list[Path]:
    """Return those of `files` that our server offers beside the shared styles."""
    return [file for file in files if file.is_relative_to(WIDGETS) and file != LOOK]
