"""The days that texts name, in Japanese and English, and texts that only look as if they did."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.language.date_phrases import (
    find_date,
    find_days,
    without_relative_dates,
    written_dates,
)
from enishi.coach.language.date_words import date_words
from enishi.coach.language.phrase_rules import PhraseRule, read_phrase_rules

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5日までに出して", "2026-12-05"),
        ("10日に伺います", "2026-12-10"),
        ("三日", "2026-12-03"),
        ("しあさってやな", "2026-11-23"),
        ("今月末には", "2026-11-30"),
        ("来月の頭に", "2026-12-01 2026-12-10"),
        ("来月の第二土曜", "2026-12-12"),
        ("月曜までに返します", "2026-11-23"),
        ("24日(火)でどうでしょう", "2026-11-24"),
        ("本日17時", "2026-11-20"),
        ("a week today", "2026-11-27"),
        ("Friday week", "2026-12-04"),
        ("let's do the 9th", "2026-12-09"),
        ("3rd of December", "2026-12-03"),
        ("in January", "2027-01-01 2027-01-31"),
        ("2026-12-24", "2026-12-24"),
        ("12月3日に予約しました", "2026-12-03"),
        ("12月5日に決まりました", "2026-12-05"),
        ("今日はありがとうございました。来週本を送ります", "2026-11-23 2026-11-29"),
        ("2、3日中に連絡します", "2026-11-20 2026-11-23"),
        ("二、三日うちに電話します", "2026-11-20 2026-11-23"),
        ("一両日中にお返事します", "2026-11-20 2026-11-21"),
        ("一か月後にまた", "2026-12-20"),
        ("来年の3月に会おう", "2027-03-01 2027-03-31"),
        ("令和8年12月3日（木）", "2026-12-03"),
        ("12月29日〜1月3日は休みます", "2026-12-29 2027-01-03"),
        ("12/29-1/3", "2026-12-29 2027-01-03"),
        ("明日から三日間", "2026-11-21 2026-11-23"),
        ("月曜から水曜まで出張", "2026-11-23 2026-11-25"),
        ("年末までに仕上げる", "2026-12-31"),
        ("来週末に", "2026-11-28 2026-11-29"),
        ("来週の火に会える？", "2026-11-24"),
        ("来週火曜か水曜", "2026-11-24 2026-11-25"),
        ("水曜じゃなくて木曜にしよう", "2026-11-26"),
        ("金曜から土曜に変更になった", "2026-11-21"),
        ("週明けに確認します", "2026-11-23"),
        ("再来週の水曜", "2026-12-02"),
        ("1/15(金)までに", "2027-01-15"),
        ("十一月二十八日", "2026-11-28"),
        ("来週やけど、木曜あいてる？", "2026-11-26"),
        ("4月から大阪勤務になります", "2027-04-01 2027-04-30"),
        ("今週中に", "2026-11-20 2026-11-22"),
        ("今度の日曜、花見に行こう", "2026-11-22"),
        ("次の土曜どう？", "2026-11-21"),
        ("クリスマスまでに届く", "2026-12-25"),
        ("24時間以内に返信", "2026-11-20 2026-11-21"),
        ("来週の今日", "2026-11-27"),
        ("20日締め", "2026-12-20"),
        ("日曜日に友人と会うので、土曜までに準備", "2026-11-21"),
        ("明日にでも電話する", "2026-11-21"),
        ("明日か明後日", "2026-11-21 2026-11-22"),
        ("お盆に帰ります", "2027-08-13 2027-08-16"),
        ("by Friday", "2026-11-27"),
        ("I'll see her Monday", "2026-11-23"),
        ("on Monday morning", "2026-11-23"),
        ("She told me the meeting moved to Tuesday", "2026-11-24"),
        ("We booked 5 December", "2026-12-05"),
        ("The shop opens on December 1", "2026-12-01"),
        ("December 2nd, 2027", "2027-12-02"),
        ("Dec. 24", "2026-12-24"),
        ("2 weeks from tomorrow", "2026-12-05"),
        ("in a couple of days", "2026-11-22"),
        ("in three weeks' time", "2026-12-11"),
        ("in two or three days", "2026-11-22 2026-11-23"),
        ("within a fortnight", "2026-11-20 2026-12-04"),
        ("a week from Monday", "2026-11-30"),
        ("two weeks on Saturday", "2026-12-05"),
        ("tomorrow week", "2026-11-28"),
        ("the Monday after next", "2026-11-30"),
        ("the first Monday of March", "2027-03-01"),
        ("last Friday of the month", "2026-11-27"),
        ("early next month", "2026-12-01 2026-12-10"),
        ("mid-December", "2026-12-11 2026-12-20"),
        ("late next week", "2026-11-26 2026-11-27"),
        ("this weekend", "2026-11-21 2026-11-22"),
        ("at the weekend", "2026-11-21 2026-11-22"),
        ("by the end of the year", "2026-11-20 2026-12-31"),
        ("before Christmas", "2026-12-25"),
        ("New Year's Eve", "2026-12-31"),
        ("in the new year", "2027-01-01 2027-01-10"),
        ("between 3 and 5 December", "2026-12-03 2026-12-05"),
        ("from December 3 to 5", "2026-12-03 2026-12-05"),
        ("30 December to 2 January", "2026-12-30 2027-01-02"),
        ("the 3rd to the 5th", "2026-12-03 2026-12-05"),
        ("Monday to Wednesday", "2026-11-23 2026-11-25"),
        ("Friday the 27th", "2026-11-27"),
        ("Sat 5 Dec", "2026-12-05"),
        ("Tuesday, December 1st at 7pm", "2026-12-01"),
        ("not Friday but Saturday", "2026-11-21"),
        ("In May we go to Rome", "2027-05-01 2027-05-31"),
        ("they march on Saturday", "2026-11-21"),
        ("I'll be there on the 2nd", "2026-12-02"),
        ("on the third", "2026-12-03"),
        ("I was wondering if Friday works", "2026-11-27"),
        ("See you a week on Friday", "2026-12-04"),
        ("next weekend", "2026-11-28 2026-11-29"),
        ("day after tomorow", "2026-11-22"),
        ("on coming Sunday", "2026-11-22"),
        ("in the week of 7 December", "2026-12-07 2026-12-13"),
        ("this month", "2026-11-20 2026-11-30"),
        ("next Friday", "2026-11-27"),
        ("next Wednesday", "2026-11-25"),
        ("2026年の12月5日", "2026-12-05"),
        ("５日まで", "2026-12-05"),
        ("月末締めの翌月払い", "2026-11-30"),
        ("三日以内", "2026-11-20 2026-11-23"),
        ("12月の第一週に", "2026-12-01 2026-12-07"),
        ("三日後の月曜", "2026-11-23"),
        ("お正月に集まろう", "2027-01-01 2027-01-03"),
        ("祝日の23日に", "2026-11-23"),
        ("明日の夜8時", "2026-11-21"),
        ("八日の朝", "2026-12-08"),
        ("今日中に送る", "2026-11-20"),
        ("今晩送るわ", "2026-11-20"),
        ("あすの会議", "2026-11-21"),
        ("今日、田中さんに会った。明後日返事が来る", "2026-11-22"),
        ("金曜に本を返すって言うてはった", "2026-11-27"),
        ("来月15日必着", "2026-12-15"),
        ("12月15・16日", "2026-12-15 2026-12-16"),
        ("12月5、6日", "2026-12-05 2026-12-06"),
        ("12月5日、6日", "2026-12-05 2026-12-06"),
        ("12月5日と6日に", "2026-12-05 2026-12-06"),
        ("Let's meet at the 5th of next month", "2026-12-05"),
        ("I will be in Leeds from the 1st", "2026-12-01"),
        ("the 1st of December at three", "2026-12-01"),
        ("How about Thurs?", "2026-11-26"),
        ("Can you do Weds 2nd?", "2026-12-02"),
        ("See you Tues week", "2026-12-01"),
        ("Pay by the last day of November", "2026-11-30"),
        ("Pay by end of month", "2026-11-21 2026-11-30"),
        ("the weekend after next", "2026-12-05 2026-12-06"),
        ("ten days from today", "2026-11-30"),
        ("The week after next suits", "2026-11-30 2026-12-06"),
        ("I'll come in December", "2026-12-01 2026-12-31"),
        ("December 2026", "2026-12-01 2026-12-31"),
        ("some time in early February", "2027-02-01 2027-02-10"),
        ("later this month", "2026-11-20 2026-11-30"),
        ("later this week", "2026-11-20 2026-11-22"),
        ("by Monday at the latest", "2026-11-23"),
        ("by next Monday", "2026-11-23"),
        ("no later than 1 December", "2026-12-01"),
        ("Friday's meeting", "2026-11-27"),
        ("Next Monday's dinner", "2026-11-23"),
        ("at 6.30 tomorrow", "2026-11-21"),
        ("on the morning of the 4th", "2026-12-04"),
        ("March 8 works", "2027-03-08"),
        ("I have exam at 12th December", "2026-12-12"),
        ("Wedding is 2027.3.5", "2027-03-05"),
        ("25/12", "2026-12-25"),
        ("first week of December", "2026-12-01 2026-12-07"),
        ("Thanks for yesterday! Lunch next week?", "2026-11-23 2026-11-29"),
        ("I'll call you first thing tomorrow", "2026-11-21"),
        ("this coming Thursday", "2026-11-26"),
        ("Thursday coming", "2026-11-26"),
        ("tonight", "2026-11-20"),
        ("This time tomorrow I'll be in Rome", "2026-11-21"),
        ("a fortnight today", "2026-12-04"),
        ("in a month", "2026-12-20"),
        ("in six months", "2027-05-20"),
        ("Boxing Day walk", "2026-12-26"),
        ("Valentine's Day", "2027-02-14"),
        ("Monday, Tuesday at a push", "2026-11-23"),
        ("between Monday and Wednesday", "2026-11-23 2026-11-25"),
        ("Tuesday or Wednesday", "2026-11-24 2026-11-25"),
        ("this Wednesday", "2026-11-25"),
        ("until the 30th", "2026-11-30"),
        ("Tell her I'm back on the twenty-third", "2026-11-23"),
        ("I'd love to come, but Saturday is no good. Sunday?", "2026-11-22"),
        ("月曜は無理やから火曜にして", "2026-11-24"),
        ("明日ではなく明後日", "2026-11-22"),
        ("来月あたま", "2026-12-01 2026-12-10"),
        ("来月中旬ごろ", "2026-12-11 2026-12-20"),
        ("今月の二十五日", "2026-11-25"),
        ("来年一月の終わり", "2027-01-21 2027-01-31"),
        ("来年の元日", "2027-01-01"),
        ("11月30日(月)18時から", "2026-11-30"),
        ("12月5日土曜", "2026-12-05"),
        ("土曜の5日", "2026-12-05"),
        ("再来月", "2027-01-01 2027-01-31"),
        ("3週間後に退院", "2026-12-11"),
        ("十日後", "2026-11-30"),
        ("一週間以内に", "2026-11-20 2026-11-27"),
        ("5月の連休に", "2027-05-01 2027-05-31"),
        ("きょうは休み", "2026-11-20"),
        ("今日中", "2026-11-20"),
        ("明日中に送ります", "2026-11-21"),
        ("明日香と明日会う", "2026-11-21"),
        ("1日から開催", "2026-12-01"),
        ("締切は30日", "2026-11-30"),
        ("30日が締め切り", "2026-11-30"),
        ("25日(水)", "2026-11-25"),
        ("25日・水曜", "2026-11-25"),
        ("来週半ば", "2026-11-25"),
        ("来週前半", "2026-11-23 2026-11-25"),
        ("年末年始", "2026-12-29 2027-01-03"),
        ("大晦日に", "2026-12-31"),
        ("年が明けたら", "2027-01-01 2027-01-10"),
        ("年内に一度", "2026-11-20 2026-12-31"),
        ("今年いっぱいで辞める", "2026-11-20 2026-12-31"),
        ("火曜に会うとき本を返す", "2026-11-24"),
        ("水曜日に届いたら連絡します", "2026-11-25"),
        ("金曜に返すと約束した", "2026-11-27"),
        ("土曜に遊びに来てくれはるって", "2026-11-21"),
        ("日曜、行かへん？", "2026-11-22"),
        ("ほな月曜に", "2026-11-23"),
        ("明日な", "2026-11-21"),
        ("12/5 10:00〜", "2026-12-05"),
        ("12/5〜12/7", "2026-12-05 2026-12-07"),
        ("12/5-7", "2026-12-05 2026-12-07"),
        ("12月5日(土)〜7日(月)", "2026-12-05 2026-12-07"),
        ("１２／５", "2026-12-05"),
        ("2026年12月", "2026-12-01 2026-12-31"),
        ("この土曜に", "2026-11-21"),
        ("今週土曜", "2026-11-21"),
        ("来週水曜日の午後", "2026-11-25"),
        ("水曜までに", "2026-11-25"),
        ("明日までにお願い。土曜は休み。", "2026-11-21"),
        ("2日後くらいに", "2026-11-22"),
        ("三日は会場にいます", "2026-12-03"),
        ("the Saturday after next", "2026-11-28"),
        ("I may march in June", "2027-06-01 2027-06-30"),
        ("about 10 to 12 March onwards", "2027-03-10 2027-03-12"),
        ("Let's touch base Mon", "2026-11-23"),
        ("I hope to finish before the new year", "2027-01-01 2027-01-10"),
        ("How about Tuesday, 3 pm?", "2026-11-24"),
        ("Would the 3rd or the 4th suit you?", "2026-12-03 2026-12-04"),
        ("I shall return the book on Saturday fortnight", "2026-12-05"),
        ("I return tomorrow your umbrella", "2026-11-21"),
        ("Please come at 1st December", "2026-12-01"),
        ("After two weeks I will back to Osaka", "2026-12-04"),
        ("in next month", "2026-12-01 2026-12-31"),
        ("in this Saturday", "2026-11-21"),
        ("He's off sick till Wednesday", "2026-11-25"),
        ("She'll be sixty on 2 December", "2026-12-02"),
        ("My birthday is 2 December", "2026-12-02"),
        ("It is 20 December already in my head", "2026-12-20"),
        ("Doors open 1 December", "2026-12-01"),
        ("I promised to pay by the 15th", "2026-12-15"),
        ("over Christmas", "2026-12-25"),
        ("Ask April by Friday", "2026-11-27"),
        ("next April", "2027-04-01 2027-04-30"),
        ("Friday 13th", "2027-08-13"),
        ("I'm 24. Tomorrow I start work", "2026-11-21"),
        ("今日は何もせえへん", "2026-11-20"),
        ("明日はきっと晴れる", "2026-11-21"),
        ("百日後に結果が出る", "2027-02-28"),
        ("八月の六日", "2027-08-06"),
        ("20日の夕方なら行ける", "2026-12-20"),
        ("ほんなら再来週の日曜にしよか", "2026-12-06"),
        ("来週あたり顔出すわ", "2026-11-23 2026-11-29"),
        ("今週はもう無理やから来週の頭に", "2026-11-23"),
        ("年度内に終わらせる", "2026-11-20 2027-03-31"),
        ("3月末まで待って", "2027-03-31"),
        ("12月に入ったら連絡する", "2026-12-01 2026-12-31"),
        ("正月に実家で飲もう", "2027-01-01 2027-01-03"),
        ("11/25(水)19:00 駅前", "2026-11-25"),
        ("明後日の午前中に伺います", "2026-11-22"),
        ("土日のどっちかで会おう", "2026-11-21 2026-11-22"),
        ("本日限り半額", "2026-11-20"),
        ("月曜朝一で送ります", "2026-11-23"),
        ("今日から禁煙する", "2026-11-20"),
        ("昨日の続きを明日やろう", "2026-11-21"),
        ("9月の終わり頃に", "2027-09-21 2027-09-30"),
        ("４月１日より施行", "2027-04-01"),
        ("12月第1土曜", "2026-12-05"),
        ("25日26日なら空いてます", "2026-11-25 2026-11-26"),
        ("今度の水木はどう?", "2026-11-25 2026-11-26"),
        ("来週の木金で伺えます", "2026-11-26 2026-11-27"),
        ("二〇二六年十二月二十四日", "2026-12-24"),
        ("来年の二月三日", "2027-02-03"),
        ("十二月の二十日過ぎ", "2026-12-20"),
        ("あしたには返せると思う", "2026-11-21"),
        ("あした天気になあれ", "2026-11-21"),
        ("土曜に蛍が見られたら、借りてた三脚を返すわ", "2026-11-21"),
        ("日曜の午後、助けてもらった隣の奥さんに羊羹を持っていく", "2026-11-22"),
        ("「金曜、六時に」と店の名刺の裏に書いてくれた", "2026-11-27"),
        ("火曜なら大丈夫と返事した", "2026-11-24"),
        ("金曜、いつもの居酒屋で", "2026-11-27"),
        ("日曜にお会いするのが楽しみです", "2026-11-22"),
        ("I was asked to help at the fair on Saturday", "2026-11-21"),
        ("tickets for Thursday it is", "2026-11-26"),
        ("On Saturday and Sunday I'm at the allotment", "2026-11-21 2026-11-22"),
        ("Would be great to see you on Sunday", "2026-11-22"),
        ("Please keep the afternoon of the 31st free", "2026-12-31"),
        ("Some time in mid-March", "2027-03-11 2027-03-20"),
    ],
)
def test_days_said_in_words_are_found(text: str, expected: str) -> None:
    days = find_days(text, FRIDAY)

    assert days is not None
    said = [days.first] if days.first == days.last else [days.first, days.last]
    assert " ".join(map(str, said)) == expected
    assert text[days.start :].startswith(days.quote)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "また今度",
        "第二土曜に開く会",
        "水曜と金曜は六時に上がる",
        "I emailed him the plans in June",
        "fishing the odd Sunday",
        "その一日です",
        "some time",
        "昨日会った",
        "月曜に会った人に連絡する",
        "木曜に山田さんと会いました",
        "今日はごちそうさまでした",
        "3日ほど待ってください",
        "1日3回飲む",
        "1日に3回飲む",
        "5日間の出張",
        "日曜の朝はいつも走る",
        "土曜ごとに市場へ行く",
        "水曜定休の店",
        "営業は月曜から金曜の9時から17時",
        "去年の3月に入社した",
        "2月30日",
        "25/40まで",
        "元日本代表の人",
        "30分後に",
        "3/4拍子",
        "24/7で働く",
        "We met on Monday",
        "Monday mornings are slow",
        "How was the weekend?",
        "last weekend",
        "May I ask",
        "it may 3 times fail",
        "I read it in two days",
        "Open Monday to Friday, 9-5",
        "Tom was born on 3 May",
        "I saw June at the market",
        "Sun is shining",
        "I have a plan for the 2nd of the month",
        "the third time",
        "5 December 2025 was fun",
        "She has been ill since Monday",
        "the train on Friday was late",
        "I'm free on Tuesdays",
        "Version 12.5. is out",
        "一日も早く会いたい",
        "二日続けて雨",
        "いつか、そのうち",
        "一日で終わった",
        "10日で仕上げる",
        "Report due EOM",
        "Give me 3 days",
        "3 days ago",
        "He was here two Fridays ago",
        "the day before yesterday",
        "December suits me fine",
        "The Friday group",
        "on a Friday",
        "the 21st century",
        "He finished 3rd",
        "chapter 12/3",
        "my 40th",
        "I got 3/5 on the test",
        "the score was 3-1",
        "in 2 hours",
        "two weeks' holiday",
        "March forth",
        "it might be May",
        "one day I will",
        "one Friday in spring",
        "It was lovely on Sunday",
        "The film came out in June",
        "I did it in a week",
        "until further notice",
        "the May issue",
        "room 12-3",
        "One more day",
        "半月後",
        "数日後",
        "その三日後に死んだ",
        "二日に一回",
        "三日おきに水をやる",
        "五月人形を飾る",
        "八月の濡れた砂",
        "三月生まれ",
        "毎週土曜に会う",
        "第二と第四の土曜",
        "べんきょうする",
        "きょうだいが三人",
        "金曜に焼いたパンを土曜に買うのが通",
        "木曜の朝市にだけ出してます",
        "月曜から夜更かしするような仲間",
        "土曜は月に二度ほど開くらしい",
        "週末になると庭でパンを焼いているらしい",
        "月末は締めで忙しいと言う経理の人",
        "水曜の夕方、川沿いを走っていたら声をかけられた",
        "子どもの頃、日曜は父と銭湯に行くのが決まりだった",
        "明治二十三年三月三日の創業",
        "翌週には返事が来ていた",
        "週末どうだった?",
        "土曜はお世話になりました",
        "「月曜の友達」という漫画をすすめられた",
        "『土曜の夜と日曜の朝』を貸してくれた人",
        "口ぐせは「明日できることは今日するな」",
        "三月三日と書いて読む苗字",
        "店の名前は木曜喫茶",
        "ハロウィンの由来を教えてもらった",
        "四月に異動してきた後輩",
        "Mrs. Friday at the library",
        "Tomorrow's Bread is what the bakery calls itself",
        "a flat above the Monday Readers",
        "our cat is called Tuesday",
        "Monday-to-Friday me is tidy",
        "My mother's Friday bread is famous",
        "Friday is fish and chips night at their house",
        "On Tuesday and Thursday she teaches",
        "On Christmas Eve we eat carp, that is the custom",
        "Halloween scares her",
        "she is in the habit to swim also in November",
        "By Friday he had read it all",
        "This week has been long",
        "Great to meet you on Thursday",
        "Thank you for coming on Sunday",
        "The Sunday he retired, it snowed",
        "My locker is 12/7",
        "Wednesday is a strange name for a dog",
        "あすかちゃん",
        "翌日届いた",
        "3割3分",
        "5月病かもしれない",
        "30日間無料",
        "7日目",
        "1日100円",
        "1日あたり",
        "週の半ば",
        "先月の5日に",
        "先週の金曜",
        "昨日の20日",
        "月曜に風邪をひいてしまって",
        "火曜に会ったとき本を借りた",
        "あと三日で終わる",
        "三日あればできる",
        "三日もすれば治る",
        "The Thursday crowd is older",
        "my Saturday job pays badly",
        "The May sunshine is lovely",
        "Augusta and April came",
        "It's always Sunday somewhere",
        "I've had a month of it",
        "The Seven Days war",
        "Three days' notice is required",
        "We have 5 days left",
        "She's 3 months pregnant",
        "5pm sharp",
        "10-12 people",
        "bus 24/12",
        "Monday's child is fair of face",
        "I don't like Mondays",
        "The deadline was Friday",
        "Yesterday was my birthday",
        "It snowed on the 15th",
        "Independence Day was noisy",
        "Christmas is for children",
        "half of June",
        "June and I will cook",
        "Spring 2027",
        "two days a month",
        "Days 1-3 are hard",
        "Chapters 3-5, December term",
        "9 to 5",
        "2 for 1 on Tuesdays",
        "今日の新聞に載った",
        "今日は寒い",
        "金曜日の妻たちへを見た",
        "日曜の夜は憂鬱になる",
        "火曜と木曜はジムの日",
        "十年前の今日",
        "三日と続かん",
        "三日続いた",
        "10日間ください",
        "1日だけ貸して",
        "一日署長をやった",
        "一日乗車券",
        "1月号に載る",
        "七月に生まれた",
        "五日市街道",
        "本日は晴天なり",
        "1日1回、5日分",
        "月曜日がしんどい",
        "月、水、金に通う",
        "木曜が定休日",
    ],
)
def test_no_day_is_read_where_none_is_named(text: str) -> None:
    assert find_days(text, FRIDAY) is None
    assert find_date(text, FRIDAY) is None


@pytest.mark.parametrize("rule", read_phrase_rules("no_dates"), ids=lambda rule: rule.key)
def test_phrases_without_a_day_are_told_from_what_only_looks_like_them(rule: PhraseRule) -> None:
    assert [text for text in rule.examples if find_days(text, FRIDAY)] == []
    assert [text for text in rule.counterexamples if not find_days(text, FRIDAY)] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("来週", date(2026, 11, 27)),
        ("今週中に", FRIDAY),
        ("next week", date(2026, 11, 27)),
        ("来月", date(2026, 12, 31)),
        ("来月の頭に", date(2026, 12, 10)),
        ("12月3日〜5日", date(2026, 12, 5)),
        ("週末に", date(2026, 11, 22)),
    ],
)
def test_one_day_of_a_week_is_its_friday_and_of_another_span_its_last(text: str, day: date) -> None:
    assert find_date(text, FRIDAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "給料日は25日です",
        "父の命日は十月十日だそうです",
        "五月五日は娘の誕生日です",
        "稽古は火曜と金曜の夜",
        "Payday is the 25th",
        "Their anniversary is 14 February",
        "We're closed on Wednesdays and shut Monday",
        "Friday's my day off",
    ],
)
def test_what_is_so_each_week_or_year_names_no_day(text: str) -> None:
    assert find_days(text, FRIDAY) is None


def test_a_week_that_is_nearly_over_gives_no_day_that_is_past() -> None:
    saturday = date(2026, 11, 21)

    assert find_date("今週中に", saturday) == saturday


@pytest.mark.parametrize(
    ("text", "is_deadline"),
    [
        ("金曜までに送る", True),
        ("by Friday", True),
        ("締め切りは30日", True),
        ("20日必着", True),
        ("金曜に送る", False),
        ("on Friday", False),
    ],
)
def test_a_time_limit_is_told_from_a_day(text: str, is_deadline: bool) -> None:
    days = find_days(text, FRIDAY)

    assert days is not None and days.is_deadline == is_deadline


def test_several_days_that_a_text_names_are_kept_in_its_order() -> None:
    assert written_dates("12月8日か12月10日", FRIDAY) == (date(2026, 12, 8), date(2026, 12, 10))
    assert written_dates("8 December or the 10th", FRIDAY) == (
        date(2026, 12, 8),
        date(2026, 12, 10),
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("明日、写真を送る", "写真を送る"),
        ("来週の金曜までに写真を送る", "写真を送る"),
        ("来月の頭に会う", "会う"),
        ("三日以内に返事をする", "返事をする"),
        ("今日中に電話する", "電話する"),
        ("あさっての会の手土産", "会の手土産"),
        ("Call Ann tomorrow", "Call Ann"),
        ("Call Ann by next Friday", "Call Ann"),
        ("Next week, write to Ben", "write to Ben"),
        ("Write to Ben in two weeks", "Write to Ben"),
        ("12月3日に会う", "12月3日に会う"),
        ("Meet Ann on 3 December", "Meet Ann on 3 December"),
        ("明日香さんに電話", "明日香さんに電話"),
        ("明日", "明日"),
    ],
)
def test_a_title_loses_words_that_are_true_on_one_day_only(text: str, title: str) -> None:
    assert without_relative_dates(text) == title


WORDS = st.sampled_from(
    [
        *date_words(),
        *("12月3日", "2/29", "31日", "第二", "3", "十", "〜", "から", "まで", "に", "の", "(火)"),
        *("the", "of", "in", "on", "by", "next", "this", "-", "/", "3rd", "2026", " ", "、"),
    ]
)


@given(st.text() | st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS).map("".join), DAYS)
def test_any_text_names_no_day_or_days_in_order_that_are_not_over(text: str, today: date) -> None:
    days = find_days(text, today)
    day = find_date(text, today)
    written_dates(text, today)
    without_relative_dates(text)

    if days is None:
        assert day is None
    else:
        assert today <= days.first <= days.last
        assert day is not None and days.first <= day <= days.last
        assert text[days.start : days.start + len(days.quote)] == days.quote


WIDE = str.maketrans("0123456789/()", "０１２３４５６７８９／（）")


@given(DAYS, DAYS)
def test_a_day_with_its_month_is_the_next_such_day_in_any_way_of_writing(
    day: date, today: date
) -> None:
    year = today.year if (day.month, day.day) >= (today.month, today.day) else today.year + 1
    while (day.month, day.day) == (2, 29) and year % 4:
        year += 1
    expected = date(year, day.month, day.day)
    kanji = f"{_kanji(day.month)}月{_kanji(day.day)}日"
    for text in (
        f"{day.month}月{day.day}日",
        f"{day.month}/{day.day}",
        f"{day.month}月{day.day}日".translate(WIDE),
        f"{day.month}/{day.day}".translate(WIDE),
        kanji,
        f"ほな、{kanji}に行くわ。",
        f"{expected:%Y-%m-%d}",
        f"{day:%B} {day.day}",
        f"I will come on {day.day} {day:%B}, I think.",
        f"{day:%d %b}",
    ):
        days = find_days(text, today)
        assert days and (days.first, days.last) == (expected, expected), text


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else "一二三"[tens - 1])
        + "十" * bool(tens)
        + "〇一二三四五六七八九"[ones].replace("〇", "")
    )


@given(DAYS, st.sampled_from(["今月末", "月末", "by the last day of the month"]))
def test_the_end_of_a_month_is_its_last_day(today: date, text: str) -> None:
    days = find_days(text, today)

    assert days and (days.last + timedelta(1)).day == 1
    assert (days.last.year, days.last.month) == (today.year, today.month)


@given(
    st.sampled_from(["2月30日に", "4/31", "31 June", "2026-02-29", "November 31", "13月1日"]), DAYS
)
def test_a_day_that_the_calendar_does_not_have_is_none(text: str, today: date) -> None:
    assert find_days(text, today) is None


@pytest.mark.parametrize(
    "part", ["1", "毎週", "12/", "三", "every ", "月曜、", "a ", "to the ", "の"]
)
def test_a_long_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    find_days(part, FRIDAY)
    begun = time.process_time()
    find_days(part * (20_000 // len(part)), FRIDAY)

    assert time.process_time() - begun < 5
