"""Folding of texts for comparison; a folded text is never stored."""

from __future__ import annotations

import re
import unicodedata

VARIANTS = str.maketrans(
    "髙﨑𠮷濵濱邉邊齋齊澤廣國德惠眞櫻嶋嶌桒冨斉〜−‐‑–—"
    "栁渕曾藪檜條關藏瀨巖圓榮樂壽澁鐵學會佛龜萬靜總繩緖莊淸",
    "高崎吉浜浜辺辺斎斎沢広国徳恵真桜島島桑富斎~-----"
    "柳淵曽薮桧条関蔵瀬巌円栄楽寿渋鉄学会仏亀万静総縄緒荘清",
)
"""Variant characters of the same name, which depend on the writer."""
VARIANT = re.compile(f"[{''.join(map(chr, VARIANTS))}]")
_GAPS = re.compile(
    "[\\s・･·,，、.．\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
"""What is no part of a text: spaces, marks between names, invisible signs, and the selectors of a
glyph, which phones and registers of residents put behind a kanji."""
_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}
COMPANY_FORMS = {"株式会社": "(株)", "有限会社": "(有)", "合同会社": "(同)"}
"""Long forms of a company's legal form and their short ones; its position in the name is kept."""


def fold_key(text: str) -> str:
    """Return `text` folded for comparison: one width, one case, no gaps, no character variants.

    >>> fold_key("髙橋 ﾊﾅｺ") == fold_key("高橋ハナコ")
    True
    >>> fold_key("㈱見本") == fold_key("株式会社 見本")
    True
    """
    if text.isascii():
        return text.lower() if text.isalnum() else _GAPS.sub("", text.lower())
    one = _GAPS.sub("", unicodedata.normalize("NFKC", text).casefold())
    if one.isascii():
        return one
    if "会社" in one:
        for long, short in COMPANY_FORMS.items():
            one = one.replace(long, short)
    return one.translate(VARIANTS) if VARIANT.search(one) else one  # the search is much faster


def fold_spelling(text: str) -> str:
    """Return `text` in one width and one case, without white space; its other signs count.

    >>> fold_spelling("A.Mihon@example.com") == fold_spelling("ａ.mihon@example.com")
    True
    >>> fold_spelling("a.mihon@example.com") == fold_spelling("amihon@example.com")
    False
    """
    one = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(one.casefold().split())


def search_form(text: str) -> str:
    """Return the search form of `text`: `fold_key` with kana as hiragana.

    >>> search_form("髙橋 ﾊﾅｺ") == search_form("高橋はなこ")
    True
    """
    return fold_key(text).translate(_HIRAGANA)
