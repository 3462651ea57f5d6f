"""The command `enishi new`: a small workbook of one's own, to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from enishi.i18n import translate
from enishi.paths import shared
from enishi.serve.cli.options import exit_on_error, with_language
from enishi.serve.errors import FullFolderError, NewFolderError

FILES = {
    "01-my-evening.ipynb": "01-my-evening.ipynb",
    "01-my-evening.yaml": "01-my-evening.yaml",
    "README.{language}.md": "README.md",
}
"""The files of the example, and their names in a new workbook."""


def make_workbook(folder: Path, language: str) -> None:
    """Make a workbook in an empty or a new folder.

    Raises:
        FullFolderError: there is something in the folder, or it is a file.
        NewFolderError: it cannot be made or written to.
    """
    example = shared("data") / "example"
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FullFolderError(folder=folder)
        folder.mkdir(parents=True, exist_ok=True)
        for file, name in FILES.items():
            shutil.copyfile(example / file.format(language=language), folder / name)
    except OSError as error:
        raise NewFolderError(folder=folder) from error


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@with_language
def new(folder: Path, language: str) -> None:
    """Make a small workbook of your own in FOLDER, to change and to open.

    It has one notebook, and beside it a file of its words in both languages. FOLDER must be empty,
    or not exist yet.
    """
    with exit_on_error(language):
        make_workbook(folder, language)
    click.echo(translate(language, "Your workbook is in {folder}. Open it with:", folder=folder))
    quoted = f'"{folder}"' if " " in str(folder) else folder
    click.echo(f"enishi --workbooks {quoted}")
