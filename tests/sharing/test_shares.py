"""Opening pages to a coach, reading, commenting and withdrawing, in a file and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from enishi.book import Book
from enishi.book.accounts import dismiss, invite
from enishi.book.database import vacuum
from enishi.book.share_tables import share_comment, share_page
from enishi.book.tables import person
from enishi.identity import FACILITATOR, ME, PARTICIPANT
from enishi.sharing.comments import (
    LONGEST,
    Comment,
    add_comment,
    answer_comment,
    list_comments,
    receive_comments,
    remove_comment,
    set_comment_state,
)
from enishi.sharing.errors import (
    ChosenPagesError,
    CommentError,
    NoCoachError,
    NotSharedError,
    OtherShareError,
    UntilError,
)
from enishi.sharing.pages import SharedLine, SharedPage
from enishi.sharing.shares import (
    ShareParty,
    change_share,
    chosen_keys,
    list_coaches,
    mark_looked,
    open_share,
    publish,
    read_pages,
    receive_pages,
    remove_ended,
    share_state,
    shares_given,
    shares_received,
    withdraw,
)

TODAY = date(2026, 11, 30)
UNTIL = TODAY + timedelta(days=30)
WISH = SharedPage("wish", "Wish", TODAY, (SharedLine("goal:g:wish", "Wish", "To open a workshop"),))
WEEK = SharedPage("week", "Week", TODAY, (SharedLine("step:s", "Monday", "Ring the printer"),))


class Sides:
    """A person, their coach, another coach and somebody else, on one server."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        people = {
            name: invite(engine, name, role)[0]
            for name, role in (
                *(("Aki Sample", PARTICIPANT), ("Coach Sample", FACILITATOR)),
                *(("Other Coach", FACILITATOR), ("Somebody", PARTICIPANT)),
            )
        }
        self.aki, self.coach, self.other, self.somebody = (
            ShareParty(each.id, each.name) for each in people.values()
        )

    def open(self, *keys: str, until: date = UNTIL) -> str:
        """Open pages to the coach, and copy them."""
        id = open_share(
            self.engine, self.aki, self.coach, keys or ("wish",), until, TODAY, is_masked=False
        )
        publish(self.engine, id, self.aki.id, {"wish": WISH, "week": WEEK})
        return id

    def strangers(self) -> tuple[str, ...]:
        """Return who has nothing to do with it."""
        return self.other.id, self.somebody.id, "", "nobody"


@pytest.fixture
def sides(book: Book) -> Iterator[Sides]:
    yield Sides(book.engine)


@pytest.mark.stores("file", "server")
def test_whoever_coaches_here_can_be_chosen(sides: Sides) -> None:
    assert list_coaches(sides.engine, sides.aki.id) == [sides.coach, sides.other]
    assert list_coaches(sides.engine, sides.coach.id) == [sides.other]
    dismiss(sides.engine, sides.other.id)
    assert list_coaches(sides.engine, sides.aki.id) == [sides.coach]


def test_the_coach_reads_what_was_chosen_and_nothing_else(sides: Sides) -> None:
    id = sides.open("wish")
    (received,) = shares_received(sides.engine, sides.coach.id, TODAY)
    assert (received.person, received.until) == (sides.aki, UNTIL)
    assert read_pages(sides.engine, id, sides.coach.id, TODAY) == [WISH]


def test_nobody_else_sees_that_there_is_anything(sides: Sides) -> None:
    id = sides.open()
    for who in sides.strangers():
        assert shares_received(sides.engine, who, TODAY) == shares_given(sides.engine, who) == []
        for act in (read_pages, list_comments, mark_looked):
            with pytest.raises(NotSharedError):
                act(sides.engine, id, who, TODAY)
        with pytest.raises(NotSharedError):
            withdraw(sides.engine, id, who)
        with pytest.raises(NotSharedError):
            publish(sides.engine, id, who, {"wish": WEEK})
    with pytest.raises(NotSharedError):
        read_pages(sides.engine, "forged", sides.coach.id, TODAY)
    assert read_pages(sides.engine, id, sides.coach.id, TODAY) == [WISH]


def test_a_coach_changes_nothing_of_what_is_open(sides: Sides) -> None:
    id = sides.open()
    coach = sides.coach.id
    with pytest.raises(NotSharedError):
        change_share(sides.engine, id, coach, ["week"], UNTIL, TODAY, is_masked=False)
    with pytest.raises(NotSharedError):
        publish(sides.engine, id, coach, {"wish": WEEK})
    with pytest.raises(NotSharedError):
        withdraw(sides.engine, id, coach)
    assert chosen_keys(sides.engine, id, sides.aki.id) == ["wish"]


