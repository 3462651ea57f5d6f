"""Languages, texts in `data/`, translations, dates, and names with their readings."""

from enishi.i18n.language import LANGUAGES, console_language, guess_language
from enishi.i18n.texts import format_list, format_text, read_advice, read_texts, texts
from enishi.i18n.translations import error_text, translate

__all__ = [
    "LANGUAGES",
    "console_language",
    "error_text",
    "format_list",
    "format_text",
    "guess_language",
    "read_advice",
    "read_texts",
    "texts",
    "translate",
]
