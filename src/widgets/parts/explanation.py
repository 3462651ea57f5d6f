"""Reasons for suggestions, and the switch of every rule."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from enishi.coach.people.note_caution import note_caution
from enishi.coach.rules.catalogue import MANDATORY, RULES
from enishi.coach.rules.reason import Reason
from enishi.i18n import format_list, format_text
from widgets.base.explanations import describe_reason
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    LongText,
    Part,
    Sheet,
    command,
    query,
)
from widgets.base.workbook import Workbook


def describe_reasons(workbook: Workbook, reasons: Iterable[Reason]) -> list[JsonRow]:
    """Return reasons as `sheet.why` shows them, each with the `act` its rule leads to."""
    rules = workbook.texts_of("rules")
    return [
        describe_reason(workbook, reason)
        | {"act": format_text(rules[reason.rule]["act"], reason.facts)}
        for reason in reasons
    ]


def describe_note_caution(workbook: Workbook, note: str) -> JsonRow | None:
    """Return the hint at a note that touches health, creed or family trouble; None for none."""
    reason = note_caution(note, workbook.settings)
    if reason is None:
        return None
    words = workbook.texts_of("address_book")["notes"]["kinds"]
    kinds = format_list((words[kind] for kind in reason.facts["kinds"]), workbook.language)
    return describe_reasons(workbook, [replace(reason, facts={"kinds": kinds})])[0]


@query
def find_touched(sheet: Sheet, text: LongText) -> Answer:
    """Return the hint at a note that is still being written, as `caution`."""
    return {"caution": describe_note_caution(sheet.workbook, text), "text": " "}


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


EXPLANATION = Part(
    __file__,
    {"silence": disable_rule, "hear": enable_rule, "find_touched": find_touched},
)
"""Shows reasons; gives the script `sheet.why`, and a switch for every rule."""
