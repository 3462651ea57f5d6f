"""The command `enishi advice`: every piece of advice, and the sheets that serve it."""

from __future__ import annotations

import sys

import click

from enishi.coach.rules.advice import Advice, UnknownAdviceError, find_advice, read_pieces
from enishi.i18n import error_text, format_text, read_advice
from enishi.i18n.chosen_word import WORDS_OF_CHOICE, texts_with_word, word_forms
from enishi.serve.cli.options import with_language

WORD = WORDS_OF_CHOICE[0]
"""The word for a connection; the command opens no book in which a person chose another."""


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@with_language
def advice(ids: tuple[str, ...], language: str) -> None:
    """List the advice the workbook follows, a line a piece: its id, its screens, its sentence.

    With an ID (A26, B49, …), tell only of these, and of the rules that follow them.
    """
    try:
        pieces = find_advice(read_pieces(read_advice()), ids)
    except UnknownAdviceError as error:
        click.echo(error_text(language, error), err=True)
        sys.exit(1)
    if ids:
        click.echo("\n\n".join(describe_pieces(piece, language) for piece in pieces))
        return
    screens = [" ".join(piece.screens) for piece in pieces]
    wide = max(map(len, screens))
    for piece, where in zip(pieces, screens, strict=True):
        click.echo(f"{piece.id:<4} {where:<{wide}}  {say(piece, language)}")


def say(piece: Advice, language: str) -> str:
    """Return the sentence of one piece."""
    return format_text(piece.say[language], word_forms(language, WORD))


def describe_pieces(piece: Advice, language: str) -> str:
    """Return the text about one piece: its sentence, and its sheets and rules by name."""
    served = {}
    for screen in piece.screens:
        page, name = screen.split("/")
        title = texts_with_word("workbook", language, WORD)["pages"][page]
        label = texts_with_word(page.partition("-")[2], language, WORD)["screens"][name]["name"]
        served[screen] = f"{title} › {label}"
    rules = texts_with_word("rules", language, WORD)
    served |= {f"rule:{rule}": rules[rule]["name"] for rule in piece.rules}
    wide = max(map(len, served))
    lines = [f"     {key:<{wide}}  {name}" for key, name in served.items()]
    return "\n".join([f"{piece.id:<4} {say(piece, language)}", *lines])
