"""An author's own question, with the person's answer in their book."""

from __future__ import annotations

from typing import Any

from enishi.book.tables import LINE
from widgets.base.json_rows import JsonRow
from widgets.base.own_words import NAME, in_one_language
from widgets.base.sheet import ForbiddenError, LinkedChange, Sheet
from widgets.base.workbook import Workbook
from widgets.own.errors import NoQuestionError, QuestionKeyError
from widgets.own.text import LocalText

OWN_ANSWER = "own_answer"
_MOST_ROWS = 20
"""Most rows of the field before anything is written."""


class Ask(Sheet):
    """Asks an author's own question, and keeps the answer in the person's book under its key.

    Questions with one key share one answer, on whatever pages they stand.

    Example:
        >>> Ask(open_workbook("01-mine"), "thanks", letter=True)     # doctest: +SKIP
    """

    writable = {OWN_ANSWER: ("words",)}

    def __init__(
        self,
        workbook: Workbook,
        key: str,
        question: LocalText = "",
        *,
        rows: int = 3,
        letter: bool = False,
    ) -> None:
        """Put a question on `workbook`.

        Args:
            workbook: the page.
            key: the name of the answer in the person's book, and of the question's words in the
                file beside the notebook.
            question: the question, if it is not in that file.
            rows: how many lines the field shows at first.
            letter: whether the answer is shown in the person's letter.
        """
        is_usable = isinstance(key, str) and bool(NAME.fullmatch(key)) and len(key) <= 60
        self.key, self.question, self.letter = str(key), question, letter
        self.rows = min(max(int(rows), 1), _MOST_ROWS)
        self.is_usable = is_usable
        self.name = f"ask-{key}" if is_usable else "ask"
        super().__init__(workbook)
        if not is_usable:
            workbook.tell_author(QuestionKeyError(name=key))
        elif not self._asked():
            file = workbook.own_words.file.name
            if not workbook.own_words.error:
                workbook.tell_author(NoQuestionError(name=key, file=file))

    def words_now(self) -> dict[str, Any]:
        """Return the words of the question: those of the page's file, or those of the cell."""
        workbook = self.workbook
        shared = workbook.texts_of("workbook")["own"]
        found = workbook.own_words.sheet(self.key, workbook.language)
        question = found.get("question") or in_one_language(self.question, workbook.language)
        question = str(question or self.key)
        name = found.get("name") or question
        label = found.get("label") or shared["label"]
        common = workbook.words(self.name)["common"]
        return {**found, "question": question, "name": name, "label": label, "common": common}

    def _asked(self) -> str:
        asked = self.words_now()["question"]
        return "" if asked == self.key else str(asked)

    def build_state(self) -> dict[str, Any]:
        """Return the answer as a row; version 0 until it is written."""
        return {"answer": self._answer() if self.is_usable else None, "rows": self.rows}

    def _answer(self) -> JsonRow:
        found = [row for row in self.workbook.rows(OWN_ANSWER) if row["id"] == self.key]
        return found[0] if found else {"id": self.key, "version": 0, "words": ""}

    def _about(self) -> dict[str, Any]:
        """Return what is stored with an answer: so that it says what was asked, wherever it is."""
        return {
            "question": " ".join(self._asked().split())[:LINE],
            "on": self.workbook.today.isoformat(),
            "in_letter": self.letter,
        }

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return what is stored with a new answer."""
        return self._about()

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Keep what was asked beside the answer, where that changed.

        Raises:
            ForbiddenError: the answer is to another question.
        """
        if id != self.key or not self.is_usable:
            raise ForbiddenError()
        stored = self._answer()
        changed = {name: each for name, each in self._about().items() if stored.get(name) != each}
        return [(OWN_ANSWER, id, changed)] if stored["version"] and changed else []
