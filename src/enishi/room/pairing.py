"""The rounds of a room: from its people and rules to parties, proposed, published, completed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from enishi.book.tables import LINE
from enishi.coach.language.words import matching_words
from enishi.room.errors import (
    ContradictionError,
    NobodyToPairError,
    NotPermittedError,
    SwapRefusedError,
)
from enishi.room.room import Command
from enishi.room.rounds import (
    Party,
    Round,
    SeatPair,
    Wishes,
    arrange_rounds,
    count_repeats,
    join_late,
)
from enishi.room.shown import (
    RoomFrames,
    last_parties,
    list_guests,
    shown_needs,
    shown_strengths,
)

PARTY_SIZES: Mapping[str, int] = {"pair": 2, "trio": 3, "four": 4}
"""How many people are in a party, by grouping; a ring's depends on how many there are."""
PAIRED = (*PARTY_SIZES, "ring")
"""The groupings that have parties."""
ONE_RING = 12
"""Most people of one ring; more form several of 6 to 8."""
_RING = 8
RULE_KINDS = ("apart", "together")


@dataclass(frozen=True)
class Proposal:
    """The parties of one round that is not published yet.

    Attributes:
        phase_id: the phase it is for.
        parties: ids of seats.
    """

    phase_id: str
    parties: Round


def party_size(grouping: str, people: int) -> int:
    """Return the size of a party.

    >>> party_size("trio", 20), party_size("ring", 11), party_size("ring", 13)
    (3, 11, 6)
    """
    if grouping in PARTY_SIZES:
        return PARTY_SIZES[grouping]
    return max(2, people) if people <= ONE_RING else people // -(-people // _RING)


def taking_part(frames: RoomFrames, with_host: bool) -> tuple[str, ...]:
    """Return the seats of who takes part in a round: they are in, and not away."""
    return tuple(
        each.id
        for each in list_guests(frames)
        if each.is_in and not each.away and (with_host or not each.leads)
    )


def wishes_for(frames: RoomFrames, phase_ids: Collection[str] = ()) -> Wishes:
    """Return what rounds are to respect; the rounds of `phase_ids` are still to be arranged."""
    offers, needs = shown_strengths(frames), shown_needs(frames)
    fit = Counter[SeatPair]()
    for giver, taker in permutations({*offers, *needs}, 2):
        if fitting_offer(offers, needs, giver, taker):
            fit[frozenset((giver, taker))] += 1
    met = count_meetings(frames, phase_ids)
    return replace(
        rules_of(frames),
        met=met,
        fit={pair: count / 2 for pair, count in fit.items()},
        declined=declines_of(frames),
    )


def declines_of(frames: RoomFrames) -> set[SeatPair]:
    """Return pairs of whom one would rather not be in a party with the other.

    Who that is must reach no page, and no error: people may say it without giving a reason.
    """
    rows = frames["room_decline"]
    pairs = zip(rows["seat_id"], rows["other_id"], strict=True)
    return {frozenset((one, other)) for one, other in pairs if one and other and one != other}


def rules_of(frames: RoomFrames) -> Wishes:
    """Return who is to be apart and who together, and nothing else that rounds are to respect."""
    by_kind: dict[str, set[SeatPair]] = {kind: set() for kind in RULE_KINDS}
    for _, row in frames["room_rule"].iterrows():
        if row["a_id"] and row["b_id"] and row["a_id"] != row["b_id"]:
            by_kind[str(row["kind"])].add(frozenset((str(row["a_id"]), str(row["b_id"]))))
    return Wishes(by_kind["apart"], by_kind["together"])


def count_meetings(frames: RoomFrames, but: Collection[str] = ()) -> Counter[SeatPair]:
    """Return how often pairs were in one party, but for rounds to come of the phases in `but`."""
    rounds, phases = frames["room_round"], frames["room_phase"]
    to_come = phases.index[phases["began"].isna() & phases.index.isin(list(but))]
    past = rounds[~rounds["phase_id"].isin(to_come)]
    last = past.sort_values("number").drop_duplicates("phase_id", keep="last").index
    begun = phases.index[phases["began"].notna()]
    counted = {*past.index[past["phase_id"].isin(begun)], *last}  # replaced before it began: none
    parties = frames["room_party"]
    members = parties["members"][parties["round_id"].isin(list(counted))]
    return Counter(frozenset(pair) for row in members for pair in combinations(row, 2))


