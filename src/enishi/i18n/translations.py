"""Translation of the English sentences in the code: errors and the command line.

The English sentence is the key; `data/locale/<language>/LC_MESSAGES/enishi.po` holds the
translations. What a sheet shows is in `data/words` instead; see `enishi.i18n.texts`.
"""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from enishi.errors import EnishiError
from enishi.i18n.texts import format_text
from enishi.paths import shared


@cache
def catalogue(language: str, domain: str = "enishi") -> gettext.NullTranslations:
    """Return the catalogue of `language`; an empty one if it has no file, as English.

    Args:
        language: the language.
        domain: whose sentences: `enishi`, or `click` for those of the library of that name.
    """
    file = shared("data") / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    if not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as source:
        entries = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(language: str, sentence: str, **facts: object) -> str:
    """Return `sentence` in `language` with its `{placeholders}` filled from `facts`."""
    said = catalogue(language).gettext(sentence) if sentence else ""
    return format_text(said, facts) if facts else said


def error_text(language: str, error: EnishiError) -> str:
    """Return an error's sentence and its way out in `language`."""
    parts = [
        translate(language, part, **error.facts) for part in (error.sentence, error.way_out) if part
    ]
    return ("" if language == "ja" else " ").join(parts)
