"""The sheets of shared pages: what a person and their coach do, and what is then in the tables."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Widget
from sqlalchemy import Engine, event, select, text, update

from days import days, pass_days
from enishi.book.accounts import dismiss, invite
from enishi.book.database import open_database
from enishi.book.share_tables import share, share_comment, share_page
from enishi.book.tables import person
from enishi.identity import FACILITATOR, PARTICIPANT, PERSON, ROLE
from enishi.serve import due_rooms
from payloads import PAYLOADS
from sheets import ask, book_of
from stores import BOOK, in_file, lay_in
from widgets.base.publishing import publish_now
from widgets.base.sheet import Sheet
from widgets.base.workbook import Workbook, open_workbook
from widgets.frame.header import Header
from widgets.goal.wish import Wish
from widgets.sharing import sharing_page
from widgets.sharing.received import ReceivedPages
from widgets.sharing.sharing import Sharing
from widgets.sharing.sharing_page import SharingPage, open_sharing_page

pytest_plugins = ["sheet_fixtures"]
pytestmark = pytest.mark.usefixtures("present_day")

WISH, STEP, FRIEND = "小さな工房をひらく", "印刷所に電話する", "架空 花子"


class Server:
    """A server for many: Aki, who shows pages, two coaches, and whoever else is invited."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.engine, self.monkeypatch = engine, monkeypatch
        self.ids: dict[str, str] = {}
        self.invite("Aki")
        self.invite("Coach", FACILITATOR)
        self.invite("Other", FACILITATOR)

    def invite(self, name: str, role: str = PARTICIPANT) -> None:
        self.ids[name] = invite(self.engine, name, role)[0].id

    def enter(self, name: str, language: str = "ja") -> None:
        """Be somebody's process from now on."""
        role = PARTICIPANT if name == "Aki" else FACILITATOR
        for key, value in (
            *((PERSON, self.ids[name]), (ROLE, role)),
            ("HTTP_ACCEPT_LANGUAGE", language),
        ):
            self.monkeypatch.setenv(key, value)

    def share(self, name: str, language: str = "ja") -> Sharing:
        """Open somebody's page for showing."""
        self.enter(name, language)
        return Sharing(open_sharing_page("08-sharing"))

    def read(self, name: str) -> ReceivedPages:
        """Open a coach's page for reading."""
        self.enter(name)
        return ReceivedPages(open_sharing_page("09-received"))

    def workbook(self, name: str, page: str) -> Workbook:
        """Open one of somebody's other pages."""
        self.enter(name)
        return open_workbook(page)

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    def everything(self) -> list[list[dict[str, Any]]]:
        return [self.rows(table) for table in (share, share_page, share_comment)]


@pytest.fixture
def server(
    tmp_path: Path, empty_book_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    lay_in(tmp_path, empty_book_file)
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path))
    monkeypatch.delenv("ENISHI_DATABASE", raising=False)
    engine = open_database(in_file(tmp_path / BOOK))
    yield Server(engine, monkeypatch)
    Widget.close_all()
    engine.dispose()


@pytest.fixture
def aki(server: Server) -> Sharing:
    """Aki's page, with a wish, a step and a friend in the book."""
    sheet = server.share("Aki")
    friend = sheet.book.add("contact", name=FRIEND, note="猫が好き")
    sheet.book.add("goal", wish=WISH)
    sheet.book.add("step", contact_id=friend, words=STEP, on=days(1))
    sheet.book.add("reflection", text="だれにも見せない")
    return sheet


@pytest.fixture
def opened(server: Server, aki: Sharing) -> tuple[Sharing, ReceivedPages, str]:
    """Aki's page, their coach's with Aki's pages in front, and the share's id."""
    id = open_to(server, aki, "wish", "week")
    coach = server.read("Coach")
    assert ask(coach, "read", id=id)["ok"]
    aki.workbook.refresh()
    return aki, coach, id


Opened = tuple[Sharing, ReceivedPages, str]


def open_to(server: Server, sheet: Sharing, *keys: str, **options: Any) -> str:
    message = {"reader": server.ids["Coach"], "keys": [*keys], "until": days(9), "masked": False}
    answer = ask(sheet, "open_pages", **(message | options))
    assert answer["ok"], answer
    return str(sheet.state["shares"][-1]["id"])


def looked(sheet: Sheet) -> Any:
    """Return what a sheet shows after its page looked once."""
    assert isinstance(sheet.workbook, SharingPage)
    sheet.workbook.look()
    return sheet.state


