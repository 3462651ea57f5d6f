"""A picture in a sheet: its sentence, its marks, the table that says the same, and one act."""

from __future__ import annotations

from enishi.coach.today.item_summary import find_name_forms
from enishi.pictures.catalogue import PICTURES, picture_wording
from enishi.pictures.picture import Picture, mask_texts
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


def describe_picture(workbook: Workbook, key: str, *, is_masked: bool = False) -> JsonRow:
    """Return the picture `key` as plain JSON."""
    drawn: Picture = workbook.cached(
        f"picture {key} {is_masked}",
        lambda: PICTURES[key](
            workbook.frames(),
            picture_wording(key, workbook.texts_of, workbook.language, workbook.today, is_masked),
        ),
        given=(workbook.language, workbook.chosen_word),
    )
    plain = drawn.to_plain(lambda opens: workbook.address(opens.page, opens.screen, opens.row))
    if not is_masked:
        return plain
    masked: JsonRow = mask_texts(plain, find_name_forms(workbook.frames()["contact"]))
    return masked
