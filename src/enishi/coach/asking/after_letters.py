"""Questions that follow from what was written to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from enishi.coach.asking.question import Question
from enishi.coach.giving.fact_gifts import quotable
from enishi.coach.messages.letter_question import ASKING_OTHERWISE, question_in
from enishi.coach.relations.admired import impressions_of_strangers
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import (
    Frames,
    is_filled,
    isin,
    iter_rows,
    name_of,
    names_by_id,
)
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
    if message.empty:
        return
    begun = message.groupby("contact_id")["on"].max().dropna()
    people = contact[contact.index.isin(begun.index)]
    hoped = people[is_filled(people["hope"]) & ~is_filled(people["they_gain"])]
    for id, row in iter_rows(hoped):
        facts = {"name": name_of(row), "hope": quotable(row["hope"], _QUOTED)}
        yield Question("their_side", id, begun[id].date() + _WEEK, id, facts)


def ask_early_request(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask a fortnight after a request that was sent early what came of it (B20, B23).

    Whether it was early is decided, and kept, when it is sent.
    """
    answer, message, contact = frames["answer"], frames["message"], frames["contact"]
    if answer.empty:
        return
    early = answer["about"][isin(answer["question"], "early_ask")]
    sent = message[message.index.isin(early) & message["on"].notna().to_numpy()]
    for id, row in iter_rows(sent[sent["contact_id"].isin(contact.index)]):
        facts = {"name": name_of(contact.loc[row["contact_id"]]), "day": row["on"].date()}
        due = row["on"].date() + _FORTNIGHT
        yield Question("early_ask", id, due, row["contact_id"], facts)


def ask_their_answer(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask after the next talk with somebody what they answered to a letter's question (B24).

    It is the question of the last letter before the last talk.
    """
    message, encounter, contact = frames["message"], frames["encounter"], frames["contact"]
    if message.empty or encounter.empty:
        return
    since = pd.Timestamp(today - timedelta(days=settings.question_open_days))
    talks = encounter[isin(encounter["kind"], *TOGETHER) & ~isin(encounter["depth"], "hello")]
    talks = talks[talks["on"].between(since, pd.Timestamp(today)).to_numpy()]
    asking = message["sent"].to_numpy() & ~isin(message["kind"], *ASKING_OTHERWISE)
    asking &= ~message.index.isin(answers_to(frames, "their_answer")["about"])
    met = (
        message[asking]
        .reset_index(names="id")
        .merge(talks[["contact_id", "on"]], on="contact_id", suffixes=("", "_met"))
    )
    met = met[met["on"] < met["on_met"]].sort_values(["on", "on_met"], kind="stable")
    first = met.drop_duplicates("id").drop_duplicates("contact_id", keep="last")
    names = names_by_id(contact[contact.index.isin(first["contact_id"])])
    for row in first.to_dict("records"):
        if row["contact_id"] in names and (asked := question_in(row["text"])):
            facts = {"name": names[row["contact_id"]], "question": asked}
            due = row["on_met"].date()
            yield Question("their_answer", row["id"], due, row["contact_id"], facts)


def ask_reply(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask a fortnight after an impression whether somebody admired from afar wrote back (A56)."""
    contact, encounter = frames["contact"], frames["encounter"]
    first = impressions_of_strangers(frames)
    if first.empty:
        return
    sent = first[first["sent"] & first["on"].notna().to_numpy()]
    wrote = encounter["contact_id"][isin(encounter["started_by"], "them")]
    for id, row in iter_rows(sent[~sent["contact_id"].isin(wrote)]):
        facts = {"name": name_of(contact.loc[row["contact_id"]])}
        due = row["on"].date() + _FORTNIGHT
        yield Question("reply", id, due, row["contact_id"], facts)