def lines(state: Any, key: str) -> list[dict[str, Any]]:
    """Return the lines of a page that the coach reads."""
    [page] = [each for each in state["reading"]["pages"] if each["key"] == key]
    return list(page["lines"])


def say(coach: ReceivedPages, id: str, key: str, words: str, kind: str = "comment") -> str:
    """Say something about the first line of a page; return its id."""
    line = lines(looked(coach), key)[0]["id"]
    answer = ask(coach, "comment", id=id, key=key, kind=kind, words=words, line=line)
    assert answer["ok"], answer
    return str(coach.state["reading"]["threads"][-1]["id"])


def new_pages(row: dict[str, Any]) -> list[str]:
    """Return what is new of somebody in the coach's list."""
    return [page["title"] for page in row["pages"] if page["new"]]


def text_of(sheet: Sheet) -> str:
    return json.dumps(sheet.state, ensure_ascii=False)


# -- live ------------------------------------------------------------------------------------------


def test_a_coach_reads_what_was_chosen_and_nothing_else(opened: Opened) -> None:
    _, coach, _ = opened
    assert [line["words"] for line in lines(coach.state, "wish")] == [WISH]
    assert STEP in text_of(coach)
    assert "だれにも見せない" not in text_of(coach) and "猫が好き" not in text_of(coach)


def test_what_is_written_on_another_page_reaches_the_coach_s_open_page(
    server: Server, opened: Opened
) -> None:
    _, coach, _ = opened
    week = server.workbook("Aki", "05-week")
    book_of(week).add("step", words="展示を見に行く", on=days(2))
    publish_now(week)
    assert "展示を見に行く" in str(lines(looked(coach), "week"))
    assert new_pages(coach.state["people"][0]) == ["今週"]


def test_a_write_is_well_though_nothing_can_be_copied(server: Server, aki: Sharing) -> None:
    open_to(server, aki, "wish")
    page = server.workbook("Aki", "02-goal")
    sheet = Wish(page)
    with server.engine.begin() as connection:
        connection.execute(text("ALTER TABLE share_page RENAME TO hidden"))
    goal = page.goal()
    message = {"id": goal["id"], "version": goal["version"], "values": {"wish": "別の願い"}}
    assert ask(sheet, "write", table="goal", **message)["ok"]
    publish_now(page)
    with server.engine.begin() as connection:
        connection.execute(text("ALTER TABLE hidden RENAME TO share_page"))
    publish_now(page)
    assert "別の願い" in str(server.rows(share_page))


def test_after_withdrawing_the_coach_s_open_page_holds_no_word_of_it(
    server: Server, opened: Opened
) -> None:
    aki, coach, id = opened
    say(coach, id, "wish", "どうして？", "question")
    assert ask(aki, "withdraw", id=id)["ok"]
    assert (looked(coach)["reading"], coach.state["closed"], coach.state["people"]) == (
        *(None, True),
        [],
    )
    for words in (WISH, STEP, "どうして？", "Aki"):
        assert words not in text_of(coach)
    assert server.everything() == [[], [], []]


def test_a_page_that_only_gets_a_day_older_is_not_new_to_the_coach(
    server: Server, opened: Opened
) -> None:
    aki, coach, _ = opened
    ask(coach, "leave")
    with server.engine.begin() as connection:
        connection.execute(update(share_page).values(changed_at="2020-01-01T00:00:00Z"))
    pass_days(1)
    publish_now(aki.workbook)
    [row] = looked(coach)["people"]
    assert new_pages(row) == []


def test_other_days_reach_the_coach_after_a_change_of_what_is_open(
    server: Server, opened: Opened
) -> None:
    aki, coach, id = opened
    changed = {"id": id, "keys": ["kinds", "wish"], "until": days(2), "masked": True}
    assert ask(aki, "change", **changed)["ok"]
    assert [page["key"] for page in looked(coach)["reading"]["pages"]] == ["kinds", "wish"]
    assert STEP not in text_of(coach)
    [row] = server.rows(share)
    assert (row["until"], row["is_masked"]) == (days(2), True)


def test_headings_follow_the_person_s_language(opened: Opened) -> None:
    aki, coach, _ = opened
    assert ask(Header(aki.workbook), "speak", language="en")["ok"]
    publish_now(aki.workbook)
    assert {page["title"] for page in looked(coach)["reading"]["pages"]} == {"My wish", "My week"}


