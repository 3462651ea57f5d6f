"""What the user answered after visits: what a place was like, and whom they know there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from enishi.coach.relations.answers import answer_about, answers_to
from enishi.coach.relations.history import FrameRow, Frames, isin, iter_rows
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


def sort_of_gathering(event: FrameRow, frames: Frames) -> str:
    """Return the kind of the event's place; without a place or its kind, that of the event."""
    place = frames["place"]
    kind = place.at[event["place_id"], "kind"] if event["place_id"] in place.index else ""
    return str(kind or event["kind"])


def sorts_of_takers(frames: Frames) -> frozenset[str]:
    """Return the sorts of gathering to which people came to get, by the last two answers (B17)."""
    said: dict[str, list[str]] = {}
    for event, chosen in _answers_on_events(frames, "came_to"):
        said.setdefault(sort_of_gathering(event, frames), []).append(chosen)
    return frozenset(sort for sort, each in said.items() if each[-2:] == ["get", "get"])


def reason_of_takers(
    frames: Frames, event: FrameRow, settings: Settings | None = None
) -> Reason | None:
    """Return why to decide beforehand what to bring to a gathering; None where nothing says so."""
    enabled = (settings or Settings()).is_enabled("event_takers")
    if not enabled or sort_of_gathering(event, frames) not in sorts_of_takers(frames):
        return None
    return reason_for("event_takers")


def reason_of_ends(
    frames: Frames, event: FrameRow, settings: Settings | None = None
) -> Reason | None:
    """Return why to think of other ways: three times running nothing went on (A13, A37, B18).

    Only events of the same kind count; None where one of the last three went on.
    """
    alike = [
        chosen
        for earlier, chosen in _answers_on_events(frames, "went_on")
        if earlier["kind"] == event["kind"]
    ]
    enabled = (settings or Settings()).is_enabled("event_ended")
    return reason_for("event_ended") if enabled and alike[-3:] == ["ended"] * 3 else None


def discovery_at(frames: Frames, place_id: str) -> str:
    """Return what the user discovered at a place, in their words (B44, B45); '' for nothing."""
    rows, event = answers_to(frames, "discovered"), frames["event"]
    there = event.index[(event["place_id"] == place_id).to_numpy() & bool(place_id)]
    return "".join(rows.loc[rows["about"].isin(there).to_numpy(), "words"].tail(1)).strip()


def whom_at(frames: Frames, place_id: str) -> str:
    """Return whom the user knows at a place, in their words (B59); '' where it is not written."""
    answer = answer_about(frames, "whom_there", place_id)
    return "" if answer is None else str(answer["words"]).strip()


def kinds_enough(frames: Frames, today: date, settings: Settings | None = None) -> frozenset[str]:
    """Return the kinds of place for which once was enough a short time ago (B10, B60).

    They stay known when the place is removed, by the kind of the event.
    """
    rows, event = _lately(answers_to(frames, "discovered"), today, settings), frames["event"]
    there = event[event.index.isin(rows["about"])]
    return frozenset(sort_of_gathering(row, frames) for _, row in iter_rows(there))


def is_new_enough(frames: Frames, today: date, settings: Settings | None = None) -> bool:
    """Return whether the last experiment was enough: for a season nothing untried is proposed."""
    return not _lately(answers_to(frames, "once_enough").tail(1), today, settings).empty


def _lately(rows: pd.DataFrame, today: date, settings: Settings | None) -> pd.DataFrame:
    """Return the answers that once was enough, of the last `once_enough_days`."""
    since = today - timedelta(days=(settings or Settings()).once_enough_days)
    return rows[isin(rows["chosen"], "once") & (rows["on"] > pd.Timestamp(since)).to_numpy()]


def _answers_on_events(frames: Frames, question: str) -> Iterator[tuple[FrameRow, str]]:
    """Yield the events with the answers chosen for them, the latest answer last."""
    rows, event = answers_to(frames, question), frames["event"]
    for about, chosen in zip(rows["about"], rows["chosen"], strict=True):
        if about in event.index and chosen:
            yield event.loc[about], str(chosen)
