"""From bytes to text, and the sentence for a file that is something else."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.exchange import (
    ReadingOptions,
    UnknownFileError,
    UnreadableFileError,
    changes,
    decode,
    preview,
    read_contacts,
)
from enishi.exchange import errors as told
from enishi.i18n import error_text, translate

FILES = Path(__file__).parents[1] / "files"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
PERSON = "花子,架空,,,株式会社見本,,\n"
IN_SHIFT_JIS = st.text(st.sampled_from("架空花子次郎髙﨑㈱①ｶﾅかなカナー・々 abc,\"'"), max_size=40)


@given(text=IN_SHIFT_JIS, encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]))
def test_what_was_written_is_read_in_every_encoding(text: str, encoding: str) -> None:
    whole = HEADER + PERSON + text

    decoded = decode(whole.encode(encoding), "people.csv")

    assert (whole, encoding) == decoded[:2]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_in_utf_8_is_read_as_it_was_written(text: str) -> None:
    whole = HEADER + text

    assert (whole, "utf-8") == decode(whole.encode(), "people.csv")[:2]


def test_characters_of_windows_only_are_read() -> None:
    text = HEADER + "花子,髙﨑,,,㈱見本①,Ⅲ,\n"

    assert text == decode(text.encode("cp932"), "people.csv").text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("François,Jörg", "cp1252"),
        ("José,Exámple\xa0", "cp1252"),
        ("Åsa,Øyvind", "cp1252"),
        ("Zoë,Müller", "cp1252"),
        ("花子,架空", "euc_jp"),
        ("はなこ,カクウ", "euc_jp"),
        ("花子,架空", "iso2022_jp"),
        ("ﾊﾅｺ,ｶｸｳ", "cp932"),
        ("花子,ｶｸｳ", "cp932"),
        ("㈱見本,髙﨑", "cp932"),
        ("花子,架空", "utf-16-le"),
        ("花子,架空", "utf-16-be"),
    ],
)
def test_what_other_machines_write_is_not_garbled(text: str, encoding: str) -> None:
    whole = f"{HEADER}{text},,,,,12 Mar 2024\n"

    reading = read_contacts(whole.encode(encoding), "people.csv")

    given, family = text.split(",")
    person = reading.rows[0].values
    assert reading.encoding == encoding
    assert (person["given"], person["family"]) == (given, family.strip())
    assert reading.problems == ()


SPOKEN = {
    "cp1252": "Siân Lloyd|Renée Dubois|Zoë Müller|Åsa Öberg|Øyvind Næss|José Núñez|Loïc Noël|André"
    "|Miguel Ángel Peña|João Gonçalves|Šimon Žák|Jürgen Groß|Mº Ángel|Ægir Ívarsson",
    "cp932": "架空 花子|山田 太郎|髙橋 﨑|渡邊 禎|山本 凛|はなこ|カクウ|ｻﾄｳ|Alex様|ABC社 見本"
    "|檜山 穗|彌生 穗積|ＡＢＣ 株式会社|㈱見本|齋藤 彰",
    "cp949": "김민준|이서연|박지훈|정하은|남궁민수|황보라",
    "gb18030": "王小明 李伟|欧阳娜 张敏|刘洋 陈静|诸葛亮 司马懿",
    "cp950": "陳雅婷|歐陽志遠|張家豪|諸葛亮|鄭詩涵",
    "cp1250": "Jiří Dvořák|Žofie Čermáková|Łukasz Wałęsa|Małgorzata Wójcik",
    "cp1251": "Ирина Соколова|Пётр Лебедев|Юлия Ильина",
    "koi8_r": "Ирина Соколова|Пётр Лебедев|Юлия Ильина",
}
NAMES = st.sampled_from(sorted(SPOKEN)).flatmap(
    lambda codec: st.tuples(
        st.just(codec),
        st.lists(st.sampled_from(SPOKEN[codec].split("|")), min_size=1, max_size=4),
        st.lists(st.sampled_from(["Rei Sample", "Kai Example", ""]), max_size=4),
    )
)


@given(NAMES)
def test_a_few_foreign_names_among_others_are_read_or_asked_about(
    found: tuple[str, list[str], list[str]],
) -> None:
    codec, names, others = found
    text = "Name,Email,Company\n" + "".join(
        f"{name},rei@example.com,Sample Ltd\n" for name in (*others, *names)
    )

    decoded = decode(text.encode(codec), "people.csv")

    assert decoded.text == text or (not decoded.sure and codec in decoded.others)
    assert decoded.text == text or codec not in ("cp1252", "cp932")


@pytest.mark.parametrize(
    ("headings", "name", "encoding"),
    [
        ("이름,회사,휴대폰", "김민준", "cp949"),
        ("姓名,公司,手机", "赵磊", "gb18030"),
        ("姓名,公司,手機", "陳雅婷", "cp950"),
        ("氏名,会社,携帯", "山本 凛", "euc_jp"),
        ("Příjmení,Firma,Telefon", "Dvořák", "cp1250"),
        ("Фамилия,Компания,Телефон", "Ли", "cp1251"),
    ],
)
def test_headings_tell_the_encoding_of_a_single_name(
    headings: str, name: str, encoding: str
) -> None:
    table = f"{headings}\n{name},Sample,+1 555 010 0000\n"
    reading = read_contacts(table.encode(encoding), "people.csv")
    (row,) = reading.rows

    assert (reading.encoding, reading.problems) == (encoding, ())
    assert name in (row.values["name"], row.values.get("family"))
    assert row.values["organisation"] == "Sample"


@pytest.mark.parametrize("line", ["Name,Phone\n{}\n", "BEGIN:VCARD\nFN:{}\nEND:VCARD\n"])
def test_an_encoding_that_is_not_certain_is_said_and_can_be_chosen(line: str) -> None:
    data = line.format("Doğan").encode("cp1254")

    reading = read_contacts(data, "people")
    chosen = read_contacts(data, "people", ReadingOptions(encoding="cp1254"))

    assert [one.sentence[:26] for one in reading.problems] == ["It is not certain in which"]
    assert "cp1254" in [one.encoding for one in reading.encodings]
    assert (chosen.rows[0].values["name"], chosen.problems) == ("Doğan", ())


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_file_cut_within_a_character_is_read_and_that_is_told(encoding: str) -> None:
    whole = f"{HEADER}花子,架空,,,,,\n次郎,見本".encode(encoding)

    reading = read_contacts(whole[:-1], "people.csv")

    assert reading.encoding == encoding
    assert [row.values["given"] for row in reading.rows] == ["花子", "次郎"]
    assert [(told.line, told.sentence[:15]) for told in reading.problems] == [
        (3, "Some characters")
    ]


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    lines = "".join(f"花子{n},架空,,,,,\n" for n in range(9))
    whole = f"{HEADER}{lines}次郎,見\0本,,,,,\n".encode().replace(b"\0", b"\xff")

    reading = read_contacts(whole, "people.csv")

    assert (reading.encoding, len(reading.rows)) == ("utf-8", 10)
    assert [told.line for told in reading.problems] == [11]


def test_the_person_sees_names_in_each_possible_encoding_and_chooses() -> None:
    whole = f"{HEADER}Alex,Example,,,,,\n花子,架空,,,,,\n".encode("cp932")

    found = {one.encoding: one.names for one in read_contacts(whole, "people.csv").encodings}
    chosen = read_contacts(whole, "people.csv", ReadingOptions(encoding="cp1252"))

    assert next(iter(found)) == "cp932" and "cp1252" in found
    assert found["cp932"] == ("架空 花子", "Alex Example")
    assert found["cp1252"][0] != "架空 花子"
    assert (chosen.encoding, len(chosen.rows)) == ("cp1252", 2)


def test_in_ascii_there_is_no_encoding_to_choose() -> None:
    reading = read_contacts(f"{HEADER}A,B,,,,,\n".encode(), "people.csv")

    assert [one.encoding for one in reading.encodings] == ["utf-8"]


def test_a_byte_order_mark_in_the_middle_of_nothing_is_no_heading() -> None:
    doubled = b"\xef\xbb\xbf" + (HEADER + PERSON).encode("utf-8-sig")

    assert read_contacts(doubled, "people.csv").rows[0].values["name"] == "架空 花子"


def test_unicode_text_as_excel_saves_it_is_read() -> None:
    tabs = (HEADER + PERSON).replace(",", "\t").encode("utf-16")

    reading = read_contacts(tabs, "people.txt")

    assert (reading.kind, reading.encoding) == ("linkedin", "utf-16")
    assert reading.rows[0].values["name"] == "架空 花子"


def archive(**files: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for key, content in files.items():
            # a `ZipInfo` has no time of its own: what is packed is the same whenever it is
            name = zipfile.ZipInfo(key.replace("__", "/").replace("_csv", ".csv"))
            zipped.writestr(name, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def office(*names: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for name in names:
            zipped.writestr(name, "<x/>")
    return packed.getvalue()


def test_the_connections_are_taken_out_of_linkedins_zip() -> None:
    connections = (FILES / "linkedin.csv").read_bytes()
    packed = archive(Profile_csv=b"First Name,Last Name\n", Basic__Connections_csv=connections)

    assert read_contacts(packed, "data.zip") == read_contacts(connections, "Connections.csv")


def test_a_zip_that_unpacks_into_a_flood_is_stopped_at_the_limit() -> None:
    flood = archive(Connections_csv=HEADER.encode() + b"," * 30_000_000)

    assert len(flood) < 100_000
    with pytest.raises(told.FileTooLargeError):
        read_contacts(flood, "data.zip")


def test_a_zip_that_lies_about_its_size_is_damaged() -> None:
    honest = archive(Connections_csv=(HEADER + PERSON * 1000).encode())
    size = len((HEADER + PERSON * 1000).encode()).to_bytes(4, "little")

    with pytest.raises(told.DamagedArchiveError):
        read_contacts(honest.replace(size, (10).to_bytes(4, "little")), "data.zip")


def test_a_zip_with_a_password_is_told() -> None:
    packed = bytearray(archive(Connections_csv=(HEADER + PERSON).encode()))
    packed[6] |= 1  # the flag in the local header
    packed[packed.index(b"PK\x01\x02") + 8] |= 1  # and in the directory

    with pytest.raises(told.LockedArchiveError):
        read_contacts(bytes(packed), "data.zip")


def crowded(count: int) -> bytes:
    """A ZIP file whose table of contents names that many empty files."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for number in range(count):
            zipped.writestr(f"{number}.csv", b"")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", told.EmptyFileError, "is empty"),
        (b"\xef\xbb\xbf \r\n", told.EmptyFileError, "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", told.ExcelWorkbookError, "Excel workbook"),
        (office("xl/workbook.bin"), told.ExcelWorkbookError, "Excel workbook"),
        (office("xl/workbook.xml"), told.DamagedWorkbookError, "a damaged one"),
        (office("word/document.xml"), told.OtherDocumentError, "Word"),
        (office("mimetype", "content.xml"), told.OtherDocumentError, "OpenDocument"),
        (archive(a_csv=b"x", b_csv=b"y"), told.OtherArchiveError, "without a Connections.csv"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            told.OtherDocumentError,
            "Word",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            told.LockedWorkbookError,
            "with a password",
        ),
        (bytes(range(1, 32)) * 9, told.ControlCharactersError, "control characters"),
        ("いつもお世話になっております。\n見本です。\n".encode(), UnknownFileError, "いつもお世話"),
        (archive(Connections_csv=b"x" * 99)[:60], told.DamagedArchiveError, "damaged"),
        (b"<!DOCTYPE html><title>Sign in</title>", told.WebPageError, "web page"),
        (b"\n<HTML><body>", told.WebPageError, "web page"),
        (b"<?xml version='1.0'?>", told.OtherDocumentError, "XML"),
        (b"BEGIN:VCALENDAR\r\n", told.CalendarError, "calendar"),
        (b'{"people": []}', told.JsonFileError, "JSON"),
        (b"%PDF-1.7\n", told.OtherDocumentError, "PDF"),
        (b"First Name,Last Name\0,URL", told.NotTextError, "NUL"),
        (b"\xff\xfe\x00", told.UnknownEncodingError, "could not be read"),
        (b"\x81", told.UnknownEncodingError, "could not be read"),
        (b'"' + b"x" * 1_000_001 + b'"', told.FieldTooLargeError, "field near line 1"),
        (HEADER.encode() + b"x," * 6_000_000, told.FileTooLargeError, "10 MB"),
        (HEADER.encode() + b"x,y\n" * 50_001, told.TooManyRowsError, "50000 lines"),
        (HEADER.encode() + b"\n" * 500_000, told.TooManyRowsError, "500000 lines"),
        (
            HEADER.encode() + b"," * 300,
            told.TooManyColumnsError,
            "line 2 has 301 columns; up to 300",
        ),
        (b"," * 100_000, told.TooManyColumnsError, "line 1 has 100001 columns"),
        (b"a," * 1_000_000 + b"a", told.LineTooLongError, "line 1 is 2000001 characters long"),
        (HEADER.encode() + b"x" * 9_000_000, told.LineTooLongError, "line 2 is 9000000 characters"),
        (
            b"a" * 101 + b"," + HEADER.encode(),
            told.HeadingTooLongError,
            "a heading of 101 characters",
        ),
        (HEADER.encode() + (b"x," * 299 + b"\n") * 3_350, told.TooManyFieldsError, "line 3346"),
        (crowded(5_001), told.CrowdedArchiveError, "5001 files"),
    ],
)
def test_a_file_that_cannot_be_imported_says_what_was_found(
    data: bytes, error: type[UnknownFileError] | type[UnreadableFileError], said: str
) -> None:
    with pytest.raises(error) as caught:
        read_contacts(data, "chosen-file")

    assert error is caught.type
    sentence = error_text("en", caught.value)
    assert said in sentence
    assert "chosen-file" in sentence
    assert error_text("ja", caught.value) not in ("", sentence)


