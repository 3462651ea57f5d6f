"""What the columns and the cells of anybody's table mean, one line of a person at a time."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

import pytest

from enishi.exchange import Detail, FileReading, ReadingOptions, read_contacts


def read_row(cells: Mapping[str, str], options: ReadingOptions | None = None) -> FileReading:
    """Read a table of one line, given as its cells by heading."""
    text = StringIO()
    table = csv.writer(text)
    table.writerows([list(cells), list(cells.values())])
    return read_contacts(text.getvalue().encode(), "list.csv", options or ReadingOptions())


def test_the_country_of_a_workplace_is_no_organisation() -> None:
    address = {"勤務先の住所": "2 Press Rd", "勤務先の国": "Lebanon"}
    (row,) = read_row({"姓": "Haddad", "名": "Nadia", **address, "組織": "Cedar"}).rows

    assert row.values["organisation"] == "Cedar"
    assert row.details == (Detail("address", "勤務先", "2 Press Rd, Lebanon"),)


@pytest.mark.parametrize(
    ("headings", "parts", "birthday"),
    [
        ("誕生年,誕生月,誕生日", "1982,6,9", "1982-06-09"),
        ("誕生年,誕生月,誕生日", ",11,30", "--11-30"),
        ("誕生年,誕生月,誕生日", "昭和57年,6月,9日", "1982-06-09"),
        ("Birth Year,Birth Month,Birth Day", "1982,June,9", "1982-06-09"),
        ("Geburtsjahr,Geburtsmonat,Geburtstag", "1982,6,9", "1982-06-09"),
        ("誕生月,誕生日", "6月,1982/6/9", "1982-06-09"),
    ],
)
def test_a_birthday_in_several_columns_is_one(headings: str, parts: str, birthday: str) -> None:
    cells = dict(zip(headings.split(","), parts.split(","), strict=True))
    reading = read_row({"Name": "Nadia Haddad", **cells})
    said = {place: one.field for place, one in enumerate(reading.columns)}
    again = read_row({"Name": "Nadia Haddad", **cells}, ReadingOptions(fields=said))

    assert [each.rows[0].values["birthday"] for each in (reading, again)] == [birthday] * 2
    assert not reading.rows[0].details and not reading.problems


def test_a_birthday_without_its_month_is_kept_as_it_is_written() -> None:
    reading = read_row({"氏名": "見本 花", "誕生年": "1982", "誕生日": "9"})

    assert reading.rows[0].details == (Detail("field", "誕生日", "1982-9"),)
    assert len(reading.problems) == 1
