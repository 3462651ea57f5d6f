"""The language of a page is the browser's; that of the console is its locale's."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from enishi.i18n import console_language, guess_language
from enishi.paths import shared
from enishi.serve.ports import USUAL_PORT
from serving import run
from sources import nodes_of

NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        *(("ja_JP.UTF-8", "ja"), ("ja", "ja"), ("ja_JP.eucJP", "ja"), ("ja-JP", "ja")),
        *(("C", "en"), ("C.UTF-8", "en"), ("POSIX", "en"), ("", "en")),
        *(("en_GB.UTF-8", "en"), ("fr_FR.UTF-8", "en"), ("jam_JM", "en")),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_the_console_speaks_japanese_in_a_japanese_locale_only(
    monkeypatch: pytest.MonkeyPatch, name: str, locale: str, language: str
) -> None:
    for each in NAMES:
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, locale)
    assert console_language() == language


def test_the_first_name_that_is_set_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, locale in zip(NAMES, ("", "C", "ja_JP.UTF-8"), strict=True):
        monkeypatch.setenv(name, locale)
    assert console_language() == "en"


def test_a_page_is_english_for_who_reads_neither_and_japanese_for_who_says_nothing() -> None:
    assert [guess_language(asked) for asked in ("fr-FR,fr;q=0.9", "fr,ja;q=0.3", "")] == [
        *("en", "ja", "ja")
    ]


LOCALES = [("C", "en"), ("ja_JP.UTF-8", "ja"), ("en_GB.UTF-8", "en")]


@pytest.mark.parametrize(("locale", "language"), LOCALES)
def test_the_help_is_in_the_language_of_the_locale(locale: str, language: str) -> None:
    for command in ([], ["host"], ["erase"]):
        said = run(*command, "--help", LC_ALL=locale, PYTHONUTF8="1").stdout
        assert ("このコンピューター" in said or "使い方:" in said) == (language == "ja")
        assert ("Usage:" in said) == (language == "en")
        assert ("Show this message and exit." in said) == (language == "en")


@pytest.mark.parametrize(("locale", "language"), LOCALES)
def test_an_error_is_in_the_language_of_the_locale(
    tmp_path: Path, locale: str, language: str
) -> None:
    places = {"LC_ALL": locale, "PYTHONUTF8": "1", "ENISHI_DATA": str(tmp_path)}
    ours = run("backup", str(tmp_path / "backup.sqlite3"), **places)
    clicks = run("--prot", **places)
    assert (ours.returncode, clicks.returncode) == (1, 2)
    assert ("記録ファイルはありません。" in ours.stderr) == (language == "ja")
    assert ("There is no book at" in ours.stderr) == (language == "en")
    assert ("というオプションはありません。" in clicks.stderr) == (language == "ja")
    assert ("No such option" in clicks.stderr) == (language == "en")


def test_the_language_that_is_asked_for_comes_before_the_locale() -> None:
    assert "使い方:" in run("--language", "ja", "--help", LC_ALL="C", PYTHONUTF8="1").stdout
    assert "Usage:" in run("--help", "--language=en", LC_ALL="ja_JP.UTF-8").stdout


def test_every_translated_sentence_of_click_is_one_that_click_says() -> None:
    names = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
    files = (inspect.getsourcefile(importlib.import_module(f"click.{name}")) for name in names)
    said = {
        node.value
        for file in files
        for node in nodes_of(Path(str(file)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    with (shared("data") / "locale" / "ja" / "LC_MESSAGES" / "click.po").open("rb") as source:
        for message in read_po(source):
            if message.id:
                ids = [message.id] if isinstance(message.id, str) else [*message.id]
                assert set(ids) <= said, message.id


def test_the_help_names_the_usual_port() -> None:
    assert f"[default: {USUAL_PORT}, or the next free one]" in " ".join(
        run("--help", LC_ALL="C").stdout.split()
    )
