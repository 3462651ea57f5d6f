"""Signs of recruiting, for sheets on which a place or a person is checked.

The script gives `sheet.signs`, and needs the part `PERSON_PICKER`. The state of such a sheet has
`signs`, and each place or person has `caution` and `result`.
"""

from __future__ import annotations

from typing import Any

from enishi.coach.relations.solicitation import read_signs
from widgets.base.json_rows import JsonRow
from widgets.base.workbook import Workbook


def sign_texts(workbook: Workbook) -> dict[str, Any]:
    """Return the texts of the signs, how to say no, and where to ask in the person's country."""
    words: dict[str, Any] = workbook.texts_of("coach")["signs"]
    country, help = workbook.settings.country, words["help"]
    law = words["law"] if country == "jp" else ""
    return words | {"help": help.get(country, help["other"]), "law": law}


def describe_caution(workbook: Workbook, checked: JsonRow) -> JsonRow:
    """Return the result of the signs ticked for a place or a person, with a caution."""
    found = read_signs(checked["signs"])
    rules = workbook.texts_of("rules")
    reason = found.reason
    caution = reason and {part: rules[reason.rule][part] for part in ("why", "act")}
    return {"result": found.result, "caution": caution}
