"""What people are to each other goes out with the contacts and comes back, on both cards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_texts import LINES
from enishi.book import Book
from enishi.book.import_history import VERB
from enishi.choices import INVERSE_RELATIONS, RELATIONS
from enishi.coach.people.kinship import kinships_of
from enishi.exchange import Preview, preview, read_contacts
from enishi.exchange.contact_export import export_contacts
from enishi.exchange.exported import Exported
from enishi.exchange.import_preview import changes_by_person
from enishi.exchange.import_writing import PreparedImport
from enishi.i18n import LANGUAGES
from frames import frames

FORMATS = ("vcard3", "vcard4", "csv", "xlsx")
NOW = datetime(2026, 11, 20, 7, 31, tzinfo=UTC)
TABLES = ("contact", "detail", "relation")
Said = tuple[Any, ...]


def tables_of(book: Book) -> dict[str, pd.DataFrame]:
    return {name: book.frame(name) for name in TABLES}


def export_all(tables: dict[str, pd.DataFrame], format: str, language: str = "ja") -> Exported:
    ids = tables["contact"].index.tolist()
    return export_contacts(tables, ids, format, language=language, now=NOW)


def plan_of(file: Exported, tables: dict[str, pd.DataFrame]) -> Preview:
    reading = read_contacts(file.data, file.name)
    assert reading.problems == ()
    contact, detail, relation = (tables[name] for name in TABLES)
    return preview(reading, contact, details=detail, relations=relation)


def bring(file: Exported, book: Book) -> None:
    plan = plan_of(file, tables_of(book))
    with book.batch(VERB) as batch:
        PreparedImport(changes_by_person(plan), (), date(2026, 11, 20)).write(batch)


def one_side(a: str, b: str, kind: str, words: str, inverse: str) -> Said:
    """Return what `a` is to `b` as it is seen from either side."""
    return min(
        (a, b, kind, words, inverse), (b, a, INVERSE_RELATIONS.get(kind, ""), inverse, words)
    )


def said_in(plan: Preview) -> set[Said]:
    """Return the relations that an import of this plan writes, by name."""
    names = {entry.person: entry.name for entry in plan.entries}
    return {
        one_side(names[each.other], entry.name, each.kind, each.words, each.inverse)
        for entry in plan.entries
        for each in entry.relations
    }


@pytest.fixture
def family(book: Book) -> dict[str, str]:
    names = ("架空 花子", "架空 次郎", "見本 太郎", "例示 葵")
    ids = {name: book.add("contact", name=name) for name in names}
    hanako, jiro, taro, aoi = ids.values()
    book.add("relation", a_id=jiro, b_id=hanako, kind="child")
    book.add("relation", a_id=taro, b_id=hanako, kind="manager", words="一課の課長", inverse="部下")
    book.add("relation", a_id=taro, b_id=hanako, words="山の仲間")
    book.add("relation", a_id=aoi, b_id=taro, kind="friend", inverse="幼なじみ; 隣の子, 同級")
    return ids


@pytest.mark.parametrize("format", FORMATS)
def test_a_new_book_has_the_same_relations_and_the_old_one_gets_none_twice(
    book: Book, family: dict[str, str], format: str
) -> None:
    file = export_all(tables_of(book), format)
    assert file.outside == ()
    other = Book(book.engine, "someone")

    bring(file, other)

    found = other.frame("contact")
    for name, id in family.items():
        (there,) = found.index[found["name"] == name]
        kin = {(each.kind, each.words) for each in kinships_of(tables_of(other), there)}
        assert kin == {(each.kind, each.words) for each in kinships_of(tables_of(book), id)}
    assert len(other.frame("relation")) == 4
    for known in (book, other):
        again = plan_of(file, tables_of(known))
        assert {entry.action for entry in again.entries} == {"same"} and not said_in(again)


@pytest.mark.parametrize("format", FORMATS)
def test_a_relation_that_leaves_the_file_is_told_by_name_and_not_written(
    book: Book, family: dict[str, str], format: str
) -> None:
    chosen = [family["架空 花子"], family["見本 太郎"]]
    file = export_contacts(tables_of(book), chosen, format, language="ja", now=NOW)

    assert file.outside == (("架空 花子", "架空 次郎"), ("見本 太郎", "例示 葵"))
    assert all("次郎" not in str(entry) for entry in plan_of(file, tables_of(book)).entries)


def test_initials_take_no_relation_along(book: Book, family: dict[str, str]) -> None:
    ids = list(family.values())
    options: Any = {"language": "ja", "now": NOW, "only_initials": True}
    text = export_contacts(tables_of(book), ids, "csv", **options).data.decode("utf-8-sig")

    assert "課長" not in text and "間柄" not in text


def test_someone_whom_neither_file_nor_book_has_is_told_and_kept_as_a_field(
    book: Book, family: dict[str, str]
) -> None:
    lines = export_all(tables_of(book), "csv").data.decode("utf-8-sig").splitlines()
    data = "\r\n".join([lines[0], lines[1]]).encode()
    empty = frames(contact=[], detail=[], relation=[])

    plan = preview(read_contacts(data, "some.csv"), empty["contact"], relations=empty["relation"])

    (entry,) = plan.entries
    assert {("子", "架空 次郎"), ("一課の課長", "見本 太郎")} <= {
        (each.label, each.value) for each in entry.details
    }
    assert not entry.relations
    assert [problem.facts["name"] for problem in plan.problems] == [
        "架空 次郎",
        "見本 太郎",
        "見本 太郎",
    ]
    contact, relation = book.frame("contact"), book.frame("relation")
    known = preview(read_contacts(data, "some.csv"), contact, relations=relation)
    assert known.problems == () and known.entries[0].action == "same"


def test_a_phone_shows_the_relation_in_its_own_form(book: Book, family: dict[str, str]) -> None:
    text = export_all(tables_of(book), "vcard3").data.decode().replace("\r\n ", "")
    assert ".X-ABRELATEDNAMES:架空 次郎\r\n" in text and ".X-ABLabel:_$!<Child>!$_\r\n" in text
    newer = export_all(tables_of(book), "vcard4").data.decode().replace("\r\n ", "")
    assert f".RELATED;TYPE=child:urn:uuid:{family['架空 次郎']}\r\n" in newer


def test_relations_of_another_program_lead_to_its_cards() -> None:
    one, other = (f"urn:uuid:0193a1c2-0000-7000-8000-00000000000{n}" for n in (1, 2))
    cards = f"""BEGIN:VCARD
