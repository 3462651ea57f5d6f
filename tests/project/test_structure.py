"""Names and arrows: what a reader can rely on without having seen the code."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from enishi.paths import CHECKOUT
from enishi.serve.handlers.static_files import PLOTLY_FILE, PLOTLY_FILES
from sources import nodes_of, parse_file

SOURCE = CHECKOUT / "src"
TOLD_NOTHING = {
    *("util", "utils", "helper", "helpers", "misc", "common", "stuff", "things", "tools"),
    *("telling", "passing", "without", "when", "wary", "paper", "evening", "touch", "thumb"),
    *("wire", "pace", "dense", "nursery", "tidy", "discretion", "goodbye", "speaking", "reception"),
}
"""Module names that do not say what is inside."""
SAME_IDEA = {
    "dismiss": "a command is named after the function it calls",
    "invite": "likewise",
    "renew": "likewise",
    "restore": "likewise",
    "log": "the logger of a module, as everywhere in Python",
    "main": "where a program begins",
}
"""Public names that more than one module has, each with its reason."""
CLOCKS = {"date.today", "datetime.now", "time.time", "clock.today", "clock.now", "day_in", "days"}
"""What tells the time, and what counts from it."""
COACH = (
    *("language", "rules", "relations", "goal", "strengths", "giving"),
    *("network", "today", "review", "messages", "people", "asking"),
)
"""The packages of the coach: each imports only those before it."""
MAY_IMPORT = {
    "enishi.i18n": {"enishi.paths", "enishi.errors"},
    "enishi.book": {
        *("enishi.paths", "enishi.errors", "enishi.identity", "enishi.choices", "enishi.clock"),
        "enishi.i18n",
    },
    "enishi.exchange": {
        *("enishi.paths", "enishi.errors", "enishi.choices", "enishi.i18n", "enishi.book"),
    },
    "enishi.pictures": {"enishi.choices", "enishi.i18n", "enishi.coach"},
    "enishi.coach": {"enishi.errors", "enishi.choices", "enishi.i18n"},
    "enishi.room": {
        *("enishi.paths", "enishi.errors", "enishi.identity", "enishi.choices", "enishi.clock"),
        *("enishi.i18n", "enishi.book", "enishi.coach", "enishi.exchange"),
    },
    "enishi.sharing": {
        *("enishi.paths", "enishi.errors", "enishi.identity", "enishi.clock", "enishi.i18n"),
        *("enishi.book", "enishi.coach", "enishi.pictures"),
    },
    "widgets": {
        *("enishi.paths", "enishi.errors", "enishi.identity", "enishi.choices", "enishi.clock"),
        *(
            "enishi.js_bundle",
            "enishi.i18n",
            "enishi.book",
            "enishi.exchange",
            "enishi.coach",
            "enishi.pictures",
            "enishi.room",
            "enishi.sharing",
            "enishi.sample_book",
        ),
    },
}
"""What a package imports, beside itself. `enishi.serve` may import all but `widgets`."""


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of ours by its name."""
    found = {}
    for file in sorted(SOURCE.rglob("*.py")):
        parts = file.relative_to(SOURCE).with_suffix("").parts
        if "migrations" not in parts:
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = parse_file(file)
    return found


def imports(module: ast.Module) -> Iterator[str]:
    """Yield the modules of ours that one imports when it runs, not only for its types."""
    for node in ast.walk(module):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for each in ast.walk(node):
                each.__dict__["is_typing"] = True
        elif isinstance(node, ast.ImportFrom) and node.module and "is_typing" not in node.__dict__:
            for each in node.names:
                whole = f"{node.module}.{each.name}"
                yield whole if whole in modules() else node.module


