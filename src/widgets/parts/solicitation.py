"""Signs of recruiting: the base of sheets on which a place or a person is checked."""

from __future__ import annotations

from typing import Any

from enishi.coach.relations.solicitation import read_signs
from enishi.i18n import texts
from widgets.base.json_rows import JsonRow
from widgets.parts.person_picker import Finding


class Wary(Finding):
    """A sheet on which the person checks for recruiting; gives its script `sheet.signs`.

    Its state has `signs`, the texts of the signs; each place or person has `caution` and `result`.

    Example:
        >>> class Places(Wary): ...     # doctest: +SKIP
    """

    def signs(self) -> dict[str, Any]:
        """Return the texts of the signs, how to say no, and where to ask."""
        words: dict[str, Any] = texts("coach", self.workbook.language)["signs"]
        return words

    def caution(self, checked: JsonRow) -> JsonRow:
        """Return the result of the signs ticked for a place or a person, with a caution."""
        found = read_signs(checked["signs"])
        rules = texts("rules", self.workbook.language)
        reason = found.reason
        caution = reason and {part: rules[reason.rule][part] for part in ("why", "act")}
        return {"result": found.result, "caution": caution}
