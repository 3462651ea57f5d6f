"""The scripts of the sheets and their shared stylesheet, which browsers fetch once and keep.

All files lie below one address that contains a hash of their content. So a file never changes at
its address, one may import another by its name, and a changed sheet appears on the next page.
"""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from enishi.i18n import read_texts
from enishi.js_bundle import bundle_modules, read_module
from enishi.serve.fork.fingerprint import Fingerprint, file_fingerprint, files
from enishi.serve.handlers.static_files import accepts_gzip, set_code_headers

PLACE = "voila/sheets"
PAPER, LOOK = "base/sheet.js", "base/sheet.css"
"""The script and the stylesheet that all sheets share."""
STYLES = "base/styles.css"
"""Several style sheets as one; the query names them."""
SHELL_WORDS = "base/shell_words.js"
"""The texts of the page around the sheets."""
GUARD_WORDS = "base/guard_words.js"
"""What is said in the place of a widget that cannot be shown; a page loads it when it says so."""


class AssetSet(NamedTuple):
    """The files by their names, and one hash of all of them."""

    hash: str
    files: Mapping[str, bytes]


def current_assets() -> AssetSet:
    """Return the current files: checked on each call, read again when one has changed."""
    spec = find_spec("widgets")  # not imported: a server renders no widgets
    assert spec and spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    found = frozenset(file_fingerprint(each) for each in files(folder) if is_asset(each.path))
    return _read(folder, found, shell_words(), guard_words())


def is_asset(path: str) -> bool:
    """Return whether browsers fetch this file."""
    return path.endswith((".js", ".css"))


def shell_words() -> bytes:
    """Return the script with the texts of the page around the sheets, in every language."""
    pages = read_texts("pages")
    words = {name: pages[name] for name in ("skip", "opening", "line")}
    words |= {"person": {name: pages["person"][name] for name in ("leave", "room")}}
    words |= {"problem": {name: pages["problem"][name] for name in ("again", "script")}}
    return f"window.enishiWords = {json.dumps(words, ensure_ascii=False)};\n".encode()


def guard_words() -> bytes:
    """Return the script with what is said in the place of a widget, in every language."""
    words = json.dumps(read_texts("pages")["refused"], ensure_ascii=False)
    return f"window.enishiWords.refused = {words};\n".encode()


@lru_cache(maxsize=1)
def _read(folder: Path, found: Fingerprint, words: bytes, refused: bytes) -> AssetSet:
    """Return the files at these paths below a folder; cached until one of them changes."""
    paths = {Path(path) for path, _, _ in found}
    contents = {each.relative_to(folder).as_posix(): content(each, folder) for each in paths}
    contents |= {SHELL_WORDS: words, GUARD_WORDS: refused}
    hashes = sorted((name, hashlib.sha256(each).hexdigest()) for name, each in contents.items())
    return AssetSet(hashlib.sha256(repr(hashes).encode()).hexdigest()[:16], contents)


def content(file: Path, folder: Path) -> bytes:
    """Return the content of a file as it is sent; a script includes its imports.

    Only the script of all sheets is imported by each of the others, which all share it.
    """
    if file.suffix != ".js":
        return file.read_bytes()
    paper = folder / PAPER
    apart = None if file == paper else paper
    return bundle_modules(read_module(file), file.parent, apart).encode()


@lru_cache(maxsize=128)
def compress(content: bytes) -> bytes:
    """Return a file as browsers accept it; each is compressed once, not once a visitor."""
    return gzip.compress(content, mtime=0)


def assets_url(base_url: str) -> str:
    """Return the address of the current files, without the origin; it ends with a slash."""
    return url_path_join(base_url, PLACE, current_assets().hash, "/")


@lru_cache(maxsize=2)
def assets_with_hash(hash: str) -> Mapping[str, bytes]:
    """Return the files with this hash, current or recent: a page may be just opening.

    Raises:
        KeyError: there are none.
    """
    now = current_assets()
    if hash != now.hash:
        raise KeyError(hash)
    return now.files


class AssetHandler(JupyterHandler):
    """Sends one file."""

    @authenticated
    def get(self, hash: str, name: str) -> None:
        """Send the file to a visitor who may see the pages.

        Raises:
            HTTPError: 404, when there is no such file.
        """
        try:
            files = assets_with_hash(hash)
            file = self.styles(files) if name == STYLES else files[name]
        except KeyError:
            raise HTTPError(404) from None
        is_packed = accepts_gzip(self)
        set_code_headers(self, name, is_packed)
        self.finish(compress(file) if is_packed else file)

    def styles(self, files: Mapping[str, bytes]) -> bytes:
        """Return the style sheets that the request names, each once, as one.

        Raises:
            KeyError: one of them is no style sheet of ours.
        """
        names = dict.fromkeys(self.get_query_argument("of", "").split(","))
        if not all(name.endswith(".css") for name in names):
            raise KeyError(names)
        return b"\n".join(files[name] for name in names)
