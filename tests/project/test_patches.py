"""Patches of other packages are in `enishi.serve.jupyter_patches`, and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from enishi.paths import CHECKOUT
from sources import parse_file

SOURCE = CHECKOUT / "src"
PATCHES = SOURCE / "enishi" / "serve" / "jupyter_patches.py"
OURS = ("enishi", "widgets")
DOCUMENTED = ("os.environ", "sys.argv", "tempfile.tempdir", "os._exit")
"""What Python documents as assigned to, or called, by programs."""
CHANGES = ("setdefault", "update", "pop", "clear")


def foreign_names(module: ast.Module) -> set[str]:
    """Return the names that a module imports from other packages."""
    names = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import | ast.ImportFrom):
            above = getattr(node, "module", "") or ""
            for each in node.names:
                if (above or each.name).partition(".")[0] not in OURS:
                    names.add(each.asname or (each.name if above else each.name.partition(".")[0]))
    return names


def root(target: ast.expr) -> str:
    """Return the name that an attribute, an item or `vars(…)` belongs to; "" if it is none."""
    while isinstance(target, ast.Attribute | ast.Subscript | ast.Call):
        if isinstance(target, ast.Call):
            if ast.unparse(target.func) != "vars":
                return ""
            target = target.args[0]
        else:
            target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def changed(node: ast.AST) -> list[ast.expr]:
    """Return what a statement or a call changes, or calls though it is private."""
    if isinstance(node, ast.Assign | ast.Delete):
        return [each for each in node.targets if not isinstance(each, ast.Name)]
    if isinstance(node, ast.AugAssign | ast.AnnAssign) and not isinstance(node.target, ast.Name):
        return [node.target]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        is_private = node.func.attr.startswith("_") and not node.func.attr.endswith("__")
        return [node.func] if is_private or node.func.attr in CHANGES else []
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("setattr", "delattr"):
        return [node.args[0]]
    return []


def patches(module: ast.Module) -> Iterator[str]:
    """Yield each patch of another package in a module."""
    foreign = foreign_names(module)
    for node in ast.walk(module):
        for each in changed(node):
            if root(each) in foreign and not ast.unparse(each).startswith(DOCUMENTED):
                yield ast.unparse(node)


def test_a_patch_is_found_in_each_of_its_forms() -> None:
    source = """
import os
from a import module
from enishi import own
module.name = module.other["key"] = 1
vars(module)["name"] = 1
del module.name
setattr(module, name, 1)
module.table.update(x)
module._private()
module.public()
own.name = 1
os.environ["X"] = "1"
"""
    assert len(list(patches(ast.parse(source)))) == 7


def test_other_packages_are_patched_in_one_module() -> None:
    found = {
        (file.name, patch)
        for file in SOURCE.rglob("*.py")
        for patch in patches(parse_file(file))
        if file != PATCHES
    }
    assert found == set()
    assert list(patches(parse_file(PATCHES)))
