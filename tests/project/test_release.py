"""A version is one version everywhere, and what is handed on is what was tried."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

from distribution import (
    SHOWN,
    build_dist,
    install_wheel,
    last_release,
    list_materials,
    open_page,
    write_checksums,
)
from enishi.paths import CHECKOUT
from licences import locked_names

VERSION = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]
FORMS = sorted((CHECKOUT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def read_yaml_file(name: str) -> dict[str, object]:
    """Return a YAML file at the top of the checkout."""
    found: dict[str, object] = yaml.safe_load((CHECKOUT / name).read_text(encoding="utf-8"))
    return found


def test_the_version_and_its_day_are_the_same_everywhere() -> None:
    cited = read_yaml_file("CITATION.cff")

    assert last_release() == (VERSION, cited["date-released"])
    assert cited["version"] == VERSION
    assert date.fromisoformat(last_release()[1]) <= date.today()
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()


def test_every_command_of_the_checklist_is_a_target_of_make() -> None:
    told = (CHECKOUT / "docs" / "releasing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z-]+)", told))
    made = (CHECKOUT / "Makefile").read_text(encoding="utf-8")

    assert {"lock", "licences", "audit", "check-all", "pictures", "dist"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", made, re.MULTILINE))


@pytest.mark.parametrize("form", [each for each in FORMS if each.stem != "config"], ids=str)
def test_a_form_for_an_issue_asks_in_both_languages_and_for_no_names(form: Path) -> None:
    read = yaml.safe_load(form.read_text(encoding="utf-8"))
    fields = [each for each in read["body"] if each["type"] != "markdown"]

    assert {"name", "description", "body"} <= read.keys()
    assert all(
        " · " in each["attributes"]["label"] or "`" in each["attributes"]["label"]
        for each in fields
    )
    assert "名前" in form.read_text(encoding="utf-8")


def test_the_pictures_of_the_readme_are_there() -> None:
    told = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", told)

    assert [Path(each).stem for each in pictures] == ["start", "week", "bullseye", "room"]
    assert all((CHECKOUT / each).is_file() for each in pictures)


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the source, built once."""
    return build_dist(tmp_path_factory.mktemp("dist"))


@pytest.mark.thorough
def test_a_second_build_has_the_same_bytes(dist: tuple[Path, Path], tmp_path: Path) -> None:
    again = build_dist(tmp_path)

    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in dist]


@pytest.mark.thorough
def test_the_wheel_shows_a_page_in_an_empty_environment(
    dist: tuple[Path, Path], tmp_path: Path
) -> None:
    """Everything comes from the lock, and nothing from this environment or the checkout."""
    command = install_wheel(dist[0], tmp_path / "environment")

    assert SHOWN in open_page([str(command)], tmp_path)


@pytest.mark.thorough
def test_the_source_can_be_built_and_installed_elsewhere(
    dist: tuple[Path, Path], tmp_path: Path
) -> None:
    subprocess.run(["tar", "-xzf", str(dist[1]), "-C", str(tmp_path)], check=True)
    (unpacked,) = tmp_path.iterdir()

    assert {"Makefile", "requirements.lock", "SECURITY.md", "environment.yml", "bench"} <= {
        each.name for each in unpacked.iterdir()
    }
    wheel, _ = build_dist(tmp_path / "again", unpacked)
    assert wheel.read_bytes() == dist[0].read_bytes()


@pytest.mark.thorough
def test_the_bill_of_materials_names_every_package_of_the_lock(tmp_path: Path) -> None:
    file = tmp_path / "enishi.cdx.json"
    list_materials(file)
    write_checksums(tmp_path)

    listed = json.loads(file.read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "enishi"
    assert {each["name"] for each in listed["components"]} == set(locked_names())
    assert file.name in (tmp_path / "SHA256SUMS").read_text(encoding="utf-8")
