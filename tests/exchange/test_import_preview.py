"""What an import will do: whom it recognises, what it fills, and that it never adds twice."""

from __future__ import annotations

import csv
import unicodedata
from datetime import datetime
from hashlib import blake2b
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enishi.book.tables import contact
from enishi.book.validation import validate
from enishi.exchange import (
    ContactRow,
    Detail,
    FileReading,
    Preview,
    PreviewEntry,
    ReadingOptions,
    changes,
    preview,
    read_contacts,
)
from enishi.exchange.import_preview import swap_names
from enishi.exchange.match_keys import address_kind
from enishi.i18n.address_folding import plain_email, plain_phone, plain_url
from enishi.i18n.folding import fold_key

FILES = Path(__file__).parents[1] / "files"
LINKEDIN = [
    "First Name",
    "Last Name",
    "URL",
    "Email Address",
    "Company",
    "Position",
    "Connected On",
]
NOBODY = pd.DataFrame()
PROFILE = "https://www.linkedin.com/in/kakuu-example"
HANAKO = {"name": "架空 花子", "family": "架空", "given": "花子"}


def linkedin(*people: dict[str, str]) -> FileReading:
    """A Connections.csv with these people; the headings are those of the file."""
    out = StringIO(newline="")
    writer = csv.DictWriter(out, LINKEDIN)
    writer.writeheader()
    writer.writerows(people)
    return read_contacts(out.getvalue().encode(), "Connections.csv")


def kakuu(**more: str) -> dict[str, str]:
    """架空 花子 of the file; `Email_Address` is the heading "Email Address"."""
    given = {heading.replace("_", " "): cell for heading, cell in more.items()}
    return {"First Name": "花子", "Last Name": "架空", **given}


def book(*people: dict[str, Any]) -> pd.DataFrame:
    """The book's contacts, as `Book.frame` gives them."""
    index = [f"id-{number}" for number in range(len(people))]
    frame = pd.DataFrame([{"source_key": "", "circles": [], **one} for one in people], index=index)
    return frame.where(frame.notna(), "")


def written(
    existing: pd.DataFrame, shown: Preview, skipped: set[int] | None = None
) -> pd.DataFrame:
    """The book after an import, every value as the book itself would check and keep it."""
    people = {str(id_): dict(row) for id_, row in existing.iterrows()}
    for id_, values, *_ in changes(shown, skipped or set()):
        fitting = validate(contact, values)
        assert fitting == values
        people.setdefault(id_ or f"id-{len(people)}", {}).update(fitting)
    frame = pd.DataFrame(list(people.values()), index=list(people))
    return frame.where(frame.notna(), "") if len(frame) else frame


class Imported(NamedTuple):
    """A book after an import: its contacts and their details."""

    contacts: pd.DataFrame
    details: pd.DataFrame

    def preview(self, reading: FileReading, same: set[int] | None = None) -> Preview:
        return preview(reading, self.contacts, details=self.details, same=same or set())


def imported(
    reading: FileReading, known: Imported | None = None, same: set[int] | None = None
) -> Imported:
    """The book `known`, else an empty one, after the import of a file."""
    before = known or Imported(NOBODY, pd.DataFrame())
    people: dict[str, dict[Any, Any]] = {
        str(id_): dict(row) for id_, row in before.contacts.iterrows()
    }
    details: list[dict[Any, Any]] = before.details.to_dict("records")
    for id_, values, added, _ in changes(before.preview(reading, same)):
        contact_id = id_ or f"id-{len(people)}"
        people.setdefault(contact_id, {}).update(validate(contact, values))
        details += [{"contact_id": contact_id, **each._asdict()} for each in added]
    frame = pd.DataFrame(list(people.values()), index=list(people))
    filled = frame.where(frame.notna(), "") if len(frame) else frame
    columns = ["contact_id", "kind", "label", "value"]
    return Imported(filled, pd.DataFrame(details, columns=columns))


