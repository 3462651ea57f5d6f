"""Promises: detection in a text, and the dates they are due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

import pandas as pd

from enishi.coach.language.date_phrases import find_date
from enishi.coach.relations.history import FrameRow, Frames, active_contacts, is_filled, isin
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

_MEAL = "食事|ご飯|ごはん|飲み|飲も|呑み|お茶|ランチ|コーヒー|カフェ|ディナー|夕食|昼食"
_FOOD = "coffee|lunch|dinner|drinks?|tea|beer|breakfast|a bite|a meal|eat"

_ENDS = (
    r"(?:ます(?!か)|ましょう|よう(?:か)?$|とく|ときます|て(?:おく|おきます|くれる|くれます|くださる"
    r"|くださいます|もらえる|もらえます|いただける|いただけます|あげる))"
)
_I = r"\b(?:'ll|will|can|would|'d|promised to|going to|let me) (?:gladly |happily )?"

_HEARD = {
    "introduce": (
        rf"(?:紹介(?:いた)?し|おつなぎし|引き合わせ){_ENDS}|紹介する(?:ね|よ|約束|って|と言)"
        rf"|{_I}(?:introduce|connect you|put you in touch)"
    ),
    "meal": (
        rf"(?:また|今度|こんど|近いうち|近々|次は|いつか|ぜひ|是非|来週|来月)[^。！？!?\n]{{0,12}}"
        rf"(?:{_MEAL})"
        rf"|(?:{_MEAL})[^。！？!?\n]{{0,10}}(?:行きましょう|行こう|しましょう|しよう|誘い|誘う)"
        rf"|\b(?:let's|lets|let us|we should|we must|shall we)\b[^.!?\n]{{0,40}}\b(?:{_FOOD})\b"
        rf"|\b(?:grab|have|get|do) (?:a |some )?(?:{_FOOD})\b[^.!?\n]{{0,20}}"
        r"\b(?:some ?time|soon|again|next|together)"
    ),
    "send": (
        r"(?:お?送りし?|お?貸しし?|お?渡しし?|お持ちし|お?見せし?|お?教えし?|お?調べし?|お?探しし?"
        rf"|共有し|転送し|メールし|送っ|持って[い行][きっ]){_ENDS}"
        r"|(?:送る|貸す|渡す|見せる|教える|調べる)(?:ね|よ|約束|って|と言)"
        rf"|{_I}(?:send|share|forward|lend|bring|show|pass|look up|find out|give you)"
    ),
    "contact": (
        rf"(?:ご?連絡|お?電話|ご?返信|お?返事)(?:いた)?し{_ENDS}|また(?:話し|会い|お会いし)ましょう"
        r"|(?:連絡|電話|返信|返事)する(?:ね|よ|約束|って|と言)"
        r"|\blet's (?:catch up|keep in touch|stay in touch|talk (?:again|soon)"
        r"|meet (?:again|up|soon))"
        r"|\b(?:'ll|will|promised to) (?:call|e-?mail|text|write|get back|be in touch|let you know)"
    ),
}
"""Patterns of each kind of promise, the most particular kind first."""

_THEIRS = re.compile(
    r"(?:て|で)(?:くれる|くれた|くれると|くださる|くださると|もらえ|もらう|いただけ|いただく)"
    r"|とのこと|と言ってくれ|って言ってくれ|[^\s、。]さんが"
    r"|\b(?:he|she|they|you)(?:'ll| will|'d| would| promised| said| can)"
    r"|\b[A-Z][a-z]+ (?:will|would|promised|said|is going to)",
)
"""Patterns that show that the other person made the promise."""


@dataclass(frozen=True)
class DetectedPromise:
    """A promise detected in a text, to be offered to the user, never stored without a yes.

    Attributes:
        words: the sentence as written.
        kind: meal, send, introduce or contact.
        by: `me` or `them`.
        due: the date named in the sentence, or a suggestion.
        named: whether the sentence names the date.
        reason: why it counts as a promise.
    """

    words: str
    kind: str
    by: str
    due: date
    named: bool
    reason: Reason


def detect_kind(words: str) -> str:
    """Return the kind of promise that `words` match; '' where they match none.

    >>> detect_kind("また食事でも"), detect_kind("写真を送ります"), detect_kind("本")
    ('meal', 'send', '')
    """
    plain = normalize("NFKC", words).replace("’", "'")
    return next((k for k, p in _HEARD.items() if re.search(p, plain, re.IGNORECASE)), "")


def promise_kind(promise: FrameRow) -> str:
    """Return the kind of a promise: as stored, else as detected in its words; '' for none."""
    return str(promise["kind"]) or detect_kind(str(promise["words"]))


def detect_promises(
    text: str, today: date, settings: Settings | None = None
) -> tuple[DetectedPromise, ...]:
    """Return the promises detected in `text`, at most one per sentence.

    >>> [(h.kind, h.by) for h in detect_promises("また食事でも。", date(2026, 11, 20))]
    [('meal', 'me')]
    """
    settings = settings or Settings()
    heard = []
    for sentence in re.split(r"(?<=[。！？!?\n])|(?<=\.)\s+", text):
        words = sentence.strip()
        plain = normalize("NFKC", words).replace("’", "'")
        kind = detect_kind(plain)
        if not kind or not settings.is_enabled(f"heard_{kind}"):
            continue
        named = find_date(plain, today)
        days = settings.meal_days if kind == "meal" else settings.promise_days
        by = "them" if _THEIRS.search(plain) else "me"
        why = reason_for(f"heard_{kind}", words=words)
        due = named or today + timedelta(days=days)
        heard.append(DetectedPromise(words, kind, by, due, named is not None, why))
    return tuple(heard)


def open_promises(frames: Frames, today: date, settings: Settings | None = None) -> pd.DataFrame:
    """Return the open promises to and from active contacts, with a due date for each.

    Returns:
        Rows of the promise frame, the soonest first, with `dated` (whether `due` is written). For
        their order, an empty `due` is filled with `said_on` + `promise_days`, or `today` +
        `promise_days` where `said_on` is empty; no sentence may say such a day.
    """
    settings = settings or Settings()
    promise = frames["promise"]
    rows = promise[
        (promise["state"] == "open") & promise["contact_id"].isin(active_contacts(frames).index)
    ]
    said = rows["said_on"].fillna(pd.Timestamp(today)) + pd.Timedelta(days=settings.promise_days)
    rows = rows.assign(due=rows["due"].fillna(said), dated=rows["due"].notna())
    return rows.sort_values("due", kind="stable")


def promises_with(frames: Frames, contact_id: str) -> pd.DataFrame:
    """Return the open promises of either side with one contact, by date, undated ones last."""
    promise = frames["promise"]
    rows = promise[isin(promise["state"], "open") & isin(promise["contact_id"], contact_id)]
    return rows[is_filled(rows["words"])].sort_values("due", kind="stable")


def promise_reason(name: str, words: str, due: date | None) -> Reason:
    """Return why an open promise is shown: its words, and its day where one is written."""
    if due is None:
        return reason_for("promise_undated", name=name, words=words)
    return reason_for("promise", name=name, words=words, due=due.isoformat())
