"""Replacement of an issue in a draft by a gentler line."""

from __future__ import annotations

import re
from bisect import bisect_left
from unicodedata import normalize

from enishi.coach.rules.reason import TextIssue

PLACES = {
    "lint_joint_venture": "instead",
    "lint_business_early": "instead",
    "lint_mentor": "instead",
    "lint_widen": "instead",
    "lint_empty_thanks": "instead",
    "lint_meet_without_why": "instead",
    "lint_pressing": "instead",
    "lint_only_requests": "before",
    "lint_no_way_out": "after",
    "lint_many_requests": "without",
    "lint_unnamed": "opening",
    "lint_only_me": "close",
}
"""Where the gentler line of each rule goes; only the user can shorten a text that is too long."""

END = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
SENTENCE = re.compile(r"[。．！？!?.]")
_ADDRESS = re.compile(
    r"[^\n、。]{1,60}(?:さん|様|さま|先生|くん|ちゃん)、?|(?:Hi|Hello|Dear)\b[^\n.!?]{0,60}"
)


def reword(text: str, finding: TextIssue, line: str) -> str:
    """Return `text` with a gentler line at the place of `finding`; the rest stays unchanged.

    Args:
        text: the draft that has the issue.
        finding: an issue from `find_issues`; one without a place in `PLACES` changes nothing.
        line: the gentler line, in the language of the draft.
    """
    place = PLACES.get(finding.rule, "")
    if place == "opening":
        return add_opening(text, line)
    if place == "close":
        return add_closing(text, line)
    if not place:
        return text
    first, last = sentence_at(text, source_index(text, finding.start))
    said = text[first:last]
    tail = "\n" if said.endswith("\n") else ""
    gap = "" if line.endswith("。") else " "
    if place == "instead":
        return text[:first] + line + (tail or gap * (last < len(text))) + text[last:]
    if place == "before":
        return text[:first] + line + gap + text[first:]
    if place == "after":
        return text[:last].rstrip("\n") + gap + line + tail + text[last:]
    return (text[:first] + text[last:]).rstrip(" ")


def source_index(text: str, start: int) -> int:
    """Return the position in `text` that matches the position `start` in its NFKC form."""
    return bisect_left(range(len(text)), start, key=lambda at: len(normalize("NFKC", text[:at])))


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Return start and end of the sentence around `at`, its full stop and line end included."""
    ends = [hit.end() for hit in END.finditer(text)]
    first = max((end for end in ends if end <= at), default=0)
    last = min((end for end in ends if end > at), default=len(text))
    if text[last - 1 : last] != "\n" and text[last : last + 1] == "\n":
        last += 1
    while first < at and text[first] in " \u3000":
        first += 1
    return first, last


def add_opening(text: str, line: str) -> str:
    """Return `text` with `line` after its form of address, or at the start where it has none."""
    lines = text.split("\n")
    for at, first in enumerate(lines[:4]):
        if _ADDRESS.fullmatch(first.strip()):
            rest = "\n".join(lines[at + 1 :]).lstrip("\n")
            return "\n".join([*lines[: at + 1], "", line]) + ("\n" + rest if rest else "")
    return f"{line}\n{text}" if text.strip() else line


def add_closing(text: str, line: str) -> str:
    """Return `text` with `line` at its end, before the signature."""
    body, gap, signed = text.rstrip("\n").rpartition("\n\n")
    if gap and not SENTENCE.search(signed):
        return f"{body}\n{line}{gap}{signed}"
    return f"{text.rstrip()}\n{line}"
