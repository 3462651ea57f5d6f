"""Open an address in the person's browser without showing it to others on this computer.

Every user here can read the command lines of all programs (`ps`), and the address contains the
token. So the browser gets a file that redirects there, which only the person can read. A code that
works only once would not do: another person may use it before the browser does.
"""

from __future__ import annotations

import html
import os
import platform
import tempfile
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Thread, Timer

from enishi.i18n import read_texts

OPENING_SECONDS = 60.0
"""How long a browser may take to start and read the file."""
PAGE = """<!DOCTYPE html>
<html lang="{language}">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={address}">
<title>{title}</title>
<p><a href="{address}">{title}</a></p>
"""


def open_in_browser(
    address: str, language: str, end: ExitStack, when_none: Callable[[], None]
) -> None:
    """Open `address`, and return at once; the file made for it is removed after a minute.

    Args:
        address: the address to open.
        language: of the redirecting page, in case it is visible.
        end: runs its callbacks after `OPENING_SECONDS`, or when the server ends, if that is sooner.
        when_none: called when there is no browser.
    """
    try:
        url = redirecting_url(address, language, end)
    except OSError:
        when_none()
        return
    timer = Timer(OPENING_SECONDS, end.close)
    timer.daemon = True
    timer.start()
    # Some browsers return only when they are closed.
    Thread(target=open_url, args=(url, when_none), daemon=True).start()


def redirecting_url(address: str, language: str, end: ExitStack) -> str:
    """Return the address to pass to the browser: that of a file, which is removed at the `end`.

    In the Windows Subsystem for Linux the browser is a Windows program, which cannot read the file,
    and no other person uses the same system. There the result is `address` itself.

    Raises:
        OSError: the file cannot be written.
    """
    if "microsoft" in platform.release().lower():
        return address
    title = read_texts("pages")["title"][language]
    page = PAGE.format(language=language, address=html.escape(address), title=html.escape(title))
    descriptor, file = private_file()
    end.callback(Path(file).unlink, missing_ok=True)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(page)
    return Path(file).as_uri()


def private_file() -> tuple[int, str]:
    """Create a file that only its owner can read; return its descriptor and path.

    It lies in the person's home, under a name that is not hidden: a browser in a sandbox (a snap)
    reads nothing else. If the home cannot be written to, it lies with the temporary files.

    Raises:
        OSError: no folder can be written to.
    """
    with suppress(OSError):
        return tempfile.mkstemp(".html", "enishi-", os.path.expanduser("~"))
    return tempfile.mkstemp(".html", "enishi-")


def open_url(url: str, when_none: Callable[[], None]) -> None:
    """Open `url` in the person's browser, or call `when_none` if there is no browser."""
    try:
        found = webbrowser.open(url)
    except webbrowser.Error:
        found = False
    if not found:
        when_none()
