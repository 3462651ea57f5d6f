"""Find a PostgreSQL server for the tests, or install one by the platform's own means.

Only its programs are used: the tests start a server of their own (`postgresql.py`).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from glob import glob
from pathlib import Path

from installing import make_sure

PROGRAMS = ("initdb", "postgres")
ELSEWHERE = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    r"C:\Program Files\PostgreSQL\*\bin",
)
PACKAGES = {
    "apt-get": ["--no-install-recommends", "postgresql"],
    "dnf": ["postgresql-server"],
    "pacman": ["postgresql"],
    "brew": ["postgresql@17"],
}
NO_SERVER = """
settings=/etc/postgresql-common/createcluster.d/enishi-tests.conf
mkdir -p ${{settings%/*}}; echo create_main_cluster=false > $settings
{install}
rm $settings
"""
"""Debian's package would otherwise make a server of its own."""


def find_postgresql() -> Path | None:
    """Return the folder of the programs: `ENISHI_POSTGRESQL`, else one the system has."""
    chosen = os.environ.get("ENISHI_POSTGRESQL")
    if chosen:
        return Path(chosen)
    path = map(Path, os.environ.get("PATH", "").split(os.pathsep))
    places = [*path, *sorted(map(Path, (p for each in ELSEWHERE for p in glob(each))), key=newest)]
    return next((place for place in places if has_programs(place)), None)


def has_programs(place: Path) -> bool:
    """Does `place` hold the programs of a server, and not only those of a client?"""
    return all(shutil.which(program, path=str(place)) for program in PROGRAMS)


def newest(place: Path) -> int:
    """Return what sorts the folder of a newer version before that of an older one."""
    return -max(map(int, re.findall(r"\d+", str(place))), default=0)


def main() -> int:
    """Make sure there is a PostgreSQL; say what is done, or what to do."""
    return make_sure(
        "PostgreSQL",
        find_postgresql,
        PACKAGES,
        "The tests of books on a server need PostgreSQL, and none could be installed here.\n"
        "Please install its server by hand, or set ENISHI_POSTGRESQL to the folder of `initdb`.",
        around=NO_SERVER,
    )


if __name__ == "__main__":
    sys.exit(main())
