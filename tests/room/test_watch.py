"""How a page of a room notices what changed: by what the server tells, and without a server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from enishi.identity import HOSTING
from enishi.room import watch
from enishi.room.change_signal import Signal, read_signal, write_signal
from enishi.serve.room_looks import RoomLooks
from room_session import Participant, Session
from widgets.room import room_page

pytest_plugins = ["room_fixtures"]


@pytest.fixture
def looks(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RoomLooks:
    """What a server looks with, where nobody has opened a page yet."""
    monkeypatch.setenv(HOSTING, str(tmp_path / "hosting.json"))
    return RoomLooks(session.book.engine)


def phase_on(page: Participant) -> str:
    """Return the sheet of the phase that a page shows after its next look; '' for none."""
    return str((page["Here"]["phase"] or {}).get("sheet", ""))


def test_a_page_asks_the_database_only_after_the_server_saw_something_new(
    session: Session, looks: RoomLooks, tmp_path: Path
) -> None:
    hana = session.enter("Hana")
    looks.look({session.book.owner})
    assert phase_on(hana) == ""

    session.lead_into("notes")
    assert phase_on(hana) == "", "the server has not looked yet"
    looks.look({session.book.owner})
    assert phase_on(hana) == "notes"
    (file,) = tmp_path.glob("*.signal")
    assert file.stat().st_size == 16, "two numbers, and nothing of what is in the room"


def test_a_page_looks_by_itself_once_the_server_has_stopped(
    session: Session, looks: RoomLooks
) -> None:
    hana = session.enter("Hana")
    looks.look({session.book.owner})
    assert phase_on(hana) == ""

    session.lead_into("notes")
    told = read_signal(session.book.owner)
    assert told is not None
    write_signal(session.book.owner, Signal(told.changes, time.monotonic() - 3))
    assert phase_on(hana) == "notes"

    session.lead_into("poll")
    looks.look({session.book.owner})  # it goes on
    assert phase_on(hana) == "poll"


def test_a_database_that_is_gone_is_said_on_the_page_until_it_is_back(
    session: Session, looks: RoomLooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_SIGNAL_SECONDS", 0.1)
    monkeypatch.setattr(room_page, "LATE_SECONDS", 0.3)
    monkeypatch.setattr(room_page, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(room_page, "LONGEST_WAIT_SECONDS", 0.05)
    hana = session.enter("Hana")
    file = Path(session.book.engine.url.database or "")
    away = file.with_suffix(".away")

    async def live() -> None:
        hana.page.follow()
        looks.look({session.book.owner})
        file.rename(away)
        assert hana.page.watch is not None
        hana.page.watch.close()  # an open connection would go on reading the file that was moved
        began = time.monotonic()
        await until(lambda: bool(hana.sheets["Here"].state.get("late")))
        assert time.monotonic() - began >= 0.3
        away.rename(file)
        await until(lambda: not hana.sheets["Here"].state.get("late"))

    assert not hana["Here"].get("late")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, live()).result()


async def until(claim: Callable[[], bool]) -> None:
    """Wait until `claim` holds, while the page goes on."""
    async with asyncio.timeout(20):
        while not claim():
            await asyncio.sleep(0.01)


def test_a_room_that_no_page_is_open_on_is_looked_at_no_more(
    session: Session, looks: RoomLooks
) -> None:
    looks.look({session.book.owner})
    looks.look(set())
    session.lead_into("notes")
    told = read_signal(session.book.owner)
    assert told is not None and told.changes == 1