VERSION:4.0
UID:{one}
FN:架空 花子
RELATED;TYPE=spouse:{other}
RELATED;TYPE=neighbor:{other}
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:{other}
FN:架空 次郎
RELATED;TYPE=spouse:{one}
END:VCARD
"""
    reading = read_contacts(cards.encode(), "cards.vcf")
    empty = frames(contact=[], detail=[], relation=[])
    plan = preview(reading, empty["contact"], relations=empty["relation"])

    assert said_in(plan) == {
        one_side("架空 次郎", "架空 花子", "partner", "", ""),
        one_side("架空 次郎", "架空 花子", "", "neighbor", ""),
    }


def test_whoever_is_left_out_takes_their_relations_with_them(
    book: Book, family: dict[str, str]
) -> None:
    other = Book(book.engine, "someone")
    plan = plan_of(export_all(tables_of(book), "csv"), tables_of(other))
    line = next(entry.line for entry in plan.entries if entry.name == "見本 太郎")
    with other.batch(VERB) as batch:
        found = changes_by_person(plan, skipped={line})
        PreparedImport(found, (), date(2026, 11, 20)).write(batch)

    assert len(other.frame("contact")) == 3
    assert other.frame("relation")["kind"].isin(("child", "parent")).all()
    assert len(other.frame("relation")) == 1


def test_many_relations_of_one_person_come_back_from_a_table() -> None:
    people = [{"id": f"p{n}", "name": f"人{n}"} for n in range(40)]
    rows = [{"a_id": f"p{n}", "b_id": "p0", "kind": "friend"} for n in range(1, 40)]
    tables = frames(contact=people, detail=[], relation=rows)
    nobody = frames(contact=[], detail=[], relation=[])

    assert len(said_in(plan_of(export_all(tables, "csv"), nobody))) == 39


@st.composite
def small_worlds(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    """Return the frames of up to five people and of any relations among them."""
    count = draw(st.integers(2, 5))
    people = [{"id": f"p-{n}", "name": f"架空 {n}子"} for n in range(count)]
    pairs = st.lists(
        st.sampled_from(people), min_size=2, max_size=2, unique_by=lambda one: one["id"]
    )
    rows = []
    for a, b in draw(st.lists(pairs, max_size=6)):
        kind = draw(st.sampled_from(("", *RELATIONS)))
        words = draw(LINES if not kind else st.one_of(st.just(""), LINES))
        row = {"kind": kind, "words": words, "inverse": draw(st.one_of(st.just(""), LINES))}
        if any(row.values()):
            rows.append({"a_id": a["id"], "b_id": b["id"], **row})
    return frames(contact=people, detail=[], relation=rows)


@pytest.mark.parametrize("format", FORMATS)
@given(world=small_worlds(), language=st.sampled_from(LANGUAGES))
def test_any_relations_come_back_as_they_were(
    format: str, world: dict[str, pd.DataFrame], language: str
) -> None:
    nobody = frames(contact=[], detail=[], relation=[])
    names = world["contact"]["name"].to_dict()
    columns = ("a_id", "b_id", "kind", "words", "inverse")
    cells = zip(*(world["relation"][name].tolist() for name in columns), strict=True)
    said = {one_side(names[a], names[b], *rest) for a, b, *rest in cells}

    assert said_in(plan_of(export_all(world, format, language), nobody)) == said
