"""The hint at a note that touches on health, creed or family trouble (B15)."""

from __future__ import annotations

from enishi.coach.language.sensitive_notes import sensitive_kinds
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


def note_caution(note: str, settings: Settings) -> Reason | None:
    """Return the hint at a note, with the `kinds` of what it touches; None where nothing is plain.

    Args:
        note: what the person wrote about somebody.
        settings: the person's settings; the rule can be switched off.
    """
    if not settings.is_enabled("guard_note"):
        return None
    kinds = sensitive_kinds(note)
    return reason_for("guard_note", kinds=list(kinds)) if kinds else None
