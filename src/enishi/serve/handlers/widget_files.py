"""The scripts and styles of other packages' widgets, which kernels write and browsers keep."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import gzip
import os
import tempfile
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, authenticated

from enishi.paths import WIDGET_FILES
from enishi.serve.handlers.static_files import accepts_gzip, set_code_headers

WIDGET_PLACE = "voila/widgets"
"""The address of the files, beside that of the sheets; see `kernels/widget_scripts.py`."""


class WidgetFileHandler(JupyterHandler):
    """Sends one file, whose name is a hash of its content."""

    @authenticated
    async def get(self, name: str) -> None:
        """Send the file to a visitor who may see the pages.

        Raises:
            HTTPError: 404, when there is no such file.
        """
        file = Path(os.environ[WIDGET_FILES], name)
        is_packed = accepts_gzip(self)
        try:
            content = await asyncio.to_thread(read_packed if is_packed else Path.read_bytes, file)
        except FileNotFoundError:
            raise HTTPError(404) from None
        set_code_headers(self, name, is_packed)
        self.finish(content)


def read_packed(file: Path) -> bytes:
    """Return a file compressed; the result is kept beside it: 5 MB take a third of a second.

    Raises:
        FileNotFoundError: there is no such file.
    """
    packed = file.with_suffix(f"{file.suffix}.gz")
    if packed.exists():
        return packed.read_bytes()
    content = gzip.compress(file.read_bytes(), mtime=0)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as new:
        new.write(content)
    os.replace(new.name, packed)
    return content
