"""Files of every kind, encoding and trap, each with what must come of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from enishi.choices import DETAILS, FILE_SOURCES
from enishi.errors import EnishiError
from enishi.exchange import TABLE_FIELDS, FileReading, ReadingOptions, read_contacts
from enishi.i18n import error_text, translate

FILES = Path(__file__).parents[1] / "files"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((FILES / "expected.yaml").read_text("utf-8"))
READ = [name for name, wanted in EXPECTED.items() if "refused" not in wanted]
REFUSED = [name for name, wanted in EXPECTED.items() if "refused" in wanted]


def read(name: str, options: ReadingOptions | None = None) -> FileReading:
    return read_contacts((FILES / name).read_bytes(), name, options or ReadingOptions())


def said(reading: FileReading) -> dict[str, Any]:
    """Return a reading in the form of `expected.yaml`."""
    lines = {}
    for row in reading.rows:
        values = {
            field: list(value) if isinstance(value, tuple) else value
            for field, value in row.values.items()
            if field != "source"
        }
        lines[row.line] = values | ({"details": [*map(list, row.details)]} if row.details else {})
    found = {
        "kind": reading.kind,
        "encoding": reading.encoding,
        "header_line": reading.header_line,
        "day_order": reading.day_order,
        "sheet": reading.sheet,
        "columns": {column.label: column.field for column in reading.columns},
        "lines": lines,
        "problems": [[one.line, one.sentence.format(**one.facts)] for one in reading.problems],
    }
    always = ("kind", "encoding", "header_line", "lines")
    return {key: value for key, value in found.items() if value or key in always}


def test_every_file_is_listed() -> None:
    files = {file.name for file in FILES.iterdir() if file.suffix in (".csv", ".tsv", ".xlsx")}

    assert files - EXPECTED.keys() == set()


@pytest.mark.parametrize("name", READ)
def test_a_file_reads_as_expected(name: str) -> None:
    assert EXPECTED[name] == said(read(name))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_with_what_it_is(name: str) -> None:
    with pytest.raises(EnishiError) as caught:
        read(name)

    assert type(caught.value).__name__ == EXPECTED[name]["refused"]
    assert name in error_text("ja", caught.value)


@pytest.mark.parametrize("name", READ)
def test_what_is_read_fits_the_book(name: str) -> None:
    reading = read(name)

    keys = [row.key for row in reading.rows if row.values]
    assert len(keys) == len(set(keys))
    assert {row.values["source"] for row in reading.rows if row.values} <= set(FILE_SOURCES)
    assert {one.kind for row in reading.rows for one in row.details} <= set(DETAILS)
    assert {column.field for column in reading.columns} <= {"", *TABLE_FIELDS}
    for problem in reading.problems:
        assert translate("ja", problem.sentence, **problem.facts) != problem.sentence


def test_one_list_is_the_same_in_every_encoding_and_as_a_workbook() -> None:
    names = ("own-list-euc.csv", "own-list-jis.csv", "own-list-utf16.tsv")
    readings = [read(name) for name in names]

    assert len({tuple(row.key for row in reading.rows) for reading in readings}) == 1
    csv, workbook = read("eight-2026.csv"), read("eight.xlsx")
    assert csv.rows[0].values["name"] == workbook.rows[0].values["name"]
    assert csv.rows[0].details[0] == workbook.rows[0].details[0]


def test_the_person_says_what_the_columns_mean() -> None:
    fields = {0: "note", 1: "name", 2: "", 10: "field", 4: "phone"}
    reading = read("own-list-cp932.csv", ReadingOptions(fields=fields))

    person = reading.rows[0]
    assert reading.kind == "table"
    assert [column.field for column in reading.columns][:5] == ["note", "name", "", "", "phone"]
    assert person.values == {
        "note": "1",
        "name": "架空 花子",
        "family": "架空",
        "given": "花子",
        "phone": "０９０－００００－００００",
        "source": "table",
    }
    assert [one[:2] for one in person.details] == [("field", "グループ")]
    assert person.key == read("own-list-cp932.csv").rows[0].key


def test_a_known_file_may_be_read_as_any_table() -> None:
    reading = read("eight-2026.csv", ReadingOptions(kind="table"))

    fields = {column.label: column.field for column in reading.columns}
    assert reading.kind == "table"
    assert (fields["姓"], fields["携帯電話"], fields["住所"]) == ("family", "phone", "address")
    assert reading.columns[0].samples == ("㈱見本", "見本商事")
    assert reading.rows[0].values["name"] == "架空 花子"


def test_a_table_may_be_read_as_a_known_file() -> None:
    data = "会社名,氏名,勉強会\n見本,架空 花子,1\n".encode()

    reading = read_contacts(data, "a.csv", ReadingOptions(kind="eight"))

    assert reading.kind == "eight"
    assert reading.rows[0].values["circles"] == ("勉強会",)


@pytest.mark.parametrize(
    "headings",
    [
        "姓名,公司,职位,电子邮件,手机,备注",
        "이름,회사,직책,이메일,휴대폰,비고",
        "Nombre completo,Empresa,Cargo,Correo electrónico,Móvil,Notas",
        "Nom,Société,Fonction,Courriel,Portable,Remarques",
    ],
)
def test_a_list_in_another_language_is_read_by_its_plain_words(headings: str) -> None:
    line = "Rei Sample,Sample Ltd,Editor,rei@example.com,+82 10 0000 0000,tea"
    reading = read_contacts(f"{headings}\n{line}\n".encode(), "list.csv")
    (row,) = reading.rows
    fields = ("organisation", "title", "email", "phone", "note")
    assert [row.values.get(name) for name in fields] == line.split(",")[1:]
    assert "Rei Sample" in row.values["name"] and not row.details


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("03-0000-1111／090-0000-2222", ["03-0000-1111", "090-0000-2222"]),
        ("03(0000)1111・090(0000)2222", ["03(0000)1111", "090(0000)2222"]),
        ("020-0000-0106 or 020-0000-0107", ["020-0000-0106", "020-0000-0107"]),
    ],
)
def test_numbers_in_one_cell_are_split_where_each_is_one(cell: str, numbers: list[str]) -> None:
    table = f"氏名,電話,メール\n見本 花,{cell},hana＠example.com\n"
    (row,) = read_contacts(table.encode(), "list.csv").rows

    assert [row.values["phone"], *(one.value for one in row.details)] == numbers
    assert row.values["email"] == "hana@example.com"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_members_of_a_group_are_read_whatever_stands_between_their_cells(
    delimiter: str,
) -> None:
    lines = [
        "Country Code,Phone Number,Formatted Phone,Is My Contact,Saved Name,Public Name,Group Name",
        '44,=447700900111,="+44 7700 900111",TRUE,Hugh Sample,Hugh,Choir',
        "1,=14155550199,=+1 (415) 555-0199,FALSE,,MiMi,Choir",
    ]
    table = "\n".join(lines).replace(",", delimiter)
    first, second = read_contacts(table.encode(), "group.csv").rows

    assert (first.values["name"], first.values["phone"]) == ("Hugh Sample", "+44 7700 900111")
    assert (second.values["name"], second.values["phone"]) == ("MiMi", "+1 (415) 555-0199")
    assert first.values["circles"] == ("Choir",)
    assert not [one for one in (*first.details, *second.details) if one.kind != "field"]


def test_a_column_that_only_answers_yes_or_no_names_nobody() -> None:
    table = "Is staff,Known as\nTRUE,Rei\nFALSE,Kai\n"

    rows = read_contacts(table.encode(), "list.csv").rows

    assert [row.values["name"] for row in rows] == ["Rei", "Kai"]


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["Sample, Rei", "Example, Kai"], ("Rei Sample", "Sample", "Rei")),
        (["Sample, Rei"], ("Rei Sample", "Sample", "Rei")),
        (["Sample, gardener", "Kai Example", "Rei Li"], ("Sample, gardener", None, None)),
        (["Dr. Müller, Zahnarzt"], ("Dr. Müller, Zahnarzt", None, None)),
        (["Rei Sample, Ph.D."], ("Rei Sample, Ph.D.", None, None)),
    ],
)
def test_a_comma_parts_two_names_only_where_the_file_writes_names_so(
    names: list[str], first: tuple[str | None, ...]
) -> None:
    table = "Name,Phone\n" + "".join(f'"{name}",+1 555 010 0000\n' for name in names)
    values = read_contacts(table.encode(), "list.csv").rows[0].values

    assert (values["name"], values.get("family"), values.get("given")) == first
