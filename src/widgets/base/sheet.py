"""The base class of all sheets: it sends its state to the browser and answers messages.

Each sheet is one widget: `wish.py`, `wish.js` and, if it needs its own styles, `wish.css`, side by
side. Python decides what is shown (`build_state`) and what the browser may do (its verbs); the
JavaScript draws it.
"""

from __future__ import annotations

import hashlib
import inspect
import logging
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Union, get_type_hints

import anywidget
import msgspec
import traitlets
from IPython.display import publish_display_data

from enishi.book import Book, StaleVersionError
from enishi.book.errors import TooLongError, TransientError, UnnamedTooLongError
from enishi.book.room_tables import STORED
from enishi.book.tables import LINE
from enishi.book.validation import TEXT_TOO_LONG, validate
from enishi.errors import EnishiError
from enishi.i18n import error_text, format_list, format_text, texts
from enishi.identity import PARTICIPANT, may
from widgets.base.assets import WAITING, module, style

if TYPE_CHECKING:
    from widgets.base.workbook import Workbook

RECENT_MESSAGES = 200
"""Number of recent message ids a sheet keeps, so that a message sent twice is done once."""
MIN_FREE_TEXT = 200
"""A text field that allows at least this many characters holds free text, not an id."""
TOO_LONG = re.compile(r"`str` of length <= (\d+) - at `\$([^`]+)`")
"""Matches msgspec's error for a text that is too long: the limit and the place in the message."""
MAX_MESSAGE_NUMBER = 2**53
"""The largest message number: a browser counts up to it without skipping any."""
_NOT_IN_A_LOCATION = re.compile(r"[^\w$.\[\]]")
MAX_LOCATION = 80
MESSAGE_LIMITS = {"message_bytes": 10 * 2**20 - 2**16, "text_line": LINE}
"""What a browser keeps to: bytes of a message (a websocket accepts 10 MiB, the rest is for the
envelope) and characters of a text of one line."""
log = logging.getLogger("enishi")

Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
ShortText = Annotated[str, msgspec.Meta(max_length=300)]
LongText = Annotated[str, msgspec.Meta(max_length=4000)]
FieldValues = Annotated[dict[Identifier, Any], msgspec.Meta(min_length=1, max_length=40)]
Answer = dict[str, Any]
LinkedChange = tuple[str, str, dict[str, Any]]
"""Another change that belongs to a write: a table, a row's id, and the values written there."""


def command(method: Callable[..., Any]) -> Callable[..., Any]:
    """Mark `method` as callable by the browser: its annotated parameters are the message's schema.

    A message is `{do: "<name>", n: <count>, …parameters}`; one that does not fit is refused. The
    return value of the method (a mapping or None) becomes part of the answer.
    """
    method.is_command = True  # type: ignore[attr-defined]  # a mark
    return method


def query(method: Callable[..., Any]) -> Callable[..., Any]:
    """Mark `method` as a verb that changes nothing: the sheets are not refreshed after it."""
    method.is_query = True  # type: ignore[attr-defined]  # a mark
    return command(method)


def message_type(name: str, method: Callable[..., Any]) -> type[msgspec.Struct]:
    """Return the type of the messages that call `method`."""
    hints = get_type_hints(method, include_extras=True)
    fields: list[Any] = [("n", int)]
    for parameter in list(inspect.signature(method).parameters.values())[1:]:
        if parameter.name == "buffers":  # bytes travel beside the message, not in it
            continue
        kind = hints[parameter.name]
        plain = parameter.default is inspect.Parameter.empty
        fields.append(
            (parameter.name, kind) if plain else (parameter.name, kind, parameter.default)
        )
    return msgspec.defstruct(
        name.title(), fields, tag_field="do", tag=name, forbid_unknown_fields=True, kw_only=True
    )


