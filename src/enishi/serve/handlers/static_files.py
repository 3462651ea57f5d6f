"""The files that every page needs, which browsers fetch once and keep."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Voilà publishes no types, and Jupyter types its own methods in part.

from __future__ import annotations

import posixpath
import re
from typing import Any

from jupyter_server.base.handlers import FileFindHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, StaticFileHandler, authenticated
from voila import __version__ as voila_version
from voila.static_file_handler import MultiStaticFileHandler

from enishi.paths import shared
from enishi.serve.security import HEADERS

FOR_EVER = "public, max-age=31536000, immutable"

FRONT_END = f"voila/static/{voila_version}"
"""Voilà's own files have no hash in their names; their address contains its version instead."""

PLOTLY_FILE = "plotly-basic.min.js"
"""The smallest of the bundles of plotly.js: it draws all that the pictures are made of."""
PLOTLY_FILES = shared("data") / "plotly"
PLOTLY = f"voila/plotly/{(PLOTLY_FILES / 'SHA256').read_text(encoding='ascii')[:16]}"
"""The address of plotly.js, by its checksum; a sheet loads it when a picture comes into view."""

TEMPLATE = "voila/templates/enishi/static"
"""The address of our template's files."""

TEMPLATE_FILES = str(shared("data") / "jupyter" / TEMPLATE)
HASH_LENGTH = 16
"""Hexadecimal digits of the hash of a file's content in its address."""

HASHED = re.compile(r"\.[0-9a-f]{8,}\.js")


def set_code_headers(handler: JupyterHandler, name: str, is_packed: bool) -> None:
    """Set the headers of a script or style sheet whose address changes with its content.

    Args:
        handler: answers the request; the headers that only pages need are removed from it.
        name: the file's name, which ends in `.css` or `.js`.
        is_packed: whether gzip is used.
    """
    for page_only in HEADERS:
        handler.clear_header(page_only)
    kind = "css" if name.endswith(".css") else "javascript"
    handler.set_header("Content-Type", f"text/{kind}; charset=utf-8")
    handler.set_header("Cache-Control", FOR_EVER)
    if is_packed:
        handler.set_header("Content-Encoding", "gzip")


def accepts_gzip(handler: JupyterHandler) -> bool:
    """Return whether the browser accepts a compressed answer."""
    return "gzip" in handler.request.headers.get("Accept-Encoding", "")


class FrontEndFiles(MultiStaticFileHandler):
    """Voilà's front end, below an address that changes with its version."""

    def set_extra_headers(self, path: str) -> None:
        """Allow the browser to keep the file."""
        self.set_header("Cache-Control", FOR_EVER)


class PlotlyFile(JupyterHandler, StaticFileHandler):
    """plotly.js, below an address that changes with its content."""

    @authenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Send the file to a visitor who may see the pages."""
        await super().get(path, include_body)

    def set_extra_headers(self, path: str) -> None:
        """Allow the browser to keep the file."""
        self.set_header("Cache-Control", FOR_EVER)


class ExtensionFiles(FileFindHandler):
    """The widgets' front end; a name with a hash in it always means the same file."""

    def set_headers(self) -> None:
        """Allow the browser to keep a file with a hash in its name."""
        super().set_headers()
        if HASHED.search(self.request.path):
            self.set_header("Cache-Control", FOR_EVER)


class TemplateFiles(StaticFileHandler):
    """The files of our template, at an address that contains a hash of the content.

    Not Voilà's handler: it looks for the template in a dozen folders, twice for each request and
    once for each address.
    """

    @classmethod
    def get_version(cls, settings: dict[str, Any], path: str) -> str | None:
        """Return a hash of a file; Tornado's has 128 characters."""
        version = super().get_version(settings, path)
        return version and version[:HASH_LENGTH]

    def parse_url_path(self, url_path: str) -> str:
        """Return the path of a file below the folder.

        Raises:
            HTTPError: 404, when the path is malformed.
        """
        if posixpath.normpath(url_path) != url_path or url_path.startswith(("/", "..")):
            raise HTTPError(404)
        return super().parse_url_path(url_path)


def template_url(base_url: str, name: str) -> str:
    """Return the address of a file of our template, without the origin."""
    place = {
        "static_url_prefix": url_path_join(base_url, TEMPLATE, "/"),
        "static_path": TEMPLATE_FILES,
    }
    return TemplateFiles.make_static_url(place, name)
