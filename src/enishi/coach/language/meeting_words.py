"""Words that say that two people are going to meet, or that one invites the other, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from enishi.coach.language.date_phrases import written_dates

_MEETING_JA = re.compile(
    r"会う|会い(?:に|た|ま)|会って|会お|お会い|お目にかか|お茶|食事|ごはん|ご飯|ランチ|ディナー"
    r"|夕飯|夕食|昼食|朝食|飲みに|飲み会|訪ね|訪問|遊びに(?:行|来|い)|待ち合わせ|コーヒー|珈琲|散歩"
)
_OTHER_JA = re.compile(
    r"送|贈る|書く|書いて|手紙|はがき|葉書|メール|メッセージ|連絡|誘|お礼|感想|返事|返信|日を|日程|日時|候補"
    r"|予約|調べ|探|さがす|聞いてみ|尋ね|たずね|紹介|電話|買|届け|茶葉|お茶菓子|コーヒー豆|レシピ|写真"
    r"|会えるか|会えそう|会わない|やめ|断"
)
_MEETING_EN = re.compile(
    r"\b(?:meet(?:ing)?(?: up)?(?: with)?|coffee|tea|lunch|dinner|supper|breakfast|brunch|drinks"
    r"|visit(?:ing)?|see (?:him|her|them)|catch up over|walk with)\b"
)
_SEE_NAME = re.compile(r"\b[Ss]ee [A-Z][a-zà-ÿ]+\b")
_OTHER_EN = re.compile(
    r"^\W*(?:please )?(?:send|write|mail|email|message|text|call|phone|ring|ask|invite|thank|book"
    r"|order|arrange|plan|suggest|propose|find|buy|read|reply|answer|choose|pick|cancel|decline|offer"
    r"|look|check|note|type|share|return|forward|print|introduce|remind|post|research)\b"
    r"|\b(?:letters?|e-?mails?|messages?|parcels?|packages?|photos?|notes?|minutes|invitation"
    r"|recipes?|beans|not|don't|no longer|maybe|perhaps|some ?time|date for)\b",
    re.IGNORECASE,
)
FORMS = ("meal", "coffee", "call")
"""What one can be invited to; their texts are in `data/words/drafts.yaml`."""
_FORM_WORDS = {
    "meal": r"食事|ごはん|ご飯|ランチ|ディナー|夕食|昼食|\b(?:meal|lunch|dinner|supper)\b",
    "coffee": r"お茶|コーヒー|珈琲|\b(?:coffee|tea)\b",
    "call": r"電話|通話|\b(?:call|phone)\b",
}
_INVITES = re.compile(r"誘|\binvite\b", re.IGNORECASE)


@dataclass(frozen=True)
class Invitation:
    """An invitation.

    Attributes:
        form: one of `FORMS`.
        days: the days to choose from that are not over.
    """

    form: str
    days: tuple[date, ...]


def says_meeting(words: str) -> bool:
    """Return whether `words` name a meeting; False where that is unsure.

    To invite somebody, to write to them or to send them something is no meeting.

    >>> says_meeting("駅前でお茶"), says_meeting("お茶に誘う"), says_meeting("会議の資料")
    (True, False, False)
    >>> says_meeting("Lunch near the station"), says_meeting("thank her for the lunch")
    (True, False)
    """
    plain = normalize("NFKC", words).replace("’", "'")
    if _OTHER_JA.search(plain) or _OTHER_EN.search(plain):
        return False
    met = _MEETING_JA.search(plain) or _MEETING_EN.search(plain.casefold())
    return bool(met or _SEE_NAME.search(plain))


def read_invitation(words: str, today: date) -> Invitation | None:
    """Return the invitation that a step's words hold; None where a form or every day is missing.

    >>> read_invitation("お茶に誘う：12月8日か12月10日", date(2026, 11, 20))
    Invitation(form='coffee', days=(datetime.date(2026, 12, 8), datetime.date(2026, 12, 10)))
    >>> read_invitation("お茶に誘う", date(2026, 11, 20))
    """
    if not _INVITES.search(words):
        return None
    form = next((form for form in FORMS if re.search(_FORM_WORDS[form], words, re.I)), "")
    near = today + timedelta(weeks=26)  # a day that is over is read as one of next year
    days = [day for day in written_dates(words, today) if day <= near]
    return Invitation(form, tuple(days)) if form and days else None
