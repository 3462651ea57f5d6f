"""Postal addresses made of the parts that a file keeps in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enishi.i18n.names import is_east_asian

ADDRESS_ORDER = ("postal", "region", "city", "street", "street2", "street3", "box", "country")
"""The parts in the order in which a Japanese address is written."""
_WESTERN = ("box", "street", "street2", "street3", "city", "region", "postal", "country")
HANGUL = re.compile("[\uac00-\ud7a3]")
OWN_PLACE = re.compile(
    r"(?:〒|^\d{3}-?\d{4}\b|^(?:東京都|北海道|(?:大阪|京都)府|[^\d\s]{2,3}県)"
    r"|\b\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b)"
)
"""A postal code or a prefecture: what an address of its own has, and a second line has not."""


def join_address_lines(
    addresses: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """Return addresses by their label; those with a number only are lines of one if they can be.

    >>> join_address_lines({"": {"postal": "100-0000"}, "1": {"street": "見本市1-1"}})
    {'': {'postal': '100-0000', 'street': '見本市1-1'}}
    >>> join_address_lines({"1": {"street": "見本市1-1"}, "2": {"street": "見本県例市2-2"}})
    {'': {'street': '見本市1-1'}, '2': {'street': '見本県例市2-2'}}
    """
    found: dict[str, dict[str, str]] = {}
    for label, parts in sorted(addresses.items(), key=lambda one: one[0].isdecimal()):
        own = "".join(parts.values())
        first = found.get("", {})
        is_line = label in ("2", "3") and first and not parts.keys() - {f"street{label}", "street"}
        if label == "1" and parts.keys().isdisjoint(first):
            found.setdefault("", {}).update(parts)
        elif is_line and not OWN_PLACE.search(own):
            found[""][f"street{label}"] = own
        else:
            found[label] = dict(parts)
    others = [label for label in found if label]
    if len(others) == 1 and found.get("", {}).keys() == {"postal"}:
        found[others[0]] = {**found.pop(""), **found[others[0]]}
    return found


def compose_address(parts: Mapping[str, str]) -> str:
    """Return an address as it is written in its country; parts that the street repeats are left.

    >>> compose_address({"postal": "100-0000", "region": "見本県", "street": "見本町1-1"})
    '〒100-0000 見本県見本町1-1'
    >>> compose_address({"street": "1 Example Street", "city": "Sampletown", "postal": "00000"})
    '1 Example Street, Sampletown, 00000'
    >>> compose_address({"postal": "03172", "city": "서울", "street": "세종대로 1"})
    '03172 서울 세종대로 1'
    """
    street = parts.get("street", "")
    kept = {name: parts[name] for name in ADDRESS_ORDER if parts.get(name)}
    for name in ("region", "city", "street2", "street3", "country"):
        if kept.get(name) and kept[name] in street:
            del kept[name]
    written = "".join(kept.values())
    if HANGUL.search(written):
        return " ".join(kept.values())
    if not is_east_asian(written):
        return ", ".join(kept[name] for name in _WESTERN if name in kept)
    if kept.get("postal", "").lstrip("〒"):
        kept["postal"] = f"〒{kept['postal'].lstrip('〒')} "
    if kept.get("box") or kept.get("country"):
        kept |= {name: f" {kept[name]}" for name in ("box", "country") if name in kept}
    return "".join(kept.values()).strip()
