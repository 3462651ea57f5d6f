"""Hiding of names: on a lock screen or a shared calendar, initials replace them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise, permutations

from enishi.i18n.names import HONORIFICS, is_east_asian

HIDDEN = "○"
CLUSTER = re.compile("(?s).[\u0300-\u036f\u3099\u309a\uff9e\uff9f\u200d\ufe0e\ufe0f]*")
"""A letter with its marks; half-width kana carry theirs as separate characters."""
_GAPS = re.compile(r"[\s\u3000]+")
_BETWEEN = re.compile(r"[^\w'’]+|_+")
"""Separators between two parts of a name: spaces, dots, hyphens, brackets."""
TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "jr", "sr", "旧姓", *HONORIFICS})
"""Parts of a name that are a form of address."""
ALSO_WORDS = """
ai amber an april art august autumn ball banks bell best bill bird black brook brown bush case
cash chance chase clay cliff cook crystal daisy dawn day dean do don drew faith field fields
ford fox frank gene ginger go good grace grant gray green grey guy ha hall he heather hill
holly hope hunt iris ivy jack jade jay joy june king lane law le lily long love major man mark
max may mi mike miles min moon nick no north olive on page park pat pearl penny pool power
price ray read reed rice rich rob robin rose ruby rush sandy sharp short sky small snow so
song star stone storm strong sue summer sun swift to van violet wade west white will wise wolf
wood woods young yu
"""
ORDINARY = frozenset(ALSO_WORDS.split())
"""English words that are also names; hidden only if written with a capital."""
WHO_IT_IS = """
a an anybody aunt boss brother client coach colleague colleagues customer dad daughter everybody
family father friend friends grandma grandpa he her his husband internet it mentor mother mum mom
my neighbour neighbor nobody one our parents partner people she sister some somebody someone son
teacher team the their these they this those uncle we wife you
"""
_NO_NAMES = frozenset(WHO_IT_IS.split())
"""English words with which a line that says who somebody is has no name."""
_JAPANESE_NAME = re.compile(
    rf"(?!お|ご|御)[^\sの、。\d]{{1,8}}[ \u3000・][^\sの、。\d]{{1,8}}(?:{'|'.join(HONORIFICS)})?"
    rf"|(?!お|ご|御)[^\sの、。\d]{{1,8}}(?:{'|'.join(HONORIFICS)})"
)
_MARKED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
"""A Latin letter that may carry a mark."""
_PLURAL = re.compile(r"e?s(?![^\W\d_])", re.IGNORECASE)
"""The ending of a family: the Linds, the Joneses; in German also of what is Oskars."""
ALIKE = {kana: kana - 0x60 for kana in range(0x30A1, 0x30F7)} | {ord("’"): "'"}
"""Mapping of katakana to hiragana, and of the two apostrophes to one."""
PARTICLES = (
    "から|まで|より|には|とは|では|へは|にも|とも|への|との|からの"
    "|に|へ|と|を|は|が|の|も|や|で|か|ね|よ"
)
"""Particles that follow a name in a Japanese sentence."""
_KINDS = {
    "hiragana": re.compile("[\u3041-\u309f]"),
    "katakana": re.compile("[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "kanji": re.compile("[々〆\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
}
ADDRESSED = re.compile(rf"\s?(?:{'|'.join(HONORIFICS)}|씨|님)")
PARTICLE = re.compile(rf"{PARTICLES}|(?![\u3041-\u309fー])")
"""Matches a particle, or a position where no hiragana follows."""
ONLY_PARTICLE = re.compile(rf"(?:{PARTICLES})?(?![\u3041-\u309fー])")
"""Matches an optional particle without hiragana behind it."""


@dataclass(frozen=True)
class Forms:
    """The forms of a book's names in a text.

    Attributes:
        known: each form, folded; see `fold_name`.
        lengths: for each first letter the lengths of the forms, the longest first.
    """

    known: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]


def initials(name: str) -> str:
    """Return the initials that replace `name` where other people may read along.

    >>> initials("架空 花子"), initials("Hanako Kakuu"), initials("")
    ('架○', 'H.K.', '')
    """
    parts = name.split()
    if not parts:
        return ""
    if is_east_asian(name):
        return parts[0][0] + HIDDEN
    return "".join(f"{part[0].upper()}." for part in parts)


def forms_of(names: Iterable[str]) -> Forms:
    """Return the forms in which `names` may appear in a text.

    Args:
        names: full names, parts of names, readings, forms of address.
    """
    known = frozenset(form for name in set(names) for form in forms_of_one(name))
    lengths: dict[str, set[int]] = {}
    for form in known:
        lengths.setdefault(form[0], set()).add(len(form))
    return Forms(known, {first: tuple(sorted(all, reverse=True)) for first, all in lengths.items()})


def forms_of_one(name: str) -> Iterator[str]:
    """Yield, folded: a name, its parts, and each two neighbours joined in either order."""
    written = _GAPS.sub(" ", name).strip()
    whole = {written, without_honorific(written)}
    if "@" not in written:
        parts = [part for part in _BETWEEN.split(written) if part and fold_name(part) not in TITLES]
        own = [part for part in parts if not part[0].islower()] or parts  # without van, de
        whole.update(own)
        whole.update(map(without_honorific, own))
        whole.update(one + other for pair in pairwise(parts) for one, other in permutations(pair))
        whole.add("".join(parts))
    for form in map(fold_name, whole):
        if len(form) > 1 or is_east_asian(form):
            yield form


def looks_like_name(text: str) -> bool:
    """Return whether a line that says who somebody is has only a name: no "my boss", no 上司.

    >>> looks_like_name("Hanako Kakuu"), looks_like_name("My boss"), looks_like_name("花子さん")
    (True, False, True)
    """
    if is_east_asian(text):
        return _JAPANESE_NAME.fullmatch(text.strip()) is not None
    words = [word for word in _BETWEEN.split(text) if word]
    if not words or len(words) > 4 or any(fold_name(word) in _NO_NAMES for word in words):
        return False
    return words[0][0].isupper() and words[-1][0].isupper()


def without_honorific(name: str) -> str:
    """Return `name` without a final さん or similar, unless nothing would remain."""
    if not name.endswith(HONORIFICS):
        return name
    ending = next(one for one in HONORIFICS if name.endswith(one))
    return name.removesuffix(ending).rstrip() or name


def fold_name(text: str) -> str:
    """Return `text` folded for comparison: one width, one case, no accents, hiragana for katakana.

    >>> fold_name("Zoë"), fold_name("ハナコ")
    ('zoe', 'はなこ')
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(ALIKE)
    return _MARKED.sub(lambda letter: unicodedata.normalize("NFD", letter[0])[0], folded)