def table(*rows: dict[str, Any]) -> FileReading:
    """A file of which each line was read as these fields; `details` are (kind, label, value)."""
    read = []
    for line, row in enumerate(rows, start=2):
        values = {name: value for name, value in row.items() if name != "details"}
        beside = tuple(Detail(*each) for each in row.get("details", ()))
        key = f"table:{blake2b(repr(sorted(row.items())).encode(), digest_size=8).hexdigest()}"
        read.append(ContactRow(line, {**values, "source": "table"} if values else {}, key, beside))
    return FileReading("table", "utf-8", 1, tuple(read), ())


def only(shown: Preview) -> PreviewEntry:
    (entry,) = shown.entries
    return entry


@pytest.mark.parametrize("name", sorted(file.name for file in FILES.glob("*.csv")))
def test_a_second_import_of_the_same_file_changes_nothing(name: str) -> None:
    reading = read_contacts((FILES / name).read_bytes(), name)
    first = preview(reading, NOBODY)

    second = preview(reading, written(NOBODY, first))

    assert first.counts["add"] > 0
    assert second.counts["same"] == first.counts["add"]
    assert changes(second) == []


TEXT = st.sampled_from(
    ["", "花子", "架空", "髙橋", "高橋", "Alex", "ALEX", "O'Example", "=x", "a,b"]
)
ADDRESS = st.sampled_from(
    ["", "a@example.com", "A@example.com", "b@example.com", "info@example.com"]
)
PAGE = st.sampled_from(["", PROFILE, PROFILE + "/", PROFILE + "-2", "https://example.com/"])
DAY = st.sampled_from(["", "12 Mar 2024", "31 Feb 2024"])
PERSON = st.tuples(TEXT, TEXT, PAGE, ADDRESS, TEXT, TEXT, DAY)


@given(st.lists(PERSON, max_size=8), st.lists(PERSON, max_size=4), st.booleans())
@example(
    [("", "", PROFILE, "a@example.com", "", "", ""), ("", "", PROFILE, "", "", "", "")],
    [("", "", PROFILE + "-2", "a@example.com", "", "", "")],
    False,
)
def test_any_file_imported_twice_adds_nothing_the_second_time(
    people: list[tuple[str, ...]], known: list[tuple[str, ...]], swap: bool
) -> None:
    before = linkedin(*(dict(zip(LINKEDIN, person, strict=True)) for person in known))
    existing = written(NOBODY, preview(before, NOBODY))
    reading = linkedin(*(dict(zip(LINKEDIN, person, strict=True)) for person in people))

    after = written(existing, preview(reading, existing))

    again = preview(reading, after)
    assert {entry.action for entry in again.entries} <= {"same", "skip"}
    assert changes(again) == []


@given(st.lists(PERSON, max_size=8))
def test_people_edited_beyond_recognition_are_still_the_people_of_the_file(
    people: list[tuple[str, ...]],
) -> None:
    reading = linkedin(*(dict(zip(LINKEDIN, person, strict=True)) for person in people))
    after = written(NOBODY, preview(reading, NOBODY))
    if len(after):
        after["name"] = [f"renamed {number}" for number in range(len(after))]
        for field in ("family", "given", "email", "url", "organisation"):
            after[field] = ""

    again = preview(reading, after)

    assert {entry.action for entry in again.entries} <= {"same", "skip"}


def test_a_file_read_with_swapped_names_is_still_the_same_file() -> None:
    data = (FILES / "linkedin.csv").read_bytes()
    after = written(NOBODY, preview(read_contacts(data, "a.csv"), NOBODY))

    again = preview(read_contacts(data, "a.csv", ReadingOptions(swap_names=True)), after)

    assert (again.counts["same"], again.counts["skip"]) == (5, 1)


def test_a_newer_export_of_the_same_people_fills_but_does_not_add() -> None:
    after = written(NOBODY, preview(linkedin(kakuu(URL=PROFILE)), NOBODY))

    entry = only(preview(linkedin(kakuu(URL=PROFILE, Position="主任")), after))

    assert (entry.action, entry.by, entry.match_id) == ("fill", "url", "id-0")
    assert {"title", "source_key"} == set(entry.values)


