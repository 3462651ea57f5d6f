"""Find an nginx for the tests, or install one by the platform's own means.

Only its program is used: the tests start a process of their own (`fronts.py`).
"""

from __future__ import annotations

import os
import shutil
import sys

from installing import make_sure

ELSEWHERE = os.pathsep.join(("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
PACKAGES = {name: ["nginx"] for name in ("dnf", "pacman", "brew")} | {
    "apt-get": ["--no-install-recommends", "nginx", "openssl", "curl"]
}


def find_nginx() -> str | None:
    """Return the path of an nginx: `ENISHI_NGINX`, else one the system has."""
    chosen = os.environ.get("ENISHI_NGINX")
    return chosen or shutil.which("nginx") or shutil.which("nginx", path=ELSEWHERE)


def main() -> int:
    """Make sure there is an nginx; say what is done, or what to do."""
    return make_sure(
        "nginx",
        find_nginx,
        PACKAGES,
        "The tests of a proxy need nginx, and none could be installed here.\n"
        "Please install it by hand, or set ENISHI_NGINX to its path.",
        service="nginx",
    )


if __name__ == "__main__":
    sys.exit(main())
