"""Handlers whose pages use the visitor's language and time zone."""

from __future__ import annotations

import time
import zoneinfo
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from random import randint
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import HTTPServerRequest, split_host_and_port

from enishi.i18n import LANGUAGES, guess_language, read_texts
from enishi.serve.auth.public_url import Address, is_local

LANGUAGE_COOKIE = "enishi-language"
"""The page sets it when the person chooses a language; its value is `ja` or `en`."""

ZONE_COOKIE = "enishi-zone"
"""The page sets it: the name of the time zone of the browser's clock, as `Asia/Tokyo`."""


def language_of(request: HTTPServerRequest) -> str:
    """Return the language chosen in this browser, else the one that its headers prefer."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen is not None and chosen.value in LANGUAGES:
        return str(chosen.value)
    return guess_language(request.headers.get("Accept-Language", ""))


def zone_of(request: HTTPServerRequest) -> str:
    """Return the name of the browser's time zone; "" where only the server's is known.

    The name goes into the environment of a kernel (`TZ`), so only zones that the system has data
    for are accepted. Windows uses other names, and a process cannot change its zone there: the
    server's clock is used.
    """
    named = request.cookies.get(ZONE_COOKIE)
    if named is None or not hasattr(time, "tzset"):
        return ""
    return named.value if named.value in zones() else ""


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Return the names of the time zones that both Python and the C library have data for."""
    return frozenset(
        name
        for name in zoneinfo.available_timezones()
        if any((Path(folder) / name).is_file() for folder in zoneinfo.TZPATH)
    )


def minutes_of(zone: str) -> int:
    """Return how many minutes the clock of `zone` is ahead of UTC now; "" is the server's clock."""
    now = datetime.now(zoneinfo.ZoneInfo(zone)) if zone else datetime.now().astimezone()
    return round(now.utcoffset().total_seconds() / 60)  # type: ignore[union-attr]  # it has a zone


def page_words(language: str) -> dict[str, Any]:
    """Return the variables for every template: the texts, and the languages, `language` first."""
    return {
        "language": language,
        "languages": sorted(LANGUAGES, key=lambda each: each != language),
        "words": read_texts("pages"),
    }


class LocalizedHandler(JupyterHandler):
    """A handler whose pages, error pages included, get the language and the texts."""

    @property
    def template_namespace(self) -> dict[str, Any]:
        """Return the variables of all templates, with the texts and the language."""
        return {**super().template_namespace, **page_words(language_of(self.request))}

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Send the error page; where there is no room, the browser reloads it after a while.

        The delay is random, 4 to 12 seconds, so that visitors do not all return at once.
        """
        if status_code in (429, 503):
            seconds = str(randint(4, 12))
            self.set_header("Retry-After", seconds)
            self.set_header("Refresh", seconds)
        super().write_error(status_code, **kwargs)


def renew_xsrf_cookie(handler: LocalizedHandler) -> None:
    """Make the next answer set a new `_xsrf` cookie, which shows other pages that a person left."""
    settings = handler.settings
    handler.clear_cookie(settings["xsrf_cookie_name"], **settings["xsrf_cookie_kwargs"])


def is_exposed(handler: LocalizedHandler) -> bool:
    """Return whether others on the network path could read a request and its answer.

    Not where the public address is https, nor where the request came from this computer itself. Its
    Host header alone does not prove that.
    """
    server: Any = handler.identity_provider.parent
    public: Address = server.public
    request = handler.request
    name = split_host_and_port(request.host.lower())[0].strip("[]")
    is_from_here = is_local(name) and is_local(request.remote_ip or "")
    return public.is_open and not is_from_here
