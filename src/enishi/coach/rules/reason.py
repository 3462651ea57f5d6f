"""Why the coach makes a suggestion: the rule, the user's own data, and the rule's sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enishi.coach.rules.catalogue import RULES
from enishi.i18n.names import HONORIFICS

DAYS = ("due", "on", "since")
"""Facts that hold a date as `YYYY-MM-DD`; `format_text` formats them in the user's language."""


@dataclass(frozen=True)
class Reason:
    """Why the coach makes a suggestion.

    Attributes:
        rule: key in `data/words/rules.yaml`, which holds the texts for its name, why and act.
        facts: the user's own data that triggered the rule; plain JSON, fills the sentences.
        source: ids of the advice (A26, B49, …) and keys of studies (`data/words/studies.yaml`).
    """

    rule: str
    facts: dict[str, Any] = field(default_factory=dict)
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextIssue:
    """An issue found in a text the user wrote.

    Attributes:
        rule: key in `data/words/rules.yaml`.
        quote: the phrase of the text it is about; empty when something is missing.
        start: where the quote begins in the text, in characters.
        source: as in `Reason`.
    """

    rule: str
    quote: str = ""
    start: int = 0
    source: tuple[str, ...] = ()


def reason_for(rule: str, **facts: Any) -> Reason:
    """Return the reason for `rule` with the facts that triggered it, and its sources.

    Raises:
        KeyError: no rule has this key.
    """
    return Reason(rule, facts, RULES[rule])


def issue(rule: str, quote: str = "", start: int = 0) -> TextIssue:
    """Return the issue that `rule` raises about `quote`.

    Raises:
        KeyError: no rule has this key.
    """
    return TextIssue(rule, quote, start, RULES[rule])


def format_text(
    sentence: str, facts: Mapping[str, Any], say_day: Callable[[date], str] = str
) -> str:
    """Return `sentence` with its `{facts}` filled.

    `say_day` formats the dates of `DAYS`. A name that ends in an honorific gets no second さん.

    >>> format_text("{name} – {due}", {"name": "例", "due": "2026-12-03"})
    '例 – 2026-12-03'
    >>> format_text("{name}さんへ", {"name": "花さん"})
    '花さんへ'
    """
    said = {
        name: say_day(date.fromisoformat(value)) if name in DAYS and value else value
        for name, value in facts.items()
    }
    for name, value in said.items():
        if str(value).endswith(HONORIFICS):
            sentence = sentence.replace(f"{{{name}}}さん", f"{{{name}}}")
    return sentence.format(**said)
