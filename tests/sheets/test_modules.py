"""Modules in one piece."""

from __future__ import annotations

from pathlib import Path

from enishi.js_bundle import bundle_modules

FILES = {
    "low/ground.js": "const hidden = 1;\nexport const ground = hidden;\n",
    "low/floor.js": 'import { ground } from "./ground.js";\n\nexport function floor() {}\n',
    "wall.js": 'import { ground } from "./low/ground.js";\nexport { wall };\nfunction wall() {}\n',
}
HOUSE = 'import { floor } from "../low/floor.js";\nimport "../wall.js";\nexport default floor();\n'


def test_each_module_stands_once_before_whoever_imports_it(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    house = bundle_modules(HOUSE, tmp_path / "high")
    whole = [
        *("const hidden = 1;", "const ground = hidden;", "function floor() {}"),
        *("function wall() {}", "export default floor();"),
    ]
    assert [line for line in house.splitlines() if line] == whole


def test_what_a_module_exports_it_exports_in_one_piece_too(tmp_path: Path) -> None:
    (tmp_path / "low").mkdir()
    (tmp_path / "low" / "ground.js").write_text(FILES["low/ground.js"])
    wall = bundle_modules(FILES["wall.js"], tmp_path)
    assert [line for line in wall.splitlines() if "export" in line] == ["export { wall };"]
