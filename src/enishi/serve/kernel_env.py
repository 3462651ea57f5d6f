"""The part of the server's environment that a kernel receives."""

from __future__ import annotations

import re
from collections.abc import Mapping

KEPT = re.compile(
    r"""
      ENISHI_.* | JUPYTER_.* | PYTHON.* | IPYTHONDIR | MPLCONFIGDIR | VIRTUAL_ENV | CONDA_PREFIX
    # what a program needs to find itself, its person and its language
    | PATH | HOME | USER | LOGNAME | SHELL | TZ | LANG | LANGUAGE | LC_.* | TMPDIR | TEMP | TMP
    | XDG_(CACHE|CONFIG|DATA|STATE)_HOME
    | LD_LIBRARY_PATH | DYLD_LIBRARY_PATH | DYLD_FALLBACK_LIBRARY_PATH
    # how many threads a library may start
    | OMP_.* | OPENBLAS_.* | MKL_.*
    # the same on Windows
    | SYSTEMROOT | SYSTEMDRIVE | WINDIR | COMSPEC | PATHEXT | APPDATA | LOCALAPPDATA
    | USERPROFILE | HOMEDRIVE | HOMEPATH | PROGRAMDATA | PROGRAMFILES
    | NUMBER_OF_PROCESSORS | PROCESSOR_ARCHITECTURE
    """,
    re.VERBOSE | re.IGNORECASE,  # Windows writes SystemRoot
)
ONE_THREAD = {
    **{name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")},
    "MALLOC_ARENA_MAX": "2",
}
"""Threads would speed up nothing that a page computes, and each reserves memory: without
`MALLOC_ARENA_MAX`, 64 MB of address space, most of it unused.

A thread that a library starts during its import would make a fork impossible.
"""
WITHHELD = re.compile("JUPYTER_TOKEN.*|ENISHI_COOKIE_SECRET|ENISHI_KEEPER_DATABASE|ENISHI_OIDC_.*")


def kernel_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the part of `environment` that a notebook needs to run, without passwords and keys."""
    return {
        name: value
        for name, value in environment.items()
        if KEPT.fullmatch(name) and not WITHHELD.fullmatch(name)
    }
