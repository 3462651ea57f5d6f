"""Detection of vague phrases in a wish."""

from __future__ import annotations

import re
from unicodedata import normalize

from enishi.coach.rules.reason import TextIssue, issue

VAGUE = {
    "vague_ties": (
        r"人脈|コネ(?!クト)|つながりを?(?:広げ|増や|作|つく)|知り合いを?増や|ご縁を?広げ"
        r"|(?:some|more|good|useful) (?:connections|contacts)|(?:widen|expand|grow|build) "
        r"(?:my|a) (?:network|circle)|know more people"
    ),
    "vague_someone": (
        r"すごい人|すごく活躍|成功者|一流の|有名(?:人|に)|いろ(?:いろ|んな)(?:な)?人|何者か"
        r"|successful (?:people|person)|influential|important people|all kinds of people|famous"
    ),
    "vague_more": (
        r"もっと|成長し|スキルアップ|レベルアップ|活躍し|稼げ|充実し|頑張|がんば"
        r"|\bmore and more\b|\bgrow as\b|\bimprove myself\b"
        r"|\bbe better\b|\bget better\b|\bsucceed\b"
    ),
    "vague_feeling": (
        r"なんとなく|いい感じ|できたらいい|できればいい|したいなあ?|何か(?:し|新)|そのうち|いつか"
        r"|\bsomehow\b|\bsomeday\b|\bsome day\b|\bmaybe\b|\bone day\b"
        r"|\bsomething (?:new|nice|good)\b"
    ),
}
"""The pattern each rule matches; these phrases are listed only here."""
_PATTERNS = {rule: re.compile(pattern, re.IGNORECASE) for rule, pattern in VAGUE.items()}


def find_vague(wish: str) -> tuple[TextIssue, ...]:
    """Return the vague phrases in `wish` in the order of the text, at most one per rule.

    >>> [finding.quote for finding in find_vague("フリーランスになって、人脈ができたらいいな")]
    ['人脈', 'できたらいい']
    """
    text = normalize("NFKC", wish)
    hits = [
        issue(rule, hit.group(), hit.start())
        for rule, pattern in _PATTERNS.items()
        if (hit := pattern.search(text))
    ]
    return tuple(sorted(hits, key=lambda finding: finding.start))
