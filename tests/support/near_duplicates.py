"""Labelled texts that are nearly the same as another.

`python tests/support/near_duplicates.py` drops them from the open part, so that those who wrote
the rules have seen nothing of the unread one.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import chain
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


def find_alike(known: list[Text], texts: list[Text], is_growing: bool) -> list[Text]:
    """Return the texts that are nearly the same as a known one.

    Two texts that have this much in common share one of the rarer pieces of each; only those that
    do are compared.

    Args:
        known: what they are compared with.
        texts: in their order.
        is_growing: whether each text that is found new becomes known.
    """
    split = [pieces_of(text) for text in (*known, *texts)]
    often = Counter(chain.from_iterable(split))
    with_piece: dict[str, list[frozenset[str]]] = defaultdict(list)
    found = []
    for place, pieces in enumerate(split):
        ordered = sorted(pieces, key=lambda piece: (often[piece], piece))
        rare = ordered[: len(pieces) - math.ceil(MOST_ALIKE * len(pieces)) + 1]
        is_known = place < len(known)
        if not is_known and any(
            len(pieces & each) >= MOST_ALIKE * len(pieces | each)
            for each in {each for piece in rare for each in with_piece[piece]}
        ):
            found.append(texts[place - len(known)])
        elif is_known or is_growing:
            for piece in rare:
                with_piece[piece].append(pieces)
    return found


def find_near_duplicates(kind: str) -> list[Text]:
    """Return the open texts of a kind that are nearly the same as an unread or an earlier one."""
    return find_alike(read_labelled("unread", kind), read_labelled("open", kind), is_growing=True)


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
