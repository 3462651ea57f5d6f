"""Issues in a draft that might put the reader off, each with a gentler wording in the texts."""

from __future__ import annotations

import re
from unicodedata import normalize

from enishi.coach.rules.reason import TextIssue, issue
from enishi.coach.rules.settings import Settings

REFUSAL = "refuse"
"""The kind of message that refuses solicitation."""
NOT_FOR_REFUSALS = ("lint_unnamed", "lint_no_way_out", "lint_only_requests")
"""Rules that do not apply to a text that refuses: to name oneself to a seller is unsafe."""
PATTERNS = {
    "lint_joint_venture": (
        r"協業|共同事業|ジョイントベンチャー|一緒に(?:ビジネス|事業|会社)|ビジネスパートナー|\bJV\b"
        r"|joint venture|do business together|business partners?\b|partner up"
    ),
    "lint_business_early": (
        r"業務提携|ご提案(?:が|を|したい)|弊社(?:の)?(?:サービス|商品|製品)|案件|発注|見積|営業|商談|売り込|お仕事を?(?:いただ|くださ|紹介)"
        r"|仕事を(?:いただ|もらえ|くださ|紹介)|ビジネスの(?:話|お話)|ご契約"
        r"|business (?:proposal|opportunity|offer)|our (?:services?|products?)|hire me|a quote\b"
        r"|sales pitch|work for you|send me (?:clients|work)"
    ),
    "lint_mentor": (
        r"メンター(?:に|を)|弟子|師匠|指導して(?:ください|いただ)|育てて(?:ください|いただ)"
        r"|\bbe my mentor|mentor me|teach me everything"
    ),
    "lint_widen": (
        r"人脈を?(?:広げ|増や|作|つく)|(?:つながり|ご縁|交友関係)を?(?:広げ|増や)(?:たく|たい|る)"
        r"|(?:widen|expand|grow|build|extend) my (?:network|connections|circle)"
    ),
    "lint_empty_thanks": (
        r"貴重な(?:お時間|お話)|(?:大変|とても)?勉強になりました|有意義な(?:お時間|時間|お話)"
        r"|thank you for your (?:valuable|precious) time|learned a lot"
    ),
    "lint_meet_without_why": (
        r"(?:ぜひ)?一度(?:お会い|お目にかか)|お会いできれば(?:幸い|嬉し|うれし)"
        r"|(?:would|'d) love to (?:meet|connect|pick your brain)|pick your brain"
    ),
    "lint_pressing": (
        r"至急|なるはや|できるだけ早く|早急に|本日中にお?(?:返事|返信)|必ずお?(?:返事|返信)"
        r"|\basap\b|urgent|as soon as possible|reply (?:today|immediately)"
    ),
}
"""The pattern each rule matches; which rules apply depends on the stage."""

