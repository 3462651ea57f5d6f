"""The scripts of the sheets and the look they share: fetched once, then kept by the browser.

All of them lie below one address with a hash of what is in them. So a file never changes at its
address, one may import another by its name, and a sheet that was changed is seen on the next page.
"""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from enishi.js_bundle import in_one_piece
from enishi.serve.fork.fingerprint import Fingerprint, files, of
from enishi.serve.handlers.static_files import FOR_EVER
from enishi.serve.security import HEADERS

PLACE = "voila/sheets"
PAPER, LOOK = "base/sheet.js", "base/sheet.css"
"""The script and the look that all of them share."""


class Sheets(NamedTuple):
    """The files by their names, and the hash of them all."""

    hash: str
    files: Mapping[str, bytes]


def sheets() -> Sheets:
    """Return the files as they are now: looked at each time, read when one has changed."""
    spec = find_spec("widgets")  # which is not imported: it draws, and a server does not
    assert spec and spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    return _read(folder, frozenset(of(each) for each in files(folder) if is_kept(each.path)))


def is_kept(path: str) -> bool:
    """Tell whether a file is one that browsers fetch."""
    return path.endswith(".js") or Path(path).as_posix().endswith(f"/{LOOK}")


@lru_cache(maxsize=1)
def _read(folder: Path, found: Fingerprint) -> Sheets:
    """Read the files that were found in a folder and below."""
    paths = {Path(path) for path, _, _ in found}
    kept = {each.relative_to(folder).as_posix(): content(each, folder) for each in paths}
    hashes = sorted((name, hashlib.sha256(each).hexdigest()) for name, each in kept.items())
    return Sheets(hashlib.sha256(repr(hashes).encode()).hexdigest()[:16], kept)


def content(file: Path, folder: Path) -> bytes:
    """Return what is sent of a file; what every sheet imports comes in one piece."""
    text = file.read_text(encoding="utf-8")
    return (in_one_piece(text, file.parent) if file == folder / PAPER else text).encode()


def assets_url(base_url: str) -> str:
    """Return where the files are now, seen from the server's origin; it ends with a slash."""
    return url_path_join(base_url, PLACE, sheets().hash, "/")


@lru_cache(maxsize=2)
def with_hash(hash: str) -> Mapping[str, bytes]:
    """Return the files that have this hash, now or a moment ago: a page may be just opening.

    Raises:
        KeyError: there are none.
    """
    now = sheets()
    if hash != now.hash:
        raise KeyError(hash)
    return now.files


class SheetFile(JupyterHandler):
    """One file."""

    @authenticated
    def get(self, hash: str, name: str) -> None:
        """Send it to whoever may see the pages."""
        try:
            file = with_hash(hash)[name]
        except KeyError:
            raise HTTPError(404) from None
        for page_only in HEADERS:
            self.clear_header(page_only)
        kind = "css" if name.endswith(".css") else "javascript"
        self.set_header("Content-Type", f"text/{kind}; charset=utf-8")
        self.set_header("Cache-Control", FOR_EVER)
        self.finish(file)
