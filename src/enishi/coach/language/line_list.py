"""Lists as the user types them: one entry per line, without bullets, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enishi.coach.language.text_words import fold_text

BULLET = re.compile(r"^(?:[・•◦●○■□◆◇▪※]\s*|[-*–—]\s+|[(（]?\d{1,2}[.)．）、](?=\D)\s*)")
"""The bullet or number before an entry of a pasted list."""


def read_entries(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    r"""Return the new entries of a list.

    Args:
        text: one entry per line.
        known: existing entries; differences of width and case do not count.

    Returns:
        The new entries in order, each once.

    >>> read_entries("・聴く\n\n2. 調べる\n聴く", known=["調べる"])
    ('聴く',)
    """
    seen = {fold_text(entry) for entry in known}
    new: list[str] = []
    for line in text.splitlines():
        entry = " ".join(BULLET.sub("", line.strip()).split())
        if entry and fold_text(entry) not in seen:
            seen.add(fold_text(entry))
            new.append(entry)
    return tuple(new)
