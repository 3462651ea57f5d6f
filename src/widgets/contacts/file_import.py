"""Import a contacts file: preview it, import it, and undo the import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from time import monotonic
from typing import Annotated, Any, Literal

import msgspec
import traitlets

from enishi.book.batch import Batch
from enishi.book.import_history import VERB, imports
from enishi.exchange import (
    TABLE_FIELDS,
    FileReading,
    Preview,
    PreviewEntry,
    Problem,
    ReadingOptions,
    changes,
    preview,
    read_contacts,
)
from enishi.exchange.encodings import ENCODINGS
from enishi.exchange.file_relations import LinkedRelation
from enishi.exchange.headings.file_kinds import BY_NAME
from enishi.exchange.headings.remembered import recall_columns, remember_columns
from enishi.exchange.import_preview import ACTIONS, changes_by_person, swap_names
from enishi.exchange.import_writing import PreparedImport, pairs_of
from enishi.exchange.reader import TABLE
from enishi.exchange.room_part import (
    PartChanges,
    RoomPart,
    is_part,
    part_changes,
    preview_part,
    read_part,
)
from enishi.i18n import format_list, format_text, texts, translate
from enishi.i18n.initials import forms_of
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, ShortText, command, query

_SHOWN = 50
"""Most lines of the file, and most problems, shown at once."""
_STEP_SECONDS = 0.1
"""How long an import is prepared between two looks at whether it was stopped."""
_PROGRESS_SECONDS = 0.15
"""How long the progress of a task stands at least."""
EARLIER = 20
"""Most earlier imports listed."""
TABLE_KINDS = (*BY_NAME, TABLE)
"""The kinds of tables that the person may choose."""
_NAMES = ("name", "family", "given", "family_kana", "given_kana", "romaji", "alias", "called")
"""Fields of a line that name the person."""
VIEWS = (*ACTIONS, "differs", "problem")
"""Which lines can be shown: those of one action, those that differ, those with a problem."""
Lines = Annotated[list[int], msgspec.Meta(max_length=_SHOWN)]
Start = Annotated[int, msgspec.Meta(ge=0)]
Column = Annotated[int, msgspec.Meta(ge=0, le=500)]
DayOrder = Literal["dmy", "mdy"]
Decision = Literal["same", "other", "out"]
"""Who a line is that may be somebody: the same person, somebody else, or nobody to bring in."""


class FileImport(Sheet):
    """What a sheet needs that imports a file of contacts or a part of a room.

    Its texts stand under `file` among those of the sheet; its script gives `drawFileImport`.
    """

    progress = traitlets.Dict().tag(sync=True)
    """The running task: `doing`, `done` and `total` in lines; empty when there is none."""

    data: bytes = b""
    file = ""
    options = ReadingOptions()
    reading: FileReading | None = None
    part: RoomPart | None = None
    plan: Preview = Preview(())
    prepared: PreparedImport | None = None
    swapped_lines: frozenset[int] = frozenset()
    skipped: frozenset[int] = frozenset()
    same: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()
    taken: dict[int, frozenset[str]] = {}
    problem_lines: frozenset[int] = frozenset()
    writing = 0
    _shown_at = 0.0
    action = ""
    start = 0

    def describe_import(self) -> dict[str, Any]:
        """Return the file with a part of its preview, and the earlier imports."""
        return {
            "file": self._describe_file(self.reading) if self.reading else None,
            "earlier": [
                {"batch": call.batch, "at": self._format_moment(call.at)}
                for call in imports(self.book)[:EARLIER]
            ],
        }

    def _describe_file(self, reading: FileReading) -> dict[str, Any]:
        language = self.workbook.language
        listed = self._list_entries(self.action)
        shown = listed[self.start : self.start + _SHOWN]
        names = self.workbook.frames()["contact"]["name"]
        problems = (*self.plan.problems, *reading.problems)
        return {
            "name": self.file,
            "kind": reading.kind,
            "encoding": reading.encoding,
            "line": reading.header_line,
            "rows": len(self.plan.entries),
            "swapped": self.options.swap_names,
            "recognised": self._describe_reading(reading),
            "counts": self.plan.counts
            | {view: len(self._list_entries(view)) for view in ("differs", "problem")},
            "writing": self.writing,
            "action": self.action,
            "start": self.start,
            "page_size": _SHOWN,
            "name_forms": _find_shown_names(reading, shown, problems[:_SHOWN]),
            "total": len(listed),
            "entries": [self._describe_entry(entry, names) for entry in shown],
            "problems": [
                {
                    "line": problem.line,
                    "text": translate(language, problem.sentence, **problem.facts),
                }
                for problem in problems[:_SHOWN]
            ],
            "more": max(0, len(problems) - _SHOWN),
        }

    def _describe_reading(self, reading: FileReading) -> JsonRow:
        """Return how the file was read, and what the person may choose instead."""
        asks_days = reading.day_order == "ask" or bool(self.options.day_order)
        return {
            "kinds": list(TABLE_KINDS) if reading.kind in TABLE_KINDS else [],
            "encodings": [
                {"encoding": encoding, "names": list(names)}
                for encoding, names in reading.encodings
            ],
            "asks_days": asks_days,
            "day_order": self.options.day_order,
            "columns": [
                {"label": label, "samples": list(samples), "field": field}
                for label, samples, field in reading.columns
            ],
            "fields": list(TABLE_FIELDS) if reading.columns else [],
        }

    def _list_entries(self, view: str) -> list[PreviewEntry]:
        """Return the lines of one view, all of them for ""."""
        if view == "differs":
            return [each for each in self.plan.entries if self._offers_values(each)]
        if view == "problem":
            return [each for each in self.plan.entries if each.line in self.problem_lines]
        return [each for each in self.plan.entries if view in ("", each.action)]

    def _offers_values(self, entry: PreviewEntry) -> bool:
        """Return whether the file's values can be taken instead of the book's."""
        is_known = entry.action in ("fill", "same") or entry.line in self.same
        return is_known and bool(entry.differences)

    def _describe_entry(self, entry: PreviewEntry, names: Any) -> dict[str, Any]:
        """Return one line of the file as the sheet shows it."""
        words, language = self.words["file"], self.workbook.language
        told = [] if entry.action == "fill" else [self._describe_person(entry)]
        if entry.told:
            told = self._describe_line(entry)
        if entry.action == "fill":
            fields = [self._field_label(f) for f in entry.values if f != "source_key"]
            if fields:
                told.append(self._say_of_file("fills", fields=format_list(fields, language)))
        told += [self._describe_detail(*detail) for detail in entry.details]
        told += [self._describe_relation(each) for each in entry.relations]
        facts = {"by": words["by"].get(entry.by, ""), "line": entry.match_line}
        if entry.match_id in names.index:
            key = "perhaps_who" if entry.action == "perhaps" else "known_as"
            told.append(self._say_of_file(key, name=names[entry.match_id], **facts))
        elif entry.match_line is not None:
            key = "perhaps_line" if entry.action == "perhaps" else "known_line"
            told.append(self._say_of_file(key, **facts))
        taken = self.taken.get(entry.line, frozenset())
        return {
            "line": entry.line,
            "action": entry.action,
            "name": entry.name,
            "told": [text for text in told if text],
            "differences": [
                {"field": field, "text": self._describe_difference(field, book, file)}
                | ({"taken": field in taken} if self._offers_values(entry) else {})
                for field, book, file in entry.differences
            ],
            "decision": self._decision_of(entry) if self._is_asked(entry) else None,
            "swaps": entry.action != "skip" and self.part is None and self._has_two_names(entry),
            "takes": bool(entry.values or entry.relations),
            "out": entry.line in self.skipped,
        }

    def _is_asked(self, entry: PreviewEntry) -> bool:
        """Return whether the person says who a line is; whom one met in a room goes to them."""
        return entry.action == "perhaps" and self.part is None

    def _decision_of(self, entry: PreviewEntry) -> Decision | Literal[""]:
        if entry.line in self.skipped:
            return "out"
        if entry.line in self.same:
            return "same"
        return "other" if entry.line in self.others else ""

    def _has_two_names(self, entry: PreviewEntry) -> bool:
        return entry.action in ("add", "perhaps") and {"family", "given"} <= entry.values.keys()

    def _describe_person(self, entry: PreviewEntry) -> str:
        said = (entry.values.get(field, "") for field in ("organisation", "title", "email"))
        return "　".join(one_line(text) for text in said if text)

    def _describe_detail(self, kind: str, label: str, value: str) -> str:
        """Return what is kept beside the columns of a contact."""
        kinds = self.words["file"]["details"]
        if kind == "field" or not label:
            return self._say_of_file("detail", kind=label or kinds[kind], value=one_line(value))
        facts = {"kind": kinds[kind], "label": label, "value": one_line(value)}
        return self._say_of_file("detail_labelled", **facts)

    def _describe_relation(self, each: LinkedRelation) -> str:
        """Return what another person of the file is to the one of a line."""
        kinds = self.workbook.texts_of("columns")["values"]["relation"]["kind"]
        what = each.words or kinds.get(each.kind, "")
        key = "relation" if what else "relation_back"
        return self._say_of_file(key, name=each.name, what=one_line(what or each.inverse))

    def _describe_difference(self, field: str, book: Any, file: Any) -> str:
        facts = {"field": self._field_label(field), "file": one_line(file)}
        if not book:
            return self._say_of_file("stays_empty", **facts)
        return self._say_of_file("stays", **facts, book=one_line(book))

    def _describe_line(self, entry: PreviewEntry) -> list[str]:
        """Return what an offer or a promise from a room says."""
        words, due = self.words["file"]["part"], entry.told["due"]
        said = format_text(words[entry.told["kind"]], {"words": one_line(entry.told["words"])})
        if due:
            day = self.workbook.short_date(date.fromisoformat(due))
            said = format_text(words["due"], {"line": said, "day": day})
        return [said, words["before"] if entry.action == "same" else ""]

    def _field_label(self, name: str) -> str:
        fields = self.words["file"]["fields"]
        return str(
            fields.get(name) or self.words.get("full_name" if name == "name" else name, name)
        )

    def _format_moment(self, at: str) -> str:
        """Return an instant in UTC as text in the local time zone."""
        local = datetime.fromisoformat(at).astimezone()
        day = self.workbook.short_date(local.date())
        return f"{day} {local:%H:%M}"

    # -- what the person can do ----------------------------------------------------------------

    @command
    def read(self, name: ShortText, buffers: list[bytes]) -> Answer:
        """Read a chosen file; nothing is written yet."""
        self._discard_file()
        self.data, self.file = b"".join(buffers), name
        try:
            self._preview_file()
        except BaseException:
            self._discard_file()
            raise
        return {"text": " ", "focus": "file"}

    @command
    def swap(self, on: bool) -> Answer:
        """Read the file again with family and given names swapped."""
        return self._read_again(replace(self.options, swap_names=on))

    @command
    def swap_line(self, line: Start) -> Answer:
        """Swap family and given name of one line, or swap them back."""
        self.swapped_lines ^= {line}
        self._preview_again()
        return {"text": " "}

    @command
    def choose_kind(self, kind: ShortText) -> Answer:
        """Read the file as one of another program, or as a table whose columns are chosen."""
        if kind not in TABLE_KINDS:
            raise ForbiddenError()
        return self._read_again(replace(self.options, kind=kind, fields={}))

    @command
    def choose_encoding(self, encoding: ShortText) -> Answer:
        """Read the file with another encoding."""
        if encoding not in ENCODINGS:
            raise ForbiddenError()
        return self._read_again(replace(self.options, encoding=encoding))

    @command
    def choose_day_order(self, order: DayOrder) -> Answer:
        """Say whether the day or the month comes first in the file's days."""
        return self._read_again(replace(self.options, day_order=order))

    @command
    def map_column(self, column: Column, field: ShortText) -> Answer:
        """Say what a column of a table holds; "" leaves it out."""
        if self.reading is None or (field and field not in TABLE_FIELDS):
            raise ForbiddenError()
        fields = {at: each.field for at, each in enumerate(self.reading.columns)}
        if column not in fields:
            raise ForbiddenError()
        return self._read_again(replace(self.options, kind="", fields=fields | {column: field}))

    @command
    def decide(self, lines: Lines, who: Decision) -> Answer:
        """Say who lines are that may be somebody known: the same, somebody else, or left out."""
        self._decide({*lines}, who)
        return {"text": " "}

    @command
    def decide_all(self, who: Decision) -> Answer:
        """Say the same of all lines that may be somebody known."""
        self._decide({each.line for each in self.plan.entries if self._is_asked(each)}, who)
        return {"text": " "}

    @command
    def take_value(self, line: Start, field: Identifier, on: bool) -> Answer:
        """Take the file's value of a field that differs, or leave the book's."""
        fields = self.taken.get(line, frozenset())
        self.taken = self.taken | {line: fields | {field} if on else fields - {field}}
        self._count_writing()
        return {"text": " "}

    @command
    def take_all_values(self, on: bool) -> Answer:
        """Take the file's values of all fields that differ, or leave the book's."""
        self.taken = {
            each.line: frozenset(difference.field for difference in each.differences)
            for each in self._list_entries("differs")
            if on
        }
        self._count_writing()
        return {"text": " "}

    @command
    def turn(self, action: ShortText, start: Start = 0) -> Answer:
        """Show another part of the file."""
        self.action = action if action in VIEWS else ""
        self.start = start
        return {"text": " "}

    @command
    def leave_out(self, lines: Lines, out: bool) -> Answer:
        """Leave lines out of the import, or include them again."""
        self._skip(set(lines), out)
        return {"text": " "}

    @command
    def leave_out_all(self, action: Identifier, out: bool) -> Answer:
        """Leave out all lines that would do `action`, or include them again."""
        self._skip({entry.line for entry in self.plan.entries if entry.action == action}, out)
        return {"text": " "}

    @query
    def prepare(self) -> Answer:
        """Make a part of the import ready, writing nothing; the browser asks until all of it is.

        In between, `stop` is heard.
        """
        if self.reading is None or self.part is not None:
            return {"ready": True}
        if self.prepared is None:
            self.prepared = self._prepare_import()
        try:
            is_ready = self.prepared.prepare(_STEP_SECONDS)
        except BaseException:
            self.prepared, self.progress = None, {}
            raise
        self._report_progress("bringing", self.prepared.done, self.prepared.total)
        return {"ready": is_ready}

    @command
    def stop(self) -> Answer:
        """Leave an import that is being made ready: nothing of it was written."""
        self.prepared, self.progress = None, {}
        return {"text": self.words["file"]["stopped"], "focus": "file"}

    @command
    def bring(self) -> Answer:
        """Import the previewed lines: one call, one change."""
        if self.part is not None:
            return self._bring_part(self.part)
        prepared = self.prepared or self._prepare_import()
        if not prepared.total:
            self._discard_file()
            return {"text": self.words["file"]["nothing_brought"], "focus": "choose"}
        with self._show_progress("bringing"), self.book.batch(VERB) as batch:
            brought = prepared.write(batch, lambda *at: self._report_progress("bringing", *at))
            if self.reading is not None:
                mappings = self.workbook.frames()["column_mapping"]
                remember_columns(batch, self.reading, self.options.fields, mappings)
        self._discard_file()
        key = f"brought_{'filled' if brought.filled else 'added'}"
        said = self._say_of_file(
            "brought" if all(brought) else key, added=brought.added, filled=brought.filled
        )
        return {"text": said, "focus": "remembering"}

    def _bring_part(self, part: RoomPart) -> Answer:
        """Import what somebody took home from a room: one call, one change."""
        found = self._part_changes(part)
        with self.book.batch(VERB) as batch:
            write_part_changes(batch, found)
        self._discard_file()
        count = len(found.new) + len(found.filled)
        return {"text": self._say_of_file("part_brought", count=count), "focus": "earlier"}

    def _part_changes(self, part: RoomPart) -> PartChanges:
        return part_changes(part, self.plan, self.workbook.today, self.skipped)

    @command
    def put_away(self) -> Answer:
        """Close the file without importing it."""
        self._discard_file()
        return {"text": " ", "focus": "choose"}

    @command
    def undo_import(self, batch: Identifier) -> Answer:
        """Undo one import, whatever has changed since."""
        undone = self.book.undo(batch)
        if undone is None:
            return {"text": self.words["file"]["undone_before"]}
        key = "undone_kept" if undone.kept else "undone"
        said = self._say_of_file(key, kept=len(undone.kept))
        return {"text": said, "focus": "choose"}

    # -- implementation ------------------------------------------------------------------------

    def _say_of_file(self, key: str, **facts: object) -> str:
        return format_text(self.words["file"][key], facts)

    def _read_again(self, options: ReadingOptions) -> Answer:
        """Read the file as the person chose; if that fails, it stays as it was read before."""
        before, self.options = self.options, options
        try:
            self._preview_file()
        except BaseException:
            self.options = before
            raise
        return {"text": " "}

    def _preview_file(self) -> None:
        frames = self.workbook.frames()
        if is_part(self.data):
            self.part = read_part(self.data, self.file)
            home = texts("room", self.workbook.language)["screens"]["home"]
            self.plan = preview_part(self.part, frames, home)
            self.reading = FileReading("room", "utf-8", 1, (), ())
            self._skip(set(), True)
            return
        with self._show_progress("reading_file"):
            reading = read_contacts(self.data, self.file, self.options)
            is_chosen = bool(self.options.fields or self.options.kind)
            mappings = frames["column_mapping"]
            if not is_chosen and (fields := recall_columns(reading, mappings)):
                self.options = replace(self.options, fields=fields)
                reading = read_contacts(self.data, self.file, self.options)
            self.reading = reading
            self._preview_again()
            found = (*self.plan.problems, *reading.problems)
            self.problem_lines = frozenset(problem.line for problem in found)

    def _preview_again(self) -> None:
        """Preview the file as it was read; what the person said of its lines stays."""
        self.plan = self._make_plan()
        self.action, self.start = "", 0
        self.prepared = None
        self._count_writing()

    def _make_plan(self, same: frozenset[int] = frozenset()) -> Preview:
        """Return the preview of the file, if the lines `same` are who they may be."""
        if self.reading is None:
            return Preview(())
        reading, frames = self.reading, self.workbook.frames()
        if self.swapped_lines:
            swapped = self.swapped_lines
            rows = [swap_names(r) if r.line in swapped else r for r in reading.rows]
            reading = replace(reading, rows=tuple(rows))
        return preview(
            reading,
            frames["contact"],
            lambda *at: self._report_progress("reading_file", *at) if self.progress else None,
            details=frames["detail"],
            relations=frames["relation"],
            same=same,
        )

    def _prepare_import(self) -> PreparedImport:
        """Return the import as the person decided it."""
        plan = self._make_plan(self.same) if self.same else self.plan
        found = changes_by_person(plan, self.skipped, self.taken)
        pairs = pairs_of(plan, self.others - self.skipped)
        return PreparedImport(found, pairs, self.workbook.today)

    def _skip(self, lines: set[int], out: bool) -> None:
        self.skipped = self.skipped | lines if out else self.skipped - lines
        self._count_writing()

    def _decide(self, lines: set[int], who: Decision) -> None:
        self.same = self.same | lines if who == "same" else self.same - lines
        self.others = self.others | lines if who == "other" else self.others - lines
        self._skip(lines, who == "out")

    def _count_writing(self) -> None:
        self.prepared = None
        if self.part is not None:
            found = self._part_changes(self.part)
            self.writing = len(found.new) + len(found.filled)
        else:
            self.writing = len(changes(self.plan, self.skipped, self.taken))

    def _discard_file(self) -> None:
        self.data, self.file, self.reading, self.plan = b"", "", None, Preview(())
        self.part, self.prepared, self.options = None, None, ReadingOptions()
        self.swapped_lines = self.skipped = self.same = self.others = frozenset()
        self.problem_lines, self.taken, self.writing = frozenset(), {}, 0
        self.action, self.start = "", 0

    @contextmanager
    def _show_progress(self, doing: str) -> Iterator[None]:
        """Show a running task inside this context; remove it at the end, also after an error."""
        self._report_progress(doing, 0, 0)
        try:
            yield
        finally:
            self.progress = {}

    def _report_progress(self, doing: str, done: int, total: int) -> None:
        """Show how far a task is, unless that was shown just before: each time, the page draws."""
        now = monotonic()
        if doing == self.progress.get("doing") and now < self._shown_at + _PROGRESS_SECONDS:
            return
        self._shown_at = now
        self.progress = {"doing": doing, "done": done, "total": total}


def write_part_changes(batch: Batch, found: PartChanges) -> None:
    """Write what `part_changes` returned."""
    batch.create(found.new)
    for id, values in found.filled.items():
        batch.update("contact", id, **values)


def _find_shown_names(
    reading: FileReading, entries: Iterable[PreviewEntry], problems: Iterable[Problem]
) -> list[str]:
    """Return the forms of the names that a preview shows, in the book or not.

    The script `masking.js` hides them while a screen is shared.
    """
    shown = [str(entry.values.get(field, "")) for entry in entries for field in _NAMES]
    for entry in entries:
        shown += [entry.name, *(each.name for each in entry.relations)]
    for each in reading.encodings:
        shown += each.names
    for column in reading.columns:
        shown += column.samples if column.field in _NAMES else ()
    for problem in problems:
        shown += [str(problem.facts[key]) for key in ("name", "names") if key in problem.facts]
    return sorted(forms_of(filter(None, shown)).known)


def one_line(value: str | tuple[str, ...] | list[str]) -> str:
    """Return a field's content as one line, cut after sixty characters."""
    text = value if isinstance(value, str) else " / ".join(value)
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"
