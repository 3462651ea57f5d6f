"""An invitation in a step's words: to what, and on which days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from enishi.coach.language.date_phrases import written_dates

FORMS = ("meal", "coffee", "call")
"""What one can be invited to; their texts are in `data/words/drafts.yaml`."""
_FORM_WORDS = {
    "meal": r"食事|ごはん|ご飯|ランチ|ディナー|夕食|昼食|\b(?:meal|lunch|dinner|supper)\b",
    "coffee": r"お茶|コーヒー|珈琲|\b(?:coffee|tea)\b",
    "call": r"電話|通話|\b(?:call|phone)\b",
}
_INVITES = re.compile(r"誘|\binvite\b", re.IGNORECASE)


@dataclass(frozen=True)
class Invitation:
    """An invitation.

    Attributes:
        form: one of `FORMS`.
        days: the days to choose from that are not over.
    """

    form: str
    days: tuple[date, ...]


def read_invitation(words: str, today: date) -> Invitation | None:
    """Return the invitation that a step's words hold; None where a form or every day is missing.

    >>> read_invitation("お茶に誘う：12月8日か12月10日", date(2026, 11, 20))
    Invitation(form='coffee', days=(datetime.date(2026, 12, 8), datetime.date(2026, 12, 10)))
    >>> read_invitation("お茶に誘う", date(2026, 11, 20))
    """
    if not _INVITES.search(words):
        return None
    form = next((form for form in FORMS if re.search(_FORM_WORDS[form], words, re.I)), "")
    near = today + timedelta(weeks=26)  # a day that is over is read as one of next year
    days = [day for day in written_dates(words, today) if day <= near]
    return Invitation(form, tuple(days)) if form and days else None
