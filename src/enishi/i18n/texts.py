"""The texts in `data/words`, which the pages show, in both languages side by side.

A leaf is a mapping with exactly the keys of `LANGUAGES`:

    question: {ja: だれに会いたいですか, en: Whom would you like to meet?}
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from enishi.i18n.language import LANGUAGES
from enishi.paths import shared

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml: slower, same result
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


@cache
def read_texts(name: str) -> Any:
    """Return `data/words/<name>.yaml` with both languages."""
    return read_yaml(shared("data") / "words" / f"{name}.yaml")


@cache
def read_advice() -> Any:
    """Return `data/advice.yaml`, the advice this workbook follows, with both languages."""
    return read_yaml(shared("data") / "advice.yaml")


def read_yaml(file: Path) -> Any:
    """Return the content of a YAML file."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=Loader)


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
