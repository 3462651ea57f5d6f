"""How the widgets of other packages send their scripts: by address, and guarded.

anywidget copies a widget's script and styles into the state of each instance, so that a page gets
them all at each visit: 5 MB for a figure of Plotly's. Here the kernel writes what a class declares
into a folder that its server offers, and sends a short script with the address instead. That script
runs the other one by way of `base/guard.js`, which says in the widget's place why it cannot run.

Only what a class declares becomes a file: a page may set the traits of its widgets, and nothing
that comes from a browser may get an address on the server.
"""

from __future__ import annotations

import json
import os
import tempfile
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from traitlets import TraitType

from enishi.paths import SHEETS, WIDGET_FILES

MOST_FILES = 512
"""A class that is defined anew for each page, with another text, may not fill the disk."""
GUARD_SCRIPT = """const base = new URL("{base}", location);
const {{ guardWidget }} = await import(new URL("base/guard.js", base));
export default () => guardWidget({script}{style});
"""
"""The script of a widget as it is sent; like every other it is imported by the front end."""


def guard_script(widget: Any, state: dict[str, Any]) -> dict[str, Any]:
    """Return the state of an anywidget with the address of its script in place of the script.

    Elsewhere than on a page of our server, and for our own sheets, it is the state as it was.

    Args:
        widget: the widget.
        state: all of its state, or a part.
    """
    base, text = os.environ.get(SHEETS), state.get("_esm")
    if not base or not text or base in text:  # a sheet names its own address
        return state
    script = script_address(declared_text(type(widget), "_esm"), text, "js")
    if not script:
        script = json.dumps(text if is_address(text) else {"text": text})
    state = dict(state)
    looks = state.get("_css") or ""
    style = script_address(declared_text(type(widget), "_css"), looks, "css") if looks else ""
    if style:
        state["_css"] = ""
    state["_esm"] = GUARD_SCRIPT.format(base=base, script=script, style=style and f", {style}")
    return state


def is_address(text: str) -> bool:
    """Return whether a script or a style sheet is given by its address, as anywidget tells it."""
    return text.startswith(("http://", "https://"))


def declared_text(kind: type, name: str) -> str:
    """Return what a class declares as its script or styles; "" if it is made for each instance."""
    for each in kind.__mro__:
        value = vars(each).get(name)
        if isinstance(value, TraitType):  # anywidget adds one to the class of each instance
            value = value.default_value
        if value and isinstance(str(value), str):
            return str(value)
    return ""


def script_address(declared: str, text: str, suffix: str) -> str:
    """Return the JavaScript expression of the address of `text`; "" if it gets none."""
    if text != declared or is_address(text):
        return ""
    name = store_file(text, suffix)
    return name and f'new URL("../../widgets/{name}", base)'


@lru_cache(maxsize=128)
def store_file(text: str, suffix: str) -> str:
    """Write a text where the server finds it, and return its name; "" if that is not possible."""
    folder = os.environ.get(WIDGET_FILES)
    if not folder:
        return ""
    content = text.encode(errors="replace")
    file = Path(folder, f"{sha256(content).hexdigest()[:32]}.{suffix}")
    try:
        if file.exists():
            return file.name
        if len(os.listdir(folder)) >= MOST_FILES:
            return ""
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as new:
            new.write(content)
        os.replace(new.name, file)  # whole, or not at all: another kernel may be doing the same
    except OSError:  # a full disk
        return ""
    return file.name
