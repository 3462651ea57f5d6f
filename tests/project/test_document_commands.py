"""Every command in the documents is run by a test, or its program is named here with the reason."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from documents import ALL_DOCUMENTS, FOLDER, Block, blocks_of, inline_code
from enishi.book import open_book
from enishi.paths import CHECKOUT
from enishi.serve.cli.main import main

README, GUIDE = CHECKOUT / "README.md", FOLDER / "for-yourself.md"
HERE = (GUIDE, GUIDE.with_suffix(".ja.md"))
"""Documents whose commands are run below, in their order, on a book that is begun."""
RUN_BY: dict[Path, str] = {
    README: "tests/project/test_serving_document.py",
    CHECKOUT / "README.ja.md": "tests/project/test_document_commands.py",
    FOLDER / "serving.md": "tests/project/test_serving_document.py",
    FOLDER / "authoring.md": "tests/server/test_authoring_guide.py",
    FOLDER / "jupyter.md": "tests/browser/test_in_notebook.py",
}
"""Documents whose commands another test runs; those of README.ja.md are README's."""
ELSEWHERE = {
    "ssh": "needs a second machine",
    "scp": "needs a second machine",
    "sudo": "changes the machine",
    "conda": "is on no machine of ours; tests/project/test_environment.py feeds pip its lines",
    "py": "is on Windows alone",
}
"""Programs that are not run by any test, with what keeps them from it."""
RUN, RUN_ELSEWHERE, PYTHON = "sh", "sh elsewhere", "python"
NO_COMMANDS = {
    "text",
    "yaml",
    "toml",
    "ini",
    "json",
    "html",
    "markdown",
    "caddyfile",
    "nginx",
    "js",
}
"""Kinds of blocks that hold no commands."""
TARGETS = set(
    re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)
COMMAND = re.compile(r"^(?:\.venv[/\\](?:bin|Scripts)[/\\])?(make|enishi)( .*)?$")


def blocks(*kinds: str) -> Iterator[tuple[Path, Block]]:
    """Yield the blocks of all documents that are of one of these kinds."""
    for file in ALL_DOCUMENTS:
        yield from ((file, block) for block in blocks_of(file) if block.kind in kinds)


def test_every_document_with_commands_has_a_test_that_runs_them() -> None:
    """Run the commands of a new document in a test of its own, and name that in `RUN_BY`."""
    files = {file for file, _ in blocks(RUN)}
    assert files - {*HERE, *RUN_BY} == set()
    assert all((CHECKOUT / test).is_file() for test in RUN_BY.values())


def test_every_block_is_of_a_kind_that_is_known() -> None:
    known = {RUN, RUN_ELSEWHERE, PYTHON, "", *NO_COMMANDS}
    kinds = {
        (block.kind, file.name)
        for file in ALL_DOCUMENTS
        for block in blocks_of(file)
        if block.kind not in known
    }
    assert kinds == set()


def test_what_no_test_runs_is_named_with_its_reason() -> None:
    left_out = {line.split()[0] for _, block in blocks(RUN_ELSEWHERE) for line in block.lines}
    assert left_out <= ELSEWHERE.keys()


def test_a_block_without_a_kind_holds_targets_of_make_or_no_command() -> None:
    made = [
        line
        for _, block in blocks("")
        for line in block.lines
        if line.split()[0] in ("make", "enishi", "pip", "uv", "python", "docker", *ELSEWHERE)
    ]
    assert made, "README begins with one"
    assert all(_is_target(line) for line in made)


def _is_target(line: str) -> bool:
    program, *targets = line.split()
    return program == "make" and set(targets) <= TARGETS


@pytest.mark.parametrize("file", ALL_DOCUMENTS, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_every_command_in_a_sentence_is_one_that_there_is(file: Path) -> None:
    unknown = []
    for code in inline_code(file):
        words = code.split(" ")
        while words and re.match(r"[A-Z_]+=", words[0]):
            words.pop(0)
        if match := COMMAND.match(" ".join(words)):
            known = _is_target(match[0]) if match[1] == "make" else _is_known(match[0])
            unknown += [] if known else [code]
    assert unknown == []


def _is_known(line: str) -> bool:
    """Return whether `enishi …` names a command and options that exist."""
    command: click.Command = main
    for word in shlex.split(line)[1:]:
        if isinstance(command, click.Group) and word in command.commands:
            command = command.commands[word]
        elif word.startswith("-"):
            name = word.partition("=")[0]
            options = [option for one in {main, command} for option in _options(one)]
            if name not in options:
                return False
        elif command is main and re.fullmatch("[a-z]+", word) and word not in ("ja", "en"):
            return False
    return True


def _options(command: click.Command) -> list[str]:
    return ["--help", "-h", *(option for one in command.params for option in one.opts)]


@pytest.mark.parametrize("file", HERE, ids=lambda file: file.name)
def test_the_commands_of_the_guide_do_what_it_says(
    file: Path, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word, in the order of the page: the book is as it was at the backup, and
    has who came by a file after it."""
    monkeypatch.chdir(tmp_path)
    open_book().add("contact", name="before")
    lines = "名前,誕生日,勤め先,備考\n架空 花子,3/4/1980,見本堂,山の仲間\n"
    (tmp_path / "contacts.csv").write_bytes(lines.encode("cp932"))
    said = {}
    for block in (block for block in blocks_of(file) if block.kind == RUN):
        for line in block.lines:
            program, *arguments = shlex.split(line)
            assert program == "enishi"
            done = CliRunner().invoke(main, [*arguments, "--language", "en"])
            assert done.exit_code == 0, (line, done.output)
            said[arguments[0]] = done.output
            if arguments[0] == "backup":
                open_book().add("contact", name="after")
    assert set(said) == {"doctor", "export", "backup", "restore", "import"}
    assert str(data_dir) in said["doctor"]
    contact = open_book().frame("contact")
    assert [*contact["name"]] == ["before", "架空 花子"]
    brought = contact[contact["name"] == "架空 花子"].iloc[0]
    assert (brought["birthday"], brought["organisation"]) == ("1980-03-04", "見本堂")
    assert brought["note"] == "山の仲間"
    [kept] = data_dir.rglob("book-replaced-*.sqlite3")
    assert str(kept) in said["restore"]


def test_the_japanese_readme_has_the_commands_of_the_english_one() -> None:
    def commands(file: Path) -> list[tuple[str, ...]]:
        return [block.lines for block in blocks_of(file) if block.kind in (RUN, "")]

    def told(file: Path) -> set[str]:
        return {code for code in inline_code(file) if COMMAND.match(code)}

    japanese = CHECKOUT / "README.ja.md"
    assert set(commands(japanese)) <= set(commands(README))
    assert [lines for lines in commands(README) if lines[0].startswith("enishi")] == [
        lines for lines in commands(japanese) if lines[0].startswith("enishi")
    ]
    assert told(japanese) <= told(README) | {"enishi restore"}


def test_the_python_in_the_documents_runs(data_dir: Path) -> None:
    open_book().add("contact", name="Sample Ann")
    found = [(file, block) for file, block in blocks(PYTHON) if file not in RUN_BY]
    assert found
    for file, block in found:
        if file == FOLDER / "notebooks.md":
            names: dict[str, Any] = {}
            exec(compile("\n".join(block.lines), str(file), "exec"), names)
            assert names["book"].frame("contact").shape[0] == 1
        else:
            compile("\n".join(block.lines), str(file), "exec")
