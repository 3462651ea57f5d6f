"""Who is perhaps in the book twice: found with reasons, merged only by the person."""

from __future__ import annotations

from typing import Any

from enishi.book.errors import UnknownRowError
from enishi.coach.people.duplicates import LikelyPair, find_duplicates
from enishi.coach.relations.history import active_contacts
from enishi.i18n import format_list, format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, Part, Sheet, ShortText, command, query
from widgets.base.workbook import Workbook
from widgets.parts.person_picker import apart_from, describe_people, keep_apart

MOST_PAIRS = 30
"""Most pairs shown at once."""


@query
def alike(sheet: Sheet, id: ShortText = "") -> Answer:
    """Return the pairs that may be one person, of one contact or of all, with reasons in words."""
    workbook = sheet.workbook
    pairs: tuple[LikelyPair, ...] = workbook.cached(
        f"alike {id}", lambda: _find(workbook, id), given=id
    )
    words = workbook.texts_of("address_book")["same_person"]
    shown = pairs[:MOST_PAIRS]
    ids = list(dict.fromkeys(each for pair in shown for each in (pair.one, pair.other)))
    people = workbook.frames()["contact"].loc[ids]
    by_id = {each["id"]: each for each in describe_people(workbook, people)}
    found = [_describe_pair(workbook, words, pair, by_id, id) for pair in shown]
    text = words["found"] if pairs else words["none"]
    return {
        "pairs": found,
        "total": len(pairs),
        "text": format_text(text, {"count": len(pairs)}),
    }


def _find(workbook: Workbook, id: str) -> tuple[LikelyPair, ...]:
    frames = workbook.frames()
    return find_duplicates(active_contacts(frames), frames["detail"], frames["distinct_pair"], id)


def _describe_pair(
    workbook: Workbook,
    words: dict[str, Any],
    pair: LikelyPair,
    by_id: dict[str, JsonRow],
    id: str,
) -> JsonRow:
    """Return both contacts, the one whose card is open first, and what speaks for it."""
    one, other = (pair.other, pair.one) if pair.other == id else (pair.one, pair.other)
    said = [format_text(words["clues"][clue.kind], {"value": clue.value}) for clue in pair.clues]
    return {
        "one": by_id[one],
        "other": by_id[other],
        "why": format_list(said, workbook.language),
        "card": workbook.address("04-contacts", "people", one),
    }


@command
def set_apart(sheet: Sheet, id: Identifier, other: Identifier) -> Answer:
    """Remember that two contacts are two people; nothing asks about the two any longer.

    Raises:
        UnknownRowError: one of them is not in the book, or both are the same.
    """
    if id == other or not {id, other} <= set(active_contacts(sheet.workbook.frames()).index):
        raise UnknownRowError()
    if other not in apart_from(sheet.workbook, id):
        with sheet.book.batch("write") as batch:
            keep_apart(sheet.workbook, batch, id, [other])
    return {"text": sheet.workbook.texts_of("address_book")["same_person"]["apart"]}


SAME_PERSON = Part(__file__, {"alike": alike, "set_apart": set_apart})
"""Shows who may be one person; gives the scripts `likelyPairs` and `likelySame`."""
