"""LinkedIn's Connections.csv, as LinkedIn and as a spreadsheet program write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from enishi.exchange import Detail, FileReading, ReadingOptions, read_contacts
from enishi.exchange.date_parsing import read_day

FILES = Path(__file__).parents[1] / "files"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def read(name: str, swap_names: bool = False) -> FileReading:
    return read_contacts((FILES / name).read_bytes(), name, ReadingOptions(swap_names))


def read_lines(*lines: str, header: str = HEADER) -> FileReading:
    return read_contacts((header + "\n".join(lines) + "\n").encode(), "Connections.csv")


def told(reading: FileReading) -> list[tuple[int, str]]:
    return [(one.line, one.sentence.format(**one.facts)) for one in reading.problems]


def test_the_headings_are_found_below_the_notes() -> None:
    reading = read("linkedin.csv")

    assert (reading.kind, reading.encoding, reading.header_line) == ("linkedin", "utf-8", 4)
    assert [row.line for row in reading.rows] == [5, 6, 7, 8, 9, 10]


def test_every_field_finds_its_place() -> None:
    person = read("linkedin.csv").rows[0]

    assert person.values == {
        "name": "架空 花子",
        "family": "架空",
        "given": "花子",
        "organisation": "株式会社見本",
        "title": "主任",
        "url": "https://www.linkedin.com/in/kakuu-hanako-example",
        "met_on": "2024-03-12",
        "source": "linkedin",
    }


def test_commas_and_quotation_marks_within_a_field_are_kept() -> None:
    person = read("linkedin.csv").rows[1].values

    assert person["organisation"] == "見本商事, 株式会社"
    assert person["title"] == '企画 "新しい本" 担当'


def test_an_empty_row_is_nobody_and_is_told() -> None:
    reading = read("linkedin.csv")

    assert reading.rows[3].values == {}
    assert (8, "This line is empty.") in told(reading)


def test_a_day_that_does_not_exist_is_told_and_not_lost() -> None:
    reading = read("linkedin.csv")

    person = reading.rows[5].values
    assert "met_on" not in person
    assert reading.rows[5].details == (Detail("field", "Connected On", "31 Feb 2024"),)
    sentence = "The day “31 Feb 2024” could not be read; it is kept as it is written."
    assert (10, sentence) in told(reading)


def test_characters_are_kept_as_they_were_typed() -> None:
    person = read("linkedin.csv").rows[5].values

    assert (person["name"], person["organisation"]) == ("髙例 さくら", "㈱例示")


def test_a_guard_against_formulas_is_taken_off_once() -> None:
    assert read("linkedin.csv").rows[4].values["title"] == "=Founder"
    titles = [
        row.values["title"]
        for row in read_lines("A,B,,,,'＋1 up,", "A,C,,,,''=x,", "A,D,,,,'90s music,").rows
    ]
    assert titles == ["＋1 up", "''=x", "'90s music"]


def test_an_old_file_without_notes_and_web_addresses_is_read() -> None:
    reading = read("linkedin-old.csv")

    assert (reading.kind, reading.header_line) == ("linkedin", 1)
    assert [row.values["met_on"] for row in reading.rows] == [
        "2018-01-22",
        "2017-12-03",
        "2022-02-07",
    ]
    assert reading.rows[0].values["name"] == "Hanako Kakuu"
    assert reading.problems == ()


def test_a_file_saved_again_by_a_japanese_excel_says_the_same() -> None:
    again = read("linkedin-excel-cp932.csv")

    assert again.encoding == "cp932"
    assert [row.values for row in read("linkedin.csv").rows] == [row.values for row in again.rows]


def test_a_row_is_recognised_whatever_encoding_and_order_of_columns() -> None:
    one = "花子,架空,,,見本〜例,,12 Mar 2024\n"
    other = "Connected On,Company,Last Name,First Name\n12 Mar 2024,見本～例,架空,花子\n"

    key = read_contacts((HEADER + one).encode(), "a.csv").rows[0].key
    same = read_contacts(other.encode("cp932"), "b.csv").rows[0].key

    assert key == same
    assert key != read_lines("花子,架空,,,見本〜例,,13 Mar 2024").rows[0].key


def test_names_can_be_swapped_and_the_row_stays_the_same_row() -> None:
    as_typed, swapped = read("linkedin.csv"), read("linkedin.csv", swap_names=True)

    assert swapped.rows[0].values["name"] == "花子 架空"
    assert (swapped.rows[0].values["family"], swapped.rows[0].values["given"]) == ("花子", "架空")
    assert swapped.rows[2].values["name"] == "Alex Example"  # a Latin name has one order
    assert [row.key for row in as_typed.rows] == [row.key for row in swapped.rows]


def test_one_name_is_enough() -> None:
    person = read("linkedin.csv").rows[4].values

    assert person["name"] == "Sam"
    assert "family" not in person


def test_a_line_without_a_name_is_called_by_what_it_has() -> None:
    reading = read_lines(",,,,株式会社見本,,", ",,,hanako@example.com,,,", ",,,,,主任,1 Mar 2024")

    assert [r.values["name"] for r in reading.rows[:2]] == ["株式会社見本", "hanako@example.com"]
    assert reading.rows[2].values == {}
    assert [line for line, _ in told(reading)] == [2, 3, 4]
    assert "“hanako@example.com” stands in for it" in told(reading)[1][1]


def test_unknown_columns_are_kept_as_fields() -> None:
    header = HEADER.replace("\n", ",Shoe Size,\n")

    reading = read_lines('花子,架空,,,,,,"38\n(EU)",左,余り', header=header)

    assert reading.rows[0].details == (
        Detail("field", "Shoe Size", "38\n(EU)"),
        Detail("field", "#9", "左"),
        Detail("field", "#10", "余り"),
    )
    assert [line for line, _ in told(reading)] == [2]


def test_a_heading_given_twice_loses_nothing() -> None:
    reading = read_lines("花子,架空,,,見本,,,例示", header=HEADER.replace("\n", ",Company\n"))

    assert reading.rows[0].values["organisation"] == "見本"
    assert reading.rows[0].details == (Detail("field", "Company", "例示"),)


def test_what_is_longer_than_the_book_holds_is_cut_and_told() -> None:
    reading = read_lines(f"{'花' * 150},{'架' * 150},,,{'見' * 301},,")

    person = reading.rows[0].values
    assert (len(person["name"]), len(person["organisation"])) == (200, 300)
    assert [line for line, _ in told(reading)] == [2, 2]
    assert "見" * 20 in told(reading)[1][1]


def test_a_quotation_mark_that_never_closes_swallows_nobody() -> None:
    reading = read_lines("花子,架空,,,,,", 'Alex,"Example,,,,,', "次郎,見本,,,,,", "三郎,見本,,,,,")

    names = ["架空 花子", 'Alex "Example', "見本 次郎", "見本 三郎"]
    assert names == [row.values["name"] for row in reading.rows]
    assert [line for line, _ in told(reading)] == [3]


def test_a_field_of_two_lines_does_not_shift_the_line_numbers() -> None:
    reading = read_lines('花子,架空,,,"見本\n商事",,', "", "次郎,見本,,,,,")

    assert [row.line for row in reading.rows] == [2, 5]
    assert reading.rows[0].values["organisation"] == "見本 商事"


def test_a_semicolon_separates_as_well() -> None:
    text = HEADER.replace(",", ";") + '花子;架空;;;"見本; 商事";;\n'

    assert read_contacts(text.encode(), "a.csv").rows[0].values["organisation"] == "見本; 商事"


def test_headings_without_people_are_a_reading_of_nobody() -> None:
    reading = read_contacts(HEADER.encode(), "Connections.csv")

    assert reading.rows == ()
    assert told(reading) == [(1, "There is nobody below the headings.")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 Mar 2024", "2024-03-12"),
        ("01 Dec 2023", "2023-12-01"),
        ("7-Feb-22", "2022-02-07"),
        ("1/22/18, 9:51 PM", "2018-01-22"),
        ("11/3/2019", ""),
        ("11/11/2019", "2019-11-11"),
        ("25/3/2019", "2019-03-25"),
        ("3 September 2020", "2020-09-03"),
        ("2024-03-12", "2024-03-12"),
        ("2024/3/12 0:00", "2024-03-12"),
        ("2024年3月12日", "2024-03-12"),
        ("29 Feb 2024", "2024-02-29"),
        ("29 Feb 2023", ""),
        ("22/1/18", "2018-01-22"),
        ("22/13/18", ""),
        ("March 12, 2024", "2024-03-12"),
        ("12.3.2024", "2024-03-12"),
        ("20240312", "2024-03-12"),
        ("２０２４年３月１２日（火）", "2024-03-12"),
        ("昭和55年4月15日", "1980-04-15"),
        ("令和元/5/1", "2019-05-01"),
        ("H2.4.1", "1990-04-01"),
        ("12 Foo 2024", ""),
        ("12 3月 2024", ""),
        ("1 Jan 1066", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_days_are_read_by_english_month_names_on_any_machine(written: str, day: str) -> None:
    assert day == read_day(written)


def test_a_table_with_these_names_but_no_day_of_connection_is_not_linkedins() -> None:
    header = "First Name,Last Name,Email,Phone,Company,Position\n"
    reading = read_lines("Hanako,Kakuu,hanako@example.com,090-0000-0000,Mihon,Chief", header=header)

    person = reading.rows[0].values
    assert (reading.kind, person["source"]) == ("table", "table")
    assert (person["email"], person["phone"]) == ("hanako@example.com", "090-0000-0000")
    assert (person["organisation"], person["title"]) == ("Mihon", "Chief")
    assert "note" not in person


def test_tags_address_and_websites_find_their_places() -> None:
    header = HEADER.replace("\n", ",Tags,Address,Websites\n")
    reading = read_lines(
        'A,B,,,,,,"もくもく会, 読書",見本県見本市,"https://a.example.com https://b.example.com"',
        header=header,
    )

    assert reading.rows[0].values["circles"] == ("もくもく会", "読書")
    assert reading.rows[0].details == (
        Detail("address", "", "見本県見本市"),
        Detail("url", "Websites", "https://a.example.com"),
        Detail("url", "Websites", "https://b.example.com"),
    )


def test_a_day_beyond_the_twelfth_settles_the_order_of_all() -> None:
    reading = read_lines("A,B,,,,,03/04/2024", "C,D,,,,,25/04/2024")

    assert reading.day_order == "dmy"
    assert [row.values["met_on"] for row in reading.rows] == ["2024-04-03", "2024-04-25"]


def test_an_american_time_settles_the_order_as_well() -> None:
    reading = read_lines('A,B,,,,,"1/2/18, 9:51 PM"', 'C,D,,,,,"3/4/18, 8:00 AM"')

    assert reading.day_order == "mdy"
    assert [row.values["met_on"] for row in reading.rows] == ["2018-01-02", "2018-03-04"]


def test_days_that_fit_both_orders_wait_until_the_person_chooses() -> None:
    lines = ("A,B,,,,,03/04/2024", "C,D,,,,,05/06/2024", "E,F,,,,,07/07/2024")
    reading = read_lines(*lines)

    assert reading.day_order == "ask"
    assert [row.values.get("met_on", "") for row in reading.rows] == ["", "", "2024-07-07"]
    assert reading.rows[0].details == (Detail("field", "Connected On", "03/04/2024"),)
    assert [(one.line, one.facts) for one in reading.problems] == [
        (1, {"text": "03/04/2024", "count": 2})
    ]

    data = (HEADER + "\n".join(lines)).encode()
    chosen = read_contacts(data, "a.csv", ReadingOptions(day_order="dmy"))
    assert chosen.day_order == "dmy"
    assert [row.values["met_on"] for row in chosen.rows][:2] == ["2024-04-03", "2024-06-05"]
    assert chosen.problems == ()
    assert [row.key for row in chosen.rows] == [row.key for row in reading.rows]


def test_stray_quotation_marks_swallow_nobody_and_are_told() -> None:
    reading = read_lines(
        'A,B,,,5" disks,"Dev,12 Mar 2024',
        "C,D,,,Mihon,Chief,12 Mar 2024",
        'E,F,,,3.5" disks,Dev,12 Mar 2024',
        'G,H,,,Mihon,"Dev",12 Mar 2024',
    )

    assert [row.values["given"] for row in reading.rows] == ["A", "C", "E", "G"]
    assert [row.values["met_on"] for row in reading.rows] == ["2024-03-12"] * 4
    assert told(reading) == [(2, "A quotation mark opens on this line and is never closed.")]


def test_a_quotation_that_closes_within_a_word_swallows_nobody_where_another_opens() -> None:
    chief = ('C,D,,,"Mihon, Ltd, Tokyo","Chief', 'of all",12 Mar 2024')
    reading = read_lines('A,B,"Dev,', *chief, "E,F,,,,,")

    assert [row.values["given"] for row in reading.rows] == ["A", "C", "E"]
    assert reading.rows[1].values["title"] == "Chief of all"
    assert (2, "A quotation mark opens on this line and is never closed.") in told(reading)


def test_a_quotation_that_closes_well_further_down_swallows_nobody_either() -> None:
    reading = read_lines('A,B,,,,"Dev,', "C,D,,,,Chief,", 'E,F,,,,Dev",')

    assert [row.values["given"] for row in reading.rows] == ["A", "C", "E"]
    assert [line for line, _ in told(reading)] == [2]


def test_a_note_that_holds_a_table_is_one_note_and_that_is_told() -> None:
    header = HEADER.replace("Connected On", "Notes,Connected On")
    note = "名簿\na,b,c,d,e,f,g,h\nおわり"
    reading = read_lines(f'A,B,,,,,"{note}",12 Mar 2024', "C,D,,,,,,", header=header)

    assert [row.values["given"] for row in reading.rows] == ["A", "C"]
    assert reading.rows[0].details == (Detail("field", "Notes", note),)
    assert [(one.line, one.facts) for one in reading.problems] == [(2, {"count": 1})]


def test_headings_that_come_again_are_nobody_and_may_be_others() -> None:
    again = HEADER.strip()
    other = "Connected On,Last Name,First Name"
    reading = read_lines("A,B,,,,,", again, "C,D,,,,,", other, "12 Mar 2024,F,E")

    assert [row.values.get("name") for row in reading.rows] == ["A B", None, "C D", None, "E F"]
    assert [line for line, _ in told(reading)] == [3, 5]
    assert reading.rows[4].values["met_on"] == "2024-03-12"


def test_a_column_without_a_heading_may_move_and_the_row_stays_the_same_row() -> None:
    one = read_lines("A,B,x,12 Mar 2024", header="First Name,Last Name,,Connected On\n")
    other = read_lines("x,A,B,12 Mar 2024", header=",First Name,Last Name,Connected On\n")

    assert one.rows[0].key == other.rows[0].key


def test_an_address_within_a_full_name_is_kept() -> None:
    headings = b"FirstName,LastName,Emails,PhoneNumbers,FullName,Companies\n"
    file = headings + b",,,,Kakuu Hanako hanako@example.com,\n"
    [row] = read_contacts(file, "ImportedContacts.csv").rows
    assert row.values["name"] == "Kakuu Hanako"
    assert row.values["email"] == "hanako@example.com" and not row.details


@pytest.mark.parametrize(
    ("headings", "written", "day"),
    [
        ("名,姓,URL,メールアドレス,会社,役職,つながった日", "2022年11月15日", "2022-11-15"),
        (
            "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
            "03. Mai 2023",
            "2023-05-03",
        ),
        (
            "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Date de connexion",
            "01 févr. 2020",
            "2020-02-01",
        ),
        (
            "Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Conectado el",
            "3 de mayo de 2023",
            "2023-05-03",
        ),
        (
            "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em",
            "03 de dez. de 2021",
            "2021-12-03",
        ),
        (
            "Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il",
            "14 giu 2019",
            "2019-06-14",
        ),
        ("이름,성,URL,이메일 주소,회사,직책,연결 날짜", "2022년 11월 15일", "2022-11-15"),
    ],
)
def test_an_export_in_another_language_says_the_same(headings: str, written: str, day: str) -> None:
    line = f"Rei,Sample,https://www.linkedin.com/in/rei,rei@example.com,Sample Ltd,Editor,{written}"
    reading = read_lines(line, header=f"Notes:\n\n{headings}\n")

    assert reading.rows[0].values == {
        "name": "Rei Sample",
        "family": "Sample",
        "given": "Rei",
        "url": "https://www.linkedin.com/in/rei",
        "email": "rei@example.com",
        "organisation": "Sample Ltd",
        "title": "Editor",
        "met_on": day,
        "source": "linkedin",
    }
    assert not reading.rows[0].details and not reading.problems
