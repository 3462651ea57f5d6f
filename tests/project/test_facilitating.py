"""What docs/facilitating.md tells a facilitator is what the agenda of ninety minutes does."""

from __future__ import annotations

import re

from enishi.paths import CHECKOUT
from enishi.room.agendas import find_agenda, phases_of

ROW = re.compile(r"^\| (\d+) \| (\d+) \| ([^|]+?) \|", re.MULTILINE)


def test_the_run_sheet_has_the_minutes_and_titles_of_the_agenda() -> None:
    page = (CHECKOUT / "docs" / "facilitating.md").read_text(encoding="utf-8")
    told = [(int(at), int(minutes), title) for at, minutes, title in ROW.findall(page)]
    at, expected = 0, []
    for phase in phases_of(find_agenda("90"), "en"):
        expected.append((at, phase["minutes"], phase["title"]))
        at += phase["minutes"]
    assert told == expected
    assert at == 90
