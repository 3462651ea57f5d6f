"""What a kernel may know of the environment the server was started in."""

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
"""No page computes what threads would speed up, and each of them reserves memory: without
`MALLOC_ARENA_MAX` 64 MB of address space, of which it uses next to nothing.

One that a library starts when it is imported would make a fork impossible.
"""
WITHHELD = re.compile("JUPYTER_TOKEN.*|ENISHI_COOKIE_SECRET")


def kernel_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Keep of `environment` what a notebook needs to run; passwords and keys are not among it."""
    return {
        name: value
        for name, value in environment.items()
        if KEPT.fullmatch(name) and not WITHHELD.fullmatch(name)
    }