def test_pages_say_when_they_are_behind_and_when_they_are_not_any_more(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, coach, _ = opened
    file, away = tmp_path / BOOK, tmp_path / "away"
    for name in ("_LOOK_SECONDS", "_LATE_SECONDS", "_LONGEST_WAIT_SECONDS"):
        monkeypatch.setattr(sharing_page, name, 0.01)

    async def follow() -> None:
        task = asyncio.create_task(coach.workbook._follow())
        file.rename(away)
        while not coach.state.get("late"):
            await asyncio.sleep(0)
        away.rename(file)
        while coach.state.get("late"):
            await asyncio.sleep(0)
        task.cancel()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(follow(), 30)).result()


# -- what was said ---------------------------------------------------------------------------------


def test_a_comment_comes_into_the_week_once_with_its_words(opened: Opened) -> None:
    aki, coach, id = opened
    said = say(coach, id, "wish", "見本を一冊、先に作ってみては。")
    looked(aki)
    for _ in range(2):
        assert ask(aki, "settle", id=id, comment=said, state="taken")["ok"]
        steps = aki.book.frame("step")
        assert list(steps["words"]) == [STEP, "見本を一冊、先に作ってみては。"]
    [thread] = looked(coach)["reading"]["threads"]
    assert thread["state"] == "taken"


def test_a_comment_whose_step_is_undone_is_open_again(opened: Opened) -> None:
    aki, coach, id = opened
    said = say(coach, id, "wish", "見本を一冊")
    ask(aki, "settle", id=id, comment=said, state="taken")
    assert ask(Header(aki.workbook), "undo")["ok"]
    publish_now(aki.workbook)
    assert looked(aki)["shares"][0]["threads"][0]["state"] == "open"
    assert ask(Header(aki.workbook), "redo")["ok"]
    assert ask(aki, "settle", id=id, comment=said, state="taken")["ok"]
    assert list(aki.book.frame("step")["words"]) == [STEP, "見本を一冊"]


def test_a_question_stands_in_the_list_until_it_is_answered(opened: Opened) -> None:
    aki, coach, id = opened
    asked = say(coach, id, "wish", "いちばん小さな一歩は？", "question")
    assert coach.state["people"][0]["asked"] == ["いちばん小さな一歩は？"]
    assert ask(aki, "reply", id=id, comment=asked, words="机をひとつ借りる")["ok"]
    row = looked(coach)["people"][0]
    assert (row["asked"], row["replies"]) == ([], ["机をひとつ借りる"])
    assert coach.state["reading"]["threads"][0]["replies"][0]["words"] == "机をひとつ借りる"


def test_a_mark_is_taken_back_and_gone_for_both(opened: Opened) -> None:
    aki, coach, id = opened
    mark = say(coach, id, "week", "", "mark")
    assert looked(aki)["shares"][0]["threads"][0]["quote"] == lines(coach.state, "week")[0]["words"]
    assert ask(coach, "take_back", id=id, comment=mark)["ok"]
    assert looked(aki)["shares"][0]["threads"] == coach.state["reading"]["threads"] == []


# -- bad input -------------------------------------------------------------------------------------


def test_a_forged_id_gets_one_sentence_and_changes_nothing(server: Server, opened: Opened) -> None:
    aki, coach, id = opened
    said = say(coach, id, "wish", "ことば")
    other, stranger = server.read("Other"), server.share("Other")
    before = server.everything()
    line = lines(coach.state, "wish")[0]["id"]
    comment = {"id": id, "key": "wish", "line": line, "kind": "comment", "words": "x"}
    open_it = {"keys": ["wish"], "until": days(1), "masked": True}
    for sheet, do, message in (
        (other, "read", {"id": id}),
        (other, "comment", comment),
        (other, "take_back", {"id": id, "comment": said}),
        (other, "draw_picture", {"key": "picture:giving"}),
        (other, "hand_back", {"id": id}),
        (other, "remove", {"id": id}),
        (coach, "remove", {"id": id}),
        (coach, "comment", comment | {"key": "letter"}),
        (coach, "comment", comment | {"line": "goal:other:wish"}),
        (coach, "comment", comment | {"kind": "answer"}),
        (coach, "take_back", {"id": id, "comment": "none"}),
        (stranger, "withdraw", {"id": id}),
        (stranger, "change", {"id": id, **open_it}),
        (stranger, "hand_out", {"id": id}),
        (stranger, "reply", {"id": id, "comment": said, "words": "x"}),
        (stranger, "settle", {"id": id, "comment": said, "state": "taken"}),
        (aki, "settle", {"id": id, "comment": "none", "state": "taken"}),
        (aki, "settle", {"id": id, "comment": said, "state": "gone"}),
        (aki, "open_pages", open_it | {"reader": server.ids["Aki"]}),
        (aki, "open_pages", open_it | {"reader": "nobody"}),
        (aki, "open_pages", open_it | {"reader": server.ids["Coach"], "keys": ["setting"] * 2}),
        (aki, "change", {"id": id} | open_it | {"keys": []}),
        (aki, "change", {"id": id} | open_it | {"until": "2020-01-01"}),
    ):
        answer = ask(sheet, do, **message)
        assert not answer["ok"] and answer["text"], (do, answer)
        assert server.everything() == before, do
    assert list(aki.book.frame("step")["words"]) == [STEP]


