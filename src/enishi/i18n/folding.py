"""Texts made alike so that they can be compared; what is folded is only compared, never kept."""

from __future__ import annotations

import re
import unicodedata

VARIANTS = str.maketrans(
    "髙﨑𠮷濵濱邉邊齋齊澤廣國德惠眞櫻嶋嶌桒冨斉〜−‐‑–—",
    "高崎吉浜浜辺辺斎斎沢広国徳恵真桜島島桑富斎~-----",
)
"""Characters that one and the same name is written with, depending on who types it."""
VARIANT = re.compile(f"[{''.join(map(chr, VARIANTS))}]")
_GAPS = re.compile("[\\s・･·,，、.．\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
COMPANY_FORMS = {"株式会社": "(株)", "有限会社": "(有)", "合同会社": "(同)"}
"""The long form of a company's kind is the short one; whether it stands in front stays."""


def fold_key(text: str) -> str:
    """Return `text` as it is compared: one width, one case, no gaps, one form of each variant.

    >>> fold_key("髙橋 ﾊﾅｺ") == fold_key("高橋ハナコ")
    True
    >>> fold_key("㈱見本") == fold_key("株式会社 見本")
    True
    """
    one = _GAPS.sub("", unicodedata.normalize("NFKC", text).casefold())
    if one.isascii():
        return one
    for long, short in COMPANY_FORMS.items():
        one = one.replace(long, short)
    return one.translate(VARIANTS) if VARIANT.search(one) else one  # to search is much faster
