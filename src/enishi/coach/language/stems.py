"""Stems of English words: enough to compare what people look for and what they are good at."""

from __future__ import annotations

import re
from functools import lru_cache

ENGLISH_WORD = re.compile(r"c\+\+|c#|[a-zß-öø-ÿāēīōū0-9]+(?:'[a-z]+)?")
"""A word in Latin letters, in lower case."""
_VOWEL = re.compile("[aeiouy]")
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1$")
_AMERICAN = re.compile("(.)our$")
"""The British ending of colour, color."""
_WHOLE = frozenset(
    [
        "housing",
        "wedding",
        "evening",
        "clothing",
        "ceiling",
        "herring",
        "pudding",
        "lightning",
        "morning",
        "something",
        "nothing",
        "anything",
        "everything",
        "darling",
        "sterling",
        "pricing",
        "red",
        "bed",
        "feed",
        "need",
        "speed",
        "seed",
        "weed",
        "shed",
        "sled",
        "wicked",
        "sacred",
        "hundred",
        "kindred",
        "news",
        "lens",
        "series",
        "species",
        "mathematics",
        "physics",
        "politics",
        "ethics",
        "gymnastics",
        "aerobics",
        "athletics",
        "electronics",
        "bus",
        "gas",
        "jeans",
        "trousers",
        "glasses",
        "scissors",
    ]
)
"""Words whose end is no ending."""
_IRREGULAR = {
    word: base
    for base, words in {
        "child": "children",
        "man": "men",
        "woman": "women",
        "person": "people persons",
        "foot": "feet",
        "tooth": "teeth",
        "mouse": "mice",
        "knife": "knives",
        "wife": "wives",
        "life": "lives",
        "leaf": "leaves",
        "shelf": "shelves",
        "loaf": "loaves",
        "teach": "taught",
        "run": "ran",
        "swim": "swam swum",
        "write": "wrote written",
        "draw": "drew drawn",
        "sing": "sang sung",
        "build": "built",
        "buy": "bought",
        "sell": "sold",
        "speak": "spoke spoken",
        "grow": "grew grown",
        "drive": "drove driven",
        "ride": "rode ridden",
        "weave": "wove woven",
        "sew": "sewn",
        "lose": "lost",
        "break": "broke broken",
        "steal": "stole stolen",
        "throw": "threw thrown",
        "bring": "brought",
        "catch": "caught",
        "fly": "flew flown",
        "lead": "led",
        "keep": "kept",
        "sleep": "slept",
        "knit": "knitted",
    }.items()
    for word in words.split()
}


def _ending_less(word: str) -> str:
    for ending, instead, least in (
        ("ies", "y", 5),
        ("ied", "y", 5),
        ("sses", "ss", 5),
        ("xes", "x", 4),
        ("ches", "ch", 5),
        ("shes", "sh", 5),
        ("ing", "", 5),
        ("ed", "", 5),
    ):
        if word.endswith(ending) and len(word) >= least:
            base = word[: -len(ending)] + instead
            return base if _VOWEL.search(base) else word
    if word.endswith("s") and len(word) > 3 and word[-2] not in "sui":
        return _ending_less(word[:-1]) if word.endswith("ings") else word[:-1]
    return word


@lru_cache(maxsize=8192)
def stem_word(word: str) -> str:
    """Return the stem of an English word in lower case: without endings, double letters and e.

    >>> [stem_word(word) for word in ("baking", "bakes", "swimmer", "swims", "stories", "bus")]
    ['bak', 'bak', 'swimmer', 'swim', 'story', 'bus']
    """
    word = word.removesuffix("'s").removesuffix("'")
    word = _IRREGULAR.get(word, word)
    if word in _WHOLE or len(word) < 4:
        return word
    base = _DOUBLE.sub(r"\1", _ending_less(word))
    base = base[:-1] if len(base) > 3 and base.endswith("e") else base
    return _AMERICAN.sub(r"\1or", base) if len(base) > 5 and base.endswith("our") else base


def agent_base(word: str) -> str:
    """Return the stem of the verb in a word for somebody who does it, or ''.

    >>> agent_base("welders"), agent_base("river")
    ('weld', '')
    """
    word = word.removesuffix("'s").removesuffix("s")
    if not word.endswith(("er", "or")) or len(word) < 6:
        return ""
    base = stem_word(word[:-2])
    return base if len(base) >= 4 else ""