def test_a_text_of_2001_characters_is_refused_with_its_limit(
    server: Server, opened: Opened
) -> None:
    aki, coach, id = opened
    said = say(coach, id, "wish", "あ" * 2000)
    before = server.everything()
    line = lines(coach.state, "wish")[0]["id"]
    long = {"id": id, "words": "あ" * 2001}
    for answer in (
        ask(coach, "comment", key="wish", line=line, kind="comment", **long),
        ask(aki, "reply", comment=said, **long),
    ):
        assert not answer["ok"] and "2000" in answer["text"].replace(",", "")
    assert server.everything() == before


def test_whatever_somebody_writes_comes_to_the_other_as_text(opened: Opened) -> None:
    aki, coach, id = opened
    for payload in PAYLOADS:
        words = payload[:2000].replace("\x00", "")
        said = say(coach, id, "wish", words)
        assert ask(aki, "reply", id=id, comment=said, words=words)["ok"]
    threads = looked(aki)["shares"][0]["threads"]
    assert [each["words"] for each in threads] == [
        payload[:2000].replace("\x00", "").strip() for payload in PAYLOADS
    ]
    assert threads == [
        {**ours, "on": theirs["on"], "title": theirs["title"]}
        for ours, theirs in zip(looked(coach)["reading"]["threads"], threads, strict=True)
    ]


# -- many people, and an empty book ----------------------------------------------------------------


def test_a_coach_with_twelve_people_sees_them_by_name_and_compares_nobody(server: Server) -> None:
    names = [f"Person {letter}" for letter in "FACEBDLKJIHG"]
    for count_of_pages, name in enumerate(names):
        server.invite(name)
        sheet = server.share(name)
        sheet.book.add("goal", wish=f"Wish of {name}")
        open_to(server, sheet, *["wish", "week", "kinds", "ways"][: 1 + count_of_pages % 4])
    coach = server.read("Coach")
    rows = coach.state["people"]
    assert [row["name"] for row in rows] == sorted(names)
    for row in rows:
        about = {"id", "name", "name_forms", "until", "by_file", "pages", "replies", "asked"}
        assert set(row) == about
        assert not any(
            isinstance(each, int) and each is not row["by_file"] for each in row.values()
        )
    assert "Wish of" not in text_of(coach)  # the list names pages and shows none
    third = rows[2]
    ask(coach, "read", id=third["id"])
    assert {f"Wish of {name}" for name in names if f"Wish of {name}" in text_of(coach)} == {
        f"Wish of {third['name']}"
    }


def test_an_empty_book_shows_pages_without_a_line(server: Server) -> None:
    aki = server.share("Aki")
    keys = [key for key, _ in aki.state["choices"]]
    id = open_to(server, aki, *keys)
    coach = server.read("Coach")
    assert ask(coach, "read", id=id)["ok"]
    pages = coach.state["reading"]["pages"]
    assert (
        [page["key"] for page in pages]
        == keys
        == [p["key"] for p in coach.state["people"][0]["pages"]]
    )
    for page in pages:
        if page["picture"]:
            assert page["table"] == [] and len(page["lines"]) == 1
            assert ask(coach, "draw_picture", key=page["key"])["picture"]["data"] == []
        else:
            assert not page["lines"]
    answer = ask(
        coach, "comment", id=id, key="wish", kind="question", words="何から書きますか。", line=""
    )
    assert answer["ok"]
    assert looked(aki)["shares"][0]["threads"][0]["title"] == "願い"


