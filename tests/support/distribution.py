"""Builds what is handed on, and tries the wheel in an empty environment: `make dist`."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from enishi.paths import CHECKOUT

DIST = CHECKOUT / "dist"
LOCKED = CHECKOUT / "requirements.lock"
SHOWN = "application/vnd.jupyter.widget-view+json"
"""What a page holds where a sheet is shown."""
UV = str(Path(sys.executable).with_name("uv"))
_OURS = ("PYTHONPATH", "ENISHI_WORKBOOKS", "ENISHI_DATABASE")
"""What would lead to another code, or to another book."""
_RELEASE = re.compile(r"^## (\S+) – (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def last_release() -> tuple[str, str]:
    """Return the newest version in CHANGELOG.md and its day."""
    found = _RELEASE.search((CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert found, "CHANGELOG.md has no dated version"
    return found[1], found[2]


def release_environment() -> dict[str, str]:
    """Return the environment of a build: files get the day of the release, on every machine."""
    day = datetime.fromisoformat(last_release()[1]).replace(tzinfo=UTC)
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(day.timestamp()))}


def build_dist(folder: Path, checkout: Path = CHECKOUT) -> tuple[Path, Path]:
    """Build the source, and the wheel from it, with what is installed; return wheel and source."""
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(checkout)], env=release_environment(), check=True)
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, source


def list_materials(file: Path) -> None:
    """Write the bill of materials of what the lock installs."""
    tool = [sys.executable, "-m", "cyclonedx_py", "requirements", str(LOCKED), "--pyproject"]
    options = [str(CHECKOUT / "pyproject.toml"), "--output-reproducible", "-o", str(file)]
    subprocess.run([*tool, *options], env=release_environment(), check=True)


def write_checksums(folder: Path) -> None:
    """Write the checksum of each file in a folder, as `sha256sum --check` reads them."""
    files = sorted(file for file in folder.iterdir() if file.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def install_wheel(wheel: Path, home: Path) -> Path:
    """Make an empty environment, install the lock and the wheel, and return its `enishi`."""
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, str(home)], check=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    install = [UV, "pip", "install", "--quiet", "--python", str(scripts / "python")]
    subprocess.run([*install, "--require-hashes", "-r", str(LOCKED)], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    return scripts / "enishi"


def open_page(command: list[str], folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Start the workbook on an empty book in a folder; return its first page."""
    own = {"ENISHI_DATA": str(folder / "book")}
    left = {name: each for name, each in environment.items() if name not in _OURS}
    with subprocess.Popen(
        [*command, "--no-browser", "--port", "0"],
        cwd=folder,
        env=left | own,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            address = next(line.strip() for line in process.stdout if line.startswith("http"))
            return httpx.get(address, follow_redirects=True, timeout=60).text
        finally:
            process.terminate()


def main() -> None:
    """Build into `dist`, and try the wheel."""
    DIST.mkdir(exist_ok=True)
    for file in DIST.iterdir():
        file.unlink()
    wheel, _ = build_dist(DIST)
    list_materials(DIST / f"enishi-{last_release()[0]}.cdx.json")
    write_checksums(DIST)
    with TemporaryDirectory() as name:
        command = install_wheel(wheel, Path(name, "environment"))
        assert SHOWN in open_page([str(command)], Path(name)), "the wheel shows no page"
    print((DIST / "SHA256SUMS").read_text(encoding="utf-8"), end="")


if __name__ == "__main__":
    main()
