"""Whatever a table looks like, everybody in it is read, or the person importing it is told.

The oracle counts marks that each person carries, straight in the text of the file.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from enishi.errors import EnishiError
from enishi.exchange import FileReading, read_contacts
from enishi.i18n import error_text, translate

MARK = re.compile(r"p\d+@example\.com")
HEADERS = {
    "linkedin": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "google-new": "First Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Value",
    "google-old": "Name,Given Name,Family Name,Notes,Group Membership,E-mail 1 - Value",
    "outlook": "First Name,Last Name,Company,Business Phone,E-mail Address,Notes,Birthday",
    "outlook-ja": "名,姓,会社名,会社電話,電子メール アドレス,メモ,誕生日,番地 (会社)",
    "eight": "会社名,部署名,役職,氏名,e-mail,TEL直通,名刺交換日,Eightでつながっている人,勉強会",
    "sansan": "会社名,氏名,住所(1)［全て］,Email(1),名刺交換日,メモ",
    "thunderbird": "First Name,Last Name,Primary Email,Mobile Number,Notes,Birth Year",
    "linkedin-translated": "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
    "linkedin-imported": "FirstName,LastName,Emails,PhoneNumbers,FullName,Companies",
    "table": "お名前,会社,メールアドレス,備考,好きな色",
}
"""Headings of each kind; the one of the e-mail address holds the mark."""
MAIL = re.compile("mail|メール", re.IGNORECASE)
CELLS = st.text(st.sampled_from("ab,;\"\n\t 1/-='架空花子ｶｸｳ〜髙・"), max_size=6) | st.sampled_from(
    ["", "a\r\nb", "03/04/2024", "25/12/2024", "00/0/0", "1", 'x "y" z', "氏名", "Company"]
)
WITHOUT_LINES = CELLS.map(lambda cell: re.sub(r"[\r\n]", " ", cell))
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"])


def written(headings: list[str], people: list[list[str]], delimiter: str, end: str) -> str:
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows([headings, *people])
    return out.getvalue()


def marks_read(reading: FileReading) -> Counter[str]:
    """Count the rows that hold each mark, in whatever field."""
    found: Counter[str] = Counter()
    for row in reading.rows:
        told = " ".join([*map(str, row.values.values()), *(one.value for one in row.details)])
        found.update(set(MARK.findall(told)))
    return found


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str, list[str], int]:
    """A table of people: its kind, text, and headings, and the number of people."""
    kind = draw(st.sampled_from(sorted(HEADERS)))
    headings = draw(st.permutations(HEADERS[kind].split(",")))
    count = draw(st.integers(1, 6))
    people = []
    for number in range(count):
        cells = [draw(CELLS) for _ in headings]
        place = next(at for at, heading in enumerate(headings) if MAIL.search(heading))
        cells[place] = f"p{number}@example.com"
        people.append(cells)
    delimiter = draw(st.sampled_from(",;\t"))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return kind, written(headings, people, delimiter, end), headings, count


@given(tables(), ENCODINGS)
def test_everybody_in_a_well_formed_table_is_read_once(
    table: tuple[str, str, list[str], int], encoding: str
) -> None:
    kind, text, _, count = table
    reading = read_contacts(text.encode(encoding, "replace"), "people.csv")

    assert kind == reading.kind
    assert marks_read(reading) == Counter(set(MARK.findall(text)))
    assert sum(bool(row.values) for row in reading.rows) == count


@given(st.data(), st.sampled_from(sorted(HEADERS)))
def test_stray_quotation_marks_lose_nobody_silently(data: st.DataObject, kind: str) -> None:
    headings = HEADERS[kind].split(",")
    lines = [HEADERS[kind]]
    for number in range(data.draw(st.integers(1, 6))):
        cells = [
            re.sub(r"[,;\t]", "", data.draw(WITHOUT_LINES)) or data.draw(st.sampled_from(['"', ""]))
            for _ in headings
        ]
        place = next(at for at, heading in enumerate(headings) if MAIL.search(heading))
        cells[place] = f"p{number}@example.com"
        lines.append(",".join(cells))
    text = "\n".join(lines) + "\n"

    reading = read_contacts(text.encode(), "people.csv")

    assert marks_read(reading).keys() == set(MARK.findall(text))
    people = sum(bool(row.values) for row in reading.rows)
    swallowed = sum(
        int(str(one.facts["count"])) for one in reading.problems if "spans" in one.sentence
    )
    assert people + swallowed >= len(lines) - 1


@given(st.lists(tables(), min_size=2, max_size=3))
def test_joined_tables_lose_nobody_silently(
    joined: list[tuple[str, str, list[str], int]],
) -> None:
    """Only the headings of known programs are recognised in the middle of a file.

    A mark that stands beyond the headings makes no person; the line is then told with its text.
    """
    text = "".join(re.sub(r"[;\t]", ",", one[1]) for one in joined if one[0] != "table")
    if not text:
        return
    reading = read_contacts(text.encode(), "people.csv")

    said = " ".join(str(one.facts.get("text", "")) for one in reading.problems)
    assert marks_read(reading).keys() | set(MARK.findall(said)) == set(MARK.findall(text))


PIECES = st.lists(
    st.sampled_from([*HEADERS.values(), '"', '""', ",", ";", "\t", "\n", "\r\n", "架空", "a@b.c"])
    | st.text(max_size=5),
    max_size=60,
).map("".join)


@given(PIECES, ENCODINGS)
def test_any_text_gives_a_reading_or_a_sentence(text: str, encoding: str) -> None:
    try:
        reading = read_contacts(text.encode(encoding, "replace"), "anything")
    except EnishiError as error:
        assert error_text("ja", error) and error_text("en", error)
    else:
        assert all(translate("ja", one.sentence, **one.facts) for one in reading.problems)
        assert reading.encodings[0].encoding == reading.encoding
        assert all(row.values.get("name") for row in reading.rows if row.values)
