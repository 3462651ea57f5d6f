"""A page that is shown to a coach, and what was said about it, as plain JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import msgspec

from enishi.sharing.comments import Comment
from enishi.sharing.pages import SharedPage
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Part
from widgets.base.workbook import Workbook

SHARED_PAGE = Part(__file__)


def describe_shared_page(page: SharedPage, workbook: Workbook) -> JsonRow:
    """Return a page as plain JSON: of a picture its sentence and its table, the head first."""
    drawn = page.picture
    table = [drawn.head, *drawn.rows] if drawn and drawn.rows else []
    found: JsonRow = msgspec.to_builtins(msgspec.structs.replace(page, picture=None))
    return found | {"table": table, "on": workbook.short_date(page.on)}


def describe_threads(comments: list[Comment], workbook: Workbook) -> list[JsonRow]:
    """Return what a coach said, the oldest first, each with the person's answers."""
    return [
        {
            **asdict(each),
            "on": day_of_instant(workbook, each.made_at),
            "replies": [
                {
                    "id": reply.id,
                    "words": reply.words,
                    "on": day_of_instant(workbook, reply.made_at),
                }
                for reply in comments
                if reply.answers == each.id
            ],
        }
        for each in comments
        if each.author == "reader"
    ]


def day_of_instant(workbook: Workbook, moment: str) -> str:
    """Return the day of a stored instant as text; '' for none."""
    if not moment:
        return ""
    return workbook.short_date(datetime.fromisoformat(moment).astimezone().date())