def test_what_the_book_has_is_never_overwritten_but_the_difference_is_shown() -> None:
    existing = book({"name": "花子", "url": PROFILE, "organisation": "例示書店", "title": ""})

    entry = only(preview(linkedin(kakuu(URL=PROFILE, Company="見本", Position="主任")), existing))

    assert entry.action == "fill"
    assert {"family", "given", "title", "source_key"} == set(entry.values)
    assert list(entry.differences) == [
        ("name", "花子", "架空 花子"),
        ("organisation", "例示書店", "見本"),
    ]


def test_filling_keeps_the_keys_of_both_files() -> None:
    existing = book({"name": "架空 花子", "email": "h@example.com", "source_key": "google:1234"})
    reading = linkedin(kakuu(URL=PROFILE, Email_Address="H@example.com"))

    after = written(existing, preview(reading, existing))

    assert after.loc["id-0", "source_key"] == f"google:1234 {reading.rows[0].key}"


@pytest.mark.parametrize(
    ("known", "new", "action", "by"),
    [
        ({"url": "http://jp.linkedin.com/in/Kakuu-Example/"}, {"URL": PROFILE}, "fill", "url"),
        ({"email": "HANAKO@example.com"}, {"Email_Address": "hanako@example.com"}, "fill", "email"),
        ({"organisation": "㈱見本"}, {"Company": "株式会社 見本"}, "fill", "employment"),
        ({}, {"Company": "見本"}, "perhaps", "name"),
        ({"organisation": "見本"}, {"Company": "例示"}, "perhaps", "name"),
        (
            {"organisation": "見本", "email": "one@example.com"},
            {"Company": "見本", "Email_Address": "two@example.com"},
            "perhaps",
            "employment",
        ),
        (
            {"organisation": "見本", "url": PROFILE + "-other"},
            {"Company": "見本", "URL": PROFILE},
            "perhaps",
            "employment",
        ),
        (
            {"name": "次郎", "email": "info@example.com"},
            {"Email_Address": "info@example.com"},
            "add",
            "",
        ),
        ({"name": "例示 次郎", "organisation": "見本"}, {"Company": "見本"}, "add", ""),
        (
            {"name": "例示 次郎", "url": "https://example.com/"},
            {"URL": "https://example.com/"},
            "add",
            "",
        ),
    ],
)
def test_people_are_recognised_by_the_surest_sign(
    known: dict[str, str], new: dict[str, str], action: str, by: str
) -> None:
    existing = book({"name": "架空 花子", **known})

    entry = only(preview(linkedin(kakuu(**new)), existing))

    assert (action, by) == (entry.action, entry.by)


def google(**cells: str) -> FileReading:
    given = {
        heading.replace("_1_", " 1 - ").replace("_", " "): cell for heading, cell in cells.items()
    }
    columns = {"First Name": "花子", "Last Name": "架空", "Labels": "", **given}
    return read_contacts(f"{','.join(columns)}\n{','.join(columns.values())}".encode(), "c.csv")


def test_a_telephone_and_the_family_name_tell_unless_the_given_names_differ() -> None:
    at_home = {"name": "架空 花子", "family": "架空", "phone": "03(0000)0000"}
    reading = google(Phone_1_Value="+81 3-0000-0000")

    assert only(preview(reading, book({**at_home, "given": "花子"}))).by == "phone"
    household = only(preview(reading, book({**at_home, "name": "架空 太郎", "given": "太郎"})))
    assert (household.action, household.by) == ("perhaps", "phone")
    other_family = {"name": "例示 花子", "family": "例示", "phone": "03(0000)0000"}
    assert only(preview(reading, book(other_family))).action == "add"


def test_two_of_one_name_in_one_organisation_are_not_decided_for_the_person() -> None:
    twin = {"name": "架空 花子", "organisation": "見本"}

    assert only(preview(linkedin(kakuu(Company="見本")), book(twin, twin))).action == "perhaps"


@pytest.mark.parametrize("name", ["架空花子", "架空　花子", "花子 架空", "架空･花子"])
def test_a_name_is_found_whatever_its_gap_and_order(name: str) -> None:
    assert only(preview(linkedin(kakuu()), book({"name": name}))).action == "perhaps"


