"""Whether two words or phrases belong together: the person's own answer, kept once a pair."""

from __future__ import annotations

from typing import Literal

from enishi.coach.language.text_words import fold_text
from enishi.coach.relations.history import iter_rows
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, Part, Sheet, ShortText, command
from widgets.base.workbook import Workbook


def list_pairs(workbook: Workbook) -> list[JsonRow]:
    """Return the pairs that the person judged, in the order of the book."""
    return rows(workbook.frames()["word_pair"], "version", "one", "other", "verdict")


def describe_pair(pair: tuple[str, str] | None) -> JsonRow | None:
    """Return the two phrases of a question for the script; None for none."""
    return pair and {"one": pair[0], "other": pair[1]}


@command
def judge_pair(
    sheet: Sheet, one: ShortText, other: ShortText, verdict: Literal["together", "apart"]
) -> Answer | None:
    """Keep whether two words or phrases belong together, in place of an earlier answer.

    Nothing is kept where there are not two different ones.
    """
    both = {fold_text(one), fold_text(other)}
    if len(both) < 2 or "" in both:
        return None
    values = {"one": one.strip(), "other": other.strip(), "verdict": verdict}
    known = (
        id
        for id, row in iter_rows(sheet.workbook.frames()["word_pair"])
        if {fold_text(row["one"]), fold_text(row["other"])} == both
    )
    with sheet.book.batch("add") as batch:
        if id := next(known, ""):
            batch.update("word_pair", id, **values)
        else:
            batch.add("word_pair", **values)
    return {"text": sheet.say(f"pair_{verdict}", one=values["one"], other=values["other"])}


WORD_PAIR = Part(__file__, {"judge_pair": judge_pair})
"""Gives the script `askPair`."""