def test_what_is_no_contacts_file_says_what_was_expected() -> None:
    with pytest.raises(UnknownFileError) as caught:
        read_contacts(b"Dear reader,\nthis is a letter.\n", "letter.txt")

    assert "vCard" in error_text("en", caught.value)
    assert "アドレス帳" in error_text("ja", caught.value)


def test_a_heading_with_braces_does_not_disturb_the_sentence() -> None:
    with pytest.raises(UnknownFileError) as caught:
        read_contacts(b"{name},{0}\nx\n"[1:], "braces.csv")

    assert "name} · {0}" in error_text("ja", caught.value)


@given(st.binary(max_size=400))
def test_no_bytes_whatever_give_anything_but_a_reading_or_a_sentence(data: bytes) -> None:
    for beginning in (b"", HEADER.encode(), b"PK\x03\x04", b"\xff\xfe"):
        try:
            reading = read_contacts(beginning + data, "anything")
        except (UnknownFileError, UnreadableFileError) as error:
            assert error_text("ja", error)
        else:
            assert reading.kind == "linkedin"


KINDS = {
    name: (FILES / f"{name}.csv").read_bytes() for name in ("linkedin", "google", "google-old")
}
BITS = st.one_of(
    st.sampled_from(
        [b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b'","', b" ::: ", b"\x81", b"=1+1"]
    ),
    st.binary(max_size=8),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """One of the files that can be read, packed or not, with a few places written over."""
    data = bytearray(KINDS[draw(st.sampled_from(sorted(KINDS)))])
    if draw(st.booleans()):
        data = bytearray(archive(Connections_csv=bytes(data)))
    for place, bit in draw(
        st.lists(st.tuples(st.integers(0, len(data)), BITS), min_size=1, max_size=6)
    ):
        data[place : place + draw(st.integers(0, 3))] = bit
    return bytes(data)


@given(damaged())
def test_a_damaged_file_gives_a_preview_or_a_sentence(data: bytes) -> None:
    book = pd.DataFrame({"name": ["架空 花子", "Hanako Kakuu"]}, index=["a", "b"])
    try:
        reading = read_contacts(data, "damaged")
    except (UnknownFileError, UnreadableFileError) as error:
        assert error_text("ja", error) and error_text("en", error)
    else:
        shown = preview(reading, book)
        assert [entry.line for entry in shown.entries] == [row.line for row in reading.rows]
        assert all(translate("ja", told.sentence, **told.facts) for told in reading.problems)
        assert len(changes(shown)) <= len(reading.rows)
