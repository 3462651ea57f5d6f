"""An author's own words: the YAML file beside a notebook, in both languages side by side.

`01-mine.yaml` holds the words of `01-mine.ipynb`:

    title: {ja: わたしの夕べ, en: My evening}
    texts:
      intro: {ja: こんばんは。, en: Good evening.}
    sheets:
      thanks: {question: {ja: きょう、だれに助けられましたか。, en: Who helped you today?}}

A text may also be one text for every language. What is wrong in the file is a value, not an
exception: the page opens without the file's words, and its header tells the author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from enishi.errors import EnishiError
from enishi.i18n import LANGUAGES
from enishi.i18n.texts import compose_yaml, in_language, read_yaml

WORD_PARTS = ("title", "texts", "sheets")
"""What the file may hold, at its top."""
NAME = re.compile(r"[a-z][a-z0-9_]*")
"""The name of a text or a question: a small letter, then small letters, digits and `_`."""
FOUND_MOST = 40
"""Most characters of what was found that an error shows."""


class BrokenWordsError(EnishiError):
    """The file of an author's words cannot be read."""

    sentence = "{file}, line {line}: this is not YAML ({found})."
    way_out = "Check the indentation, the colons and the quotation marks around this line."


class WrongWordsError(EnishiError):
    """The file of an author's words is YAML, but not what it has to be."""

    sentence = "{file}, line {line}: found {found}."
    way_out = "It should be {right}."


@dataclass(frozen=True)
class OwnWords:
    """The words of one page, and what is wrong with their file."""

    file: Path
    tree: dict[str, Any] = field(default_factory=dict)
    error: EnishiError | None = None

    def title(self, language: str) -> str:
        """Return the page's title; '' for none."""
        return str(in_one_language(self.tree.get("title", ""), language))

    def text(self, name: str, language: str) -> str | None:
        """Return a text by its name; None where there is none."""
        texts = self.tree.get("texts", {})
        return str(in_one_language(texts[name], language)) if name in texts else None

    def sheet(self, name: str, language: str) -> dict[str, Any]:
        """Return the words of a sheet: an author's own, or others for one of ours."""
        words: dict[str, Any] = in_one_language(self.tree.get("sheets", {}).get(name, {}), language)
        return words

    def names(self, part: str) -> list[str]:
        """Return the names of what the file has under `texts` or `sheets`."""
        return list(self.tree.get(part, {}))


def read_own_words(file: Path) -> OwnWords:
    """Return the words of a file; none if there is no such file."""
    try:
        root = compose_yaml(file)
        if root is None:
            return OwnWords(file)
        check_words(file.name, root)
        return OwnWords(file, read_yaml(file))
    except FileNotFoundError:
        return OwnWords(file)
    except WrongWordsError as error:
        return OwnWords(file, error=error)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        found = error.problem or error.context or ""
        return OwnWords(file, error=BrokenWordsError(file=file.name, line=line, found=found))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        found = type(error).__name__
        return OwnWords(file, error=BrokenWordsError(file=file.name, line=1, found=found))


def check_words(file: str, root: yaml.Node) -> None:
    """Check that a file holds words as they have to be.

    Raises:
        WrongWordsError: it does not; the error names the first place.
    """

    def refuse(node: yaml.Node, right: str) -> None:
        found = node.value if isinstance(node, yaml.ScalarNode) else _KINDS[type(node)]
        found = found if len(found) <= FOUND_MOST else found[: FOUND_MOST - 1] + "…"
        raise WrongWordsError(
            file=file, line=node.start_mark.line + 1, found=f"“{found}”", right=right
        )

    def check_leaf(node: yaml.Node) -> None:
        if isinstance(node, yaml.SequenceNode):
            for each in node.value:
                check_leaf(each)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    refuse(key, "{ja: …, en: …}")
                is_language = key.value in LANGUAGES
                if is_language and not isinstance(value, yaml.ScalarNode | yaml.SequenceNode):
                    refuse(value, "a text")
                check_leaf(value)

    def check_names(node: yaml.Node, what: str) -> None:
        if not isinstance(node, yaml.MappingNode):
            refuse(node, f"{what}: {{name: …}}")
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or not NAME.fullmatch(key.value):
                refuse(key, "name, my_name, name_2")
            if what == "sheets" and not isinstance(value, yaml.MappingNode):
                refuse(value, "{question: {ja: …, en: …}}")
            if what == "texts":
                check_text(value)
            check_leaf(value)

    def check_text(node: yaml.Node) -> None:
        if isinstance(node, yaml.ScalarNode):
            return
        if not isinstance(node, yaml.MappingNode):
            refuse(node, "{ja: …, en: …}")
        for key, value in node.value:
            if key.value not in LANGUAGES:
                refuse(key, "ja / en")
            if not isinstance(value, yaml.ScalarNode):
                refuse(value, "{ja: …, en: …}")

    if not isinstance(root, yaml.MappingNode):
        refuse(root, " / ".join(WORD_PARTS))
    for key, value in root.value:
        if key.value not in WORD_PARTS:
            refuse(key, " / ".join(WORD_PARTS))
        if key.value == "title":
            check_text(value)
        else:
            check_names(value, key.value)


_KINDS = {yaml.MappingNode: "{…}", yaml.SequenceNode: "[…]", yaml.ScalarNode: ""}


def in_one_language(tree: Any, language: str) -> Any:
    """Return words in one language; a text in another one only is better than none.

    >>> in_one_language({"a": {"ja": "夕", "en": "evening"}, "b": {"en": "bell"}}, "ja")
    {'a': '夕', 'b': 'bell'}
    """
    if isinstance(tree, dict) and tree and set(tree) < set(LANGUAGES):
        return next(iter(tree.values()))
    if isinstance(tree, dict) and set(tree) != set(LANGUAGES):
        return {key: in_one_language(each, language) for key, each in tree.items()}
    return in_language(tree, language)
