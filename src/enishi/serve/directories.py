"""The folders of the notebooks, of the server's secret and of Jupyter's files."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import sys
import tempfile
from pathlib import Path

from enishi.paths import person_dir, shared
from enishi.serve.errors import DataDirError, NoRoomError, NoWorkbooksError, ShortSecretError

SECRET = "cookie-secret"
"""The name of the file with the secret that signs cookies."""
SECRET_BYTES = 32
PR_SET_DUMPABLE = 4


def workbooks() -> Path:
    """Return the folder of the notebooks: `ENISHI_WORKBOOKS` (for authors), else our own.

    Raises:
        NoWorkbooksError: it does not exist.
    """
    chosen = os.environ.get("ENISHI_WORKBOOKS")
    folder = Path(chosen).expanduser().resolve() if chosen else shared("workbooks")
    if not folder.is_dir():
        raise NoWorkbooksError(folder=folder)
    return folder


def ensure_data_dir() -> Path:
    """Return the person's folder; create it if needed, and check that it can be written to.

    Raises:
        DataDirError: it cannot be created or written to.
        NoRoomError: the disk is full, or the quota is used up.
    """
    folder = person_dir()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoomError() from problem
        raise DataDirError(folder=folder) from problem


def cookie_secret(folder: Path) -> bytes:
    """Return the secret that signs cookies: `ENISHI_COOKIE_SECRET`, else the one in `folder`.

    Only the owner can read the file, but the kernels run as the same user and can read it, too. A
    secret from the environment is out of their reach, there and in the memory of this process.

    The secret is kept so that a page left open overnight opens again in the morning. Servers behind
    one address need the same one: those on one machine share the folder; copy it to another
    machine.

    Raises:
        ShortSecretError: the secret in the environment is too short.
    """
    if given := os.environ.pop("ENISHI_COOKIE_SECRET", ""):
        if len(given) < SECRET_BYTES:
            raise ShortSecretError(least=SECRET_BYTES)
        hide_process_memory()
        return given.encode()
    file = folder / SECRET
    if file.exists() and file.stat().st_size < SECRET_BYTES:
        file.unlink()
    if not file.exists():
        make_secret(file)
    return file.read_bytes()


def hide_process_memory() -> None:
    """Hide this process's environment and memory from other processes of the same user.

    Works on Linux only: without this they could read both below `/proc`, or attach to this process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def make_secret(file: Path) -> None:
    """Write a new secret to `file`, unless another starting server has written one first."""
    descriptor, unready = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(secrets.token_bytes(SECRET_BYTES))
        try:
            os.link(unready, file)  # all at once, and never over another
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            os.replace(unready, file)
    finally:
        Path(unready).unlink(missing_ok=True)


def set_jupyter_dirs(folder: Path) -> None:
    """Make Jupyter and IPython keep their files in `folder`, and ignore the person's settings.

    The person's own Jupyter settings are for their other work: a startup file, a kernel or a
    disabled extension of theirs must neither break the workbook nor open what it keeps closed.
    Their home may be read-only.
    """
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        path = folder / name.lower().replace("_dir", "").replace("_", "-")
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(path)
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    ours = str(shared("data") / "jupyter")
    others = [p for p in os.environ.get("JUPYTER_PATH", "").split(os.pathsep) if p and p != ours]
    os.environ["JUPYTER_PATH"] = os.pathsep.join([ours, *others])
