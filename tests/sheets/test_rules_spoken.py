"""Every rule is spoken in a small book that calls for it, and is silent when switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from enishi.coach.asking.queue import REASON_TO_ASK, open_questions
from enishi.coach.giving.first_gifts import gifts_before_asks
from enishi.coach.giving.gift_ideas import read_ideas, suggest_gifts
from enishi.coach.giving.give_check import check_give
from enishi.coach.giving.promises import detect_promises
from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.goal.phase import phase
from enishi.coach.goal.place_answers import reason_of_ends, reason_of_takers
from enishi.coach.goal.vague_wish import find_vague
from enishi.coach.language.phrase_rules import read_phrase_rules
from enishi.coach.language.solicitation_signs import HINT
from enishi.coach.messages.lint import find_issues
from enishi.coach.messages.message_kind import suggest_kinds
from enishi.coach.messages.request_timing import weigh_ask
from enishi.coach.network.checkup import check_up
from enishi.coach.network.introduction_steps import introduction_tasks
from enishi.coach.network.introductions import find_likely_contacts, paths_to, suggest_pairs
from enishi.coach.network.worlds import ways_into_world
from enishi.coach.people.note_caution import note_caution
from enishi.coach.relations.sign_questions import sign_question
from enishi.coach.relations.solicitation import SIGNS, read_signs
from enishi.coach.review.events import prepare_event
from enishi.coach.review.wish_sides import find_missing_side
from enishi.coach.rules.catalogue import FAMILIES, MANDATORY, RULES, families
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.hobbies import days_together
from enishi.coach.today.beginning import first_beginning
from enishi.coach.today.cautions import find_cautions
from enishi.coach.today.focus import focus
from enishi.coach.today.quiet_hours import good_moment
from enishi.coach.today.rest import is_back
from enishi.coach.today.suggestions import explain_exclusions, suggest_contacts
from enishi.coach.today.weekly_load import load
from enishi.i18n import read_texts, texts
from frames import Row, frames
from introduced import book as introduced_book
from widgets.base.explanations import describe_issues

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 3, 0)
HERE = {"id": "c", "name": "見本"}
JUST = HERE | {"known_as": "just_met"}
WARY = {"signs": ["pay_first"]}
Rows = list[dict[str, Any]]


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def met(*days: int, **more: Any) -> Rows:
    """Meetings with `c`, so many days ago."""
    return [{"contact_id": "c", "on": ago(day), "kind": "meal", **more} for day in days]


def sent(*days: int) -> Rows:
    return met(*days, kind="message", started_by="me")


def gave(out: int, into: int) -> Rows:
    give = [{"contact_id": "c", "direction": "out", "state": "done"}] * out
    return give + [{"contact_id": "c", "direction": "in", "state": "done"}] * into


def people(count: int, **columns: Any) -> Rows:
    return [{"id": f"p{i}", "name": f"見本{i}", **columns} for i in range(count)]


def pairs(names: list[str], state: str) -> Rows:
    return [
        {"a_id": a, "b_id": b, "state": state} for i, a in enumerate(names) for b in names[i + 1 :]
    ]


def of_the_list(rule: Settings) -> Iterator[str]:
    """Somebody for every act, and somebody for every gate."""
    goal = {"goal": [{"id": "g", "wish": "制作者"}], "role": [{"id": "r", "does": "Web制作"}]}
    books = [
        frames(contact=[JUST | {"met_on": ago(1)}]),
        frames(contact=[JUST], encounter=[*met(10), *sent(9)]),
        frames(
            contact=[JUST | {"met_on": ago(20)}],
            encounter=[*met(20), *met(19, 10, kind="message", started_by="me", two_way=True)],
            setting=[{"id": "stand_pace", "value": "three"}],
        ),
        frames(contact=[JUST | {"met_on": ago(41)}]),
        frames(contact=[HERE], encounter=met(120, 20), give=gave(0, 4)),
        frames(contact=[HERE | {"birthday": ago(0)}], encounter=met(120, 20)),
        frames(contact=[HERE | {"focus": True}], encounter=met(120, 50)),
        frames(
            contact=[
                HERE | {"closeness": "close", "last_talk": "longer", "last_talk_said_on": ago(30)}
            ]
        ),
        frames(contact=[HERE | {"role_id": "r", "met_on": ago(400)}], **goal),
        frames(contact=[HERE | {"role_id": "r", "met_on": ago(400), "ahead": "steps"}], **goal),
        frames(
            contact=[HERE | {"role_id": "r", "met_on": ago(400)}],
            goal=goal["goal"],
            role=[goal["role"][0] | {"needed_now": True}],
        ),
        frames(contact=[HERE | {"focus": True}], encounter=met(900, 800)),
        frames(
            contact=[HERE],
            encounter=met(120, 20),
            event=[{"id": "e", "host_id": "c", "name": "例の展示", "on": ago(-1)}],
        ),
    ]
    promise = [{"contact_id": "c", "words": "本を送る", "due": due} for due in (ago(0), None)]
    for row in promise:
        kept = frames(contact=[HERE], promise=[row])
        yield from (fit.reason.rule for fit in suggest_kinds(kept, "c", TODAY, NOON, rule))
    for book in books:
        yield from (row.reason.rule for row in suggest_contacts(book, TODAY, NOON, rule))
    asleep: Row = {"contact": [HERE | {"focus": True}], "encounter": met(900, 800)}
    usual: Row = {"contact": [HERE | {"focus": True, "channel": "letter"}]}
    said: list[Row] = [
        {"answer": [{"question": "fading", "contact_id": "c", "on": ago(1), "chosen": why}]}
        for why in ("nothing", "hurt")
    ]
    for more in (usual, *said):
        book = frames(**asleep | more)
        ready = [one.ready.reason for one in suggest_contacts(book, TODAY, NOON, rule)]
        yield from (because.rule for because in ready if because)
    answer = {"question": "closer", "contact_id": "c", "chosen": "too_much", "on": ago(30)}
    late = frames(contact=[HERE | {"focus": True}], encounter=met(120, 50), answer=[answer])
    for one in suggest_contacts(late, TODAY, NOON, rule):
        yield from [one.ready.reason.rule] if one.ready.reason else []
    idle = {"encounter": met(120, 50), "contact": [HERE | {"focus": True}]}
    crowd = [
        {"contact_id": f"p{i}", "on": ago(0), "kind": "message", "started_by": "me"}
        for i in range(5)
    ]
    just = JUST | {"met_on": ago(1)}
    held = [
        frames(contact=[just | {"do_not_contact": True}]),
        frames(contact=[just | WARY]),
        frames(contact=[just | {"closed": True}]),
        frames(
            contact=[HERE | {"role_id": "r", "met_on": ago(400)}],
            answer=[{"question": "first_move", "contact_id": "c", "chosen": "they", "on": ago(1)}],
            **goal,
        ),
        frames(contact=[just | {"quiet_until": ago(-9)}]),
        frames(contact=[idle["contact"][0] | {"comfort": 2}], encounter=idle["encounter"]),
        frames(contact=[idle["contact"][0] | {"afternoon": "rather_not"}], encounter=met(120, 50)),
        frames(contact=[HERE | {"focus": True}], encounter=[*met(120, 50), *sent(20, 10)]),
        frames(contact=[just], review=[{"on": ago(1), "rest": True}]),
        frames(
            contact=[JUST],
            encounter=[*met(10), *sent(9)],
            review=[{"kind": "week", "on": ago(1), "widen": "nobody"}],
        ),
        frames(
            contact=[*idle["contact"], *people(5)],
            encounter=[*idle["encounter"], *crowd],
        ),
    ]
    for book in held:
        yield from (why.rule for why in explain_exclusions(book, TODAY, NOON, rule).values())
    kind = {"role": [{"id": "r", "does": "Web制作"}]}
    beginnings = [
        frames(goal=[{"start": "work"}]),
        frames(goal=[{"start": "study"}]),
        frames(goal=[{"start": "study"}], contact=[HERE | {"ahead": "near"}]),
        frames(goal=[{"start": "introduced"}], **kind),
    ]
    for book in beginnings:
        if first := first_beginning(book, rule):
            yield first.reason.rule
    if open_questions(frames(contact=[HERE], encounter=met(1, hard=True)), TODAY, rule):
        yield REASON_TO_ASK.rule
    if is_back(TODAY - timedelta(days=40), TODAY, rule):
        yield "welcome_back"


def of_gifts(rule: Settings) -> Iterator[str]:
    """Somebody with an idea of mine, a need, a pleasure, a topic; and somebody hardly known."""
    known: list[tuple[Row, Rows]] = [
        ({"needs": ["お店の写真"]}, []),
        ({}, [{"contact_id": "c", "words": "ブログの感想"}]),
        ({"topics": ["写真"]}, []),
        ({}, [{"contact_id": "c", "words": "家族の写真"}]),
        ({}, []),
    ]
    own = [{"contact_id": "c", "state": "planned", "what": "展示に誘う"}]
    book = frames(contact=[HERE], give=own)
    yield from (gift.reason.rule for gift in suggest_gifts("c", book, settings=rule))
    mine: Rows = [{"id": "s", "name": "写真"}]
    offer = [{"what": "近所の店を教える", "size": "small"}]
    voice = [{"who": "姉", "picks": ["お店の写真"]}]
    ideas = read_ideas(read_texts("gives"))
    for columns, fact in known:
        book = frames(contact=[HERE | columns], fact=fact, strength=mine)
        yield from (gift.reason.rule for gift in suggest_gifts("c", book, ideas, settings=rule))
        book = frames(contact=[HERE | columns], fact=fact, offer=offer, voice=voice)
        yield from (gift.reason.rule for gift in suggest_gifts("c", book, ideas, settings=rule))
    gladdened = {"contact_id": "c", "way": "cheer", "what": "感想", "effect": "喜ばれた"}
    others = [HERE, HERE | {"id": "d"}]
    book = frames(contact=others, give=[gladdened | {"direction": "out", "state": "done"}])
    for id in ("c", "d"):
        yield from (gift.reason.rule for gift in suggest_gifts(id, book, ideas, settings=rule))
    twice = [gladdened | {"direction": "out", "state": "done"}] * 2
    book = frames(contact=others, give=twice)
    yield from (gift.reason.rule for gift in suggest_gifts("d", book, ideas, settings=rule))
    asks = [{"question": "first_move", "contact_id": "c", "chosen": "ask", "on": ago(1)}]
    book = frames(contact=[JUST], answer=asks)
    yield from (gift.reason.rule for gift in gifts_before_asks(book, ideas, rule).values())
    both: Rows = [{"name": "将棋", "prompt": "like"}]
    book = frames(contact=[HERE | {"topics": ["将棋"]}], strength=both)
    yield from (day.rule for day in days_together(book, "c", TODAY, rule))
    asked = {"wanted": "no", "easy": "no", "no_strings": "no"}
    yield from (reason.rule for reason in check_give(asked, rule))


def of_people_in_focus(rule: Settings) -> Iterator[str]:
    """Five in focus; two who might be."""
    full = focus(frames(contact=people(5, focus=True)), TODAY, rule).full
    if full:
        yield full.rule
    liked = {"met_on": ago(50), "comfort": 4}
    goal = {"goal": [{"id": "g", "wish": "制作者"}], "role": [{"id": "r", "does": "Web制作"}]}
    book = frames(contact=[*people(1, afternoon="gladly", **liked), HERE | liked], **goal)
    book["contact"].loc["c", "role_id"] = "r"
    yield from (why.rule for _, why in focus(book, TODAY, rule).proposed)


def of_the_goal(rule: Settings) -> Iterator[str]:
    """Plans and wishes that leave something open; an invitation that hides its purpose."""
    findings = [
        *check_plan("", ""),
        *check_plan("木曜の勉強会で席に着いたら", "積極的になる"),
        *check_plan("木曜の勉強会で席に着いたら", "だまりこまない"),
        *find_vague("いつか、すごい人と人脈を作って、もっと活躍できたらいいな"),
    ]
    yield from (row["rule"] for row in describe_issues(findings, rule, texts("rules", "ja")))
    both = [{"wish": "制作者", "area": "both"}]
    for known_as in ("colleague", "friend"):
        book = frames(goal=both, contact=[HERE | {"known_as": known_as}], encounter=met(3))
        side = find_missing_side(book, TODAY, rule)
        if side:
            yield side.reason.rule
    for signs in (["amazing_person"], ["purpose_hidden"], ["pay_first"]):
        caution = read_signs(signs).reason
        assert caution
        yield caution.rule
    for example in of_signs_read():
        book = frames(contact=[HERE | {"note": example}])
        asked = sign_question(book, "contact", "c", rule)
        if asked:
            yield asked.reason.rule


def of_signs_read() -> Iterator[str]:
    """A sentence for each sign of solicitation."""
    for rule in read_phrase_rules("solicitation"):
        if rule.section in SIGNS and not rule.key.startswith(HINT):
            yield rule.examples[0]


def of_promises(rule: Settings) -> Iterator[str]:
    """Lines that sound like a promise."""
    texts_ = (
        "また食事でも",
        "資料を送りますね",
        "例さんを紹介しますね",
        "また連絡します",
        "手伝いますね",
    )
    for text in texts_:
        yield from (heard.reason.rule for heard in detect_promises(text, TODAY, rule))


def of_requests(rule: Settings) -> Iterator[str]:
    """A request of somebody just met, soon after the last one, with a promise still open."""
    reasons = weigh_ask(
        3,
        1,
        gives_in=4,
        days_since_ask=3,
        open_promise=True,
        unanswered=2,
        signs=True,
        not_before=TODAY,
        settings=rule,
    )
    yield from (reason.rule for reason in reasons)


def of_warnings(rule: Settings) -> Iterator[str]:
    """A strain for each warning."""
    mixers = [{"id": f"e{i}", "kind": "mixer", "on": ago(5 + 7 * i)} for i in range(3)]
    there = [
        {"contact_id": f"p{i}", "event_id": f"e{i}", "on": ago(5 + 7 * i), "kind": "event"}
        for i in range(3)
    ]
    books = [
        frames(contact=[HERE], give=gave(1, 4)),
        frames(contact=[HERE], give=gave(6, 0)),
        frames(contact=[HERE], encounter=met(*range(40, 47), started_by="me")),
        frames(contact=[HERE | {"ahead": "far", "focus": True}]),
        frames(contact=[HERE], encounter=met(20, 10, comfort=2)),
        frames(contact=[HERE], encounter=sent(20, 10)),
        frames(contact=people(3), event=mixers, encounter=there),
        frames(contact=people(5, met_on=ago(10), known_as="just_met")),
        frames(contact=[HERE], encounter=met(3, 2, 1, hard=True)),
        frames(contact=[HERE | WARY]),
    ]
    for book in books:
        yield from (guard.reason.rule for guard in find_cautions(book, TODAY, rule))
    if told := note_caution("心療内科に通っている", rule):
        yield told.rule
    busy = Settings(switched_off=rule.switched_off, grow_s2_days=1, capacity_per_week=1)
    heavy = load(frames(contact=[HERE | {"focus": True}], encounter=met(50, 40)), TODAY, busy)
    if heavy:
        yield heavy.rule


def of_phases(rule: Settings) -> Iterator[str]:
    """Three people known and liked; two who trust me."""
    twice = [
        {"contact_id": f"p{i}", "on": on, "kind": "meal"}
        for i in range(3)
        for on in (ago(50), ago(40))
    ]
    liked = frames(
        goal=[{"wish": "制作者", "phase": "explore"}],
        contact=people(3, comfort=4),
        encounter=twice,
    )
    trusted = introduced_book(bridges=("bridge", "other"))
    trusted["goal"] = frames(goal=[{"wish": "制作者", "phase": "deepen"}])["goal"]
    for book in (liked, trusted):
        found = phase(book, TODAY, rule)
        if found.reason:
            yield found.reason.rule


def of_introductions(rule: Settings) -> Iterator[str]:
    """Ways through one, through two, through words; two to introduce; every step of the desk."""
    near = introduced_book(ties=[("bridge", "goal", "close")])
    far = introduced_book(ties=[("bridge", "second", "close"), ("second", "goal", "close")])
    for book in (near, far):
        yield from (path.reason.rule for path in paths_to(book, "goal", TODAY, rule))
    shared = introduced_book(
        bridges=("bridge", "other"), bridge={"topics": ["写真"]}, other={"topics": ["写真"]}
    )
    yield from (
        way.reason.rule for way in find_likely_contacts(shared, "写真を撮る人", TODAY, rule)
    )
    yield from (pair.reason.rule for pair in suggest_pairs(shared, TODAY, rule))
    curious = frames(
        contact=[HERE | {"focus": True, "circles": ["例の合唱"]}],
        goal=[{"wish": "制作者", "curious": "例の合唱"}],
    )
    yield from (way.reason.rule for way in ways_into_world(curious, TODAY, rule))
    steps = ("planned", "asked", "bridge_agreed", "target_agreed", "introduced", "thanked")
    under_way = [
        {"bridge_id": "c", "target_words": "例の人", "state": state, "on": ago(60)}
        for state in steps
    ]
    for errand in introduction_tasks(frames(contact=[HERE], introduction=under_way), TODAY, rule):
        if errand.reason:
            yield errand.reason.rule


def of_the_net(rule: Settings) -> Iterator[str]:
    """Who brings people, who is missing, how many circles, who sleeps."""
    brought = [{"id": k, "name": k, "through_id": "p0"} for k in "ab"]
    names = [f"p{i}" for i in range(5)]
    near = people(5, known_as="friend")
    books = [
        frames(contact=[*people(3), *brought]),
        frames(contact=people(8, how_met="例の会", circles=["例の会社"])),
        frames(goal=[{"id": "g", "wish": "制作者"}], role=[{"goal_id": "g", "does": "Web制作"}]),
        frames(contact=near, tie=pairs(names, "strangers")),
        frames(contact=near, tie=pairs(names, "close")),
        frames(contact=near),
        frames(
            contact=people(2, afternoon="gladly", respect_for="目のよさ"),
            encounter=[{"contact_id": f"p{i}", "on": "2020-01-01"} for i in range(2)],
        ),
    ]
    for book in books:
        yield from (note.reason.rule for note in check_up(book, TODAY, rule))


def of_drafts(rule: Settings) -> Iterator[str]:
    """Drafts that would make somebody step back."""
    for text in (
        "一緒にビジネスをしましょう。弊社のサービスをご提案します。至急お返事ください。",
        "メンターになってください。人脈を広げたいです。",
        "ぜひ一度お会いしたいです。試験 太郎",
        "貴重なお時間をありがとうございました。",
        "デザイナーを紹介していただけませんか。",
        "ありがとうございました。資料を教えていただけませんか。本も貸していただけませんか。",
        "試験 太郎です。私は学んでいます。私の目標は独立です。私は練習しています。" * 20,
    ):
        found = find_issues(text, stage=1, me="試験 太郎", first=True, settings=rule)
        yield from (finding.rule for finding in found)


def of_evenings(rule: Settings) -> Iterator[str]:
    """An evening where much speaks for going, and one to which nothing is brought."""
    place: Row = {"id": "p", "name": "例の会", "rhythm": "weekly", "role_id": "r"}
    place |= {"entrance_id": "c", "unknown_organiser": True}
    for bring in ("差し入れ", ""):
        event = {"id": "e", "on": ago(-5), "place_id": "p", "bring": bring, "host_id": "c"}
        plan = prepare_event(frames(event=[event], place=[place], contact=[HERE]), "e", TODAY, rule)
        yield from (reason.rule for reason in (*plan.why, *plan.why_not))
    events: Rows = [{"id": f"e{i}", "kind": "mixer", "on": ago(i), "done": True} for i in range(3)]
    said = {"went_on": "ended", "came_to": "get"}
    answers = [
        {"question": code, "about": event["id"], "chosen": chosen, "on": ago(0)}
        for code, chosen in said.items()
        for event in events
    ]
    book = frames(event=events, answer=answers)
    fourth = {"kind": "mixer", "place_id": ""}
    for reason in (reason_of_ends(book, fourth, rule), reason_of_takers(book, fourth, rule)):
        if reason:
            yield reason.rule


def of_days(rule: Settings) -> Iterator[str]:
    """Work on a public holiday, over New Year, on a Saturday; anything at night."""
    days = (datetime(2026, 11, 23, 12), datetime(2026, 12, 30, 12), datetime(2026, 11, 14, 12))
    for now in (*days, datetime(2026, 11, 19, 23)):
        why = good_moment(now, work=True, settings=rule).reason
        if why:
            yield why.rule


SCENES: dict[str, Callable[[Settings], Iterator[str]]] = {
    "list": of_the_list,
    "gates": of_the_list,
    "gifts": of_gifts,
    "focus": of_people_in_focus,
    "goal": of_the_goal,
    "promises": of_promises,
    "requests": of_requests,
    "warnings": of_warnings,
    "phases": of_phases,
    "introductions": of_introductions,
    "net": of_the_net,
    "drafts": of_drafts,
    "evenings": of_evenings,
    "days": of_days,
}
every_family = pytest.mark.parametrize("family", FAMILIES)


@every_family
def test_every_rule_is_spoken_where_it_is_called_for(family: str) -> None:
    assert set(families()[family]) <= set(SCENES[family](Settings()))


@every_family
def test_a_rule_that_is_switched_off_is_silent(family: str) -> None:
    silent = Settings(switched_off=frozenset(RULES))

    assert set(SCENES[family](silent)) <= MANDATORY
