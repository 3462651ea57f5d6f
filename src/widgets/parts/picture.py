"""A picture in a sheet: its sentence, its marks, the table that says the same, and one act."""

from __future__ import annotations

from enishi.coach.today.item_summary import find_name_forms
from enishi.pictures.catalogue import PICTURES, read_wording
from enishi.pictures.picture import Picture, Wording, mask_texts
from enishi.pictures.ways import DrawnWay, find_ways
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Part, Sheet, query
from widgets.base.workbook import Workbook


@query
def draw_picture(sheet: Sheet, key: Identifier, is_masked: bool = False) -> Answer:
    """Return a picture of the book as it is now; masked, it has initials for names.

    Raises:
        ForbiddenError: there is no such picture.
    """
    if key not in PICTURES:
        raise ForbiddenError()
    return {"picture": describe_picture(sheet.workbook, key, is_masked=is_masked), "text": " "}


@query
def find_ways_to(sheet: Sheet, choice: Identifier) -> Answer:
    """Return the ways to somebody on the bullseye, or to an empty seat, with links on.

    Raises:
        ForbiddenError: the bullseye has no such mark.
    """
    workbook = sheet.workbook
    wording = wording_on(workbook, "bullseye")
    try:
        ways: tuple[DrawnWay, ...] = workbook.cached(
            f"ways to {choice}",
            lambda: find_ways(workbook.frames(), choice, wording, workbook.settings),
            given=(workbook.language, workbook.chosen_word),
        )
    except KeyError as error:
        raise ForbiddenError() from error
    contact = workbook.frames()["contact"].index
    named = dict.fromkeys([choice, *(each for way in ways for each in way.choices)])
    cards = {id: workbook.address_contact(id) for id in named if id in contact}
    sheet_of = "introductions" if ways else "ties"
    return {
        "says": [way.says for way in ways] or [wording.say("no_way")],
        "ways": [{"kind": way.kind, "choices": way.choices} for way in ways],
        "links": [
            *(
                [wording.say("card", name=name), workbook.address("04-contacts", "people", id)]
                for id, name in cards.items()
            ),
            [wording.say(f"to_{sheet_of}"), workbook.address("04-contacts", sheet_of)],
        ],
        "text": " ",
    }


PICTURE = Part(__file__, {"draw_picture": draw_picture, "find_ways": find_ways_to})
"""Gives the script `picture`; the state needs `picture_words` under `pictures`."""


def picture_words(workbook: Workbook, *keys: str) -> JsonRow:
    """Return the texts around the pictures `keys`, and what they are drawn from.

    `as_of` changes with the book: a picture on the page is then drawn anew. Where somebody is in
    it, `begun`, the page fetches what draws pictures while it waits for the first.
    """
    texts = workbook.texts_of("pictures")
    titles = {key: texts["pictures"][key]["title"] for key in keys}
    as_of = workbook.book.revision() if workbook.book else 0
    begun = workbook.book is not None and len(workbook.frames()["contact"]) > 0
    return {"all": texts["all"], "titles": titles, "as_of": as_of, "begun": begun}


def wording_on(workbook: Workbook, key: str, *, is_masked: bool = False) -> Wording:
    """Return the words of the picture `key` on a page."""
    language, word = workbook.language, workbook.chosen_word
    return read_wording(key, language, workbook.today, word=word, is_masked=is_masked)


def describe_picture(workbook: Workbook, key: str, *, is_masked: bool = False) -> JsonRow:
    """Return the picture `key` of the book as plain JSON."""
    drawn: Picture = workbook.cached(
        f"picture {key} {is_masked}",
        lambda: PICTURES[key](workbook.frames(), wording_on(workbook, key, is_masked=is_masked)),
        given=(workbook.language, workbook.chosen_word),
    )
    plain = describe_drawn(workbook, drawn)
    if not is_masked:
        return plain
    masked: JsonRow = mask_texts(plain, find_name_forms(workbook.frames()["contact"]))
    return masked


def describe_drawn(workbook: Workbook, drawn: Picture) -> JsonRow:
    """Return a picture as plain JSON, with addresses as they are on a page."""
    return drawn.to_plain(lambda opens: workbook.address(opens.page, opens.screen, opens.row))