def fitting_offer(
    offers: Mapping[str, Sequence[str]],
    needs: Mapping[str, Sequence[str]],
    giver: str,
    taker: str,
) -> tuple[str, str] | None:
    """Return the first strength of one person and the need of another that it fits, or None."""
    for need in needs.get(taker, ()):
        if strength := matching_words(need, offers.get(giver, ())):
            return strength, need
    return None


def propose_rounds(
    frames: RoomFrames, phase_id: str, with_host: bool = False, seed: int = 0
) -> tuple[Proposal, ...]:
    """Return the parties of a phase and of all later ones with parties of the same size.

    Raises:
        NotPermittedError: the phase has no parties.
        NobodyToPairError: fewer than two people take part.
        ContradictionError: two rules contradict each other; names say which.
        UnmetWishesError: somebody declined somebody, and no such parties are left.
    """
    phases = frames["room_phase"]
    if phase_id not in phases.index or phases.at[phase_id, "grouping"] not in PAIRED:
        raise NotPermittedError()
    grouping, place = phases.at[phase_id, "grouping"], phases.at[phase_id, "place"]
    later = phases[(phases["grouping"] == grouping) & (phases["place"] > place)]
    later = later[~later["skipped"] & later["began"].isna()].sort_values("place", kind="stable")
    ids = [phase_id, *map(str, later.index)]
    people = taking_part(frames, with_host)
    if len(people) < 2:
        raise NobodyToPairError()
    wishes, size = wishes_for(frames, ids), party_size(str(grouping), len(people))
    if size >= len(people) and any(pair <= {*people} for pair in wishes.declined):
        size = -(-len(people) // 2)  # not one ring: to refuse it would tell more
    with_names = _names(frames)
    try:
        rounds = arrange_rounds(people, size, len(ids), wishes, seed)
    except ContradictionError as error:
        said = {key: with_names(str(text)) for key, text in error.facts.items()}
        raise type(error)(**said) from error
    return tuple(Proposal(id, parties) for id, parties in zip(ids, rounds, strict=True))


def swap_people(frames: RoomFrames, proposal: Proposal, one: str, other: str) -> Proposal:
    """Return a proposal in which two people have changed places.

    Raises:
        NotPermittedError: one of them is not in it.
        ContradictionError: two who are to be apart would come together.
        SwapRefusedError: two would, of whom one declined the other.
    """
    change = {one: other, other: one}
    if not change.keys() <= {each for party in proposal.parties for each in party}:
        raise NotPermittedError()
    parties = tuple(tuple(change.get(each, each) for each in party) for party in proposal.parties)
    apart, declined = rules_of(frames).apart, declines_of(frames)
    for pair in (frozenset(pair) for party in parties for pair in combinations(party, 2)):
        if pair in declined and pair not in apart and pair & change.keys():
            raise SwapRefusedError()
        if pair in apart and pair & change.keys():
            with_names = _names(frames)
            said = " ≠ ".join(sorted(map(with_names, pair)))
            raise ContradictionError(one=said, other=" ↔ ".join(map(with_names, (one, other))))
    return Proposal(proposal.phase_id, parties)


def reasons_for(frames: RoomFrames, proposals: Sequence[Proposal]) -> list[list[list[str]]]:
    """Return for each proposed round why each of its parties is one: a key and its facts.

    See `shown_why`.
    """
    offers, needs = shown_strengths(frames), shown_needs(frames)
    together = rules_of(frames).together
    met = count_meetings(frames, [each.phase_id for each in proposals])

    def reason(party: Party) -> list[str]:
        for giver, taker in permutations(party, 2):
            if found := fitting_offer(offers, needs, giver, taker):
                strength, need = found
                facts = (f"who={giver}", f"strength={strength}", f"whom={taker}", f"need={need}")
                return ["fits", *(fact[:LINE] for fact in facts)]
        pairs = [frozenset(pair) for pair in combinations(party, 2)]
        if any(pair in together for pair in pairs):
            return ["together"]
        return ["again" if any(met[pair] for pair in pairs) else "new"]

    found = []
    for each in proposals:
        found.append([reason(party) for party in each.parties])
        met += _pairs(each.parties)
    return found


def publish_rounds(command: Command, frames: RoomFrames, proposals: Sequence[Proposal]) -> None:
    """Let everybody see with whom they talk.

    Rounds that are replaced before their phase began are removed: nobody has talked in them.

    Raises:
        NotPermittedError: the person does not lead.
    """
    if not command.leads:
        raise NotPermittedError()
    _drop_unbegun(command, {proposal.phase_id for proposal in proposals})
    met = count_meetings(frames, [each.phase_id for each in proposals])
    rules = rules_of(frames)
    there = Counter(row["phase_id"] for row in command.rows("room_round").values())
    whys = reasons_for(frames, proposals)
    for at, (proposal, reasons) in enumerate(zip(proposals, whys, strict=True)):
        number = there[proposal.phase_id] + 1
        round_id = command.add(
            "room_round",
            phase_id=proposal.phase_id,
            number=number,
            repeats=count_repeats([proposal.parties], replace(rules, met=dict(met))),
        )
        for place, (party, why) in enumerate(zip(proposal.parties, reasons, strict=True)):
            command.add(
                "room_party",
                round_id=round_id,
                place=place,
                members=list(party),
                why=why,
                first=party[(at + number - 1) % len(party)],
            )
        met += _pairs(proposal.parties)
    command.touch()


def _drop_unbegun(command: Command, phase_ids: Collection[str]) -> None:
    """Remove the rounds of phases that did not begin yet."""
    phases, parties = command.rows("room_phase"), command.rows("room_party")
    for round_id, row in command.rows("room_round").items():
        if row["phase_id"] not in phase_ids or phases[row["phase_id"]]["began"]:
            continue
        for id, party in parties.items():
            if party["round_id"] == round_id:
                command.delete("room_party", id)
        command.delete("room_round", round_id)


def who_is_late(frames: RoomFrames, phase_id: str) -> tuple[str, ...]:
    """Return who takes part but is in no party of the last round of a phase."""
    parties = last_parties(frames, phase_id)
    if parties.empty:
        return ()
    placed = {each for row in parties["members"] for each in row}
    return tuple(each for each in taking_part(frames, False) if each not in placed)


def place_late(command: Command, frames: RoomFrames, phase_id: str) -> int:
    """Put who came late into the parties they repeat least in; return how many there were.

    Raises:
        NotPermittedError: the person does not lead.
    """
    if not command.leads:
        raise NotPermittedError()
    late, rows = who_is_late(frames, phase_id), last_parties(frames, phase_id)
    declined = declines_of(frames)
    wishes = replace(rules_of(frames), met=count_meetings(frames), declined=declined)
    parties: Round = tuple(tuple(row) for row in rows["members"])
    for person in late:
        parties = join_late(person, parties, wishes)
    for id, party in zip(rows.index, parties, strict=False):
        if len(party) > len(rows["members"][id]):
            command.update("room_party", str(id), members=list(party), why=["late"])
    for place, party in enumerate(parties[len(rows) :], start=len(rows)):
        values = {"round_id": rows["round_id"].iloc[0], "place": place, "first": party[0]}
        command.add("room_party", **values, members=list(party), why=["late"])
    command.touch()
    return len(late)


def repeated_pairs(frames: RoomFrames, proposals: Sequence[Proposal]) -> dict[SeatPair, int]:
    """Return the pairs who meet in the proposed rounds, not for the first time, and how often."""
    met = count_meetings(frames, [each.phase_id for each in proposals])
    planned = _pairs(party for each in proposals for party in each.parties)
    together = rules_of(frames).together
    total = planned + met
    return {pair: total[pair] for pair in planned if total[pair] > 1 and pair not in together}


def _pairs(parties: Iterable[Party]) -> Counter[SeatPair]:
    return Counter(frozenset(pair) for party in parties for pair in combinations(party, 2))


def _names(frames: RoomFrames) -> Callable[[str], str]:
    """Return a function that replaces the ids of seats in a text by names."""
    names = {each.id: each.name for each in list_guests(frames)}

    def with_names(text: str) -> str:
        for id, name in names.items():
            text = text.replace(id, name)
        return text

    return with_names
