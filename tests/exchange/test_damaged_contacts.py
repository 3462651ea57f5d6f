"""What damaged contacts files have lost before: each person is read, or somebody is told."""

from __future__ import annotations

import pytest

from enishi.exchange import FileReading, read_contacts
from enishi.i18n import translate
from fuzz_contacts import FORMATS, run

HANAKO = "N:架空;花子;;;\r\nFN:架空 花子\r\nEMAIL:hanako@example.com\r\n"
TARO = "N:見本;太郎;;;\r\nFN:見本 太郎\r\nEMAIL:taro@example.com\r\n"
BEGIN, VERSION, END = "BEGIN:VCARD\r\n", "VERSION:3.0\r\n", "END:VCARD\r\n"
OWN = "Enishi number,Name,Family name,Given name,E-mail,Notes"


def read(text: str) -> FileReading:
    return read_contacts(text.encode(), "any")


def names(reading: FileReading) -> list[object]:
    return [row.values["name"] for row in reading.rows if row.values]


def told(reading: FileReading) -> str:
    return "\n".join(
        f"{one.line}: {translate('en', one.sentence, **one.facts)}" for one in reading.problems
    )


@pytest.mark.parametrize("name", FORMATS)
def test_no_damage_loses_anybody_silently(name: str) -> None:
    report = run(name, 80, seed=7)

    assert not report.findings
    assert report.inputs == 80


@pytest.mark.parametrize(
    "between",
    [
        END + VERSION,
        "END:VCRD\r\n" + BEGIN.replace("V", "\\") + VERSION,
        END.strip() + ":" + BEGIN + VERSION,
        END + "BEGIN:V\\CARD\r\n" + VERSION,
        END + "BEGIN\r\nVERSI\r\n",
    ],
)
def test_two_cards_with_damaged_lines_between_them_are_two_people(between: str) -> None:
    reading = read(BEGIN + VERSION + HANAKO + between + TARO + END)

    assert names(reading) == ["架空 花子", "見本 太郎"]
    assert "The beginning of this card is missing" in told(reading)


@pytest.mark.parametrize("first", ["GIN:VCARD\r\n", "連絡先\r\nBEGIN:VCARD\r\n", "\ufffd\r\n"])
def test_a_file_whose_first_line_is_damaged_is_still_read_as_cards(first: str) -> None:
    reading = read(first + VERSION + HANAKO + END + BEGIN + VERSION + TARO + END)

    assert (reading.kind, names(reading)) == ("vcard", ["架空 花子", "見本 太郎"])


def test_a_card_into_which_another_runs_is_told_with_both_names() -> None:
    reading = read(BEGIN + VERSION + HANAKO + TARO + END)

    assert "1: This card has more than one name" in told(reading)
    assert "見本 太郎" in told(reading)
    kept = {(one.kind, one.value) for one in reading.rows[0].details}
    assert {("field", "見本 太郎"), ("email", "taro@example.com")} <= kept


def test_other_forms_of_a_name_are_not_told() -> None:
    other = "N;ALTID=1;LANGUAGE=en:Kakuu;Hanako;;;\r\nFN;ALTID=1;LANGUAGE=en:Hanako Kakuu\r\n"

    assert read(BEGIN + VERSION + HANAKO + other + END).problems == ()


def test_a_label_without_its_property_and_further_parts_of_a_name_are_kept() -> None:
    card = "N:架空;花子;;;;一郎の長女\r\nFN:架空 花子\r\nitem1.X-ABLabel:見本の番号\r\n"
    reading = read(BEGIN + VERSION + card + END)

    assert {one.value for one in reading.rows[0].details} == {"一郎の長女", "見本の番号"}


def test_what_runs_into_an_address_or_stands_under_a_second_name_is_kept() -> None:
    address = "ADR;TYPE=WORK:;;見本町1;千代田区;東京都;100-0000;日本EMAIL;TYPE=WORK:h@example.com"
    second = "N;PREF=9EMAIL;TYPE=WORK:other@example.com"
    details = read(BEGIN + VERSION + HANAKO + f"{address}\r\n{second}\r\n" + END).rows[0].details

    assert [one.kind for one in details] == ["address", "field"]
    assert "h@example.com" in details[0].value
    assert details[1].value == "other@example.com"


def test_a_group_without_members_that_has_an_address_is_kept_as_a_person() -> None:
    reading = read(BEGIN + VERSION + "KIND:group\r\n" + HANAKO + TARO + END)

    assert names(reading) == ["架空 花子"]
    assert "見本 太郎" in told(reading)
    assert read(BEGIN + VERSION + "KIND:group\r\nFN:見本会\r\n" + END).rows[0].values == {}


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (f"{OWN},年賀状", "u1,架空 花子,架空,花子,hanako@example.com,,出した"),
        (OWN, "u1,架空 花子,架空,花子,hanako@example.com,,出した"),
        (f"{OWN},Notes", "u1,架空 花子,架空,花子,hanako@example.com,,出した"),
        (f"{OWN},E-mail", "u1,架空 花子,架空,花子,hanako@example.com,,出した"),
    ],
)
def test_columns_that_our_own_table_did_not_have_are_kept_and_told(
    headings: str, cells: str
) -> None:
    reading = read(f"{headings}\r\n{cells}\r\n")

    assert reading.rows[0].values["email"] == "hanako@example.com"
    assert [one.value for one in reading.rows[0].details] == ["出した"]
    assert "kept as fields" in told(reading)


def test_somebody_on_the_line_of_the_headings_is_told() -> None:
    headings = "Name,Given Name,Family Name,Notes,Group Membership,E-mail 1 - Value"
    reading = read(f"{headings},花子,架空,,,hanako@example.com\n,太郎,見本,,,taro@example.com\n")

    assert "1: The line of the headings holds an address" in told(reading)


def test_a_line_with_an_address_above_the_headings_is_told_however_it_is_split() -> None:
    reading = read("花子;架空;hanako@example.com\n氏名,会社\n見本 太郎,株式会社見本\n")

    assert "1: This line is above the headings" in told(reading)
