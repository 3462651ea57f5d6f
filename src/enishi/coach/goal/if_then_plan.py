"""Checks of an if-then plan: the cue must be noticeable, the act must be observable."""

from __future__ import annotations

import re
from unicodedata import normalize

from enishi.coach.rules.reason import TextIssue, issue

CUES = {
    "place": (
        r"[^\s、]+(?:に着|につ[いく]|へ着|の席|の受付|の入口|の会場|の前|の帰り|へ行|に行|に入|を出(?:た|る|て))"
        r"|(?:会場|受付|駅|電車|会社|家|カフェ|教室|玄関|机|席)(?:で|に|の|へ|を)"
        r"|\b(?:arrive|enter|leave|reach|sit down|walk in|get (?:to|home|off)|at the|on the"
        r"|in the (?:room|train|lobby|office|hall))\b"
    ),
    "time": (
        r"\d{1,2}時|\d{1,2}[:：]\d\d|[月火水木金土日]曜|毎[朝晩日週月]|今[朝晩夜日]|明日|あした|週末"
        r"|(?:朝|昼|夜|夕方|昼休み|朝食|昼食|夕食|会議|仕事|打ち?合わせ|勉強会)(?:の|に|が|を)?"
        r"(?:あと|後|前|まえ|とき|時|終わ|食べ|休み)|\d+日(?:に|の|後|まえ|前)|寝る前|起きたら"
        r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b\d{1,2}(?::\d\d)?\s?(?:am|pm|o'clock)\b"
        r"|\b(?:every|each) \w+|\b(?:before|after|during) \w+|\b(?:in the )?(?:morning|evening)\b"
        r"|\bat (?:noon|lunch|breakfast|dinner|night)\b|\btomorrow\b|\btonight\b"
    ),
    "sign": (
        r"(?:たら|だら)(?=$|[、,。 ])|(?:れば|ければ|なら|とき|時|と)(?=$|[、,。 ])|のを(?:見|聞)"
        r"|\b(?:when|once|as soon as|whenever|the moment)\b"
        r"|\bif (?:i|someone|somebody|they|he|she|we|the|a|my|there)\b"
        r"|\b(?:i|someone|somebody|they|he|she|it|my \w+) "
        r"(?:see|sees|hear|hears|feel|feels|notice|ring|rings|ask|asks|say|says|get|gets|finish\w*)\b"
    ),
}
"""The three kinds of cue: a place, a time, a sign."""

SOMETIME = re.compile(
    r"^(?:もし)?\s*(?:いつか|そのうち|ひまなとき|暇なとき|時間があれ?ば|時間があったら|できるとき|余裕が|"
    r"気が向いたら|機会があれば|someday|sometime|some day|one day|when i (?:have|find|get) "
    r"(?:the |some )?time|when possible|whenever i can|if possible)",
    re.IGNORECASE,
)
"""Cues that name no particular moment."""

FELT = re.compile(
    r"がんば|頑張|意識|気をつけ|気を付け|心がけ|心掛け|努力|考え(?:る|よう|て)|大切にする|なんとか|"
    r"前向き|積極的に(?:する|なる)|仲良く(?:する|なる)|広げる|"
    r"\b(?:try|think about|be (?:more )?(?:positive|open|confident|friendly|active|brave|nicer)"
    r"|do my best|work on|focus on|be mindful|remember|make an effort|improve|care more"
    r"|widen|network)\b",
    re.IGNORECASE,
)
"""Intentions that another person cannot observe."""

SEEN = re.compile(
    r"言う|言い|伝え|話[しすそ]|声をかけ|声を掛け|あいさつ|挨拶|名乗|聞[いくきこ]|聴[いくきこ]|たずね|尋ね|"
    r"質問|送[るりろっ]|書[いくきこ]|渡[すしそ]|電話|メール|メモ|返信|返事|連絡|誘[いうわっ]|予約|"
    r"申し込|申込|行[くきこっ]|座[るりろっ]|立[つちとっ]|読[むみもん]|買[いうおっ]|紹介|貸[すしそ]|"
    r"開[くきこい]|見せ|手伝|笑|うなず|深呼吸|息を|置[くきこい]|撮|投稿|調べ|作[るりろっ]|練習|出す|入れる|"
    r"参加|配[るりろっ]|飲[むみもん]|食べ|歩[くきこい]|お礼|ほめ|"
    r"\b(?:say|tell|ask|send|write|call|phone|email|mail|text|message|reply|answer|thank|greet"
    r"|introduce|invite|book|reserve|sign up|go|walk|sit|stand|read|buy|lend|open|show|help"
    r"|smile|nod|breathe|put|take|post|share|give|hand|bring|offer|join|listen|note|look up|speak"
    r"|talk|praise|practise|practice|make|draw|count|leave|drink|eat|visit|meet|knock)\b",
    re.IGNORECASE,
)
"""Acts that another person can observe."""

NOT = re.compile(
    r"ない(?:ように(?:する)?|でおく|こと)?。?$|(?:やめ|避け)る。?$"
    r"|\b(?:not|never|don't|stop|avoid|quit)\b",
    re.IGNORECASE,
)
"""Acts that only state what not to do."""


def cue_kinds(cue: str) -> frozenset[str]:
    """Return the kinds of cue that `cue` names: place, time, sign.

    >>> sorted(cue_kinds("木曜の勉強会で席に着いたら"))
    ['place', 'sign', 'time']
    """
    text = normalize("NFKC", cue).strip()
    if SOMETIME.search(text):
        return frozenset()
    return frozenset(
        kind for kind, pattern in CUES.items() if re.search(pattern, text, re.IGNORECASE)
    )


def check_plan(cue: str, act: str) -> tuple[TextIssue, ...]:
    """Return the issues of an if-then plan; an empty tuple when it has none.

    Args:
        cue: the "if": a place, a time or a sign that is noticeable (implementation intentions).
        act: the "then": one act that another person can observe.
    """
    findings = []
    if not cue_kinds(cue):
        findings.append(issue("plan_cue", cue.strip()))
    text = normalize("NFKC", act).strip()
    seen, felt = SEEN.search(FELT.sub(" ", text)), FELT.search(text)
    if not text:
        findings.append(issue("plan_act"))
    elif NOT.search(text):
        findings.append(issue("plan_act_not", act.strip()))
    elif felt and not seen:
        findings.append(issue("plan_act_unseen", felt.group(), felt.start()))
    elif not seen:
        findings.append(issue("plan_act", act.strip()))
    return tuple(findings)
