"""Other processes that use the same book, for the tests that need real ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

STEP = "import os, sys; from enishi.book import *; book = open_book()\n"
"""How a child begins: with the book open."""


def start(code: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Run Python `code` in a process of its own, on the book in `folder`."""
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        env=child_environment(folder, environment),
    )


def child_environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with the book in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
    return kept | {"ENISHI_DATA": str(folder)} | dict(more)


def finish(child: subprocess.Popen[str], seconds: float = 60) -> str:
    """Wait for a child that should end well, and return what it printed."""
    printed, complaints = child.communicate(timeout=seconds)
    assert child.returncode == 0, complaints
    return printed


def go(children: list[subprocess.Popen[str]]) -> None:
    """Let the children, each ready by now, begin together."""
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
