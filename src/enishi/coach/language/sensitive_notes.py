"""Whether a note about a person touches on health, creed or family trouble.

The patterns are in `data/language/sensitive_notes.yaml`; a note is judged sentence by sentence, and
where it is not plain, nothing is found.
"""

from __future__ import annotations

from typing import Literal, cast

from enishi.coach.language.phrase_rules import plain_text, read_phrase_rules

SensitiveKind = Literal["health", "creed", "family"]
"""What a note may touch: health, creed or politics, trouble in the family or with money."""


def sensitive_kinds(note: str) -> tuple[SensitiveKind, ...]:
    """Return what a note touches, each kind once, in the order of the rules.

    >>> sensitive_kinds("心療内科に通っている"), sensitive_kinds("病院の受付で働いている")
    (('health',), ())
    """
    if not note.strip():
        return ()
    plain = plain_text(note).lower()
    rules = read_phrase_rules("sensitive_notes")
    found = (rule.section for rule in rules if rule.lower_pattern.search(plain))
    return tuple(dict.fromkeys(cast("SensitiveKind", section) for section in found))
