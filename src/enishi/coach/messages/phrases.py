"""Phrases of the user that fit into a sentence of a draft, and words of others quoted in notes."""

from __future__ import annotations

import re

from enishi.i18n.names import is_east_asian

PHRASE_CHARACTERS = {"ja": 40, "en": 60}
"""The most characters of a text that is put into a sentence."""
_SENTENCE = re.compile(r"[。．！？!?；;：:\n…「」“”\"]|\.(?:\s|$)")
_PERSONS_JA = re.compile(r"彼|本人|この人|あの人|その人|私|わたし|僕|ぼく|俺|自分")
_NOUN_END_JA = re.compile(
    r"(?:[一-鿿々〆ァ-ヶーA-Za-z0-9０-９）)』]"
    r"|こと|もの|ところ|ひと|づくり|めぐり|さがし|あそび|おくりもの|すすめ"
    r"|(?:作|巡|祭|集ま|便|語|香|織|彫|釣|踊|帰|売|乗|余|周|送|移|始ま|終わ)り"
    r"|(?:手伝|集|習|扱|祝|誘|使|問|願|思|想)い|(?:差し入|入|流|晴|別)れ|(?:教|考|答|控|植)え"
    r"|(?:話|探|試|貸|写)し|(?:組|読|飲|休|悩|編|染)み|(?:助|届|漬)け|(?:育|建|立|仕立)て"
    r"|(?:書|焼|磨|働|動|開|続)き)$"
)
_PERSONS_EN = re.compile(
    r"\b(?:i|we|he|she|they|it|you|me|us|him|her|his|hers|them|their|theirs|my|our|your|its)\b"
    r"|['’](?:m|ve|re|ll|d)\b",
    re.IGNORECASE,
)
_VERB_EN = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|does|do|did|can|could|will|would|should|may|might"
    r"|must|wants?|needs?|likes?|loves?|hopes?|owns?|said|says|told|asked|works|lives|plans|tries"
    r"|went|got|made|gave|came|moved|began|started|because|that|which|who)\b|n['’]t\b",
    re.IGNORECASE,
)
_FIRST_EN = re.compile(
    r"^(?:to|how|when|if|and|but|so|not|never|always|please|maybe|perhaps|send|share|lend|bring|show"
    r"|give|make|help|find|write|read|call|meet|ask|introduce|recommend|teach|learn|get|go|take"
    r"|look|try|build|open|run|start|buy|sell|see|visit|become|move|grow|work|keep|let|put|pay"
    r"|tell|say|talk|listen|invite|pass|offer|check|join|play|cook|lunch with|coffee with)\b",
    re.IGNORECASE,
)
_HIS = re.compile(
    r"\b(?:his(?= \w)|(?P<her>her)(?= (?!(?:the|a|an|some|to|at|on|in|by|with|for|from|about|after"
    r"|before|and|or|when|if|again|back|over|soon|once|how|what|where|this|that)\b)\w)|him|her)\b"
)
_NAME_EN = re.compile(r"(?<=\w )(?!(?:I|[A-Z]+)\b)[A-Z]\w+")
_SAID_JA = re.compile(
    r"「([^「」。\n]{2,40})」(?:とのこと|(?:と|って|という)"
    r"(?:[^\n。「」]{0,6})?(?:言(?!おう|いたい)|話して|お話|おっしゃ|教えて))"
)
_SAID_EN = re.compile(
    r"\b(?:he|she|they)\s+(?:said|says|told me|mentioned)[:,]?\s+(?:that\s+)?"
    r"[“\"]([^“”\"\n]{2,80})[”\"]"
    r"|[“\"]([^“”\"\n]{2,80}?),?[”\"],?\s+(?:he|she|they)\s+(?:said|says|told me|mentioned)",
    re.IGNORECASE,
)
_MINE_JA = re.compile(r"(?:私|わたし|僕|ぼく|俺|自分|こちら)[はがも、]?$")


def is_in_language(text: str, language: str) -> bool:
    """Return whether a text the user wrote is in `language`; a blank one is in none."""
    return bool(text.strip()) and is_east_asian(text) == (language == "ja")


