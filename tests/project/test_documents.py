"""The documents lead where they say, and say what is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from documents import ALL_DOCUMENTS, FOLDER, anchors_of, links_of_document, prose
from enishi.i18n import LANGUAGES, texts
from enishi.paths import CHECKOUT
from fronts import DOCUMENTS

INDEX = FOLDER / "index.md"
WORKBOOKS = {
    "week": "05-week",
    "goal": "02-goal",
    "strengths": "03-strengths",
    "contacts": "04-contacts",
    "pictures": "06-pictures",
    "start": "01-start",
    "sharing": "08-sharing",
    "settings": "07-settings",
}
"""The texts of each workbook that one person uses, in the order of the menu."""
GUIDES = {"en": FOLDER / "for-yourself.md", "ja": FOLDER / "for-yourself.ja.md"}
CJK = "[\u3005\u3041-\u30ff\u4e00-\u9fff]"

every_document = pytest.mark.parametrize(
    "file", ALL_DOCUMENTS, ids=lambda file: str(file.relative_to(CHECKOUT))
)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_document
def test_every_link_leads_to_a_file_and_a_heading_that_exist(file: Path) -> None:
    wrong = []
    for link in links_of_document(file):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (file.parent / path).resolve() if path else file
        if not target.exists():
            wrong.append(f"{link}: there is no such file")
        elif anchor and anchor not in anchors_of(target):
            wrong.append(f"{link}: there is no such heading")
    assert wrong == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    lines = ["# A `b`, c", "[x](#a-b-c) `[y](no)`", "```sh", "[z](no)", "```"]
    file.write_text("\n".join([*lines, "[![p](q.png)](r.md)"]), encoding="utf-8")
    assert links_of_document(file) == ["#a-b-c", "q.png", "r.md"]
    assert anchors_of(file) == {"a-b-c"}


def test_a_stranger_finds_every_document_from_the_first_page() -> None:
    """Add a new one to docs/index.md, under whom it is for; the site's contents are made of it."""
    linked = {
        (INDEX.parent / link.partition("#")[0]).resolve() for link in links_of_document(INDEX)
    }
    assert {file for file in ALL_DOCUMENTS if file != INDEX} - linked == set()


@every_language
def test_the_guide_names_every_page_and_sheet_as_the_screen_does(language: str) -> None:
    heading = {"en": "What each page is for", "ja": "どのページで何をするか"}[language]
    text = (
        GUIDES[language].read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    )
    told = re.findall(r"^\| (?:\*\*(.+?)\*\*)? ?\| (.+?) \|", text, re.MULTILINE)
    named = [row for row in told if row[1] not in ("sheet", "画面")]
    pages = texts("workbook", language)["pages"]
    expected = [
        (pages[page] if number == 0 else "", screen["name"])
        for name, page in WORKBOOKS.items()
        for number, screen in enumerate(
            screen for screen in texts(name, language)["screens"].values() if "name" in screen
        )
    ]
    assert named == expected


def test_what_the_guides_call_by_name_stands_on_a_screen() -> None:
    """The bold names and those in Japanese quotation marks."""
    said = _all_texts("en")
    for name in re.findall(
        r"\*\*(Sample|Undo|Take it home|Put it back|Erase everything)\*\*",
        (GUIDES["en"].read_text(encoding="utf-8")),
    ):
        assert name in said
    japanese = _all_texts("ja")
    examples = {"木曜に、架空さんとお茶", "token=", "プロファイル", "（見本）", "人脈"}
    for file in (GUIDES["ja"], CHECKOUT / "README.ja.md"):
        for name in re.findall(r"「([^「」]+)」", prose(file)):
            assert any(name in text for text in japanese) or name in examples, name


def _all_texts(language: str) -> set[str]:
    found: set[str] = set()

    def collect(tree: object) -> None:
        if isinstance(tree, dict):
            for branch in tree.values():
                collect(branch)
        elif isinstance(tree, list):
            for branch in tree:
                collect(branch)
        else:
            found.add(str(tree))

    for file in (CHECKOUT / "data" / "words").glob("*.yaml"):
        collect(texts(file.stem, language))
    return found


@pytest.mark.parametrize("file", [*FOLDER.glob("*.ja.md"), CHECKOUT / "README.ja.md"], ids=str)
def test_no_line_of_a_japanese_text_is_broken_within_a_sentence(file: Path) -> None:
    """A broken line is shown with a space in it."""
    assert re.findall(f"{CJK}[、。」）]?\n *{CJK}", prose(file)) == []


def test_every_file_the_architecture_names_is_there() -> None:
    names = set(
        re.findall(
            r"`([\w/*.-]+\.(?:py|js|j2|css|yaml|ipynb|md))`",
            ((FOLDER / "architecture.md").read_text(encoding="utf-8")),
        )
    )
    assert len(names) > 40
    there = [
        file.relative_to(CHECKOUT).as_posix()
        for folder in ("src", "data", "tests", "docs", "workbooks")
        for file in (CHECKOUT / folder).rglob("*")
    ]
    missing = [name for name in names if not any(f"/{path}".endswith(f"/{name}") for path in there)]
    assert missing == []


def test_serving_files_have_a_page_that_names_them() -> None:
    serving = (FOLDER / "serving.md").read_text(encoding="utf-8")
    assert all(f"serving/{file.name}" in serving for file in DOCUMENTS.iterdir())
