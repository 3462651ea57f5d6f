"""Find a Caddy for the tests, or install one by the platform's own means.

Only its program is used: the tests start a process of their own (`fronts.py`).
"""

from __future__ import annotations

import os
import shutil
import sys

from installing import make_sure

PACKAGES = {name: ["caddy"] for name in ("dnf", "pacman", "brew")} | {
    "apt-get": ["--no-install-recommends", "caddy"]
}


def find_caddy() -> str | None:
    """Return the path of a Caddy: `ENISHI_CADDY`, else one the system has."""
    return os.environ.get("ENISHI_CADDY") or shutil.which("caddy")


def main() -> int:
    """Make sure there is a Caddy; say what is done, or what to do."""
    return make_sure(
        "Caddy",
        find_caddy,
        PACKAGES,
        "The tests of a proxy need Caddy, and none could be installed here.\n"
        "Please install it by hand, or set ENISHI_CADDY to its path.",
        service="caddy",
    )


if __name__ == "__main__":
    sys.exit(main())
