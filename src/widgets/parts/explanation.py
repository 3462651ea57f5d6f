"""Saying why: what every sheet needs that suggests something and can be asked to stop."""

from __future__ import annotations

import json
from collections.abc import Iterable

from enishi.coach.rules.catalogue import ALWAYS, RULES
from enishi.coach.rules.reason import Reason, fill
from enishi.i18n import copy
from widgets.base.explanations import said_reason
from widgets.base.json_rows import Row
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, verb


class Explaining(Sheet):
    """A sheet that says why; brings `sheet.why` to its script, and a switch for every rule.

    Example:
        >>> class Today(Explaining): ...     # doctest: +SKIP
    """

    def reasons(self, reasons: Iterable[Reason]) -> list[Row]:
        """Return reasons as `sheet.why` shows them, each with the `act` its rule leads to."""
        page = self.page
        rules = copy("rules", page.language)
        return [
            said_reason(reason, page.language, page.today)
            | {"act": fill(rules[reason.rule]["act"], reason.facts)}
            for reason in reasons
        ]

    @verb
    def silence(self, rule: Identifier) -> Answer:
        """Switch a rule off."""
        return self._switch(rule, off=True)

    @verb
    def hear(self, rule: Identifier) -> Answer:
        """Switch a rule on again."""
        return self._switch(rule, off=False)

    def _switch(self, rule: str, off: bool) -> Answer:
        if rule not in RULES or rule in ALWAYS:
            raise ForbiddenError()
        silent = self.page.settings.switched_off - {rule} | ({rule} if off else frozenset())
        self.book.set("switched_off", json.dumps(sorted(silent)))
        name = copy("rules", self.page.language)[rule]["name"]
        if off:
            return {"text": self.say("“{rule}” is switched off.", rule=name)}
        return {"text": self.say("“{rule}” is switched on again.", rule=name)}
