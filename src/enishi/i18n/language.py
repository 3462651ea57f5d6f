"""Choice of the language."""

from __future__ import annotations

import os

LANGUAGES = ("ja", "en")
"""The workbook's languages; the first one is the default of pages."""
_ELSEWHERE = "en"
"""The language of pages for who reads neither, and of a console without a Japanese locale."""


def guess_language(asked: str) -> str:
    """Return the language of pages for an Accept-Language header; the default if it is empty.

    >>> guess_language("en-GB,en;q=0.9,ja;q=0.5"), guess_language("fr,de"), guess_language("")
    ('en', 'en', 'ja')
    """
    tags = [part.split(";")[0].strip().lower().split("-")[0] for part in asked.split(",")]
    known = next((tag for tag in tags if tag in LANGUAGES), "")
    return known or (_ELSEWHERE if any(tags) else LANGUAGES[0])


def console_language() -> str:
    """Return the language of the console: Japanese in a Japanese locale, else English.

    The first of LC_ALL, LC_MESSAGES and LANG that is set counts, as POSIX has it.
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "")
    language = locale.lower().replace("-", "_").partition(".")[0].partition("_")[0]
    return language if language in LANGUAGES else _ELSEWHERE
