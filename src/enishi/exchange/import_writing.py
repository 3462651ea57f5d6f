"""Writes the changes of a previewed import: prepared in steps, written as one batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import date
from typing import Any, NamedTuple

from enishi.book.batch import Batch, prepare_rows
from enishi.book.journal import RowChange
from enishi.exchange.collector import paused_collector
from enishi.exchange.csv_record import Detail
from enishi.exchange.file_relations import LinkedRelation, Owner
from enishi.exchange.import_preview import ContactChange, Preview

STEP = 200
"""People prepared or written between two looks at the clock, or two progress reports."""


class Imported(NamedTuple):
    """How many contacts an import added, and to how many it gave something."""

    added: int
    filled: int


@dataclass
class PreparedImport:
    """The changes of one import, made ready step by step; nothing is written before `write`.

    Attributes:
        changes: what to write, by person.
        pairs: who is not the same person, as the user said.
        today: the day of the import.
        total: the number of people that the import writes to.
        done: the number of them who are ready.
    """

    changes: InitVar[Mapping[Owner, ContactChange]]
    pairs: Iterable[tuple[Owner, Owner]]
    today: date
    total: int = field(default=0, init=False)
    done: int = field(default=0, init=False)
    _created: list[RowChange] = field(default_factory=list)
    _filled: dict[str, dict[str, Any]] = field(default_factory=dict)
    _details: list[dict[str, Any]] = field(default_factory=list)
    _relations: list[tuple[Owner, LinkedRelation]] = field(default_factory=list)
    _ids: dict[Owner, str] = field(default_factory=dict)

    def __post_init__(self, changes: Mapping[Owner, ContactChange]) -> None:
        self._waiting = list(changes.items())
        self._waiting.reverse()  # they are taken from its end, so that each is kept once
        self.total = len(self._waiting)

    @paused_collector()
    def prepare(self, seconds: float = float("inf")) -> bool:
        """Make people ready for about `seconds`; return whether all are.

        Raises:
            InvalidValueError: a value does not fit.
        """
        end = time.monotonic() + seconds
        while self.done < self.total and time.monotonic() < end:
            some = [self._waiting.pop() for _ in range(min(STEP, len(self._waiting)))]
            self._prepare_people(some)
            self.done += len(some)
        return self.done == self.total

    def _prepare_people(self, some: Sequence[tuple[Owner, ContactChange]]) -> None:
        acquired = {"acquired_on": self.today.isoformat()}
        new = [(who, change) for who, change in some if change.id is None]
        rows = prepare_rows("contact", [change.values | acquired for _, change in new])
        self._created += rows
        self._ids.update(zip((who for who, _ in new), (row.id for row in rows), strict=True))
        for who, change in some:
            if change.id is not None:
                self._ids[who] = change.id
                self._filled[change.id] = change.values
            self._relations += [(who, each) for each in change.relations]
            self._details += [detail_row(self._ids[who], each) for each in change.details]

    @paused_collector()
    def write(self, batch: Batch, progress: Callable[[int, int], None] | None = None) -> Imported:
        """Write everything into `batch`.

        Raises:
            UnknownRowError: a contact to fill is gone; nothing of the batch is kept.
        """
        self.prepare()
        for start in range(0, len(self._created), STEP):
            if progress:
                progress(start, self.total)
            batch.add_prepared(self._created[start : start + STEP])
        batch.update_many("contact", self._filled)
        batch.add_many("detail", self._details)
        on = self.today.isoformat()
        pairs = [(self._id_of(one), self._id_of(other)) for one, other in self.pairs]
        batch.add_many(
            "distinct_pair", [{"a_id": a, "b_id": b, "on": on} for a, b in pairs if a and b]
        )
        batch.add_many("relation", list(self._relation_rows()))
        if progress:
            progress(self.total, self.total)
        return Imported(len(self._created), len(self._filled))

    def _relation_rows(self) -> Iterator[dict[str, Any]]:
        """Yield the relations as rows, without those to a contact that was left out."""
        for owner, (other, _, kind, words, inverse) in self._relations:
            a, b = self._id_of(other), self._id_of(owner)
            if a and b:
                said = {"kind": kind, "words": words, "inverse": inverse}
                yield {"a_id": a, "b_id": b, **said}

    def _id_of(self, person: Owner) -> str:
        """Return the id of a contact, "" for one who was left out."""
        kind, key = person
        return self._ids.get(person, str(key) if kind == "id" else "")


def detail_row(contact_id: str, detail: Detail) -> dict[str, Any]:
    """Return a detail as a row of the table `detail`."""
    return {"contact_id": contact_id, **detail._asdict()}


def pairs_of(preview: Preview, others: Iterable[int]) -> list[tuple[Owner, Owner]]:
    """Return the people of whom the user said that they are two.

    Args:
        preview: the preview.
        others: the lines that are not who they may be.
    """
    lines = set(others)
    return [
        (entry.person, entry.match)
        for entry in preview.entries
        if entry.action == "perhaps" and entry.line in lines
    ]
