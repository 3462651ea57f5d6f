"""Where the two articles disagree: both voices side by side, and the stand the person takes."""

from __future__ import annotations

from typing import Any, Literal

from enishi.book import StaleVersionError
from enishi.coach.review.stand_check import stand_to_check
from enishi.coach.rules.stands import STANDS, UNDECIDED, read_stand
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Part, Sheet, ShortText, command
from widgets.base.workbook import ChosenElsewhereError, Workbook

_Question = Literal["mixers", "purpose", "whom", "reach", "first", "pace", "hope"]
_WORDS = ("voices", "choose", "words", "words_example", "open", "more")
"""The texts that the script needs for every question."""
OWN_WORDS = tuple(f"stand_{question}_words" for question in STANDS)
"""The settings that hold the person's own words on each question."""


@command
def take_stand(sheet: Sheet, question: _Question, choice: ShortText) -> Answer:
    """Store the person's choice for a question, with its day.

    Raises:
        ForbiddenError: the question has no such choice.
        ChosenElsewhereError: another window changed it since the page showed it.
    """
    if choice not in (*STANDS[question], UNDECIDED):
        raise ForbiddenError()
    workbook, name = sheet.workbook, f"stand_{question}"
    stored = workbook.frames()["setting"].index
    before = read_stand(workbook.frames()["setting"], question)
    is_changed = before.choice not in ("", choice) and before.on not in (None, workbook.today)
    try:
        with sheet.book.batch("setting") as batch:
            batch.upsert("setting", name, workbook.setting_versions.get(name, 0), value=choice)
            batch.upsert("setting", f"{name}_on", value=workbook.today.isoformat())
            if f"{name}_still" in stored:  # a changed stand is asked about anew
                batch.update("setting", f"{name}_still", value="")
            if is_changed:  # the letter tells of it
                earlier = {"chosen": before.choice, "words": before.words}
                on = workbook.today.isoformat()
                batch.add("answer", question="stand", about=question, on=on, **earlier)
    except StaleVersionError as error:
        raise ChosenElsewhereError() from error
    return {"text": workbook.texts_of("stands")["taken"]}


@command
def confirm_stand(sheet: Sheet, question: _Question) -> Answer:
    """Store that a stand still holds; it is not asked about again until it changes."""
    sheet.workbook.set_setting(f"stand_{question}_still", "yes")
    return {"text": sheet.workbook.texts_of("stands")["check"]["kept"]}


STAND = Part(__file__, {"take_stand": take_stand, "confirm_stand": confirm_stand})
"""Gives the script `stand` and `standCheck`; the state needs `describe_stands` under `stands`, or
`describe_stand_check` under `stand_check`."""


def describe_stands(workbook: Workbook, *questions: str) -> dict[str, Any]:
    """Return the questions with both voices, the choices, and what the person chose and wrote."""
    words = workbook.texts_of("stands")
    return {
        "words": {name: words[name] for name in _WORDS},
        "at": workbook.address("01-start", "matters"),
        "each": {question: _describe_stand(workbook, question) for question in questions},
    }


def _describe_stand(workbook: Workbook, question: str) -> JsonRow:
    """Return one question; `follows` says what the choice changes, '' while there is none."""
    words = workbook.texts_of("stands")
    asked = words["questions"][question]
    taken = read_stand(workbook.frames()["setting"], question)
    choices = asked["choices"] | {UNDECIDED: words["unknown"]}
    return {
        "row": {"id": f"stand_{question}", "choice": taken.choice},
        "own": workbook.setting_row(f"stand_{question}_words"),
        "ask": asked["ask"],
        "warm": asked["warm"],
        "blunt": asked["blunt"],
        "choices": choices,
        "chosen": choices.get(taken.choice, ""),
        "follows": asked["follows"].get(taken.choice, ""),
    }


def describe_stand_check(workbook: Workbook) -> JsonRow | None:
    """Return the one stand to ask about once more; None where there is none."""
    setting = workbook.frames()["setting"]
    question = stand_to_check(setting, workbook.today, workbook.settings)
    if not question:
        return None
    words = workbook.texts_of("stands")
    asked, taken = words["questions"][question], read_stand(setting, question)
    facts = {"question": asked["ask"], "choice": asked["choices"][taken.choice]}
    return {
        "question": question,
        "text": format_text(words["check"]["ask"], facts),
        "own": taken.words,
        "still": words["check"]["still"],
        "change": words["check"]["change"],
        "at": workbook.address("01-start", "matters"),
    }
