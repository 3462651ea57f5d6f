"""Rounds: who talks with whom, proposed, looked at, changed, and published."""

from __future__ import annotations

from typing import Any, Literal

from enishi.errors import EnishiError
from enishi.room.errors import NotPermittedError
from enishi.room.help_matching import Help, assign_helpers, shown_helpers
from enishi.room.pairing import (
    PAIRED,
    Proposal,
    count_meetings,
    party_size,
    place_late,
    propose_rounds,
    publish_rounds,
    reasons_for,
    repeated_pairs,
    rules_of,
    swap_people,
    taking_part,
    who_is_late,
)
from enishi.room.rounds import Wishes, check_rules
from enishi.room.shown import list_guests, names_of, shown_parties, shown_why
from enishi.room.stage import read_stage
from widgets.base.sheet import Answer, Identifier, command, query
from widgets.room.host import HostSheet
from widgets.room.room_page import RoomPage


class Rounds(HostSheet):
    """Arranges all remaining rounds at once; nobody sees them before they are published.

    Example:
        >>> Rounds(open_room_page("11-host"))     # doctest: +SKIP
    """

    name = "rounds"
    removable = ("room_rule",)

    def __init__(self, workbook: RoomPage) -> None:
        self._proposals: tuple[Proposal, ...] = ()
        self._chosen = ""
        self._helps: tuple[Help, ...] | None = None
        self._seed = 0
        super().__init__(workbook)

    def build_state(self) -> dict[str, Any]:
        """Return what is proposed and published for the chosen phase, and the rules."""
        now, frames = self.workbook.stage(), self.frames
        choices = self.phase_titles(self._paired())
        phase = self._phase()
        titles = dict(choices)
        people = taking_part(frames, False)
        guests = {each.id: each.name for each in list_guests(frames)}
        phases = frames["room_phase"]
        grouping = str(phases.at[phase, "grouping"]) if phase else ""
        rules = frames["room_rule"]
        met = count_meetings(frames)
        whys = reasons_for(frames, self._proposals)
        return {
            "stage": now,
            "phase": phase,
            "choices": choices,
            "grouping": grouping,
            "size": party_size(grouping, len(people)) if grouping and people else 0,
            "people": len(people),
            "names": guests,
            "rules": [
                {"id": str(id), "kind": row["kind"], "names": names}
                for id, row in rules.iterrows()
                if len(names := names_of(frames, (row["a_id"], row["b_id"]))) == 2
            ],
            "proposals": [
                {
                    "phase": each.phase_id,
                    "title": titles.get(each.phase_id, ""),
                    "parties": [
                        {"members": list(party), "why": shown_why(frames, why)}
                        for party, why in zip(each.parties, reasons, strict=True)
                    ],
                }
                for each, reasons in zip(self._proposals, whys, strict=True)
            ],
            "repeats": [
                {"names": sorted(names_of(frames, pair)), "count": count}
                for pair, count in repeated_pairs(frames, self._proposals).items()
            ],
            "helps": self._describe_helps(guests),
            "published": [list(names) for names in shown_parties(frames, phase)],
            "latecomers": list(names_of(frames, who_is_late(frames, phase))) if phase else [],
            "met": [
                {"name": guests[id], "others": others}
                for id in guests
                if (others := self._others(id, met, guests))
            ],
        }

    def _describe_helps(self, names: dict[str, str]) -> list[dict[str, str]] | None:
        """Return who could help whom, as far as all of it is still shown; None before one asked."""
        if self._helps is None:
            return None
        return [
            {
                "who": names[each.helper],
                "strength": each.strength,
                "whom": names[each.asker],
                "need": each.need,
            }
            for each in shown_helpers(self.frames, self._helps)
        ]

    @query
    def find_helpers(self) -> Answer:
        """Look who could help whom with what they ask for; only whoever leads sees it."""
        self.check_leads()
        self._helps = assign_helpers(self.frames)
        self.workbook.show(self)
        return {"text": self.say("helpers_found", n=len(self._helps)), "focus": "helpers"}

    @query
    def choose_phase(self, phase: Identifier) -> None:
        """Look at another phase."""
        if phase not in self._paired():
            raise NotPermittedError()
        self._chosen, self._proposals = phase, ()
        self.workbook.show(self)

    @query
    def arrange(self, with_host: bool = False, again: bool = False) -> Answer:
        """Propose the rounds of the phase and of all later ones of its kind.

        Raises:
            NobodyToPairError: fewer than two people take part.
            ContradictionError: two rules contradict each other.
        """
        self.check_leads()
        self._proposals = ()
        self._seed += again
        try:
            self._proposals = propose_rounds(
                self.frames, self._phase(), with_host=with_host, seed=self._seed
            )
        finally:
            self.workbook.show(self)
        return {"text": self.say("arranged"), "focus": "publish"}

    @query
    def swap(self, phase: Identifier, one: Identifier, other: Identifier) -> Answer:
        """Let two people change places in a proposed round."""
        self.check_leads()
        if all(each.phase_id != phase for each in self._proposals):
            raise NotPermittedError()
        self._proposals = tuple(
            swap_people(self.frames, each, one, other) if each.phase_id == phase else each
            for each in self._proposals
        )
        self.workbook.show(self)
        return {"text": self.say("swapped")}

    @command
    def publish(self, seen: int) -> Answer:
        """Let everybody see the proposed rounds."""
        if not self._proposals:
            raise NotPermittedError()
        with self.leading() as hand:
            read_stage(hand, seen)
            publish_rounds(hand, self.frames, self._proposals)
        self._proposals = ()
        return {"text": self.say("published"), "focus": "arrange"}

    @command
    def seat_late(self) -> Answer:
        """Put who came late into the parties of the round."""
        with self.leading() as hand:
            count = place_late(hand, self.frames, self._phase())
        return {"text": self.say("late_placed", n=count)}

    @command
    def add_rule(
        self, one: Identifier, other: Identifier, kind: Literal["apart", "together"]
    ) -> Answer:
        """Keep two people apart, or together.

        Raises:
            ContradictionError: another rule contradicts it.
        """
        guests = {each.id: each.name for each in list_guests(self.frames)}
        if one == other or not {one, other} <= guests.keys():
            raise NotPermittedError()
        wishes, pair = rules_of(self.frames), frozenset((one, other))
        there = wishes.apart if kind == "apart" else wishes.together
        more = {kind: {*there, pair}}
        both = Wishes(more.get("apart", wishes.apart), more.get("together", wishes.together))
        with self.leading() as hand:
            self._check_rules([*guests], both, guests)
            if pair not in there:
                hand.add("room_rule", a_id=one, b_id=other, kind=kind)
        return {"text": self.say("rule_added")}

    def _check_rules(self, people: list[str], wishes: Wishes, names: dict[str, str]) -> None:
        """Check rules and say a contradiction with names."""
        try:
            check_rules(people, len(people), wishes)
        except EnishiError as error:
            for key, text in error.facts.items():
                for id, name in names.items():
                    text = str(text).replace(id, name)
                error.facts[key] = text
            raise

    def _paired(self) -> list[str]:
        return [each["id"] for each in self.workbook.phases() if each["grouping"] in PAIRED]

    def _phase(self) -> str:
        """Return the chosen phase, else the current one, else the first that has parties."""
        paired = self._paired()
        current = self.workbook.stage()["phase_id"]
        found = [each for each in (self._chosen, current, *paired) if each in paired]
        return found[0] if found else ""

    @staticmethod
    def _others(id: str, met: Any, names: dict[str, str]) -> list[list[Any]]:
        """Return whom somebody has met, and how often."""
        found = []
        for pair, count in met.items():
            if id in pair and pair <= names.keys():
                (other,) = pair - {id}
                found.append([names[other], count])
        return sorted(found, key=lambda each: (-each[1], each[0]))
