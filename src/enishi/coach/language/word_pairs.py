"""The words of two texts that belong together, and whether they make a sure match.

Two texts match surely where they share a particular word or two words of one group of synonyms.
A word that says little (犬, school) makes no sure match alone, and a word that carries no topic
(会社, people) makes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from enishi.coach.language.lexicon import read_lexicon
from enishi.coach.language.stems import stem_word
from enishi.coach.language.text_words import STRETCH, TextWords
from enishi.i18n.texts import read_weights

_LEAST_LONG = {False: 3, True: 8}
"""Characters of a word that has a single sense in Japanese, and in English."""
_LEAST_QUOTED = 5
"""Characters of a text that says the same where it stands in another."""


@dataclass(frozen=True, slots=True)
class SharedPair:
    """Words of two texts that belong together.

    Attributes:
        kind: `topic` (of one group of synonyms), `particular` (the same word) or `vague` (the same
            word, one that says little).
        one: the words of the first text as they stand there.
        other: those of the second text.
        is_same: whether both are the same word or have one in common (ピアノ, ピアノ教室).
        aside: 2 where the word is an aside in a text, 1 where it may be, else 0.
        said: all words of both texts that say the same.
    """

    kind: str
    one: str
    other: str
    is_same: bool
    aside: int
    said: frozenset[str]

    @property
    def weight(self) -> tuple[bool, bool, bool, int]:
        """How much the pair says: the greatest is shown."""
        return self.kind != "vague", self.aside < 2, self.kind == "topic", -self.aside


def shared_pairs(a: TextWords, b: TextWords) -> list[SharedPair]:
    """Return the words of both texts that belong together, each pair once."""
    lexicon = read_lexicon()
    pairs: dict[tuple[str, str], SharedPair] = {}
    for topic in a.topics:
        if topic not in b.topics or (
            topic in lexicon.places and not (_is_place(a) and _is_place(b))
        ):
            continue
        mine, theirs = a.topics[topic], b.topics[topic]
        if _is_unclear(mine, theirs, b) or _is_unclear(theirs, mine, a):
            continue
        said = {part for words in (*mine, *theirs) for part in words.split("…")}
        _add_pair(pairs, "topic", a, b, mine[0], theirs[0], said)
    for kind, known, others in (
        ("particular", a.particular, b.particular),
        ("vague", a.vague, b.vague),
    ):
        for key in known:
            if key in others:
                one, other = known[key], others[key]
                _add_pair(pairs, kind, a, b, one, other, {one, other})
    return list(pairs.values())


def _is_unclear(mine: tuple[str, ...], theirs: tuple[str, ...], words: TextWords) -> bool:
    """Return whether all of `theirs` have several senses, and nothing in their text tells which."""
    vague = set(words.vague.values())
    return vague.issuperset(theirs) and all(
        any(_stems(other) <= _stems(one) if other.isascii() else other in one for one in mine)
        for other in theirs
    )


def _add_pair(
    pairs: dict[tuple[str, str], SharedPair],
    kind: str,
    a: TextWords,
    b: TextWords,
    one: str,
    other: str,
    said: set[str],
) -> None:
    """Add two words that belong together, unless they are there already."""
    if (one, other) in pairs:
        return
    is_same = _is_akin(one, other)
    aside = 0
    if one in a.beside or other in b.beside or (is_same and (one in a.asides or other in b.asides)):
        aside = 2
    elif is_same and (one in a.describing or other in b.describing):
        aside = 1
    pairs[one, other] = SharedPair(kind, one, other, is_same, aside, frozenset(said))


def is_sure(a: TextWords, b: TextWords, pairs: list[SharedPair]) -> bool:
    """Return whether pairs of words make a sure match."""
    features = match_features(a, b, pairs)
    if features["nuisance"] and not features["other_word"]:
        return False
    clear = [pair for pair in pairs if pair.aside == 0]
    if clear and not features["nuisance"]:
        if features["keyword"] or features["handed_on"]:
            return True
        if _is_within(a.text, b.text) or _is_within(b.text, a.text):
            return True
        if not features["vague_only"] and features["whole"] and features["rest_most"] == 0:
            return True  # neither text is about anything else
        if features["place"] and any(
            pair.one[0].isupper() and pair.other[0].isupper() for pair in clear
        ):
            return True
    return any(pair.aside < 2 for pair in pairs) and weigh_match(features) > 0


def match_features(a: TextWords, b: TextWords, pairs: Iterable[SharedPair]) -> dict[str, float]:
    """Return what speaks for and against a sure match, by the names in `matches.json`."""
    shared = list(pairs)
    strong = [pair for pair in shared if pair.kind != "vague"]
    clear = [pair for pair in strong if pair.aside == 0]
    said = frozenset().union(*(pair.said for pair in shared))
    rest = sorted((len(a.content - said), len(b.content - said)))
    most = float(min(rest[1], 3))
    is_other = any(not pair.is_same for pair in clear)
    at_odds = ("nuisance" in a.signs) != ("nuisance" in b.signs)
    lasts = not read_lexicon().lasting.isdisjoint(a.topics.keys() & b.topics.keys())
    return {
        "topic": float(any(pair.kind == "topic" for pair in shared)),
        "particular": float(any(pair.kind == "particular" for pair in shared)),
        "other_word": float(is_other),
        "long_word": float(any(_is_long(pair) for pair in strong if pair.aside < 2)),
        "everyday": float(any(pair.is_same for pair in strong) and all(map(_is_everyday, strong))),
        "several": float(len({pair.one for pair in shared}) > 1),
        "backed": float(any(_is_backed(a, b, topic) for topic in a.topics if topic in b.topics)),
        "vague_only": float(bool(shared) and not strong),
        "aside": float(bool(shared) and all(pair.aside == 2 for pair in strong or shared)),
        "describes": float(bool(shared) and all(pair.aside > 0 for pair in strong or shared)),
        "rest_least": float(min(rest[0], 3)),
        "rest_most": most * (not is_other),
        "rest_vague": most * (not strong),
        "whole": float(rest[0] == 0),
        "keyword": float(a.is_keyword or b.is_keyword),
        "nuisance": float(at_odds and not lasts),
        "handed_on": float(_is_handed_on(a, b)),
        "place": float(_is_there(a, b)),
        "able_wish": float(_is_asked_of(a, b)),
    }


def _is_backed(a: TextWords, b: TextWords, topic: str) -> bool:
    """Return whether more than one word of a text belongs to a topic of both."""
    return len(a.topics[topic]) > 1 or len(b.topics[topic]) > 1


def _is_long(pair: SharedPair) -> bool:
    """Return whether both texts have a word that, by its length, has a single sense."""
    least = _LEAST_LONG[pair.one.isascii()]
    return pair.is_same and min(len(pair.one), len(pair.other)) >= least


def _is_everyday(pair: SharedPair) -> bool:
    """Return whether what both texts name is a thing that many texts name."""
    everyday = read_lexicon().everyday
    if pair.one.isascii():
        return not everyday.isdisjoint(_stems(pair.one) & _stems(pair.other))
    return pair.is_same and any(word in pair.one and word in pair.other for word in everyday)


def _stems(text: str) -> set[str]:
    return {stem_word(found.group()) for found in STRETCH.finditer(text.lower())}


def _is_asked_of(a: TextWords, b: TextWords) -> bool:
    """Return whether one text names a skill and the other a request."""
    return ("able" in a.signs and "wish" in b.signs) or ("wish" in a.signs and "able" in b.signs)


def weigh_match(features: Mapping[str, float]) -> float:
    """Return how surely texts with these features match: above 0 is sure."""
    weights = _match_weights()
    return weights["bias"] + sum(weights[name] * value for name, value in features.items())


@cache
def _match_weights() -> dict[str, float]:
    weights: dict[str, float] = read_weights("matches")["both"]
    return weights


def _is_there(a: TextWords, b: TextWords) -> bool:
    """Return whether both texts are about being in or going to a place."""
    return "place" in a.signs and "place" in b.signs


def _is_within(text: str, whole: str) -> bool:
    """Return whether a text of several words stands in another as it is."""
    return len(text) >= _LEAST_QUOTED and text in whole


def _is_handed_on(a: TextWords, b: TextWords) -> bool:
    """Return whether one text has a thing to spare and the other needs one."""
    return ("spare" in a.signs and "want" in b.signs) or ("want" in a.signs and "spare" in b.signs)


def _is_akin(one: str, other: str) -> bool:
    """Return whether two words or phrases have a word in common, or its beginning.

    >>> _is_akin("piano teacher", "Pianos"), _is_akin("木工教室", "木工"), _is_akin("大工", "木工")
    (True, True, False)
    """
    if len(one) == 1 or len(other) == 1:
        return one in other or other in one
    return not _stretches(one).isdisjoint(_stretches(other))


def _stretches(text: str) -> set[str]:
    """Return the beginnings of English words, and all pairs of characters of Japanese ones."""
    found = set()
    for part in STRETCH.finditer(text.lower()):
        word = part.group()
        if part["japanese"] is None:
            found.add(stem_word(word)[:5])
        elif len(word) == 1:
            found.add(word)
        else:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
    return found


def _is_place(words: TextWords) -> bool:
    return "place" in words.signs or words.is_keyword
