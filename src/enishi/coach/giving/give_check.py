"""Before a give: three questions to oneself. After it: what truly gladdened."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from enishi.coach.relations.history import FrameRow
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

QUESTIONS = ("wanted", "easy", "no_strings")
"""Do they want it? Can I do it without strain? Am I glad even if nothing ever comes back?"""


def check_give(give: FrameRow, settings: Settings | None = None) -> tuple[Reason, ...]:
    """Return what to think over before a give: one reason for each question answered with no.

    Args:
        give: a row of the give frame; an unanswered question raises nothing.
        settings: rules switched off.
    """
    rule = settings or Settings()
    return tuple(reason for reason in doubts(give) if rule.hears(reason.rule))


def doubts(give: FrameRow) -> Iterator[Reason]:
    """Yield a reason for each question answered with no."""
    if give["wanted"] == "no":
        yield reason_for("give_wanted")
    if give["easy"] == "no":
        yield reason_for("give_easy")
    if give["no_strings"] == "no":
        yield reason_for("give_strings")


def gladdened(give: pd.DataFrame) -> pd.DataFrame:
    """Return the gives of mine that did something for somebody, as the person noted it (A57).

    Returns:
        Rows of the give frame with a noted effect, the latest first.
    """
    noted = give[
        (give["direction"] == "out")
        & (give["state"] == "done")
        & (give["effect"].str.strip() != "")
    ]
    return noted.sort_values("on", ascending=False, kind="stable")
