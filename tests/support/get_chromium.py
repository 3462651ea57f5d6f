"""Find a Chromium for the browser tests, or install one by the platform's own means."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from installing import make_sure

NAMES = (
    "chromium-headless-shell",  # the same without windows: a new visitor costs it a third
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
)
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
LIGHTEST = (
    "$(apt-cache show chromium-headless-shell > /dev/null 2>&1"
    " && echo chromium-headless-shell || echo chromium)"
)
# Without a Japanese font the pages cannot be judged.
PACKAGES = {
    "apt-get": [LIGHTEST, "fonts-noto-cjk"],
    "dnf": ["chromium", "google-noto-sans-cjk-fonts"],
    "pacman": ["chromium", "noto-fonts-cjk"],
    "brew": ["--cask", "chromium"],
    "winget": ["Google.Chrome"],
}

ALONE = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # root has no other way to start one
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)
"""Arguments with which a Chromium starts here, and talks to nobody on its own."""


def find_chromium() -> str | None:
    """Return the path of a Chromium: `ENISHI_CHROMIUM`, else one the system has."""
    chosen = os.environ.get("ENISHI_CHROMIUM")
    if chosen:
        return chosen
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, found), next((p for p in ELSEWHERE if Path(p).is_file()), None))


def main() -> int:
    """Make sure there is a Chromium; say what is done, or what to do."""
    return make_sure(
        "Chromium",
        find_chromium,
        PACKAGES,
        "The browser tests need a Chromium, and none could be installed here.\n"
        "Please install Chromium, Chrome or Edge by hand, or set ENISHI_CHROMIUM to its path.",
    )


if __name__ == "__main__":
    sys.exit(main())
