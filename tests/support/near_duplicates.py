"""Labelled texts that are nearly the same as another.

`python tests/support/near_duplicates.py` drops them from the open part, so that those who wrote
the rules have seen nothing of the unread one.
"""

from __future__ import annotations

import re
from unicodedata import normalize

import yaml

from labelled_texts import KINDS, TEXTS, Text, read_labelled

MOST_ALIKE = 0.4
"""The largest share of three-character pieces that two texts may have in common."""


def pieces_of(text: Text) -> frozenset[str]:
    """Return the pieces of three characters in a text, in which all digits are the same."""
    words = text.get("text") or f"{text['one']} × {text['other']}"
    plain = re.sub(r"\s+", " ", re.sub(r"\d", "0", normalize("NFKC", words).casefold()))
    return frozenset(plain[place : place + 3] for place in range(max(1, len(plain) - 2)))


def find_near_duplicates(kind: str) -> list[Text]:
    """Return the open texts of a kind that are nearly the same as an unread or an earlier one."""
    seen = [pieces_of(text) for text in read_labelled("unread", kind)]
    found = []
    for text in read_labelled("open", kind):
        pieces = pieces_of(text)
        if any(len(pieces & each) >= MOST_ALIKE * len(pieces | each) for each in seen):
            found.append(text)
        else:
            seen.append(pieces)
    return found


def drop_near_duplicates(kind: str) -> int:
    """Remove the near duplicates of a kind from the open part, and return how many they were."""
    found = find_near_duplicates(kind)
    file = TEXTS / "open" / f"{kind}.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [
        line for line in lines if not line.startswith("- ") or yaml.safe_load(line)[0] not in found
    ]
    file.write_text("".join(kept), encoding="utf-8")
    return len(found)


if __name__ == "__main__":
    for kind in KINDS:
        print(f"{kind}: {drop_near_duplicates(kind)} dropped")
