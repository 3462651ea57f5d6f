"""What nobody needs is not imported, and is there for whoever does need it."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORTED = """
import sys
import {module}
looked_for = {{"jsonschema", "lark", "rfc3987_syntax", "arrow"}}
print(*looked_for & {{m for m, it in sys.modules.items() if it}})
"""


def imported_by(module: str) -> list[str]:
    """Return what a fresh Python has imported after `module`, of what checks schemas."""
    code = IMPORTED.format(module=module)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("module", ["enishi.serve.app", "enishi.serve.cli.lab, jupyterlab.labapp"])
def test_the_server_starts_without_the_grammar_of_addresses_it_never_checks(module: str) -> None:
    assert imported_by(module) == ["jsonschema"]


def test_what_was_imported_before_stays_and_what_was_left_out_can_be_imported_after() -> None:
    code = """
import json, sys
from enishi.serve.jupyter_patches import block_imports
before = json
with block_imports("json", "colorsys"):
    import json
    assert json is before
    try:
        import colorsys
    except ImportError:
        print("absent", end=" ")
import colorsys
print("there")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "absent there\n"


def test_a_deferred_package_is_imported_when_its_function_is_called() -> None:
    code = """
import sys
from enishi.serve.jupyter_patches import defer_imports
with defer_imports():
    import enishi.serve.app
    from nbconvert.exporters.html import HTMLExporter
assert not {"bs4", "soupsieve", "requests", "urllib3"} & set(sys.modules)
from nbformat.v4 import new_markdown_cell, new_notebook
picture = new_markdown_cell('![a](data:image/gif;base64,R0lGODlhAQABAAAAACw=)')
exporter = HTMLExporter(embed_images=True)
print("data:image/gif" in exporter.from_notebook_node(new_notebook(cells=[picture]))[0], end=" ")
import requests
print("soupsieve" in sys.modules, callable(requests.get))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True True True\n"
