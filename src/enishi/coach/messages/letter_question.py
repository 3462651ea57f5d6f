"""The one real question that a letter puts to its reader (B24)."""

from __future__ import annotations

import re
from datetime import date

from enishi.choices import REQUESTS
from enishi.coach.giving.fact_gifts import quotable
from enishi.coach.messages.lint import is_request, leaves_way_out
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import Frames, is_filled, isin
from enishi.coach.relations.talks import TOGETHER, last_exchange

ASKING_OTHERWISE = (*REQUESTS, "consent", "introduce")
"""Kinds of letter whose question is a request, or whether two people may be introduced."""
_QUESTION = re.compile(
    r"[^\n。！!？?]*?(?:[？?]|か。|(?:です|ます|ました|でしょう)か(?=[ \u3000]*$))", re.MULTILINE
)
_EARLIER_EN = re.compile(r"^.*[.;:]\s+(?=\S)")
_GREETING = re.compile(
    r"お元気|お変わり|いかがお過ごし|お久しぶり|^how are you(?: doing)?\?$|^how have you been\?$",
    re.IGNORECASE,
)
_QUOTED_CHARACTERS = 120
"""The most characters of a question that are quoted."""


def question_in(text: str) -> str:
    """Return the last real question in a letter; '' where it has none.

    A request is none, nor is a way out of one, a greeting, or a sentence with a gap still to fill.

    >>> question_in("お元気ですか。個展の準備は、その後いかがですか？三十分いただけますか。")
    '個展の準備は、その後いかがですか？'
    >>> question_in("How are you? I moved. How is the map going? Could you send it?")
    'How is the map going?'
    >>> question_in("Could you give me half an hour?")
    ''
    """
    found = ""
    for hit in _QUESTION.finditer(text):
        sentence = _EARLIER_EN.sub("", hit[0].strip())
        leaves_open = leaves_way_out(sentence)
        if is_request(sentence) or leaves_open or _GREETING.search(sentence) or "［" in sentence:
            continue
        found = sentence if len(sentence) > 4 else found
    return quotable(found, _QUOTED_CHARACTERS)


def answer_heard(frames: Frames, contact_id: str, today: date) -> tuple[str, str] | None:
    """Return what a contact answered to the question of a letter, until the next talk with them.

    Args:
        frames: needs answer, encounter and message.
        contact_id: the contact.
        today: the user's current date.

    Returns:
        The question and the answer in the user's words; the question is '' once the letter is gone.
        None where nothing was answered since the last talk.
    """
    rows = answers_to(frames, "their_answer")
    rows = rows[isin(rows["contact_id"], contact_id) & is_filled(rows["words"])]
    if rows.empty:
        return None
    answer, message = rows.iloc[-1], frames["message"]
    last = last_exchange(frames, contact_id, today, *TOGETHER)
    if last and last.on > answer["on"].date():
        return None
    about = answer["about"]
    asked = question_in(str(message.at[about, "text"])) if about in message.index else ""
    return asked, answer["words"].strip()
