r"""Rules about phrases, from `data/language`: patterns, each with texts it matches and texts not.

A file has sections of rules:

    pressing:
      in_a_hurry:
        pattern: [至急, "\\basap\\b"]
        examples: ["至急お願いします", "Please reply asap"]
        but: ["救急車を呼んだ"]

The alternatives of a pattern are regular expressions for `plain_text`. The examples and what looks
like one (`but`) are claims about the whole detector; the tests run each of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from enishi.i18n.texts import read_phrases


@dataclass(frozen=True)
class PhraseRule:
    """A rule about phrases.

    Attributes:
        key: its name, unique in its file.
        section: what the phrase is a case of, such as the kind of promise.
        pattern: matches the phrase in a plain text, whatever its case.
        examples: texts in which the detector finds it, at least two.
        counterexamples: texts that look like it and in which the detector does not find it.
    """

    key: str
    section: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]

    def find(self, text: str) -> re.Match[str] | None:
        """Return the first match in the plain form of `text`, or None."""
        return self.pattern.search(plain_text(text))


@cache
def read_phrase_rules(name: str) -> tuple[PhraseRule, ...]:
    """Return the rules of `data/language/<name>.yaml` in their order."""
    return tuple(
        PhraseRule(
            key=key,
            section=section,
            pattern=re.compile("|".join(rule["pattern"]), re.IGNORECASE),
            examples=tuple(rule["examples"]),
            counterexamples=tuple(rule["but"]),
        )
        for section, rules in read_phrases(name).items()
        for key, rule in rules.items()
    )


def plain_text(text: str) -> str:
    """Return `text` without differences of width and of apostrophes and quotation marks.

    >>> plain_text("Ｉ’ll ｓｅｎｄ")
    "I'll send"
    """
    return normalize("NFKC", text).translate(_PLAIN)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
