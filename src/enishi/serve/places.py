"""Where the server finds the notebooks, keeps its secret, and lets Jupyter put its files."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from enishi.folders import person, shared
from enishi.serve.errors import NoPlace, NoWorkbooks

LONGEST_SOCKET_PATH = 100
"""Bytes. A Unix socket's path may have 103 (macOS) or 107 (Linux)."""

SOCKET_PATH_TAIL = len("/jupyter-runtime/kernel-12345678-1234-1234-1234-123456789012-ipc-1")


def workbooks() -> Path:
    """Return the folder of the notebooks: `ENISHI_WORKBOOKS` (for authors), else our own.

    Raises:
        NoWorkbooks: it is not there.
    """
    chosen = os.environ.get("ENISHI_WORKBOOKS")
    folder = Path(chosen).expanduser().resolve() if chosen else shared("workbooks")
    if not folder.is_dir():
        raise NoWorkbooks(folder=folder)
    return folder


def own_folder() -> Path:
    """Make the person's folder if it is not there yet, and see that it can be written to.

    Raises:
        NoPlace: it cannot.
    """
    folder = person()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as problem:
        raise NoPlace(folder=folder) from problem


def cookie_secret(folder: Path) -> bytes:
    """Return the secret that signs cookies, kept in `folder` for its owner's eyes only.

    It is kept so that a page left open overnight opens again in the morning.
    """
    file = folder / "cookie-secret"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = file.read_bytes()
        if len(secret) >= 32:
            return secret
        descriptor = os.open(file, os.O_WRONLY | os.O_TRUNC)
    with os.fdopen(descriptor, "wb") as out:
        secret = secrets.token_bytes(48)
        out.write(secret)
    return secret


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Give a folder of our own for what is gone when the server is; only its owner can enter.

    Inside the block it is the temporary folder of this process, so that whatever a library puts
    there goes away too.
    """
    roomy = len(tempfile.gettempdir()) + len("/enishi-12345678") + SOCKET_PATH_TAIL
    short = "/tmp" if roomy > LONGEST_SOCKET_PATH and Path("/tmp").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="enishi-", dir=short, ignore_cleanup_errors=True) as it:
        before, tempfile.tempdir = tempfile.tempdir, it
        try:
            yield Path(it)
        finally:
            tempfile.tempdir = before


def settle_jupyter(folder: Path) -> None:
    """Let Jupyter and IPython keep their files in `folder`, and read nobody's settings.

    The person's own Jupyter settings are made for their own work: a startup file, a kernel or a
    disabled extension of theirs must neither break the workbook nor open what it keeps closed.
    Their home may be read-only.
    """
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        place = folder / name.lower().replace("_dir", "").replace("_", "-")
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(place)
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    ours = str(shared("data") / "jupyter")
    others = [p for p in os.environ.get("JUPYTER_PATH", "").split(os.pathsep) if p and p != ours]
    os.environ["JUPYTER_PATH"] = os.pathsep.join([ours, *others])