def test_a_page_that_is_closed_is_gone_from_the_database(sides: Sides) -> None:
    id = sides.open("wish", "week")
    change_share(sides.engine, id, sides.aki.id, ["week"], UNTIL, TODAY, is_masked=False)
    publish(sides.engine, id, sides.aki.id, {"wish": WISH, "week": WEEK})
    assert read_pages(sides.engine, id, sides.coach.id, TODAY) == [WEEK]


def test_names_that_are_to_be_masked_are_not_shown_until_pages_are_copied_anew(
    sides: Sides,
) -> None:
    id = sides.open("wish")
    change_share(sides.engine, id, sides.aki.id, ["wish"], UNTIL, TODAY, is_masked=True)
    assert read_pages(sides.engine, id, sides.coach.id, TODAY) == []


@pytest.mark.stores("file", "server")
def test_the_last_day_ends_it_for_the_coach_and_later_for_the_database(sides: Sides) -> None:
    id = sides.open(until=TODAY)
    assert shares_received(sides.engine, sides.coach.id, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert shares_received(sides.engine, sides.coach.id, tomorrow) == []
    with pytest.raises(NotSharedError):
        read_pages(sides.engine, id, sides.coach.id, tomorrow)
    assert remove_ended(sides.engine, tomorrow) == 0  # it is today still, elsewhere
    assert remove_ended(sides.engine, tomorrow + timedelta(days=1)) == 1
    assert shares_given(sides.engine, sides.aki.id) == []


@pytest.mark.parametrize("how", ["dismissed", "another role"])
def test_somebody_who_coaches_no_more_reads_nothing_more(sides: Sides, how: str) -> None:
    id = sides.open()
    before = share_state(sides.engine, sides.coach.id, TODAY)
    if how == "dismissed":
        dismiss(sides.engine, sides.coach.id)
    else:
        with sides.engine.begin() as connection:
            is_them = person.c.id == sides.coach.id
            connection.execute(update(person).where(is_them).values(role=PARTICIPANT))
    assert share_state(sides.engine, sides.coach.id, TODAY) != before
    assert shares_received(sides.engine, sides.coach.id, TODAY) == []
    with pytest.raises(NotSharedError):
        read_pages(sides.engine, id, sides.coach.id, TODAY)
    with pytest.raises(NotSharedError):
        add_comment(sides.engine, id, sides.coach.id, "wish", "", "comment", "x", TODAY)


@pytest.mark.stores("file", "server")
@pytest.mark.parametrize("how", ["dismissed", "their days passed"])
def test_pages_of_somebody_who_is_not_on_the_server_any_more_are_gone(
    sides: Sides, how: str
) -> None:
    id, coach = sides.open(), sides.coach.id
    add_comment(sides.engine, id, coach, "wish", "", "comment", "x", TODAY)
    kept = open_share(
        sides.engine, sides.somebody, sides.coach, ["wish"], UNTIL, TODAY, is_masked=False
    )
    before = share_state(sides.engine, coach, TODAY)
    if how == "dismissed":
        dismiss(sides.engine, sides.aki.id)
    else:
        is_them = person.c.id == sides.aki.id
        with sides.engine.begin() as connection:
            connection.execute(update(person).where(is_them).values(ends_at="2020-01-01T00:00:00Z"))
    assert share_state(sides.engine, coach, TODAY) != before
    assert [each.id for each in shares_received(sides.engine, coach, TODAY)] == [kept]
    for act in (read_pages, list_comments, mark_looked):
        with pytest.raises(NotSharedError):
            act(sides.engine, id, coach, TODAY)
    assert remove_ended(sides.engine, TODAY) == (0 if how == "dismissed" else 1)
    assert shares_given(sides.engine, sides.aki.id) == []
    with sides.engine.connect() as connection:
        assert connection.execute(select(share_comment)).all() == []


@pytest.mark.stores("file", "server")
def test_each_side_notices_what_the_other_does(sides: Sides) -> None:
    id = sides.open()
    seen = [share_state(sides.engine, each.id, TODAY) for each in (sides.aki, sides.coach)]
    comment = add_comment(sides.engine, id, sides.coach.id, "wish", "", "comment", "x", TODAY)
    steps = (
        lambda: mark_looked(sides.engine, id, sides.coach.id, TODAY),
        lambda: set_comment_state(sides.engine, id, sides.aki.id, comment, "taken", TODAY),
        lambda: publish(sides.engine, id, sides.aki.id, {"wish": WEEK}),
        lambda: withdraw(sides.engine, id, sides.aki.id),
    )
    for step in steps:
        step()
        now = [share_state(sides.engine, each.id, TODAY) for each in (sides.aki, sides.coach)]
        assert all(one != other for one, other in zip(seen, now, strict=True))
        seen = now


def test_publishing_the_same_again_changes_nothing(sides: Sides) -> None:
    id = sides.open()
    before = share_state(sides.engine, sides.coach.id, TODAY)
    assert not publish(sides.engine, id, sides.aki.id, {"wish": WISH, "week": WEEK})
    assert share_state(sides.engine, sides.coach.id, TODAY) == before


def test_the_person_sees_when_the_coach_looked(sides: Sides) -> None:
    id = sides.open()
    (given,) = shares_given(sides.engine, sides.aki.id)
    assert given.looked_at == ""
    with pytest.raises(NotSharedError):
        mark_looked(sides.engine, id, sides.aki.id, TODAY)
    mark_looked(sides.engine, id, sides.coach.id, TODAY)
    (given,) = shares_given(sides.engine, sides.aki.id)
    assert given.looked_at.endswith("Z")


@pytest.mark.parametrize(
    ("keys", "until", "error"),
    [
        ((), UNTIL, ChosenPagesError),
        (("wish", "wish"), UNTIL, ChosenPagesError),
        (("../book",), UNTIL, ChosenPagesError),
        (tuple(f"contact:{number}" for number in range(41)), UNTIL, ChosenPagesError),
        (("wish",), TODAY - timedelta(days=1), UntilError),
        (("wish",), TODAY + timedelta(days=367), UntilError),
    ],
)
def test_what_does_not_fit_opens_nothing(
    sides: Sides, keys: tuple[str, ...], until: date, error: type[Exception]
) -> None:
    with pytest.raises(error):
        open_share(sides.engine, sides.aki, sides.coach, keys, until, TODAY, is_masked=False)
    assert shares_given(sides.engine, sides.aki.id) == []


def test_only_somebody_who_coaches_here_can_be_the_reader(sides: Sides) -> None:
    for reader in (sides.somebody, sides.aki, ShareParty("nobody", "Coach Sample")):
        with pytest.raises(NoCoachError):
            open_share(sides.engine, sides.aki, reader, ["wish"], UNTIL, TODAY, is_masked=False)


# -- comments --------------------------------------------------------------------------------------


def test_a_comment_keeps_to_its_line_and_quotes_it(sides: Sides) -> None:
    id = sides.open("wish")
    add_comment(
        sides.engine, id, sides.coach.id, "wish", "goal:g:wish", "question", " Which one? ", TODAY
    )
    for who in (sides.aki, sides.coach):
        (found,) = list_comments(sides.engine, id, who.id, TODAY)
        assert (found.line, found.quote) == ("goal:g:wish", "To open a workshop")
        assert (found.author, found.kind, found.words) == ("reader", "question", "Which one?")


@pytest.mark.parametrize(
    ("key", "line"),
    [("week", ""), ("wish", "step:s"), ("contact:a", ""), ("wish", "forged"), ("", "")],
)
def test_what_is_not_open_cannot_be_commented_on(sides: Sides, key: str, line: str) -> None:
    id = sides.open("wish")
    with pytest.raises(NotSharedError):
        add_comment(sides.engine, id, sides.coach.id, key, line, "comment", "x", TODAY)
    assert list_comments(sides.engine, id, sides.aki.id, TODAY) == []


@pytest.mark.parametrize("words", ["", "  \n", "あ" * (LONGEST + 1)])
def test_a_comment_of_no_or_too_many_characters_is_refused(sides: Sides, words: str) -> None:
    id = sides.open()
    with pytest.raises(CommentError):
        add_comment(sides.engine, id, sides.coach.id, "wish", "", "comment", words, TODAY)
    own = add_comment(sides.engine, id, sides.coach.id, "wish", "", "comment", "x" * LONGEST, TODAY)
    with pytest.raises(CommentError):
        answer_comment(sides.engine, id, sides.aki.id, own, words, TODAY)
    assert len(list_comments(sides.engine, id, sides.aki.id, TODAY)) == 1


def test_the_person_answers_takes_and_closes_and_the_coach_does_not(sides: Sides) -> None:
    id = sides.open()
    asked = add_comment(sides.engine, id, sides.coach.id, "wish", "", "question", "Why?", TODAY)
    with pytest.raises(NotSharedError):
        answer_comment(sides.engine, id, sides.coach.id, asked, "So", TODAY)
    with pytest.raises(NotSharedError):
        set_comment_state(sides.engine, id, sides.coach.id, asked, "closed", TODAY)
    answer = answer_comment(sides.engine, id, sides.aki.id, asked, "So", TODAY)
    with pytest.raises(NotSharedError):  # nobody answers an answer
        answer_comment(sides.engine, id, sides.aki.id, answer, "So", TODAY)
    set_comment_state(sides.engine, id, sides.aki.id, asked, "closed", TODAY)
    question, answered = list_comments(sides.engine, id, sides.coach.id, TODAY)
    assert (question.state, answered.answers, answered.words) == ("closed", asked, "So")


def test_a_coach_removes_their_own_words_with_the_answers_and_not_the_person_s(
    sides: Sides,
) -> None:
    id = sides.open()
    asked = add_comment(sides.engine, id, sides.coach.id, "wish", "", "question", "Why?", TODAY)
    answer = answer_comment(sides.engine, id, sides.aki.id, asked, "So", TODAY)
    for who, comment in ((sides.coach.id, answer), (sides.aki.id, asked)):
        with pytest.raises(NotSharedError):
            remove_comment(sides.engine, id, who, comment, TODAY)
    remove_comment(sides.engine, id, sides.coach.id, asked, TODAY)
    assert list_comments(sides.engine, id, sides.aki.id, TODAY) == []


def test_a_comment_of_another_share_cannot_be_reached_through_one_s_own(sides: Sides) -> None:
    one = sides.open()
    other = open_share(
        sides.engine, sides.somebody, sides.coach, ["wish"], UNTIL, TODAY, is_masked=False
    )
    asked = add_comment(sides.engine, one, sides.coach.id, "wish", "", "question", "Why?", TODAY)
    with pytest.raises(NotSharedError):
        answer_comment(sides.engine, other, sides.somebody.id, asked, "So", TODAY)
    with pytest.raises(NotSharedError):
        set_comment_state(sides.engine, other, sides.somebody.id, asked, "closed", TODAY)


# -- withdrawing and erasing -----------------------------------------------------------------------


@pytest.mark.stores("file", "server")
def test_withdrawing_leaves_no_row(sides: Sides) -> None:
    id = sides.open()
    add_comment(sides.engine, id, sides.coach.id, "wish", "", "comment", "x", TODAY)
    withdraw(sides.engine, id, sides.aki.id)
    with pytest.raises(NotSharedError):
        publish(sides.engine, id, sides.aki.id, {"wish": WISH})
    with sides.engine.connect() as connection:
        for table in (share_page, share_comment):
            assert connection.execute(select(table)).all() == []


def test_withdrawing_leaves_no_byte_of_a_page_or_a_comment(sides: Sides, data_dir: Path) -> None:
    id = sides.open()
    add_comment(sides.engine, id, sides.coach.id, "wish", "", "comment", "Zebra crossing", TODAY)
    assert withdraw(sides.engine, id, sides.aki.id)
    assert_no_byte(data_dir, "open a workshop", "Zebra")


def assert_no_byte(folder: Path, *words: str) -> None:
    """Check that no file of a folder holds one of these words."""
    stored = b"".join(file.read_bytes() for file in folder.iterdir())
    assert not [each for each in words if each.encode() in stored]


def long_page(key: str, word: str) -> SharedPage:
    """Return a page that takes several pages of the file."""
    lines = (SharedLine(f"x:{at}:y", "", f"{word} {at} " * 40) for at in range(60))
    return SharedPage(key, word, TODAY, tuple(lines))


@pytest.mark.parametrize("how", ["withdrawn", "closed", "dismissed", "ended", "erased"])
def test_whatever_ends_it_leaves_no_byte_though_others_have_the_file_open(
    sides: Sides, data_dir: Path, how: str
) -> None:
    page = long_page("week", "Zebra")
    id = sides.open("wish", "week")
    with sides.engine.connect() as another:  # as a page of the coach's has
        another.execute(select(share_page)).all()
        another.rollback()
        publish(sides.engine, id, sides.aki.id, {"week": page})
        line = page.lines[7].id
        add_comment(sides.engine, id, sides.coach.id, "week", line, "comment", "Good.", TODAY)
        assert b"Zebra 7" in b"".join(file.read_bytes() for file in data_dir.iterdir())
        if how == "withdrawn":
            assert withdraw(sides.engine, id, sides.aki.id)
        elif how == "closed":
            aki = sides.aki.id
            change_share(sides.engine, id, aki, ["wish"], UNTIL, TODAY, is_masked=False)
            [kept] = list_comments(sides.engine, id, aki, TODAY)
            assert (kept.words, kept.quote) == ("Good.", "")
        elif how == "dismissed":
            dismiss(sides.engine, sides.aki.id)
        elif how == "ended":
            assert remove_ended(sides.engine, UNTIL + timedelta(days=2)) == 1
            assert vacuum(sides.engine)
        else:
            assert Book(sides.engine, sides.aki.id).erase_everything().swept
        assert_no_byte(data_dir, "Zebra")


@pytest.mark.stores("file", "server")
def test_a_contact_who_is_erased_is_gone_from_what_a_coach_reads(book: Book) -> None:
    sides = Sides(book.engine)
    contact = book.add("contact", name="架空 花子")
    me = ShareParty(ME, "Me")
    card, line = f"contact:{contact}", SharedLine("contact:note", "Note", "架空さんは猫が好き")
    id = open_share(book.engine, me, sides.coach, [card, "week"], UNTIL, TODAY, is_masked=False)
    week = SharedPage("week", "Week", TODAY, (SharedLine("step:s", "", "架空さんに電話"),))
    publish(
        book.engine, id, ME, {card: SharedPage(card, "架空 花子", TODAY, (line,)), "week": week}
    )
    for key, at in ((card, "contact:note"), ("week", "step:s")):
        add_comment(book.engine, id, sides.coach.id, key, at, "comment", "Kind.", TODAY)
    before = share_state(book.engine, sides.coach.id, TODAY)
    book.erase(contact)
    assert share_state(book.engine, sides.coach.id, TODAY) != before
    assert read_pages(book.engine, id, sides.coach.id, TODAY) == []
    assert [each.quote for each in list_comments(book.engine, id, ME, TODAY)] == [""]
    assert chosen_keys(book.engine, id, ME) == ["week"]


def test_a_book_that_is_erased_shows_nothing_any_more(book: Book) -> None:
    sides = Sides(book.engine)
    me = ShareParty(ME, "Me")
    open_share(book.engine, me, sides.coach, ["wish"], UNTIL, TODAY, is_masked=False)
    theirs = sides.open()
    book.erase_everything()
    assert shares_given(book.engine, ME) == []
    assert read_pages(book.engine, theirs, sides.coach.id, TODAY) == [WISH]


# -- without a server ------------------------------------------------------------------------------


def test_pages_from_a_file_are_read_commented_on_and_removed_by_their_reader(
    sides: Sides,
) -> None:
    ren = ShareParty(ME, "Ren")
    id = receive_pages(sides.engine, ren, "Aki Sample", "s-1", UNTIL, [WISH])
    (received,) = shares_received(sides.engine, ME, TODAY)
    assert (received.person.name, received.origin) == ("Aki Sample", "s-1")
    add_comment(sides.engine, id, ME, "wish", "goal:g:wish", "comment", "x", TODAY)
    again = receive_pages(sides.engine, ren, "Aki Sample", "s-1", UNTIL, [WEEK])
    assert again == id
    assert read_pages(sides.engine, id, ME, TODAY) == [WEEK]
    assert len(list_comments(sides.engine, id, ME, TODAY)) == 1
    withdraw(sides.engine, id, ME)
    assert shares_received(sides.engine, ME, TODAY) == []


def test_comments_from_a_file_are_added_once_and_only_to_one_s_own_pages(sides: Sides) -> None:
    id = sides.open()
    said = Comment(
        "c", "wish", "", "", "reader", "comment", "x", "2026-12-01T00:00:00Z", "", "open"
    )
    assert receive_comments(sides.engine, sides.aki.id, id, [said], TODAY) == 1
    assert receive_comments(sides.engine, sides.aki.id, id, [said], TODAY) == 0
    other = sides.open()  # the same id in another file is another comment
    assert receive_comments(sides.engine, sides.aki.id, other, [said], TODAY) == 1
    [kept] = list_comments(sides.engine, id, sides.aki.id, TODAY)
    assert (kept.words, kept.made_at) == (said.words, said.made_at)
    for who in (sides.coach.id, sides.somebody.id, ""):
        with pytest.raises(OtherShareError):
            receive_comments(sides.engine, who, id, [said], TODAY)
