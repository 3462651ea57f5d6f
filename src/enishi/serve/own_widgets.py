"""Our package `widgets`, found first by our programs: others may have one of that name as well.

Python takes the first one on its path: that in a folder of `PYTHONPATH`, that beside a notebook, or
that of another package in the same environment.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from enishi.serve.errors import ForeignWidgetsError

OWN_WIDGETS = Path(__file__).resolve().parents[2] / "widgets"
"""The folder of our own package, beside that of this one."""
_OPENS = b"open_workbook"
"""A name that our package has and others do not."""


class OwnWidgetsFinder:
    """Finds `widgets` beside this package, whatever comes first on Python's path."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where our package is; None for any other name, which is found as usual."""
        if name != "widgets":
            return None
        folder = [str(OWN_WIDGETS)]
        file = OWN_WIDGETS / "__init__.py"
        return spec_from_file_location(name, file, submodule_search_locations=folder)


def prefer_own_widgets() -> None:
    """Make `import widgets` in this process find our package.

    Only programs of ours call this. In a notebook elsewhere a person's own `widgets` is theirs.
    """
    if OwnWidgetsFinder not in sys.meta_path:
        sys.meta_path.insert(0, OwnWidgetsFinder)


def check_own_widgets() -> None:
    """Check that no other package has replaced our files.

    Two packages of one name in one environment lie in one folder, and the one that is installed
    last overwrites what both have.

    Raises:
        ForeignWidgetsError: one has.
    """
    file = OWN_WIDGETS / "__init__.py"
    if not file.is_file() or _OPENS not in file.read_bytes():
        raise ForeignWidgetsError(folder=OWN_WIDGETS)
