"""How a person is reached, from a vCard: e-mail, telephone, pages, post, messages."""

from __future__ import annotations

import re

from enishi.exchange.cells.phone_cells import URI_EXTENSION
from enishi.exchange.vcard.card_draft import CardDraft
from enishi.exchange.vcard.card_lines import CardLine
from enishi.exchange.vcard.card_properties import SERVICES
from enishi.exchange.vcard.card_text import unescape, without_marks
from enishi.i18n.names import is_east_asian

PLAIN_LABELS = frozenset(
    {"", "home", "work", "cell", "mobile", "other", "main", "home page", "profile", "iphone"}
)
"""Labels that the one address of a kind needs not to keep."""
ADDED_EXTENSION = re.compile(r"\bext\. .+")
SCHEMES = {"email": "mailto:", "phone": "tel:"}


def read_addresses(draft: CardDraft, column: str, name: str) -> None:
    """Put the main address of the properties `name` into its column; the others become details.

    One that is preferred goes first, then a mobile telephone, and a fax last. The main one's label
    is kept if it is one of the person's own.
    """
    found = [
        (line, f"{draft.label(line)} {beside}".strip(), value)
        for line in draft.named.get(name, ())
        for value, beside in (address_value(draft, line, column),)
        if value
    ]
    if not found:
        return
    main = min(found, key=lambda one: rank_of(one[0], column)) if len(found) > 1 else found[0]
    draft.values[column] = main[2]
    for one in found:
        line, label, value = one
        if one is main and (extension := ADDED_EXTENSION.search(label)):
            draft.add(line, "field", name, extension[0])
        is_plain = label in PLAIN_LABELS or all(word in PLAIN_LABELS for word in label.split())
        if one is not main or not is_plain:
            draft.add(line, column, label, value)


def address_value(draft: CardDraft, line: CardLine, column: str) -> tuple[str, str]:
    """Return an address without what surrounds it in its property, and an extension."""
    text = without_marks(unescape(line.value, draft.old))
    scheme = SCHEMES.get(column, "")
    text = text[len(scheme) :] if text.lower().startswith(scheme) else text
    if column == "phone" and (found := URI_EXTENSION.search(text)):
        return text[: found.start()], f"ext. {text[found.end() :]}"
    return text, ""


def rank_of(line: CardLine, column: str) -> tuple[bool, int, bool]:
    """Return how little an address suits as the main one."""
    types = [word.lower() for word in line.head.types]
    pref = line.head.params.get("PREF", "")
    preferred = int(pref) if pref.isdecimal() and len(pref) < 4 else 1 if "pref" in types else 100
    is_fax = column == "phone" and ("fax" in types or "pager" in types)
    return is_fax, preferred, column == "phone" and "cell" not in types


def read_post_address(draft: CardDraft, line: CardLine) -> None:
    """Read an address of the post, or a label for one that says more than the address does."""
    if line.head.name == "ADR":
        parts = draft.parts(line, joined=", ")
        written = draft.line_text(line) if len(parts) < 3 else format_address(parts)
        draft.add(line, "address", draft.label(line), written)
        labelled = line.head.params.get("LABEL", "").replace("\\n", "\n")
    else:
        labelled = draft.text(line)
    if not labelled:
        return
    known = "".join(one.detail.value for _, one in draft.details if one.detail.kind == "address")
    squeezed = "".join(known.split())
    if any(word not in squeezed for word in labelled.split()):
        draft.add(line, "address", draft.label(line), labelled.strip())


def format_address(parts: list[str]) -> str:
    r"""Return an address of the post as text, in the order of its country, with any further parts.

    >>> format_address(["", "", "見本町1-2-3", "千代田区", "東京都", "100-0000", "日本"])
    '100-0000 東京都千代田区見本町1-2-3\n日本'
    """
    box, extended, street, city, region, code, country = (parts + [""] * 7)[:7]
    if is_east_asian(city + region + street):
        first = f"{code} {region}{city}{street}".strip()
        lines = [first, extended, box, country]
    else:
        lines = [box, extended, street, city, region, code, country]
    return "\n".join(line for line in (*lines, *parts[7:]) if line)


def read_service(draft: CardDraft, line: CardLine) -> None:
    """Read a name at a service for messages, or a profile."""
    name, params = line.head.name, line.head.params
    text = draft.line_text(line)
    if name == "X-SOCIALPROFILE":
        kind = "url" if "://" in text else "field"
        draft.add(line, kind, draft.label(line) or "profile", without_marks(text))
        return
    service = SERVICES.get(name) or params.get("X-SERVICE-TYPE") or params.get("SERVICE-TYPE")
    scheme = text.partition(":")[0] if ":" in text else ""
    draft.add(line, "field", service or draft.label(line) or scheme or "IMPP", text)
