"""Keys by which two entries are the same person; they are only compared, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from enishi.i18n.address_folding import plain_email, plain_phone, plain_url
from enishi.i18n.folding import fold_key


class MatchIdentity(NamedTuple):
    """The keys that identify a person, each "" if the entry does not contain it.

    Attributes:
        url: the profile; a page that may be a company's is combined with the full name.
        email: the address, "" for a shared mailbox.
        phone: the number combined with the family name.
        employments: the organisation combined with each form of the full name.
        names: the full name as shown, and its parts in either order.
        given: the given name.
    """

    url: str
    email: str
    phone: str
    employments: tuple[str, ...]
    names: tuple[str, ...]
    given: str


def match_identity(values: Mapping[str, Any]) -> MatchIdentity:
    """Return the keys that identify the person with these fields."""
    family, given = fold_key(values.get("family", "")), fold_key(values.get("given", ""))
    both = (family + given, given + family) if family and given else ()
    names = tuple(dict.fromkeys(name for name in (fold_key(values.get("name", "")), *both) if name))
    organisation = fold_key(values.get("organisation", ""))
    phone = plain_phone(values.get("phone", ""))
    return MatchIdentity(
        url=plain_url(values.get("url", ""), names[0] if names else ""),
        email=plain_email(values.get("email", "")),
        phone=f"{phone} {family}" if phone and family else "",
        employments=tuple(f"{organisation} {name}" for name in names) if organisation else (),
        names=names,
        given=given,
    )