def test_variants_of_a_character_are_one_for_finding_and_two_for_keeping() -> None:
    reading = linkedin({"First Name": "さくら", "Last Name": "髙﨑"})

    entry = only(preview(reading, book({"name": "高崎 さくら"})))

    assert (entry.action, entry.values["name"]) == ("perhaps", "髙﨑 さくら")


def test_perhaps_is_added_unless_the_person_leaves_it_out() -> None:
    shown = preview(linkedin(kakuu(Company="見本")), book({"name": "架空 花子"}))

    ((id_, values, *_),) = changes(shown)
    assert (id_, values["name"]) == (None, "架空 花子")
    assert changes(shown, {2}) == []


def test_a_person_given_twice_in_a_file_is_added_once_with_everything() -> None:
    shown = preview(
        linkedin(kakuu(URL=PROFILE), kakuu(URL=PROFILE, Company="見本"), kakuu(URL=PROFILE)), NOBODY
    )

    assert [entry.action for entry in shown.entries] == ["add", "fill", "same"]
    assert [entry.match_line for entry in shown.entries] == [None, 2, 2]
    ((id_, values, *_),) = changes(shown)
    assert (id_, values["organisation"]) == (None, "見本")


def test_a_line_goes_with_the_earlier_line_it_adds_to() -> None:
    shown = preview(linkedin(kakuu(URL=PROFILE), kakuu(URL=PROFILE, Company="見本")), NOBODY)

    assert changes(shown, {2}) == []


def test_a_line_whose_address_tells_is_remembered_when_a_later_line_adds_its_profile() -> None:
    existing = book({**HANAKO, "url": PROFILE + "-old", "email": "h@example.com"})
    reading = linkedin(
        kakuu(URL=PROFILE, Email_Address="h@example.com"),
        {"First Name": "太郎", "Last Name": "例示", "URL": PROFILE},
    )

    shown = preview(reading, existing)

    assert [entry.action for entry in shown.entries] == ["same", "add"]
    filled = {change.id: change.values for change in changes(shown)}
    assert filled["id-0"] == {"source_key": reading.rows[0].key}
    assert changes(preview(reading, written(existing, shown))) == []


def test_a_second_of_one_name_and_organisation_does_not_make_a_known_line_doubtful() -> None:
    existing = book({**HANAKO, "organisation": "見本", "url": PROFILE})
    reading = linkedin(kakuu(Company="見本"), kakuu(Company="見本", URL=PROFILE + "-2"))

    shown = preview(reading, existing)

    assert [entry.action for entry in shown.entries] == ["same", "perhaps"]
    assert changes(preview(reading, written(existing, shown))) == []


def test_a_line_about_somebody_known_who_stays_the_only_one_writes_nothing() -> None:
    existing = book({**HANAKO, "email": "h@example.com"})

    shown = preview(linkedin(kakuu(Email_Address="h@example.com")), existing)

    assert changes(shown) == []


def test_a_line_that_was_left_out_is_offered_again() -> None:
    existing = book({"name": "架空 花子", "url": PROFILE})
    reading = linkedin(kakuu(URL=PROFILE, Company="見本"), kakuu(URL=PROFILE, Position="主任"))

    after = written(existing, preview(reading, existing), {2})

    assert [entry.action for entry in preview(reading, after).entries] == ["fill", "same"]


def test_two_lines_that_fill_one_person_are_one_change() -> None:
    existing = book({"name": "架空 花子", "url": PROFILE})
    reading = linkedin(kakuu(URL=PROFILE, Company="見本"), kakuu(URL=PROFILE, Position="主任"))

    ((id_, values, *_),) = changes(preview(reading, existing))

    assert (id_, values["organisation"], values["title"]) == ("id-0", "見本", "主任")
    assert len(values["source_key"].split()) == 2


def test_an_empty_line_is_passed_over() -> None:
    shown = preview(linkedin({}, kakuu()), NOBODY)

    assert [entry.action for entry in shown.entries] == ["skip", "add"]
    assert shown.counts == {"add": 1, "fill": 0, "perhaps": 0, "same": 0, "skip": 1}


