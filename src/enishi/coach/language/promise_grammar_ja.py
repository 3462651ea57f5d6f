"""Who promises whom in a Japanese sentence, from its endings, subjects and reported speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from enishi.coach.language.phrase_rules import read_phrase_rules

_ME, _THEM = "me", "them"


@dataclass(frozen=True)
class _Grammar:
    """The compiled patterns; each field is named for what it matches."""

    quoted: re.Pattern[str]
    innocent: re.Pattern[str]
    split: re.Pattern[str]
    reported_to_me: re.Pattern[str]
    reported_by_me: re.Pattern[str]
    said_by_name: re.Pattern[str]
    decided: re.Pattern[str]
    hearsay: re.Pattern[str]
    particles: re.Pattern[str]
    let_me: re.Pattern[str]
    refused: re.Pattern[str]
    theirs: re.Pattern[str]
    for_you: re.Pattern[str]
    humble: re.Pattern[str]
    giving: re.Pattern[str]
    polite: re.Pattern[str]
    plain: re.Pattern[str]
    verb: re.Pattern[str]
    joint: re.Pattern[str]
    vague_meal: re.Pattern[str]
    addressed: re.Pattern[str]
    taken_on: re.Pattern[str]
    certain: re.Pattern[str]
    happens: re.Pattern[str]
    alone: re.Pattern[str]
    own_things: re.Pattern[str]
    speaker_subject: re.Pattern[str]
    other_subject: re.Pattern[str]
    kin_subject: re.Pattern[str]
    topic: re.Pattern[str]
    other_recipient: re.Pattern[str]
    coming: re.Pattern[str]
    to_me: re.Pattern[str]
    of_others: re.Pattern[str]
    noted: re.Pattern[str]
    takes_me: re.Pattern[str]
    takes_them: re.Pattern[str]
    passed_on: re.Pattern[str]
    taught_to_me: re.Pattern[str]
    noun_act: re.Pattern[str]
    elided: re.Pattern[str]
    appointment: re.Pattern[str]
    at_once: re.Pattern[str]
    my_treat: re.Pattern[str]
    trust_me: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    words = {rule.key: f"(?:{rule.pattern.pattern})" for rule in read_phrase_rules("promises")}
    me, person, kin = words["speaker_ja"], words["person_ja"], words["kin_ja"]
    giving, meeting = words["giving_ja"], words["meeting_ja"]
    against = ("habit_ja", "to_all_ja", "to_the_reader_ja", "told_story_ja")
    masu = "(?:ます|まする|ますで|まっせ|まっさ|まひょ|ましょう)"
    patterns = {
        "quoted": r"^(?P<before>[^「」]*)「(?P<said>[^「」]+)」(?P<after>.*)$",
        "innocent": "|".join(words[key] for key in against)
        + rf"|{words['dropped_ja']}[^、。「」]*[。!]*$",
        "split": (
            r"(?:(?<=ので)|(?<=のに)|(?<=から)|(?<=さかい)|(?<=けど)|(?<=けれど)|(?<=んで)"
            r"|(?<=[うくすつぬむるぐぶい]し)|(?<=[るすうくだたい]が)|(?<=[るうだや]そうで)"
            r"|(?<=まして)|(?<=らしく)|(?<=一方)|(?<=一方で)|(?<=[うくすつむるぐぶ]代わりに)"
            r"|(?<=[うくすつむるぐぶ]かわりに)|(?<=[うくすむるぐぶ])(?=、[^、。]{1,8}[はがも])"
            r"|(?<=て)(?=、[^、。]{1,10}まで[^、。]+(?:くれ|もら|くださ)))"
            r"、(?!と|って|て言)|(?<=[るくすうつむぐぶ][わでねよな])、(?!と|って)|(?<=ます)、(?!と|って)"
            r"|(?<=ますんで)(?=[^、。])|(?<=くれるし)(?=[^、。])|(?<=とくし)(?=[^、。])|(?<=ますし)(?=[^、。])"
            r"|(?<=ことになり)、|(?<=[るうくすつむぐぶ]から)(?=[^、。ねなよはもでにのとっだ])"
            r"|(?<=さかい)(?=[^、。なよねと])"
        ),
        "reported_to_me": (
            r"(?:、?(?:と|って|て|との|という|っていう)"
            r"(?:[^、。とて]{0,14}?)?"
            r"(?:言われ|いわれ|(?:言|い|ゆ)(?:って|うて)(?:もら|もろ|いただ|くれ|くださ|た"
            r"|は|い(?:た|る|ま)|おられ|らし)"
            r"|おっしゃ|仰|耳打ち|言いだ|そう言|(?:言う|いう|言うて|いうて)(?=、|$)|言うので|言うから|言い出|言い張|申し出て(?:くれ|くださ|もら|いただ)"
            r"|約束して(?:くれ|くださ|もら|いただ|いる|た)|約束を?もら|請け合って(?:くれ|くださ)"
            r"|引き受けて(?:くれ|くださ|もら)|聞い(?:た|て)|うかがっ|伺っ"
            r"|(?:メール|メッセージ|返事|返信|連絡|電話|知らせ|手紙|ライン|LINE|伝言|申し出"
            r"|お?話|声)"
            r"(?:を?(?:が|も)?(?:あっ|あり|来|き|届|もら|いただ|入っ)|を受け)|(?:来|き)"
            r"(?:た|て(?:い?る|くれ)|ました)|届い"
            r"|のこと)"
            r"|(?:との|という|っていう)(?:メール|メッセージ|返事|返信|連絡|電話|知らせ|手紙"
            r"|ライン|LINE|伝言|申し出|お?話|声|こと)(?:です|だ|や)?$"
            r"|(?<=から)、?[^。]*、?(?:と|って)(?:メール|メッセージ|返事|返信|連絡|電話|伝言)$"
            r"|とのこと|(?:言うて|ゆうて)(?:は|た|くれ|もろ)|言うて、)"
        ),
        "reported_by_me": (
            r"、?(?:と|って、?|旨を?|て)(?:[^、。]{0,16}?)"
            r"(?:言った|言うた|いった|言いました|言(?:って|うて)(?:おい|ある|しま|もう|もた"
            r"|き(?:た|ま)|あげ)|言っちゃ|言うちゃ|言っとい|言うとい"
            r"|伝え|返事(?:し|を(?:し|送|出))|返信し|返し(?:た|て|ました)|答え|応じ|請け負|請け合"
            r"|引き受け|申し出|申し(?:上げ|入れ|伝え)|安心させ|伝達|書(?:い|き)|メール(?:し"
            r"|を送|済)"
            r"|連絡(?:し|済|を(?:し|入れ))|電話(?:し|を(?:し|入れ)|で)|宣言|話し(?:た|て|ました)"
            r"|快諾|承知|話をつけ|請け合|申し添え|(?:返信|連絡|伝達|報告|回答|送信|通知|了承|確認|回答)済|お話し(?:し"
            r"|済)|お答え|お返事|お伝え|(?:お)?約束(?:し|を|済|する|や|だ|です|$)|誓"
            r"|指切り|口約束|打っ|(?:LINE|ライン|返信|返事|返答|回答|メール|伝言|一筆|一報)$)"
            rf"|(?:と|って)、?{person}(?:に|へ|には)[^、。]{{0,10}}$|済み?$"
        ),
        "said_by_name": (
            rf"(?:と|って|て)、?{person}(?:が|は|も|から|より|の(?:返事|お?話|弁|言葉))?"
            r"(?:[^、。た]{0,4})?$"
            rf"|(?:と|って|て)、?(?:{person}|{kin})(?:が|は|から|より)[^、。]{{0,8}}(?:で|にて)$"
        ),
        "decided": (
            r"(?P<said>.*?[うくすつぬむるぐぶ])(?:という|との|って|ちゅう)?"
            r"(?:(?:ことに|ことで|ことと?|段取りに|手はずに|話に|約束に|運びに|運びと|ことと)"
            r"(?:な(?:った|りました|り$|っ(?:て|と)(?:い?る|い?ます|おり))|し(?:た|ました"
            r"|て(?:い?る|い?ます))"
            r"|決ま(?:った|りました|り)|決め(?:た|ました)|いたしました|相成り|話がつい|まとま|別れ|散会|お開き|$)"
            r"|お?約束(?:です|だ|や|をし(?:た|ました|て)|し(?:た|て|ました)|が(?:ある|でき)"
            r"|を(?:取り付け|交わ|もら))?"
            r"|(?:つもり|予定|所存|段取り|手はず|番|流れに?)(?:です|だ|や|でい(?:る|ます)|でおり|にし)?)"
            r"(?:[^、。だでの]{0,6})$"
        ),
        "hearsay": (
            r"(?P<said>.*?)(?:(?:ん|の)?(?:だ|や|です)?(?:って|そう(?:です|だ|や|で)?"
            r"|らしい(?:です|わ)?"
            r"|とのこと(?:です|だ|や)?|と(?:か|言う|いう)|て|てさ|ってさ|って話|やって|やて"
            r"|だってさ|ですって|とさ|そうな|やと|んやと|んやって))$"
        ),
        "particles": (
            r"(?:[でな]?(?:ねん|ねんけど|ね|よ|わ|な|ぞ|ぜ|さ|で|え|っ|ー|から|ので|んで"
            r"|さかい|けど|けん|し|もん|や|の)"
            r"|ん(?:です|だ|や)(?:が|けど|けれど)?|のです|のだ|のや)$"
        ),
        "let_me": (
            r"(?:手伝わ|おごら|奢ら|ご一緒さ|ごいっしょさ|馳走さ|ちそうさ|払わ|送ら|お供さ"
            r"|付き添わ|設けさ|招待さ|出さ|同行さ|お祝いさ|預から|引き受けさ|務めさ|担当さ|任さ|立て替えさ"
            r"|案内さ|紹介さ|持た|お礼をさ|協力さ|参加さ|応援さ)"
            r"せて(?:ください|下さい|や|な|ね)?$"
        ),
        "refused": (
            r"(?:ない|なかった|ません|ませんでした|まへん|へん|ひん|[わらさかたなまばが]ん"
            r"|られん|けん|せん|ぬ|まい|かね(?:ます|る)"
            r"|た|ました|たろう|だった|でした|たい|たいです|たいもの|ほしい|欲しい|いい"
            r"|ええ|よかった"
            r"|(?:て|で)(?:ください|くれ|や|な|ほしい|ちょうだい|ちょ|き|みて|ね)?|なさい"
            r"|ください|下さい|たら|れば|なら|ても"
            r"|(?<=[いっしきちりみびんけせえ])(?:て|で)(?:い|お)?(?:る|ます|ります)|(?:て"
            r"|で)(?:いる|います|おります|ある|あります)"
            r"|だろう|でしょう|かも(?:しれない)?|はず|べき|ところ|人|とき|時|ごと|もの|こと)$"
        ),
        "theirs": (
            r"(?:て|で|と|ど)?(?:くれ(?:る|ます|はる|はります|はるん|るん|るらし|るわ)"
            r"|くださ(?:る|います|るん)|下さ(?:る|います)"
            r"|(?<!せて)(?<!任して)もら(?:う|います)|もら(?:える|えます)|(?<!せて)もろう|もろえる"
            r"|(?<!せて)いただく|いただけ(?:る|ます)|頂け(?:る|ます))$"
        ),
        "for_you": (
            r"(?:(?:[ぁ-ん見来寄](?:と|ど)(?:く|き(?:ます|まひょ|まっさ)|こ(?:か)?)|とこ)"
            rf"|(?:て|で)お(?:く|き(?:{masu}))"
            rf"|(?:て|で)(?:さ)?(?:あげ|上げ|差し上げ|さしあげ)(?:る|{masu})"
            r"|[ぁ-ん見出来](?:た|だ)(?:る|げる|ります|げます|げまひょ|ろ|げよ)"
            r"|(?:て|で)や(?:る|ろう|ります)|(?:と|ど)い(?:たる|たげる|てあげる|てやる)"
            rf"|(?:せ|任し)て(?:もら|いただ|頂)(?:う|く|き(?:{masu})|い(?:{masu}))"
            r"|まひょ|やりますよ|やるよ|やりまっせ|(?:て|で)まいります|(?:て|で)参ります)$"
        ),
        "humble": (
            r"(?:(?:^|(?<=[^ぁ-ん])"
            rf"|(?<=[をにでてはがものとへ]))[おご御](?!り)[^、。\sをはがてで]{{1,7}}?(?:し|いたし"
            r"|致し|申し上げ|申しあげ|さしあげ|差し上げ)?"
            rf"(?:する|申し上げる|{masu})|お返しに上が(?:り{masu}|る)|(?:お届け|お迎え|お詫び"
            rf"|お礼|お返し)に(?:上が|伺|参)[りるいう]?(?:{masu})?"
            rf"|差し上げ(?:る|{masu})|伺(?:う|い{masu})|うかが(?:う|い{masu})|参上(?:する"
            rf"|し{masu}|いたし{masu})"
            rf"|馳せ参じ(?:る|{masu})|拝(?:見|読|借)(?:し|いたし|致し){masu})$"
        ),
        "giving": (
            rf"(?:{giving}|(?<![飲食遊買泳働習稼])[りみびきちし]に(?=[行上参伺]))"
            rf"(?:[ぁ-ん]{{0,4}}[行来上参伺出入申致回])?[ぁ-ん]{{0,7}}$"
        ),
        "polite": rf"(?:{masu}|でっせ)$",
        "plain": r"(?:[うくつぬむるぐぶ]|(?<!で)す)$",
        "verb": rf"(?:[うくつぬむるぐぶ]|(?<!で)す|{masu})$",
        "joint": (
            rf"{meeting}[^。]{{0,6}}(?:ましょう|まひょ|ましょ|よう|[おこそとのもろぼご]う|や"
            r"|ろ|ら|よか|こか|よ)?$"
        ),
        "vague_meal": (
            r"(?:また|今度|こんど|近いうち|近々|次は|そのうち|ぜひ|是非"
            rf"|いつか)[^。]{{0,14}}{meeting}"
            r"[^。]{0,4}(?:でも|を)?$"
        ),
        "addressed": (
            rf"{me}(?:が|も|で|の方|ら?から|とこ)|そちら|お宅|あなた|あんた|きみ|君[のに]"
            r"|そっち|[さく]ん(?:[にのとへ、]|を(?!見))"
            rf"|様[にのへ]|先生[にのとへ]|{kin}さん|[お御ご](?:名|宅|荷|部|母|父|子|孫|庭|店"
            r"|礼|申|依|注|希|質|都|相|要|所)"
            r"|絶対|必ず|かならず|責任を?(?:も|持)|二人で|ふたりで|一緒|いっしょ|任せ|(?:お前|あんた|あなた|君|きみ)に"
            r"|代わりに|お礼に|のぶんも|の分も"
        ),
        "taken_on": (
            r"(?:引き受け|買って出|請け負っ|請け合っ|請け負う|名乗り出|快諾し|約束し|申し出)"
            r"(?P<for_me>て(?:くれ|くださ|もら|もろ|いただ|くれは)(?:っ|り)?)?(?:た"
            r"|ました|といた|ておいた|ておきました|まして|てしまった|てしまいました|てしもた|てもうた"
            r"|てきた|て帰ってきた)(?:で|わ|よ|ぞ|な)?$"
            rf"|(?:{meeting}|{giving})[^、。]{{0,4}}の?約束(?:を|が|も)?(?:し(?:た"
            rf"|ました|て(?:い|あ)?る)|取り付け|でき|ある|あり)[^、。]{{0,5}}$"
            rf"|{person}(?:たち)?と[^。]*(?:待ち合わせ|落ち合う|合流|(?:{meeting})"
            r"(?:に行く)?の?(?:約束|予定)|約束)(?:する|です|だ|や|を?した|しました)?$"
            rf"|{me}の(?:奢|おご)り|{me}が[^、。]{{0,8}}(?:係|役|担当|当番|運転手|運転"
            r"|幹事|司会|通訳|案内|窓口)(?:や|だ|です|で|をやり|を(?:務|つと)め|し)"
        ),
        "certain": (
            rf"必ず|かならず|絶対|きっと|ちゃんと|あとで|後で|後ほど|のちほど|{me}(?:が|は|も|から)"
            r"|明日|あす|明後日|あさって|今夜|今晩|今週|来週|来月|週末|今度|次回|次は|曜"
            r"|日に|日まで|時に|月に|までに|すぐ"
            r"|このあと|この後|これから|さっき|うちで|帰ったら|帰りに|着いたら|済んだら"
            r"|できたら|終わったら|連休|年末|年明け|春に|夏に|秋に|冬に|午後|午前|夕方|昼"
            r"|朝|夜|晩|[0-9一二三四五六七八九十]時|[0-9一二三四五六七八九十]+日|今日"
            r"|本日|近日|近いうち|[さく]んに|先生に|楽しみに"
        ),
        "happens": (
            r"(?<!私)(?<!僕)(?<!俺)が[^、。を]{1,8}$|[えけせてねめべれげぜ](?:る|ます)$"
            r"|[あかさたなまらわばが]れ(?:る|ます)$|ある$|あります$"
        ),
        "alone": words["alone_ja"],
        "own_things": words["own_things_ja"],
        "speaker_subject": rf"{me}(?:が|は|も|で|から|のほうで|、)",
        "other_subject": (
            rf"{person}(?:が|は|も|のほうから|いわく|曰く|によると|の話では|から(?!言|いっ))"
        ),
        "kin_subject": rf"(?:(?:^|[、。]|うち|の){kin}(?:が|は|も)|^{kin}、)",
        "topic": rf"^[^、。]{{0,8}}(?:{person}|{kin})、",
        "other_recipient": (
            rf"(?:(?:{person}|(?<![一-鿿]){kin})(?:に|へ|の[^、。に]{{1,6}}に))"
            r"(?!つ?い?て[行い来])"
        ),
        "coming": r"(?:来|き|く)(?:る|ます|はる)|寄|会いに|持って(?:来|き|く)|迎え|訪ね",
        "to_me": rf"{me}(?:に|へ|の)",
        "of_others": rf"(?<!うちの)(?<![一-鿿]){kin}(?:さん|はん|くん|ちゃん)?[のにをへ]",
        "noted": (
            rf"[→⇒].*(?:とく|ておく|{giving}|{me}|のちほど|後ほど|あとで|明日|今夜|今晩|週末|週明け"
            r"|来週|曜)(?!.*(?:済|した$|まで|時$|で$|階))"
        ),
        "takes_me": rf"{me}(?:が|は|で|から)[^はが]{{1,12}}$|[はも]{me}$",
        "takes_them": (
            rf"(?:{person}|{kin}|おたく|お宅|そちら|そっち|あんた|あなた|君)(?:(?:が|は|で|から)[^はが]{{1,12}})?$"
        ),
        "passed_on": (
            rf"(?:{person}|{kin}|[^、。]{{1,6}}(?:屋|者|もん|仲間|連中|貴))(?:に|へ|には)(?:も)?[^。]{{0,16}}"
            r"(?:頼んで|お願いして|言うて|言って|声をかけて|掛け合って|相談して)[^。]*"
            r"(?:もら(?:う|います|っとく|っときます|っておきます)|いただ(?:く|きます)|もろ(?:う|とく))$"
        ),
        "taught_to_me": (
            r"(?:もらう|もらえる|いただく|いただける|もろう|習う|教わる|借りる|お借りする|聞かせてもらう"
            r"|預かってもらう|泊めてもらう)(?:という|って|の)?(?:約束|話|手はず|段取り|こと)"
        ),
        "noun_act": (
            rf"(?:今から|これから|あとで|後で|のちほど|後ほど|今夜|今晩|明日|明朝|週末|帰ったら|帰宅後"
            rf"|至急|すぐ|曜|までに|中に|日に|時に|{me}(?:が|から|で|の方で))[にはも、]?[^、。]{{0,6}}?"
            r"(?:電話|連絡|返信|返事|送付|送信|発送|郵送|確認|メール|予約|持参|返却|手配|共有|報告|折り返し"
            r"|差し替え|回答|納品|お届け|お渡し|お返し)(?:で|予定|の予定)?$"
        ),
        "elided": (
            r"(?:図面|資料|写真|動画|データ|原稿|返事|お返事|返信|本|傘|お金|代金|お代|会費|感想|詳細|住所"
            r"|番号|連絡先|地図|鍵|荷物|お礼|お返し|続き|答え|回答|書類|請求書|領収書|見積もり?|コピー"
            r"|リンク|名刺|レシピ|チケット|お土産|品|もの|件|残り|不足分|土産話|領収書|控え|余り|分)[は、]、?(?:[^。]{0,14}(?:に|まで|には|で))?"
            r"(?:また|必ず|きっと|ちゃんと|のちほど|後ほど|あとで|後日|追って|今夜|今晩|明日|週末に?|こちらから"
            r"|近日中に?|今週中に?|来週|改めて|あらためて|すぐ|ゆっくり|今夜中に|今日中に|今日じゅうに"
            r"|[月火水木金土日]曜に|いちばんで|一番で|ときに|こちらで|メールにて|メールで)+$"
            rf"|(?:は|なら)(?:、)?{me}(?:が|で(?:よければ|よろしければ)?|の車で|持ちで|の番な|で用意)?$"
            rf"|{me}持ちで$|(?:は|を)(?:どうぞ|ぜひ){me}に$"
        ),
        "appointment": (
            r"^(?:じゃあ?|じゃー|ほな|ほなら|では|それでは|それじゃあ?|なら|OK|了解|よし|ok)?[、。!]?"
            r"[^。]{0,14}(?:曜|あさって|明後日|明日|今夜|今晩|日|時半?|時[0-9一二三四五六七八九十]+分|正午|昼|夕方)(?:に|、)"
            r"[^、。]{0,12}(?:例の[^、。]{1,6}|改札|駅|店|現地|玄関|広場|前|ロビー|喫茶[^、。]{0,3}|いつもの[^、。]{1,6}|ホーム"
            r"|公園|窓口|橋|停|口|場|下|家|うち)で$"
        ),
        "at_once": (
            r"(?:てくれ|頼|お願い)(?:と|って|を)?(?:[^、。]{0,4})?(?:言われ|頼まれ|され|まれ)[^。]*(?:ええよ|いいよ|はい|うん"
            r"|もちろん|わかった|了解|OK)(?:と|って)(?:答え|返事|返し|言)"
            r"|(?:飯|ご飯|食事|お茶|一杯|飲み)でも(?:って|という|と)(?:話|こと)になっ|"
            r"二つ返事(?:で|や|だ|です|$)|安請け合い(?:し|や|だ)|(?:て|で|と|、)快諾$|手を挙げ(?:た|ました)$"
            r"|(?:と|て)返事済み$|合点承知|お安い御用|任され(?:た|ました)$|[はを]受けて(?:きた|帰ってきた)$"
            r"|(?:なら|は|[、?])(?:喜んで|いつでも)$|(?:今年|今回|一度)だけと承知した$"
        ),
        "my_treat": (
            rf"{me}(?:の|が)(?:奢|おご|持ち|払い|ごちそう|ご馳走)[^、。]{{0,6}}$"
            rf"|{me}(?:が|も|で)(?:持つ|出す|もつ|何とか|なんとか|どうにか|やる|やります|引き取|面倒)"
        ),
        "trust_me": (
            r"任せ(?:て(?:ください|おいて|な|や|ね|くれ)?|とき|といて)$|任しとき|まかしとき"
            r"|お任せ(?:ください|を)"
        ),
    }
    return _Grammar(**{key: re.compile(pattern) for key, pattern in patterns.items()})


def read_japanese(sentence: str, *, spoken: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the clauses of a plain Japanese sentence that promise something, each with its owner.

    The owner is `me` (the writer) or `them`. A sentence of a conversation (`spoken`) is said to
    somebody, also where it names nobody.

    >>> read_japanese("桑原さんが車を出してくれるので、お弁当は私が作っていきます")
    (('桑原さんが車を出してくれるので', 'them'), ('お弁当は私が作っていきます', 'me'))
    """
    grammar = _grammar()
    sentence = re.sub(r"([ぁ-んー])\1{2,}", r"\1", sentence)
    if grammar.innocent.search(sentence):
        return ()
    if quoted := grammar.quoted.search(sentence):
        owner = _owner_of_quotation(grammar, quoted)
        return ((sentence, owner),) if owner else ()
    several = re.split(r"(?<=」)、(?=[^「」]{1,10}「)", sentence)
    if len(several) > 1:
        return tuple(each for part in several for each in read_japanese(part, spoken=spoken))
    if shared := _shared_out(sentence):
        return shared
    if notes := _ARROW.findall(sentence):
        return tuple((note, _ME) for note in notes if grammar.noted.search(note))
    found: list[tuple[str, str]] = []
    for clause in grammar.split.split(sentence):
        owner = _owner_of_clause(grammar, clause)
        if not owner and spoken and not grammar.other_subject.search(clause):
            is_state = _STATE.search(_inflected(grammar, clause))
            owner = "" if is_state else _promise_in(grammar, clause, said=True)
        if not owner:
            continue
        if found and found[-1][1] == owner and _REASON.search(found[-1][0]):
            found.pop()  # what is done first, for the promise that follows
        found.append((clause, owner))
    return tuple(found)


