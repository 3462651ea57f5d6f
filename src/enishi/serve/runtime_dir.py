"""A folder for temporary files of a server; folders of killed servers are removed later.

Each folder contains a file that its server keeps locked: the system releases the lock when the
process ends, however it ends. A process that gets the lock has proof that the server is gone. A pid
is no proof: another process may have received the same one since.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from enishi.serve.errors import NoRoomError

_PREFIX = "enishi-"
LOCK = "enishi-server.lock"
LONGEST_SOCKET_PATH = 100
"""Bytes. A Unix socket's path may have 103 (macOS) or 107 (Linux)."""
SOCKET_PATH_TAIL = len("/jupyter-runtime/kernel-12345678-1234-1234-1234-123456789012-ipc-1")


@contextmanager
def runtime_dir() -> Iterator[Path]:
    """Yield a new folder that only its owner can enter, and remove it after the block.

    Inside the block it is the temporary folder of this process, so that files a library puts there
    are removed too. The folders of killed servers are removed first.

    Raises:
        NoRoomError: no temporary folder can be written to.
    """
    try:
        tempfile.gettempdir()
    except FileNotFoundError as problem:  # it tries to write into each candidate
        raise NoRoomError() from problem
    roomy = len(tempfile.gettempdir()) + len("/enishi-12345678") + SOCKET_PATH_TAIL
    short = "/tmp" if roomy > LONGEST_SOCKET_PATH and Path("/tmp").is_dir() else None
    remove_leftovers(Path(short or tempfile.gettempdir()))
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=short, ignore_cleanup_errors=True) as it,
        hold_lock(Path(it)),
    ):
        before, tempfile.tempdir = tempfile.tempdir, it
        try:
            yield Path(it)
        finally:
            tempfile.tempdir = before


@contextmanager
def hold_lock(folder: Path) -> Iterator[None]:
    """Hold the lock that marks the server of `folder` as alive."""
    if os.name != "posix":  # Windows has no such locks: there the folders stay
        yield
        return
    unready = folder / f"{LOCK}.new"
    descriptor = os.open(unready, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with suppress(OSError):  # a file system without locks: no server removes this folder
            if try_lock(descriptor):
                unready.rename(folder / LOCK)  # so it never appears there unlocked
        yield
    finally:
        os.close(descriptor)


def remove_leftovers(place: Path) -> None:
    """Remove our folders in `place` whose server is gone."""
    if os.name != "posix":
        return
    for folder in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another server is removing it, or closing
            if _is_own(folder) and is_deserted(folder / LOCK):
                shutil.rmtree(folder, ignore_errors=True)


def _is_own(folder: Path) -> bool:
    """Return whether it is a folder, no link, that we own and that only its owner can enter."""
    found = folder.lstat()
    ours = found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) == 0o700
    return ours and stat.S_ISDIR(found.st_mode)


def is_deserted(lock: Path) -> bool:
    """Return whether no process holds the lock any more.

    Raises:
        OSError: there is no lock file; then the folder is not ours to remove.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
    try:
        return try_lock(descriptor)
    finally:
        os.close(descriptor)


def try_lock(descriptor: int) -> bool:
    """Take the lock unless another process holds it; return whether it is ours now."""
    import fcntl  # Windows does not have it

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
