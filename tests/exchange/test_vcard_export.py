"""Contacts as vCard 3.0 and 4.0: what we write, what others read of it, what we read back."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from contact_texts import CONTACTS, canonical_contact
from enishi.exchange.csv_record import Detail
from enishi.exchange.exported import ExportedContact
from enishi.exchange.file_reading import DETECTED, ContactRow
from enishi.exchange.vcard import read_vcards, write_vcards

NOW = datetime(2026, 11, 20, 7, 31, tzinfo=UTC)
SHOWN = "[contact table]\ndisplay = formatted_name\n"
VERSIONS = ("3.0", "4.0")
ID = "0193a1c2-0000-7000-8000-000000000001"
HANAKO = ExportedContact(
    ID,
    {
        "name": "架空 花子",
        "family": "架空",
        "given": "花子",
        "family_kana": "カクウ",
        "given_kana": "ハナコ",
        "romaji": "Hanako Kakuu",
        "alias": "はなちゃん, はな",
        "organisation": "株式会社見本; 東京",
        "department": "営業部",
        "title": "主任",
        "email": "hanako@example.com",
        "phone": "+81-90-0000-0001",
        "url": "https://example.com/hanako",
        "birthday": "--04-15",
        "met_on": "2023-11-19",
        "how_met": "もくもく会",
        "circles": ("仲間", "勉強会, 夜"),
        "note": "お茶、紅茶; コーヒーが好き\n次は本の話をする。\\も使う" * 3,
    },
    (
        Detail("email", "home", "hana@example.org"),
        Detail("phone", "配達用", "050-0000-0001"),
        Detail("phone", "home fax", "03-0000-0001"),
        Detail("address", "自宅", "100-0000 東京都千代田区見本町1-2-3\n見本ビル5階"),
        Detail("date", "anniversary", "2015-06-07"),
        Detail("date", "開店した日", "--05-06"),
        Detail("field", "spouse", "架空 次郎"),
        Detail("field", "好きなもの", "読書"),
        Detail("field", "Skype", "live.hanako"),
        Detail("field", "X-FAVOURITE-TEA;TYPE=evening", "焙じ茶\\, 番茶"),
    ),
)


def lines_of(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def read(data: bytes) -> list[ContactRow]:
    reading = read_vcards(data, "contacts.vcf", DETECTED)
    assert reading.problems == ()
    return list(reading.rows)


@pytest.mark.parametrize("version", VERSIONS)
def test_no_line_is_longer_than_75_octets_and_none_breaks_within_a_character(version: str) -> None:
    data = write_vcards([HANAKO], version, NOW)

    assert data.count(b"\n") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_version_3_is_written_as_telephones_read_it() -> None:
    lines = lines_of(write_vcards([HANAKO], "3.0", NOW))

    assert lines[:4] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//Enishi//Workbook//EN",
        f"UID:{ID}",
    ]
    for line in (
        "N:架空;花子;;;",
        "FN:架空 花子",
        "X-PHONETIC-LAST-NAME:カクウ",
        "X-PHONETIC-FIRST-NAME:ハナコ",
        "SORT-STRING:カクウ ハナコ",
        "NICKNAME:はなちゃん\\, はな",
        "ORG:株式会社見本\\; 東京;営業部",
        "EMAIL;TYPE=INTERNET,PREF:hanako@example.com",
        "EMAIL;TYPE=INTERNET,HOME:hana@example.org",
        "TEL;TYPE=VOICE,CELL,PREF:+81-90-0000-0001",
        "TEL;TYPE=HOME,FAX:03-0000-0001",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15",
        "CATEGORIES:仲間,勉強会\\, 夜",
        "X-FAVOURITE-TEA;TYPE=evening:焙じ茶\\, 番茶",
        "X-SKYPE:live.hanako",
        "X-ENISHI-ROMAJI:Hanako Kakuu",
        "REV:2026-11-20T07:31:00Z",
    ):
        assert line in lines
    assert any(re.fullmatch(r"item\d\.X-ABLabel:_\$!<Anniversary>!\$_", line) for line in lines)
    assert any(re.fullmatch(r"item\d\.ADR;TYPE=HOME:;;.*", line) for line in lines)


def test_version_4_has_the_forms_of_its_own() -> None:
    lines = lines_of(write_vcards([HANAKO], "4.0", NOW))

    for line in (
        f"UID:urn:uuid:{ID}",
        "KIND:individual",
        'N;SORT-AS="カクウ,ハナコ":架空;花子;;;',
        "TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+81-90-0000-0001",
        'TEL;TYPE="home,fax":03-0000-0001',
        "EMAIL;PREF=1:hanako@example.com",
        "EMAIL;TYPE=home:hana@example.org",
        "BDAY:--0415",
        "ANNIVERSARY:20150607",
        "REV:20261120T073100Z",
    ):
        assert line in lines


@pytest.mark.parametrize("version", VERSIONS)
def test_a_person_comes_back_as_they_were(version: str) -> None:
    (row,) = read(write_vcards([HANAKO], version, NOW))

    assert row.key == f"uid:{ID}"
    assert canonical_contact(row.values, row.details) == canonical_contact(
        HANAKO.values, HANAKO.details
    )


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("label", ["spouse", "Skype"])
def test_a_field_of_several_lines_keeps_them_whatever_it_is_called(
    version: str, label: str
) -> None:
    told = Detail("field", label, "架空 花子\n港の会で会った")
    data = write_vcards([ExportedContact("", {"name": "例示 太郎"}, (told,))], version, NOW)
    [row] = read_vcards(data, "contacts.vcf", DETECTED).rows
    assert list(row.details) == [told]


@pytest.mark.parametrize("version", VERSIONS)
@given(contacts=st.lists(CONTACTS, max_size=3))
def test_any_person_comes_back_as_they_were(version: str, contacts: list[ExportedContact]) -> None:
    data = write_vcards(contacts, version, NOW)
    reading = read_vcards(data, "contacts.vcf", DETECTED)

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert [canonical_contact(row.values, row.details) for row in reading.rows] == [
        canonical_contact(contact.values, contact.details) for contact in contacts
    ]


def test_properties_that_nobody_knows_go_out_as_they_came_in() -> None:
    before = Path(__file__).parents[1] / "files" / "vcard" / "v30-unknown.vcf"
    (row,) = read_vcards(before.read_bytes(), "unknown.vcf", DETECTED).rows
    written = lines_of(write_vcards([ExportedContact("", row.values, row.details)], "3.0", NOW))

    for line in (
        "X-FAVOURITE-TEA;TYPE=evening:焙じ茶\\, 番茶",
        "X-BLOOD-TYPE:A",
        "GEO:35.68;139.76",
        "TZ:+09:00",
    ):
        assert line in written


def test_vobject_reads_our_cards() -> None:
    card: Any = vobject.readOne(write_vcards([HANAKO], "3.0", NOW).decode())

    assert (card.n.value.family, card.n.value.given) == ("架空", "花子")
    assert card.fn.value == "架空 花子"
    assert card.note.value == HANAKO.values["note"]
    assert card.org.value == ["株式会社見本; 東京", "営業部"]
    assert card.categories.value == ["仲間", "勉強会, 夜"]
    assert {one.value for one in card.contents["tel"]} == {
        "+81-90-0000-0001",
        "050-0000-0001",
        "03-0000-0001",
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_khard_lists_and_shows_our_cards(version: str, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "hanako.vcf").write_bytes(write_vcards([HANAKO], version, NOW))
    config = tmp_path / "khard.conf"
    config.write_text(f"[addressbooks]\n[[friends]]\npath = {book}\n{SHOWN}")

    def khard(*words: str) -> str:
        command = [str(Path(sys.executable).parent / "khard"), "-c", str(config), *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout + done.stderr

    assert "架空 花子" in khard("list", "--parsable")
    shown = khard("show", "架空")
    for text in (
        "hanako@example.com",
        "hana@example.org",
        "+81-90-0000-0001",
        "株式会社見本",
        "主任",
    ):
        assert text in shown
