"""Promises in what somebody wrote: the sentence of each, and who made it.

The text is read line by line (a line `A: …` is spoken by the other, `私: …` or `Me: …` by the
writer), then sentence by sentence with the grammar of its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from enishi.coach.language.phrase_rules import plain_text
from enishi.coach.language.promise_grammar_en import english_signs, read_english
from enishi.coach.language.promise_grammar_ja import (
    is_trusted_offer,
    japanese_signs,
    read_japanese,
)
from enishi.coach.language.promise_weights import (
    PromiseModel,
    promise_model,
    size_parts,
    weigh_passage,
)
from enishi.coach.language.text_parts import has_japanese

_TURN = re.compile(
    r"\s*(?P<speaker>[A-Za-z]|[Mm]e|[A-Z][a-z]+(?: [A-Z][a-z]*)?\.?|[^\s:「」。、,.!?A-Za-z]{1,10})"
    r"\s*:(?:\s+|(?<=[A-Z私僕俺姉兄弟妹父母夫妻長生輩ん]:)(?=[぀-ヿ一-鿿「]))"
)
"""The beginning of a line that tells who speaks."""
_NEXT_TURN = re.compile(
    r"(?<=[\s。!?.！？」)])(?=(?:[A-Z]|[Mm]e|私|わたし|僕|俺|自分|うち|[A-Z][a-z]+"
    r"|[一-鿿ァ-ヶー]{1,4}(?:さん|くん|君|ちゃん)?)[:：])"
)
"""Where another begins to speak in the same line."""
_REQUEST = re.compile(
    r"(?:[てで](?:くれ(?:る|へん|ない|ん|ますか)|もらえ|もろえ|いただけ|ほしい|欲しい|ください|ちょうだい"
    r"|や$)|お願い(?:でき|し|$)|頼(?:め|まれて|む|んで)|行ける[?？]|[がは]要る|いない(?:か|です|の)?"
    r"|(?:誰か|どなたか)|困って|手が足り|足りへん|足りない)[^。]*[。?？!！…]*$"
    r"|\b(?:could|can|would|will) (?:you|somebody|someone|anyone|anybody)\b|\bany chance\b"
    r"|\bplease\b|\bneed (?:someone|somebody|a hand|help)\b|\bwho(?:'s| is| can| could)\b.*\?",
    re.IGNORECASE,
)
_ASSENT = re.compile(
    r"^(?:あ+、?|お、?|もちろん、?|しゃあない、?|ほな、?)?(?:はい(?:よ|な|はい)?|ほい(?:ほい)?|うん|おう|ええ(?:よ|で)?"
    r"|いい(?:よ|です|ですよ)|もちろん(?:です|ええ|いい)?|喜んで|了解(?:です)?|りょ(?:ー|うかい)?|任せて?|任しとき"
    r"|おっけー?|オッケー|承知(?:しました)?|かしこまりました|わかった|わかりました|合点|行けるよ?ー?|できるよ?ー?"
    r"|やる(?:わ|よ)|やります|もろた|ついでや)(?:ー|〜)?(?:よ|で|わ|ね)?(?:[。、!！〜ー\s].{0,14})?$"
    r"|^(?:oh |well |yes,? |yeah,? )?(?:sure(?: thing)?|of course|course|yes|yep|yeah|ok|okay"
    r"|no problem|no worries"
    r"|with pleasure|gladly|happily|doing it now|on it|will do|absolutely|definitely|certainly"
    r"|my pleasure"
    r"|consider it done|you got it|you bet|go on then|deal|fine)\b(?!.*\b(?:but|sorry|can't|why"
    r"|not)\b)"
    r"[,.! ]*.{0,40}$",
    re.IGNORECASE,
)
_BARE_ASSENT = re.compile(
    r"^(?:はい、?)?(?:喜んで|もちろん(?:です)?|任せて(?:ください|おいて)?|了解(?:です|しました)?|承知しました"
    r"|いいですよ|いいよ|ええよ|OK)[。!！]*$|^(?:yes|sure|of course|gladly|happily|on it|will do"
    r"|with pleasure|absolutely|consider it done|leave it (?:with|to) me)[.!]*$",
    re.IGNORECASE,
)
"""Words that only say yes to what the next sentence promises."""
_SPOKEN_LETTER = re.compile(r"^\s*([A-Z])「([^「」]+)」$")
_MYSELF = re.compile(r"私|わたし|僕|俺|自分|うち|me|i|myself", re.IGNORECASE)
_NO_SPEAKER = re.compile(
    r"(?:to|with|re|about|from|for|note|todo|memo|subject|plan|update|reminder|deal|agreed"
    r"|sorted|fine"
    r"|result|news|ok|yes|done|today|tomorrow|tonight|[a-z]+day|promise|promised|dinner|lunch"
    r"|coffee)\b"
    r"|.*(?:件|メモ|追伸|宛|約束|宿題|予定|次回|持ち物|日時|場所|結論|今日|明日|曜日?|返事|返信|伝言|電話"
    r"|追記|決定|予告|用件|要件|本日|来週|今週)$",
    re.IGNORECASE,
)
_NEWS_BEFORE_WORDS = re.compile(
    r"(?:(?<=LINE)|(?<=メール)|(?<=[らの](?:伝言|電話|一報|返事|返信)))。(?=「)"
)
"""The stop between who sent word and the words."""
_SENTENCE = re.compile(
    r"[^。！？!?\n「」]*(?:「[^「」\n]*」[^。！？!?\n「」]*)*[。！？!?]*", re.DOTALL
)
_ENGLISH_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\bM[rs]\.)(?<!\b[DS][rt]\.)(?<!\bMrs\.)(?<!\bProf\.)[\"')]*\s+(?=[\"'(]?\w)|\n"
)


_LONGEST = 600
"""Most characters of a sentence that is read: so the time stays in proportion to the text."""
_PASSAGE = 4
"""Most sentences that are weighed together: nearly all texts of the training are no longer."""


@dataclass(frozen=True)
class SpokenPromise:
    """A promise found in a text.

    Attributes:
        words: the sentence as written; where it holds two promises, the clause of this one.
        by: `me` or `them`.
        because: the parts of the sentence that decided, the weightiest first.
    """

    words: str
    by: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class SaidSentence:
    """A sentence of a text.

    Attributes:
        words: as written.
        is_theirs: whether another says it, in a line that names who speaks.
        is_spoken: whether its line names who speaks.
        is_answer: whether it is the first of a turn, after a request of the other side.
    """

    words: str
    is_theirs: bool
    is_spoken: bool
    is_answer: bool = False


@dataclass(frozen=True)
class ReadSentence:
    """A sentence and what the grammar makes of it.

    Attributes:
        said: the sentence.
        heard: the clauses that the grammar takes for promises, each with its owner.
        parts: what the model sees, each part with its size.
    """

    said: SaidSentence
    heard: tuple[tuple[str, str], ...]
    parts: dict[str, float]


def find_promises(text: str) -> tuple[SpokenPromise, ...]:
    """Return the promises in `text`, in their order; a sentence may hold several.

    >>> [found.by for found in find_promises("本を送ると言われた。私は写真を送ります。")]
    ['them', 'me']
    >>> [found.by for found in find_promises("She'll send the file; I told her I'd call.")]
    ['them', 'me']
    """
    found = [
        promise
        for passage in read_passages(text)
        for promise in choose_promises(passage, promise_model(_language(passage)))
    ]
    return tuple(
        each
        for place, each in enumerate(found)
        if not (
            _BARE_ASSENT.match(each.words)
            and any(other.by == each.by for other in found[place + 1 : place + 2])
        )
    )


def said_sentences(text: str) -> Iterator[SaidSentence]:
    r"""Yield the sentences of a text, each with who says it.

    >>> [said.is_theirs for said in said_sentences("A: Bring a coat. It rains.\nMe: Thanks.")]
    [True, True, False]
    """
    asked: bool | None = None  # who asked last for something: the other, or the writer
    for line in text.splitlines():
        line = _SPOKEN_LETTER.sub(r"\1: \2", line)
        turns = _NEXT_TURN.split(line) if _speaker(line) else [line]
        for turn in turns:
            speaker = _speaker(turn)
            words = re.split("[:：]", turn, maxsplit=1)[1] if speaker else turn
            theirs = bool(speaker) and not _MYSELF.fullmatch(speaker)
            answers = bool(speaker) and asked is (not theirs)
            for sentence in split_sentences(words):
                if len(sentence) <= _LONGEST:
                    yield SaidSentence(sentence, theirs, bool(speaker), answers)
                answers = False
            asked = theirs if speaker and _REQUEST.search(words.strip()) else None


def _speaker(line: str) -> str:
    """Return who speaks a line, '' where it does not say so."""
    turn = _TURN.match(plain_text(line))
    return turn["speaker"] if turn and not _NO_SPEAKER.match(turn["speaker"]) else ""


def split_sentences(line: str) -> list[str]:
    """Return the sentences of a line, whole quotations within them."""
    line = _NEWS_BEFORE_WORDS.sub("、", line)
    is_japanese = has_japanese(line)
    parts = _SENTENCE.findall(line) if is_japanese else _ENGLISH_SENTENCE.split(line)
    return [part.strip() for part in parts if part.strip()]


def read_promise_signs(said: SaidSentence) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the clauses that the grammar takes for promises, and its signs for the weights."""
    sentence = plain_text(said.words)
    if has_japanese(sentence):
        heard = read_japanese(sentence, spoken=said.is_spoken)
        if not heard and is_trusted_offer(sentence):
            heard = ((sentence, "me"),)
        signs = japanese_signs(sentence)
    else:
        heard = read_english(sentence, spoken=said.is_spoken)
        signs = english_signs(sentence)
    if not heard and said.is_answer and _ASSENT.search(sentence):
        heard, signs = ((sentence, "me"),), (*signs, "assent")
    owners = tuple(f"by:{owner}" for _, owner in heard) or ("by:nobody",)
    return heard, (*signs, *owners, *(("spoken",) if said.is_spoken else ()))


