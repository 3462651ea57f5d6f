"""Where giving goes one way with a contact: give, thank, let them help, or fine as it is."""

from __future__ import annotations

from typing import Literal

from enishi.coach.relations.suggestible import suggestible_contacts
from widgets.base.json_rows import JsonRow
from widgets.base.message_draft import start_message
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Part, Sheet, command
from widgets.base.workbook import Workbook
from widgets.parts.asked_later import keep_answer

OFFERED = {
    "guard_one_way": ("give", "thank", "fine"),
    "guard_over_giving": ("let_help", "fine"),
    "give_back": ("fine",),
}
"""What can be chosen beside each rule; what a suggestion proposes itself is not offered again."""
Chosen = Literal["give", "thank", "let_help", "fine"]


@command
def settle_balance(sheet: Sheet, id: Identifier, chosen: Chosen) -> Answer:
    """Store what the person makes of a one-sided tie, and begin what they chose.

    Raises:
        ForbiddenError: nothing is suggested about this contact.
    """
    workbook = sheet.workbook
    if id not in suggestible_contacts(workbook.frames()).index:
        raise ForbiddenError()
    texts = workbook.texts_of("coach")["balance"]
    with sheet.book.batch("write") as batch:
        keep_answer(workbook, batch, "balance", id, id, chosen=chosen)
        if chosen == "let_help":
            batch.add("step", contact_id=id, words=texts["let_help_step"])
    answer: Answer = {"text": texts["kept"][chosen]}
    if chosen == "thank":
        message = start_message(workbook, id, "grateful")
        answer["href"] = workbook.address("04-contacts", "draft", message)
    if chosen == "give":
        workbook.requests["gift"] = id
        answer["href"] = workbook.address("04-contacts", "gift")
    return answer


BALANCE = Part(__file__, {"settle_balance": settle_balance})
"""Gives the script `balanceChoices`; the state needs `balance_choices` under `balance`."""


def balance_choices(workbook: Workbook) -> JsonRow:
    """Return what can be chosen beside each rule, as values and texts."""
    choices = workbook.texts_of("coach")["balance"]["choices"]
    return {rule: [[key, choices[key]] for key in offered] for rule, offered in OFFERED.items()}
