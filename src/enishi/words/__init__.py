"""The workbook's words: languages, sentences, the copy in `data/`, dates, names and readings."""

from enishi.words.copy import copy, read_advice, read_copy
from enishi.words.language import LANGUAGES, guess_language
from enishi.words.sentences import say, say_error

__all__ = [
    "LANGUAGES",
    "copy",
    "guess_language",
    "read_advice",
    "read_copy",
    "say",
    "say_error",
]