def noun_phrase(text: str, language: str) -> str:
    """Return `text` as a phrase that fits into a sentence of a message; '' where that is unsure.

    A sentence, a request and a phrase that names a person by a pronoun do not fit: `their shop`
    would be read by the person whose shop it is.

    >>> noun_phrase("活版印刷の名刺", "ja"), noun_phrase("店を手伝っている", "ja")
    ('活版印刷の名刺', '')
    >>> noun_phrase("An old map of the town", "en"), noun_phrase("They own the tone.", "en")
    ('an old map of the town', '')
    """
    words = text.strip()
    if not is_in_language(words, language) or len(words) > PHRASE_CHARACTERS[language]:
        return ""
    if _SENTENCE.search(words):
        return ""
    if language == "ja":
        fits = _NOUN_END_JA.search(words) and not _PERSONS_JA.search(words)
        return words if fits else ""
    if any(pattern.search(words) for pattern in (_PERSONS_EN, _VERB_EN, _FIRST_EN)):
        return ""
    return re.sub(r"^(?:An?|The|Some|One|Two|Three)\b", lambda hit: hit[0].lower(), words)


def quotable_words(text: str, language: str) -> str:
    """Return `text` without its quotation marks, if it can be quoted to the person; '' if not.

    >>> quotable_words("「また食事でも」", "ja"), quotable_words("introduce her to Ben", "en")
    ('また食事でも', '')
    """
    words = text.strip().strip("「」“”\"'").strip().rstrip("。.")
    persons = _PERSONS_JA if language == "ja" else re.compile(r"\b(?:he|she|him|her|his)\b", re.I)
    fits = is_in_language(words, language) and "\n" not in words and not persons.search(words)
    return words if fits and len(words) <= PHRASE_CHARACTERS[language] else ""


def told_to(words: str, names: tuple[str, ...]) -> str:
    """Return English words about a contact as they are told to them.

    A pronoun counts as theirs only where nobody else is named.

    Args:
        words: the words.
        names: the contact's names.

    >>> told_to("call Ann after her exam", ("Ann Example", "Ann")), told_to("lend him the map", ())
    ('call you after your exam', 'lend you the map')
    >>> told_to("introduce her to Ben", ("Ann",))
    'introduce her to Ben'
    """
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    if known:
        theirs = re.compile(rf"\b(?:{known})(['’]s\b)?(?!\w)")
        words = theirs.sub(lambda hit: "your" if hit[1] else "you", words)
    if _NAME_EN.search(words):
        return words
    return _HIS.sub(lambda hit: "your" if hit["her"] or hit[0] == "his" else "you", words)


def quoted_lines(text: str, language: str) -> str:
    """Return the lines of `text` that are in `language`, each in quotation marks, as one text.

    >>> quoted_lines("「朝の店」", "ja"), quoted_lines("the rain, the end", "en")
    ('「朝の店」', '“the rain, the end”')
    """
    opening, closing, gap = {"ja": ("「", "」", ""), "en": ("“", "”", ", ")}[language]
    lines = [line.strip().strip("「」“”").strip().rstrip("。") for line in text.splitlines()]
    return gap.join(f"{opening}{line}{closing}" for line in lines if is_in_language(line, language))


def quoted_words(note: str, language: str) -> str:
    """Return the last words that a note quotes as said by the contact; '' where it quotes none.

    >>> quoted_words("「まず三枚だけ見せる」と言っていた。また会いたい", "ja")
    'まず三枚だけ見せる'
    >>> quoted_words("Tired. She said “show three pages first”.", "en")
    'show three pages first'
    >>> quoted_words("She was tired. I said “see you”.", "en")
    ''
    """
    pattern = _SAID_JA if language == "ja" else _SAID_EN
    found = ""
    for hit in pattern.finditer(note):
        if language == "ja" and _MINE_JA.search(note[: hit.start()]):
            continue
        found = next(filter(None, hit.groups()), "").strip().rstrip(".,")
    return found if is_in_language(found, language) else ""
