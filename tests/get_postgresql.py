"""Find a PostgreSQL server for the tests, or install one by the platform's own means.

Only its programs are used: the tests start a server of their own (`postgresql.py`).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from glob import glob
from pathlib import Path

PROGRAMS = ("initdb", "postgres")
ELSEWHERE = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    r"C:\Program Files\PostgreSQL\*\bin",
)
NO_SERVER = Path("/etc/postgresql-common/createcluster.d/enishi-tests.conf")
"""Read by Debian's package, which would otherwise start a server of its own."""


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


def ways() -> list[list[str]]:
    """Return the commands that install one here, without asking anything."""
    root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get"):
        apt = "env DEBIAN_FRONTEND=noninteractive apt-get -qq -y"
        install = (
            f"mkdir -p {NO_SERVER.parent}; echo create_main_cluster=false > {NO_SERVER}; "
            f"{apt} install --no-install-recommends postgresql; rm {NO_SERVER}"
        )
        return [[*root, *apt.split(), "update"], [*root, "sh", "-c", install]]
    if shutil.which("dnf"):
        return [[*root, "dnf", "-q", "-y", "install", "postgresql-server"]]
    if shutil.which("pacman"):
        return [[*root, "pacman", "--noconfirm", "-S", "postgresql"]]
    if shutil.which("brew"):
        return [["brew", "install", "--quiet", "postgresql@17"]]
    return []


def main() -> int:
    """Make sure there is a PostgreSQL; say what is done, or what to do."""
    if find_postgresql():
        return 0
    for way in ways():
        print("No PostgreSQL was found. Running:", " ".join(way), flush=True)
        if subprocess.run(way, stdout=subprocess.DEVNULL, check=False).returncode:
            break
    if find_postgresql():
        return 0
    print(
        "The tests of books on a server need PostgreSQL, and none could be installed here.\n"
        "Please install its server by hand, or set ENISHI_POSTGRESQL to the folder of `initdb`."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
