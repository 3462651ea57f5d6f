"""Names held back: on a lock screen or a shared calendar an initial is enough."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enishi.words.names import HONORIFICS, is_east_asian

HIDDEN = "○"


def initials(name: str) -> str:
    """Return what stands for `name` where others may look on.

    >>> initials("架空 花子"), initials("Hanako Kakuu"), initials("")
    ('架○', 'H.K.', '')
    """
    parts = name.split()
    if not parts:
        return ""
    if is_east_asian(name):
        return parts[0][0] + HIDDEN
    return "".join(f"{part[0].upper()}." for part in parts)


def hide_names(text: str, names: Iterable[str]) -> str:
    """Return `text` with every one of `names`, whole or in part, as its initials.

    A part of one character counts only before さん and the like: 林 is a wood as well.

    >>> hide_names("架空さんに本を返す", ["架空 花子"])
    '架○さんに本を返す'
    """
    forms = {form for name in names for form in (name.strip(), *name.split()) if form}
    honorifics = "|".join(HONORIFICS)
    for form in sorted(forms, key=len, reverse=True):
        word = re.escape(form)
        if form.isascii():
            word = rf"\b{word}\b"
        if len(form) == 1:
            word = rf"{word}(?={honorifics})"
        text = re.sub(word, initials(form), text)
    return text
