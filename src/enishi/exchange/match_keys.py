"""By what two entries are the same person; what is folded here is only compared, never kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

VARIANTS = str.maketrans(
    "髙﨑𠮷濵濱邉邊齋齊澤廣國德惠眞櫻嶋嶌桒冨斉〜−‐‑–—",
    "高崎吉浜浜辺辺斎斎沢広国徳恵真桜島島桑富斎~-----",
)
"""Characters that one and the same name is written with, depending on who types it."""
VARIANT = re.compile(f"[{''.join(map(chr, VARIANTS))}]")
GAPS = re.compile("[\\s・･·,，、.．\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
COMPANY_FORMS = {"株式会社": "(株)", "有限会社": "(有)", "合同会社": "(同)"}
"""The long form of a company's kind is the short one; whether it stands in front stays."""
SHARED_BOX = re.compile(
    "(?:info|contacts?|support|sales|office|admin|hello|mail|webmaster|postmaster|no-?reply"
    "|do-?not-?reply|help|[ei]nquiry|service|team|staff|recruit|press|toiawase|soumu|jinji|eigyo"
    r"|jimukyoku)(?:[-_.+\d].*)?"
)
"""Mailboxes that several people read: they say nothing about who somebody is."""
PROFILE = re.compile(r"(?:[a-z]+\.)?linkedin\.com/in/([^/]+)")
URL_PARTS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:www\.)?([^?#]*)")
LEAST_DIGITS = 8
"""Shorter numbers are extensions; a whole house shares them."""


class Identity(NamedTuple):
    """What a person is recognised by, each part "" where the entry does not tell.

    Attributes:
        url: the profile; a page that may be a company's counts together with the full name.
        email: the address, "" for a shared mailbox.
        phone: the number together with the family name.
        employments: the organisation together with each form of the full name.
        names: the full name as shown, and its parts in either order.
        given: the given name.
    """

    url: str
    email: str
    phone: str
    employments: tuple[str, ...]
    names: tuple[str, ...]
    given: str


def identity(values: Mapping[str, Any]) -> Identity:
    """Return what the person with these fields is recognised by."""
    family, given = fold(values.get("family", "")), fold(values.get("given", ""))
    both = (family + given, given + family) if family and given else ()
    names = tuple(dict.fromkeys(name for name in (fold(values.get("name", "")), *both) if name))
    organisation = fold(values.get("organisation", ""))
    phone = plain_phone(values.get("phone", ""))
    return Identity(
        url=plain_url(values.get("url", ""), names[0] if names else ""),
        email=plain_email(values.get("email", "")),
        phone=f"{phone} {family}" if phone and family else "",
        employments=tuple(f"{organisation} {name}" for name in names) if organisation else (),
        names=names,
        given=given,
    )


def fold(text: str) -> str:
    """Return `text` as it is compared: one width, one case, no gaps, one form of each variant.

    >>> fold("髙橋 ﾊﾅｺ") == fold("高橋ハナコ"), fold("㈱見本") == fold("株式会社 見本")
    (True, True)
    """
    one = GAPS.sub("", unicodedata.normalize("NFKC", text).casefold())
    if one.isascii():
        return one
    for long, short in COMPANY_FORMS.items():
        one = one.replace(long, short)
    return one.translate(VARIANTS) if VARIANT.search(one) else one  # to search is much faster


def plain_url(url: str, name: str) -> str:
    """Return the page that is a person's, "" when there is none.

    A LinkedIn profile is one person's in whatever country's form it is written. Any other page
    may be shared by a whole company, so it counts together with the folded `name`.

    >>> plain_url("https://jp.linkedin.com/in/Kakuu-Example/?trk=x", "")
    'linkedin.com/in/kakuu-example'
    """
    if not url:
        return ""
    one = unquote(url.strip()).casefold()
    parts = URL_PARTS.match(one)
    place = parts[1].rstrip("/") if parts else ""
    if profile := PROFILE.match(place):
        return f"linkedin.com/in/{profile[1]}"
    return f"{place} {name}" if place and name else ""


def plain_email(email: str) -> str:
    """Return the address as it is compared, "" when several people read it.

    >>> plain_email("Hanako@Example.com"), plain_email("info-jp@example.com")
    ('hanako@example.com', '')
    """
    one = "".join(unicodedata.normalize("NFKC", email).casefold().split())
    box, at, host = one.partition("@")
    if not box or not at or not host:
        return ""
    return "" if SHARED_BOX.fullmatch(box) else one


def plain_phone(phone: str) -> str:
    """Return the digits of a telephone number as dialled within Japan, "" when too few.

    >>> plain_phone("+81 (0)90-0000-0000"), plain_phone("０９０ー００００ー００００")
    ('09000000000', '09000000000')
    """
    if not phone:
        return ""
    one = unicodedata.normalize("NFKC", phone).split(";")[0].strip()
    digits = "".join(letter for letter in one if "0" <= letter <= "9")
    if one.startswith("+81") or one.startswith("0081"):
        digits = "0" + digits.removeprefix("00").removeprefix("81").removeprefix("0")
    return digits if len(digits) >= LEAST_DIGITS else ""