@dataclass(frozen=True)
class Part:
    """A piece that several sheets share: what it can be asked, and the style sheet beside it.

    Its script is imported by the scripts of the sheets that draw it.
    """

    file: str
    """The module that defines the part: its `__file__`."""
    commands: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Functions marked as `command` or `query`, by message name; each gets the sheet first."""


def files_beside(stems: list[Path], suffix: str) -> list[Path]:
    """Return the files beside `stems` with this suffix that exist."""
    return [file for stem in stems if (file := stem.with_suffix(suffix)).is_file()]


class Sheet(anywidget.AnyWidget):
    """One sheet of a workbook.

    Example:
        >>> workbook = open_workbook("02-goal") # doctest: +SKIP
        >>> Wish(workbook)                      # doctest: +SKIP
    """

    layout = None
    """No layout model for width and margins: our own style sheets set them."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    _anywidget_id = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    """What the sheet shows: plain JSON, computed in Python."""
    words = traitlets.Dict().tag(sync=True)
    """The sheet's texts, in the person's language."""
    position = traitlets.Dict().tag(sync=True)
    """Position in the workbook: name, index, names; `whose` is a hash of the book's owner."""
    limits = traitlets.Dict(MESSAGE_LIMITS).tag(sync=True)
    """Limits for what the browser sends; see `MESSAGE_LIMITS`."""
    answer = traitlets.Dict().tag(sync=True)
    """The answer to the last message: n, ok, and further fields."""

    name: str = ""
    """The sheet's name: in the address, and in the texts under `data/words`."""
    writable: ClassVar[dict[str, tuple[str, ...]]] = {}
    """The columns the browser may write, by table."""
    settings: ClassVar[tuple[str, ...]] = ()
    """The settings whose text the browser may write: rows of the table `setting`, by id."""
    creatable: ClassVar[tuple[str, ...]] = ()
    """The tables whose rows the browser may add and remove."""
    parts: ClassVar[tuple[Part, ...]] = ()
    """The shared parts this sheet is made of."""
    role: ClassVar[str] = PARTICIPANT
    """The role a person needs to use this sheet."""
    script: ClassVar[Path | None] = None
    """The JavaScript file that draws the sheet: its own, else that of a base class."""
    styles: ClassVar[tuple[Path, ...]] = ()
    """The sheet's style files, those of its parts first."""
    is_step: ClassVar[bool] = True
    """Whether the sheet is one of those that a page names, and shows one at a time."""
    opened_by: ClassVar[str] = "open_workbook"
    """The function that opens a page for the sheet; what the others open serves it as well."""
    is_of_room = False
    """Whether the sheet shows what several people write, and changes by itself."""
    is_waiting = False
    """Whether the sheet is still to be built, when the browser asks for it."""
    commands: ClassVar[dict[str, Callable[..., Any]]] = {}
    """What the browser may ask of the sheet, by message name: its own commands and its parts'."""
    messages: ClassVar[Any] = None

    def __init_subclass__(cls, **options: Any) -> None:
        """Find the files of the sheet; collect its commands.

        Raises:
            TypeError: two commands of the sheet and its parts have one name.
        """
        sheets = [base for base in reversed(cls.__mro__) if issubclass(base, Sheet)]
        stems = [Path(inspect.getfile(sheet)) for sheet in sheets if sheet is not Sheet]
        cls.script = next(reversed(files_beside(stems, ".js")), None)
        if "styles" not in cls.__dict__:
            parts = [Path(part.file) for part in cls.parts]
            cls.styles = tuple(files_beside([*parts, *stems], ".css"))
        own = {  # a sheet may do in its own way what its base class does
            name: each
            for sheet in sheets
            for name, each in vars(sheet).items()
            if hasattr(each, "is_command")
        }
        cls.commands = {}
        for name, each in chain(own.items(), *(part.commands.items() for part in cls.parts)):
            if name in cls.commands:
                raise TypeError(f"{cls.__name__} has two commands named {name!r}")
            cls.commands[name] = each
        types = tuple(message_type(name, each) for name, each in cls.commands.items())
        cls.messages = Union[types]  # noqa: UP007 - built at run time
        super().__init_subclass__(**options)

    def __init__(self, workbook: Workbook) -> None:
        """Put this sheet on `workbook`."""
        self.workbook = workbook
        self._recent_numbers: deque[int] = deque(maxlen=RECENT_MESSAGES)
        self._uncertain_writes: dict[tuple[str, str], Answer] = {}
        workbook.add_sheet(
            self
        )  # before the browser gets this sheet, so that it never draws an empty one
        super().__init__()
        self.on_msg(self._on_message)

    def add_traits(self, **traits: Any) -> None:
        """Add only traits the class lacks: anywidget would derive a new class for each widget."""
        if new := {name: each for name, each in traits.items() if not self.has_trait(name)}:
            super().add_traits(**new)

    def _ipython_display_(self) -> None:
        """Display this sheet directly; IPython would try a dozen formats before this one."""
        data, _ = self._repr_mimebundle_() or ({}, {})
        if self.workbook.is_paged:
            data.pop("text/plain", None)  # for clients that show no widgets
        publish_display_data(data)  # type: ignore[no-untyped-call]

    @traitlets.default("_esm")
    def _module(self) -> str:
        return module(self.script, self.styles) if self.script else "export default { render() {} }"

    @traitlets.default("_css")
    def _style(self) -> str:
        return style(self.styles, self.script)

    @traitlets.default("_anywidget_id")
    def _kind(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"

    @property
    def book(self) -> Book:
        """The person's book.

        Raises:
            ForbiddenError: the workbook has no open book.
        """
        if self.workbook.book is None:
            raise ForbiddenError()
        return self.workbook.book

    def set_state(self, sync_data: object) -> None:
        """Ignore state from the browser: Python decides what is shown; the browser calls verbs."""

    # -- what a sheet shows --------------------------------------------------------------------

    def build_state(self) -> dict[str, Any]:
        """Return what the sheet shows, as plain JSON."""
        return {}

    def refresh(self) -> None:
        """Show the current content of the book, in the person's language."""
        if self.workbook.book is None:
            self.words = {"closed": True}
            return
        self.words = self.words_now()
        self._show_position()
        with self.workbook.snapshot():  # so that what is cached knows what it was made from
            self.state = self.build_state()

    def wait(self) -> None:
        """Show nothing, and load no script but the one that asks to `build` the sheet."""
        self.is_waiting = True
        self._esm, self._css = module(WAITING), ""
        self._show_position()

    def words_now(self) -> dict[str, Any]:
        """Return the sheet's texts, in the person's language."""
        return self.workbook.words(self.name)

    def show_steps(self) -> None:
        """Show what is on the page by now, as another sheet was added to an author's page."""
        self._show_position()

    def _show_position(self) -> None:
        whose = {"whose": owner_hash(self.book)} if self.workbook.book else {}
        self.position = self.workbook.position_of(self.name) | whose

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a row made here; `id` is '' for one that is added."""
        return {}

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Return the changes to make together with a write; raise an `EnishiError` to refuse it.

        The columns are allowed at this point. `id` is '' for a row that is added.
        """
        return []

    # -- verbs of every sheet ------------------------------------------------------------------

    @command
    def write(self, table: Identifier, id: Identifier, version: int, values: FieldValues) -> Answer:
        """Write columns of a row; version 0 makes the row.

        Raises:
            ForbiddenError: the sheet does not allow one of these columns.
        """
        if not set(values) <= set(self._writable_columns(table, id)):
            raise ForbiddenError()
        linked = self.before_write(table, id, values)
        if version and not linked:  # merged with the write before, if it continues that
            return {"version": self.book.update(table, id, version, **values)}
        start = {} if version else self.row_defaults(table, id)
        with self.book.batch("write") as batch:
            if version:
                written = batch.update(table, id, version, **values)
            else:
                written = batch.upsert(table, id, 0, start, **values)
            for other, row, changes in linked:
                batch.update(other, row, **changes)
        return {"version": written}

    def _writable_columns(self, table: str, id: str) -> tuple[str, ...]:
        if table == "setting":
            return ("value",) if id in self.settings else ()
        return self.writable.get(table, ())

    @command
    def add(self, table: Identifier, values: dict[Identifier, Any]) -> Answer:
        """Add a row.

        Raises:
            ForbiddenError: the sheet does not allow this table or one of these columns.
        """
        if table not in self.creatable or not set(values) <= set(self.writable.get(table, ())):
            raise ForbiddenError()
        linked = self.before_write(table, "", values)
        start = self.row_defaults(table, "")
        with self.book.batch("add") as batch:
            added = batch.add(table, **(start | values))
            for other, row, changes in linked:
                batch.update(other, row, **changes)
        return {"focus": added}

    @command
    def drop(self, table: Identifier, id: Identifier) -> Answer:
        """Remove a row; undo brings it back.

        Raises:
            ForbiddenError: the sheet does not allow this table.
        """
        if table not in self.creatable:
            raise ForbiddenError()
        self.book.delete(table, id)
        return {"text": self.say("row_removed")}

    @query
    def build(self) -> None:
        """Build the sheet, if it is still waiting."""
        if self.is_waiting:
            with self.hold_sync():
                self.workbook.show(self)
                self._esm, self._css = self._module(), self._style()
            self.is_waiting = False

    @query
    def catch_up(self) -> Answer:
        """Show the current content of the book, after an earlier refresh failed."""
        self.workbook.refresh()
        return {"text": self.say("caught_up")}

    # -- messages ------------------------------------------------------------------------------

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text of this sheet, else of all sheets, with `facts` filled in.

        Raises:
            KeyError: there is no such text, or it needs a fact that is missing.
        """
        # Reads no book, as it also answers failures to read it.
        shared = self.words.get("common", {})
        found = next((words for words in (self.words, shared) if key in words), None)
        text: str = (found or texts("common", self.workbook.language))[key]
        return format_text(text, facts)

    def _on_message(self, widget: object, content: Any, buffers: list[Any]) -> None:
        """Decode a message, run its verb, and answer; a failure becomes one sentence."""
        n = message_number(content)
        if n in self._recent_numbers:
            self.send_state("answer")  # sent again after a lost connection: it was done already
            return
        if n >= 0:
            self._recent_numbers.append(n)
        answer: Answer = {"n": n, "ok": False}
        asked = False
        verb = "?"
        try:
            message = decode_message(content, type(self).messages)
            verb = message.__struct_config__.tag
            asked = hasattr(self.commands[verb], "is_query")
            done = self._dispatch(message, buffers)
            answer |= {"ok": True} | (done or {})
        except msgspec.ValidationError as error:
            log.warning(
                "%s refused a message that does not fit at %s",
                type(self).__name__,
                _error_location(error),
            )
            long = _too_long_error(content, error, self.words)
            understood = self.say("not_understood")
            answer |= self._error_answer(long) if long else {"text": understood}
        except EnishiError as error:
            if error.is_refusal:
                log.warning("%s refused %s", type(self).__name__, verb)
            answer |= self._error_answer(error)
        except Exception:
            log.exception("%s failed at %s", type(self).__name__, verb)
            answer["text"] = self.say("nothing_changed")
        with self.hold_sync():
            if not asked:
                answer |= self._refresh_all(answer)
            self.answer = answer

    def _refresh_all(self, answer: Answer) -> Answer:
        """Show the current content of the book; if that fails, return what to add to the answer."""
        try:
            self.workbook.refresh()
        except EnishiError as error:
            said = error_text(self.workbook.language, error)
            behind: Answer = {"behind": True, "passes": isinstance(error, TransientError)}
        except Exception:
            log.exception("%s could not be shown", type(self).__name__)
            said = self.say("reload_page")
            behind = {"behind": True}
        else:
            return {}
        if not answer["ok"]:
            return behind | answer  # the answer has the reason already
        return behind | {"text": self.say("saved_behind", reason=said)}

    def _dispatch(self, message: Any, buffers: list[Any]) -> Answer | None:
        if not may(self.workbook.role, self.role):
            raise ForbiddenError()
        values = msgspec.structs.asdict(message)
        values.pop("n")
        verb = message.__struct_config__.tag
        if verb == "write":
            return self._write(**values)
        method = self.commands[verb]
        if "buffers" in inspect.signature(method).parameters:
            values["buffers"] = [bytes(buffer) for buffer in buffers]
        done: Answer | None = method(self, **values)
        return done

    def _write(self, table: str, id: str, version: int, values: Answer) -> Answer:
        """Write, and recognise the values of one's own uncertain write.

        If a database server disappears during a commit, it is unknown whether the write was done.
        If it was, the next write meets those values, and they are no conflict with another window.
        """
        unsure = self._uncertain_writes.get((table, id), {})
        try:
            try:
                done: Answer = self.write(table, id, version, values)
            except StaleVersionError as stale:
                if not stale.theirs.items() <= unsure.items():
                    raise
                done = self.write(table, id, stale.version, values)
        except TransientError:
            self._uncertain_writes[table, id] = unsure | validate(STORED[table], values)
            raise
        for column in values:
            unsure.pop(column, None)
        return done

    def _error_answer(self, error: EnishiError) -> Answer:
        if "field" in error.facts:
            names = str(error.facts["field"]).split(", ")
            found = [(name, self.words.get(name.rpartition(".")[2])) for name in names]
            said = [word if isinstance(word, str) else name for name, word in found]
            error.facts = error.facts | {"field": format_list(said, self.workbook.language)}
        answer: Answer = {"text": error_text(self.workbook.language, error)}
        if isinstance(error, TransientError):
            answer["passes"] = True
        if isinstance(error, StaleVersionError):
            answer |= {"theirs": error.theirs, "version": error.version}
        if isinstance(error, TooLongError):
            answer["fits"] = {"longest": error.longest, "most": error.most}
        return answer


def decode_message(content: Any, messages: Any) -> Any:
    """Decode a message.

    Raises:
        msgspec.ValidationError: it does not fit the schema, or a text holds half of a surrogate
            pair.
    """
    try:
        return msgspec.convert(content, type=messages)
    except UnicodeError as error:
        raise msgspec.ValidationError("a text is not Unicode") from error


def _too_long_error(
    content: Any, error: msgspec.ValidationError, words: dict[str, Any]
) -> TooLongError | None:
    """Return the error for a message with a text that is too long; None for any other cause.

    The text is named only if `words` of the sheet do so; their `name` is the sheet's own.
    """
    found = TOO_LONG.search(str(error))
    if found is None or int(found[1]) < MIN_FREE_TEXT:
        return None
    names = re.findall(r"\w+", found[2])
    text = content
    for name in names:
        text = text[int(name) if isinstance(text, list) else name]
    facts: dict[str, Any] = {"longest": int(found[1]), "most": None, "count": len(text)}
    if names[-1] == "name" or not isinstance(words.get(names[-1]), str):
        return UnnamedTooLongError(TEXT_TOO_LONG, **facts)
    return TooLongError(TEXT_TOO_LONG, field=names[-1], **facts)


def message_number(content: Any) -> int:
    """Return the number of a message, or -1 if it has no valid one."""
    n = content.get("n") if isinstance(content, dict) else None
    return n if type(n) is int and 0 <= n <= MAX_MESSAGE_NUMBER else -1


def _error_location(error: msgspec.ValidationError) -> str:
    """Return where a message does not fit its schema, without the values: these are not logged."""
    _, _, place = str(error).rpartition(" - at `")
    return _NOT_IN_A_LOCATION.sub("…", place.removesuffix("`"))[:MAX_LOCATION] or "$"


def owner_hash(book: Book) -> str:
    """Return a hash of the book's owner: a browser restores its data only for the same owner."""
    return hashlib.sha256(book.owner.encode()).hexdigest()[:12]


class ForbiddenError(EnishiError):
    """The browser asks for something that this sheet does not do."""

    sentence = "This cannot be done here, so nothing was changed."
    is_refusal = True
