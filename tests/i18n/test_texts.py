"""Every text is there in both languages, and nothing is there that nobody says."""

from __future__ import annotations

import ast
import inspect
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

from enishi.i18n import LANGUAGES, texts
from enishi.i18n.texts import read_yaml
from enishi.paths import CHECKOUT, shared
from sources import nodes_of

COPY = sorted(
    file for room in ("words", "agendas") for file in (shared("data") / room).glob("*.yaml")
)
SOURCES = [f for room in ("enishi", "widgets") for f in (CHECKOUT / "src" / room).rglob("*.py")]
PLACEHOLDER = re.compile(r"\{(\w+)(?:\|[^{}]*)?\}")
SALES = re.compile(
    r"ターゲット|見込み客|攻略|コネ(?!ク)|優良|ランク|スコア"
    r"|\bleverage\b|\bprospects?\b|\bhot leads?\b",
    re.IGNORECASE,
)

DATA = sorted(shared("data").rglob("*.yaml"))
WRITTEN = {
    "str": re.compile(r"(?s).*"),
    "int": re.compile(r"0|-?[1-9]\d*"),
    "bool": re.compile("true|false"),
    "merge": re.compile("<<"),
}
"""What YAML may take a text for, and how that is written then."""

every_file = pytest.mark.parametrize("file", DATA, ids=lambda file: file.stem)
every_copy = pytest.mark.parametrize("file", COPY, ids=lambda file: file.stem)


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every mapping that has a language for a key, with the way to it."""
    if isinstance(tree, dict):
        if tree.keys() & set(LANGUAGES):
            yield path, tree
            return
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}")
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from leaves(value, f"{path}[{index}]")


def keys(tree: Any) -> Iterator[Any]:
    """Yield every key of every mapping."""
    if isinstance(tree, dict):
        yield from tree
    for branch in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(branch, dict | list):
            yield from keys(branch)


def keys_said_twice(node: yaml.Node | None) -> Iterator[str]:
    """Yield the keys that a mapping has more than once: the later one would win in silence."""
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        yield from {name for name in names if names.count(name) > 1}
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        for each in child if isinstance(child, tuple) else (child,):
            yield from keys_said_twice(each)


@every_file
def test_no_key_is_there_twice(file: Path) -> None:
    assert list(keys_said_twice(yaml.compose(file.read_text(encoding="utf-8")))) == []


def as_list(value: Any) -> list[str]:
    return [str(text) for text in (value if isinstance(value, list) else [value])]


def comments_behind_a_text(text: str) -> list[str]:
    """Return the lines on which YAML takes the rest of a text for a comment."""
    tokens = list(yaml.scan(text))
    cut = []
    for before, after in itertools.pairwise(tokens):
        gap = text[before.end_mark.index : after.start_mark.index]
        if isinstance(before, yaml.ScalarToken) and "#" in gap.partition("\n")[0]:
            cut.append(f"{before.end_mark.line + 1}: {gap.partition(chr(10))[0]}")
    return cut


def nodes(node: yaml.Node, language: str = "") -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """Yield every scalar, and whether it has to be a text: a key, or what is said."""
    if isinstance(node, yaml.ScalarNode):
        yield node, language != ""
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from nodes(item, language)
    else:
        for key, value in node.value:
            yield key, True
            yield from nodes(value, language or (key.value if key.value in LANGUAGES else ""))


@every_file
def test_no_comment_cuts_a_text_short(file: Path) -> None:
    assert comments_behind_a_text(file.read_text(encoding="utf-8")) == []


def test_a_text_with_a_number_sign_that_is_not_quoted_is_found() -> None:
    assert comments_behind_a_text("a: # three\n  ja: 電話 #9110 へ。\n# x\nb: '#1'\n") == [
        "2:  #9110 へ。"
    ]


@every_file
def test_no_text_is_taken_for_a_number_a_day_or_nothing(file: Path) -> None:
    """A `no`, a `0120`, a `12:30`, a day, or nothing at all behind a `#` or a comma."""
    tree = yaml.compose(file.read_text(encoding="utf-8"))
    assert tree is not None
    for node, said in nodes(tree):
        kind = node.tag.rpartition(":")[2]
        where = f"line {node.start_mark.line + 1}: {node.value!r}"
        assert kind in ("str", "merge") or not said, where
        assert kind in WRITTEN and WRITTEN[kind].fullmatch(node.value), where


def test_where_to_ask_for_help_has_both_numbers_in_both_languages() -> None:
    for language in LANGUAGES:
        said = texts("coach", language)["signs"]["help"]["jp"]
        assert "188" in said and "#9110" in said


@every_copy
def test_every_key_is_a_word_as_off_without_quotes_is_none(file: Path) -> None:
    assert [key for key in keys(read_yaml(file)) if not isinstance(key, str)] == []


@every_copy
def test_every_text_is_there_in_every_language(file: Path) -> None:
    for path, leaf in leaves(read_yaml(file)):
        assert leaf.keys() == set(LANGUAGES), path
        assert all(text.strip() for value in leaf.values() for text in as_list(value)), path


@every_copy
def test_both_languages_hold_the_same_facts(file: Path) -> None:
    words_of_choice = {"tie", "ties", "Ties"}
    for path, leaf in leaves(read_yaml(file)):
        facts = [
            {name for text in as_list(value) for name in PLACEHOLDER.findall(text)}
            - words_of_choice
            for value in leaf.values()
        ]
        assert all(each == facts[0] for each in facts), path


@every_copy
def test_no_text_speaks_like_a_salesman(file: Path) -> None:
    for path, leaf in leaves(read_yaml(file)):
        for value in leaf.values():
            assert not [text for text in as_list(value) if SALES.search(text)], path


def constants() -> set[str]:
    """Return every text constant of the code."""
    found = set()
    for file in SOURCES:
        for node in nodes_of(file):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value, inspect.cleandoc(node.value)}  # the help of a command
    return found


def sentences() -> dict[str, str]:
    """Return each sentence that `translate` gets, with its place; errors keep theirs in a class."""
    found = {}
    for file in SOURCES:
        for node in nodes_of(file):
            for text in translated(node):
                found[text] = f"{file.name}:{getattr(node, 'lineno', 0)}"
    return found


def translated(node: ast.AST) -> list[str]:
    """Return the sentences that one call or assignment hands to `translate`."""
    values: list[ast.expr] = []
    if isinstance(node, ast.Call):
        at = {"translate": 1, "tell": 0, "Problem": 1}
        place = at.get(getattr(node.func, "attr", getattr(node.func, "id", "")))
        values = [] if place is None else node.args[place : place + 1]
        if ast.unparse(node.func) == "click.option":
            values += [word.value for word in node.keywords if word.arg == "help"]
    elif isinstance(node, ast.Assign):
        names = {getattr(target, "id", "") for target in node.targets}
        values = [node.value] if names & {"sentence", "way_out"} else []
    elif isinstance(node, ast.FunctionDef) and is_command(node):
        return [ast.get_docstring(node) or ""]
    texts = [value.value for value in values if isinstance(value, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and text]


def is_command(node: ast.FunctionDef) -> bool:
    """Return whether a function is a command of the command line; its docstring is the help."""
    calls = (each for each in node.decorator_list if isinstance(each, ast.Call))
    names = {ast.unparse(call.func) for call in calls}
    return bool(names & {"click.command", "click.group", "main.command"})


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_sentence_of_the_code_is_translated(language: str) -> None:
    file = shared("data") / "locale" / language / "LC_MESSAGES" / "enishi.po"
    with file.open("rb") as source:
        known = {message.id: message.string for message in read_po(source) if message.id}

    missing = {text: where for text, where in sentences().items() if not known.get(text)}
    assert missing == {}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_translated_sentence_holds_the_same_facts(language: str) -> None:
    file = shared("data") / "locale" / language / "LC_MESSAGES" / "enishi.po"
    with file.open("rb") as source:
        for message in read_po(source):
            if message.id:
                facts = set(PLACEHOLDER.findall(str(message.id)))
                assert set(PLACEHOLDER.findall(str(message.string))) == facts, message.id


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_translated_sentence_is_in_the_code(language: str) -> None:
    file = shared("data") / "locale" / language / "LC_MESSAGES" / "enishi.po"
    with file.open("rb") as source:
        known = {str(message.id) for message in read_po(source) if message.id}

    assert known - constants() == set()