def read_passages(text: str) -> tuple[tuple[ReadSentence, ...], ...]:
    """Return the sentences of a text as the model sees them, those side by side together."""
    read = []
    for said in said_sentences(text):
        heard, signs = read_promise_signs(said)
        read.append(ReadSentence(said, heard, size_parts(plain_text(said.words), signs)))
    return tuple(tuple(read[start : start + _PASSAGE]) for start in range(0, len(read), _PASSAGE))


def choose_promises(
    passage: tuple[ReadSentence, ...], model: PromiseModel
) -> Iterator[SpokenPromise]:
    """Yield the promises of a passage: the weights decide where, the grammar by whom."""
    for leaning in weigh_passage([read.parts for read in passage], model):
        said, heard = passage[leaning.place].said, passage[leaning.place].heard
        if not heard or (len(heard) == 1 and leaning.is_sure):
            heard = ((said.words, leaning.owner),)
        for clause, by in heard:
            if said.is_theirs and by == "them":
                continue  # a promise between third parties
            words = clause.strip() if len(heard) > 1 else said.words
            yield SpokenPromise(words, "them" if said.is_theirs else by, leaning.because)


def _language(passage: tuple[ReadSentence, ...]) -> str:
    return "ja" if any(has_japanese(read.said.words) for read in passage) else "en"
