"""The sentences of a message and their roles: request, offer, thanks, way out, and the like.

Roles come from grammar, whose patterns are in `data/language/drafts.yaml`. Words that are not the
writer's own are left out of every role: quotations, what others said, and what is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from string import ascii_uppercase

from enishi.coach.language.phrase_rules import plain_text, read_phrase_rules

REQUEST, INVITATION, MEET, WAY_OUT = "request", "invitation", "meet", "way_out"
THANKS, PRAISE, OFFER = "thanks", "praise", "offer"
_BLANK = "※"
"""Stands for each character that is left out, so that positions stay the same."""
_QUOTATION = re.compile(
    r"\[[^\]\n]*\]|「[^」]*」|『[^』]*』|\"[^\"\n]*\"|(?<!\w)'(?=\w)(?:[^'\n]|'(?=\w))+'(?!\w)"
)
_SENTENCE = re.compile(
    r"(?:[^。!?\n.]|\.(?!\s|$)|(?<=\bmr)\.|(?<=\bms)\.|(?<=\bdr)\.|(?<=\bmrs)\.)+[。!?.\n]*|[。!?.\n]+"
)


_LOWER = {ord(letter): letter.lower() for letter in ascii_uppercase}


@dataclass(frozen=True)
class Sentence:
    """A sentence of a message.

    Attributes:
        text: the sentence in plain form, its full stop included.
        own: `text` without capitals and words that are not the writer's own; as long as `text`.
        asking: `own` without kind imperatives that ask for nothing, such as "take care".
        start: where it begins in the plain form of the message.
        roles: what it does, of the names above.
    """

    text: str
    own: str
    asking: str
    start: int
    roles: frozenset[str]

    @property
    def lower(self) -> str:
        """`text` without ASCII capitals."""
        return self.text.translate(_LOWER)


@cache
def phrase_pattern(section: str, scripts: str = "both") -> re.Pattern[str]:
    """Return the pattern of all rules of `section`, for texts without ASCII capitals.

    It is written for speed: the alternatives begin with a literal wherever they can, which `re`
    compares before it enters them, and share one check for the beginning of a word.

    Args:
        section: the name of the rules.
        scripts: `ja` or `en` leaves out what cannot match without letters of the other language.
    """
    rules = [rule for rule in read_phrase_rules("drafts") if rule.section == section]
    words: list[str] = []
    others: list[str] = []
    for rule in rules:
        for each in split_alternatives(_lower(rule.pattern.pattern)):
            bound = each.startswith(_WORD)
            opened = open_groups(each.removeprefix(_WORD))
            kept = [one for one in opened if scripts == "both" or _needs(one) in ("", scripts)]
            (words if bound else others).extend(kept)
    if words:
        others.append(rf"{_WORD}(?:{'|'.join(words)})")
    return re.compile("|".join(others) or _NEVER)


_NEVER = "(?!)"
_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]")
_GROUP = re.compile(r"\([^()]*\)(?:[?*+]|\{[^}]*\})?")
_OPTIONAL = re.compile(r".[?*]")
_JAPANESE = re.compile("[ぁ-ヿ一-龥]")
_ENGLISH = re.compile("[a-z]{2}")


def _needs(pattern: str) -> str:
    """Return the language without whose letters an alternative cannot match; '' where none is sure.

    >>> _needs("ください"), _needs("could you"), _needs("(?:ね|ok)")
    ('ja', 'en', '')
    """
    literal = _CLASS.sub("", pattern)
    shorter = _GROUP.sub("", literal)
    while shorter != literal:
        literal, shorter = shorter, _GROUP.sub("", shorter)
    literal = _OPTIONAL.sub("", literal)
    if _JAPANESE.search(literal):
        return "ja"
    return "en" if _ENGLISH.search(literal) else ""


def pattern_for(section: str, text: str) -> re.Pattern[str]:
    """Return the pattern of `section` with the rules that can match in the letters of `text`."""
    return phrase_pattern(section, _scripts(text))


@lru_cache(maxsize=64)
def _scripts(text: str) -> str:
    if not _JAPANESE.search(text):
        return "en"
    return "both" if _ENGLISH.search(text) else "ja"


_WORD = r"\b"


def _lower(pattern: str) -> str:
    r"""Return a pattern without ASCII capitals; classes such as `\S` stay."""
    return re.sub(r"(?<!\\)[A-Z]", lambda hit: hit.group().lower(), pattern)


def split_alternatives(pattern: str) -> list[str]:
    r"""Return the alternatives of a pattern that are in no group.

    >>> split_alternatives(r"a(?:b|c)|d[|]|e")
    ['a(?:b|c)', 'd[|]', 'e']
    """
    found, depth, begun = [], 0, 0
    for hit in _TOKEN.finditer(pattern):
        token = hit.group()
        depth += (token == "(") - (token == ")")
        if token == "|" and not depth:
            found.append(pattern[begun : hit.start()])
            begun = hit.end()
    return [*found, pattern[begun:]]


_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|[()|]")


def open_groups(pattern: str) -> list[str]:
    r"""Return a pattern as alternatives that begin with no group, where it begins with one.

    >>> open_groups("(?:a|(?:b|c)d)e")
    ['ae', 'bde', 'cde']
    """
    if not pattern.startswith("(?:"):
        return [pattern]
    depth = 0
    for hit in _TOKEN.finditer(pattern):
        depth += (hit.group() == "(") - (hit.group() == ")")
        if not depth:
            break
    rest = pattern[hit.end() :]
    if rest[:1] in ("?", "*", "+", "{"):
        return [pattern]
    inner = split_alternatives(pattern[3 : hit.start()])
    return [found for each in inner for found in open_groups(each + rest)]


def has_phrase(section: str, text: str) -> bool:
    """Return whether a rule of `section` matches in `text`, which has no ASCII capitals."""
    return pattern_for(section, text).search(text) is not None


@lru_cache(maxsize=16)
def read_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a message with their roles.

    >>> [sorted(each.roles) for each in read_sentences("ありがとう。本を貸してください。")]
    [['thanks'], ['request']]
    """
    return tuple(_read_each(plain_text(text), leave_out_quotations(text)))


