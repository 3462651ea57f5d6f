"""What the documents say about installing holds: the file for conda, the floors, our own name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from distribution import SHOWN, open_page
from enishi.paths import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((CHECKOUT / "environment.yml").read_text(encoding="utf-8"))
(PIP,) = (one["pip"] for one in ENVIRONMENT["dependencies"] if isinstance(one, dict))
CONDA = [one for one in ENVIRONMENT["dependencies"] if isinstance(one, str)]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
DOCUMENTS = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")]
ROW = re.compile(r"^\| (uv|uv, to try it|pipx|pip|Windows|conda) \| (.+) \|$", re.MULTILINE)
WAYS = dict(ROW.findall((CHECKOUT / "README.md").read_text(encoding="utf-8")))
"""The lines of README by which one installs without make."""
INSTALLED = re.compile(
    r"\b(?:pip|uv pip|uv tool|pipx|conda|micromamba|mamba) install ([^`\n|]+)|\buvx ([^`\n|]+)"
)


def floors(lines: list[str]) -> dict[str, str]:
    """Which versions are asked for, by name."""
    wanted = map(Requirement, lines)
    return {canonicalize_name(one.name): str(one.specifier) for one in wanted}


def test_pip_reads_the_lines_that_conda_hands_to_it(tmp_path: Path) -> None:
    """conda writes them into a requirements file, and runs pip where environment.yml lies."""
    lines = tmp_path / "requirements.txt"
    lines.write_text("\n".join(PIP) + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--dry-run"]
    # from what is installed here, and nothing from the network
    pip += ["--no-index", "--no-build-isolation", "-r", str(lines)]

    done = subprocess.run(pip, cwd=CHECKOUT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "Would install enishi-" in done.stdout


def test_conda_and_pip_ask_for_the_same_versions() -> None:
    conda = floors([one for one in CONDA if one != "pip"])
    assert conda.pop("python") == PROJECT["requires-python"]
    named = floors([one for one in PIP if not one.startswith("-")])

    assert conda | named == floors(PROJECT["dependencies"])


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_what_the_lock_names_is_new_enough(lock: str) -> None:
    pins = dict(PIN.findall((CHECKOUT / lock).read_text(encoding="utf-8")))
    wanted = [Requirement(one) for one in PROJECT["dependencies"]]
    if lock == "requirements-test.lock":
        wanted += [Requirement(one) for one in PROJECT["optional-dependencies"]["test"]]

    assert {one.name for one in wanted} <= pins.keys()
    assert [str(one) for one in wanted if not one.specifier.contains(pins[one.name])] == []


def test_nothing_asks_the_public_index_for_our_name() -> None:
    """Nobody owns it there, so whoever takes it would be installed in our place."""
    own = re.compile(r"(?<!`)\benishi\[")  # `enishi[extra]` as a name in a sentence asks nobody
    told = {file: own.findall(file.read_text(encoding="utf-8")) for file in DOCUMENTS}
    asked = [one for extra in PROJECT["optional-dependencies"].values() for one in extra]

    assert {str(file): found for file, found in told.items() if found} == {}
    assert "enishi" not in floors(asked + PROJECT["dependencies"])


def test_every_line_installs_from_this_folder_or_a_lock() -> None:
    """A package of an index that is not ours is named by no line of a document."""
    wrong = []
    for file in DOCUMENTS:
        for words in map("".join, INSTALLED.findall(file.read_text(encoding="utf-8"))):
            named = re.sub(r"--from (?=\.)\S+ enishi|-r \S+\.lock|-\S+|\"?\.\S*", "", words).split()
            wrong += [(file.name, words)] if named else []
    assert wrong == []


def commands_of(way: str) -> list[str]:
    """Return the commands of a line of README."""
    return re.findall(r"`([^`]+)`", WAYS[way])


def test_readme_has_a_line_for_each_way() -> None:
    assert WAYS.keys() == {"uv", "uv, to try it", "pipx", "pip", "Windows", "conda"}
    pip, windows = commands_of("pip"), commands_of("Windows")
    same = [each.replace("python3", "py").replace("/bin/", "\\Scripts\\") for each in pip]
    assert windows == same


@pytest.mark.thorough
@pytest.mark.parametrize("way", ["uv", "uv, to try it", "pipx", "pip"])
def test_a_line_of_readme_opens_a_page(way: str, tmp_path: Path) -> None:
    """As a stranger runs it in a fresh checkout. conda and Windows are on no machine of ours."""
    checkout = tmp_path / "checkout"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if not name.startswith(("tests/", "bench/")) and (CHECKOUT / name).is_file():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, checkout / name)
    *steps, start = commands_of(way)
    bin = Path(sys.executable).parent  # where uv is, and behind it our own `enishi`
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("uv", "uvx"):
        (tools / name).symlink_to(bin / name)
    if way == "pipx":
        pipx = f'#!/bin/sh\nexec {tools}/uvx pipx "$@"\n'
        (tools / "pipx").write_text(pipx)
        (tools / "pipx").chmod(0o755)
    environment = {name: each for name, each in os.environ.items() if name != "PYTHONPATH"}
    environment.pop("VIRTUAL_ENV", None)
    elsewhere = os.pathsep.join(
        each for each in os.environ["PATH"].split(os.pathsep) if Path(each) != bin
    )
    environment |= {
        "PATH": f"{tools}:{tmp_path / 'pipx' / 'bin'}:{elsewhere}",
        "PIPX_HOME": str(tmp_path / "pipx"),
        "PIPX_BIN_DIR": str(tmp_path / "pipx" / "bin"),
    }
    for step in steps:
        subprocess.run(step, shell=True, cwd=checkout, env=environment, check=True)

    assert SHOWN in open_page(["sh", "-c", f'exec {start} "$@"', "sh"], checkout, environment)
