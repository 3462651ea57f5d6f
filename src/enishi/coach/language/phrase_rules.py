r"""Rules about phrases, from `data/language`: patterns, each with texts it matches and texts not.

A file has sections of rules:

    pressing:
      in_a_hurry:
        pattern: [至急, "\\basap\\b"]
        examples: ["至急お願いします", "Please reply asap"]
        but: ["救急車を呼んだ"]

A section `words` names alternatives that patterns take in as `{name}`:

    words:
      paper: [contract, receipt]

The alternatives of a pattern are regular expressions for `plain_text`. The examples and what looks
like one (`but`) are claims about the whole detector; the tests run each of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from unicodedata import normalize

from enishi.i18n.texts import read_phrases

_WORDS = "words"
"""The section of named alternatives, which a pattern takes in as `{name}`."""
_NAMED = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class PhraseRule:
    """A rule about phrases.

    Attributes:
        key: its name, unique in its file.
        section: what the phrase is a case of, such as the kind of promise.
        source: the regular expression of its pattern.
        examples: texts in which the detector finds it, at least two.
        counterexamples: texts that look like it and in which the detector does not find it.
    """

    key: str
    section: str
    source: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the phrase in a plain text, whatever its case."""
        return re.compile(self.source, re.IGNORECASE)

    @cached_property
    def lower_pattern(self) -> re.Pattern[str]:
        """Matches it in a plain text in small letters, several times faster; so is its source."""
        return re.compile(self.source)

    def find(self, text: str) -> re.Match[str] | None:
        """Return the first match in the plain form of `text`, or None."""
        return self.pattern.search(plain_text(text))


@cache
def read_phrase_rules(name: str) -> tuple[PhraseRule, ...]:
    """Return the rules of `data/language/<name>.yaml` in their order."""
    sections = dict(read_phrases(name))
    words = {word: "|".join(forms) for word, forms in sections.pop(_WORDS, {}).items()}

    def spell_out(pattern: str) -> str:
        return _NAMED.sub(lambda named: f"(?:{words[named[1]]})", pattern)

    return tuple(
        PhraseRule(
            key=key,
            section=section,
            source="|".join(map(spell_out, rule["pattern"])),
            examples=tuple(rule["examples"]),
            counterexamples=tuple(rule["but"]),
        )
        for section, rules in sections.items()
        for key, rule in rules.items()
    )


def plain_text(text: str) -> str:
    """Return `text` without differences of width and of apostrophes and quotation marks.

    >>> plain_text("Ｉ’ll ｓｅｎｄ")
    "I'll send"
    """
    return normalize("NFKC", text).translate(_PLAIN)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
