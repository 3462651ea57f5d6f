"""Who came to know the person through whom, as a tree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

MOST_SHOWN = 100
"""Most contacts in one tree."""


@dataclass(frozen=True)
class Branch:
    """A contact in the tree, with those they introduced."""

    id: str
    below: tuple[Branch, ...] = ()


def introduction_tree(people: pd.DataFrame, contact_id: str) -> Branch | None:
    """Return the chain of introductions that leads to a contact, and whom they introduced.

    The tree begins with the first one of the chain; above the contact it has only the chain. Where
    the links lead in a circle, it is cut at the first one met again.

    Args:
        people: a contact frame, without those in the bin.
        contact_id: the contact.

    Returns:
        None where nobody introduced the contact, and they introduced nobody.
    """
    through = dict(zip(people.index.tolist(), people["through_id"].tolist(), strict=True))
    below: dict[str, list[str]] = defaultdict(list)
    for id, by in through.items():
        if by in through and by != id:
            below[by].append(id)
    chain = [contact_id]
    while (by := str(through[chain[-1]])) in through and by not in chain:
        chain.append(by)
    seen = set(chain)
    tree = _branch(contact_id, below, seen)
    if len(chain) == 1 and not tree.below:
        return None
    for id in chain[1:]:
        tree = Branch(id, (tree,))
    return tree


def _branch(root: str, below: dict[str, list[str]], seen: set[str]) -> Branch:
    """Return a contact with everybody below it, each once; level by level until `MOST_SHOWN`."""
    kept: dict[str, list[str]] = defaultdict(list)
    order, level = [root], [root]
    while level:
        following = []
        for by in level:
            for id in below.get(by, ()):
                if id not in seen and len(seen) < MOST_SHOWN:
                    seen.add(id)
                    kept[by].append(id)
                    following.append(id)
        order += following
        level = following
    made: dict[str, Branch] = {}
    for id in reversed(order):  # without recursion: a chain may be long
        made[id] = Branch(id, tuple(made[each] for each in kept[id]))
    return made[root]
