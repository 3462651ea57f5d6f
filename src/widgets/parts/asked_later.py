"""The one question that is asked now, with its choices and a field for the person's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from enishi import clock
from enishi.book.batch import Batch
from enishi.coach.asking.question import Question
from enishi.coach.asking.queue import REASON_TO_ASK, open_questions, question_to_ask
from enishi.i18n import format_list, format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    LongText,
    Part,
    Sheet,
    ShortText,
    command,
)
from widgets.base.workbook import Workbook, shorten
from widgets.parts.answer_effects import (
    begin_thanks,
    keep_kind,
    let_rest,
    note_reply,
    write_their_side,
)
from widgets.parts.explanation import describe_reasons

Effect = Callable[[Batch, Question, str, str], None]
"""Writes what else follows from an answer, in the same call: batch, question, chosen, words."""


def _close_step(batch: Batch, question: Question, chosen: str, words: str) -> None:
    """Close the step of a book, unless it is closed: as done if the person keeps it (B79)."""
    if chosen and batch.row("step", question.about)["state"] == "open":
        state, today = {"keep": "done", "drop": "let_go"}[chosen], clock.today().isoformat()
        batch.update("step", question.about, state=state, closed_on=today)


def _move_look_again(batch: Batch, question: Question, chosen: str, words: str) -> None:
    """Move the day to look at the phase on, or take it away where the phase is to change."""
    next_on = question.facts["next"].isoformat() if chosen == "still" else ""
    batch.update("review", question.about.rpartition(".")[0], look_again_on=next_on)


def _leave_place(batch: Batch, question: Question, chosen: str, words: str) -> None:
    """Take the days of a place out of the week that the person leaves."""
    if chosen == "leave":
        batch.update("place", question.about, next_on="")


def _leave_after_once(batch: Batch, question: Question, chosen: str, words: str) -> None:
    """Take the days of a place out of the week where once was enough."""
    place_id = batch.row("event", question.about)["place_id"]
    if chosen == "once" and place_id:
        batch.update("place", place_id, next_on="")


EFFECTS: dict[str, Effect] = {
    "why_known": keep_kind,
    "fading": let_rest,
    "their_side": write_their_side,
    "reply": note_reply,
    "book": _close_step,
    "phase": _move_look_again,
    "discovered": _leave_after_once,
    "whom_there": _leave_place,
}
"""What an answer writes beside itself, by the code of its question."""
Opening = Callable[[Workbook, Question], str]
"""Begins what follows from an answer on another sheet, and returns its address."""
OPENINGS: dict[str, Opening] = {"lesson": begin_thanks}
"""What an answer opens, by the code of its question."""


@command
def answer_question(
    sheet: Sheet, code: ShortText, about: Identifier, chosen: ShortText = "", words: LongText = ""
) -> Answer:
    """Store the answer to an open question, and what follows from it; one undo takes back both.

    Raises:
        ForbiddenError: the question is not open, the choice is none of its own, or both are empty.
    """
    workbook = sheet.workbook
    question = _require_open(workbook, code, about)
    values = dict(describe_question(workbook, question)["choices"])
    if (chosen and chosen not in values) or not (chosen or words.strip()):
        raise ForbiddenError()
    _store(sheet, question, chosen=chosen, words=words.strip())
    kept: Answer = {"text": workbook.texts_of("asking")["kept"]}
    if code in OPENINGS:
        kept["href"] = OPENINGS[code](workbook, question)
    return kept


@command
def put_question_aside(sheet: Sheet, code: ShortText, about: Identifier) -> Answer:
    """Put an open question aside: it returns after some days, the second time never.

    Raises:
        ForbiddenError: the question is not open.
    """
    workbook = sheet.workbook
    question = _require_open(workbook, code, about)
    _, times = _row_of(workbook, code, about)
    _store(sheet, question, aside=times + 1)
    return {"text": workbook.texts_of("asking")["aside_for_good" if times else "aside"]}


ASKED_LATER_PART = Part(
    __file__, {"answer_question": answer_question, "put_question_aside": put_question_aside}
)
"""Gives the script `askedLater`; the state needs `describe_asked` under `asked`."""


def describe_asked(workbook: Workbook) -> JsonRow | None:
    """Return the question of this visit as the page shows it; None where there is none."""
    question: Question | None = workbook.cached(
        "asked later",
        lambda: question_to_ask(workbook.frames(), workbook.today, workbook.settings),
    )
    return None if question is None else describe_question(workbook, question)


def describe_question(workbook: Workbook, question: Question) -> JsonRow:
    """Return a question with its texts, its choices as value and label, and why it is asked."""
    texts = workbook.texts_of("asking")
    words: dict[str, Any] = texts["questions"][question.code]
    facts = {name: _describe_fact(workbook, name, fact) for name, fact in question.facts.items()}
    if question.contact_id:
        facts["name"] = workbook.address_contact(question.contact_id)
    return {
        "key": f"{question.code}-{question.about}",
        "code": question.code,
        "about": question.about,
        "ask": format_text(words["ask"], facts),
        "choices": [
            *((value, shorten(label)) for value, label in question.options),
            *words.get("choices", {}).items(),
        ],
        "words": words.get("words", ""),
        "example": words.get("example", ""),
        "keep": texts["keep"],
        "aside_text": texts["not_now"],
        "why": describe_reasons(workbook, [REASON_TO_ASK])[0],
    }


def _describe_fact(workbook: Workbook, name: str, fact: Any) -> str:
    """Return a fact as text: a day, the names of contacts, a phase of the goal, a line."""
    if hasattr(fact, "isoformat"):
        return workbook.short_date(fact)
    if isinstance(fact, tuple):
        return format_list(map(workbook.address_contact, fact), workbook.language)
    if name == "phase":
        return str(workbook.texts_of("coach")["phases"][fact])
    return shorten(str(fact))


def _require_open(workbook: Workbook, code: str, about: str) -> Question:
    """Return the open question of a code about a row."""
    for question in open_questions(workbook.frames(), workbook.today, workbook.settings):
        if (question.code, question.about) == (code, about):
            return question
    raise ForbiddenError()


def keep_answer(
    workbook: Workbook, batch: Batch, code: str, about: str, contact_id: str = "", **values: Any
) -> None:
    """Write an answer of today, in place of an earlier one to the same question about the same row.

    Args:
        workbook: the workbook.
        batch: the call it belongs to.
        code: one of `enishi.choices.ASKED_LATER`.
        about: the id of the row it is about.
        contact_id: the contact it is about, '' for none.
        values: `chosen` and `words`, or `aside`.
    """
    id, _ = _row_of(workbook, code, about)
    values["on"] = workbook.today.isoformat()
    if id:
        batch.update("answer", id, **values)
    else:
        link = contact_id or None
        batch.add("answer", question=code, about=about, contact_id=link, **values)


def _row_of(workbook: Workbook, code: str, about: str) -> tuple[str, int]:
    """Return the id of a question's row, '' for none, and how often it was put aside."""
    answer = workbook.frames()["answer"]
    same = (answer["question"].astype(str) == code) & (answer["about"] == about)
    rows = answer[same]
    return ("", 0) if rows.empty else (str(rows.index[-1]), int(rows["aside"].iloc[-1]))


def _store(sheet: Sheet, question: Question, **values: Any) -> None:
    """Write a question's row and what follows from its answer, as one call."""
    with sheet.book.batch("write") as batch:
        keep_answer(
            sheet.workbook, batch, question.code, question.about, question.contact_id, **values
        )
        if question.code in EFFECTS and "aside" not in values:
            EFFECTS[question.code](batch, question, values["chosen"], values["words"])
