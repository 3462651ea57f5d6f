"""The command `enishi advice`: every piece of advice, the sheets that serve it, and its act."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import click

from enishi.coach.rules.advice import (
    Act,
    Advice,
    UnknownAdviceError,
    find_advice,
    read_acts,
    read_pieces,
)
from enishi.i18n import error_text, format_text, read_advice
from enishi.i18n.chosen_word import WORDS_OF_CHOICE, texts_with_word, word_forms
from enishi.serve.cli.options import with_language

WORD = WORDS_OF_CHOICE[0]
"""The word for a connection; the command opens no book in which a person chose another."""


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@with_language
@click.option("--table", is_flag=True, help="Write docs/advice.md: the act of every piece.")
def advice(ids: tuple[str, ...], language: str, table: bool) -> None:
    """List the advice the workbook follows, a line a piece: its id, its screens, its sentence.

    With an ID (A26, B49, …), tell only of these, and of the rules that follow them.
    """
    if table:
        click.echo(describe_acts(read_acts(read_advice())), nl=False)
        return
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


_PAGE = """\
# Advice as acts

A piece of advice is followed when a person **does** something, and when what they did **changes
something later**: on another sheet or on another day. This page is made from `acts` in
`data/advice.yaml` by `enishi advice --table`; `enishi advice A26` says what a piece is.

{count} acts carry {pieces} of {all} pieces of advice; of {partly} of them a part is missing.

| advice | what a person does | on the sheet | what it changes later | shown by |
|---|---|---|---|---|
{table}

## A part is missing

{missing}

## Not built

{not_built}

## Refused

{refused}
"""
"""The page about the acts, `docs/advice.md`."""


def describe_acts(acts: Sequence[Act]) -> str:
    """Return `docs/advice.md`: a table of the acts, then what is missing, not built or refused."""
    built = [act for act in acts if act.later]
    partly = [act for act in built if act.missing]
    return _PAGE.format(
        count=len(built),
        pieces=sum(len(act.advice) for act in built),
        all=sum(len(act.advice) for act in acts),
        partly=len(partly),
        table="\n".join(map(_table_row, built)),
        missing=_reasons((act, act.missing) for act in partly),
        not_built=_reasons((act, act.not_built) for act in acts if act.not_built),
        refused=_reasons((act, act.refused) for act in acts if act.refused),
    )


def _table_row(act: Act) -> str:
    """Return an act as a row of the table; each test links to its file."""
    tests = []
    for test in act.test:
        file, _, name = test.partition("::")
        tests.append(f"[{name.removeprefix('test_').replace('_', ' ')}](../{file})")
    cells = (" ".join(act.advice), act.act, f"`{act.sheet}`", act.later, "; ".join(tests))
    return f"| {' | '.join(cells)} |"


def _reasons(rows: Iterable[tuple[Act, str]]) -> str:
    """Return a list of acts, each with the reason that goes with it."""
    lines = [f"- **{' '.join(act.advice)}** {act.act} *{why}*" for act, why in rows]
    return "\n".join(lines or ["Nothing."])
