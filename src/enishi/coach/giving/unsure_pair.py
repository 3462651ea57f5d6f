"""Two phrases of which it is unsure whether they belong together, so that the user is asked."""

from __future__ import annotations

from enishi.coach.language.words import compare_words, read_answers
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import Frames, isin
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.strengths import strengths


def find_unsure_pair(
    frames: Frames, contact_id: str, settings: Settings | None = None
) -> tuple[str, str] | None:
    """Return the first phrases that may belong together: an offer or strength, and a contact's.

    Nothing is suggested on the strength of such a pair until the user says that they do; an answer
    given once is not asked for again.

    Args:
        frames: needs fact, offer, word_pair and what `strengths` needs.
        contact_id: the contact.
        settings: what `strengths` needs of them.

    Returns:
        The user's own words and what is written of the contact; None where there is no such pair.
    """
    fact = facts_about(frames, contact_id)
    theirs = fact["words"][~isin(fact["source"], "guess")].tolist()
    if not theirs:
        return None
    answers = read_answers(frames)
    known = strengths(frames, settings or Settings())
    for one in (*frames["offer"]["what"], *known["name"][known["quadrant"] != "leave"]):
        for other in theirs:
            found = compare_words(one, other, answers) if one.strip() else None
            if found is not None and not found.is_sure:
                return one, other
    return None
