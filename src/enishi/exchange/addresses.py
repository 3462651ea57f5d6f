"""Postal addresses made of the parts that a file keeps in columns of their own."""

from __future__ import annotations

from collections.abc import Mapping

from enishi.i18n.names import is_east_asian

ADDRESS_ORDER = ("postal", "region", "city", "street", "street2", "street3", "box", "country")
"""The parts in the order in which a Japanese address is written."""
_WESTERN = ("box", "street", "street2", "street3", "city", "region", "postal", "country")


def compose_address(parts: Mapping[str, str]) -> str:
    """Return an address as it is written in its country; parts that the street repeats are left.

    >>> compose_address({"postal": "100-0000", "region": "見本県", "street": "見本町1-1"})
    '〒100-0000 見本県見本町1-1'
    >>> compose_address({"street": "1 Example Street", "city": "Sampletown", "postal": "00000"})
    '1 Example Street, Sampletown, 00000'
    """
    street = parts.get("street", "")
    kept = {name: parts[name] for name in ADDRESS_ORDER if parts.get(name)}
    for name in ("region", "city", "street2", "street3", "country"):
        if kept.get(name) and kept[name] in street:
            del kept[name]
    if not is_east_asian("".join(kept.values())):
        return ", ".join(kept[name] for name in _WESTERN if name in kept)
    if kept.get("postal", "").lstrip("〒"):
        kept["postal"] = f"〒{kept['postal'].lstrip('〒')} "
    if kept.get("box") or kept.get("country"):
        kept |= {name: f" {kept[name]}" for name in ("box", "country") if name in kept}
    return "".join(kept.values()).strip()
