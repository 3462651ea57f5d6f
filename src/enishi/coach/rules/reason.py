"""Why the coach makes a suggestion: the rule, the user's own data, and the rule's sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from enishi.coach.rules.catalogue import RULES

DAYS = ("due", "on", "since")
"""Facts that hold a date as `YYYY-MM-DD`, or nothing; a sheet formats them in its language."""


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
