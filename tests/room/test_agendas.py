"""Agendas: the ready ones, and files that do not fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from enishi.book import Book
from enishi.book.accounts import read_connection
from enishi.book.room_tables import STORED
from enishi.choices import GROUPINGS, PHASE_KINDS, SHOWS
from enishi.i18n import LANGUAGES, error_text
from enishi.room.agendas import SessionAgenda, find_agenda, phases_of, read_agendas
from enishi.room.errors import AgendaError, UnknownAgendaError
from enishi.serve.cli.opened_room import ensure_room

READY = read_agendas()[0]
LENGTHS = {"60": 60, "90": 90, "mokumoku": 90, "120": 120}
PROMISED = {
    "ja": ("ここだけの話", "販売|売りこみ", "勧誘", "写真", "パス", "帰る"),
    "en": ("stays|in this room", "sell", "recruit", "photographs|cameras", "pass", "leav"),
}
"""What the opening names: all stays here, no selling, no photographs, one may pass and leave."""
FITTING = """\
title: {ja: 会, en: Meeting}
minutes: 7
phases:
  - kind: welcome
    title: {ja: はじまり, en: Welcome}
    minutes: 7
    grouping: all
    shows: named
    say: {ja: ようこそ。, en: Welcome.}
"""

every_agenda = pytest.mark.parametrize("agenda", READY, ids=lambda agenda: agenda.name)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes the file of an agenda with one text replaced by another."""

    def change(name: str, old: str = "", new: str = "") -> Path:
        assert old in FITTING
        file = tmp_path / f"{name}.yaml"
        file.write_text(FITTING.replace(old, new, 1) if old else FITTING, encoding="utf-8")
        return tmp_path

    return change


def test_the_ready_agendas_all_fit_and_last_as_long_as_they_are_called() -> None:
    agendas, errors = read_agendas()
    assert errors == ()
    assert {each.name: each.minutes for each in agendas} == LENGTHS
    assert [each.name for each in agendas] == list(LENGTHS), "the shortest is first"


@every_agenda
def test_a_ready_agenda_knows_all_it_names(agenda: SessionAgenda) -> None:
    for phase in agenda.phases:
        assert phase.kind in PHASE_KINDS
        assert phase.grouping in GROUPINGS
        assert phase.shows in SHOWS
    assert agenda.phases[0].kind == "welcome" and agenda.phases[-1].kind == "home"


@every_agenda
def test_requests_are_written_before_the_ring_reads_them(agenda: SessionAgenda) -> None:
    kinds = [phase.kind for phase in agenda.phases]
    assert "ring" not in kinds or kinds.index("request") < kinds.index("ring")


@every_language
@every_agenda
def test_what_to_say_is_short_in_both_languages(agenda: SessionAgenda, language: str) -> None:
    for phase in agenda.phases:
        said = phase.say[language]
        ends = re.findall(r"。(?!」)" if language == "ja" else r"[.?!](?=[”\s]|$)", said)
        assert 1 <= len(ends) <= 4 and len(said) <= 400, phase.title[language]
        assert phase.say["ja"] != phase.say["en"] and phase.title["ja"] != phase.title["en"]


@every_language
@every_agenda
def test_the_opening_names_the_time_and_what_is_promised_here(
    agenda: SessionAgenda, language: str
) -> None:
    said = agenda.phases[0].say[language]
    assert str(agenda.minutes) in said
    for promise in PROMISED[language]:
        assert re.search(promise, said, re.IGNORECASE), promise


@every_language
@every_agenda
def test_a_room_is_opened_with_an_agenda(agenda: SessionAgenda, language: str, book: Book) -> None:
    room, key = ensure_room(book.engine, agenda.name, None, language)

    assert key
    phase, stage = STORED["room_phase"], STORED["room_stage"]
    with read_connection(book.engine) as connection:
        kept = select(phase).where(phase.c.owner == room).order_by(phase.c.place)
        rows = [dict(row) for row in connection.execute(kept).mappings()]
        title = connection.scalar(select(stage.c.title).where(stage.c.owner == room))
    planned = phases_of(agenda, language)
    assert [{name: row[name] for name in planned[0]} for row in rows] == planned
    assert title == agenda.title[language]


def test_without_a_choice_a_room_takes_90_minutes(book: Book) -> None:
    room, _ = ensure_room(book.engine, None, None, "en")

    phase = STORED["room_phase"]
    with read_connection(book.engine) as connection:
        minutes = connection.scalars(select(phase.c.minutes).where(phase.c.owner == room)).all()
    assert sum(minutes) == 90


@every_language
def test_an_unknown_name_is_told_which_there_are(language: str, book: Book) -> None:
    with pytest.raises(UnknownAgendaError) as refused:
        ensure_room(book.engine, "75", None, language)
    said = error_text(language, refused.value)
    assert "75" in said and "60, 90, mokumoku, 120" in said


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("minutes: 7", "minutes: 8", 2, "minutes: expected is 7. Found: 8."),
        ("kind: welcome", "kind: dance", 4, "kind: expected is welcome, "),
        ("grouping: all", "grouping: five", 7, "grouping: expected is alone, "),
        ("shows: named", "shows: loudly", 8, "shows: expected is hidden, "),
        ("    minutes: 7", "    minutes: 181", 6, "minutes: expected is 1–180. Found: 181."),
        ("    minutes: 7", "    minutes: soon", 6, "Found: soon."),
        ("    shows: named\n", "", 4, "shows is missing."),
        ("    shows: named", "    shown: named", 8, "Found: shown."),
        ("    shows: named", "    kind: welcome", 8, "Found: kind."),
        (", en: Welcome.}", "}", 9, "en is missing."),
        ("en: Welcome.", "en: ''", 9, "say.en: expected is 1–4000. Found: 0."),
        ("en: Meeting", f"en: {'M' * 81}", 1, "title.en: expected is 1–80. Found: 81."),
        ("title: {ja: 会, en: Meeting}", "title: Meeting", 1, "Found: Meeting."),
        ("  - kind: welcome", "    kind: welcome", 4, "phases: expected is - kind: …."),
        ("grouping: all", "grouping: [all", 8, "cannot be read as YAML"),
        (FITTING, "", 1, "title is missing."),
    ],
)
def test_what_does_not_fit_is_named_with_its_line_while_others_load(
    write: Callable[..., Path], old: str, new: str, line: int, reason: str
) -> None:
    write("fits")
    agendas, errors = read_agendas(write("odd", old, new))

    assert [each.name for each in agendas] == ["fits"]
    (error,) = errors
    assert (error.facts["file"], error.facts["line"]) == ("odd.yaml", line)
    assert reason in str(error)
    assert "odd.yaml" in error_text("ja", error) and f"{line} 行目" in error_text("ja", error)


def test_a_file_that_is_no_text_does_not_stop_the_others(write: Callable[..., Path]) -> None:
    folder = write("fits")
    (folder / "odd.yaml").write_bytes(b"title: \xff\xfe\x80")

    agendas, errors = read_agendas(folder)
    assert [each.name for each in agendas] == ["fits"]
    assert [each.facts["line"] for each in errors] == [1]


def test_an_agenda_that_does_not_fit_says_so_where_it_is_asked_for(
    write: Callable[..., Path],
) -> None:
    folder = write("odd", "kind: welcome", "kind: dance")
    with pytest.raises(AgendaError, match="line 4"):
        find_agenda("odd", folder)
