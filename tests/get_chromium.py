"""Find a Chromium for the browser tests, or install one by the platform's own means."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FONTS = "fonts-noto-cjk"  # without a Japanese font the pages cannot be judged


def find_chromium() -> str | None:
    """Return the path of a Chromium: `ENISHI_CHROMIUM`, else one the system has."""
    chosen = os.environ.get("ENISHI_CHROMIUM")
    if chosen:
        return chosen
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, found), next((p for p in ELSEWHERE if Path(p).is_file()), None))


def ways() -> list[list[str]]:
    """Return the commands that install one here, without asking anything."""
    root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get"):
        quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
        return [
            [*root, *quiet, "update"],
            [*root, *quiet, "install", "chromium", FONTS],
        ]
    if shutil.which("dnf"):
        return [[*root, "dnf", "-q", "-y", "install", "chromium", "google-noto-sans-cjk-fonts"]]
    if shutil.which("pacman"):
        return [[*root, "pacman", "--noconfirm", "-S", "chromium", "noto-fonts-cjk"]]
    if shutil.which("brew"):
        return [["brew", "install", "--quiet", "--cask", "chromium"]]
    if shutil.which("winget"):
        return [["winget", "install", "--silent", "--exact", "--id", "Google.Chrome"]]
    return []


def main() -> int:
    """Make sure there is a Chromium; say what is done, or what to do."""
    if find_chromium():
        return 0
    for way in ways():
        print("No Chromium was found. Running:", " ".join(way), flush=True)
        if subprocess.run(way, stdout=subprocess.DEVNULL, check=False).returncode:
            break
    if find_chromium():
        return 0
    print(
        "The browser tests need a Chromium, and none could be installed here.\n"
        "Please install Chromium, Chrome or Edge by hand, or set ENISHI_CHROMIUM to its path."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
