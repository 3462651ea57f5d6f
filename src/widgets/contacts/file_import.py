"""Import a contacts file: preview it, import it, and undo the import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
import traitlets

from enishi.book.batch import Batch
from enishi.book.import_history import VERB, imports
from enishi.exchange import (
    FileReading,
    Preview,
    PreviewEntry,
    ReadingOptions,
    changes,
    preview,
    read_contacts,
)
from enishi.exchange.import_preview import ACTIONS
from enishi.exchange.room_part import (
    PartChanges,
    RoomPart,
    is_part,
    part_changes,
    preview_part,
    read_part,
)
from enishi.i18n import format_list, format_text, texts, translate
from widgets.base.sheet import Answer, Identifier, Sheet, ShortText, command

_SHOWN = 50
"""Most lines of the file, and most problems, shown at once."""
STEP = 200
"""Rows written between two progress reports."""
EARLIER = 20
"""Most earlier imports listed."""
Lines = Annotated[list[int], msgspec.Meta(max_length=_SHOWN)]
Start = Annotated[int, msgspec.Meta(ge=0)]


class FileImport(Sheet):
    """What a sheet needs that imports a file of LinkedIn, Google or a room, below its questions.

    Its texts stand under `file` among those of the sheet; its script gives `drawFileImport`.
    """

    progress = traitlets.Dict().tag(sync=True)
    """The running task: `doing`, `done` and `total` in lines; empty when there is none."""

    data: bytes = b""
    file = ""
    reading: FileReading | None = None
    part: RoomPart | None = None
    plan: Preview = Preview(())
    swapped = False
    skipped: frozenset[int] = frozenset()
    writing = 0
    action = ""
    start = 0

    def describe_import(self) -> dict[str, Any]:
        """Return the file with a part of its preview, and the earlier imports."""
        return {
            "file": self._describe_file(self.reading) if self.reading else None,
            "earlier": [
                {"batch": call.batch, "at": self._format_moment(call.at), "size": call.size}
                for call in imports(self.book)[:EARLIER]
            ],
        }

    def _describe_file(self, reading: FileReading) -> dict[str, Any]:
        language = self.workbook.language
        listed = [e for e in self.plan.entries if self.action in ("", e.action)]
        shown = listed[self.start : self.start + _SHOWN]
        names = self.workbook.frames()["contact"]["name"]
        return {
            "name": self.file,
            "kind": reading.kind,
            "encoding": reading.encoding,
            "line": reading.header_line,
            "rows": len(self.plan.entries),
            "swapped": self.swapped,
            "counts": self.plan.counts,
            "writing": self.writing,
            "action": self.action,
            "start": self.start,
            "page_size": _SHOWN,
            "total": len(listed),
            "entries": [self._describe_entry(entry, names) for entry in shown],
            "problems": [
                {
                    "line": problem.line,
                    "text": translate(language, problem.sentence, **problem.facts),
                }
                for problem in reading.problems[:_SHOWN]
            ],
            "more": max(0, len(reading.problems) - _SHOWN),
        }

    def _describe_entry(self, entry: PreviewEntry, names: Any) -> dict[str, Any]:
        """Return one line of the file as the sheet shows it."""
        words, language = self.words["file"], self.workbook.language
        told = [] if entry.action == "fill" else [self._describe_person(entry)]
        if entry.told:
            told = self._describe_line(entry)
        if entry.action == "fill":
            fields = [self._field_label(f) for f in entry.values if f != "source_key"]
            told.append(self._say_of_file("fills", fields=format_list(fields, language)))
        facts = {"by": words["by"].get(entry.by, ""), "line": entry.match_line}
        if entry.match_id in names.index:
            key = "perhaps_who" if entry.action == "perhaps" else "known_as"
            told.append(self._say_of_file(key, name=names[entry.match_id], **facts))
        elif entry.match_line is not None:
            key = "perhaps_line" if entry.action == "perhaps" else "known_line"
            told.append(self._say_of_file(key, **facts))
        for field, book, file in entry.differences[:3]:
            stays = {
                "field": self._field_label(field),
                "book": one_line(book),
                "file": one_line(file),
            }
            told.append(self._say_of_file("stays", **stays))
        return {
            "line": entry.line,
            "action": entry.action,
            "name": entry.name,
            "told": [text for text in told if text],
            "takes": bool(entry.values),
            "out": entry.line in self.skipped,
        }

    def _describe_person(self, entry: PreviewEntry) -> str:
        said = (entry.values.get(field, "") for field in ("organisation", "title", "email"))
        return "　".join(one_line(text) for text in said if text)

    def _describe_line(self, entry: PreviewEntry) -> list[str]:
        """Return what an offer or a promise from a room says."""
        words, due = self.words["file"]["part"], entry.told["due"]
        said = format_text(words[entry.told["kind"]], {"words": one_line(entry.told["words"])})
        if due:
            day = self.workbook.short_date(date.fromisoformat(due))
            said = format_text(words["due"], {"line": said, "day": day})
        return [said, words["before"] if entry.action == "same" else ""]

    def _field_label(self, name: str) -> str:
        return str(self.words.get("full_name" if name == "name" else name, name))

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
        self.swapped = on
        self._preview_file()
        return {"text": " "}

    @command
    def turn(self, action: ShortText, start: Start = 0) -> Answer:
        """Show another part of the file."""
        self.action = action if action in ACTIONS else ""
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

    @command
    def bring(self) -> Answer:
        """Import the previewed lines: one call, one change."""
        if self.part is not None:
            return self._bring_part(self.part)
        rows = changes(self.plan, self.skipped)
        today = self.workbook.today.isoformat()
        new = [values | {"acquired_on": today} for id, values in rows if id is None]
        old = [(id, values) for id, values in rows if id is not None]
        with self._show_progress("bringing"), self.book.batch(VERB) as batch:
            for start in range(0, len(new), STEP):
                self._report_progress("bringing", start, len(rows))
                batch.add_many("contact", new[start : start + STEP])
            for done, (id, values) in enumerate(old, len(new)):
                if done % STEP == 0:
                    self._report_progress("bringing", done, len(rows))
                batch.update("contact", id, **values)
            self._report_progress("bringing", len(rows), len(rows))
        self._discard_file()
        said = self._say_of_file("brought", added=len(new), filled=len(old))
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
        said = self._say_of_file(key, count=undone.size, kept=len(undone.kept))
        return {"text": said, "focus": "choose"}

    # -- implementation ------------------------------------------------------------------------

    def _say_of_file(self, key: str, **facts: object) -> str:
        return format_text(self.words["file"][key], facts)

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
            reading = read_contacts(self.data, self.file, ReadingOptions(self.swapped))
            self.plan = preview(
                reading, frames["contact"], lambda *at: self._report_progress("reading_file", *at)
            )
            self.reading = reading
        self.action, self.start = "", 0
        self._skip(set(), True)

    def _skip(self, lines: set[int], out: bool) -> None:
        self.skipped = self.skipped | lines if out else self.skipped - lines
        if self.part is not None:
            found = self._part_changes(self.part)
            self.writing = len(found.new) + len(found.filled)
        else:
            self.writing = len(changes(self.plan, self.skipped))

    def _discard_file(self) -> None:
        self.data, self.file, self.reading, self.plan = b"", "", None, Preview(())
        self.part = None
        self.swapped, self.skipped, self.writing = False, frozenset(), 0
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
        self.progress = {"doing": doing, "done": done, "total": total}


def write_part_changes(batch: Batch, found: PartChanges) -> None:
    """Write what `part_changes` returned."""
    batch.create(found.new)
    for id, values in found.filled.items():
        batch.update("contact", id, **values)


def one_line(value: str | tuple[str, ...] | list[str]) -> str:
    """Return a field's content as one line, cut after sixty characters."""
    text = value if isinstance(value, str) else " / ".join(value)
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"