def test_what_was_said_about_a_page_that_is_closed_stays_with_the_person_alone(
    opened: Opened,
) -> None:
    aki, coach, id = opened
    say(coach, id, "wish", "よい願いです")
    changed = {"id": id, "keys": ["week"], "until": days(2), "masked": False}
    assert ask(aki, "change", **changed)["ok"]
    [thread] = looked(aki)["shares"][0]["threads"]
    assert (thread["words"], thread["title"], thread["quote"]) == ("よい願いです", "願い", "")
    assert WISH not in json.dumps(looked(coach), ensure_ascii=False)


# -- the end ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["dismissed", "participant"])
def test_who_does_not_coach_any_more_reads_nothing_at_the_next_look(
    server: Server, opened: Opened, end: str
) -> None:
    _, coach, id = opened
    if end == "dismissed":
        dismiss(server.engine, "Coach")
    else:
        change = update(person).where(person.c.id == server.ids["Coach"]).values(role=end)
        with server.engine.begin() as connection:
            connection.execute(change)
    assert looked(coach)["people"] == [] and coach.state["reading"] is None
    assert WISH not in text_of(coach)
    assert not ask(coach, "read", id=id)["ok"]


def test_after_the_last_day_the_coach_reads_nothing_and_a_day_later_nothing_is_left(
    server: Server, opened: Opened
) -> None:
    aki, coach, id = opened
    pass_days(10)
    assert looked(coach)["people"] == [] and WISH not in text_of(coach)
    before = server.everything()
    comment = {"id": id, "key": "wish", "kind": "comment", "words": "x"}
    for do, message in (("read", {"id": id}), ("comment", comment)):
        answer = ask(coach, do, **message)
        assert not answer["ok"] and answer["text"]
    assert server.everything() == before
    [row] = looked(aki)["shares"]
    assert row["ended"]
    pass_days(11)
    server.share("Aki")
    assert server.everything() == [[], [], []]


def test_a_server_removes_what_has_ended(
    server: Server, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_rooms, "ASKED_SECONDS", 0)
    turns = count()

    def is_led() -> bool:
        if next(turns):
            raise asyncio.CancelledError
        return False

    def serve() -> None:
        looking = due_rooms.keep_deleting(server.engine, logging.getLogger(), is_led)
        with ThreadPoolExecutor(1) as thread, pytest.raises(asyncio.CancelledError):
            thread.submit(asyncio.run, looking).result()

    pass_days(10)
    serve()
    assert server.rows(share)
    pass_days(11)
    turns = count()
    serve()
    assert server.everything() == [[], [], []]


def test_a_card_goes_with_its_person_and_an_erased_name_stands_nowhere(
    server: Server, aki: Sharing
) -> None:
    [friend] = aki.book.frame("contact").index
    card = f"contact:{friend}"
    id = open_to(server, aki, card, "week")
    assert FRIEND in str(server.rows(share_page))
    coach = server.read("Coach")
    ask(coach, "read", id=id)
    say(coach, id, card, "お元気ですか")
    aki.book.update("contact", friend, trashed_on=days(0))
    publish_now(aki.workbook)
    assert [page["key"] for page in looked(coach)["reading"]["pages"]] == ["week"]
    assert [card, aki.words["no_card"]] in looked(aki)["shares"][0]["titles"]
    aki.book.erase(friend)
    assert FRIEND not in str(server.everything())
    assert FRIEND not in json.dumps(looked(coach), ensure_ascii=False)


