"""The audit log: who may enter, since when, and whose book was erased or restored, a line each.

`audit.log` in the folder of the data holds an instant, what was done, the id of the account it was
done to, and by whom. It holds no name, no key, and nothing from a book.
"""

from __future__ import annotations

import getpass
import os
from typing import Literal

from enishi.book.accounts import current_timestamp
from enishi.paths import person_dir

AUDIT_FILE = "audit.log"

AccountAct = Literal[
    "invited", "renewed", "dismissed", "exported", "imported", "erased", "restored", "restored-all"
]


def note_account(act: AccountAct, id: str, by: str = "") -> bool:
    """Add a line to the audit log; return whether it could be written.

    Args:
        act: what was done.
        id: the account it was done to; `-` for all.
        by: who did it; the user of this computer if it is empty.
    """
    line = f"{current_timestamp()} {act} {id} by {by or system_user()}\n"
    try:
        folder = person_dir()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(folder / AUDIT_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(opened, line.encode())  # at once, so that lines of several writers stay whole
        finally:
            os.close(opened)
    except OSError:
        return False
    return True


def system_user() -> str:
    """Return who runs this command: the user who called `sudo`, else that of the process."""
    try:
        return "_".join((os.environ.get("SUDO_USER") or getpass.getuser()).split())
    except (OSError, KeyError):  # the system knows no name, as in a container
        return f"uid-{os.getuid()}" if hasattr(os, "getuid") else "unknown"