def test_a_frame_with_gaps_and_other_columns_is_looked_through() -> None:
    existing = pd.DataFrame(
        {"name": ["架空 花子", None], "email": [float("nan"), "x@example.com"], "rung": [1, 2]},
        index=["a", "b"],
    )

    entry = only(preview(linkedin(kakuu(Email_Address="x@example.com")), existing))

    assert (entry.action, entry.match_id) == ("fill", "b")


def test_progress_is_told_a_few_times_and_at_the_end() -> None:
    reading = linkedin(*(kakuu(URL=f"{PROFILE}-{number}") for number in range(1_234)))
    told: list[tuple[int, int]] = []

    preview(reading, NOBODY, lambda done, total: told.append((done, total)))

    assert len(told) <= 50
    assert told[-1] == (1_234, 1_234)
    assert told == sorted(told)


def test_a_circle_is_handed_to_the_book_as_a_list() -> None:
    ((_, values, *_),) = changes(preview(google(Labels="* myContacts ::: 勉強会"), NOBODY))

    assert values["circles"] == ["勉強会"]


def test_what_is_compared_is_folded() -> None:
    assert fold_key("Ｈａｎａｋｏ") == fold_key("hanako")
    assert fold_key("〜") == fold_key("～")
    assert fold_key("株式会社見本") != fold_key("見本株式会社")
    assert plain_phone("110") == ""
    assert plain_email("not an address") == plain_email("sales.tokyo@example.com") == ""
    assert plain_email("salesman@example.com") == "salesman@example.com"
    assert plain_url("https://www.linkedin.com/in/%E8%8A%B1?x=1", "") == "linkedin.com/in/花"
    assert plain_url("https://example.com/a/", "架空") == "example.com/a 架空"


TARO = {"name": "架空 太郎", "family": "架空", "given": "太郎"}
FAMILY = "kakuu@example.com"


@pytest.mark.parametrize(
    "shared",
    [
        {"email": FAMILY},
        {"url": PROFILE},
        {"details": [("email", "home", FAMILY)]},
        {"email": FAMILY, "phone": "03-0000-0000"},
    ],
)
def test_two_people_with_one_address_and_other_names_are_never_made_one(
    shared: dict[str, Any],
) -> None:
    reading = table(HANAKO | shared | {"note": "茶の会"}, TARO | shared | {"note": "山の会"})

    after = imported(reading)

    assert after.contacts["name"].tolist() == ["架空 花子", "架空 太郎"]
    assert after.contacts["note"].tolist() == ["茶の会", "山の会"]
    assert [entry.action for entry in preview(reading, NOBODY).entries] == ["add", "perhaps"]


@pytest.mark.parametrize(
    ("known", "new", "action"),
    [
        ({"name": "花子"}, HANAKO, "fill"),
        ({"name": "架空"}, HANAKO, "fill"),
        ({"name": "花子 架空"}, HANAKO, "fill"),
        ({"name": "見本 花子", "family": "見本", "given": "花子"}, HANAKO, "same"),
        (
            {"name": "Dan Sample", "family": "Sample", "given": "Dan"},
            {"name": "Daniel Sample", "family": "Sample", "given": "Daniel"},
            "same",
        ),
        (TARO, HANAKO, "perhaps"),
        ({"name": "Hanako Kakuu", "family": "Kakuu", "given": "Hanako"}, HANAKO, "perhaps"),
        (
            {"name": "健 架空", "family": "架空", "given": "健"},
            HANAKO | {"given": "健一"},
            "perhaps",
        ),
        ({"name": "例示 次郎"}, HANAKO, "perhaps"),
        ({"name": FAMILY}, HANAKO, "fill"),
    ],
)
def test_an_address_tells_who_it_is_unless_the_names_contradict(
    known: dict[str, str], new: dict[str, str], action: str
) -> None:
    entry = only(preview(table(new | {"email": FAMILY}), book(known | {"email": FAMILY})))

    assert (entry.action, entry.by) == (action, "email")


