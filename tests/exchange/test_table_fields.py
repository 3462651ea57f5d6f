"""What the columns and the cells of anybody's table mean, one line of a person at a time."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

import pytest

from enishi.exchange import Detail, FileReading, ReadingOptions, read_contacts
from enishi.exchange.csv_record import LONGEST_LABEL


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


def beside_of(cells: Mapping[str, str]) -> tuple[str, str, list[tuple[str, ...]]]:
    """Return the main e-mail address and telephone number of a line, and its details."""
    (row,) = read_row({"氏名": "架空 花子", **cells}).rows
    email, phone = (str(row.values.get(field, "")) for field in ("email", "phone"))
    return email, phone, [tuple(one) for one in row.details]


@pytest.mark.parametrize(
    ("cell", "main", "others"),
    [
        ("架空 花子 <a@example.com>", "a@example.com", []),
        ("mailto:a@example.com", "a@example.com", []),
        ("架空<a@example.com>", "a@example.com", []),
        ("ａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "a@example.com", []),
        ("a@example.com／b@example.com", "a@example.com", [("email", "メール", "b@example.com")]),
        ("a@example.com b@example.com", "a@example.com", [("email", "メール", "b@example.com")]),
        (
            '"架空, 花子" <a@example.com>; "Rei, Taro" <b@example.com>',
            "a@example.com",
            [("email", "Rei, Taro", "b@example.com")],
        ),
        (
            "a@example.com (work), b@example.com (home)",
            "a@example.com",
            [("email", "home", "b@example.com"), ("field", "メール", "work")],
        ),
        (
            "会社：a@example.com\n自宅：b@example.com、夜だけ",
            "a@example.com",
            [("email", "自宅 夜だけ", "b@example.com"), ("field", "メール", "会社")],
        ),
        ("自宅a@example.com", "a@example.com", [("field", "メール", "自宅")]),
        ("info@見本.jp", "info@見本.jp", []),
        ("まだない @", "まだない @", []),
    ],
)
def test_the_addresses_in_a_cell_are_found_among_names_and_remarks(
    cell: str, main: str, others: list[tuple[str, ...]]
) -> None:
    assert beside_of({"メール": cell}) == (main, "", others)


def test_a_name_beside_an_address_is_the_person_s_where_no_other_is_given() -> None:
    (row,) = read_row({"E-mail": "Hanako Kakuu <a@example.com>"}).rows

    assert (row.values["name"], row.values["email"]) == ("Hanako Kakuu", "a@example.com")


@pytest.mark.parametrize(
    ("cell", "main", "others"),
    [
        (
            "自宅 03-0000-1111 携帯 090-0000-2222",
            "090-0000-2222",
            [("phone", "自宅", "03-0000-1111")],
        ),
        ("TEL 03-0000-1111 FAX 03-0000-2222", "03-0000-1111", [("phone", "FAX", "03-0000-2222")]),
        ("TEL 42-1111 FAX 42-2222", "42-1111", [("phone", "FAX", "42-2222")]),
        ("TEL/FAX 03-0000-1111", "03-0000-1111", [("field", "電話", "TEL/FAX")]),
        (
            "03-0000-1111　090-0000-2222",
            "03-0000-1111",
            [("phone", "電話", "090-0000-2222")],
        ),
        ("03-0000-1111 090-0000-2222", "03-0000-1111", [("phone", "電話", "090-0000-2222")]),
        (
            "+1 212 555 0101 +1 212 555 0102",
            "+1 212 555 0101",
            [("phone", "電話", "+1 212 555 0102")],
        ),
        (
            "03-0000-1111（自宅）\n090-0000-2222（携帯）",
            "090-0000-2222",
            [("phone", "自宅", "03-0000-1111")],
        ),
        ("03-0000-1111 (内線 12)", "03-0000-1111", [("field", "電話", "内線 12")]),
        (
            "03-0000-1111（代表・内線12）、090-0000-2222",
            "03-0000-1111",
            [("phone", "電話", "090-0000-2222"), ("field", "電話", "代表・内線12")],
        ),
        (
            "tel:+81-3-0000-1111;ext=12; tel:+81-90-0000-2222",
            "+81-3-0000-1111",
            [("phone", "電話", "+81-90-0000-2222"), ("field", "電話", "ext. 12")],
        ),
        ("(212) 555-0103 x12", "(212) 555-0103", [("field", "電話", "x12")]),
        ("０３　００００　１１１１", "０３ ００００ １１１１", []),
        ("0711 / 555 0101", "0711 / 555 0101", []),
        ("+44 20 7946 0018", "+44 20 7946 0018", []),
        ("090-0000-2222 平日の夜", "090-0000-2222", [("field", "電話", "平日の夜")]),
        ("内線 1234", "内線 1234", []),
    ],
)
def test_the_numbers_in_a_cell_are_found_and_their_words_say_what_they_are(
    cell: str, main: str, others: list[tuple[str, ...]]
) -> None:
    assert beside_of({"電話": cell}) == ("", main, others)


def test_words_beside_a_number_are_said_after_a_heading_that_says_more() -> None:
    *_, details = beside_of({"電話": "090-0000-2222", "自宅電話": "母 03-0000-1111"})

    assert details == [("phone", "自宅電話 母", "03-0000-1111")]


def test_words_too_long_for_a_label_are_kept_as_a_field() -> None:
    words = "夜" * (LONGEST_LABEL + 1)
    *_, details = beside_of({"電話": f"090-0000-2222、{words} 03-0000-1111"})

    assert details == [("phone", "電話", "03-0000-1111"), ("field", "電話", words)]


def test_the_extension_of_a_number_on_a_card_stands_beside_it() -> None:
    lines = ("TEL;TYPE=cell:090-0000-2222", "TEL;VALUE=uri;TYPE=work:tel:+81-3-0000-1111;ext=12")
    card = "\n".join(("BEGIN:VCARD", "VERSION:4.0", "FN:Hanako Kakuu", *lines, "END:VCARD"))
    (row,) = read_contacts(card.encode(), "one.vcf").rows

    assert row.details == (Detail("phone", "work ext. 12", "+81-3-0000-1111"),)


def test_the_name_of_a_mailbox_within_exchange_is_no_address() -> None:
    internal = "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=abc-Hana"
    names = {"First Name": "Hanako", "Last Name": "Kakuu"}
    first = {"E-mail Address": internal, "E-mail Type": "EX"}
    second = {"E-mail 2 Address": "hana@example.com", "E-mail 2 Type": "SMTP"}
    reading = read_row({**names, **first, **second})

    assert reading.kind == "outlook"
    assert reading.rows[0].values["email"] == "hana@example.com" and not reading.rows[0].details
    assert [one.facts for one in reading.problems] == [{"text": "/o=ExchangeLabs/ou=E"}]


def test_an_address_that_only_the_name_to_display_holds_is_taken_from_it() -> None:
    internal = "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=abc-Hana"
    names = {"First Name": "Hanako", "Last Name": "Kakuu"}
    shown = {"E-mail Display Name": "Hanako Kakuu (hana@example.com)"}
    (row,) = read_row({**names, "E-mail Address": internal, **shown}).rows

    assert row.values["email"] == "hana@example.com" and not row.details


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("phone", "Tel. privat|直通TEL|TEL1|Tél. domicile|Telefonnummer|電話（自宅）"),
        ("field", "Titel|Hotel|Telegram|Telex|Phonetic Middle Name|Phone Type|Email Opt Out"),
        ("field", "Email Domain|メール配信|IP Address|Company Size|会社の業種|メモリ番号"),
        ("organisation", "Company name (EN)|勤務先・学校|会社名（略称）"),
        ("family_kana", "よみがな(姓)|フリガナ（姓）|ふりがな姓|お名前（セイ）|セイ"),
        ("given_kana", "よみがな(名)|フリガナ（名）|ふりがな名|お名前（メイ）|メイ"),
        ("kana", "お名前（カナ）|園児名ふりがな|氏名（フリガナ）|顧客名（カナ）"),
        ("field", "会社名（カナ）|住所（カナ）|電話番号1種別"),
    ],
)
def test_a_heading_means_what_it_says_and_not_what_some_of_its_letters_do(
    field: str, headings: str
) -> None:
    for heading in headings.split("|"):
        columns = read_row({"氏名": "架空 花子", heading: ""}).columns

        assert [one.field for one in columns] == ["name", field], heading


def test_a_heading_that_all_values_belie_is_a_field() -> None:
    cells = {"Name": "Hanako Kakuu", "Contact": "Ms. Rei", "E-mail": "yes", "Title": "Dr."}
    (row,) = read_row(cells).rows

    assert row.values["honorific"] == "Dr." and "title" not in row.values
    assert row.details == (Detail("field", "Contact", "Ms. Rei"), Detail("field", "E-mail", "yes"))


@pytest.mark.parametrize(
    ("written", "birthday"),
    [
        ("29221", "1980-01-01"),
        ("29221.0", "1980-01-01"),
        ("March 14", "--03-14"),
        ("14th March", "--03-14"),
        ("March 14th, 1990", "1990-03-14"),
        ("03/14", "--03-14"),
        ("14/03", "--03-14"),
        ("24.12.", "--12-24"),
        ("24. Dezember", "--12-24"),
        ("14 mars 1990", "1990-03-14"),
        ("14 de marzo de 1990", "1990-03-14"),
        ("昭和四十年十月十日", "1965-10-10"),
        ("一九六五年十月十日", "1965-10-10"),
        ("1958年（昭和33年）2月8日", "1958-02-08"),
        ("昭和33年（1958年）2月8日生まれ", "1958-02-08"),
        ("昭52.11.3", "1977-11-03"),
        ("S52.11.3", "1977-11-03"),
        ("昭和 52年 11月 3日", "1977-11-03"),
        ("1990년 3월 14일", "1990-03-14"),
        ("1990. 3. 14.", "1990-03-14"),
    ],
)
def test_a_birthday_is_read_as_people_write_it(written: str, birthday: str) -> None:
    reading = read_row({"Name": "Hanako Kakuu", "Birthday": written})

    assert reading.rows[0].values.get("birthday") == birthday
    assert not reading.problems and not reading.rows[0].details


@pytest.mark.parametrize("written", ["1990", "unknown", "1990年3月", "32/13", "99999"])
def test_what_is_no_birthday_is_kept_as_text_and_told(written: str) -> None:
    reading = read_row({"Name": "Hanako Kakuu", "Birthday": written})

    assert reading.rows[0].details == (Detail("field", "Birthday", written),)
    assert len(reading.problems) == 1


def test_month_and_day_without_a_year_are_read_as_the_other_days_of_the_file() -> None:
    data = b"Name,Birthday\nA B,3/4\nC D,25/12/1980\n"
    first, _ = read_contacts(data, "list.csv").rows

    assert first.values["birthday"] == "--04-03"


def test_month_and_day_that_fit_both_orders_wait_until_the_person_chooses() -> None:
    cells = {"Name": "Hanako Kakuu", "Birthday": "3/4"}
    reading, chosen = read_row(cells), read_row(cells, ReadingOptions(day_order="mdy"))

    assert reading.day_order == "ask" and "birthday" not in reading.rows[0].values
    assert [one.facts for one in reading.problems] == [{"text": "3/4", "count": 1}]
    assert chosen.rows[0].values["birthday"] == "--03-04"


def test_under_a_japanese_heading_the_month_comes_first() -> None:
    reading = read_row({"氏名": "架空 花子", "誕生日": "3/4"})

    assert reading.rows[0].values["birthday"] == "--03-04" and reading.day_order == ""


@pytest.mark.parametrize(
    ("cells", "addresses"),
    [
        (
            {"郵便番号": "100-0000", "住所1": "見本県見本市1-1", "住所2": "見本ビル3F"},
            [("", "〒100-0000 見本県見本市1-1見本ビル3F")],
        ),
        (
            {"住所1": "見本県見本市1-1", "住所2": "東京都千代田区2-2"},
            [("", "見本県見本市1-1"), ("2", "東京都千代田区2-2")],
        ),
        (
            {"住所1": "見本県見本市1-1", "住所2": "150-0000 渋谷区2-2"},
            [("", "見本県見本市1-1"), ("2", "150-0000 渋谷区2-2")],
        ),
        (
            {"Address 1": "1 Example Street", "Address 2": "Flat 4", "City": "Sampletown"},
            [("", "1 Example Street, Flat 4, Sampletown")],
        ),
        (
            {"自宅住所1": "見本県見本市1-1", "自宅住所2": "見本荘2"},
            [("自宅", "見本県見本市1-1見本荘2")],
        ),
    ],
)
def test_a_second_line_of_an_address_belongs_to_it_unless_it_names_a_place_of_its_own(
    cells: dict[str, str], addresses: list[tuple[str, str]]
) -> None:
    *_, details = beside_of(cells)

    assert details == [("address", *one) for one in addresses]


def test_sansan_names_the_kinds_of_numbers_in_other_words_as_well() -> None:
    numbers = {"TEL": "03-0000-1111", "直通TEL": "03-0000-2222", "代表TEL": "03-0000-3333"}
    work = {"会社名": "見本", "部署": "営業部", "役職": "部長"}
    place = {"住所1": "見本県見本市1-1", "住所2": "見本ビル3F"}
    reading = read_row({"名刺ID": "1", **work, "姓": "架空", "名": "花子", **numbers, **place})

    (row,) = reading.rows
    assert reading.kind == "sansan"
    assert (row.values["department"], row.values["title"]) == ("営業部", "部長")
    assert row.values["phone"] == "03-0000-2222"
    assert [one[1:] for one in row.details] == [
        ("TEL", "03-0000-1111"),
        ("代表TEL", "03-0000-3333"),
        ("", "見本県見本市1-1見本ビル3F"),
    ]


def test_given_and_family_name_alone_are_not_google_s() -> None:
    cells = {"Given name": "Rosa", "Family name": "Diaz", "Mobile Phone": "+34 600 555 010"}
    reading = read_row({**cells, "Notes": "tapas", "Birthday": "1980-05-06"})

    assert reading.kind == "table"
    assert reading.rows[0].values["phone"] == "+34 600 555 010"


def test_an_address_book_with_two_telephones_is_not_outlook_s() -> None:
    names = {"姓": "架空", "名": "花子", "フリガナ姓": "カクウ", "フリガナ名": "ハナコ"}
    reading = read_row({**names, "自宅電話": "03-0000-1111", "会社電話": "", "自宅〒": "100-0000"})

    (row,) = reading.rows
    assert reading.kind == "table"
    assert (row.values["family_kana"], row.values["given_kana"]) == ("カクウ", "ハナコ")
    assert row.details == (Detail("address", "自宅", "100-0000"),)


@pytest.mark.parametrize(
    ("cells", "addresses"),
    [
        (
            {
                "Straße geschäftlich": "Hauptstr. 1",
                "Ort geschäftlich": "Ulm",
                "Postleitzahl geschäftlich": "89073",
                "Land/Region geschäftlich": "Deutschland",
                "Straße privat": "Gartenweg 2",
                "Ort privat": "Köln",
            },
            [
                ("geschäftlich", "Hauptstr. 1, Ulm, 89073, Deutschland"),
                ("privat", "Gartenweg 2, Köln"),
            ],
        ),
        (
            {
                "Rue (bureau)": "1 rue de Siam",
                "Ville (bureau)": "Brest",
                "Ville (domicile)": "Lyon",
            },
            [("bureau", "1 rue de Siam, Brest"), ("domicile", "Lyon")],
        ),
        (
            {"집 번지": "세종대로 1", "집 구/군/시": "서울", "집 우편 번호": "03172"},
            [("집", "03172 서울 세종대로 1")],
        ),
        (
            {"Street Address": "1 Main St", "State/Region": "NY", "Country/Region": "USA"},
            [("", "1 Main St, NY, USA")],
        ),
        (
            {"Address line 1": "1 Main Rd", "Town": "Deal", "County": "Kent"},
            [("", "1 Main Rd, Deal, Kent")],
        ),
    ],
)
def test_the_parts_of_each_address_are_known_in_other_languages(
    cells: dict[str, str], addresses: list[tuple[str, str]]
) -> None:
    *_, details = beside_of(cells)

    assert details == [("address", *one) for one in addresses]


@pytest.mark.parametrize(
    ("cells", "family", "given"),
    [
        ({"이름": "민준", "성": "김"}, "김", "민준"),
        ({"Name": "Kühn", "Vorname": "Max"}, "Kühn", "Max"),
    ],
)
def test_a_name_beside_one_of_its_parts_is_the_other(
    cells: dict[str, str], family: str, given: str
) -> None:
    (row,) = read_row({**cells, "E-mail": "a@example.com"}).rows

    assert (row.values["family"], row.values["given"]) == (family, given)


def test_a_number_whose_heading_says_mobile_is_the_main_one() -> None:
    _, phone, _ = beside_of({"TEL（自宅）": "03-0000-1111", "TEL（携帯）": "090-0000-2222"})

    assert phone == "090-0000-2222"


def test_a_second_column_that_says_the_same_is_kept_once() -> None:
    (row,) = read_row({"Name": "Ann Lee", "Company": "Lee Ltd", "Company Name": "Lee Ltd"}).rows

    assert row.values["organisation"] == "Lee Ltd" and not row.details


def test_days_under_a_german_heading_have_the_day_first() -> None:
    reading = read_row({"Vorname": "Max", "Nachname": "Kühn", "Geburtsdatum": "05/11/1958"})

    assert reading.rows[0].values["birthday"] == "1958-11-05" and not reading.problems


def test_a_postal_code_belongs_to_the_only_address_there_is() -> None:
    *_, details = beside_of({"郵便番号": "100-0000", "会社住所": "見本県見本市1-1"})

    assert details == [("address", "会社", "〒100-0000 見本県見本市1-1")]


def test_a_maiden_name_in_brackets_is_no_part_of_the_given_name() -> None:
    (row,) = read_row({"氏名（旧姓）": "架空 花子（見本）", "TEL": "03-0000-1111"}).rows

    assert [row.values[one] for one in ("name", "given", "alias")] == ["架空 花子", "花子", "見本"]


def test_a_column_of_numbers_is_one_of_telephones_although_it_is_called_work() -> None:
    _, phone, details = beside_of({"Work": "+1 212 555 0103 ext 4"})

    assert (phone, details) == ("+1 212 555 0103", [("field", "Work", "ext 4")])
