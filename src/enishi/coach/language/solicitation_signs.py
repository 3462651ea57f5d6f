"""Signs of solicitation in a text: a note about a person, an event's text, a message received.

The rules of `data/language/solicitation.yaml` find the words of a sign. A linear model says how the
whole passage sounds: where it sounds unlikely, no rule counts; where it surely sounds like
solicitation, none is needed, and the sentence that sounds most like it is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from enishi.coach.language.phrase_rules import PhraseRule, plain_text, read_phrase_rules
from enishi.coach.language.solicitation_model import Judgement, judge_text

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
PASSAGE_MOST = 280
"""The longest passages that are read as one, in characters; longer only if one sentence is."""
UNLIKELY = -1.0
"""Below this score of the model, no rule counts."""
LIKELY_HINTED = 1.0
"""From this score on, a hint needs no company."""
LIKELY = 1.7
"""From this score of the model on, no rule is needed."""
_SENTENCE = re.compile(r"[^。.!?\n]+[。.!?\n]*|[。.!?\n]+")
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
    signs: dict[str, FoundSign] = {}
    for start, end in _passages(plain):
        passage = plain[start:end]
        judgement = judge_text(passage)
        if judgement.score < UNLIKELY:
            continue
        for sign, (first, last) in _read_passage(passage, judgement).items():
            if sign not in signs:
                signs[sign] = _quote(sign, written, start + first, start + last)
    return tuple(sorted(signs.values(), key=lambda each: each.start))


def _read_passage(text: str, judgement: Judgement) -> dict[str, tuple[int, int]]:
    """Return the signs in a passage, each with where the words it rests on begin and end."""
    sure: dict[str, re.Match[str]] = {}
    hints: dict[str, re.Match[str]] = {}
    for rule in _rules(bool(_JAPANESE.search(text))):
        found = hints if rule.key.startswith(HINT) else sure
        if rule.section in sure or rule.section in found:
            continue
        for match in rule.lower_pattern.finditer(text):
            if not _is_innocent(text, match, rule.section):
                found[rule.section] = match
                break
    if sure or _agree(text, list(hints.values())):
        return {sign: match.span() for sign, match in (hints | sure).items()}
    if judgement.score < (LIKELY_HINTED if hints else LIKELY) or _named(EVERY_SIGN).search(text):
        return {}
    if hints:
        return {sign: match.span() for sign, match in hints.items()}
    return {judgement.sign: _most_telling(text)}


def _most_telling(text: str) -> tuple[int, int]:
    """Return where the sentence begins and ends that sounds most like solicitation."""
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    return max(sentences, key=lambda span: judge_text(text[slice(*span)]).score)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the passages of a text begin and end: sentences, as many as fit together."""
    start = end = 0
    for match in _SENTENCE.finditer(text):
        if match.end() - start > PASSAGE_MOST and end > start:
            yield start, end
            start = end
        end = match.end()
    if end > start:
        yield start, end


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


def _quote(sign: str, text: str, first: int, last: int) -> FoundSign:
    """Return the sign with the whole sentences that hold its words, unless they are too long."""
    start = max(text.rfind(end, 0, first) for end in _ENDS) + 1
    stops = [at for end in _ENDS if (at := text.find(end, max(last - 1, start))) >= 0]
    stop = min(stops, default=len(text)) + 1
    if stop - start > QUOTE_MOST:
        start, stop = first, last
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
