"""Keys by which two entries are the same person; they are only compared, never stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from enishi.exchange.csv_record import Detail
from enishi.i18n.address_folding import plain_email, plain_phone, plain_url
from enishi.i18n.folding import fold_key

LEAST_SHORT_FORM = 3
"""Minimum letters of a given name that is a short form of a longer one, as Dan of Daniel."""
ADDRESS_SIGN = re.compile(r"[@/\d]|www\.", re.IGNORECASE)
"""What every address has; most names have none of it, and are seen through at once."""
_ADDRESS = re.compile(
    r"(?P<email>[^\s@]+@[^\s@]+\.[^\s@]+)"
    r"|(?P<url>(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S*)"
    r"|(?P<phone>[+(]?\d[\d\s().+-]{6,})",
    re.IGNORECASE,
)


class MatchIdentity(NamedTuple):
    """The keys that identify a person, each empty if the entry does not contain it.

    Attributes:
        urls: the profiles; a page that may be a company's is combined with the full name.
        emails: the addresses, without shared mailboxes.
        phones: the numbers, each combined with the family name.
        employments: the organisation combined with each form of the full name.
        names: the full name as shown, and its parts in either order; none if it is an address.
        given: the given name.
    """

    urls: tuple[str, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    employments: tuple[str, ...]
    names: tuple[str, ...]
    given: str


def match_identity(values: Mapping[str, Any], details: Sequence[Detail] = ()) -> MatchIdentity:
    """Return the keys that identify the person with these fields and details."""
    family, given = fold_key(values.get("family", "")), fold_key(values.get("given", ""))
    shown = str(values.get("name", ""))
    both = (family + given, given + family) if family and given else ()
    whole = "" if address_kind(shown) else fold_key(shown)
    names = tuple(dict.fromkeys([name for name in (whole, *both) if name]))
    organisation = fold_key(values.get("organisation", ""))
    first = names[0] if names else ""
    urls = [plain_url(url, first) for url in _all_of("url", values, details)]
    emails = [plain_email(email) for email in _all_of("email", values, details)]
    phones = map(plain_phone, _all_of("phone", values, details)) if family else ()
    return MatchIdentity(
        urls=tuple(filter(None, urls)),
        emails=tuple(filter(None, emails)),
        phones=tuple([f"{phone} {family}" for phone in phones if phone]),
        employments=tuple([f"{organisation} {name}" for name in names]) if organisation else (),
        names=names,
        given=given,
    )


def _all_of(kind: str, values: Mapping[str, Any], details: Sequence[Detail]) -> list[str]:
    """Return the addresses of one kind: that of the contact's own column, then those beside it."""
    own = values.get(kind, "")
    found = [own] if own else []
    return found + [detail.value for detail in details if detail.kind == kind] if details else found


def address_kind(text: str) -> str:
    """Return "email", "url" or "phone" if `text` is an address of that kind, else "".

    Programs put an address where a name is missing; it is no name.

    >>> [address_kind(text) for text in ("hanako@example.com", "+81 90-0000-0000", "架空 花子")]
    ['email', 'phone', '']
    """
    if not ADDRESS_SIGN.search(text):
        return ""
    found = _ADDRESS.fullmatch(text.strip())
    return found.lastgroup or "" if found else ""


def names_contradict(one: MatchIdentity, other: MatchIdentity) -> bool:
    """Return whether two people have names that are not two forms of one.

    A family shares an address, but not the given names. A short form, a missing part, and another
    order are the same name; a name in another script cannot be compared, so it contradicts.
    """
    if not one.names or not other.names or not set(one.names).isdisjoint(other.names):
        return False
    if one.given and other.given:
        return not _is_short_form(one.given, other.given)
    return not any(a in b or b in a for a in one.names for b in other.names)


def _is_short_form(one: str, other: str) -> bool:
    """Return whether two given names are equal, or Latin ones of which one begins the other."""
    short, long = sorted((one, other), key=len)
    is_latin = short.isascii() and len(short) >= LEAST_SHORT_FORM
    return short == long or (is_latin and long.startswith(short))