def test_on_a_full_disk_nothing_is_open(
    server: Server, aki: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = aki.book.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    engine.dispose()

    def limit(connection: Any, record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", limit)
    engine.dispose()
    message = {"reader": server.ids["Coach"], "keys": ["wish"], "until": days(1), "masked": True}
    made = 0
    while (answer := ask(aki, "open_pages", **message))["ok"]:
        made += 1
    assert answer["text"] and len(server.rows(share)) == made < 100


def test_pages_of_somebody_who_is_dismissed_leave_the_coach_s_open_page(
    server: Server, opened: Opened
) -> None:
    _, coach, id = opened
    dismiss(server.engine, "Aki")
    assert (looked(coach)["people"], coach.state["reading"], coach.state["closed"]) == (
        *([], None),
        True,
    )
    assert WISH not in text_of(coach) and not ask(coach, "read", id=id)["ok"]
    assert server.everything() == [[], [], []]


# -- by file ---------------------------------------------------------------------------------------


@pytest.fixture
def computer(
    tmp_path: Path, empty_book_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """A function that goes to somebody's own computer."""
    monkeypatch.delenv(PERSON, raising=False)
    monkeypatch.delenv(ROLE, raising=False)
    monkeypatch.delenv("ENISHI_DATABASE", raising=False)
    monkeypatch.setenv("HTTP_ACCEPT_LANGUAGE", "ja")

    def go(name: str) -> None:
        if not (tmp_path / name).exists():
            lay_in(tmp_path / name, empty_book_file)
        monkeypatch.setenv("ENISHI_DATA", str(tmp_path / name))

    yield go
    Widget.close_all()


def test_pages_go_out_as_a_file_and_comments_come_back(computer: Callable[[str], None]) -> None:
    computer("aki")
    aki = Sharing(open_sharing_page("08-sharing"))
    aki.book.add("goal", wish=WISH)
    message = {"reader": "", "keys": ["wish"], "until": days(9), "masked": False}
    assert ask(aki, "open_pages", name="蓮", mine="架空 明希", **message)["ok"]
    id = aki.state["shares"][0]["id"]
    out = ask(aki, "hand_out", id=id)

    computer("ren")
    ren = ReceivedPages(open_sharing_page("09-received"))
    assert ask(ren, "bring_in", [out["content"].encode()], name=out["file"])["ok"]
    here = ren.state["reading"]["id"]
    assert (ren.state["reading"]["name"], lines(ren.state, "wish")[0]["words"]) == (
        "架空 明希",
        WISH,
    )
    say(ren, here, "wish", "見本を一冊", "question")
    back = ask(ren, "hand_back", id=here)

    computer("aki")
    for new in (1, 0):
        assert ask(aki, "bring_in", [back["content"].encode()], name=back["file"])["ok"]
        [shown] = aki.state["filed"]["comments"]
        assert (aki.state["filed"]["reader"], shown["words"]) == ("蓮", "見本を一冊")
        assert (shown["quote"], shown["new"]) == (WISH, bool(new))
        assert len(aki.state["shares"][0]["threads"]) == 1 - new
        assert ask(aki, "take_in")["text"] == aki.say("brought_in", count=new)
        assert aki.state["filed"] is None
    [thread] = aki.state["shares"][0]["threads"]
    assert (thread["words"], thread["quote"]) == ("見本を一冊", WISH)

    # a later file takes the place of the earlier one, and what was said stays
    aki.book.update("goal", aki.workbook.goal()["id"], wish="別の願い")
    publish_now(aki.workbook)
    out = ask(aki, "hand_out", id=id)
    computer("ren")
    assert ask(ren, "bring_in", [out["content"].encode()], name=out["file"])["ok"]
    assert lines(ren.state, "wish")[0]["words"] == "別の願い"
    assert [each["words"] for each in ren.state["reading"]["threads"]] == ["見本を一冊"]
    assert ask(ren, "remove", id=here)["ok"]
    assert ren.state["people"] == []


def test_a_file_that_ended_is_foreign_or_damaged_changes_nothing(
    computer: Callable[[str], None],
) -> None:
    computer("aki")
    aki = Sharing(open_sharing_page("08-sharing"))
    aki.book.add("goal", wish=WISH)
    message = {"reader": "", "keys": ["wish"], "until": days(1), "masked": False}
    ask(aki, "open_pages", name="蓮", mine="明希", **message)
    before = aki.state["shares"]
    out = ask(aki, "hand_out", id=before[0]["id"])["content"].encode()
    comments = json.dumps(
        {"enishi_comments": 1, "share": "other", "name": "x", "comments": []}
    ).encode()
    for sheet, data in ((aki, out), (aki, comments), (aki, b"{}")):
        answer = ask(sheet, "bring_in", [data], name="file.json")
        assert not answer["ok"] and answer["text"]
        assert aki.state["filed"] is None
    assert not ask(aki, "take_in")["ok"]
    assert aki.state["shares"] == before

    computer("ren")
    ren = ReceivedPages(open_sharing_page("09-received"))
    for data in (comments, out[:-900], b"<html>", out.replace(b'"share":', b'"shore":')):
        assert not ask(ren, "bring_in", [data], name="pages.html")["ok"]
    pass_days(2)
    assert not ask(ren, "bring_in", [out], name="pages.html")["ok"]
    assert ren.state["people"] == []
