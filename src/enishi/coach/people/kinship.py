"""What contacts are to each other, as seen from either side."""

from __future__ import annotations

from dataclasses import dataclass

from enishi.choices import INVERSE_RELATIONS
from enishi.coach.relations.history import Frames


@dataclass(frozen=True)
class Kinship:
    """What another contact is to the one whose card shows it.

    Attributes:
        id: the row of the relation.
        other_id: the other contact.
        kind: what the other one is to this one, of `enishi.choices.RELATIONS`; '' if only in words.
        words: the same in the person's own words; '' for none.
        inverse_words: what this one is to the other in the person's words, for lack of `words`.
    """

    id: str
    other_id: str
    kind: str
    words: str
    inverse_words: str


def kinships_of(frames: Frames, contact_id: str) -> list[Kinship]:
    """Return what other contacts are to one contact, in the order in which it was written.

    A row says what `a` is to `b`; on the card of `a` it is turned round. Relations to somebody in
    the bin are left out.
    """
    relation, contact = frames["relation"], frames["contact"]
    here = contact.index[contact["trashed_on"].isna()]
    columns = ("a_id", "b_id", "kind", "words", "inverse")
    cells = (relation[name].tolist() for name in columns)
    found = []
    for id, a, b, kind, words, inverse in zip(relation.index.tolist(), *cells, strict=True):
        if b == contact_id and a in here:
            found.append(Kinship(id, a, kind, words, inverse))
        elif a == contact_id and b in here:
            found.append(Kinship(id, b, INVERSE_RELATIONS.get(kind, ""), inverse, words))
    return found
