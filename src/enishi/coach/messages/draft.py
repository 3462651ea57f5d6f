"""Drafts of messages: a structure filled from the book, with gaps for the user's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enishi.coach.relations.history import FrameRow, name_of
from enishi.i18n.names import HONORIFICS, display_name, is_east_asian, with_honorific
from enishi.i18n.texts import format_text, placeholders

GAP = re.compile("［([^］\n]{1,80})］")
"""A gap for the user's own words."""


CLOSE_TIES = ("family", "friend")
"""Values of `known_as` of contacts who are not addressed by their family name."""


@dataclass(frozen=True)
class MessageDraft:
    """A draft for the user to finish.

    Attributes:
        subject: the subject, may be empty.
        body: the lines with known facts filled in; unknown ones stay as a blank.
        blanks: names of the blanks, in order; keys of `blanks` in `data/words/drafts.yaml`.
    """

    subject: str
    body: str
    blanks: tuple[str, ...]


def compose_draft(
    words: Mapping[str, Any], kind: str, level: str, facts: Mapping[str, str]
) -> MessageDraft:
    """Return a draft with the known facts filled in.

    Args:
        words: `texts("drafts", language)`.
        kind: one of `LETTERS` in `enishi.choices`.
        level: one of `LEVELS` in `enishi.choices`.
        facts: the known facts, by the names of the blanks; empty text counts as unknown. `long`
            means that the last talk was long ago. Without both `long` and `met`, the draft uses
            its `plain` variant, which mentions neither; with `act`, a promise that names no
            thing to send, its `quoted` one. A subject that asks for an unknown place gives way to
            `subject_short`.

    Raises:
        KeyError: the texts have no such kind or level.
    """
    parts = words["kinds"][kind][level]
    if not (facts.get("long") and facts.get("met")):
        parts = parts.get("plain", parts)
    if facts.get("act"):
        parts = parts.get("quoted", parts)
    subject = parts.get("subject", "")
    if "where" in placeholders(subject) and not facts.get("where"):
        subject = parts["subject_short"]
    asked = (*placeholders(subject), *placeholders(parts["body"]))
    blanks = tuple(name for name in dict.fromkeys(asked) if not facts.get(name, "").strip())
    body = fill_sentence(words, parts["body"], facts)
    return MessageDraft(fill_sentence(words, subject, facts), body, blanks)


def fill_sentence(words: Mapping[str, Any], sentence: str, facts: Mapping[str, str]) -> str:
    """Return a sentence of a draft with the known facts filled in, and gaps for the others.

    Args:
        words: `texts("drafts", language)`.
        sentence: a text with the names of blanks as placeholders.
        facts: the known facts by these names.
    """
    said = {
        name: facts.get(name, "").strip() or blank(words, name) for name in placeholders(sentence)
    }
    return format_text(sentence, said)


def blank(words: Mapping[str, Any], name: str) -> str:
    """Return the gap that stands for an unknown fact, with the words around it.

    Args:
        words: `texts("drafts", language)`.
        name: the name of the blank, a key of `blanks`.
    """
    gap = f"［{words['blanks'][name]}］"
    return format_text(words["around"].get(name, "{gap}"), {"gap": gap})


