import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from enishi.exchange.ical import CalendarEntry, write_calendar

NOW = datetime(2026, 11, 20, 7, 31, tzinfo=UTC)
STEP = CalendarEntry("step-0001", date(2026, 12, 31), "架○さん：近況を聞く")


def read(*entries: CalendarEntry) -> list[Any]:
    return Calendar.from_ical(write_calendar(entries, "ja", NOW)).walk("VEVENT")


def test_every_line_ends_in_crlf_and_none_is_longer_than_75_octets() -> None:
    text = write_calendar([STEP._replace(summary="近況を聞く" * 30)], "ja", NOW)

    assert text.count("\n") == text.count("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Enishi//Workbook//JA\r\n")


def test_a_day_is_an_event_over_the_whole_day_that_keeps_nobody_busy() -> None:
    (event,) = read(STEP)

    assert event.decoded("dtstart") == date(2026, 12, 31)
    assert event.decoded("dtend") == date(2027, 1, 1)
    assert event.decoded("dtstamp") == NOW
    assert (event["transp"], event["class"]) == ("TRANSPARENT", "PRIVATE")
    assert event["summary"] == STEP.summary


def test_the_reminder_sounds_at_nine_in_the_morning() -> None:
    (event,) = read(STEP)
    (alarm,) = event.walk("VALARM")

    assert alarm.decoded("trigger") == timedelta(hours=9)
    assert (alarm["action"], alarm["description"]) == ("DISPLAY", STEP.summary)


def test_an_entry_keeps_its_uid_from_file_to_file() -> None:
    (before,) = read(STEP)
    (after,) = read(STEP._replace(day=date(2027, 1, 5), summary="別のことば"))

    assert before["uid"] == after["uid"] == "step-0001@enishi.invalid"


def test_what_a_person_wrote_comes_back_as_it_was() -> None:
    words = "本, 資料; それから\\と、長い長い、とても長いひとことを近いうちに送る約束 BEGIN:VEVENT"
    (event,) = read(STEP._replace(summary=words))

    assert event["summary"] == words


def test_nothing_to_remember_makes_an_empty_calendar() -> None:
    assert read() == []


@pytest.mark.thorough
def test_khal_imports_and_lists_our_days_and_a_later_file_moves_them(tmp_path: Path) -> None:
    config = tmp_path / "khal.conf"
    (tmp_path / "days").mkdir()
    config.write_text(
        f"[calendars]\n[[days]]\npath = {tmp_path / 'days'}\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "timeformat = %H:%M\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )

    def khal(*words: str) -> str:
        command = [str(Path(sys.executable).parent / "khal"), "-c", str(config), *words]
        environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, check=True, env=environment
        )
        return done.stdout

    def days_listed(entry: CalendarEntry) -> str:
        file = tmp_path / "ours.ics"
        file.write_bytes(write_calendar([entry], "ja", NOW).encode())
        khal("import", "--batch", "-a", "days", str(file))
        return khal("list", "--format", "{start} {title}", "2026-12-01", "90d")

    assert "2026-12-31 架○さん：近況を聞く" in days_listed(STEP)
    moved = days_listed(STEP._replace(day=date(2027, 1, 5)))
    assert "2027-01-05 架○さん：近況を聞く" in moved and "2026-12-31 架○" not in moved
