"""The parts of a sentence that have a weight: letters, words and their shapes in a row.

A shape leaves out what is spoken of and keeps how: in Japanese the kana between the kanji, in
English who, modal verbs, tenses and prepositions. So words never seen before are read by their
surroundings.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations

from enishi.coach.language.phrase_rules import read_phrase_rules
from enishi.coach.language.text_parts import (
    has_japanese,
    letter_runs,
    shape_japanese,
    size_groups,
    word_runs,
)

_LONGEST_RUN = 4
_LONGEST_SHAPE = {"ja": 6, "en": 5}
_MOST_PAIRED = 14
"""Words of a sentence that are paired with each other: the first ones."""
_NEAR = 4
"""How many words apart two stems are at most that are paired."""
_WORDS_OF_CLASSES = {
    "THEY": "he she they him her them his hers their name",
    "MY": "me us my our mine ours",
    "YOU": "you your yours u",
    "WILL": "will 'll shall gonna",
    "TIME": "monday tuesday wednesday thursday friday saturday sunday tomorrow tonight today"
    " weekend week month morning afternoon evening noon easter christmas spring summer autumn"
    " winter january february march april may june july august september october november"
    " december",
    "KIN": "mum mom dad mother father sister brother aunt uncle cousin son daughter gran grandma"
    " grandpa grandad wife husband nephew niece neighbour neighbor friend boss teacher tutor"
    " colleague landlord landlady flatmate doctor professor coach mentor",
}
_CLASSES = {word: kind for kind, words in _WORDS_OF_CLASSES.items() for word in words.split()}
_WORDS_OF_SHAPES = (
    "a an the this that these those some any no every each all both another other i myself we"
    " ourselves it its who whoever what which when where why how if unless until once while because"
    " so then but and or nor though although as than would should can could may might must wo ca"
    " 'd 's 'm 're 've n't not never is are was were be been being am do does did have has had"
    " having going go to for with from at on in by of off up out over round into about after before"
    " since back down through till under said says say saying told tell tells promised promise"
    " promises promising offered offer offers agreed agree agrees asked ask asks swore swears wrote"
    " writes texted texts let lets make sure get got gets please thanks sorry yes ok deal course"
    " always usually often sometimes ever again still just already yet now soon later next last ago"
    " year everybody everyone anybody anyone nobody somebody someone nothing something people"
    " guests members visitors customers # ^ $ ? , . : ; \" ' ! like want need hope wish"
    " maybe perhaps probably"
)
"""English words that a shape keeps; the others are known by their ending alone."""
_KEPT_WORDS = frozenset(_WORDS_OF_SHAPES.split())
_IRREGULAR_PASTS = (
    "went came gave brought sent took made kept left paid lent met taught showed drove found held"
    " ran sat stood bought thought knew saw heard fell grew broke lost"
)
_PAST = frozenset(_IRREGULAR_PASTS.split())
_TOKEN = re.compile(r"'(?:ll|d|s|m|re|ve)\b|n't|[a-z]+(?=n't)|[A-Za-z]+|[0-9]+|[?!.,;:\"]")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|(?<!s)s)$")
_NAMED = re.compile(
    r"[^\s、。「」をはがもにへのと]{1,5}?(?=さん|くん|君|ちゃん|氏|様|さま|はん)"
    r"|[一-鿿]{2,3}(?=先生|先輩|部長|課長|社長)"
)
_NUMBER = re.compile(r"[0-9一二三四五六七八九十百千]+(?=[時日月年分人つ個本枚冊回度週か番])|[0-9]+")


def sentence_parts(sentence: str) -> dict[str, float]:
    """Return the parts of a plain sentence, each with its size: those of a kind sum up to one.

    >>> "で行く" in sentence_parts("車で行く"), "~THEY WILL call" in sentence_parts("She'll call")
    (True, True)
    >>> "~で漢く" in sentence_parts("車で行く"), "`THEY WILL X" in sentence_parts("She'll call")
    (True, True)
    """
    kinds = _japanese_parts(sentence) if has_japanese(sentence) else _english_parts(sentence)
    return size_groups(kinds)


def _japanese_parts(sentence: str) -> tuple[set[str], ...]:
    text = _NUMBER.sub("#", _NAMED.sub("〇", sentence))
    text = "^" + re.sub(r"[。!！…\s]+$", "", text) + "$"
    shapes = letter_runs(shape_japanese(text), 3, _LONGEST_SHAPE["ja"])
    return set(letter_runs(text, 1, _LONGEST_RUN)), {f"~{run}" for run in shapes}


def _english_parts(sentence: str) -> tuple[set[str], ...]:
    words = ["^", *_tokens(sentence), "$"]
    kinds = [_CLASSES.get(word, word) for word in words]
    shapes = [_shape_of(word) for word in words]
    shape = [each for i, each in enumerate(shapes) if each != "X" or shapes[i - 1] != "X"]
    runs = set(word_runs(words, 1, _LONGEST_RUN - 1))
    runs |= {f"~{run}" for run in word_runs(kinds, 1, _LONGEST_RUN)}
    stems = [_stem_of(word) for word in words]
    return (
        runs,
        {f"`{run}" for run in word_runs(shape, 2, _LONGEST_SHAPE["en"])},
        {f">{one} {other}" for one, other in combinations(_paired(words[1:-1]), 2)},
        {f"={run}" for run in word_runs(stems, 1, 2)},
        {
            f"={stem}..{other}"
            for place, stem in enumerate(stems)
            for other in stems[place + 2 : place + _NEAR + 1]
        },
    )


def _shape_of(word: str) -> str:
    if word in _CLASSES or word in _KEPT_WORDS:
        return _CLASSES.get(word, word)
    if word in _PAST:
        return "Xed"
    ending = re.search(r"(?<=[a-z]{3})(?:ed|ing|ly|(?<!s)s)$", word)
    return f"X{ending[0]}" if ending else "X"


def _stem_of(word: str) -> str:
    """Return a word without the ending of its form: of lend, lends and lending the same."""
    stem = _ENDING.sub("", word)
    return stem.rstrip("e") if stem == word and len(word) > 3 else stem


def _paired(words: list[str]) -> list[str]:
    """Return who, how and when of a sentence, in its order: the words of which pairs are made."""
    shapes = [_shape_of(word) for word in words]
    return [each for each in shapes if not each.startswith("X") or each == "Xed"][:_MOST_PAIRED]


def _tokens(sentence: str) -> list[str]:
    tokens: list[str] = []
    for found in _TOKEN.finditer(sentence):
        token = found[0]
        if tokens and token[0].isupper() and len(token) > 1 and not _no_name().fullmatch(token):
            token = "name"
        tokens.append("#" if token.isdigit() else token.lower())
    return tokens


@cache
def _no_name() -> re.Pattern[str]:
    return next(rule.pattern for rule in read_phrase_rules("promises") if rule.key == "no_name_en")
