"""Detection of vague wishes, and of what is missing in one: a person, an act, a time, a sign.

The rules of `data/language/wishes.yaml` find what one could see in a wish, and what leaves it in a
fog. A linear model weighs them (`wishes.json`, trained by `bench/train_wishes.py`): each weight
belongs to one rule, so the phrases that decided can be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain

from enishi.coach.language.phrase_rules import PhraseRule, plain_text, read_phrase_rules
from enishi.coach.rules.reason import TextIssue, issue
from enishi.i18n.texts import read_weights

PARTS = ("person", "act", "time", "sign")
"""What a wish can lack, in the order in which it is asked for."""
SURE = 1.25
"""The lowest score of a vague wish. Half of the wishes with score 0 are vague; below this, a clear
wish would be asked about too often."""
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-龥々]")
_LETTER = re.compile(r"[a-zぁ-ゖァ-ヺ一-龥々]", re.IGNORECASE)
_OKURIGANA = re.compile(r"[ぁ-ゖ]{0,6}")
_LONGEST_QUOTE = 24
_WORD = {
    "ja": re.compile(r"[一-龥々]+|[ァ-ヺー]{2,}"),
    "en": re.compile(r"[a-z]{4,}", re.IGNORECASE),
}
_GENERAL = "general"
_COMPOUNDS = "general_compounds"
_TITLED = "titled_person"
"""A kind of person is named ("a CEO"), but nothing that is done with them."""
_CUT = "·"
"""Stands for a letter that was cut out; no pattern matches across it."""


def find_vague(wish: str) -> tuple[TextIssue, ...]:
    """Return what is missing in a vague wish, in the order of `PARTS`; nothing for a clear one.

    Each issue is `vague_person`, `vague_act`, `vague_time` or `vague_sign`, and quotes the words
    that leave this part open, where there are any. A time is missing only where the wish puts
    itself off ("someday").

    >>> [(found.rule, found.quote) for found in find_vague("すごい人とつながりたい")]
    [('vague_person', 'すごい人'), ('vague_act', 'つながりたい'), ('vague_sign', '')]
    >>> find_vague("来年の春までに、妹とパン屋を開く")
    ()
    """
    text = plain_text(wish)
    found = _find_phrases(text)
    # no rule knows a word of another language
    if not found or not _LETTER.search(text) or _score(text, found) < SURE:
        return ()
    seen = {section.removeprefix("seen_") for section in _sections(found)}
    if any(rule.key == _TITLED for rule in found):
        seen.add("person")
    quotes = {part: _quote_fog(part, text, found) for part in PARTS}
    missing = [part for part in PARTS if part not in seen and (part != "time" or quotes[part][0])]
    return tuple(issue(f"vague_{part}", *quotes[part]) for part in missing or ["sign"])


def wish_features(wish: str) -> tuple[str, dict[str, float]]:
    """Return the language of a wish ("ja", "en"), and what the model weighs in it.

    Features are how often each rule matches (0 to 3, as a square root); which sections alone show
    something (`only_act`), or how many do (`none`, `two`, `three`); whether nothing is in a fog;
    and how many words no rule knows (`other`): vague wishes are made of few words.
    """
    text = plain_text(wish)
    return _features(text, _find_phrases(text))


Phrases = dict[PhraseRule, list[tuple[int, int]]]
"""Where each rule that matches does so."""


def _find_phrases(text: str) -> Phrases:
    """Return the phrases of a text; `seen_…` rules do not look at its general compounds."""
    found: Phrases = {}
    without = text
    for rule in read_phrase_rules("wishes"):
        looked_at = without if rule.section.startswith("seen_") else text
        if spans := [match.span() for match in rule.pattern.finditer(looked_at)]:
            found[rule] = spans
        if rule.key == _COMPOUNDS:
            without = _cut(text, spans)
    return found


def _sections(found: Phrases) -> set[str]:
    return {rule.section for rule in found} - {_GENERAL}


def _features(text: str, found: Phrases) -> tuple[str, dict[str, float]]:
    language = "ja" if _JAPANESE.search(text) else "en"
    features = {
        rule.key: min(len(spans), 3) ** 0.5
        for rule, spans in found.items()
        if rule.section != _GENERAL
    }
    sections = _sections(found)
    seen = [section for section in sections if section.startswith("seen_")]
    if len(seen) == 1:
        features[seen[0].replace("seen", "only")] = 1.0
    else:
        features[("none", "", "two", "three")[min(len(seen), 3)]] = 1.0
    if len(seen) == len(sections):
        features["no_fog"] = 1.0
    rest = _cut(text, chain.from_iterable(found.values()))
    if others := len(_WORD[language].findall(rest)):
        features["other"] = min(others, 4) ** 0.5
    return language, features


def _score(text: str, found: Phrases) -> float:
    """Return the log-odds that a reader finds a wish vague."""
    language, features = _features(text, found)
    weights = _weights()[language]
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Return the weight of each feature, by language."""
    weights: dict[str, dict[str, float]] = read_weights("wishes")
    return weights


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text without what lies in `spans`; every other letter stays where it was."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = _CUT * (end - start)
    return "".join(letters)


def _quote_fog(part: str, text: str, found: Phrases) -> tuple[str, int]:
    """Return the first phrase that leaves a part open, and where it begins; ('', 0) for none.

    Phrases beside each other are one: すごい and 人 are すごい人.
    """
    spans = sorted(
        span for rule, spans in found.items() if rule.section == f"fog_{part}" for span in spans
    )
    if not spans:
        return "", 0
    start, end = spans[0]
    for begin, stop in spans:
        if text[end:begin].strip() or stop - start > _LONGEST_QUOTE:
            break
        end = max(end, stop)
        if part == "act":  # つなが is つながりたい
            after = _OKURIGANA.match(text, end)
            end = after.end() if after else end
    return text[start:end], start
