"""A Unix socket that only the person at this machine can reach, for a proxy of theirs."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tornado.ioloop import IOLoop, PeriodicCallback

from enishi.serve.errors import PublicSocketError, SocketInUseError, SocketPathError
from enishi.serve.ports import BACKLOG

PARENT_SECONDS = 2.0
"""How often it is checked whether the program that started the server still runs."""


@contextmanager
def private_socket(path: Path) -> Iterator[list[socket.socket]]:
    """Yield a listening socket at `path`, with mode 0600, and remove its file after the block.

    A file that a killed server left is replaced.

    Raises:
        PublicSocketError: others could enter the folder, or it is not ours.
        SocketInUseError: another program listens there, or the file is no socket.
        SocketPathError: no socket can be made there.
    """
    if not is_own_folder(path.parent):
        raise PublicSocketError(folder=path.parent)
    try:
        if path.exists():
            remove_deserted(path)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    except (OSError, AttributeError) as problem:  # Windows has no AF_UNIX in Python
        raise SocketPathError(path=path) from problem
    with listening:
        try:
            listening.setblocking(False)
            listening.bind(str(path))
            path.chmod(0o600)
            listening.listen(BACKLOG)
        except OSError as problem:
            raise SocketPathError(path=path) from problem
        try:
            yield [listening]
        finally:
            with suppress(FileNotFoundError):
                path.unlink()


def is_own_folder(folder: Path) -> bool:
    """Return whether a folder is ours and only we can enter it."""
    try:
        found = folder.stat()
    except OSError:
        return False
    closed = stat.S_IMODE(found.st_mode) & 0o077 == 0
    return stat.S_ISDIR(found.st_mode) and closed and found.st_uid == os.geteuid()


def remove_deserted(path: Path) -> None:
    """Remove the file of a socket on which no program listens any more.

    Raises:
        SocketInUseError: one does, or it is another file.
    """
    if not stat.S_ISSOCK(path.lstat().st_mode):
        raise SocketInUseError(path=path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as visitor:
        try:
            visitor.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
    raise SocketInUseError(path=path)


def stop_without_parent(loop: IOLoop) -> None:
    """Stop the loop once the program that started this one has ended, however it ended."""
    parent = os.getppid()

    def look() -> None:
        if os.getppid() != parent:
            loop.stop()

    PeriodicCallback(look, PARENT_SECONDS * 1000).start()
