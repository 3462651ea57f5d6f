"""The kinds of tables that programs write: how each is recognised, and what its headings mean."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

Meanings = Mapping[str, tuple[str, ...]]
"""For each target, the headings with that meaning.

A target is one of `enishi.exchange.TABLE_FIELDS` or one of these:

- "mobile", "fax": telephone numbers that are the main one before others, or never;
- "address:LABEL:PART": a part of an address, see `enishi.exchange.addresses.ADDRESS_ORDER`;
- "birthday:PART": year, month or day of the birthday;
- "display": a name made of others, kept only if it says more;
- "flag": a tag if the cell is 1, else a field;
- "skip": left out, for it says nothing about the person.
"""


class FileKind(NamedTuple):
    """A kind of table.

    Attributes:
        name: one of the kinds of `enishi.exchange.FileReading`.
        source: one of `enishi.choices.FILE_SOURCES`.
        meanings: what the headings mean.
        all_of: headings that each such file has.
        any_of: headings of which it has at least one, no other kind has any.
        least: how many of the headings must be there.
        rest: the target of headings that are not among them.
    """

    name: str
    source: str
    meanings: Meanings
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    least: int = 3
    rest: str = "field"


def plain_header(cell: str) -> str:
    """Return a heading normalised for comparison: one width, one case, single spaces.

    >>> plain_header(" ＴＥＬ（会社） "), plain_header("オフィスの場所 ")
    ('tel(会社)', 'オフィスの場所')
    """
    if cell.isascii():
        return " ".join(cell.lower().split())
    return " ".join(unicodedata.normalize("NFKC", cell).casefold().split())


def address_parts(label: str, parts: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the meanings of the headings of one address."""
    return {f"address:{label}:{part}": headings for part, headings in parts.items()}


