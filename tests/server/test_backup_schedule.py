"""When the server of one person has a backup made, and that a server for many makes none."""

from __future__ import annotations

import logging
import os
from contextlib import closing
from pathlib import Path

import pytest

from enishi.book import Book
from enishi.book.copies.automatic_backups import backup_folder, list_automatic_backups
from enishi.book.database import open_database
from enishi.serve.backup_schedule import BackupSchedule, schedule_for
from serving import serving
from stores import BOOK, in_file

pytest_plugins = ["server_fixtures"]
LOG = logging.getLogger("test")


def filled(data: Path, name: str = "架空 花子") -> Path:
    """Add somebody to the book in a folder, and return its file."""
    data.mkdir(mode=0o700, exist_ok=True)
    with closing(Book(open_database(in_file(data / BOOK)), "me")) as book:
        book.add("contact", name=name)
    return data / BOOK


def test_a_backup_is_made_when_the_server_ends_and_none_if_nothing_changed(
    tmp_path: Path, small_workbooks: Path
) -> None:
    file = filled(tmp_path / "data")
    for _ in range(2):
        with serving(tmp_path / "data", small_workbooks) as server, server.client() as client:
            assert client.get("/healthz").is_success  # it serves, and not only listens
        assert "automatic" not in server.log.read_text()
        assert len(list_automatic_backups(file)) == 1


@pytest.mark.thorough
def test_a_server_for_many_makes_none(tmp_path: Path, small_workbooks: Path) -> None:
    file = filled(tmp_path / "data")
    with serving(tmp_path / "data", small_workbooks, "host", "--port", "0"):
        pass
    assert not backup_folder(file).exists()


def test_the_process_is_started_only_after_a_change(tmp_path: Path) -> None:
    file = filled(tmp_path / "data")
    schedule = BackupSchedule(file, LOG)
    assert schedule.is_due()
    schedule.make()
    assert not schedule.is_due() and len(list_automatic_backups(file)) == 1
    filled(tmp_path / "data", "見本 次郎")
    assert schedule.is_due()


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_nothing_is_logged_without_a_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = filled(tmp_path / "data")
    file.parent.chmod(0o500)
    BackupSchedule(file, LOG).make()
    file.parent.chmod(0o700)
    assert "PermissionError" in caplog.text and "花子" not in caplog.text


def test_a_damaged_book_is_logged_without_a_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = filled(tmp_path / "data")
    file.write_bytes(file.read_bytes()[:-4096])
    schedule = BackupSchedule(file, LOG)
    schedule.make()
    assert "No automatic backup was made" in caplog.text and "花子" not in caplog.text
    assert schedule.is_due() and list_automatic_backups(file) == []


def test_there_is_no_schedule_for_a_database_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENISHI_DATABASE", "postgresql://name@host/enishi")
    assert schedule_for(LOG) is None


def test_before_there_is_a_book_nothing_is_started(tmp_path: Path) -> None:
    assert not BackupSchedule(tmp_path / BOOK, LOG).is_due()
