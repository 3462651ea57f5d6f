"""Things jotted down: one a line, without bullets, each only once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enishi.coach.language.keyword_match import fold_text

BULLET = re.compile(r"^(?:[・•◦●○■□◆◇▪※]\s*|[-*–—]\s+|[(（]?\d{1,2}[.)．）、](?=\D)\s*)")
"""What stands before an entry in a list that was pasted."""


def jotted(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    r"""Read what was jotted down.

    Args:
        text: one entry a line.
        known: entries there are already; differences of width and case do not count.

    Returns:
        The new entries in order, each once.

    >>> jotted("・聴く\n\n2. 調べる\n聴く", known=["調べる"])
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
