"""A gentler wording of one place in a draft, where one fits."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from unicodedata import normalize

from enishi.coach.rules.reason import TextIssue

PLACES = {
    "lint_joint_venture": "instead",
    "lint_business_early": "instead",
    "lint_mentor": "instead",
    "lint_widen": "instead",
    "lint_empty_thanks": "after",
    "lint_meet_without_why": "instead",
    "lint_pressing": "word",
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


@dataclass(frozen=True)
class Rewording:
    """A gentler wording of one place in a draft.

    Attributes:
        before: the sentence as it is now; '' where something is put in.
        after: what stands there then; '' where the sentence is left out.
        text: the whole draft with it.
    """

    before: str
    after: str
    text: str


def reword(text: str, finding: TextIssue, line: str) -> Rewording | None:
    """Return the rewording of `finding`; None where no gentler line fits.

    Only the part that is noticed is replaced. A sentence that says more than that stays as it is,
    unless the rest of it is a sentence of its own.

    Args:
        text: the draft that has the issue.
        finding: an issue from `find_issues`; one without a place in `PLACES` has no rewording.
        line: the gentler line, in the language of the draft.
    """
    place = PLACES.get(finding.rule, "")
    if place == "opening":
        return Rewording("", line, add_opening(text, line))
    if place == "close":
        return Rewording("", line, add_closing(text, line))
    if not place:
        return None
    at = source_index(text, finding.start)
    first, last = sentence_at(text, at)
    said = text[first:last].rstrip("\n")
    tail = text[first + len(said) : last]
    gap = "" if line.endswith("。") else " "
    space = gap if text[last:].strip() and not text[last].isspace() else ""
    if place == "without":
        return Rewording(said.strip(), "", (text[:first] + text[last:]).rstrip(" "))
    if place == "word":
        instead = replace_adverb(said, line)
    elif place == "instead":
        length = source_index(text, finding.start + len(finding.quote)) - at
        instead = replace_clause(said, at - first, at - first + length, line)
    else:
        own = said.strip()
        instead = f"{line}{gap}{own}" if place == "before" else f"{own}{gap}{line}"
    if not instead:
        return None
    return Rewording(
        said.strip(),
        instead.strip(),
        text[:first] + instead + (tail or space) + text[last:],
    )


_ADVERB = re.compile(
    r"至急|なるはやで?|できるだけ早く|早急に|本日中に|必ず|\bASAP\b|\bas soon as possible\b"
    r"|\burgently\b|(?<=reply )(?:today|immediately)\b",
    re.IGNORECASE,
)


def replace_adverb(sentence: str, line: str) -> str:
    """Return `sentence` with `line` in place of a pressing adverb; '' where it has none."""
    return _ADVERB.sub(lambda _: line, sentence) if _ADVERB.search(sentence) else ""


_PART = re.compile(r"[、,，;；]\s*|\s+[–—-]\s+|\s+(?=(?:and|but|so|because|which|who|as|since)\b)")
_LEAD_IN = re.compile(
    r"(?:もし)?(?:よろしければ|よければ|よかったら|できれば|できましたら|可能でしたら|差し支えなければ)"
    r"|(?:ご多忙|お忙しい)のところ(?:恐れ入りますが|すみませんが)?|突然ですが|恐れ入りますが|ぜひ|実は"
    r"|(?:if you (?:like|don[’']t mind)|perhaps|maybe|please|by the way|also|and|honestly)",
    re.IGNORECASE,
)
_WHOLE_JA = re.compile(r"(.{4,}(?:です|ます|でした|ました|ません))(?:が|ので|し|けれども?|から)?")


def replace_clause(sentence: str, start: int, end: int, line: str) -> str:
    """Return `sentence` with `line` in place of the clause from `start` to `end`.

    Returns:
        '' where the rest of the sentence could not stand without the clause.
    """
    bounds = [0, *(hit.end() for hit in _PART.finditer(sentence)), len(sentence)]
    first = max(bound for bound in bounds if bound <= start)
    last = min(bound for bound in bounds if bound >= end)
    if sentence[last:].strip() or _PART.search(sentence[start:end]):
        return ""
    before = _PART.split(sentence[:first])
    rest = [part for part in before if part.strip() and not _LEAD_IN.fullmatch(part.strip())]
    if not rest:
        return line
    if whole := _WHOLE_JA.fullmatch("、".join(rest)):
        return f"{whole[1]}。{line}"
    return ""


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