def hide_names(text: str, forms: Forms) -> str:
    """Return `text` with every name in `forms` replaced by its initials.

    The longest form wins, and only where the text uses it as a name: a word that merely contains a
    short name stays unchanged. A word that may be either is hidden.

    >>> hide_names("架空さんに本を返す", forms_of(["架空 花子"]))
    '架○さんに本を返す'
    """
    clusters = CLUSTER.findall(text)
    folded = [fold_name(cluster) for cluster in clusters]
    compared = "".join(folded)
    starts = list(accumulate(map(len, folded), initial=0))
    offsets = list(accumulate(map(len, clusters), initial=0))
    number_at = {start: number for number, start in enumerate(starts)}

    def end_of_name(number: int) -> int:
        """Return the index behind the last cluster of the name that begins here; 0 if none does."""
        start = starts[number]
        for length in forms.lengths.get(compared[start], ()):
            end = number_at.get(start + length, 0)
            if end and compared[start : start + length] in forms.known:
                before = clusters[number - 1] if number else ""
                found = text[offsets[number] : offsets[end]]
                if is_name(before, found, text[offsets[end] :]):
                    return end
        return 0

    said: list[str] = []
    number = 0
    while number < len(clusters):
        end = end_of_name(number)
        said.append(initials(text[offsets[number] : offsets[end]]) if end else clusters[number])
        number = end or number + 1
    return "".join(said)


def is_name(before: str, found: str, after: str) -> bool:
    """Return whether `found`, which equals a name, denotes a person here.

    Two or more kanji do. Kana and letters do if they are a separate word, letters with a capital
    also in the plural; hiragana, which is written without gaps, if a particle or さん follows.

    Args:
        before: the cluster before it, "" at the beginning.
        found: the text that equals a name.
        after: the text behind it.
    """
    begins = not joins(before, found[0])
    ends = not joins(found[-1], after)
    kind = _kind_of(found[0])
    if any(_kind_of(letter) == "kanji" for letter in found):
        return len(found) > 1 or (begins and (ends or is_addressed(after)))
    if is_addressed(after):
        return begins or (kind == "hiragana" and len(found) > 1)
    if kind == "hiragana":
        if len(found) > 2:
            return begins or PARTICLE.match(after) is not None
        return len(found) > 1 and begins and ONLY_PARTICLE.match(after) is not None
    if kind == "hangul":  # Korean particles are attached to the name
        return begins and (ends or len(found) > 1)
    if begins and _PLURAL.match(after):
        return found[0].isupper() and fold_name(found) not in ORDINARY
    return begins and ends and not (found.islower() and found in ORDINARY)


def is_addressed(after: str) -> bool:
    """Return whether `after` begins with さん, 様 or a similar honorific."""
    return ADDRESSED.match(after) is not None


def joins(one: str, other: str) -> bool:
    """Return whether the end of `one` and the beginning of `other` look like parts of one word."""
    kind = _kind_of(one[:1])
    return kind != "" and kind == _kind_of(other[:1])


def _kind_of(letter: str) -> str:
    """Return the kind of a letter, "" if it is not a letter or digit."""
    for kind, letters in _KINDS.items():
        if letters.match(letter):
            return kind
    return "letter" if letter.isalpha() else "digit" if letter.isdecimal() else ""
