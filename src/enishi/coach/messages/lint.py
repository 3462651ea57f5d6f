"""Issues in a draft that might put the reader off, each with a gentler wording in the texts.

The patterns are in `data/language/drafts.yaml`; `sentence_roles` reads the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from enishi.coach.language.phrase_rules import plain_text
from enishi.coach.messages.sentence_roles import (
    INVITATION,
    MEET,
    OFFER,
    PRAISE,
    REQUEST,
    THANKS,
    WAY_OUT,
    Sentence,
    has_phrase,
    leave_out,
    leave_out_quotations,
    pattern_for,
    read_sentences,
)
from enishi.coach.rules.reason import TextIssue, issue
from enishi.coach.rules.settings import Settings

REFUSAL = "refuse"
"""The kind of message that refuses solicitation."""
MOST_ISSUES = 3
"""The most issues that are shown of one draft, the gravest first."""
GRAVITY = (
    "lint_business_early",
    "lint_joint_venture",
    "lint_mentor",
    "lint_widen",
    "lint_empty_thanks",
    "lint_meet_without_why",
    "lint_pressing",
    "lint_unnamed",
    "lint_only_requests",
    "lint_many_requests",
    "lint_no_way_out",
    "lint_only_me",
    "lint_long",
)
"""The rules, the gravest first; what a request lacks comes after what is wrong with its words."""
PHRASES = {
    "lint_business_early": "business_early",
    "lint_joint_venture": "joint_venture",
    "lint_mentor": "mentor",
    "lint_widen": "widen",
    "lint_pressing": "pressing",
}
"""The rules about a phrase, and the section of the patterns of each."""
STAGE_LIMITS = {"lint_business_early": 2, "lint_joint_venture": 3}
"""The stage of the tie from which a rule no longer applies."""
ABOUT_REQUESTS = (
    "lint_meet_without_why",
    "lint_only_requests",
    "lint_many_requests",
    "lint_no_way_out",
)
"""The rules about a request; they do not apply to `UNASKING` kinds nor to what refuses."""
UNASKING = (
    "promise",
    "promise_late",
    "promise_day",
    "promise_off",
    "repair",
    "hand",
    "wishes",
    "introduce",
    "decline",
    REFUSAL,
)
"""The kinds of message that give, keep or decline something: what they ask serves the reader."""
NOT_FOR_REFUSALS = (*ABOUT_REQUESTS, "lint_unnamed", "lint_business_early", "lint_joint_venture")
"""Rules that do not apply to a text that refuses: to name oneself to a seller is unsafe."""
_THANKING = ("thanks", "grateful")
TELLING = (*_THANKING, "news", "report", "impression", "introduce")
"""The kinds of message that tell or thank."""
OF_WISHES = ("lint_mentor", "lint_widen", "lint_pressing")
"""Rules about phrases of a wish; a message that tells or thanks, and asks for nothing, has none."""
_ABOUT_ME_LEAST, _ABOUT_ME_MANY = 3, 6
_MONOLOGUE = 4
"""So many sentences of news are long enough to say a word of the reader."""
_STOCK_LEFT = 2
"""The most characters (Japanese) or words (English) of a text of stock thanks that say more."""


def find_issues(
    text: str,
    *,
    stage: int,
    me: str = "",
    first: bool = False,
    kind: str = "",
    settings: Settings | None = None,
) -> tuple[TextIssue, ...]:
    """Return the issues in a draft that might put the reader off; a help, never a block.

    A refusal of solicitation is exempt: it needs no name, no thanks and no gentler words. Whatever
    else refuses or declines needs no name and no way out.

    Args:
        text: the draft, Japanese or English.
        stage: the stage of the tie, 0 to 4; from S2 and S3 on, the rules about work do not apply.
        me: the sender's name; a first message needs it.
        first: whether nothing was written to this contact before.
        kind: the kind of the draft, one of `LETTERS`; '' where it is unknown.
        settings: the disabled rules and the most characters of a first message.

    Returns:
        At most `MOST_ISSUES`, the gravest first.
    """
    settings = settings or Settings()
    if not text.strip() or kind == REFUSAL:
        return ()
    sentences = read_sentences(text)
    plain = plain_text(text)
    found = {each.rule: each for each in find_phrases(sentences, stage)}
    if kind in TELLING and not any(_is_asking(each) for each in sentences):
        found = {rule: each for rule, each in found.items() if rule not in OF_WISHES}
    for each in (*_about_requests(sentences, found), *_about_thanks(sentences, found, kind, me)):
        found.setdefault(each.rule, each)
    if first and not is_named(plain, me):
        found["lint_unnamed"] = issue("lint_unnamed")
    if text_focus(text) == "me" or (kind == "news" and _is_monologue(sentences)):
        found["lint_only_me"] = _quoting("lint_only_me", _first_about_me(sentences))
    if first and len(plain) > settings.first_characters * (1 if is_japanese(plain) else 2):
        found["lint_long"] = issue("lint_long")
    exempt = set(ABOUT_REQUESTS if kind in UNASKING else ())
    if kind == "decline" or is_refusal(text):
        exempt.update(NOT_FOR_REFUSALS)
    shown = [
        found[rule]
        for rule in GRAVITY
        if rule in found and rule not in exempt and settings.is_enabled(rule)
    ]
    return tuple(shown[:MOST_ISSUES])


def about_words(text: str, stage: int) -> list[TextIssue]:
    """Return the issues about single phrases, the gravest first."""
    found = {each.rule: each for each in find_phrases(read_sentences(text), stage)}
    return [found[rule] for rule in GRAVITY if rule in found]


def find_phrases(sentences: Iterable[Sentence], stage: int) -> Iterator[TextIssue]:
    """Yield the issues about phrases, each rule at its first place."""
    seen = set()
    for sentence in sentences:
        for rule in PHRASES:
            if rule in seen or stage >= STAGE_LIMITS.get(rule, stage + 1):
                continue
            if hit := _find_phrase(rule, sentence):
                seen.add(rule)
                quote = sentence.text[hit.start() : hit.end()]
                yield issue(rule, quote, sentence.start + hit.start())


def _find_phrase(rule: str, sentence: Sentence) -> re.Match[str] | None:
    own = sentence.own
    if rule == "lint_pressing":
        hurried = leave_out(pattern_for("no_hurry", own), own)
        asks = REQUEST in sentence.roles
        return (
            pattern_for("pressing", own).search(hurried)
            or (asks and pattern_for("deadline", own).search(hurried))
            or None
        )
    if rule == "lint_business_early":
        if has_phrase("no_business", own):
            return None
        sells = has_phrase("trade_act", own)
        asks = bool(sentence.roles & {REQUEST, INVITATION})
        return (
            pattern_for("business_early", own).search(own)
            or ((sells or asks) and pattern_for("trade", own).search(own))
            or (sells and pattern_for("wares", own).search(own))
            or pattern_for("joint_venture", own).search(own)
            or None
        )
    return pattern_for(PHRASES[rule], own).search(own)


def _about_requests(
    sentences: Sequence[Sentence], found: dict[str, TextIssue]
) -> Iterator[TextIssue]:
    """Yield what a request lacks: a reason to meet, something given, a way out, or limits."""
    asking = [each for each in sentences if _is_asking(each)]
    asked = asking or [each for each in sentences if _has_start(each, found.values())]
    meeting = [each for each in sentences if MEET in each.roles]
    for each in meeting:
        if any(rule in found for rule in PHRASES if rule != "lint_pressing"):
            break
        if (each in asking or has_phrase("wish", each.asking)) and not _has_reason(each, sentences):
            yield _quoting("lint_meet_without_why", each)
            asked = asked or [each]
            break
    if _is_without_way_out(asked, sentences, found):
        firm = ("no_answer_but_yes", "announced")
        at = [each for each in sentences if any(has_phrase(one, each.own) for one in firm)]
        yield _quoting("lint_no_way_out", (at or asked[-1:])[0])
    if not asked:
        return
    if not any(_is_warm(each, found) for each in sentences):
        yield _quoting("lint_only_requests", asked[0])
    if more := _second_request(asking):
        yield _quoting("lint_many_requests", more)


def _is_without_way_out(
    asked: Sequence[Sentence], sentences: Sequence[Sentence], found: dict[str, TextIssue]
) -> bool:
    """Return whether what is asked leaves no choice; a condition after it may be one.

    Only a plain way out is one where the words press, sell, or take the reader's act for granted.
    """
    if asked and any(has_phrase("no_answer_but_yes", each.own) for each in sentences):
        return True
    if any(WAY_OUT in each.roles for each in sentences):
        return False
    if any(has_phrase("announced", each.own) for each in sentences):
        return True
    if not asked:
        return False
    if found.keys() & _FIRM or any(has_phrase("settled", each.own) for each in sentences):
        return True
    after = [each for each in sentences if each.start > asked[0].start and each not in asked]
    return not any(has_phrase("softened", each.own) for each in after)


def _is_warm(sentence: Sentence, found: dict[str, TextIssue]) -> bool:
    """Return whether a sentence thanks, praises, offers, or tells of what is the reader's."""
    if sentence.roles & {THANKS, PRAISE, OFFER}:
        return True
    if sentence.roles & {REQUEST, INVITATION, WAY_OUT} or _has_start(sentence, found.values()):
        return False
    if has_phrase("own_affairs", sentence.lower) or has_phrase("trade", sentence.own):
        return False
    return has_phrase("telling", sentence.lower) or has_phrase("of_the_reader", sentence.lower)


