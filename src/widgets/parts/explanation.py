"""Reasons for suggestions: the base of sheets that suggest something and can switch rules off."""

from __future__ import annotations

import json
from collections.abc import Iterable

from enishi.coach.rules.catalogue import MANDATORY, RULES
from enishi.coach.rules.reason import Reason
from enishi.i18n import format_text, texts
from widgets.base.explanations import describe_reason
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, command


class Explaining(Sheet):
    """A sheet that shows reasons; gives its script `sheet.why`, and a switch for every rule.

    Example:
        >>> class Today(Explaining): ...     # doctest: +SKIP
    """

    def reasons(self, reasons: Iterable[Reason]) -> list[JsonRow]:
        """Return reasons as `sheet.why` shows them, each with the `act` its rule leads to."""
        workbook = self.workbook
        rules = texts("rules", workbook.language)
        return [
            describe_reason(reason, workbook.language, workbook.today)
            | {"act": format_text(rules[reason.rule]["act"], reason.facts)}
            for reason in reasons
        ]

    @command
    def silence(self, rule: Identifier) -> Answer:
        """Switch a rule off.

        Raises:
            ForbiddenError: the rule is unknown or mandatory.
        """
        return self._switch(rule, off=True)

    @command
    def hear(self, rule: Identifier) -> Answer:
        """Switch a rule on again.

        Raises:
            ForbiddenError: the rule is unknown or mandatory.
        """
        return self._switch(rule, off=False)

    def _switch(self, rule: str, off: bool) -> Answer:
        if rule not in RULES or rule in MANDATORY:
            raise ForbiddenError()
        silent = self.workbook.settings.switched_off - {rule} | ({rule} if off else frozenset())
        self.book.set_setting("switched_off", json.dumps(sorted(silent)))
        name = texts("rules", self.workbook.language)[rule]["name"]
        if off:
            return {"text": self.say("rule_off", rule=name)}
        return {"text": self.say("rule_on", rule=name)}
