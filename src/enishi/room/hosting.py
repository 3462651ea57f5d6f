"""How a room is hosted: what the server tells the pages while it runs.

The server writes it to a small file, whose path the pages know from their environment. So a page
that is open learns of a new address without asking anybody.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from enishi.identity import HOSTING

Reach = Literal["", "offline", "nobody", "reached"]
CopyTrouble = Literal["", "full", "unwritable"]


class Hosting(NamedTuple):
    """How a room is hosted.

    Attributes:
        join: the address of the page where one joins, as other devices reach it; '' where unknown.
        reach: whether another device has reached this computer: "offline" while it is in no
            network, '' where that is not looked at.
        copy: the folder in which a copy of the book is kept; '' for none.
        trouble: why the copy there is older than it should be; '' while it is not.
        is_here: whether a group is hosted from this computer, so that another room can be opened.
    """

    join: str = ""
    reach: Reach = ""
    copy: str = ""
    trouble: CopyTrouble = ""
    is_here: bool = False


def read_hosting() -> Hosting:
    """Return what the server told last; nothing where no server tells it."""
    with suppress(OSError):
        return Hosting(**json.loads(Path(os.environ.get(HOSTING, "")).read_bytes()))
    return Hosting()


def write_hosting(hosting: Hosting) -> None:
    """Tell the pages."""
    file = Path(os.environ[HOSTING])
    unready = file.with_suffix(".new")
    unready.write_text(json.dumps(hosting._asdict()), encoding="utf-8")
    os.replace(unready, file)


def hosting_version() -> tuple[int, int]:
    """Return what differs once the server has told something else."""
    try:
        found = os.stat(os.environ.get(HOSTING, ""))
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns
