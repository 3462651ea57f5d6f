"""Install a program by the platform's own means, without asking: what the `get_*.py` share."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence

COMMANDS = {
    "dnf": ["dnf", "-q", "-y", "install"],
    "pacman": ["pacman", "--noconfirm", "-S"],
    "brew": ["brew", "install", "--quiet"],
    "winget": ["winget", "install", "--silent", "--exact", "--id"],
}
NOT_BY_ROOT = ("brew", "winget")
APT = "env DEBIAN_FRONTEND=noninteractive apt-get -qq -y"
NO_START = """
policy=/usr/sbin/policy-rc.d
test -e $policy || { made=yes; printf '#!/bin/sh\\nexit 101\\n' > $policy; chmod 755 $policy; }
trap 'test -z "$made" || rm -f $policy' EXIT
"""
"""Debian starts the service of whatever is installed, unless this file says no."""
NO_BOOT = "\nif command -v systemctl; then systemctl --quiet disable {service}; fi"


def make_sure(
    name: str,
    find: Callable[[], object],
    packages: Mapping[str, Sequence[str]],
    otherwise: str,
    around: str = "{install}",
    service: str = "",
) -> int:
    """Make sure that a program is there; say what is done, or what to do.

    Args:
        name: what it is called, with its article.
        find: tells whether it is there.
        packages: what to install, by package manager; for apt-get with its options.
        otherwise: what to say when nothing helped.
        around: shell commands around apt's `{install}`.
        service: the service that comes with Debian's package, and is not to start at boot either.
    """
    if find():
        return 0
    for way in ways(packages, around, service):
        print(f"No {name} was found. Running:", *way, flush=True)
        if subprocess.run(way, stdout=subprocess.DEVNULL, check=False).returncode:
            break
    if find():
        return 0
    print(otherwise)
    return 1


def ways(
    packages: Mapping[str, Sequence[str]], around: str = "{install}", service: str = ""
) -> list[list[str]]:
    """Return the commands that install one of `packages` here."""
    root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if "apt-get" in packages and shutil.which("apt-get"):
        install = around.format(install=f"{APT} install {' '.join(packages['apt-get'])}")
        off = NO_BOOT.format(service=service) if service else ""
        return [[*root, *APT.split(), "update"], [*root, "sh", "-ec", NO_START + install + off]]
    for manager, command in COMMANDS.items():
        if manager in packages and shutil.which(manager):
            whoever = [] if manager in NOT_BY_ROOT else root
            return [[*whoever, *command, *packages[manager]]]
    return []