def _is_asking(sentence: Sentence) -> bool:
    """Return whether a sentence asks for something; "we go fishing all the same" does not."""
    return REQUEST in sentence.roles or (
        INVITATION in sentence.roles and WAY_OUT not in sentence.roles
    )


def _has_start(sentence: Sentence, found: Iterable[TextIssue]) -> bool:
    """Return whether the phrase of an issue is in the sentence."""
    end = sentence.start + len(sentence.text)
    return any(sentence.start <= each.start < end for each in found if each.rule in PHRASES)


def _has_reason(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Return whether a wish to meet gives its reason, in its sentence or beside it."""
    if any(has_phrase("no_reason", each.own) for each in sentences):
        return False
    at = sentences.index(sentence)
    return any(has_phrase("reason", each.lower) for each in sentences[max(0, at - 1) : at + 2])


_FIRM = {"lint_pressing", "lint_business_early"}
"""The rules beside which a condition is no way out."""
_MANY = 3
"""So many sentences that ask are many requests, whatever joins them."""


def _second_request(asking: Sequence[Sentence]) -> Sentence | None:
    """Return the sentence of a second, different request; None where there is at most one.

    Two requests are joined by words such as "also", stand side by side in the same form, or are
    the parts of a list.
    """
    real = [each for each in asking if not has_phrase("plea", each.asking.strip())]
    for each in real:
        if REQUEST in each.roles and has_phrase("more_requests", each.asking):
            return each
    parallel = [each for each in real if has_phrase("parallel", each.asking)]
    if len(parallel) > 1:
        return parallel[1]
    return real[1] if len(real) >= _MANY else None


def _about_thanks(
    sentences: Sequence[Sentence], found: dict[str, TextIssue], kind: str, me: str
) -> Iterator[TextIssue]:
    """Yield thanks in stock words only, where the message is about thanks."""
    thanking = [each for each in sentences if THANKS in each.roles or PRAISE in each.roles]
    if not thanking:
        return
    about = [each for each in sentences if each in thanking or not _is_introduction(each, me)]
    rest = [
        each
        for each in about
        if each in thanking or not (each.roles or _has_start(each, found.values()))
    ]
    others = [each for each in about if each not in rest]
    if kind not in _THANKING and others:
        return
    if kind in _THANKING and others and not found:
        return
    if not any(_says_more(each.lower, me) for each in rest):
        yield _quoting("lint_empty_thanks", thanking[0])


_ADDRESSED = re.compile(r"[^\s、。]{1,10}(?:さん|様|さま|先生|殿)")
_INTRODUCTION = re.compile(
    r"(?:^|[のた])\s*(?:です|でございます|と申します|と申す者です|と申す者でございます)[。!！]*$"
    r"|^\s*(?:this is|it's|it is|i'm|i am|my name is)\b[^.!?]*[.!]*$|\bhere\b[^.!?]{0,40}[.!]*$"
)
"""A sentence that says who writes, without the name."""
_WHERE_IT_WAS = re.compile(
    r"[^、。]{1,16}[でに](?:は|も)?、?(?=(?:たいへん|大変|いろいろ|本当に|誠に)?(?:お世話|ご一緒|お招き|お声がけ|ありがと))"
)
"""What thanks say of where one met; so much every letter of thanks says."""


def _is_introduction(sentence: Sentence, me: str) -> bool:
    """Return whether a sentence only says who writes."""
    left = _without_names(sentence.lower, me)
    return left != sentence.lower and bool(_INTRODUCTION.search(left.strip()))


def _without_names(text: str, me: str) -> str:
    """Return a text with each part of the name `me` as a blank."""
    for name in _names(me):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _says_more(text: str, me: str) -> bool:
    """Return whether a sentence of thanks names more than stock words do."""
    if re.search(r"[「『［“\"\[]|(?<!\w)'\w", text):
        return True
    text = _WHERE_IT_WAS.sub(" ", _without_names(text, me))
    left = pattern_for("stock", text).sub(" ", _ADDRESSED.sub(" ", text))
    if is_japanese(text):
        return len(re.findall(r"[ァ-ヺ一-鿿々0-9]", left)) > _STOCK_LEFT
    return len(re.findall(r"[a-z][a-z']*|\d+", left, re.IGNORECASE)) >= _STOCK_LEFT


def _quoting(rule: str, sentence: Sentence) -> TextIssue:
    """Return the issue of `rule` about a sentence, of which only the wish to meet may be quoted."""
    hit = (
        pattern_for("meet", sentence.asking).search(sentence.asking)
        if rule in _ABOUT_A_CLAUSE
        else None
    )
    start, end = hit.span() if hit else (0, len(sentence.text.rstrip()))
    return issue(rule, sentence.text[start:end], sentence.start + start)


_ABOUT_A_CLAUSE = ("lint_meet_without_why",)
"""The rules whose gentler line takes the place of a clause, not of a sentence."""


def _first_about_me(sentences: Sequence[Sentence]) -> Sentence:
    return next((each for each in sentences if has_phrase("about_me", each.own)), sentences[0])


def text_focus(text: str) -> str:
    """Return whom a text is about: `me`, `you`, `both`, or `short` while it is too short.

    The function counts sentences; no page shows the count (B24).
    """
    sentences = [each.lower for each in read_sentences(text)]
    mine = sum(has_phrase("about_me", each) for each in sentences)
    theirs = sum(has_phrase("about_you", each) for each in sentences)
    if mine >= _ABOUT_ME_LEAST and not theirs:
        return "me"
    if mine > _ABOUT_ME_LEAST and theirs == 1 and _count("about_me", sentences) >= _ABOUT_ME_MANY:
        return "me"
    if mine + theirs < _ABOUT_ME_LEAST:
        return "short"
    return "you" if theirs > 2 * mine else "both"


def _is_monologue(sentences: Sequence[Sentence]) -> bool:
    """Return whether news, long enough, say and ask nothing of the reader.

    Japanese leaves out the first person, so only what speaks of the reader is looked for.
    """
    if len(sentences) < _MONOLOGUE or any("?" in each.text for each in sentences):
        return False
    return not any(each.roles or has_phrase("about_you", each.lower) for each in sentences)


def _count(section: str, texts: Iterable[str]) -> int:
    return sum(len(pattern_for(section, text).findall(text)) for text in texts)


def is_request(text: str) -> bool:
    """Return whether a text contains a request."""
    return any(REQUEST in each.roles for each in read_sentences(text))


def leaves_way_out(text: str) -> bool:
    """Return whether a text says that no is a fine answer, or that none is needed."""
    return any(WAY_OUT in each.roles for each in read_sentences(text))


def is_refusal(text: str) -> bool:
    """Return whether a text refuses or declines something."""
    return has_phrase("refusal", leave_out_quotations(text))


def is_about_work(text: str) -> bool:
    """Return whether a text asks for or offers work, money or a joint venture."""
    early = {"lint_business_early", "lint_joint_venture"}
    return any(each.rule in early for each in about_words(text, 0))


def is_named(text: str, me: str) -> bool:
    """Return whether the text names the sender `me`, or introduces one where `me` is empty."""
    own = _names(me)
    plain = plain_text(text)
    if own:
        return any(
            re.search(
                rf"\b{re.escape(name)}(?:'?s)?\b" if name.isascii() else re.escape(name),
                plain,
                re.I,
            )
            for name in own
        )
    return bool(
        re.search(
            r"と申します|(?:の|した)[^\s。、]{1,12}です|\b(?:[Mm]y name is|[Tt]his is|I'm [A-Z])",
            plain,
        )
    )


def _mentions(text: str, name: str) -> bool:
    """Return whether a text has a name, as a word of its own in Latin letters."""
    if not name.isascii():
        return name in text
    return re.search(rf"\b{re.escape(name)}(?:'?s)?\b", text, re.IGNORECASE) is not None


def _names(me: str) -> list[str]:
    """Return the parts of a name."""
    return [part for part in re.split(r"[\s・.]+", plain_text(me)) if part]


def is_japanese(text: str) -> bool:
    """Return whether more than a quarter of the characters are kana or kanji."""
    return len(re.findall(r"[ぁ-ヿ一-鿿]", text)) * 4 > len(text)