def test_of_a_family_with_one_address_the_one_of_that_name_is_recognised() -> None:
    existing = book(TARO | {"email": FAMILY}, HANAKO | {"email": FAMILY})

    entry = only(preview(table(HANAKO | {"email": FAMILY, "title": "主任"}), existing))

    assert (entry.action, entry.match_id) == ("fill", "id-1")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hanako@example.com", "email"),
        ("ＨＡＮＡＫＯ@example.com", "email"),
        ("https://example.com/hanako", "url"),
        ("linkedin.com/in/hanako", "url"),
        ("090-0000-0000", "phone"),
        ("+81 (0)3 0000 0000", "phone"),
        ("架空 花子", ""),
        ("Dr. Hanako Kakuu", ""),
        ("Studio 1234", ""),
        ("7", ""),
        ("D/E/F", ""),
    ],
)
def test_an_address_is_no_name(text: str, kind: str) -> None:
    assert address_kind(text) == kind


def test_who_had_only_an_address_gets_the_name_and_keeps_the_address() -> None:
    nameless = {"name": "h@example.com", "given": "h@example.com", "email": "h@example.com"}
    reading = table(nameless, HANAKO | {"email": "h@example.com", "phone": "090-0000-0000"})

    after = imported(reading)

    (row,) = after.contacts.to_dict("records")
    assert (row["name"], row["family"], row["given"]) == ("架空 花子", "架空", "花子")
    assert (row["email"], row["phone"]) == ("h@example.com", "090-0000-0000")
    assert after.preview(reading).counts["same"] == 2


def test_an_address_in_the_place_of_a_name_is_kept_as_an_address() -> None:
    mixed = {"name": "h@example.com 架空", "given": "h@example.com", "family": "架空"}
    two = {"name": "h@example.com", "given": "h@example.com", "email": "other@example.com"}

    first, second = only(preview(table(mixed), NOBODY)), only(preview(table(two), NOBODY))

    assert (first.name, first.values["email"]) == ("架空", "h@example.com")
    assert "given" not in first.values
    assert second.details == (Detail("email", "", "h@example.com"),)


def test_the_second_card_of_a_person_keeps_its_note_its_number_and_its_address() -> None:
    card = HANAKO | {"email": "h@example.com"}
    reading = table(
        card | {"note": "茶の会", "phone": "090-0000-0000", "circles": ("茶",)},
        card | {"note": "山の会", "phone": "03-0000-0000", "circles": ("山",)},
        HANAKO | {"phone": "090 0000 0000", "email": "work@example.com", "note": "山の会"},
    )

    after = imported(reading)

    (row,) = after.contacts.to_dict("records")
    assert row["note"] == "茶の会\n山の会" and row["circles"] == ["茶", "山"]
    assert (row["phone"], row["email"]) == ("090-0000-0000", "h@example.com")
    kept = after.details[["kind", "value"]].to_numpy().tolist()
    assert kept == [["phone", "03-0000-0000"], ["email", "work@example.com"]]
    assert changes(after.preview(reading)) == []


@pytest.mark.parametrize(
    ("heading", "one", "other"),
    [
        ("Email Address", "a.mihon@example.com", "amihon@example.com"),
        ("Notes", "予算は3.5万円", "予算は35万円"),
    ],
)
def test_what_differs_by_a_dot_is_kept_beside(heading: str, one: str, other: str) -> None:
    lines = [f"花子,架空,{PROFILE},{text}" for text in (one, other)]
    file = "\n".join([f"First Name,Last Name,URL,{heading}", *lines])
    [entry] = changes(preview(read_contacts(file.encode(), "c.csv"), NOBODY))
    written = "\n".join([*map(str, entry.values.values()), *(each.value for each in entry.details)])
    assert one in written and other in written


def test_details_are_added_once_and_are_signs_of_the_person() -> None:
    more = {"details": [("email", "home", "home@example.com"), ("field", "血液型", "A")]}
    reading = table(HANAKO | {"email": "h@example.com"} | more)
    after = imported(reading)
    assert len(after.details) == 2

    again = table(HANAKO | {"email": "HOME@example.com", "title": "主任"} | more)
    entry = only(after.preview(again))
    assert (entry.action, entry.by, entry.details) == ("fill", "email", ())
    assert entry.differences == ()

    once_more = imported(again, after)
    assert len(once_more.details) == 2 and len(once_more.contacts) == 1


