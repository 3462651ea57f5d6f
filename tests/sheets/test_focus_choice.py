from __future__ import annotations

from sheets import Open, ask
from widgets import People

pytest_plugins = ["sheet_fixtures"]


def chosen(sheet: People) -> list[str]:
    return [person["name"] for person in sheet.state["focus"]["chosen"]]


def six(sheet: People) -> list[str]:
    ids = [sheet.book.add("contact", name=f"見本 {n}") for n in range(6)]
    for id in ids:
        ask(sheet, "gather", id=id)
    return ids


def test_nobody_need_be_in_focus(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    assert sheet.state["focus"]["chosen"] == []


def test_a_sixth_is_asked_about_and_changes_nothing(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    ids = six(sheet)
    assert len(chosen(sheet)) == 5
    answer = ask(sheet, "gather", id=ids[5])
    assert answer["ok"] and answer["full"]
    assert "見本 5" not in chosen(sheet)


def test_one_rests_and_another_comes_in_as_one_change(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    ids = six(sheet)
    assert "full" not in ask(sheet, "gather", id=ids[5], instead=ids[0])
    assert set(chosen(sheet)) == {f"見本 {n}" for n in range(1, 6)}
    sheet.book.undo()
    sheet.workbook.refresh()
    assert set(chosen(sheet)) == {f"見本 {n}" for n in range(5)}


def test_who_is_in_focus_already_can_be_chosen_again(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    ids = six(sheet)
    assert "full" not in ask(sheet, "gather", id=ids[0])


def test_somebody_who_is_not_in_focus_makes_no_room(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    ids = six(sheet)
    other = sheet.book.add("contact", name="見本 7")
    assert ask(sheet, "gather", id=ids[5], instead=other)["full"]
    assert len(chosen(sheet)) == 5


def test_somebody_is_let_rest(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    (id, *_) = six(sheet)
    ask(sheet, "let_rest", id=id)
    assert len(chosen(sheet)) == 4


def test_who_is_good_to_be_with_is_proposed_with_a_reason(open_in: Open) -> None:
    sheet = People(open_in("04-contacts", "en"))
    sheet.book.add("contact", name="Kakuu", afternoon="gladly", comfort=5, met_on="2024-03-12")
    sheet.workbook.refresh()
    (proposed,) = sheet.state["focus"]["proposed"]
    assert proposed["name"] == "Kakuu" and "Kakuu" in proposed["why"]


def test_what_i_respect_is_written_and_the_focus_only_chosen(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子", focus=True)
    write = {"table": "contact", "id": id, "version": 1}
    assert ask(sheet, "write", **write, values={"respect_for": "最後まで聴く"})["ok"]
    assert not ask(sheet, "write", **write, values={"focus": False})["ok"]
