"""Every example in a docstring is true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from enishi.paths import CHECKOUT

SOURCE = CHECKOUT / "src"
WITH_EXAMPLES = sorted(
    ".".join(file.relative_to(SOURCE).with_suffix("").parts)
    for file in SOURCE.rglob("*.py")
    if ">>> " in file.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_hold(name: str) -> None:
    done = doctest.testmod(import_module(name))
    assert done.failed == 0
