"""The title of a promise: its act, without who said it and words true on that day only."""

from __future__ import annotations

from enishi.coach.language.date_phrases import without_relative_dates
from enishi.coach.language.phrase_rules import plain_text
from enishi.coach.language.promise_grammar_en import english_act
from enishi.coach.language.promise_grammar_ja import japanese_act
from enishi.coach.language.text_parts import has_japanese


def promise_title(words: str) -> str:
    """Return the act of a promise as a title; `words` where there is nothing to leave out.

    >>> promise_title("明日、写真を送ると言った"), promise_title("she'll send the file tomorrow")
    ('写真を送る', 'send the file')
    """
    plain = plain_text(without_relative_dates(words)).strip()
    act = japanese_act(plain) if has_japanese(plain) else english_act(plain)
    return without_relative_dates(act).strip("。.!、, ") or words
