"""The help of the commands, and click's own sentences, in the language of the console."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from inspect import cleandoc
from itertools import pairwise
from typing import Any

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from enishi.i18n import LANGUAGES, console_language
from enishi.i18n.translations import catalogue, translate

_CLICK = (core, decorators, exceptions, formatting, parser, termui, types)
"""The modules of click that say something; each asks for its translation under these names."""


class LocalizedGroup(click.Group):
    """A group of commands that speaks the language of the console, or the one asked for."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Put the help into the language, then run the command."""
        language = asked_language(sys.argv[1:] if args is None else args)
        speak(language)
        localize(self, language)
        return super().main(args, *rest, **options)


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language that the command line names, else that of the console.

    It is read before click reads it, because the help has to be in it as well.

    >>> asked_language(["host", "--language", "ja", "--help"])
    'ja'
    """
    joined = " ".join(arguments).replace("--language=", "--language ").split()
    named = [after for name, after in pairwise(joined) if name == "--language"]
    return named[-1] if named and named[-1] in LANGUAGES else console_language()


def speak(language: str) -> None:
    """Let click's own sentences be in `language`; those it has no translation of stay English."""
    said = catalogue(language, "click")
    for module in _CLICK:
        for name, function in (("_", said.gettext), ("ngettext", said.ngettext)):
            if hasattr(module, name):
                setattr(module, name, function)


def localize(command: click.Command, language: str) -> None:
    """Put the help of a command, its options and its subcommands into `language`."""
    clicks = catalogue(language, "click")
    if command.help:
        said = translate(language, cleandoc(command.help))
        command.help = said.replace(r"\b", "\b")  # click's mark: these lines stay as they are
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = clicks.gettext(translate(language, option.help))
    if isinstance(command, click.Group):
        for each in command.commands.values():
            localize(each, language)
