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
from enishi.coach.rules.advice import (
    Act,
    UnknownAdviceError,
    find_advice,
    read_acts,
    read_pieces,
)
from enishi.coach.rules.catalogue import RULES, families
from enishi.i18n import LANGUAGES, format_text, read_advice, read_texts
from enishi.i18n.chosen_word import word_forms
from enishi.paths import CHECKOUT, shared
from enishi.serve.cli.advice import describe_acts
from notebooks import FILES, called_last, code_cells
from serving import ENISHI
from sources import nodes_of, parse_file

TESTS = Path(__file__).parents[1]
SOURCE = CHECKOUT / "src"
PIECES = read_pieces(read_advice())
ACTS = read_acts(read_advice())
BUILT = [act for act in ACTS if act.later]
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


# -- the acts --------------------------------------------------------------------------------------

every_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.advice[0])


@cache
def functions_of(file: Path) -> dict[str, ast.FunctionDef]:
    """Every function on the first level of a test module, by name."""
    return {node.name: node for node in parse_file(file).body if isinstance(node, ast.FunctionDef)}


def called_by(test: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """The names a test calls, itself or through helpers and fixtures of its own module."""
    waiting, seen, found = [test.name], set(), set()
    while waiting:
        name = waiting.pop()
        if name in functions and name not in seen:
            seen.add(name)
            node = functions[name]
            names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            found |= names
            waiting += [*names, *(argument.arg for argument in node.args.args)]
    return found


def test_every_piece_stands_in_one_act_in_the_order_of_the_pieces() -> None:
    ids = [id for act in ACTS for id in act.advice]
    firsts = [IDS.index(act.advice[0]) for act in ACTS]

    assert sorted(ids, key=IDS.index) == IDS
    assert firsts == sorted(firsts)
    assert all(list(act.advice) == sorted(act.advice, key=IDS.index) for act in ACTS)


@every_act
def test_an_act_is_done_on_a_sheet_of_a_workbook(act: Act) -> None:
    assert act.sheet in sheets()
    assert act.act.endswith(".")


@every_act
def test_an_act_changes_something_later_or_says_why_there_is_none(act: Act) -> None:
    told = [act.later, act.not_built, act.refused]

    assert sum(map(bool, told)) == 1
    assert bool(act.test) == bool(act.later)
    assert not act.missing or act.later
    assert all(text.endswith(".") for text in [*told, act.missing] if text)


@pytest.mark.parametrize("test", sorted({test for act in BUILT for test in act.test}))
def test_what_an_act_changes_is_read_by_a_test_that_performs_it(test: str) -> None:
    file, _, name = test.partition("::")
    functions = functions_of(CHECKOUT / file)

    assert name in functions
    called = called_by(functions[name], functions)
    assert "ask" in called or "Walk" in ast.dump(functions[name]), "it performs nothing"
    assert any(isinstance(node, ast.Assert) for node in ast.walk(functions[name]))


def test_the_page_about_the_acts_is_what_the_command_makes() -> None:
    page = (CHECKOUT / "docs" / "advice.md").read_text(encoding="utf-8")

    assert page == describe_acts(ACTS), "enishi advice --table > docs/advice.md"


# -- the command -----------------------------------------------------------------------------------


def enishi(*words: str) -> subprocess.CompletedProcess[str]:
    command = [*ENISHI, "advice", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_lists_every_piece_a_line_with_its_screens_and_its_sentence() -> None:
    lines = enishi("--language", "en").stdout.splitlines()

    assert [line.split()[0] for line in lines] == IDS
    starts = set()
    for line, piece in zip(lines, PIECES.values(), strict=True):
        said = format_text(piece.say["en"], word_forms("en", "tsunagari"))
        starts.add(line.index(f"  {said}"))
        assert line.endswith(said)
        assert set(piece.screens) <= set(line.split())
    assert len(starts) == 1


def test_the_command_tells_of_one_piece_with_the_rules_that_follow_it() -> None:
    told = enishi("a26", "--language", "ja").stdout

    assert told.startswith(f"A26  {PIECES['A26'].say['ja']}\n")
    assert "04-contacts/gift" in told and "人 › 喜ばれること" in told
    assert all(f"rule:{rule} " in told for rule in PIECES["A26"].rules)


def test_the_command_makes_the_page_about_the_acts() -> None:
    assert enishi("--table").stdout == describe_acts(ACTS)


def test_an_id_that_is_not_there_is_said_in_a_sentence() -> None:
    done = enishi("C1", "--language", "en")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no advice “C1”. The pieces are A1 to A59 and B1 to B79.\n"
