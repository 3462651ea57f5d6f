"""After a hard meeting: the name of somebody who listens or encourages, with no errand."""

from __future__ import annotations

from enishi.coach.today.encouragement import CHEER_SEEN, who_encourages
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Part, Sheet, command
from widgets.base.workbook import Workbook


@command
def put_name_aside(sheet: Sheet) -> None:
    """Store that the name was seen; only a later hard meeting brings one again."""
    sheet.workbook.set_setting(CHEER_SEEN, sheet.workbook.today.isoformat())


ENCOURAGEMENT = Part(__file__, {"put_name_aside": put_name_aside})
"""Gives the script `encouragement`; the state needs `describe_encouragement` under `cheer`."""


def describe_encouragement(workbook: Workbook) -> JsonRow | None:
    """Return the name to show, as a text; None where there is none."""
    id = who_encourages(workbook.frames(), workbook.today, workbook.settings)
    if not id:
        return None
    words = workbook.texts_of("coach")["encouragement"]
    key = "listens" if "ear" in workbook.frames()["contact"].at[id, "passes"] else "text"
    facts = {"name": workbook.address_contact(id)}
    return {"id": id, "text": format_text(words[key], facts), "seen": words["seen"]}
