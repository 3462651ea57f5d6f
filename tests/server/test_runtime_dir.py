"""What a killed server leaves behind goes at the next start, and nobody else's does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from enishi.serve.runtime_dir import LOCK, remove_leftovers, runtime_dir

# A lock that goes with its process is what only POSIX has.
__test__ = os.name == "posix"

SERVER = """
import sys
from enishi.serve.runtime_dir import runtime_dir
with runtime_dir() as folder:
    (folder / "left").mkdir()
    (folder / "left" / "socket").touch()
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short temporary folder with nothing of anybody else's in it."""
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.setenv("TMPDIR", name)
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield Path(name)


@contextmanager
def a_server() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Give a process that has a passing folder until its input ends, and the folder."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdout
        try:
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def test_of_two_servers_that_live_and_one_that_was_killed_one_is_swept(place: Path) -> None:
    with ExitStack() as all_of_them:
        servers = [all_of_them.enter_context(a_server()) for _ in range(3)]
        folders = {folder for _, folder in servers}
        assert set(place.iterdir()) == folders
        killed, left = servers[1]
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert (left / "left" / "socket").exists()
        with runtime_dir() as own:
            assert set(place.iterdir()) == folders - {left} | {own}
            for _, folder in (servers[0], servers[2]):
                assert (folder / "left" / "socket").exists()
        assert set(place.iterdir()) == folders - {left}
        process, _ = servers[0]
        process.communicate()
        assert process.returncode == 0
        assert set(place.iterdir()) == {servers[2][1]}


def test_a_server_goes_by_its_lock_and_not_by_what_it_has_started(place: Path) -> None:
    with a_server() as (process, folder):
        process.kill()
        process.wait()
        with runtime_dir():
            assert not folder.exists()


def test_what_is_not_ours_stays(place: Path) -> None:
    elsewhere = place / "elsewhere"
    strange = {
        "without a lock, as of a server that is just starting": place / "enishi-starting",
        "another's, to judge by who may enter": place / "enishi-open",
        "another name": place / "somebody-else",
        "a file": place / "enishi-file",
        "a link": place / "enishi-link",
    }
    for name in ("starting", "open"):
        (place / f"enishi-{name}").mkdir(0o700)
    (place / "enishi-open" / LOCK).touch()
    (place / "enishi-open").chmod(0o755)
    strange["another name"].mkdir(0o700)
    (strange["another name"] / LOCK).touch()
    strange["a file"].touch()
    elsewhere.mkdir(0o700)
    (elsewhere / LOCK).touch()
    strange["a link"].symlink_to(elsewhere)
    before = sorted(place.rglob("*"))
    remove_leftovers(place)
    assert sorted(place.rglob("*")) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root may give a folder away.")
def test_another_persons_folder_stays(place: Path) -> None:
    folder = place / "enishi-theirs"
    folder.mkdir(0o700)
    (folder / LOCK).touch()
    os.chown(folder, 65534, 65534)
    remove_leftovers(place)
    assert (folder / LOCK).exists()
    os.chown(folder, 0, 0)
    remove_leftovers(place)
    assert not folder.exists()


def test_a_lock_that_is_a_link_opens_nothing(place: Path) -> None:
    folder = place / "enishi-linked"
    folder.mkdir(0o700)
    (place / "target").touch()
    (folder / LOCK).symlink_to(place / "target")
    remove_leftovers(place)
    assert (folder / LOCK).is_symlink()
