"""The texts in `data/words`, which the pages show, in both languages side by side.

A leaf is a mapping with exactly the keys of `LANGUAGES`:

    question: {ja: だれに会いたいですか, en: Whom would you like to meet?}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from enishi.i18n.language import LANGUAGES
from enishi.i18n.names import has_honorific
from enishi.paths import shared

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml: slower, same result
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

_PLACEHOLDER = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}(」?さん)?", re.ASCII)


@cache
def read_texts(name: str) -> Any:
    """Return `data/words/<name>.yaml` with both languages."""
    return read_yaml(shared("data") / "words" / f"{name}.yaml")


@cache
def read_phrases(name: str) -> Any:
    """Return `data/language/<name>.yaml`: words and rules about phrases people write."""
    return read_yaml(shared("data") / "language" / f"{name}.yaml")


def read_phrase_lines(name: str) -> list[str]:
    """Return the lines of `data/language/<name>.yaml`, for a file too long for a YAML parser."""
    file = shared("data") / "language" / f"{name}.yaml"
    return file.read_text(encoding="utf-8").splitlines()


def read_weights(name: str) -> Any:
    """Return `data/language/<name>.json`, the weights of a model; what reads it keeps them."""
    file = shared("data") / "language" / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def read_advice() -> Any:
    """Return `data/advice.yaml`, the advice this workbook follows, with both languages."""
    return read_yaml(shared("data") / "advice.yaml")


def read_yaml(file: Path) -> Any:
    """Return the content of a YAML file."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=Loader)


def compose_yaml(file: Path) -> yaml.Node | None:
    """Return the content of a YAML file as nodes, which know their lines; None if it is empty."""
    return yaml.compose(file.read_bytes(), Loader=Loader)


@cache
def texts(name: str, language: str) -> Any:
    """Return `data/words/<name>.yaml` in one language: every leaf is a text."""
    return in_language(read_texts(name), language)


def in_language(tree: Any, language: str) -> Any:
    """Return `tree` with each `{ja: …, en: …}` leaf replaced by its text in `language`."""
    if isinstance(tree, dict):
        if tree.keys() == set(LANGUAGES):
            return tree[language]
        return {key: in_language(value, language) for key, value in tree.items()}
    if isinstance(tree, list):
        return [in_language(value, language) for value in tree]
    return tree


def format_text(text: str, facts: Mapping[str, object], *, partial: bool = False) -> str:
    """Return `text` with each `{name}` replaced by the fact of that name.

    `{name|one|many}` becomes the first word where the fact is 1, else the second. A fact is a text
    or a whole number, and is never searched for placeholders itself. After a fact that ends in an
    honorific, さん is left out. `src/widgets/base/dom.js` has the same function for the browser,
    where it is always `partial`.

    >>> format_text("{name}さんへ、{n}回", {"name": "花", "n": 3})
    '花さんへ、3回'
    >>> format_text("{name}さんへ", {"name": "花さん（粉屋）"})
    '花さん（粉屋）へ'
    >>> format_text("「{name}」さんを書く", {"name": "花さん"})
    '「花さん」を書く'
    >>> [format_text("{n} {n|day|days}", {"n": n}) for n in (0, 1, 21)]
    ['0 days', '1 day', '21 days']

    Args:
        text: the text.
        facts: the facts by name; those that `text` does not name are ignored.
        partial: keep a placeholder that has no fact, so that it can be filled later.

    Raises:
        KeyError: a fact is missing, and not `partial`.
    """

    def fill(match: re.Match[str]) -> str:
        if partial and match[1] not in facts:
            return match[0]
        fact = str(facts[match[1]])
        if match[2] is not None:
            return (match[2] if fact == "1" else match[3]) + (match[4] or "")
        after = match[4] or ""
        return fact + (after.removesuffix("さん") if has_honorific(fact) else after)

    return _PLACEHOLDER.sub(fill, text)


def format_tree(tree: Any, facts: Mapping[str, object]) -> Any:
    """Return `tree` with every text in it filled by `format_text`, where it has a fact."""
    if isinstance(tree, dict):
        return {key: format_tree(value, facts) for key, value in tree.items()}
    if isinstance(tree, list):
        return [format_tree(value, facts) for value in tree]
    return format_text(tree, facts, partial=True) if isinstance(tree, str) else tree


def format_list(items: Iterable[str], language: str) -> str:
    """Return several texts as one: `花、森` in Japanese, `Hana, Mori` in English."""
    gap: str = texts("formats", language)["list_gap"]
    return gap.join(items)


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names of the facts that `text` asks for, in order, each once.

    >>> placeholders("{to}、{me}です。{to}")
    ('to', 'me')
    """
    return tuple(dict.fromkeys(match[1] for match in _PLACEHOLDER.finditer(text)))
