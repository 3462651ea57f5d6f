"""The workbook's words: languages, sentences, the copy in `data/`, dates, names and readings."""

from enishi.i18n.language import LANGUAGES, guess_language
from enishi.i18n.texts import copy, read_advice, read_copy
from enishi.i18n.translations import say, say_error

__all__ = [
    "LANGUAGES",
    "copy",
    "guess_language",
    "read_advice",
    "read_copy",
    "say",
    "say_error",
]
