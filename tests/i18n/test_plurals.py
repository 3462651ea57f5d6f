"""English texts with a number in them, for one and for many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from enishi.i18n.texts import format_text, placeholders, texts
from enishi.paths import shared

NAMES = sorted(file.stem for file in (shared("data") / "words").glob("*.yaml"))
NUMBERS = {
    *("n", "count", "days", "months", "weeks", "years", "hours", "minutes", "size", "rows", "kept"),
    *("total", "done", "people", "voices", "most", "least", "capacity", "talks"),
}
"""The names of the facts that are numbers; so is every fact that chooses between two words."""
CHOOSES = re.compile(r"\{(\w+)\|")
NOT_PLURAL = {"is", "was", "has", "this", "its", "as", "less", "across", "us", "s", "touches"}
SINGULAR = (
    "day|week|month|year|hour|minute|second|person|line|word|character|meeting|gift|promise|entry"
    "|pair|place|strength|contact|circle|time|mixer|introduction|thing|screen|step|letter"
)

YES_NO = {"ahead", "now", "past"}
"""Facts that are 1 or 0 and choose words without being a number themselves."""


def texts_in(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from texts_in(value, f"{path}.{key}")
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from texts_in(value, f"{path}[{number}]")
    elif isinstance(tree, str):
        yield path, tree


def wrong_number(text: str, n: int) -> str:
    """Return what is wrong with the number in an English text that was filled with `n`."""
    if n == 1:
        for word in re.findall(r"\b1 ([a-z]+)\b", text):
            plural = word.endswith("s") and word not in NOT_PLURAL
            if plural or word in ("people", "are", "were", "have"):
                return f"1 {word}"
        return "".join(re.findall(r"\bare 1\b|\bwere 1\b", text)[:1])
    return "".join(re.findall(rf"\b{n} (?:{SINGULAR})\b|\b(?:is|was) {n}\b", text)[:1])


def test_a_wrong_plural_is_noticed() -> None:
    assert wrong_number("Known for 1 months", 1) == "1 months"
    assert wrong_number("There are 1 people", 1) == "1 people"
    assert wrong_number("in 21 day", 21) == "21 day"
    assert not wrong_number("21 days, 1 of them", 21)


@pytest.mark.parametrize("n", [0, 1, 2, 21])
@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_its_word_in_the_right_number(name: str, n: int) -> None:
    for path, text in texts_in(texts(name, "en")):
        numbers = {each for each in placeholders(text) if each in NUMBERS}
        numbers |= set(CHOOSES.findall(text))
        if numbers:
            said = format_text(text, dict.fromkeys(numbers, n), partial=True)
            assert not wrong_number(said, n), (path, said)


@pytest.mark.parametrize("name", NAMES)
def test_a_choice_between_words_has_its_number_beside_it(name: str) -> None:
    for language in ("ja", "en"):
        for path, text in texts_in(texts(name, language)):
            said = re.sub(r"\{\w+\|[^{}]*\}", "", text)
            numbers = set(CHOOSES.findall(text)) - YES_NO
            assert numbers <= set(placeholders(said)), (path, text)


@pytest.mark.parametrize("root", [Path(__file__).resolve().parents[2] / "src" / "widgets"])
def test_no_script_puts_a_plural_together_itself(root: Path) -> None:
    for file in root.rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(?:===?|>|!==?) 1 \? (?:words|sheet\.say|\"s\"|\"\")", text), (
            file.name
        )
