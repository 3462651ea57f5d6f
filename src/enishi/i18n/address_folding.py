"""E-mail addresses, telephone numbers and pages in one form; they are compared, never stored."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from enishi.i18n.folding import fold_spelling

SHARED_BOX = re.compile(
    "(?:info|contacts?|support|sales|office|admin|hello|mail|webmaster|postmaster|no-?reply"
    "|do-?not-?reply|help|[ei]nquiry|service|team|staff|recruit|press|toiawase|soumu|jinji|eigyo"
    r"|jimukyoku)(?:[-_.+\d].*)?"
)
"""Mailboxes that several people read; they do not identify a person."""
PROFILE = re.compile(r"(?:[a-z]+\.)?linkedin\.com/in/([^/]+)")
URL_PARTS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:www\.)?([^?#]*)")
NOT_DIGITS = re.compile(r"[^0-9]+")
LEAST_DIGITS = 8
"""Minimum digits of a telephone number; shorter ones are extensions that a whole house shares."""


def plain_url(url: str, name: str) -> str:
    """Return the key of a person's page, "" if there is none.

    A LinkedIn profile belongs to one person, whichever country's form of the address is used. Any
    other page may be shared by a whole company, so it is combined with the folded `name`.

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
    """Return the address normalised for comparison, "" for a shared mailbox.

    >>> plain_email("Hanako@Example.com"), plain_email("info-jp@example.com")
    ('hanako@example.com', '')
    """
    one = fold_spelling(email)
    box, at, host = one.partition("@")
    if not box or not at or not host:
        return ""
    return "" if SHARED_BOX.fullmatch(box) else one


def plain_phone(phone: str) -> str:
    """Return the digits of a telephone number as dialled within Japan, "" if there are too few.

    >>> plain_phone("+81 (0)90-0000-0000"), plain_phone("０９０ー００００ー００００")
    ('09000000000', '09000000000')
    """
    if not phone:
        return ""
    one = phone if phone.isascii() else unicodedata.normalize("NFKC", phone)
    one = one.partition(";")[0].strip()
    digits = NOT_DIGITS.sub("", one)
    if one.startswith(("+81", "0081")):
        digits = "0" + digits.removeprefix("00").removeprefix("81").removeprefix("0")
    return digits if len(digits) >= LEAST_DIGITS else ""
