"""What nobody needs is not imported, and is there for whoever does need it."""

from __future__ import annotations

import subprocess
import sys

SERVER = """
import sys
from enishi.serve.without import without
with without("rfc3987_syntax"):
    import enishi.serve.app
print("rfc3987_syntax" in sys.modules, "lark" in sys.modules)
import rfc3987_syntax
print(rfc3987_syntax.is_valid_syntax("iri", "https://例え.example/"))
"""


def test_the_server_starts_without_the_grammar_of_addresses_it_never_checks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVER], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False", "True"]


def test_what_was_imported_before_stays_and_what_was_left_out_can_be_imported_after() -> None:
    code = """
import json, sys
from enishi.serve.without import without
before = json
with without("json", "colorsys"):
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
