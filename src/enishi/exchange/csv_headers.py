"""The headings that identify a contacts file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LINKEDIN = frozenset(
    {"first name", "last name", "url", "email address", "company", "position", "connected on"}
)
GOOGLE = frozenset(
    {
        "first name",
        "middle name",
        "last name",
        "phonetic first name",
        "phonetic middle name",
        "phonetic last name",
        "name prefix",
        "name suffix",
        "nickname",
        "file as",
        "organization name",
        "organization title",
        "organization department",
        "birthday",
        "notes",
        "photo",
        "labels",
        "e-mail 1 - value",
        "phone 1 - value",
    }
)
"""Google's headings since 2024; an export contains only the columns in use."""
GOOGLE_OWN = frozenset({"labels", "file as", "organization name", "e-mail 1 - value"})
"""Headings among them that distinguish Google's file from Outlook's, which shares the others."""
GOOGLE_OLD = frozenset(
    {
        "name",
        "given name",
        "additional name",
        "family name",
        "yomi name",
        "given name yomi",
        "family name yomi",
        "name prefix",
        "name suffix",
        "nickname",
        "birthday",
        "notes",
        "photo",
        "group membership",
        "e-mail 1 - value",
        "phone 1 - value",
        "organization 1 - name",
        "organization 1 - title",
    }
)
KNOWN = LINKEDIN | GOOGLE | GOOGLE_OLD
ENOUGH = 3
"""Number of known headings that make a line the header line."""
PREAMBLE_LINES = 20
"""Number of lines from the top in which the header line is searched for."""


def plain_header(cell: str) -> str:
    """Return a heading normalised for comparison: one width, one case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", cell).casefold().split())


def source_of_headers(cells: Iterable[str]) -> str:
    """Return the kind of file that a line of headings indicates.

    "linkedin", "google-new", "google-old", or "" if it is none of these. First and last name alone
    are not enough, because Outlook's files have them as well.
    """
    seen = {plain_header(cell) for cell in cells}
    if {"first name", "last name"} <= seen:
        if seen & GOOGLE_OWN and len(seen & GOOGLE) >= ENOUGH:
            return "google-new"
        if "connected on" in seen or {"company", "position"} <= seen:
            return "linkedin"
    if {"given name", "family name"} <= seen and len(seen & GOOGLE_OLD) >= ENOUGH:
        return "google-old"
    return ""
