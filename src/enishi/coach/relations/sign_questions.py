"""Signs of solicitation read in what the person wrote: a question to them, never a label.

Nothing follows from a sign that was read: only the signs that the person ticks count (see
`enishi.coach.relations.solicitation`). "All is well" is an answer to the question about the row;
it holds as long as no further sentence with a sign is written there.
"""

from __future__ import annotations

from dataclasses import dataclass

from enishi.coach.language.solicitation_signs import FoundSign, find_signs
from enishi.coach.relations.answers import answer_about
from enishi.coach.relations.history import Frames, iter_rows
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

SIGNS_QUESTION = "signs"
"""The code of the question among `enishi.choices.ASKED_LATER`."""

READ_FOR_SIGNS = {
    "contact": ("contact", "", ("note",)),
    "fact": ("contact", "contact_id", ("words",)),
    "encounter": ("contact", "contact_id", ("note", "changed")),
    "place": ("place", "", ("name", "note")),
    "event": ("place", "place_id", ("name", "note")),
}
"""By table: the table whose signs are ticked, the column that names the row ('' for the same row),
and the columns that are read."""


@dataclass(frozen=True)
class SignQuestion:
    """The signs read in one row, to be asked about.

    Attributes:
        table: the table of the row.
        about: its id.
        checked: the id of the contact or place on which the person can tick signs.
        found: the signs, in the order of the text; at least one.
        answered: the words in the same row of which the person said that all is well.
        is_open: whether to ask; no longer once one of these signs is ticked.
        reason: why it is asked, with the words.
    """

    table: str
    about: str
    checked: str
    found: tuple[FoundSign, ...]
    answered: tuple[str, ...]
    is_open: bool
    reason: Reason

    @property
    def signs(self) -> tuple[str, ...]:
        """The codes of the signs."""
        return tuple(each.sign for each in self.found)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words they rest on."""
        return tuple(dict.fromkeys(each.quote for each in self.found))


def sign_question(frames: Frames, table: str, id: str, settings: Settings) -> SignQuestion | None:
    """Return the question about the signs read in a row; None without any, or if all is well.

    Args:
        frames: needs `table`, answer, and contact or place.
        table: one of `READ_FOR_SIGNS`.
        id: the id of the row.
        settings: the settings; each sign can be switched off as the rule `sign_<code>`.
    """
    checked_table, link, columns = READ_FOR_SIGNS[table]
    if id not in frames[table].index:
        return None
    ((_, row),) = iter_rows(frames[table].loc[[id]])
    checked = row[link] if link else id
    if checked not in frames[checked_table].index:
        return None
    text = "\n".join(row[column] for column in columns)
    answer = answer_about(frames, SIGNS_QUESTION, id)
    answered = [] if answer is None else answer["words"].split("\n")
    found = tuple(
        each
        for each in find_signs(text)
        if settings.is_enabled(f"sign_{each.sign}") and each.quote not in answered
    )
    if not found:
        return None
    ((_, person_or_place),) = iter_rows(frames[checked_table].loc[[checked]])
    ticked = person_or_place["signs"]
    return SignQuestion(
        table=table,
        about=id,
        checked=str(checked),
        found=found,
        answered=tuple(answered),
        is_open=not any(each.sign in ticked for each in found),
        reason=reason_for(f"sign_{found[0].sign}", words=found[0].quote.rstrip("。.")),
    )
