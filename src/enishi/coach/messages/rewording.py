"""A gentler line in the place of what the linter noticed."""

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
"""Where each rule's gentler line goes; a text that is too long is the person's own to shorten."""

END = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
SENTENCE = re.compile(r"[。．！？!?.]")
_ADDRESS = re.compile(
    r"[^\n、。]{1,60}(?:さん|様|さま|先生|くん|ちゃん)、?|(?:Hi|Hello|Dear)\b[^\n.!?]{0,60}"
)


def reword(text: str, finding: TextIssue, line: str) -> str:
    """Return `text` with a gentler line where `finding` speaks; nothing else is touched.

    Args:
        text: the draft the finding was made in.
        finding: one of `lint`.
        line: the gentler line, in the language of the draft.
    """
    place = PLACES.get(finding.rule, "")
    if place == "opening":
        return opened(text, line)
    if place == "close":
        return closed(text, line)
    if not place:
        return text
    first, last = sentence_at(text, origin(text, finding.start))
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


def origin(text: str, start: int) -> int:
    """Return where in `text` the place `start` of its normalised form lies."""
    return bisect_left(range(len(text)), start, key=lambda at: len(normalize("NFKC", text[:at])))


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around `at` begins and ends, its full stop and line end with it."""
    ends = [hit.end() for hit in END.finditer(text)]
    first = max((end for end in ends if end <= at), default=0)
    last = min((end for end in ends if end > at), default=len(text))
    if text[last - 1 : last] != "\n" and text[last : last + 1] == "\n":
        last += 1
    while first < at and text[first] in " \u3000":
        first += 1
    return first, last


def opened(text: str, line: str) -> str:
    """Return `text` with `line` after the address it begins with."""
    lines = text.split("\n")
    for at, first in enumerate(lines[:4]):
        if _ADDRESS.fullmatch(first.strip()):
            rest = "\n".join(lines[at + 1 :]).lstrip("\n")
            return "\n".join([*lines[: at + 1], "", line]) + ("\n" + rest if rest else "")
    return f"{line}\n{text}" if text.strip() else line


def closed(text: str, line: str) -> str:
    """Return `text` with `line` at its end, before the name it is signed with."""
    body, gap, signed = text.rstrip("\n").rpartition("\n\n")
    if gap and not SENTENCE.search(signed):
        return f"{body}\n{line}{gap}{signed}"
    return f"{text.rstrip()}\n{line}"
