"""Signs of solicitation in a text: a note about a person, an event's text, a message received."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from enishi.coach.language.phrase_rules import PhraseRule, plain_text, read_phrase_rules

HINT = "hint_"
"""Begins the name of a rule that counts only beside another sign or words of recruiting."""
_ASIDE = ("setting", "innocent")
"""The sections of `data/language/solicitation.yaml` that are no signs."""
EVERY_SIGN = "every_sign"
"""What makes every sign unlikely; what makes one of them unlikely is a rule named as that sign."""
AROUND = 160
"""How many characters before and after a match may show that it is no sign."""
QUOTE_MOST = 140
"""The longest sentences that are quoted in full; of longer ones, only what matches."""
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_ENDS = "。.!?\n"


@dataclass(frozen=True)
class FoundSign:
    """A sign found in a text: a reason to ask the person, no verdict.

    Attributes:
        sign: its section in the rules, one of `enishi.coach.relations.solicitation.SIGNS`.
        quote: the words it rests on, as they are written.
        start: where they begin.
    """

    sign: str
    quote: str
    start: int


def find_signs(text: str) -> tuple[FoundSign, ...]:
    """Return the signs in a text in their order there, each once, with the words it rests on.

    >>> [(each.sign, each.quote) for each in find_signs("また会った。会社名は教えてくれない。")]
    [('company_hidden', '会社名は教えてくれない。')]
    """
    if not text.strip():
        return ()
    plain = plain_text(text).lower()
    written = text if len(text) == len(plain) else plain
    sure: dict[str, re.Match[str]] = {}
    hints: dict[str, re.Match[str]] = {}
    for rule in _rules(bool(_JAPANESE.search(plain))):
        found = hints if rule.key.startswith(HINT) else sure
        if rule.section in sure or rule.section in found:
            continue
        for match in rule.lower_pattern.finditer(plain):
            if not _is_innocent(plain, match, rule.section):
                found[rule.section] = match
                break
    if sure or _agree(plain, list(hints.values())):
        sure = hints | sure
    signs = (_quote(sign, written, match) for sign, match in sure.items())
    return tuple(sorted(signs, key=lambda each: each.start))


def _agree(text: str, hints: list[re.Match[str]]) -> bool:
    """Return whether a hint has another one, or words of recruiting, elsewhere in the text."""
    if not hints:
        return False
    others = [*hints, *_named("of_recruiting").finditer(text)]
    return any(
        other.end() <= hint.start() or hint.end() <= other.start()
        for hint in hints
        for other in others
    )


def _is_innocent(text: str, match: re.Match[str], sign: str) -> bool:
    """Return whether the words around a match say that it is no sign."""
    around = text[max(match.start() - AROUND, 0) : match.end() + AROUND]
    return any(_named(name).search(around) for name in (EVERY_SIGN, sign))


def _quote(sign: str, text: str, match: re.Match[str]) -> FoundSign:
    """Return the sign with the whole sentences that hold the match, unless they are too long."""
    start = max(text.rfind(end, 0, match.start()) for end in _ENDS) + 1
    stops = [at for end in _ENDS if (at := text.find(end, max(match.end() - 1, start))) >= 0]
    stop = min(stops, default=len(text)) + 1
    if stop - start > QUOTE_MOST:
        start, stop = match.span()
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    return FoundSign(sign, text[start:stop].rstrip(), start)


@cache
def _rules(japanese: bool) -> tuple[PhraseRule, ...]:
    """Return the rules of the signs in one language, what is sure first."""
    rules = (
        rule
        for rule in read_phrase_rules("solicitation")
        if rule.section not in _ASIDE and rule.key.endswith("_ja") == japanese
    )
    return tuple(sorted(rules, key=lambda rule: rule.key.startswith(HINT)))


@cache
def _named(key: str) -> re.Pattern[str]:
    rules = read_phrase_rules("solicitation")
    return next(rule.lower_pattern for rule in rules if rule.key == key)
