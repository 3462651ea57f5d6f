"""Why the coach says something: the rule, the person's own data, and where the rule comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enishi.coach.rules.catalogue import RULES
from enishi.i18n.names import HONORIFICS

DAYS = ("due", "on", "since")
"""Facts that hold a day as `YYYY-MM-DD`; they are said the way the person's language says days."""


@dataclass(frozen=True)
class Reason:
    """Why something is suggested.

    Attributes:
        rule: key in `data/words/rules.yaml`, which holds its name, why and act in words.
        facts: the person's own data that triggered it; plain JSON, fills the sentences.
        source: ids of the advice (A26, B49, …) and keys of studies (`data/words/studies.yaml`).
    """

    rule: str
    facts: dict[str, Any] = field(default_factory=dict)
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextIssue:
    """Something noticed in a text the person wrote.

    Attributes:
        rule: key in `data/words/rules.yaml`.
        quote: the very words it is about; empty when something is missing.
        start: where the quote begins in the text, in characters.
        source: as in `Reason`.
    """

    rule: str
    quote: str = ""
    start: int = 0
    source: tuple[str, ...] = ()


def reason_for(rule: str, **facts: Any) -> Reason:
    """Give the reason `rule` with the facts that triggered it.

    Raises:
        KeyError: no such rule.
    """
    return Reason(rule, facts, RULES[rule])


def issue(rule: str, quote: str = "", start: int = 0) -> TextIssue:
    """Note that `rule` speaks about `quote`.

    Raises:
        KeyError: no such rule.
    """
    return TextIssue(rule, quote, start, RULES[rule])


def format_text(
    sentence: str, facts: Mapping[str, Any], say_day: Callable[[date], str] = str
) -> str:
    """Fill a sentence's `{facts}`; days are said by `say_day`, さん is not said twice.

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
