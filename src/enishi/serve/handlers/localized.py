"""Let a handler's pages speak the language of whoever asks, and go by their clock."""

from __future__ import annotations

import time
import zoneinfo
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from random import randint
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import HTTPServerRequest

from enishi.i18n import LANGUAGES, guess_language, read_texts

LANGUAGE_COOKIE = "enishi-language"
"""Written by the page when the person chooses a language; nothing but `ja` or `en`."""

ZONE_COOKIE = "enishi-zone"
"""Written by the page: the name of the time zone of the browser's clock, as `Asia/Tokyo`."""


def language_of(request: HTTPServerRequest) -> str:
    """Return the language chosen in this browser, else the one the browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen is not None and chosen.value in LANGUAGES:
        return str(chosen.value)
    return guess_language(request.headers.get("Accept-Language", ""))


def zone_of(request: HTTPServerRequest) -> str:
    """Return the name of the time zone of the browser's clock; "" where only ours is known.

    A name goes into the environment of a kernel (`TZ`), so it is one that the system has data for.
    Windows knows other names, and a process cannot change its zone there: our clock is used.
    """
    named = request.cookies.get(ZONE_COOKIE)
    if named is None or not hasattr(time, "tzset"):
        return ""
    return named.value if named.value in zones() else ""


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Return the names of the time zones that both Python and the C library know."""
    return frozenset(
        name
        for name in zoneinfo.available_timezones()
        if any((Path(folder) / name).is_file() for folder in zoneinfo.TZPATH)
    )


def minutes_of(zone: str) -> int:
    """Return by how many minutes the clock of `zone` is ahead of UTC now; "" is our own clock."""
    now = datetime.now(zoneinfo.ZoneInfo(zone)) if zone else datetime.now().astimezone()
    return round(now.utcoffset().total_seconds() / 60)  # type: ignore[union-attr]  # it has a zone


def page_words(language: str) -> dict[str, Any]:
    """Return what every page of the server needs to speak: both languages, the asker's first."""
    return {
        "language": language,
        "languages": sorted(LANGUAGES, key=lambda each: each != language),
        "words": read_texts("pages"),
    }


class LocalizedHandler(JupyterHandler):
    """A handler whose pages, those about errors too, know the language and the words."""

    @property
    def template_namespace(self) -> dict[str, Any]:
        """Add the words to what templates know."""
        return {**super().template_namespace, **page_words(language_of(self.request))}

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Show the error page; where there is no room, it comes back after a while.

        Each visitor waits another while, so that they do not all come back at once.
        """
        if status_code in (429, 503):
            seconds = str(randint(4, 12))
            self.set_header("Retry-After", seconds)
            self.set_header("Refresh", seconds)
        super().write_error(status_code, **kwargs)
