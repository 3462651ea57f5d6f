"""A picture in a sheet: its sentence, its marks, the table that says the same, and one act."""

from __future__ import annotations

from enishi.pictures.catalogue import PICTURES, read_wording
from enishi.pictures.picture import Destination, Picture, Wording
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


PICTURE = Part(__file__, {"draw_picture": draw_picture})
"""Gives the script `picture`; the state needs `picture_words` under `pictures`."""


def picture_words(workbook: Workbook, *keys: str) -> JsonRow:
    """Return the texts around the pictures `keys`, and what they are drawn from.

    `as_of` changes with the book: a picture on the page is then drawn anew.
    """
    texts = workbook.texts_of("pictures")
    titles = {key: texts["pictures"][key]["title"] for key in keys}
    as_of = workbook.book.revision() if workbook.book else 0
    return {"all": texts["all"], "titles": titles, "as_of": as_of}


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

    return describe_drawn(workbook, drawn)


def describe_drawn(workbook: Workbook, drawn: Picture) -> JsonRow:
    """Return a picture as plain JSON, with addresses as they are on a page."""

    def address(opens: Destination | None) -> str:
        return workbook.address(opens.page, opens.screen, opens.row) if opens else ""

    return {
        "sentence": drawn.sentence,
        "data": drawn.data,
        "layout": drawn.layout or {},
        "marks": [
            {
                **{"x": mark.x, "y": mark.y, "says": mark.says, "label": mark.label},
                **{"row": mark.row, "href": address(mark.opens)},
            }
            for mark in drawn.marks
        ],
        "head": drawn.head,
        "rows": drawn.rows,
        "act": {"words": drawn.act.words, "href": address(drawn.act.opens)} if drawn.act else None,
    }
