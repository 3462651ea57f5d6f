"""The wheel alone, in an empty environment, is the whole workbook."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with our wheel in it.

    What the wheel depends on is borrowed from this environment through a path file: it was
    installed from the lock already, and fetching it again would test the index, not us.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    home = folder / "env"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    install = [
        str(scripts / "python"),
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    purelib = subprocess.run(
        [str(scripts / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    borrowed = sysconfig.get_path("purelib")
    (Path(purelib) / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return scripts / "python"


def say(python: Path, code: str) -> str:
    """Run `code` far from the checkout, whatever PYTHONPATH says; return what it printed."""
    done = subprocess.run(
        [str(python), "-I", "-c", code], cwd=python.parents[2], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_wheel_brings_its_own_code(python: Path) -> None:
    where = say(python, "import enishi, widgets; print(enishi.__file__); print(widgets.__file__)")

    assert all(str(python.parents[2]) in line for line in where.splitlines())


def test_the_wheel_brings_workbooks_copy_and_the_page_template(python: Path) -> None:
    code = "from enishi.paths import shared; print(shared('workbooks')); print(shared('data'))"
    workbooks, data = map(Path, say(python, code).splitlines())

    ours = {file.name for file in (CHECKOUT / "workbooks").glob("*.ipynb")}
    assert {file.name for file in workbooks.glob("*.ipynb")} == ours
    assert str(data).startswith(str(python.parents[2].resolve()))
    assert (data / "jupyter/voila/templates/enishi/index.html.j2").is_file()
    assert (data / "words/common.yaml").is_file()


def test_the_wheel_carries_every_file_of_a_sheet_and_the_steps_of_the_tables(python: Path) -> None:
    code = (
        "from pathlib import Path; import {0}; home = Path({0}.__file__).parent\n"
        "for file in home.rglob('*.*'):\n"
        "    if file.suffix != '.pyc': print(file.relative_to(home).as_posix())"
    )
    for package in ("enishi", "widgets"):
        here = CHECKOUT / "src" / package
        ours = {
            file.relative_to(here).as_posix() for file in here.rglob("*.*") if file.suffix != ".pyc"
        }
        assert set(say(python, code.format(package)).split()) == ours


def test_a_page_opens_on_an_empty_book_from_the_wheel(python: Path, tmp_path: Path) -> None:
    code = (
        f"import os; os.environ['ENISHI_DATA'] = {str(tmp_path)!r}\n"
        "from widgets import Header, open_workbook\n"
        "print(Header(open_workbook('02-goal')).state['page'])"
    )

    assert say(python, code) == "02-goal"
