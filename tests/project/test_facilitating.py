"""What docs/facilitating.md tells a facilitator is what the agenda of ninety minutes does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from enishi.i18n.texts import read_yaml
from enishi.paths import CHECKOUT
from enishi.room.agendas import find_agenda, phases_of

ROW = re.compile(r"^\| (\d+) \| (\d+) \| ([^|]+?) \|", re.MULTILINE)

NAMED = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?!\*)|“([^”\n]+)”")
"""What the guide names as it stands on a screen."""


def english_texts(node: Any) -> Iterator[str]:
    """Give each English text below a node of the texts."""
    if isinstance(node, dict):
        for key, below in node.items():
            if key == "en" and isinstance(below, str):
                yield below
            else:
                yield from english_texts(below)
    elif isinstance(node, list):
        for below in node:
            yield from english_texts(below)


def test_what_the_guide_names_stands_on_a_screen_in_these_words() -> None:
    page = (CHECKOUT / "docs" / "facilitating.md").read_text(encoding="utf-8")
    named = {emphasised or quoted for emphasised, quoted in NAMED.findall(page)}
    files = (CHECKOUT / "data" / "words").glob("*.yaml")
    shown = {text for file in files for text in english_texts(read_yaml(file))}
    assert len(named) > 15
    assert sorted(named - shown) == []


def test_the_run_sheet_has_the_minutes_and_titles_of_the_agenda() -> None:
    page = (CHECKOUT / "docs" / "facilitating.md").read_text(encoding="utf-8")
    told = [(int(at), int(minutes), title) for at, minutes, title in ROW.findall(page)]
    at, expected = 0, []
    for phase in phases_of(find_agenda("90"), "en"):
        expected.append((at, phase["minutes"], phase["title"]))
        at += phase["minutes"]
    assert told == expected
    assert at == 90