def test_what_is_a_column_is_no_detail_as_well() -> None:
    entry = only(
        preview(
            table(HANAKO | {"email": "h@example.com", "details": [("email", "", "h@example.com")]}),
            book({"name": "架空 花子", "email": "h@example.com"}),
        )
    )
    assert entry.details == ()


def test_a_newer_file_shows_what_changed_and_the_person_may_take_it() -> None:
    known = book(HANAKO | {"email": "h@example.com", "title": "主任", "note": "わたしのメモ"})
    reading = table(HANAKO | {"email": "h@example.com", "title": "部長", "note": "ファイルのメモ"})

    shown = preview(reading, known)

    entry = only(shown)
    assert list(entry.differences) == [
        ("title", "主任", "部長"),
        ("note", "わたしのメモ", "ファイルのメモ"),
    ]
    assert changes(shown) == []
    (change,) = changes(shown, taken={entry.line: {"title", "note"}})
    assert (change.id, change.values["title"]) == ("id-0", "部長")
    assert change.values["note"] == "わたしのメモ\nファイルのメモ"


def test_the_day_of_a_connection_that_is_left_is_told() -> None:
    existing = book(HANAKO | {"url": PROFILE})

    entry = only(preview(linkedin(kakuu(URL=PROFILE, Connected_On="12 Mar 2024")), existing))

    assert list(entry.differences) == [("met_on", "", "2024-03-12")]


def test_whom_the_person_calls_the_same_is_filled_and_not_asked_about_again() -> None:
    existing = Imported(book({"name": "架空 花子", "title": "主任"}), pd.DataFrame())
    reading = table(HANAKO | {"organisation": "見本"}, HANAKO | {"department": "営業部"})
    assert [entry.action for entry in existing.preview(reading).entries] == ["perhaps", "perhaps"]

    after = imported(reading, existing, same={2, 3})

    (row,) = after.contacts.to_dict("records")
    assert (row["organisation"], row["department"], row["title"]) == ("見本", "営業部", "主任")
    assert after.preview(reading).counts["same"] == 2


def test_a_line_with_the_names_the_wrong_way_round_is_swapped() -> None:
    swapped = swap_names(
        ContactRow(2, {**HANAKO, "family_kana": "カクウ", "given_kana": "ハナコ"}, "table:1")
    )
    assert (swapped.values["name"], swapped.values["family_kana"]) == ("花子 架空", "ハナコ")
    assert swap_names(swapped).values == {**HANAKO, "family_kana": "カクウ", "given_kana": "ハナコ"}
    only_given = swap_names(ContactRow(2, {"name": "花子", "given": "花子"}, "table:1"))
    assert only_given.values == {"name": "花子", "family": "花子"}


NAMES = st.sampled_from(["", "花子", "太郎", "架空", "Alex", "a@example.com", "090-0000-0000"])
NOTES = st.sampled_from(["", "茶の会", "山の会", "茶の会\n山の会"])
NUMBERS = st.sampled_from(["", "090-0000-0000", "09000000000", "03-0000-0000"])
MORE = st.lists(
    st.one_of(
        st.tuples(st.just("email"), st.just(""), ADDRESS.filter(bool)),
        st.tuples(st.just("phone"), st.just("home"), NUMBERS.filter(bool)),
        st.tuples(st.just("field"), st.just("血液型"), st.sampled_from(["A", "B"])),
    ),
    max_size=2,
)


@st.composite
def cards(draw: st.DrawFn) -> dict[str, Any]:
    """One line of a file of any kind, as a reader understood it."""
    family, given_name = draw(NAMES), draw(NAMES)
    row: dict[str, Any] = {
        "name": f"{family} {given_name}".strip(),
        "family": family,
        "given": given_name,
        "email": draw(ADDRESS),
        "url": draw(PAGE),
        "phone": draw(NUMBERS),
        "organisation": draw(st.sampled_from(["", "見本", "例示"])),
        "note": draw(NOTES),
        "circles": draw(st.sampled_from([(), ("茶",), ("山",)])),
    }
    filled = {name: value for name, value in row.items() if value}
    return filled | ({"details": draw(MORE)} if filled.get("name") else {})