def leave_out_quotations(text: str) -> str:
    """Return the plain form of `text` without capitals, with quotations and gaps blanked."""
    return leave_out(_QUOTATION, plain_text(text).translate(_LOWER))


def _read_each(plain: str, quoted_out: str) -> Iterator[Sentence]:
    for hit in _SENTENCE.finditer(quoted_out):
        said = hit.group().lstrip()
        start = hit.end() - len(said)
        own = leave_out(pattern_for("reported", said), said)
        asking = leave_out(pattern_for("kindness", said), own)
        text = plain[start : hit.end()]
        yield Sentence(text, own, asking, start, frozenset(_find_roles(own, asking)))


def _find_roles(own: str, asking: str) -> Iterator[str]:
    sure = leave_out(pattern_for("no_answer_but_yes", own), own)
    inviting = leave_out(pattern_for("see_you_again", own), own)
    is_way_out = has_phrase("way_out", sure)
    if has_phrase("request", asking):
        yield REQUEST
    if has_phrase("invitation", leave_out(pattern_for("kindness", own), inviting)):
        yield INVITATION
    if has_phrase("meet", asking):
        yield MEET
    if is_way_out:
        yield WAY_OUT
    for role in (THANKS, PRAISE):
        if has_phrase(role, own):
            yield role
    if has_phrase(OFFER, own) and not has_phrase("instead", own):
        yield OFFER


def leave_out(pattern: re.Pattern[str], text: str) -> str:
    """Return `text` with each match of `pattern` blanked; no position changes."""
    return pattern.sub(lambda hit: _BLANK * len(hit.group()), text)
