"""The question whether somebody new is one of those with whom the user thrives (B77)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from enishi.coach.asking.question import Question
from enishi.coach.relations.history import Frames, active_contacts, isin
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.relations.thriving import thriving_sentence
from enishi.coach.rules.settings import Settings


def ask_whether_one_thrives(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask on the day after the second meeting with somebody just met, if the sentence is there."""
    sentence = thriving_sentence(frames, today)
    if not sentence:
        return
    people, encounter = active_contacts(frames), frames["encounter"]
    new = people.index[isin(people["known_as"], "just_met")]
    met = isin(encounter["kind"], *TOGETHER) & encounter["contact_id"].isin(new).to_numpy()
    met &= (encounter["on"] <= pd.Timestamp(today)).to_numpy()
    days = encounter[met].drop_duplicates(["contact_id", "on"]).sort_values("on", kind="stable")
    second = days[days.groupby("contact_id").cumcount() == 1]
    for contact_id, on in zip(second["contact_id"], second["on"], strict=True):
        due = on.date() + timedelta(days=1)
        yield Question("thrive", contact_id, due, contact_id, {"sentence": sentence})