def plain(text: str) -> str:
    """What a text says, whatever its width, case and gaps; of a number only its digits."""
    one = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    digits = one.replace("-", "")
    return digits if digits.isdigit() else one


def everything_in(after: Imported, shown: Preview) -> str:
    """All that the book holds, and all that the preview says is left."""
    texts: list[str] = []
    for row in after.contacts.to_dict("records"):
        texts += [" ".join(cell) if isinstance(cell, list) else str(cell) for cell in row.values()]
    texts += after.details["value"].tolist()
    texts += [str(d.file) for entry in shown.entries for d in entry.differences]
    return "|".join(plain(part) for text in texts for part in (text, *text.split()))


@given(st.lists(cards(), max_size=7), st.lists(cards(), max_size=4), st.sets(st.integers(2, 8)))
def test_nothing_a_line_says_is_lost_and_a_second_import_adds_nothing(
    rows: list[dict[str, Any]], known: list[dict[str, Any]], same: set[int]
) -> None:
    before = imported(table(*(row for row in known if row.get("name"))))
    reading = table(*(row if row.get("name") else {} for row in rows))
    shown = before.preview(reading, same)

    after = imported(reading, before, same)

    kept = everything_in(after, shown)
    for row, entry in zip(reading.rows, shown.entries, strict=True):
        if entry.by == "key":
            continue  # the same line came in before, and was previewed then
        for name, value in row.values.items():
            cells = value if isinstance(value, tuple) else value.splitlines()
            for cell in cells if name not in ("source", "name") else ():
                assert plain(cell) in kept, f"line {row.line}: {name} {cell!r} is lost"
        for detail in row.details:
            assert plain(detail.value) in kept, f"line {row.line}: {detail} is lost"
    again = after.preview(reading)
    assert changes(again) == []
    assert {entry.action for entry in again.entries} <= {"same", "skip"}
    assert not after.details.duplicated(["contact_id", "kind", "value"]).any()


@given(st.lists(PERSON, max_size=8), st.lists(PERSON, max_size=4))
def test_every_cell_of_a_file_is_found_in_the_book_or_told(
    people: list[tuple[str, ...]], known: list[tuple[str, ...]]
) -> None:
    as_rows = [dict(zip(LINKEDIN, person, strict=True)) for person in people]
    before = imported(linkedin(*(dict(zip(LINKEDIN, person, strict=True)) for person in known)))
    reading = linkedin(*as_rows)
    shown = before.preview(reading)

    after = imported(reading, before)

    kept = everything_in(after, shown)
    said = {problem.line for problem in reading.problems}
    by_key = {entry.line for entry in shown.entries if entry.by == "key"}
    nobody = {entry.line for entry in shown.entries if entry.action == "skip"}
    assert nobody <= said
    for number, cells in enumerate(as_rows, start=2):
        if number in by_key | nobody:
            continue
        for heading, cell in cells.items():
            if heading == "Connected On" and cell.startswith("12"):
                cell = datetime.strptime(cell, "%d %b %Y").date().isoformat()
            assert plain(cell) in kept, f"line {number}: {cell!r} is lost"


OLD_CARD = "株式会社見本,編集部,編集者,架空,花子,hana@example.com,2023/04/12"
NEW_CARD = "合同会社例示,,編集長,架空,花子,hana@example.com,2024/06/01"


@pytest.mark.parametrize("cards", [(OLD_CARD, NEW_CARD), (NEW_CARD, OLD_CARD)])
def test_of_two_cards_of_a_person_the_newer_one_says_where_they_work(cards: tuple[str]) -> None:
    headings = "会社名,部署名,役職,姓,名,e-mail,名刺交換日,Eightでつながっている人"
    reading = read_contacts("\n".join((headings, *cards)).encode(), "eight.csv")

    after = imported(reading)

    (person,) = after.contacts.to_dict("records")
    assert (person["organisation"], person["title"]) == ("合同会社例示", "編集長")
    assert not person.get("department")
    before = after.details.loc[after.details["kind"] == "field"]
    assert before[["label", "value"]].to_numpy().tolist() == [
        ["名刺交換日 2023-04-12", "株式会社見本 編集部 編集者"]
    ]
    assert after.preview(reading).counts["same"] == 2