WHY = (
    r"\[|ため|ので|から|について|先日|お話(?:し|を)|拝見|読ん"
    r"|because|about|since|after|your (?:talk|book|post)"
)
REQUEST = (
    r"お願い(?:し(?!たいのは)|でき|いたし|が)|いただけ(?:ます|ません|ないで|れば|ると)|もらえ(?:ます|ません|ない|れば)"
    r"|てください(?!って)|[おご](?!放念|自愛|安心|覧|気|遠慮)[^\s、。]{1,6}ください|教えて(?:いただ|ほし)|頼みたい|お時間を"
    r"|\b(?:could|would|can|will) you\b|\bplease (?!find|do|feel|accept|note|disregard)"
    r"|i(?:'d| would) (?:like|love) (?:you to|to ask)"
    r"|may i ask|do me a favou?r|\bcan i (?:get|have|ask)\b"
)
THANKS = r"ありがとう|感謝|お礼|嬉しかった|うれしかった|楽しかった|thank|grateful|enjoyed"
OFFER = (
    r"お送りし|送りま|お渡し|お手伝い|お役に|ご紹介でき|共有し|差し上げ|お持ちし|よろしければ[^。]*どうぞ"
    r"|i(?:'ll| will| can) (?:send|share|help|bring|introduce)|happy to help|in return|attached"
)
WAY_OUT = (
    r"ご無理|無理(?:の|な|し)|お断り|断って|差し支えなければ|(?:難し|むずかし)(?:ければ|い場合|いよう)|気にしないで|放念"
    r"|ご都合が(?:よ|合)|返信は?(?:不要|いつでも)|お気になさら"
    r"|no (?:worries|pressure|hurry|rush)|(?:feel free|hesitate) to (?:say no|decline)"
    r"|should it not"
    r"|if (?:it|that|this)(?:'s| is)? (?:not|too)|perfectly fine|only if|if not"
)
SELF = r"(?:私|わたし|僕|ぼく|俺|弊社|当社|自分)(?:は|が|の|も|を|に)|\b(?:I|I'm|I've|my|we|our)\b"
NO = (
    r"興味(?:は|が)(?:ありません|ない)|(?:今後も?|もう)(?:のご?連絡(?:は|も))?(?:結構|必要ありません)|お断り(?:し|いたし)ます"
    r"|見送(?:ります|らせて|りたい)|遠慮(?:します|いたします|させて)|行かないことに|決めないと決めて|ご?連絡しないで"
    r"|\bnot interested\b|\bi decline\b|do not contact me|don't contact me|\bi(?:'ll| will) pass\b"
    r"|unable to accept|i cannot this time|i can't make it|i don't go to meetings"
    r"|never decide on the spot"
)
OTHER = r"さん|様|あなた|御社|貴社|皆さ|ご(?:活躍|執筆|講演|著書)|\b(?:you|your|you're)\b"


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
        The issues about phrases in the order of the text, then those about the whole text.
    """
    settings = settings or Settings()
    plain = normalize("NFKC", text).replace("’", "'")
    if not plain.strip() or kind == REFUSAL:
        return ()
    findings = [
        *about_words(plain, stage),
        *about_whole(plain, me, first, settings.first_characters),
    ]
    exempt = NOT_FOR_REFUSALS if kind == "decline" or is_refusal(plain) else ()
    return tuple(
        finding
        for finding in findings
        if finding.rule not in exempt and settings.is_enabled(finding.rule)
    )


def about_words(text: str, stage: int) -> list[TextIssue]:
    """Return the issues about single phrases, in the order of the text."""
    skipped = set()
    if stage >= 2:
        skipped.add("lint_business_early")
    if stage >= 3:
        skipped.add("lint_joint_venture")
    findings = []
    for key, pattern in PATTERNS.items():
        hit = re.search(pattern, text, re.IGNORECASE)
        if hit and key not in skipped and applies(key, text):
            findings.append(issue(key, hit.group(), hit.start()))
    return sorted(findings, key=lambda finding: finding.start)


def applies(key: str, text: str) -> bool:
    """Return whether a matched phrase stands alone: with detail or a reason it is no issue."""
    if key == "lint_empty_thanks":
        return not re.search(
            r"[「『“\"]|という(?:お話|言葉|ことば)|のお話|when you|what you said", text
        )
    if key == "lint_meet_without_why":
        return not re.search(WHY, text, re.IGNORECASE)
    return True


def about_whole(text: str, me: str, first: bool, longest: int) -> list[TextIssue]:
    """Return the issues about the whole text.

    A first message may have `longest` characters in Japanese and twice as many in English.
    """

    def has(pattern: str) -> bool:
        return bool(re.search(pattern, text, re.IGNORECASE))

    requests = list(re.finditer(REQUEST, text, re.IGNORECASE))
    findings = []
    if first and not is_named(text, me):
        findings.append(issue("lint_unnamed"))
    if requests and not has(THANKS) and not has(OFFER):
        findings.append(issue("lint_only_requests", requests[0].group(), requests[0].start()))
    elif len(requests) > 1 and len(request_sentences(text)) > 1:
        findings.append(issue("lint_many_requests", requests[1].group(), requests[1].start()))
    if requests and not has(WAY_OUT):
        findings.append(issue("lint_no_way_out", requests[-1].group(), requests[-1].start()))
    if text_focus(text) == "me":
        findings.append(issue("lint_only_me"))
    if first and len(text) > longest * (1 if is_japanese(text) else 2):
        findings.append(issue("lint_long"))
    return findings


def text_focus(text: str) -> str:
    """Return whom a text is about: `me`, `you`, `both`, or `short` while it is too short.

    The function counts sentences; no page shows the count (B24).
    """
    plain = normalize("NFKC", text).replace("’", "'")
    mine, theirs = len(sentences_with(SELF, plain)), len(sentences_with(OTHER, plain))
    if mine >= 3 and theirs <= mine / 3:
        return "me"
    if mine + theirs < 3:
        return "short"
    return "you" if theirs > 2 * mine else "both"


def is_request(text: str) -> bool:
    """Return whether a text contains a request."""
    return bool(re.search(REQUEST, normalize("NFKC", text).replace("’", "'"), re.IGNORECASE))


def is_refusal(text: str) -> bool:
    """Return whether a text refuses or declines something."""
    return bool(re.search(NO, normalize("NFKC", text).replace("’", "'"), re.IGNORECASE))


def is_about_work(text: str) -> bool:
    """Return whether a text mentions work, money or a joint venture."""
    plain = normalize("NFKC", text).replace("’", "'")
    early = (PATTERNS["lint_business_early"], PATTERNS["lint_joint_venture"])
    return any(re.search(pattern, plain, re.IGNORECASE) for pattern in early)


def is_named(text: str, me: str) -> bool:
    """Return whether the text names the sender `me`, or introduces one where `me` is empty."""
    own = [part for part in re.split(r"\s+", normalize("NFKC", me)) if part]
    if own:
        return any(part.lower() in text.lower() for part in own)
    return bool(
        re.search(
            r"と申します|(?:の|した)[^\s。、]{1,12}です|\b(?:[Mm]y name is|[Tt]his is|I'm [A-Z])",
            text,
        )
    )


def request_sentences(text: str) -> list[str]:
    """Return the sentences with a request, other than a request to decline or to ignore."""
    leave = r"断[っりら]|放念|気に(?:し|なさら)|say no|decline|forward|disregard"
    every = sentences_with(REQUEST, text)
    return [each for each in every if not re.search(leave, each, re.IGNORECASE)]


def sentences_with(pattern: str, text: str) -> list[str]:
    """Return the sentences of `text` that match `pattern`, ignoring case."""
    parts = re.split(r"[。！？!?\n]|\.\s", text)
    return [part for part in parts if re.search(pattern, part, re.IGNORECASE)]


def is_japanese(text: str) -> bool:
    """Return whether more than a quarter of the characters are kana or kanji."""
    return len(re.findall(r"[ぁ-ヿ一-鿿]", text)) * 4 > len(text)
