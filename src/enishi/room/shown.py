"""What others may see: the only way from a room's tables to somebody else's screen.

One's own rows are not asked for here; a page shows them as they are.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

RoomFrames = Mapping[str, pd.DataFrame]
Viewer = Literal["participant", "host", "projector"]

MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""Marks that tell apart people of one name, from the second on."""
RING_MOST = 60
"""Most requests that one phone gets."""


@dataclass(frozen=True)
class Shown:
    """One row as others see it.

    Attributes:
        id: the row's id.
        who: the name, initials, or '' where it is shown without one.
        words: the words.
        row: further columns, of a request `why`, `by`, `small_step`, `turn`, `state`.
        hidden: the facilitator hid it; only the host's page gets such rows.
        pinned: the facilitator pinned it.
    """

    id: str
    who: str
    words: str
    row: Mapping[str, Any]
    hidden: bool = False
    pinned: bool = False

    @property
    def mark(self) -> str:
        """What tells the row from others, without the moment it was made, which its id holds."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:16]


def name_shown(seat: Mapping[str, Any] | pd.Series[Any] | pd.DataFrame) -> str:
    """Return the name somebody is called by, with a mark for the second of one name.

    >>> name_shown({"called": "Mika", "mark": 1}), name_shown({"called": "Mika", "mark": 2})
    ('Mika', 'Mika ②')
    """
    called, mark = str(seat["called"]), int(str(seat["mark"]))
    if mark <= 1:
        return called
    return f"{called} {MARKS[mark - 1] if mark <= len(MARKS) else mark}"


def initial_shown(seat: Mapping[str, Any]) -> str:
    """Return the first letter of each part of a name.

    >>> initial_shown({"called": "mika k", "mark": 1}), initial_shown({"called": "見本", "mark": 2})
    ('M.K.', '見. ②')
    """
    parts = str(seat["called"]).split()
    text = "".join(f"{unicodedata.normalize('NFC', part)[0].upper()}." for part in parts)
    mark = name_shown({"called": "", "mark": seat["mark"]}).strip()
    return f"{text} {mark}".strip()


_Way = Callable[[Mapping[str, Any]], str]
_NAMES: Mapping[str, _Way] = {"named": name_shown, "initials": initial_shown}
"""How a writer is shown, by what a phase shows; without a name in every other phase."""


def shown_requests(frames: RoomFrames, viewer: Viewer) -> tuple[Shown, ...]:
    """Return the requests that were shown to the group, pinned ones first, then by their turn.

    A request whose writer withdrew the consent, was removed or let it go is gone everywhere.
    """
    rows = frames["room_request"]
    rows = rows[rows["shown"] & (rows["state"] != "let_go")]
    seats = _seats(frames, "show_requests")
    details = ("why", "by", "small_step", "turn", "state", "seat_id")
    rows = rows[rows["seat_id"].isin(seats.index)]
    return _shown(rows, _names(seats, name_shown), viewer, details)


def shown_notes(frames: RoomFrames, phase_id: str, viewer: Viewer) -> tuple[Shown, ...]:
    """Return the notes of a phase that have been revealed to this viewer.

    Before a reveal nobody gets a word; the host sees how many there are with `count_notes`.
    """
    phase = frames["room_phase"]
    if phase_id not in phase.index or not is_revealed(phase.loc[phase_id], viewer):
        return ()
    way = _NAMES.get(str(phase.at[phase_id, "shows"]))
    return _shown(_notes(frames, phase_id), way and _names(_seats(frames), way), viewer, ())


def count_notes(frames: RoomFrames, phase_id: str) -> int:
    """Return how many people have written in a phase."""
    return int(_notes(frames, phase_id)["seat_id"].nunique())


def _notes(frames: RoomFrames, phase_id: str) -> pd.DataFrame:
    """Return the notes of a phase in which something is written.

    A note with a name goes when its writer is removed; one without stays, as its going would tell
    who wrote it.
    """
    rows = frames["room_note"]
    rows = rows[(rows["phase_id"] == phase_id) & (rows["words"].str.strip() != "")]
    is_named = str(frames["room_phase"].at[phase_id, "shows"]) in _NAMES
    return rows[rows["seat_id"].isin(_seats(frames).index)] if is_named else rows


def is_revealed(phase: Mapping[str, Any] | pd.Series[Any] | pd.DataFrame, viewer: Viewer) -> bool:
    """Return whether what was written in a phase is shown to this viewer."""
    return phase["revealed"] == "all" or (phase["revealed"] == "host" and viewer == "host")


def shown_votes(frames: RoomFrames, poll_id: str, viewer: Viewer) -> tuple[int, ...]:
    """Return the number of votes for each option of a poll; () before it is revealed.

    The votes of people who were removed count on, as a lower number would tell what they chose.
    """
    poll, phase = frames["room_poll"], frames["room_phase"]
    at = str(poll.at[poll_id, "phase_id"]) if poll_id in poll.index else ""
    if at not in phase.index or not is_revealed(phase.loc[at], viewer):
        return ()
    votes = frames["room_vote"]
    votes = votes[votes["poll_id"] == poll_id]
    last = votes.drop_duplicates("seat_id", keep="last")["option"]
    options: list[str] = list(poll["options"][poll_id])
    return tuple(int((last == place).sum()) for place in range(len(options)))


def shown_strengths(frames: RoomFrames) -> dict[str, list[str]]:
    """Return the strengths that people agreed to show, by seat."""
    seats = _seats(frames, "show_strengths")
    return {str(id): list(row) for id, row in seats["strengths"].items() if row}


def contact_means(frames: RoomFrames) -> dict[str, str]:
    """Return how people agreed to be contacted afterwards, by seat; only where both are said."""
    seats = _seats(frames, "contact_after")
    means = seats["contact_means"].str.strip()
    return {str(id): str(text) for id, text in means[means != ""].items()}


@dataclass(frozen=True)
class Guest:
    """Somebody in the room, as whoever leads sees them.

    Attributes:
        id: the id of their seat.
        name: the name they are called by, with its mark.
        version: the version of the seat's row.
        is_in: whether they were let in; else they knock.
        leads: whether they lead.
        away: whether they sit out of rounds for now.
        ready_phase: the id of the phase with which they are done; ''.
        hand: whether their hand is up.
        invented: whether they belong to a rehearsal.
    """

    id: str
    name: str
    version: int
    is_in: bool
    leads: bool
    away: bool
    ready_phase: str
    hand: bool
    invented: bool


def count_promises(frames: RoomFrames) -> dict[str, int]:
    """Return how many promises are open, kept and let go; who made them is not told."""
    rows = frames["room_promise"]
    said = rows["state"][rows["words"].str.strip() != ""]
    return {state: int((said == state).sum()) for state in ("open", "kept", "let_go")}


def count_consents(frames: RoomFrames, consent: str) -> tuple[int, int]:
    """Return how many participants gave a consent, and how many there are."""
    seats = _seats(frames)
    seats = seats[~seats["leads"] & ~seats["invented"]]
    return int(seats[consent].sum()), len(seats)


def list_guests(frames: RoomFrames) -> tuple[Guest, ...]:
    """Return who is in the room, in the order in which they came; who was removed is not."""
    return tuple(
        Guest(
            str(id),
            name_shown(row),
            int(row["version"]),
            bool(row["let_in"] or row["leads"]),
            bool(row["leads"]),
            bool(row["away"]),
            str(row["ready_phase"]),
            bool(pd.notna(row["hand_at"])),
            bool(row["invented"]),
        )
        for id, row in _records(_seats(frames).sort_index())
    )


def list_removed(frames: RoomFrames) -> tuple[tuple[str, str], ...]:
    """Return the seat and the name of people who were removed; only the host's page asks."""
    seats = frames["room_seat"]
    return tuple((str(id), name_shown(row)) for id, row in seats[seats["left"]].iterrows())


