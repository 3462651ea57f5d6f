"""Choice of the language."""

from __future__ import annotations

import os

LANGUAGES = ("ja", "en")
"""The workbook's languages; the first one is the default."""


def guess_language(asked: str | None = None) -> str:
    """Return the language for `asked` (an Accept-Language header), or for the environment.

    >>> guess_language("en-GB,en;q=0.9,ja;q=0.5")
    'en'
    >>> guess_language("fr,de")
    'ja'
    """
    if asked is None:
        names = ("LC_ALL", "LC_MESSAGES", "LANG")
        asked = next((os.environ[name] for name in names if os.environ.get(name)), "")
    for part in asked.replace("_", "-").split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return tag
    return LANGUAGES[0]
