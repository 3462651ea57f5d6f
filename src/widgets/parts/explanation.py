"""Reasons for suggestions, and the switch of every rule."""

from __future__ import annotations

import json
from collections.abc import Iterable

from enishi.coach.rules.catalogue import MANDATORY, RULES
from enishi.coach.rules.reason import Reason
from enishi.i18n import format_text
from widgets.base.explanations import describe_reason
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Part, Sheet, command
from widgets.base.workbook import Workbook


def describe_reasons(workbook: Workbook, reasons: Iterable[Reason]) -> list[JsonRow]:
    """Return reasons as `sheet.why` shows them, each with the `act` its rule leads to."""
    rules = workbook.texts_of("rules")
    return [
        describe_reason(workbook, reason)
        | {"act": format_text(rules[reason.rule]["act"], reason.facts)}
        for reason in reasons
    ]


@command
def disable_rule(sheet: Sheet, rule: Identifier) -> Answer:
    """Switch a rule off.

    Raises:
        ForbiddenError: the rule is unknown or mandatory.
    """
    name = _switch_rule(sheet, rule, off=True)
    return {"text": sheet.say("rule_off", rule=name)}


@command
def enable_rule(sheet: Sheet, rule: Identifier) -> Answer:
    """Switch a rule on again.

    Raises:
        ForbiddenError: the rule is unknown or mandatory.
    """
    name = _switch_rule(sheet, rule, off=False)
    return {"text": sheet.say("rule_on", rule=name)}


def _switch_rule(sheet: Sheet, rule: str, off: bool) -> str:
    """Switch a rule, and return its name."""
    if rule not in RULES or rule in MANDATORY:
        raise ForbiddenError()
    workbook = sheet.workbook
    disabled = workbook.settings.switched_off - {rule} | ({rule} if off else frozenset())
    sheet.book.set_setting("switched_off", json.dumps(sorted(disabled)))
    return str(workbook.texts_of("rules")[rule]["name"])


EXPLANATION = Part(__file__, {"silence": disable_rule, "hear": enable_rule})
"""Shows reasons; gives the script `sheet.why`, and a switch for every rule."""
