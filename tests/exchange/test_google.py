"""Google Contacts' CSV file, with the headings of today and those of before."""

from __future__ import annotations

from pathlib import Path

import pytest

from enishi.exchange import ContactRow, Detail, FileReading, read_contacts

FILES = Path(__file__).parents[1] / "files"


def read(name: str) -> FileReading:
    return read_contacts((FILES / name).read_bytes(), name)


def read_one(**cells: str) -> ContactRow:
    """One person under today's headings; `E_mail_1___Value` is the heading "E-mail 1 - Value"."""
    given = {
        heading.replace("___", " - ").replace("_", " ").replace("E mail", "E-mail"): cell
        for heading, cell in cells.items()
    }
    columns = {"First Name": "花子", "Last Name": "架空", "Labels": "", **given}
    lines = (",".join(columns), ",".join(f'"{cell}"' for cell in columns.values()))
    return read_contacts("\n".join(lines).encode(), "contacts.csv").rows[0]


def test_both_sets_of_headings_are_recognised() -> None:
    assert (read("google.csv").kind, read("google.csv").header_line) == ("google-new", 1)
    assert (read("google-old.csv").kind, read("google-old.csv").header_line) == ("google-old", 1)


@pytest.mark.parametrize("names", ["First Name,Last Name", "Given Name,Family Name"])
def test_a_table_of_names_and_telephone_numbers_alone_keeps_their_labels(names: str) -> None:
    phones = "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value"
    cells = "Hanako,Mihon,Main,03-0000-0001,Mobile,090-0000-0002"
    (row,) = read_contacts(f"{names},{phones}\n{cells}\n".encode(), "contacts.csv").rows

    assert row.values["phone"] == "090-0000-0002"
    assert row.details == (Detail("phone", "Main", "03-0000-0001"),)


def test_every_field_finds_its_place() -> None:
    assert read("google.csv").rows[0].values == {
        "name": "架空 花子",
        "family": "架空",
        "given": "花子",
        "family_kana": "カクウ",
        "given_kana": "ハナコ",
        "organisation": "株式会社見本",
        "department": "営業部",
        "title": "主任",
        "email": "hanako@example.com",
        "phone": "+81 90-0000-0000",
        "birthday": "--04-15",
        "met_on": "2026-11-19",
        "circles": ("勉強会",),
        "note": "もくもく会で会った\n次は本の話をする",
        "source": "google",
    }
    assert read("google.csv").rows[0].details == (
        Detail("email", "Home", "hana@example.org"),
        Detail("email", "Home", "hana2@example.org"),
        Detail("phone", "Work", "03-0000-0000"),
        Detail("field", "好きなもの", "読書"),
    )


def test_the_same_person_reads_the_same_under_the_old_headings() -> None:
    new, old = read("google.csv").rows[0].values, read("google-old.csv").rows[0].values

    shared = ("name", "family", "given", "family_kana", "given_kana", "organisation", "department")
    assert [new[field] for field in shared] == [old[field] for field in shared]
    assert (old["email"], old["phone"]) == ("hanako@example.com", "090-0000-0000")
    assert old["circles"] == ("勉強会",)
    assert read("google-old.csv").rows[0].details == (
        Detail("field", "Hobby", "読書"),
        Detail("field", "Organization 1 - Yomi Name", "ミホン"),
    )


def test_lines_are_those_of_the_file_though_a_note_has_several() -> None:
    assert [row.line for row in read("google.csv").rows] == [2, 4, 7, 8, 9]


def test_the_address_google_marks_is_the_main_one() -> None:
    person = read("google.csv").rows[1]

    assert person.values["email"] == "lex@example.org"
    assert Detail("email", "Work", "alex@example.com") in person.details


def test_a_mobile_number_goes_before_the_others() -> None:
    row = read_one(
        Phone_1___Label="自宅",
        Phone_1___Value="03-0000-0000",
        Phone_2___Label="携帯",
        Phone_2___Value="090-0000-0000",
    )

    assert row.values["phone"] == "090-0000-0000"
    assert row.details == (Detail("phone", "自宅", "03-0000-0000"),)


def test_everything_without_a_field_of_its_own_is_a_detail() -> None:
    person = read("google.csv").rows[1]

    assert person.details == (
        Detail("email", "Work", "alex@example.com"),
        Detail("field", "Phone 1", "Desk, third floor"),
        Detail("date", "Anniversary", "2015-06-07"),
        Detail("field", "Spouse", "Robin Example"),
        Detail("address", "Work", "1 Example Street\nSampletown 00000\nUS"),
        Detail("field", "Name Suffix", "Jr."),
    )
    assert person.values["alias"] == "Lex"