def names_of(frames: RoomFrames, seat_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the names of people who are still in the room."""
    seats = _seats(frames)
    return tuple(name_shown(seats.loc[id]) for id in seat_ids if id in seats.index)


def shown_needs(frames: RoomFrames) -> dict[str, list[str]]:
    """Return what people look for, of those who agreed to show their requests, by seat."""
    seats = _seats(frames, "show_requests")
    return {str(id): list(row) for id, row in seats["needs"].items() if row}


def shown_parties(frames: RoomFrames, phase_id: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of the people of each party of the last round of a phase, in its order."""
    parties = last_parties(frames, phase_id)
    found = (names_of(frames, row) for row in parties["members"])
    return tuple(names for names in found if names)


def last_parties(frames: RoomFrames, phase_id: str) -> pd.DataFrame:
    """Return the rows of the parties of the last round that was published for a phase."""
    rounds = frames["room_round"]
    rounds = rounds[rounds["phase_id"] == phase_id].sort_values("number", kind="stable")
    parties = frames["room_party"]
    if rounds.empty:
        return parties[:0]
    found: pd.DataFrame = parties[parties["round_id"] == rounds.index[-1]]
    return found.sort_values("place", kind="stable")


def shown_why(frames: RoomFrames, why: Sequence[str]) -> dict[str, str]:
    """Return why a party was made: its `key`, and facts by name.

    | key | facts |
    |---|---|
    | fits | `who` has the `strength`, and `whom` has the `need` |
    | together, again, new, late | |

    A fact that somebody does not show any more makes it `new`.
    """
    key = why[0] if why else "new"
    facts = dict(line.split("=", 1) for line in why[1:] if "=" in line)
    if key != "fits":
        return {"key": key}
    offered = shown_strengths(frames).get(facts.get("who", ""), [])
    wanted = shown_needs(frames).get(facts.get("whom", ""), [])
    if facts.get("strength") not in offered or facts.get("need") not in wanted:
        return {"key": "new"}
    who, whom = names_of(frames, (facts["who"], facts["whom"]))
    return facts | {"key": key, "who": who, "whom": whom}


REQUEST_PHASES = ("request", "ring")
"""The phases in which requests are written and answered."""


def board_requests(frames: RoomFrames, phase_id: str, viewer: Viewer) -> tuple[Shown, ...]:
    """Return the requests as the board shows them: after a reveal in one of their phases."""
    phases = frames["room_phase"]
    if phase_id not in phases.index or phases.at[phase_id, "kind"] not in REQUEST_PHASES:
        return ()
    return revealed_requests(frames, viewer)


def revealed_requests(frames: RoomFrames, viewer: Viewer) -> tuple[Shown, ...]:
    """Return the requests that are shown, after a reveal in a phase in which they are written."""
    phases = frames["room_phase"]
    theirs = phases[phases["kind"].isin(REQUEST_PHASES)]
    if not any(is_revealed(row, viewer) for _, row in theirs.iterrows()):
        return ()
    return shown_requests(frames, viewer)


def count_requests(frames: RoomFrames) -> int:
    """Return how many people show a request to the group."""
    rows = frames["room_request"]
    rows = rows[rows["shown"] & (rows["state"] != "let_go") & (rows["words"].str.strip() != "")]
    who = _seats(frames, "show_requests").index
    return int(rows["seat_id"][rows["seat_id"].isin(who)].nunique())


def count_votes(frames: RoomFrames, poll_id: str) -> int:
    """Return how many people have answered a poll."""
    rows = frames["room_vote"]
    return int(rows["seat_id"][rows["poll_id"] == poll_id].nunique())


def count_offers(frames: RoomFrames, request_id: str) -> int:
    """Return how many offers a request has; their words are for whoever asked."""
    rows = frames["room_offer"]
    rows = rows[(rows["request_id"] == request_id) & rows["seat_id"].isin(_seats(frames).index)]
    return len(rows)


@dataclass(frozen=True)
class PartyShown:
    """A party of one's own, as its members see it.

    Attributes:
        phase_id: the phase of its round.
        number: the number of its round.
        place: its place among the parties of the round, from 0.
        others: the seats of the others with their names.
        why: the key of the reason, and facts as `name=value`, where a value may be a seat.
        first: the seat that begins; '' for nobody.
    """

    phase_id: str
    number: int
    place: int
    others: Mapping[str, str]
    why: tuple[str, ...]
    first: str


def own_parties(frames: RoomFrames, seat_id: str) -> tuple[PartyShown, ...]:
    """Return the parties somebody was in, in the order of the rounds; people who left are gone."""
    rounds, parties = frames["room_round"], frames["room_party"]
    parties = parties[[seat_id in members for members in parties["members"]]]
    if parties.empty:
        return ()
    rounds, names = rounds.sort_values("number", kind="stable"), _names(_seats(frames), name_shown)
    own = {party["round_id"]: party for _, party in _records(parties)}
    return tuple(
        PartyShown(
            str(row["phase_id"]),
            int(row["number"]),
            int(own[id]["place"]),
            {each: names[each] for each in own[id]["members"] if each != seat_id and each in names},
            tuple(own[id]["why"]),
            str(own[id]["first"]),
        )
        for id, row in _records(rounds)
        if id in own
    )


def ring_requests(
    frames: RoomFrames, seat_id: str, phase_id: str, requests: tuple[Shown, ...] | None = None
) -> tuple[Shown, ...]:
    """Return the requests of the others in one's ring, those whose turn is first before the rest.

    Where the phase has no rings, or somebody is in none, these are all, at most `RING_MOST`.
    `requests` are all that are shown, if they were read already.
    """
    if requests is None:
        requests = shown_requests(frames, "participant")
    rings = [party for party in own_parties(frames, seat_id) if party.phase_id == phase_id]
    found = [each for each in requests if each.row["seat_id"] != seat_id]
    if rings:
        found = [each for each in found if each.row["seat_id"] in rings[-1].others]
    return tuple(found[:RING_MOST])


def offers_to(frames: RoomFrames, seat_id: str) -> tuple[Shown, ...]:
    """Return what others offered for one's own requests, what one begins with first.

    Further columns are `kind`, `first`, `request_id` and `seat_id`, the seat of who offers.
    """
    requests, offers = frames["room_request"], frames["room_offer"]
    own = requests.index[requests["seat_id"] == seat_id]
    found = _between(frames, offers[offers["request_id"].isin(own)], "seat_id", ("kind", "first"))
    return tuple(sorted(found, key=lambda each: not each.row["first"]))


def offers_by(frames: RoomFrames, seat_id: str) -> tuple[Shown, ...]:
    """Return what somebody offered, with the name of who asked; columns as in `offers_to`."""
    offers = frames["room_offer"]
    offers = offers[offers["seat_id"] == seat_id]
    if offers.empty:
        return ()
    asked = offers["request_id"].map(frames["room_request"]["seat_id"])
    return _between(frames, offers.assign(to_id=asked), "to_id", ("kind", "first"))


def promises_by(frames: RoomFrames, seat_id: str) -> tuple[Shown, ...]:
    """Return what somebody promised, with the name of whom; columns `due`, `state`, `version`."""
    rows = frames["room_promise"]
    return _between(frames, rows[rows["seat_id"] == seat_id], "to_id", ("due", "state", "version"))


def promises_to(frames: RoomFrames, seat_id: str) -> tuple[Shown, ...]:
    """Return what was promised to somebody; see `promises_by`."""
    rows = frames["room_promise"]
    return _between(frames, rows[rows["to_id"] == seat_id], "seat_id", ("due", "state", "version"))


def _between(
    frames: RoomFrames, rows: pd.DataFrame, other: str, details: tuple[str, ...]
) -> tuple[Shown, ...]:
    """Return rows between two people, each with the other's name and their `seat_id`.

    Whoever left the room has no name here.
    """
    if rows.empty:
        return ()
    names = _names(_seats(frames), name_shown)
    return tuple(
        Shown(
            str(id),
            names.get(row[other], ""),
            str(row["words"]),
            {name: row[name] for name in details}
            | {"request_id": str(row["request_id"]), "seat_id": str(row[other])},
        )
        for id, row in _records(rows)
    )


def _records(frame: pd.DataFrame) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each row with its id: as a mapping it is read far faster than as a `Series`."""
    if frame.empty:  # as most tables of a room are for most of its time
        return
    names = [str(name) for name in frame]
    cells = (frame[name].tolist() for name in names)  # a third of the time of `to_dict`
    for id, *row in zip(frame.index.tolist(), *cells, strict=True):
        yield id, dict(zip(names, row, strict=True))


def _names(seats: pd.DataFrame, way: _Way) -> dict[str, str]:
    """Return the names of people as they are shown, by seat."""
    return {id: way(row) for id, row in _records(seats[["called", "mark"]])}


def _seats(frames: RoomFrames, consent: str = "") -> pd.DataFrame:
    """Return the seats of people who are still in the room and gave a consent."""
    seats = frames["room_seat"]
    seats = seats[~seats["left"]]
    return seats[seats[consent]] if consent else seats


def _shown(
    rows: pd.DataFrame,
    names: Mapping[str, str] | None,
    viewer: Viewer,
    details: tuple[str, ...],
) -> tuple[Shown, ...]:
    """Return rows as a viewer sees them; hidden ones only as the host.

    `names` are those of the writers by seat; None where rows are shown without.
    """
    if rows.empty:
        return ()
    if viewer != "host":
        rows = rows[~rows["hidden"]]
    found = [
        Shown(
            str(id),
            names[row["seat_id"]] if names else "",
            str(row["words"]),
            {name: row[name] for name in details},
            bool(row["hidden"]),
            bool(row["pinned"]),
        )
        for id, row in _records(rows)
    ]

    def place(each: Shown) -> tuple[bool, float, str]:
        turn = float(each.row.get("turn", math.nan))
        # Without a name even the order would tell who wrote first.
        last = each.id if names else each.words
        return not each.pinned, math.inf if math.isnan(turn) else turn, last

    return tuple(sorted(found, key=place))
