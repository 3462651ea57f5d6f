"""What is prepared before the fork for the many pages of a room."""

from __future__ import annotations

import os

import pytest

from enishi.i18n import texts
from enishi.identity import PERSON
from enishi.serve.fork.room_rehearsal import REHEARSED, rehearse_room


def test_every_sheet_of_a_participant_is_built_before_the_fork(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, *names = [kind.name for kind in REHEARSED]
    assert names == list(texts("room", "en")["pages"]["10-room"]["sheets"])
    monkeypatch.setenv(PERSON, "")
    before = dict(os.environ)
    rehearse_room()
    assert dict(os.environ) == before
