"""Before a give: three questions for the user. After it: which gives had an effect."""

from __future__ import annotations

from collections.abc import Iterator

from enishi.coach.relations.history import FrameRow
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

QUESTIONS = ("wanted", "easy", "no_strings")
"""The questions: do they want it, is it easy for the user, is the user glad without a return."""


def check_give(give: FrameRow, settings: Settings | None = None) -> tuple[Reason, ...]:
    """Return the doubts about a give: one reason for each question answered with no.

    Args:
        give: a row of the give frame; an unanswered question gives no reason.
        settings: the disabled rules.
    """
    settings = settings or Settings()
    return tuple(reason for reason in doubts(give) if settings.is_enabled(reason.rule))


def doubts(give: FrameRow) -> Iterator[Reason]:
    """Yield a reason for each question of a give that is answered with no."""
    if give["wanted"] == "no":
        yield reason_for("give_wanted")
    if give["easy"] == "no":
        yield reason_for("give_easy")
    if give["no_strings"] == "no":
        yield reason_for("give_strings")
