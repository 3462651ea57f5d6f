"""Hobbies that the person and a contact share, as sentences."""

from __future__ import annotations

from collections.abc import Iterable

from enishi.coach.language.keyword_match import fold_text
from enishi.coach.strengths.hobbies import SharedHobby
from enishi.i18n import format_text
from enishi.i18n.names import with_honorific
from widgets.base.workbook import Workbook


def describe_hobbies(workbook: Workbook, shared: Iterable[SharedHobby], name: str) -> list[str]:
    """Return a sentence for each hobby, from what is written of both.

    Args:
        workbook: the workbook, for its language.
        shared: the hobbies.
        name: the contact's name.
    """
    words = workbook.texts_of("common")
    them = with_honorific(name, workbook.language)
    said = []
    for hobby in shared:
        same = fold_text(hobby.mine) == fold_text(hobby.theirs)
        text = words["shared_hobby" if same else "shared_hobby_words"]
        said.append(format_text(text, {"mine": hobby.mine, "theirs": hobby.theirs, "name": them}))
    return said
