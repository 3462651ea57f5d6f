"""Make an automatic backup in a process of its own: `python -m enishi.book.copies FILE`."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from enishi.book.copies.automatic_backups import make_automatic_backup
from enishi.book.errors import BookError

_NICENESS = 10


def main() -> int:
    """Back up the book named on the command line; return 1 if it could not be."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        make_automatic_backup(Path(sys.argv[1]))
    except (BookError, OSError, sqlite3.Error) as error:
        print(type(error).__name__, file=sys.stderr)  # nothing of the book goes into a log
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
