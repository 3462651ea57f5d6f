"""What a page says too much, too long or wrongly: nothing changes, nobody else notices, it goes on.

A script that got into the page speaks here: it has the page's own websocket and its messages.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import expect

from enishi.i18n import texts
from faults import Person
from serving import wait_until

pytest_plugins = ["server_fixtures", "fault_fixtures"]
pytestmark = pytest.mark.browser

SLOW = 60_000
NOTICE = 8
"""Seconds for which is told that something was refused."""
MEGABYTE = 1024 * 1024

WRITE = """
const before = JSON.parse(sent.findLast((frame) => frame.length < 1e5));
window.numbers ??= Date.now() * 1000; // so that none was heard before
const speak = (change) => {
  const frame = structuredClone(before);
  frame.header.msg_id = crypto.randomUUID();
  frame.content.data.content.n = ++numbers;
  change(frame.content.data.content, frame);
  sockets.at(-1).send(JSON.stringify(frame));
};
"""
"""Speaks as the page did when it wrote last, with a change."""


def run(person: Person, script: str) -> Any:
    """Let the script in the page run."""
    return person.page.evaluate(f"() => {{ {WRITE} {script} }}")


def book(home: Path) -> list[str]:
    """Everything in the book, its journal too."""
    with closing(sqlite3.connect(f"file:{home}/book.sqlite3?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


def calls(lines: list[str]) -> list[str]:
    """What was done, as the journal has it."""
    return [line for line in lines if line.startswith('INSERT INTO "change"')]


def told(person: Person) -> list[str]:
    """What came over the wire and is no state of a sheet."""
    frames: list[str] = person.page.evaluate("got")
    return frames


def memory(*processes: psutil.Process) -> int:
    return sum(process.memory_info().rss for process in processes) // MEGABYTE


@pytest.mark.thorough
def test_a_flood_disturbs_nobody_else_and_the_page_that_made_it_is_stopped_in_words(
    person: Person,
) -> None:
    server = psutil.Process(person.server.process.pid)
    kernel = person.server.kernel_process()
    other = person.page.context.new_page()
    other.goto(f"{person.root}/voila/render/03-strengths.ipynb")
    expect(other.locator("section#inventory")).to_be_visible(timeout=SLOW)
    before = memory(server, kernel)
    run(
        person,
        """
        window.count = 0;
        window.flood = setInterval(() => {
          if (sockets.at(-1).readyState !== WebSocket.OPEN) return clearInterval(window.flood);
          for (let i = 0; i < 20; i++)
            speak((message) => { message.values = { glad: `${count++}` }; });
        }, 20);
        """,
    )
    wait_until(lambda: bool(person.page.evaluate("count") > 400))
    entry = other.locator("section#inventory [data-prompt]").first
    entry.fill("話を聴く")
    entry.press("Enter")
    expect(other.locator("section#inventory .jotted textarea").last).to_have_value("話を聴く")
    expect(person.banner).to_be_hidden()  # it was saved in the middle of the flood

    expect(person.banner).to_contain_text(person.says("flooded"), timeout=SLOW)
    assert person.page.evaluate("count") > 2000
    assert memory(server, kernel) < before + 150
    wish = person.kept("wish")
    other.close()
    person.banner.get_by_role("button", name=person.says("again")).click()
    expect(person.field("wish")).to_have_value(wish, timeout=SLOW)
    expect(person.banner).to_be_hidden()
    person.keep("proof", "静かになってから書いた")


def test_a_message_of_more_than_ten_megabytes_is_refused_and_the_page_goes_on(
    person: Person, faults_dir: Path
) -> None:
    before = book(faults_dir)
    run(
        person, "speak((message) => { message.values = { proof: 'x'.repeat(11 * 1024 * 1024) }; });"
    )
    expect(person.banner).to_contain_text(person.says("refused"))
    back = "sockets.length == 2 && enishi.line.isConnected"
    wait_until(lambda: bool(person.page.evaluate(back)))
    person.after(NOTICE)
    expect(person.banner).to_be_hidden(timeout=SLOW)
    assert person.page.evaluate("sockets.length") == 2  # it came back once, and did not try again
    assert book(faults_dir) == before
    person.keep("proof", "短い文")


def test_a_message_of_almost_ten_megabytes_that_fits_no_field_is_refused_in_a_sentence(
    person: Person, faults_dir: Path
) -> None:
    before = book(faults_dir)
    run(person, "speak((message) => { message.values = { proof: 'x'.repeat(9.5e6) }; });")
    wait_until(lambda: any("300 文字まで" in json_text(frame) for frame in told(person)))
    assert book(faults_dir) == before
    assert person.page.evaluate("sockets.length") == 1
    person.keep("proof", "短い文")


def json_text(frame: str) -> str:
    """A frame with its characters as they are read."""
    return json.dumps(json.loads(frame), ensure_ascii=False) if frame.startswith("{") else frame


@pytest.mark.thorough
def test_ten_thousand_people_come_in_with_one_file(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "linkedin.csv"
    rows = (
        f"見本{n},架空,https://www.linkedin.com/in/sample-{n},,,,20 Nov 2024" for n in range(10_000)
    )
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    file.write_text("\n".join([head, *rows]), encoding="utf-8")
    person.open("04-contacts", "add")
    bring = person.page.locator("section#add")
    title = texts("contacts", person.language)["screens"]["add"]["from_file"]
    bring.locator("summary", has_text=title).click()
    bring.locator("input[type=file]").set_input_files(file)
    bring.locator(".acts .main").click(timeout=2 * SLOW)
    expect(bring.locator('[data-focus="earlier"]')).to_be_visible(timeout=2 * SLOW)
    with closing(sqlite3.connect(person.data / "book.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM contact").fetchone() == (10_000,)


JUNK = """
for (const text of ["", "{", "null", "[]", "1", '"x"', "{}", "\\u0000", "!!", "??",
  "[".repeat(100000), '{"channel": []}', '{"channel": "shell"}',
  '{"channel": "nowhere", "header": {}}', '{"channel": "shell", "header": null}',
  '{"channel": "shell", "header": {"msg_type": "comm_msg"}}'])
  sockets.at(-1).send(text);
