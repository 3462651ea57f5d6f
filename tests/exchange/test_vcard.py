"""vCard files of telephones and programs, each with what must come of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from enishi.exchange import ReadingOptions, read_contacts
from enishi.exchange.file_reading import DETECTED
from enishi.exchange.vcard import read_vcards

FILES = Path(__file__).parents[1] / "files" / "vcard"
EXPECTED: dict[str, Any] = yaml.safe_load((FILES / "expected.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_gives_the_people_the_details_and_the_problems_it_holds(name: str) -> None:
    reading = read_vcards((FILES / name).read_bytes(), name, DETECTED)
    expected = EXPECTED[name]

    assert (reading.kind, reading.encoding) == ("vcard", expected["encoding"])
    found = []
    for row in reading.rows:
        values = {
            field: list(value) if isinstance(value, tuple) else value
            for field, value in row.values.items()
            if field != "source"
        }
        one: dict[str, Any] = {"line": row.line}
        if values:
            one["values"] = values
        if row.details:
            one["details"] = [list(detail) for detail in row.details]
        if row.relations:
            one["relations"] = [[each.uid, each.name, each.kind] for each in row.relations]
        found.append(one)
    assert found == expected["rows"]
    told = [[problem.line, problem.sentence] for problem in reading.problems]
    assert len(told) == len(expected["problems"]), told
    for problem, (at, beginning) in zip(reading.problems, expected["problems"], strict=True):
        assert problem.line == at and problem.sentence.startswith(beginning)


def test_a_file_whose_lines_name_no_encoding_offers_others_with_a_sample_of_names() -> None:
    data = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:François;Anne\r\nEND:VCARD\r\n".encode("cp1252")
    reading = read_contacts(data, "one.vcf")

    assert reading.encodings[0] == ("cp1252", ("Anne François",))
    assert "cp932" in [sample.encoding for sample in reading.encodings]
    chosen = read_contacts(data, "one.vcf", ReadingOptions(encoding="cp932"))
    assert chosen.encoding == "cp932"
    assert len(chosen.rows) == 1 and chosen.rows[0].values["family"] != "François"


def test_cards_that_say_their_encoding_leave_nothing_to_choose() -> None:
    data = (FILES / "v30-icloud.vcf").read_bytes()
    assert read_contacts(data, "v30-icloud.vcf").encodings == ()


def test_a_birthday_of_the_year_that_stands_for_none_has_no_year() -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Sam Sample\nBDAY;value=date:1604-06-21\nEND:VCARD\n"
    (row,) = read_contacts(card.encode(), "one.vcf").rows

    assert row.values["birthday"] == "--06-21" and not row.details
