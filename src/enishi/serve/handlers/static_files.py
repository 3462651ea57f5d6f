"""The files every page needs: fetched once, then kept by the browser."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Voilà publishes no types, and Jupyter types its own methods in part.

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import plotly
from jupyter_server.base.handlers import FileFindHandler, JupyterHandler
from tornado.web import HTTPError, StaticFileHandler, authenticated
from voila import __version__ as voila_version
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler

FOR_EVER = "public, max-age=31536000, immutable"

FRONT_END = f"voila/static/{voila_version}"
"""Voilà's own files have no hash in their names; their address carries its version instead."""

PLOTLY = f"voila/plotly/{plotly.__version__}"
"""Where plotly.js is; a sheet loads it when somebody wants to explore a picture."""

PLOTLY_FILES = Path(plotly.__file__).parent / "package_data"

HASHED = re.compile(r"\.[0-9a-f]{8,}\.js")


class FrontEndFiles(MultiStaticFileHandler):
    """Voilà's front end, below an address that changes with its version."""

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep the file."""
        self.set_header("Cache-Control", FOR_EVER)


class PlotlyFile(JupyterHandler, StaticFileHandler):
    """plotly.js as the package of that name brings it, below an address with its version."""

    @authenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Send it to whoever may see the pages."""
        await super().get(path, include_body)

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep the file."""
        self.set_header("Cache-Control", FOR_EVER)


class ExtensionFiles(FileFindHandler):
    """The widgets' front end; a name with a hash in it never means another file."""

    def set_headers(self) -> None:
        """Let the browser keep what is named by its hash."""
        super().set_headers()
        if HASHED.search(self.request.path):
            self.set_header("Cache-Control", FOR_EVER)


class TemplateFiles(TemplateStaticFileHandler):
    """The template's files; a malformed address is a missing file, not a failure."""

    def parse_url_path(self, path: str) -> str:
        """Refuse what is not a file in `enishi/static/`."""
        if posixpath.normpath(path) != path or not path.startswith("enishi/static/"):
            raise HTTPError(404)
        return str(super().parse_url_path(path))