def form_of_address(person: FrameRow, level: str, language: str) -> str:
    """Return the form of address for a contact: with さん or 様 in Japanese, a greeting in English.

    Family is addressed as in the family: never by the family name, never with 様. An old friend is
    too, except in a formal letter in Japanese; English calls a colleague by the given name as well.

    >>> row = dict(name="見本 花子", called="", family="見本", given="花子", organisation="", \
department="")
    >>> form_of_address(row, "formal", "ja"), form_of_address(row, "polite", "ja")
    ('見本 花子様', '見本さん')
    >>> form_of_address(row, "formal", "en")
    'Dear 花子 見本,'
    >>> form_of_address(row | {"honorific": "先生"}, "formal", "ja")
    '見本 花子先生'
    """
    family, given = person["family"], person["given"]
    own = own_honorific(person, language)
    known_as = person.get("known_as", "")
    if language == "ja":
        if known_as == "family" or (known_as == "friend" and level != "formal"):
            return addressed_name(person)
        if level == "formal":
            full = with_honorific(plain_name(person, level), "ja", own or "様")
            lines = [person["organisation"], person["department"], full]
            return "\n".join(line for line in lines if line)
        if person["called"].endswith("先生"):  # applies at every level
            return str(person["called"])
        like_to_be = person["called"] if level == "friendly" else ""
        return with_honorific(like_to_be or short_name(person), "ja", own or "さん")
    familiar = person["called"] or given_name(person) or person["name"]
    if own and level != "friendly" and known_as not in CLOSE_TIES:
        return f"{'Dear' if level == 'formal' else 'Hello'} {own} {family or person['name']},"
    if level == "formal":
        if known_as in CLOSE_TIES:
            return f"Dear {familiar},"
        return f"Dear {given} {family}," if family and given else f"Dear {person['name']},"
    hello = "Hi" if level == "friendly" else "Hello"
    if known_as in (*CLOSE_TIES, "colleague"):
        return f"{hello} {familiar},"
    name = person["name"] if level == "polite" else short_name(person, "en")
    return f"{hello} {person['called'] or given or name},"


def addressed_name(person: FrameRow) -> str:
    """Return how a Japanese letter addresses family or an old friend, never by the family name.

    What the user calls them stands as it is; a given name, or else the full one, gets さん.

    >>> row = dict(name="見本 健太", called="", family="見本", given="健太")
    >>> addressed_name(row), addressed_name(row | {"called": "けん兄"})
    ('健太さん', 'けん兄')
    """
    if person["called"]:
        return str(person["called"])
    own = own_honorific(person, "ja")
    return with_honorific(given_name(person) or str(person["name"]), "ja", own or "さん")


def own_honorific(person: FrameRow, language: str) -> str:
    """Return what the person chose to follow, or in English to precede, a contact's name.

    >>> row = dict(honorific="先生")
    >>> own_honorific(row, "ja"), own_honorific(row, "en"), own_honorific({"honorific": "Dr"}, "en")
    ('先生', '', 'Dr')
    """
    chosen = str(person.get("honorific", "")).strip()
    return chosen if is_east_asian(chosen) == (language == "ja") else ""


def given_name(person: FrameRow) -> str:
    """Return a contact's given name, '' where it cannot be told from the family name.

    >>> given_name(dict(name="見本 健太", given="")), given_name(dict(name="Ben Doyle", given=""))
    ('健太', 'Ben')
    >>> given_name(dict(name="Doyle", given=""))
    ''
    """
    if person["given"]:
        return str(person["given"])
    parts = str(person["name"]).split()
    if len(parts) != 2:
        return ""
    if all(map(is_east_asian, parts)):
        return parts[1]
    latin = all(part.isalpha() and part.istitle() for part in parts)
    return parts[0] if latin and not any(map(is_east_asian, parts)) else ""


def sender_name(me: str, known_as: str) -> str:
    """Return the name under which the user writes: family is not told one's family name.

    >>> sender_name("Sam Doyle", "family"), sender_name("見本 太郎", "family")
    ('Sam', '太郎')
    >>> sender_name("Sam Doyle", "colleague")
    'Sam Doyle'
    """
    return (given_name({"name": me, "given": ""}) if known_as == "family" else "") or me


def short_name(person: FrameRow, language: str = "ja") -> str:
    """Return the part of a contact's name by which they are addressed, else the whole name.

    A name in kanji and kana is written with the family name first and a space behind it; a Latin
    one with the given name first. Japanese addresses by family name, English by given name.

    >>> short_name(dict(name="見本 花子", family="", given=""))
    '見本'
    >>> row = dict(name="Mara Example", family="", given="")
    >>> short_name(row, "en"), short_name(row, "ja")
    ('Mara', 'Mara Example')
    """
    known: str = person["family"] if language == "ja" else person["given"]
    parts = str(person["name"]).split()
    if language == "ja":
        if known and is_east_asian(known):
            return known
        whole = len(parts) == 2 and all(map(is_east_asian, parts))
    else:
        if known:
            return known
        whole = len(parts) == 2 and all(part.isalpha() and part.istitle() for part in parts)
        whole = whole and not is_east_asian(person["name"])
    return parts[0] if whole else str(person["name"])