def defined(module: ast.Module) -> Iterator[str]:
    """Yield the public names that a module defines."""
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [each.id for each in node.targets if isinstance(each, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        else:
            continue
        yield from (name for name in names if not name.startswith("_"))


def package_of(name: str) -> str:
    """Return the package by which `MAY_IMPORT` knows a module."""
    parts = name.split(".")
    return parts[0] if parts[0] != "enishi" else ".".join(parts[:2])


def test_a_module_s_name_says_what_is_inside() -> None:
    assert not {name for name in modules() if name.rpartition(".")[2] in TOLD_NOTHING}


def test_a_public_name_means_one_thing() -> None:
    where = defaultdict(set)
    for name, module in modules().items():
        for each in defined(module):
            where[each].add(name)
    several = {each: names for each, names in where.items() if len(names) > 1}
    assert several.keys() == SAME_IDEA.keys(), {
        each: names for each, names in several.items() if each not in SAME_IDEA
    }


def test_every_exception_ends_in_error() -> None:
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for module in modules().values()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
    }
    raised = {"Exception", "ValueError", "RuntimeError", "OSError", "KeyError"}
    while more := {name for name, above in bases.items() if above & raised} - raised:
        raised |= more
    assert {name for name in raised - {"Exception"} if not name.endswith("Error")} == set()


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    wrong = {
        (name, each)
        for name, module in modules().items()
        if package_of(name) == package
        for each in imports(module)
        if package_of(each).partition(".")[0] in ("enishi", "widgets")
        and package_of(each) not in MAY_IMPORT[package] | {package}
    }
    assert wrong == set()


def test_the_server_never_imports_the_sheets() -> None:
    serve = {
        name: module for name, module in modules().items() if package_of(name) == "enishi.serve"
    }
    assert not {name for name, module in serve.items() if "widgets" in set(imports(module))}


def test_each_package_of_the_coach_imports_only_those_before_it() -> None:
    wrong = set()
    for name, module in modules().items():
        if name.startswith("enishi.coach.") and name.count(".") == 3:
            mine = COACH.index(name.split(".")[2])
            for each in imports(module):
                if each.startswith("enishi.coach."):
                    theirs = COACH.index(each.split(".")[2])
                    wrong |= {(name, each)} if theirs > mine else set()
    assert wrong == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    below = {name: set(imports(module)) & modules().keys() for name, module in modules().items()}
    while free := {name for name, needs in below.items() if not needs & below.keys() - {name}}:
        for name in free:
            del below[name]
    assert below.keys() == set()


def test_no_test_imports_from_another() -> None:
    tests = CHECKOUT / "tests"
    names = {file.stem for file in tests.rglob("test_*.py")}
    wrong = set()
    for file in tests.rglob("*.py"):
        for node in nodes_of(file):
            if isinstance(node, ast.ImportFrom) and node.module in names:
                wrong.add((file.name, node.module))
    assert wrong == set()


def test_no_test_asks_for_the_day_or_time_when_it_is_imported() -> None:
    wrong = set()
    for file in (CHECKOUT / "tests").rglob("*.py"):
        waiting: list[ast.AST] = [parse_file(file)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
                waiting += [*defaults, *getattr(node, "decorator_list", ())]
            else:
                waiting += ast.iter_child_nodes(node)
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS:
                wrong.add((file.name, node.lineno))
    assert wrong == set()


def test_no_module_of_the_benches_imports_itself_by_way_of_others() -> None:
    bench = CHECKOUT / "bench"
    below = {}
    for file in bench.rglob("*.py"):
        name = ".".join(file.relative_to(bench).with_suffix("").parts)
        needs = nodes_of(file)
        below[name] = {node.module for node in needs if isinstance(node, ast.ImportFrom)}
    assert below
    while free := {name for name, needs in below.items() if not needs & below.keys() - {name}}:
        for name in free:
            del below[name]
    assert below.keys() == set()


def test_a_room_stays_small_enough_to_look_through() -> None:
    rooms = defaultdict(set)
    for file in SOURCE.rglob("*.py"):
        rooms[file.parent].add(file.stem)
    assert {
        str(Path(room).relative_to(SOURCE)) for room, files in rooms.items() if len(files) > 30
    } == set()


def test_no_line_of_a_script_is_longer_than_a_hundred_columns() -> None:
    folders = [CHECKOUT / name for name in ("src", "data", "bench")]
    scripts = [file for folder in folders for file in folder.rglob("*.js")]
    scripts.remove(PLOTLY_FILES / PLOTLY_FILE)  # not ours
    assert scripts
    assert {
        f"{file.relative_to(CHECKOUT)}:{number}"
        for file in scripts
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > 100
    } == set()