def test_no_content_of_the_files_is_lost_but_photos_and_what_a_label_repeats() -> None:
    left_out = {"https://photos.example.com/hanako", "* myContacts"}
    for name in ("google.csv", "google-old.csv"):
        reading = read(name)
        everything = "\n".join(
            "\n".join(value if isinstance(value, tuple) else (value,))
            for row in reading.rows
            for value in (*row.values.values(), *(one.value for one in row.details))
        )
        for said in (
            "Robin Example",
            "読書",
            "alex@example.com",
            "03-0000-0001",
            "hana@example.org",
        ):
            in_file = said in (FILES / name).read_text(encoding="utf-8")
            assert in_file == (said in everything)
        assert not any(text in everything for text in left_out)


def test_photos_are_left_out_and_that_is_told() -> None:
    told = read("google.csv").problems[0]

    assert (told.line, told.facts) == (1, {"count": 1})
    assert "Photos are not taken over" in told.sentence


def test_a_wedding_day_is_not_the_day_we_met() -> None:
    assert "met_on" not in read("google.csv").rows[1].values
    assert read("google.csv").rows[0].values["met_on"] == "2026-11-19"


def test_a_birthday_may_lack_its_year_or_be_none_at_all() -> None:
    rows = read("google.csv").rows

    assert [row.values["birthday"] for row in rows[:2]] == ["--04-15", "1990-04-15"]
    assert "birthday" not in rows[4].values
    assert rows[4].details == (Detail("field", "Birthday", "春ごろ"),)
    assert read("google.csv").problems[-1].line == 9
    assert read_one(Birthday="--02-29").values["birthday"] == "--02-29"


def test_the_group_of_everybody_is_no_circle() -> None:
    row = read_one(Labels="* myContacts ::: 勉強会 ::: * friends ::: 勉強会")

    assert row.values["circles"] == ("勉強会", "friends")


def test_more_groups_than_the_book_holds_are_told() -> None:
    labels = " ::: ".join(f"会{n}" for n in range(50))

    assert len(read_one(Labels=labels).values["circles"]) == 40


def test_somebody_without_a_name_is_called_by_what_there_is() -> None:
    names = [row.values["name"] for row in read("google.csv").rows[2:4]]

    assert names == ["nobody-in-particular@example.com", "見本書店"]
    assert read_one(First_Name="", Last_Name="", Nickname="Lex").values["name"] == "Lex"


def test_a_middle_name_belongs_to_the_given_name() -> None:
    person = read("google.csv").rows[1].values

    assert (person["given"], person["name"]) == ("Alex Q.", "Alex Q. Example")


def test_a_name_beside_its_parts_is_kept() -> None:
    old = read("google-old.csv").rows

    assert (old[1].values["name"], old[1].values["note"]) == ("Hana Example", "見本")
    assert old[1].details == (Detail("field", "Name", "Hanaさん"),)
    assert old[2].values["name"] == "例の会"
    assert "note" not in old[2].values


def test_readings_in_hiragana_or_half_width_become_katakana() -> None:
    row = read_one(Phonetic_First_Name="はなこ", Phonetic_Last_Name="ｶｸｳ")

    assert (row.values["family_kana"], row.values["given_kana"]) == ("カクウ", "ハナコ")


def test_a_row_stays_the_same_row_when_its_photo_moves() -> None:
    one = read_one(Photo="https://photos.example.com/1")

    assert one.key == read_one(Photo="https://photos.example.com/2").key
    assert one.key != read_one(Photo="", Nickname="はな").key


@pytest.mark.parametrize("group", ["myContacts", "* myContacts", "* starred", "マイ連絡先"])
@pytest.mark.parametrize(
    "text",
    [
        "First Name,Last Name,Labels\nRei,Sample,{} ::: Choir\n",
        "Name,Given Name,Family Name,Group Membership\nRei Sample,Rei,Sample,{} ::: Choir\n",
        "First Name,Last Name,Home Street,Categories\nRei,Sample,,{};Choir\n",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Rei Sample\nCATEGORIES:{},Choir\nEND:VCARD\n",
    ],
)
def test_a_group_that_google_made_is_no_circle_in_any_of_its_formats(text: str, group: str) -> None:
    (row,) = read_contacts(text.format(group).encode(), "contacts").rows

    assert row.values["circles"] == ("Choir",)
