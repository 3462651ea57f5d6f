"""Looking for signs of recruiting: what a sheet needs on which a place or somebody is checked."""

from __future__ import annotations

from typing import Any

from enishi.coach.relations.solicitation import read_signs
from enishi.i18n import texts
from widgets.base.json_rows import JsonRow
from widgets.parts.person_picker import Finding


class Wary(Finding):
    """A sheet on which one checks for recruiting; brings `sheet.signs` to its script.

    Its state has `signs`, the words of the signs; each place or person has `caution` and `result`.

    Example:
        >>> class Places(Wary): ...     # doctest: +SKIP
    """

    def signs(self) -> dict[str, Any]:
        """Return what the signs are called, how to say no, and where to ask."""
        words: dict[str, Any] = texts("coach", self.page.language)["signs"]
        return words

    def caution(self, checked: JsonRow) -> JsonRow:
        """Return what the signs ticked on a place or a person amount to, in words."""
        found = read_signs(checked["signs"])
        rules = texts("rules", self.page.language)
        reason = found.reason
        caution = reason and {part: rules[reason.rule][part] for part in ("why", "act")}
        return {"result": found.result, "caution": caution}
