"""Partner: with whom one talks in this round, why, where, and a question to begin with."""

from __future__ import annotations

from typing import Any

from enishi.coach.language.text_words import fold_text
from enishi.coach.language.words import read_answers
from enishi.i18n import format_list, format_text
from enishi.i18n.names import with_honorific
from enishi.room.errors import NotPermittedError
from enishi.room.shown import PartyShown, list_guests, own_parties, shown_strengths, shown_why
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, command
from widgets.parts.word_pair import WORD_PAIR, describe_pair
from widgets.room.participant import ParticipantSheet

DECLINED_MOST = 3
"""Most people whom one may decline, so that rounds can still be arranged."""


class Partner(ParticipantSheet):
    """Shows the party of the last round of the phase that is on, and lets one stay out of rounds.

    Example:
        >>> Partner(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "partner"
    parts = (WORD_PAIR,)

    def build_state(self) -> dict[str, Any]:
        """Heed what one answered of a reason: it is in one's own book, which no room looks at."""
        found = super().build_state()
        party = found["party"]
        if not party or not party["pair"]:
            return found
        answers = read_answers(self.workbook.frames())
        pair = frozenset(fold_text(words) for words in party["pair"].values())
        if pair in answers.apart:
            party = party | {"why": self._say_why({"key": "new"}), "pair": None}
        elif pair in answers.together or len(pair) == 1:
            party = party | {"pair": None}
        return found | {"party": party}

    def describe(self) -> dict[str, Any]:
        """Return the party, or None while there is none."""
        frames, phase = self.workbook.read_room(), self.workbook.stage()["phase_id"]
        rounds = frames["room_round"]
        last = rounds["number"][rounds["phase_id"] == phase].max()
        here = [
            party
            for party in own_parties(frames, self.workbook.seat_id)
            if party.phase_id == phase and party.number == last
        ]
        party = self._describe_party(here[-1]) if here else None
        return {"party": party, "away": bool(self.own_seat()["away"])} | self._describe_declined()

    def _describe_declined(self) -> dict[str, Any]:
        """Return whom one declined, and who else is there to be chosen; nobody else gets it."""
        frames, seat = self.workbook.read_room(), self.workbook.seat_id
        rows = frames["room_decline"]
        mine = rows["other_id"][rows["seat_id"] == seat]
        guests = [each for each in list_guests(frames) if each.is_in and each.id != seat]
        names = {each.id: each.name for each in guests}
        return {
            "declined": [
                {"id": str(id), "name": names[other]}
                for id, other in mine.items()
                if other in names
            ],
            "others": [[id, name] for id, name in names.items() if id not in set(mine)],
            "is_full": len(mine) >= DECLINED_MOST,
        }

    @command
    def sit_out(self, is_out: bool) -> Answer:
        """Stay out of the rounds that are arranged from now on, or take part again."""
        with self.room.command() as hand:
            hand.update("room_seat", hand.seat_id, away=is_out)
        return {"text": self.words["sits_out" if is_out else "takes_part"]}

    @command
    def decline(self, other: Identifier) -> Answer:
        """Be in no party with somebody from the next arrangement on; no page tells that.

        Raises:
            NotPermittedError: they are not here, or as many as may be are declined.
        """
        now = self._describe_declined()
        if now["is_full"] or other not in {id for id, _ in now["others"]}:
            raise NotPermittedError()
        with self.room.command() as hand:
            hand.add("room_decline", other_id=other)
        return {"text": self.words["declined_now"], "focus": "decline"}

    @command
    def accept(self, id: Identifier) -> Answer:
        """Take it back that one declined somebody."""
        with self.room.command() as hand:
            hand.delete("room_decline", id)
        return {"text": self.words["accepted_now"], "focus": "decline"}

    def _describe_party(self, party: PartyShown) -> JsonRow:
        language = self.workbook.language
        names = [with_honorific(name, language) for name in party.others.values()]
        facts = shown_why(self.workbook.read_room(), party.why)
        is_fit = facts["key"] == "fits"
        first = party.others.get(party.first, "")
        is_mine = party.first == self.workbook.seat_id
        return {
            "names": format_list(names, language),
            "is_trio": len(names) == 2,
            "place": party.place + 1,
            "why": self._say_why(facts),
            "pair": describe_pair((facts["strength"], facts["need"]) if is_fit else None),
            "first": self.words["first_you"]
            if is_mine
            else self.say("first", name=with_honorific(first, language))
            if first
            else "",
            "begin": self._say_begin(party),
        }

    def _say_why(self, facts: dict[str, str]) -> str:
        """Return the reason of a party; `facts` are those of `shown_why`."""
        language = self.workbook.language
        named = {
            name: with_honorific(fact, language) if name in ("who", "whom") else fact
            for name, fact in facts.items()
        }
        return format_text(self.words["whys"].get(facts["key"], ""), named)

    def _say_begin(self, party: PartyShown) -> str:
        """Return a question: about a strength that another one shows, else one for anybody."""
        strengths = shown_strengths(self.workbook.read_room())
        for seat, name in party.others.items():
            if strengths.get(seat):
                named = with_honorific(name, self.workbook.language)
                return self.say("ask_about", name=named, strength=strengths[seat][0])
        starters: list[str] = self.words["starters"]
        return starters[(party.number + party.place) % len(starters)]
