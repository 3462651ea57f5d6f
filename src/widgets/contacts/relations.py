"""What a person is to others in the book, shown on both cards, and who introduced whom."""

from __future__ import annotations

from typing import Any, Literal

from enishi.book.errors import UnknownRowError
from enishi.coach.people.introduced import Branch, introduction_tree
from enishi.coach.people.kinship import Kinship, kinships_of
from enishi.coach.relations.history import active_contacts
from enishi.errors import EnishiError
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, Part, Sheet, ShortText, command
from widgets.base.workbook import Workbook
from widgets.parts.explanation import describe_note_caution

MOST_RELATIONS = 60
"""Most relations of one contact."""
RelationKind = Literal[
    "",
    "partner",
    "parent",
    "child",
    "sibling",
    "relative",
    "friend",
    "colleague",
    "manager",
    "report",
    "teacher",
    "student",
    "client",
    "supplier",
]


def describe_relations(workbook: Workbook, contact_id: str) -> JsonRow:
    """Return what others are to a contact, in words, and the tree of introductions as lines."""
    frames = workbook.frames()
    people = active_contacts(frames)
    words = workbook.texts_of("address_book")["relations"]
    kinds: dict[str, str] = workbook.texts_of("columns")["values"]["relation"]["kind"]
    name = frames["contact"]["name"]
    tree = workbook.cached(
        f"introduced {contact_id}", lambda: introduction_tree(people, contact_id)
    )
    return {
        "texts": words,
        "kinds": kinds,
        "rows": [
            {
                "id": each.id,
                "other": each.other_id,
                "name": str(name[each.other_id]),
                "caution": describe_note_caution(workbook, f"{each.words}\n{each.inverse_words}"),
                "what": _describe_kinship(each, kinds, words),
                "card": workbook.address("04-contacts", "people", each.other_id),
            }
            for each in kinships_of(frames, contact_id)
        ],
        "tree": _describe_branch(workbook, tree) if tree else None,
    }


def _describe_kinship(each: Kinship, kinds: dict[str, str], words: dict[str, Any]) -> str:
    """Return what the other one is, in the person's own words where there are any."""
    if each.words or each.kind:
        return each.words or kinds[each.kind]
    return str(words["of_theirs"]).replace("{words}", each.inverse_words)


def _describe_branch(workbook: Workbook, branch: Branch) -> JsonRow:
    return {
        "id": branch.id,
        "name": str(workbook.frames()["contact"].at[branch.id, "name"]),
        "card": workbook.address("04-contacts", "people", branch.id),
        "below": [_describe_branch(workbook, each) for each in branch.below],
    }


@command
def relate(
    sheet: Sheet,
    id: Identifier,
    other: Identifier,
    kind: RelationKind = "",
    words: ShortText = "",
    inverse: ShortText = "",
) -> Answer:
    """Write what another contact is to this one; it stands on both cards.

    Args:
        sheet: the sheet.
        id: the contact whose card is open.
        other: the other contact.
        kind: what the other one is to this one.
        words: the same in the person's own words.
        inverse: in their words, what this one is to the other.

    Raises:
        UnknownRowError: one of them is not in the book, or both are the same.
        NothingSaidError: neither a kind nor words are given.
        RelationLimitError: the contact has as many relations as it may have.
    """
    frames = sheet.workbook.frames()
    if id == other or not {id, other} <= set(active_contacts(frames).index):
        raise UnknownRowError()
    if not kind and not words.strip() and not inverse.strip():
        raise NothingSaidError()
    known = kinships_of(frames, id)
    if len(known) >= MOST_RELATIONS:
        raise RelationLimitError(most=MOST_RELATIONS)
    said = (other, kind, words.strip())
    texts = sheet.workbook.texts_of("address_book")["relations"]
    if any((each.other_id, each.kind, each.words) == said for each in known):
        return {"text": texts["is_there"]}
    row = {"kind": kind, "words": words.strip(), "inverse": inverse.strip()}
    sheet.book.add("relation", a_id=other, b_id=id, **row)
    return {"text": texts["added"]}


@command
def unrelate(sheet: Sheet, id: Identifier) -> Answer:
    """Remove a relation from both cards; undo brings it back."""
    sheet.book.delete("relation", id)
    return {"text": sheet.say("row_removed")}


RELATIONS_PART = Part(__file__, {"relate": relate, "unrelate": unrelate})
"""What people are to each other; gives the script `relationList`.

Its sheet needs `PERSON_PICKER` and `EXPLANATION`.
"""


class NothingSaidError(EnishiError):
    """A relation without a kind and without words."""

    sentence = "It is not said yet what they are to each other."
    way_out = "Choose a kind, or write it in your own words."


class RelationLimitError(EnishiError):
    """A contact has as many relations as it may have."""

    sentence = "{most} relations are the most for one person."
    way_out = "Take one away to make room for another."
