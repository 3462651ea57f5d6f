"""Let a handler's pages speak the language of whoever asks."""

from __future__ import annotations

from random import randint
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import HTTPServerRequest

from enishi.words import LANGUAGES, guess_language, read_copy

LANGUAGE_COOKIE = "enishi-language"
"""Written by the page when the person chooses a language; nothing but `ja` or `en`."""


def language_of(request: HTTPServerRequest) -> str:
    """Return the language chosen in this browser, else the one the browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen is not None and chosen.value in LANGUAGES:
        return str(chosen.value)
    return guess_language(request.headers.get("Accept-Language", ""))


def page_words(language: str) -> dict[str, Any]:
    """Return what every page of the server needs to speak: both languages, the asker's first."""
    return {
        "language": language,
        "languages": sorted(LANGUAGES, key=lambda each: each != language),
        "words": read_copy("pages"),
    }


class Speaking(JupyterHandler):
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
