"""Questions that follow from what was written to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from enishi.coach.asking.question import Question
from enishi.coach.giving.fact_gifts import quotable
from enishi.coach.messages.letter_question import ASKING_OTHERWISE, question_in
from enishi.coach.relations.admired import impressions_of_strangers
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows, name_of
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.review.summary import SPAN_DAYS
from enishi.coach.rules.settings import Settings

_WEEK = timedelta(days=SPAN_DAYS["week"])
_FORTNIGHT = _WEEK + _WEEK
_QUOTED = 60
"""The most characters quoted of a hope."""


def ask_their_side(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask a week after a letter for the other's side of a hope that has none (A18, B28).

    A hope is written beside a letter and has no day of its own, so that the day of the letter
    counts.
    """
    contact, message = frames["contact"], frames["message"]
    hoped = contact[is_filled(contact["hope"]) & ~is_filled(contact["they_gain"])]
    if hoped.empty:
        return
    begun = message.groupby("contact_id")["on"].max()
    for id, row in iter_rows(hoped[hoped.index.isin(begun.index)]):
        if begun[id] == begun[id]:
            facts = {"name": name_of(row), "hope": quotable(row["hope"], _QUOTED)}
            yield Question("their_side", id, begun[id].date() + _WEEK, id, facts)


def ask_early_request(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask a fortnight after a request that was sent early what came of it (B20, B23).

    Whether it was early is decided, and kept, when it is sent.
    """
    answer, message, contact = frames["answer"], frames["message"], frames["contact"]
    early = answer["about"][isin(answer["question"], "early_ask")]
    sent = message[message.index.isin(early) & message["on"].notna().to_numpy()]
    for id, row in iter_rows(sent[sent["contact_id"].isin(contact.index)]):
        facts = {"name": name_of(contact.loc[row["contact_id"]]), "day": row["on"].date()}
        due = row["on"].date() + _FORTNIGHT
        yield Question("early_ask", id, due, row["contact_id"], facts)


def ask_their_answer(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask after the next talk with somebody what they answered to a letter's question (B24)."""
    message, encounter, contact = frames["message"], frames["encounter"], frames["contact"]
    since = pd.Timestamp(today - timedelta(days=settings.question_open_days))
    talks = encounter[isin(encounter["kind"], *TOGETHER) & (encounter["on"] >= since).to_numpy()]
    talks = talks[(talks["on"] <= pd.Timestamp(today)) & ~isin(talks["depth"], "hello")]
    talks = talks[talks["contact_id"].isin(contact.index)].sort_values("on", kind="stable")
    sent = message[message["sent"] & ~isin(message["kind"], *ASKING_OTHERWISE)]
    sent = sent[sent["contact_id"].isin(talks["contact_id"]) & is_filled(sent["text"])]
    for id, row in iter_rows(sent):
        after = talks[isin(talks["contact_id"], row["contact_id"]) & (talks["on"] > row["on"])]
        asked = question_in(row["text"]) if len(after) else ""
        if asked:
            facts = {"name": name_of(contact.loc[row["contact_id"]]), "question": asked}
            due = after["on"].iloc[0].date()
            yield Question("their_answer", id, due, row["contact_id"], facts)


def ask_reply(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask a fortnight after an impression whether somebody admired from afar wrote back (A56)."""
    contact, encounter = frames["contact"], frames["encounter"]
    first = impressions_of_strangers(frames)
    sent = first[first["sent"] & first["on"].notna().to_numpy()]
    wrote = encounter["contact_id"][isin(encounter["started_by"], "them")]
    for id, row in iter_rows(sent[~sent["contact_id"].isin(wrote)]):
        facts = {"name": name_of(contact.loc[row["contact_id"]])}
        due = row["on"].date() + _FORTNIGHT
        yield Question("reply", id, due, row["contact_id"], facts)
