"""Agendas: ready plans of a session, one a file, in both languages side by side.

A file has a `title`, its length in `minutes`, and `phases`; each phase has the fields of
`AgendaPhase`. A room works on its own copy of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from enishi.book.room_tables import room_phase
from enishi.book.tables import NOTE
from enishi.choices import GROUPINGS, PHASE_KINDS, SHOWS
from enishi.i18n import LANGUAGES
from enishi.i18n.texts import compose_yaml
from enishi.paths import shared
from enishi.room.errors import (
    AgendaError,
    AgendaFieldError,
    AgendaNotReadError,
    AgendaValueError,
    UnknownAgendaError,
)

USUAL = "90"
"""The agenda of a room for which none is chosen."""
TITLE: int = room_phase.c.title.info["longest"]
"""Most characters of a title."""
_MINUTES: tuple[int, int] = room_phase.c.minutes.info["range"]
"""Fewest and most minutes of a phase."""
DAY_MINUTES = 24 * 60

Said = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True)
class AgendaPhase:
    """A phase of an agenda.

    Attributes:
        kind: one of `PHASE_KINDS`.
        title: what it is called.
        minutes: how long it takes.
        grouping: one of `GROUPINGS`.
        shows: one of `SHOWS`.
        say: what the facilitator may say.
    """

    kind: str
    title: Said
    minutes: int
    grouping: str
    shows: str
    say: Said


@dataclass(frozen=True)
class SessionAgenda:
    """A plan of a session.

    Attributes:
        name: the name of its file, without its ending.
        title: what a room with it is called.
        phases: its phases, in their order.
    """

    name: str
    title: Said
    phases: tuple[AgendaPhase, ...]

    @property
    def minutes(self) -> int:
        """How long the session takes."""
        return sum(phase.minutes for phase in self.phases)


def agenda_dir() -> Path:
    """Return the folder of the agendas that came with the product."""
    return shared("data") / "agendas"


def read_agendas(
    folder: Path | None = None,
) -> tuple[tuple[SessionAgenda, ...], tuple[AgendaError, ...]]:
    """Return the agendas of a folder, the shortest first, and why further files are none.

    Args:
        folder: the folder; `agenda_dir()` if None.
    """
    agendas: list[SessionAgenda] = []
    errors: list[AgendaError] = []
    for file in sorted((folder or agenda_dir()).glob("*.yaml")):
        try:
            agendas.append(read_agenda(file))
        except AgendaError as error:
            errors.append(error)
    agendas.sort(key=lambda each: (each.minutes, each.name))
    return tuple(agendas), tuple(errors)


def find_agenda(name: str, folder: Path | None = None) -> SessionAgenda:
    """Return the agenda of a name; see `read_agendas`.

    Raises:
        AgendaError: its file does not fit.
        UnknownAgendaError: there is none of this name.
    """
    agendas, errors = read_agendas(folder)
    for agenda in agendas:
        if agenda.name == name:
            return agenda
    for error in errors:
        if error.facts["file"] == f"{name}.yaml":
            raise error
    raise UnknownAgendaError(name=name, names=", ".join(each.name for each in agendas))


def phases_of(agenda: SessionAgenda, language: str) -> list[dict[str, Any]]:
    """Return the values of the phases in one language, as `make_room` takes them."""
    return [
        {
            "kind": phase.kind,
            "title": phase.title[language],
            "minutes": phase.minutes,
            "grouping": phase.grouping,
            "shows": phase.shows,
            "say": phase.say[language],
        }
        for phase in agenda.phases
    ]


def read_agenda(file: Path) -> SessionAgenda:
    """Return the agenda of a file.

    Raises:
        AgendaError: it does not fit.
    """
    try:
        root = compose_yaml(file)
    except (OSError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        raise AgendaNotReadError(file=file.name, line=mark.line + 1 if mark else 1) from error
    if root is None:
        raise AgendaFieldError(file=file.name, line=1, field="title")
    return _Reader(file.name).read(root, file.stem)


@dataclass(frozen=True)
class _Reader:
    """Reads the nodes of one file, which know their lines; each method raises `AgendaError`."""

    file: str

    def read(self, root: yaml.Node, name: str) -> SessionAgenda:
        """Return the agenda, whose phases take the minutes it says."""
        fields = self._fields(root, "agenda", ("title", "minutes", "phases"))
        phases = tuple(self._phase(node) for node in self._items(fields["phases"], "phases"))
        agenda = SessionAgenda(name, self._said(fields["title"], "title", TITLE), phases)
        minutes = self._number(fields["minutes"], "minutes", (1, DAY_MINUTES))
        if minutes != agenda.minutes:
            raise self._value_error(fields["minutes"], "minutes", agenda.minutes, minutes)
        return agenda

    def _phase(self, node: yaml.Node) -> AgendaPhase:
        names = ("kind", "title", "minutes", "grouping", "shows", "say")
        fields = self._fields(node, "phases", names)
        return AgendaPhase(
            self._choice(fields["kind"], "kind", PHASE_KINDS),
            self._said(fields["title"], "title", TITLE),
            self._number(fields["minutes"], "minutes", _MINUTES),
            self._choice(fields["grouping"], "grouping", GROUPINGS),
            self._choice(fields["shows"], "shows", SHOWS),
            self._said(fields["say"], "say", NOTE),
        )

    def _fields(self, node: yaml.Node, field: str, names: tuple[str, ...]) -> dict[str, yaml.Node]:
        """Return the values of a mapping that has exactly these keys, each once."""
        if not isinstance(node, yaml.MappingNode):
            raise self._value_error(node, field, ", ".join(names), _found(node))
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value not in names or key.value in found:
                raise self._value_error(key, field, ", ".join(names), _found(key))
            found[key.value] = value
        for name in names:
            if name not in found:
                raise AgendaFieldError(file=self.file, line=_line(node), field=name)
        return found

    def _items(self, node: yaml.Node, field: str) -> Iterator[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self._value_error(node, field, "- kind: …", _found(node))
        yield from node.value

    def _said(self, node: yaml.Node, field: str, longest: int) -> Said:
        """Return a text by language: not empty, and not too long."""
        fields = self._fields(node, field, LANGUAGES)
        for language, text in fields.items():
            if not isinstance(text, yaml.ScalarNode) or not 0 < len(text.value.strip()) <= longest:
                found = len(text.value) if isinstance(text, yaml.ScalarNode) else _found(text)
                raise self._value_error(text, f"{field}.{language}", f"1–{longest}", found)
        return MappingProxyType({each: fields[each].value.strip() for each in LANGUAGES})

    def _number(self, node: yaml.Node, field: str, allowed: tuple[int, int]) -> int:
        least, most = allowed
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1
        if not least <= number <= most:
            raise self._value_error(node, field, f"{least}–{most}", _found(node))
        return number

    def _choice(self, node: yaml.Node, field: str, known: tuple[str, ...]) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.value not in known:
            raise self._value_error(node, field, ", ".join(known), _found(node))
        return str(node.value)

    def _value_error(
        self, node: yaml.Node, field: str, expected: object, found: object
    ) -> AgendaError:
        return AgendaValueError(
            file=self.file, line=_line(node), field=field, expected=expected, found=found
        )


def _line(node: yaml.Node) -> int:
    """Return the line on which a node begins, from 1."""
    return int(node.start_mark.line) + 1


def _found(node: yaml.Node) -> str:
    """Return a node as an error shows it."""
    if isinstance(node, yaml.ScalarNode):
        text = str(node.value)
        return text if len(text) <= TITLE else f"{text[:TITLE]}…"
    return "[…]" if isinstance(node, yaml.SequenceNode) else "{…}"
