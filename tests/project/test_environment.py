"""What the documents say about installing holds: the file for conda, the floors, our own name."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from enishi.paths import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((CHECKOUT / "environment.yml").read_text(encoding="utf-8"))
(PIP,) = (one["pip"] for one in ENVIRONMENT["dependencies"] if isinstance(one, dict))
CONDA = [one for one in ENVIRONMENT["dependencies"] if isinstance(one, str)]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
DOCUMENTS = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md")]


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
    own = re.compile(r"pip install [^`\n]*\"?enishi\b|enishi\[")
    told = {file: own.findall(file.read_text(encoding="utf-8")) for file in DOCUMENTS}
    asked = [one for extra in PROJECT["optional-dependencies"].values() for one in extra]

    assert {str(file): found for file, found in told.items() if found} == {}
    assert "enishi" not in floors(asked + PROJECT["dependencies"])