LINKEDIN: Meanings = {
    "given": ("first name",),
    "family": ("last name",),
    "url": ("url", "profile url"),
    "email": ("email address",),
    "organisation": ("company",),
    "title": ("position",),
    "met_on": ("connected on",),
    "circles": ("tags",),
    "address": ("address",),
    "field": ("websites",),
}
CONNECTED_ON = (
    *("つながった日", "つながりになった日", "接続日", "verbunden am", "vernetzt am"),
    *("date de connexion", "connecté le", "en relation depuis le", "conectado el"),
    *("fecha de conexión", "conectado em", "data da conexão", "data de conexão", "collegato il"),
    *("data di collegamento", "data del collegamento", "verbonden op", "연결 날짜", "연결된 날짜"),
    *("1촌 맺은 날", "1촌을 맺은 날짜", "建立联系日期", "建立關係日期"),
)
LINKEDIN_TRANSLATED: Meanings = {
    "given": (
        *("名", "vorname", "prénom", "nombre", "nome", "voornaam", "이름", "名字"),
        "first name",
    ),
    "family": (
        *("姓", "nachname", "nom", "apellido", "apellidos", "sobrenome", "apelido", "cognome"),
        *("achternaam", "성", "姓氏", "last name"),
    ),
    "url": ("url", "profil-url", "url du profil", "url del perfil", "url do perfil"),
    "email": (
        *("メールアドレス", "e-mail-adresse", "adresse e-mail", "adresse email", "e-mail"),
        *("dirección de correo electrónico", "correo electrónico", "endereço de e-mail"),
        *("indirizzo e-mail", "indirizzo email", "e-mailadres", "이메일 주소", "이메일", "邮箱"),
        "email address",
    ),
    "organisation": (
        *("会社", "会社名", "unternehmen", "firma", "entreprise", "société", "empresa", "azienda"),
        *("bedrijf", "회사", "회사명", "公司", "company"),
    ),
    "title": (
        *("役職", "職種", "position", "poste", "fonction", "cargo", "puesto", "posición"),
        *("posizione", "qualifica", "função", "functie", "직책", "직위", "직함", "职位", "職位"),
    ),
    "met_on": CONNECTED_ON,
}
"""LinkedIn's connections with headings in the language of the member."""
LINKEDIN_IMPORTED: Meanings = {
    "given": ("firstname", "middlename"),
    "family": ("lastname",),
    "display": ("fullname",),
    "organisation": ("companies",),
    "title": ("title",),
    "email": ("emails",),
    "phone": ("phonenumbers",),
    "url": ("sites", "profiles"),
    "address": ("addresses",),
    "birthday": ("birthday",),
    "field": ("instantmessagehandles", "location"),
    "skip": ("source", "createdat", "bookmarkedat"),
}
GOOGLE_NEW: Meanings = {
    "given": ("first name", "middle name"),
    "family": ("last name",),
    "given_kana": ("phonetic first name", "phonetic middle name"),
    "family_kana": ("phonetic last name",),
    "organisation": ("organization name",),
    "department": ("organization department",),
    "title": ("organization title",),
    "birthday": ("birthday",),
    "note": ("notes",),
    "circles": ("labels",),
    "alias": ("nickname",),
    "display": ("file as",),
    "field": ("name prefix", "name suffix"),
    "skip": ("photo",),
    "email": ("e-mail 1 - value",),
    "phone": ("phone 1 - value",),
}
"""Google's headings since 2024; an export contains only the columns in use."""
GOOGLE_OLD: Meanings = {
    "given": ("given name", "additional name"),
    "family": ("family name",),
    "given_kana": ("given name yomi", "additional name yomi"),
    "family_kana": ("family name yomi",),
    "organisation": ("organization 1 - name",),
    "department": ("organization 1 - department",),
    "title": ("organization 1 - title",),
    "birthday": ("birthday",),
    "note": ("notes",),
    "circles": ("group membership",),
    "alias": ("nickname",),
    "display": ("name", "yomi name"),
    "field": ("name prefix", "name suffix"),
    "skip": ("photo",),
    "email": ("e-mail 1 - value",),
    "phone": ("phone 1 - value",),
}
EIGHT: Meanings = {
    "organisation": ("会社名",),
    "department": ("部署名",),
    "title": ("役職",),
    "name": ("氏名",),
    "family": ("姓",),
    "given": ("名",),
    "email": ("e-mail",),
    "phone": ("tel直通", "tel部門", "tel会社"),
    "fax": ("fax",),
    "mobile": ("携帯電話",),
    "url": ("url",),
    "date": ("名刺交換日",),
    "field": ("eightでつながっている人", "再データ化中の名刺", "'?'を含んだデータ"),
    **address_parts("", {"postal": ("郵便番号",), "street": ("住所",)}),
}
"""Both generations: 氏名 in one column until about 2018, 姓 and 名 since."""
SANSAN: Meanings = {
    "organisation": ("会社名",),
    "department": ("部署名", "部署"),
    "title": ("役職",),
    "name": ("氏名",),
    "family": ("姓", "氏名[姓]"),
    "given": ("名", "氏名[名]"),
    "kana": ("氏名(カナ)", "氏名カナ"),
    "family_kana": ("氏名(カナ)[姓]", "姓(カナ)", "姓カナ"),
    "given_kana": ("氏名(カナ)[名]", "名(カナ)", "名カナ"),
    "romaji": ("氏名(英字)", "英字氏名"),
    "email": ("e-mail", "email", "e-mail(1)", "email(1)", "e-mail(2)", "email(2)"),
    "mobile": ("携帯電話", "携帯電話(1)", "携帯電話(2)"),
    "phone": (
        *(
            "直通tel",
            "tel直通",
            "直通電話",
            "tel",
            "電話番号",
            "代表tel",
            "代表電話",
            "部門tel",
            "tel1",
            "tel2",
        ),
        *(f"tel-{n}({m})" for m in (1, 2) for n in (1, 2)),
    ),
    "fax": ("fax", "fax(1)", "fax(2)"),
    "url": ("url", "url(1)", "url(2)"),
    "date": ("名刺交換日",),
    "circles": ("タグ",),
    "note": ("メモ",),
    "skip": (*("名刺id", "人物id", "会社id", "拠点id", "名刺所有者ユーザid", "名刺更新日時"),),
    **{
        target: headings
        for n in ("1", "2")
        for target, headings in address_parts(
            "" if n == "1" else n,
            {
                "postal": (f"郵便番号({n})", *(("郵便番号",) if n == "1" else ())),
                "street": (
                    f"住所({n})[全て]",
                    f"住所({n})",
                    f"住所{n}",
                    *(("住所",) if n == "1" else ()),
                ),
                "region": (f"住所({n})[都道府県]",),
                "city": (f"住所({n})[市区町村]",),
                "street2": (f"住所({n})[番地]",),
                "street3": (f"住所({n})[ビル名]",),
            },
        ).items()
    },
}
OUTLOOK: Meanings = {
    "given": ("first name", "middle name"),
    "family": ("last name",),
    "given_kana": ("given yomi",),
    "family_kana": ("surname yomi",),
    "alias": ("nickname",),
    "organisation": ("company",),
    "department": ("department",),
    "title": ("job title",),
    "email": ("e-mail address", "e-mail 2 address", "e-mail 3 address"),
    "mobile": ("mobile phone",),
    "phone": (
        *("primary phone", "home phone", "home phone 2", "business phone", "business phone 2"),
        *("other phone", "company main phone", "car phone", "radio phone", "assistant's phone"),
        *("callback", "isdn", "tty/tdd phone"),
    ),
    "fax": ("business fax", "home fax", "other fax", "pager", "telex"),
    "url": ("web page", "personal web page", "business web page"),
    "birthday": ("birthday",),
    "date": ("anniversary",),
    "circles": ("categories",),
    "note": ("notes",),
    "display": (
        *("name", "e-mail display name", "e-mail 2 display name", "e-mail 3 display name"),
        *("e-mail", "initials"),
    ),
    "skip": (
        *("e-mail type", "e-mail 2 type", "e-mail 3 type", "priority", "private", "sensitivity"),
        "internet free busy",
    ),
    "field": (
        *("title", "suffix", "gender", "language", "location", "office location", "spouse"),
        *("children", "hobby", "profession", "account", "assistant's name", "manager's name"),
        *("billing information", "directory server", "government id number", "keywords", "mileage"),
        *("organizational id number", "referred by", "user 1", "user 2", "user 3", "user 4"),
        *("schools", "imaddress", "company yomi"),
    ),
    **{
        target: headings
        for kind in ("business", "home", "other")
        for target, headings in address_parts(
            kind.title(),
            {
                "street": (f"{kind} street",),
                "street2": (f"{kind} street 2",),
                "street3": (f"{kind} street 3",),
                "box": (f"{kind} address po box",),
                "city": (f"{kind} city",),
                "region": (f"{kind} state",),
                "postal": (f"{kind} postal code",),
                "country": (f"{kind} country/region", f"{kind} country"),
            },
        ).items()
    },
}
"""Desktop Outlook, Outlook.com, Google's "Outlook CSV" and the Windows address book."""
OUTLOOK_JA: Meanings = {
    "given": ("名", "ミドル ネーム"),
    "family": ("姓",),
    "given_kana": ("名前フリガナ", "名フリガナ"),
    "family_kana": ("姓フリガナ",),
    "honorific": ("敬称",),
    "alias": ("ニックネーム",),
    "organisation": ("会社名",),
    "department": ("部署",),
    "title": ("役職",),
    "email": (
        *("電子メール アドレス", "電子メール 2 アドレス", "電子メール 3 アドレス"),
        "電子メール",
    ),
    "mobile": ("携帯電話",),
    "phone": (
        *("通常の電話", "自宅電話", "自宅電話 2", "自宅電話番号", "会社電話", "会社電話 2"),
        *("会社電話番号", "その他の電話", "会社代表電話", "自動車電話", "無線電話", "秘書の電話"),
        *("コールバック", "isdn", "tty/tdd"),
    ),
    "fax": ("会社 fax", "自宅 fax", "その他の fax", "ポケットベル", "テレックス"),
    "url": ("web ページ", "個人 web ページ", "会社 web ページ"),
    "birthday": ("誕生日",),
    "date": ("記念日",),
    "circles": ("分類",),
    "note": ("メモ",),
    "display": (
        "名前",
        "電子メール表示名",
        "電子メール 2 表示名",
        "電子メール 3 表示名",
        "イニシャル",
    ),
    "skip": (
        *("電子メールの種類", "電子メール 2 の種類", "電子メール 3 の種類"),
        *("優先度", "プライベート", "秘密度", "インターネット空き時間情報"),
    ),
    "field": (
        *("肩書き", "性別", "言語", "場所", "事業所", "オフィスの場所", "配偶者", "子供", "趣味"),
        *("職業", "アカウント", "秘書の氏名", "マネージャー", "経費情報", "ディレクトリ サーバー"),
        *("id 番号", "会社 id", "キーワード", "支払い条件", "参照事項", "会社名フリガナ"),
        *("ユーザー 1", "ユーザー 2", "ユーザー 3", "ユーザー 4"),
    ),
    **{
        target: headings
        for kind in ("会社", "自宅", "その他")
        for target, headings in address_parts(
            kind,
            {
                "street": (f"番地 ({kind})",),
                "street2": (f"住所 2 ({kind})",),
                "street3": (f"住所 3 ({kind})",),
                "box": (f"{kind}住所私書箱",),
                "city": (f"市町村 ({kind})", f"市区町村 ({kind})"),
                "region": (f"都道府県 ({kind})",),
                "postal": (f"郵便番号 ({kind})",),
                "country": (f"国 ({kind})/地域", f"国または地域 ({kind})"),
            },
        ).items()
    },
}
THUNDERBIRD: Meanings = {
    "given": ("first name",),
    "family": ("last name",),
    "display": ("display name",),
    "alias": ("nickname",),
    "email": ("primary email", "secondary email"),
    "mobile": ("mobile number",),
    "phone": ("work phone", "home phone"),
    "fax": ("fax number", "pager number"),
    "title": ("job title",),
    "department": ("department",),
    "organisation": ("organization", "organisation"),
    "url": ("web page 1", "web page 2"),
    "birthday:year": ("birth year",),
    "birthday:month": ("birth month",),
    "birthday:day": ("birth day",),
    "note": ("notes",),
    "field": ("screen name", "custom 1", "custom 2", "custom 3", "custom 4"),
    **{
        target: headings
        for kind in ("home", "work")
        for target, headings in address_parts(
            kind.title(),
            {
                "street": (f"{kind} address",),
                "street2": (f"{kind} address 2", f"{kind} address2"),
                "city": (f"{kind} city",),
                "region": (f"{kind} state", f"{kind} county"),
                "postal": (f"{kind} zipcode", f"{kind} zip", f"{kind} post code"),
                "country": (f"{kind} country",),
            },
        ).items()
    },
}
OWN_UID = ("enishi number", "enishiの番号")
"""The heading that only our own table has; `enishi.exchange.contact_export_tables` reads it."""
FILE_KINDS = (
    FileKind(
        *("enishi", "table", {"skip": OWN_UID, "name": ("name", "名前")}),
        any_of=OWN_UID,
        least=2,
    ),
    FileKind("linkedin", "linkedin", LINKEDIN, ("first name", "last name", "connected on")),
    FileKind(
        *("linkedin-translated", "linkedin", LINKEDIN_TRANSLATED),
        any_of=CONNECTED_ON,
        least=5,
    ),
    FileKind(
        *("linkedin-imported", "linkedin", LINKEDIN_IMPORTED),
        all_of=("firstname", "lastname"),
        any_of=("instantmessagehandles", "phonenumbers", "bookmarkedat"),
    ),
    FileKind(
        *("google-old", "google", GOOGLE_OLD, ("given name", "family name")),
        any_of=(
            *("group membership", "additional name", "yomi name", "photo"),
            *("e-mail 1 - value", "phone 1 - value"),
        ),
    ),
    FileKind(
        *("google-new", "google", GOOGLE_NEW),
        any_of=("labels", "file as", "organization name", "e-mail 1 - value", "phone 1 - value"),
    ),
    FileKind(
        *("eight", "eight", EIGHT, ("会社名",)),
        any_of=("eightでつながっている人", "再データ化中の名刺", "'?'を含んだデータ", "tel直通"),
        rest="flag",
    ),
    FileKind(
        *("sansan", "sansan", SANSAN, ("会社名",)),
        any_of=("名刺所有者ユーザid", "住所(1)[全て]", "tel-1(1)", "名刺id", "氏名[姓]"),
    ),
    FileKind(
        *("outlook-ja", "outlook", OUTLOOK_JA, ("姓", "名")),
        any_of=(
            "電子メール アドレス",
            "姓フリガナ",
            "番地 (会社)",
            "番地 (自宅)",
        ),
    ),
    FileKind(
        *("thunderbird", "table", THUNDERBIRD, ("first name", "last name")),
        any_of=("primary email", "secondary email", "mobile number"),
    ),
    FileKind(
        *("outlook", "outlook", OUTLOOK, ("first name", "last name")),
        any_of=(
            *("e-mail address", "e-mail 2 address", "business phone", "business street"),
            *("home street", "primary phone"),
        ),
    ),
)
"""The kinds in the order in which they are tried."""
BY_NAME = {kind.name: kind for kind in FILE_KINDS}
HEADINGS_OF_KINDS = frozenset(
    heading for kind in FILE_KINDS for headings in kind.meanings.values() for heading in headings
)
"""The headings of all kinds: a line that begins with none of them is no line of headings."""
DEFAULT_CELLS = {
    "gender": ("unspecified",),
    "性別": ("指定なし",),
    "mileage": ("0",),
    **dict.fromkeys(("priorität", "vertraulichkeit", "priorité"), ("normal", "normale")),
    "privat": ("falsch",),
    "geschlecht": ("keine angabe",),
}
"""What a program writes into a cell, by heading, where nobody entered anything."""


@cache
def targets(name: str) -> dict[str, str]:
    """Return the target of each heading of the kind `name`."""
    meanings = BY_NAME[name].meanings
    return {heading: target for target, headings in meanings.items() for heading in headings}


def kind_of_headings(cells: Iterable[str]) -> str:
    """Return the kind of table that a line of headings indicates, "" if none is known.

    First and last name, company and position alone are not enough: tables of many programs have
    them.

    >>> kind_of_headings(["First Name", "Last Name", "Company", "Position", "Email"])
    ''
    >>> kind_of_headings(["First Name", "Last Name", "Connected On"])
    'linkedin'
    """
    seen = {plain_header(cell) for cell in cells}
    for kind in FILE_KINDS:
        if (
            seen.issuperset(kind.all_of)
            and not (kind.any_of and seen.isdisjoint(kind.any_of))
            and len(seen & targets(kind.name).keys()) >= kind.least
        ):
            return kind.name
    return ""