_MAY = re.compile(r"(?<=[てで])も(?:よい|いい|ええ|よろしい|かまわない|構わない)(?:よ|です)?$")
_STATE = re.compile(
    r"(?:ある|おる|いる|できる|わかる|思う|違う|ちがう|なる|足りる|要る|あります|います|できます)$"
)
_ARROW = re.compile(r"[^\s→⇒]+[→⇒][^\s→⇒]+")
_REASON = re.compile(r"(?:から|ので|んで|さかい|けん|さけ)$")
_SHARED_OUT = re.compile(
    r"^(?P<parts>.+?)(?:、と(?:決ま|決め|分担|取り決め)[^、。]{0,4}|(?:、)?(?:って|と|という|ちゅう|いう)?(?:こと|話|分担|段取り"
    r"|約束|手はず|役割)"
    r"(?:で|に|や|だ|です|になった|になりました|に決まった|に決めた|にした|で話がついた|で決まり|で合意"
    r"|でまとまった|で落ち着いた|で手を打った|でええな|でいいね|でよろしく|にしよう)*)[。!]*$"
)


def _shared_out(sentence: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of a sentence that shares out tasks, each with who takes it.

    >>> _shared_out("司会は私、会計は吉川さん、ということで話がついた。")
    (('司会は私', 'me'), ('会計は吉川さん', 'them'))
    """
    whole = _SHARED_OUT.match(sentence)
    if not whole:
        return ()
    grammar = _grammar()
    found = []
    for part in re.split("、", whole["parts"]):
        mine = grammar.takes_me.search(part)
        theirs = grammar.takes_them.search(part)
        if mine and not theirs:
            found.append((part, _ME))
        elif theirs and not mine:
            found.append((part, _THEM))
    return tuple(found) if len(found) > 1 else ()


_OF_THE_VERB = frozenset(
    {
        "refused",
        "theirs",
        "for_you",
        "passed_on",
        "humble",
        "giving",
        "polite",
        "plain",
        "verb",
        "joint",
    }
)
_NO_SIGNS = frozenset(
    {"split", "topic", "quoted", "let_me", "vague_meal", "takes_me", "takes_them", "noted"}
)


def japanese_signs(sentence: str) -> tuple[str, ...]:
    """Return the names of the patterns that a plain Japanese sentence or its last verb matches."""
    grammar = _grammar()
    core = _inflected(grammar, sentence)
    return tuple(
        f"g:{each.name}"
        for each in fields(grammar)
        if each.name not in _NO_SIGNS
        and getattr(grammar, each.name).search(core if each.name in _OF_THE_VERB else sentence)
    )


def is_trusted_offer(sentence: str) -> bool:
    """Return whether a sentence takes something over without naming an act, as 「任せて」."""
    return bool(_grammar().trust_me.search(_bare(sentence)))


def _owner_of_quotation(grammar: _Grammar, quoted: re.Match[str]) -> str:
    before, said, after = quoted["before"], quoted["said"], quoted["after"].rstrip("。!…")
    heads = [
        _promise_in(grammar, part, said=True)
        for part in re.split(r"[。!?！？、]|(?<=から)|(?<=ので)", said)
        if part
    ]
    inner = next((head for head in heads if head), "")
    if not inner or _is_question(said):
        return ""
    frame = _bare(f"{before}〇{after}")
    reported = after or re.search(r"(?:から|より|は|が|曰く|いわく|、|さん)[、:：]?$", before)
    if not reported or not (
        re.match(r"、?(?:と|って|て|ゆ|言|だ|や|—|そう|[^、。]{1,6}が(?:そう)?言)", after)
        or not after
    ):
        return ""
    return _reporter(grammar, frame, inner)


def _reporter(grammar: _Grammar, frame: str, inner: str) -> str:
    """Return the owner of a reported promise; `inner` is the owner as the speaker says it."""
    third = bool(grammar.other_subject.search(frame) or grammar.kin_subject.search(frame))
    named = grammar.said_by_name.search(_bare(frame)) or re.search(
        r"〇(?:と|って)、?[^\s、。てといた]{1,6}(?<![信事答絡話束言ル告])(?:が|は)?$", _bare(frame)
    )
    if named or grammar.reported_to_me.search(frame):
        return _THEM if inner == _ME else ""
    if third and grammar.other_recipient.search(frame):
        return ""
    if not grammar.reported_by_me.search(frame):
        told = third or re.search(r"〇(?:やて|だって|やって|ってさ|とさ|—)", frame)
        return _THEM if told and inner == _ME else ""
    if third and not grammar.speaker_subject.search(frame):
        return _THEM
    return inner


def _owner_of_clause(grammar: _Grammar, clause: str) -> str:
    if _is_question(clause):
        return ""
    clause = _bare(clause)
    clause = re.sub(r"(?:らしい|そうだ|そうです|そうや)$", "らしい", clause)
    both = grammar.other_subject.search(clause) or grammar.kin_subject.search(clause)
    third = bool(both) and not grammar.speaker_subject.search(clause)
    apart = bool(both or re.match(r"[一-鿿]{1,4}が", clause)) and bool(
        grammar.other_recipient.search(clause)
    )
    for pattern, owner in ((grammar.reported_to_me, _THEM), (grammar.reported_by_me, _ME)):
        report = next(
            (
                found
                for found in _overlapping(pattern, clause)
                if _promise_in(grammar, clause[: found.start()], said=True)
            ),
            None,
        )
        if report is None:
            continue
        inner = _promise_in(grammar, clause[: report.start()], said=True)
        if apart and inner != _THEM:
            return ""
        if re.search(r"(?:ない|なかった|へん|ません)$", clause[report.start() :]):
            return ""
        if owner == _THEM and inner == _ME and not _is_for_writer(grammar, clause, report):
            return ""
        return _THEM if owner == _THEM or third or inner == _THEM else _ME
    if (told := re.search(r"、?と$", clause)) and (both or grammar.topic.search(clause)):
        return _THEM if _promise_in(grammar, clause[: told.start()], said=True) else ""
    if (named := grammar.said_by_name.search(clause)) and (
        inner := _promise_in(grammar, clause[: named.start()], said=True)
    ):
        return _THEM
    if exchanged := re.fullmatch(r"(.+)(?:代わりに|かわりに|一方で?)", clause):
        owner = _promise_in(grammar, exchanged[1], said=True)
        return _THEM if owner == _ME and third else owner
    if decided := grammar.decided.fullmatch(clause):
        return _owner_of_decision(grammar, decided["said"], third, apart)
    if (hearsay := grammar.hearsay.fullmatch(clause)) and (
        inner := _promise_in(grammar, hearsay["said"], said=True)
    ):
        if inner == _THEM:
            return _THEM
        quoting = not re.search(r"(?:そう(?:です|だ|や|で)?|らしい(?:です|わ)?)$", clause)
        comes = bool(both) and grammar.coming.search(hearsay["said"][-8:])
        to_me = grammar.to_me.search(hearsay["said"])
        among_others = apart or grammar.of_others.search(hearsay["said"])
        if not to_me and (among_others or (grammar.kin_subject.search(clause) and not comes)):
            return ""
        said_core = _inflected(grammar, hearsay["said"])
        gives = grammar.giving.search(said_core) or grammar.for_you.search(said_core)
        return _THEM if (quoting and gives) or comes else ""
    if grammar.taught_to_me.search(clause) and not third:
        return _THEM
    if grammar.passed_on.search(_inflected(grammar, clause)) and not grammar.kin_subject.search(
        clause
    ):
        return _ME
    if grammar.at_once.search(clause):
        return "" if third else _ME
    if any(
        each.search(clause)
        for each in (grammar.noun_act, grammar.elided, grammar.appointment, grammar.my_treat)
    ):
        return _THEM if third else _ME
    if taken := grammar.taken_on.search(clause):
        if apart:
            return ""
        return _THEM if taken["for_me"] else "" if third else _ME
    owner = _promise_in(grammar, clause, said=False)
    if owner == _ME and third:
        return ""
    return owner


def _is_for_writer(grammar: _Grammar, clause: str, report: re.Match[str]) -> bool:
    """Return whether a reported act does something for the writer, by its verb or its report."""
    said = clause[: report.start()]
    core = _inflected(grammar, said)
    return bool(
        re.search(
            r"くれ|くださ|もら|もろ|いただ|言われ|から|返[事信]|連絡", clause[report.start() :]
        )
        or any(each.search(core) for each in (grammar.giving, grammar.for_you, grammar.humble))
        or grammar.addressed.search(said)
    )


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `pattern`, also those that begin within another."""
    found = pattern.search(text)
    while found:
        yield found
        found = pattern.search(text, found.start() + 1)


def _owner_of_decision(grammar: _Grammar, said: str, third: bool, apart: bool) -> str:
    owner = _promise_in(grammar, said, said=True)
    if owner == _THEM or not owner:
        return owner
    core = _inflected(grammar, said)
    for_another = (
        grammar.giving.search(core)
        or grammar.humble.search(core)
        or grammar.addressed.search(said)
        or grammar.for_you.search(core)
    )
    if apart or not for_another:
        return ""
    return _THEM if third else _ME


def _promise_in(grammar: _Grammar, clause: str, *, said: bool) -> str:
    """Return whose promise a clause's last verb makes, as its speaker says it; '' for none.

    Args:
        grammar: the patterns.
        clause: words without reporting.
        said: whether somebody says, decides or promises them; then any verb will do.
    """
    full = _bare(clause)
    core = _inflected(grammar, clause)
    if not core or _is_question(clause):
        return ""
    toned = core != full or full != clause.rstrip("。、 ")
    if grammar.for_you.search(core) or grammar.for_you.search(full):
        return "" if _is_alone(grammar, core) else _ME
    if grammar.theirs.search(core):
        if (
            re.search(r"ます$|もらう$|いただく$", core)
            and not said
            and re.search("いただき|もらい", core)
        ):
            return ""
        return _THEM
    if grammar.humble.search(core) and not re.search(
        r"[おご御](?:願|断|遠慮|免|了承|覧|存|期待|祈|勧め|すすめ|利用|世話に)", core[-14:]
    ):
        return _ME
    if grammar.let_me.search(core):
        return _ME
    if said and _MAY.search(core) and grammar.giving.search(_MAY.sub("", core)):
        return _ME
    if grammar.refused.search(core):
        return ""
    if re.search(
        r"(?:ましょう|ましょ|まひょ|よう|[おこそとのもろぼご]う|こか|もか|よか|ましょか)$", core
    ):
        wanted = grammar.joint.search(core) and re.search(
            r"ましょ|まひょ|一緒|いっしょ|また|今度|こんど|みんな|ぜひ|近いうち|次|二人|ふたり"
            r"|曜|日|時|うちで|週|月|夜|らへん|おう$",
            full,
        )
        gives = grammar.giving.search(core) and re.search(r"ましょ|まひょ|一緒|いっしょ", full)
        return _ME if (wanted or gives or said) and not _is_alone(grammar, core) else ""
    if grammar.vague_meal.search(full) and not grammar.verb.search(core):
        return _ME
    if not grammar.verb.search(core) or _is_alone(grammar, core):
        return ""
    if (thing := re.search(r"([^、。\s]{1,6})が[^、。をにで]{1,6}$", core)) and not (
        grammar.speaker_subject.search(thing[0])
        or grammar.other_subject.search(thing[0])
        or grammar.kin_subject.search(thing[0])
    ):
        return ""
    if said:
        return _ME
    gives = grammar.giving.search(core)
    if grammar.polite.search(core):
        return _ME if gives or grammar.addressed.search(full) else ""
    if toned:
        return _ME if gives or grammar.addressed.search(full) else ""
    if grammar.speaker_subject.search(full) and not grammar.happens.search(core):
        return _ME
    return _ME if gives and grammar.certain.search(full) else ""


def _is_alone(grammar: _Grammar, core: str) -> bool:
    """Return whether the last verb is something one does for oneself."""
    last = re.split(r"[、をにでがはと]", core)[-1]
    tail = last if len(last) >= 3 else core[-6:]
    alone = grammar.alone.search(tail) or grammar.own_things.search(core[-12:])
    return bool(alone) and not grammar.giving.search(core)


def _bare(clause: str) -> str:
    """Return a clause without marks and emoticons around it."""
    return re.sub(r"[^\w぀-ヿ一-鿿々〇]+$", "", re.sub(r"(?:笑|w+)$", "", clause.strip()))


def _inflected(grammar: _Grammar, clause: str) -> str:
    """Return a clause up to its inflected verb, without the particles of its end."""
    core = _bare(clause)
    for _ in range(3):
        shorter = _bare(grammar.particles.sub("", core))
        if shorter == core or not grammar.particles.search(core):
            break
        if re.search(r"(?:[んいっ]で|まし?で)$", core) and not re.search(
            r"(?:る|う|く|す|む|ます|とく)[わ]?(?:で|んで)$", core
        ):
            break
        core = shorter
    return core


def _is_question(clause: str) -> bool:
    if re.search(
        r"(?:今度|また|次|一緒|近いうち)[^。]*[おこそとのもろぼごよ]う?か[。!！…\s]*$", clause
    ):
        return False
    return bool(
        re.search(
            r"[?？]\s*$|(?:(?<!と)か|かな|かしら|かいな|やろか|っけ|んの|どう"
            r"|いつ[^。]*の)[。!！…\s]*$"
            r"|(?:どこ|いつ|だれ|誰|なんで|何時)[^。]*(?:ん|の|か)[。!！…\s]*$",
            clause,
        )
    )


def japanese_act(sentence: str) -> str:
    """Return what is promised in a plain Japanese sentence, without who said it to whom.

    >>> japanese_act("大野さんから、次の見学会に誘うよと言ってもらえた。")
    '次の見学会に誘う'
    """
    grammar = _grammar()
    if quoted := grammar.quoted.search(sentence):
        parts = [part for part in re.split(r"[。!?！？]", quoted["said"]) if part.strip()]
        promised = [part for part in parts if _promise_in(grammar, part, said=True)]
        return _inflected(grammar, promised[0]) if promised else _bare(sentence)
    clause = _bare(sentence)
    act = _reported_act(grammar, clause)
    if not act:
        core = _inflected(grammar, clause)
        return core if grammar.verb.search(core) else sentence
    act = re.sub(r"^[^、。]{1,10}(?:から|いわく|曰く|によると|の話では|には?)、", "", act)
    subject = grammar.other_subject.match(act)
    return _inflected(grammar, act[subject.end() :].lstrip("、") if subject else act)


def _reported_act(grammar: _Grammar, clause: str) -> str:
    """Return the words before a report, a hearsay or a decision; '' where there is none."""
    for pattern in (grammar.reported_to_me, grammar.reported_by_me, grammar.said_by_name):
        for found in _overlapping(pattern, clause):
            if _promise_in(grammar, clause[: found.start()], said=True):
                return clause[: found.start()]
    for pattern in (grammar.decided, grammar.hearsay):
        whole = pattern.fullmatch(clause)
        if whole and _promise_in(grammar, whole["said"], said=True):
            return whole["said"]
    return ""