for (const bytes of [new Uint8Array(0), new Uint8Array([1, 2, 3]), new Uint8Array(5000).fill(255)])
  sockets.at(-1).send(bytes);
"""
MISFITS = """
for (const [name, wrong] of [["channel", 5], ["content", 5], ["content", null], ["content", {}],
  ["parent_header", []], ["metadata", 7], ["buffers", "x"]])
  speak((message, frame) => { frame[name] = wrong; });
for (const [name, wrong] of [["date", "yesterday"], ["session", 5], ["msg_id", {}], ["msg_type", 1],
  ["msg_type", "execute_request"], ["msg_type", "shutdown_request"], ["msg_type", "nothing"]])
  speak((message, frame) => { frame.header[name] = wrong; });
for (const wrong of [[], "x", null, { method: "dance" }, { method: "custom" },
  { method: "custom", content: [] }, { method: "custom", content: { do: 1, n: 1 } },
  { method: "update", state: { state: {}, words: 5, answer: [], _esm: "1" }, buffer_paths: [] },
  { method: "update", state: 5 }, { method: "update", state: {}, buffer_paths: [["state"]] }])
  speak((message, frame) => { frame.content.data = wrong; });
speak((message, frame) => { frame.content.comm_id = "nobody"; });
for (const target_name of ["nobody", "jupyter.widget"])
  speak((message, frame) => {
    frame.header.msg_type = "comm_open";
    const data = { state: { _model_name: "Nobody" } };
    frame.content = { comm_id: target_name, target_name, data };
  });
"""
"""Messages that are none, or are not for anybody."""
WRONG_VERBS = """
for (const wrong of [{ do: "__class__" }, { do: "forget" }, { n: "one" }, { n: null }, { n: 1.5 },
  { table: 5 }, { table: "person" }, { table: "../goal" }, { id: "" }, { id: "x".repeat(65) },
  { version: "1" }, { version: -1 }, { version: 1e40 }, { values: {} }, { values: [] },
  { values: { proof: 5 } }, { values: { proof: null } }, { values: { proof: { $ne: 1 } } },
  { values: { id: "x" } }, { values: { owner: "x" } }, { values: { "proof; --": "x" } },
  { values: { by: "yesterday" } }, { values: { closed: "elsewhere" } }, { more: true }])
  speak((message) => { Object.assign(message, wrong); });
"""
"""Messages to the sheet, each wrong in one place."""


@pytest.mark.parametrize("said", [JUNK, MISFITS, WRONG_VERBS], ids=["junk", "misfits", "verbs"])
def test_what_fits_no_schema_changes_nothing_and_the_page_goes_on(
    person: Person, faults_dir: Path, said: str
) -> None:
    before, kernel = book(faults_dir), person.server.kernel_process()
    run(person, said)
    person.keep("proof", f"つづき {len(said)}")  # by now all that was said before has been heard
    expect(person.wish.locator("h2")).to_have_text(person.words("wish")["question"])
    assert len(calls(book(faults_dir))) == len(calls(before)) + 1
    assert person.server.kernel_process().pid == kernel.pid
    assert person.page.evaluate("sockets.length") == 1
    for frame in told(person):
        for secret in ("Traceback", "site-packages", "sqlalchemy"):
            assert secret not in frame


def test_a_failure_that_nobody_foresaw_is_one_sentence_and_tells_nothing(
    person: Person, faults_dir: Path
) -> None:
    with closing(sqlite3.connect(faults_dir / "book.sqlite3")) as connection:
        for change in ("INSERT", "UPDATE"):
            fails = f"CREATE TRIGGER no_{change} BEFORE {change} ON goal"
            connection.execute(f"{fails} BEGIN SELECT RAISE(ABORT, 'ひみつの理由'); END")
        try:
            person.try_to_keep("proof", "ひみつの文")
            expect(person.trouble).to_contain_text("うまくいかなかったので、何も変えていません。")
            expect(person.field("proof")).to_have_value("ひみつの文")
        finally:
            for change in ("INSERT", "UPDATE"):
                connection.execute(f"DROP TRIGGER no_{change}")
    for frame in told(person):
        for secret in ("Traceback", "site-packages", "ひみつの文", "ひみつの理由"):
            assert secret not in json_text(frame)
    person.try_to_keep("proof", "ひみつの文。")
    person.saved(person.wish)