def plain_name(person: FrameRow, level: str, language: str = "ja") -> str:
    """Return a contact's name without さん or 様, in the form for the level and the language.

    A third person keeps the full name, unless the user calls them otherwise; so does family in a
    polite message, because its family name is the user's own.

    >>> row = dict(name="見本 花子", called="花さん", family="見本", given="花子")
    >>> [plain_name(row, level) for level in ("friendly", "polite", "formal")]
    ['花', '見本', '見本 花子']
    """
    family, given = person["family"], person["given"]
    full = display_name(family, given) if family and given else str(person["name"])
    if level == "formal" or (language == "en" and level == "polite"):
        return full
    if level == "polite":
        return full if person.get("known_as", "") in CLOSE_TIES else short_name(person)
    return _without_honorific(name_of(person))


def short_address(person: FrameRow, level: str, language: str) -> str:
    """Return the name by which a sentence to a contact speaks of them, without さん or 様.

    An honorific of their own, as 先生, stands with it where the sentence then adds no さん.

    >>> row = dict(name="見本 花子", called="", family="", given="", known_as="")
    >>> friend = row | {"known_as": "friend"}
    >>> [short_address(one, "polite", "ja") for one in (row, friend)]
    ['見本', '花子']
    >>> short_address(row | {"honorific": "先生"}, "polite", "ja")
    '見本先生'
    """
    own = own_honorific(person, language)
    own = own if level != "formal" and own in HONORIFICS and own not in ("さん", "様") else ""
    if person["known_as"] in CLOSE_TIES:
        familiar = person["called"] or given_name(person) or str(person["name"])
        return _without_honorific(familiar) + own
    if level == "formal" or person["called"]:
        return plain_name(person, level, language) + own
    return short_name(person, language) + own


def _without_honorific(name: str) -> str:
    return next((name.removesuffix(end) for end in HONORIFICS if name.endswith(end)), name)


def gaps(text: str) -> tuple[str, ...]:
    """Return the gaps of a draft that still need filling, in order, each once.

    >>> gaps("［宛名］、［何分］ほど［何分］")
    ('宛名', '何分')
    """
    return tuple(dict.fromkeys(GAP.findall(text)))


def draft_sentence(text: str, language: str) -> str:
    """Return a text as a sentence with a full stop; '' for a blank text.

    >>> draft_sentence("話を聞きたい", "ja"), draft_sentence("To learn. ", "en")
    ('話を聞きたい。', 'To learn.')
    >>> draft_sentence(" ", "en")
    ''
    """
    said = text.strip()
    if not said or said[-1] in "。．.！？!?」”":
        return said
    return said + ("。" if language == "ja" else ".")


THING_JA = re.compile(
    r"^(?:(?:来週|今週|今度|明日|あした|あさって|近いうちに|あとで|後で|また)(?:の[月火水木金土日]曜)?(?:まで)?に?、?)*"
    r"([^、。「」]{1,60}?)を、?(?:お?送|お?渡|お?貸|お?持|お?見せ|お?届|お?教え|お?調べ|共有|転送|メール|シェア)"
)
THING_EN = re.compile(
    r"\b(?:send|share|forward|lend|bring|show|pass)(?: (?:you|him|her|them|over|along|on))* "
    r"([^.,;!?]{2,60}?)(?= (?:next|by|on|this|tomorrow|soon|later|today|tonight|when)\b|[.,;!?]|$)",
    re.IGNORECASE,
)


def promised_thing(words: str, language: str) -> str:
    """Return the object of a promise, '' where `words` name none in that language.

    >>> promised_thing("来週、写真を送ります", "ja"), promised_thing("I’ll send you the map", "en")
    ('写真', 'the map')
    """
    hit = (THING_JA if language == "ja" else THING_EN).search(words.strip('「」“”" '))
    return hit[1].strip() if hit else ""
