"""Every piece of the advice is served by something a person can use, and that a test exercises."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import widgets
from enishi.coach.rules.advice import UnknownAdviceError, find_advice, read_pieces
from enishi.coach.rules.catalogue import RULES, families
from enishi.i18n import LANGUAGES, read_advice, read_texts
from enishi.paths import CHECKOUT, shared
from notebooks import FILES, called_last, code_cells
from serving import ENISHI
from sources import nodes_of

TESTS = Path(__file__).parents[1]
SOURCE = CHECKOUT / "src"
PIECES = read_pieces(read_advice())
IDS = [f"A{n}" for n in range(1, 60)] + [f"B{n}" for n in range(1, 80)]


@cache
def sheets() -> dict[str, str]:
    """The class of the sheet on every screen of the workbooks, by `04-contacts/gift`."""
    calls = ((file.stem, called_last(cell)) for file in FILES for cell in code_cells(file))
    return {f"{page}/{getattr(widgets, name).name}": name for page, name in calls}


@cache
def names_imported_by_tests() -> frozenset[str]:
    """Every name that a test module imports from the widgets."""
    return frozenset(
        alias.name
        for file in TESTS.rglob("test_*.py")
        for node in nodes_of(file)
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "widgets"
        for alias in node.names
    )


def modules_imported(file: Path) -> Iterator[Path]:
    """The files of our own packages that a file imports."""
    for node in nodes_of(file):
        if isinstance(node, ast.ImportFrom) and node.module:
            found = SOURCE / f"{node.module.replace('.', '/')}.py"
            if found.is_file():
                yield found


@cache
def strings_behind_the_sheets() -> frozenset[str]:
    """Every text in the files that the sheets of the workbooks are made of, near and far."""
    names = [widgets.WHERE[name].replace(".", "/") for name in sheets().values()]
    waiting = [SOURCE / f"widgets/{name}.py" for name in names]
    seen: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file not in seen and file.name != "rules.py":
            seen.add(file)
            waiting += modules_imported(file)
    return frozenset(
        node.value
        for file in seen
        for node in nodes_of(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_every_piece_is_there_exactly_once() -> None:
    text = (shared("data") / "advice.yaml").read_text(encoding="utf-8")

    assert re.findall(r"^  ([AB]\d+):$", text, re.MULTILINE) == IDS
    assert list(PIECES) == IDS


@pytest.mark.parametrize("id", IDS)
def test_a_piece_is_one_sentence_in_each_language(id: str) -> None:
    piece = PIECES[id]
    unquoted = {
        language: re.sub("「[^」]*」|“[^”]*”", "", text) for language, text in piece.say.items()
    }

    assert set(piece.say) == set(LANGUAGES)
    assert re.fullmatch("[^。]+。", unquoted["ja"])
    assert re.fullmatch(r"[^.?!]+[.?!]", unquoted["en"])
    assert piece.group in read_advice()["groups"]


def test_no_two_pieces_say_the_same() -> None:
    for language in LANGUAGES:
        assert len({piece.say[language] for piece in PIECES.values()}) == len(IDS)


def test_every_group_has_a_name_and_holds_something() -> None:
    groups = read_advice()["groups"]

    assert set(groups) == {piece.group for piece in PIECES.values()}
    assert all(set(name) == set(LANGUAGES) for name in groups.values())


@pytest.mark.parametrize("id", IDS)
def test_a_piece_is_served_by_screens_that_stand_in_a_workbook(id: str) -> None:
    screens = PIECES[id].screens

    assert screens
    assert len(set(screens)) == len(screens)
    assert set(screens) <= set(sheets())


def test_only_what_a_test_exercises_may_be_claimed() -> None:
    claimed = {screen for piece in PIECES.values() for screen in piece.screens}

    assert {sheets()[screen] for screen in claimed} <= names_imported_by_tests()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_spoken_by_something_behind_a_sheet(rule: str) -> None:
    said = strings_behind_the_sheets()
    start = rule[: rule.index("_") + 1] if "_" in rule else rule

    assert rule in said or (start in said and start.endswith("_"))


def test_a_rule_comes_from_advice_and_studies_that_are_known() -> None:
    known = set(IDS) | set(read_texts("studies"))
    for rule, sources in RULES.items():
        assert set(sources) <= known, rule
        assert set(sources) & set(IDS), rule


def test_every_rule_belongs_to_what_it_is_about() -> None:
    screens = read_texts("settings")

    assert [rule for rules in families().values() for rule in rules] == list(RULES)
    assert list(families()) == list(screens["screens"]["rules"]["families"])


def test_a_piece_knows_the_rules_that_follow_it() -> None:
    assert PIECES["A57"].rules == tuple(rule for rule in RULES if "A57" in RULES[rule])
    assert "guard_over_giving" in PIECES["A57"].rules


def test_a_piece_is_found_by_its_id_however_it_is_written() -> None:
    assert [piece.id for piece in find_advice(PIECES, ["a26", "B49"])] == ["A26", "B49"]
    assert len(find_advice(PIECES, [])) == 138
    with pytest.raises(UnknownAdviceError, match="C1"):
        find_advice(PIECES, ["A1", "C1"])


# -- the command -----------------------------------------------------------------------------------


def enishi(*words: str) -> subprocess.CompletedProcess[str]:
    command = [*ENISHI, "advice", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_lists_every_piece_a_line_with_its_screens_and_its_sentence() -> None:
    lines = enishi("--language", "en").stdout.splitlines()

    assert [line.split()[0] for line in lines] == IDS
    starts = set()
    for line, piece in zip(lines, PIECES.values(), strict=True):
        starts.add(line.index(f"  {piece.say['en']}"))
        assert line.endswith(piece.say["en"])
        assert set(piece.screens) <= set(line.split())
    assert len(starts) == 1


def test_the_command_tells_of_one_piece_with_the_rules_that_follow_it() -> None:
    told = enishi("a26", "--language", "ja").stdout

    assert told.startswith(f"A26  {PIECES['A26'].say['ja']}\n")
    assert "04-contacts/gift" in told and "人 › 喜ばれること" in told
    assert all(f"rule:{rule} " in told for rule in PIECES["A26"].rules)


def test_an_id_that_is_not_there_is_said_in_a_sentence() -> None:
    done = enishi("C1", "--language", "en")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no advice “C1”. The pieces are A1 to A59 and B1 to B79.\n"
