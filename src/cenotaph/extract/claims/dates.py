"""As of when: the words of a sentence that give a date, an hour or a window."""

from __future__ import annotations

import re
from typing import NamedTuple

from cenotaph.reference.word_sets import read_word_set

_EN_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_EN_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_EN_YEAR = r"(?:19|20)\d\d"
_EN_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_EN_DATE = (
    rf"(?:{_EN_DAY}(?: of)? {_EN_MONTH}(?:,? {_EN_YEAR})?|{_EN_MONTH} {_EN_DAY}(?:,? {_EN_YEAR})?(?!\d)|{_EN_MONTH},?(?: of)? {_EN_YEAR}|{_EN_YEAR}-\d\d(?:-\d\d)?"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./](?:{_EN_YEAR}|\d\d)|{_EN_MONTH}(?![\w'])|{_EN_YEAR}(?!\d))"
)
_EN_N = r"(?:\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|several|few|couple of)"
_EN_UNIT = r"(?:hours?|days?|weeks?|months?|years?|decades?|nights?)"
_EN_SEASON = r"(?:spring|summer|autumn|winter|fall)"
_EN_PART = r"(?:(?:early|late|mid)[ -])?(?:the )?(?:(?:first|second|third|fourth|last) (?:quarter|half|week|months?|days?) of |(?:beginning|start|end|middle) of |night of |morning of |evening of )?"
_ENGLISH = re.compile(
    rf"\b(?:[Aa]s of |[Bb]y the end of |[Bb]y |[Ss]ince |[Oo]n |[Ii]n |[Uu]ntil |[Bb]efore |[Aa]fter |[Dd]uring |[Tt]hrough |[Ff]rom )?(?:{_EN_PART})(?:{_EN_DATE}|{_EN_WEEKDAY})"
    rf"(?: (?:and|to|through|until|or) {_EN_PART}(?:{_EN_DATE}))?"
    rf"|\b[Bb]etween (?:{_EN_DATE}) and (?:{_EN_DATE})"
    rf"|\b(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or|[Ww]ithin) the (?:past|last|previous|preceding|same|first) (?:{_EN_N} )?{_EN_UNIT}(?: of (?:the )?\w+)?"
    rf"|\b(?:[Oo]ver|[Ii]n|[Dd]uring) recent {_EN_UNIT}|\b[Ii]n (?:{_EN_N}) {_EN_UNIT}(?= of\b)"
    rf"|\b[Ss]ince (?:the )?(?:(?:start|beginning|outbreak|onset) of (?:the |this )?[\w-]+(?: [\w-]+)?|(?:full-scale )?invasion(?: began| started)?(?: in {_EN_DATE})?|war (?:began|started|broke out)(?: in {_EN_DATE})?|{_EN_SEASON}|last \w+|then|Easter|Christmas|[A-Z]\w+ {_EN_YEAR})"
    rf"|\b(?:last|this|that|the previous|the same|next|earlier this|later that|the following) (?:night|week|month|year|day|morning|evening|{_EN_SEASON}|{_EN_WEEKDAY}|{_EN_MONTH})"
    rf"|\b(?:[Bb]y|[Ii]n|[Ss]ince|[Dd]uring) (?:the |last |this )?{_EN_SEASON}(?: of {_EN_YEAR})?"
    rf"|\b(?:{_EN_N}) {_EN_UNIT} (?:ago|earlier|later)"
    rf"|\b(?:as of|by|until|since) (?:this|yesterday|today|noon|midnight|dawn|dusk|tonight|last|the morning|the evening|then)(?: (?:morning|evening|afternoon|night|week|month|year|on {_EN_WEEKDAY}))?"
    rf"|\b(?:at|by) (?:noon|midnight|dawn|dusk|nightfall)(?: on {_EN_WEEKDAY})?|\bsince (?:our|the) (?:last|previous) \w+|\bsince New Year|\btonight|\bat \d{{1,2}}[:.]\d\d"
    rf"|\b(?:yesterday|today|overnight|to date|so far this year|at the time|this year|this month|this week|a day earlier|the day before|[Aa]cross the entire \w+|during the (?:war|campaign|offensive|siege|battle|fighting|attack|raid|occupation))\b"
)
_RU_MONTH = r"(?:январ[яьеюи]\w{0,2}|феврал[яьею]\w{0,2}|март[ае]?|апрел[яьею]|ма[яйею](?!\w)|июн[яьею]|июл[яьею]|август[ае]?|сентябр[яьею]|октябр[яьею]|ноябр[яьею]|декабр[яьею])"
_RU_YEAR = r"(?:19|20)\d\d(?:-(?:го|м|х))?(?:\s?(?:года|году|годах|годов|год|гг?\.))?"
_RU_N = r"(?:\d{1,3}|один|одну|одни|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|двенадцать|пятнадцать|двадцать|тридцать|полтора|несколько|пару|двое|трое)"
_RU_UNIT = r"(?:сут(?:ки|ок)|дн(?:я|ей|и)|день|недел[яиюье]\w?|месяц(?:а|ев|ы)?|год(?:а|ы)?|лет|час(?:а|ов)?|полугоди[ея]|квартал|десятилети[ея]|ноч[ьи]|выходные)"
_RU_DATE = rf"(?:\d{{1,2}}(?:-?го)? {_RU_MONTH}(?: {_RU_YEAR})?|\d{{1,2}}\.\d{{1,2}}(?:\.\d{{2,4}})?|{_RU_MONTH} {_RU_YEAR}|{_RU_YEAR}(?!\d))"
_RU_WEEKDAY = r"(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"
_RUSSIAN = re.compile(
    rf"\b(?:[Пп]о состоянию на |[Нн]а (?:утро |вечер |начало |конец |середину )?)(?:{_RU_DATE}|(?:начало|конец|середину) (?:осени|зимы|весны|лета|{_RU_MONTH}|года)|сегодня(?:шний день)?|данный момент|текущий момент)"
    rf"|\b[Вв] ночь (?:на|с) (?:{_RU_DATE}|{_RU_WEEKDAY})"
    rf"|\b[Сс] (?:начала |конца |середины )?(?:{_RU_DATE}|{_RU_MONTH})(?: (?:по|до) (?:{_RU_DATE}|{_RU_MONTH}))?"
    rf"|\b[Сс] (?:начала|момента начала|момента) (?:полномасштабн\w+ )?(?:войны|года|вторжения|СВО|спецоперации|боевых действий|конфликта|месяца|недели|эпидемии|мобилизации|этого года|текущего года)(?: в (?:{_RU_DATE}|{_RU_MONTH}))?"
    rf"|\b[Зз]а (?:последни[ейх]+ |минувши[ейх]+ |прошедши[ейх]+ |истекши[ейх]+ |перв\w+ |последн\w+ |минувш\w+ |прошл\w+ |прошедш\w+ |эт\w+ |весь |всю |все )?(?:{_RU_N} )?{_RU_UNIT}(?: (?:{_RU_YEAR}|войны|боев|боёв))?"
    rf"|\b[Вв]о? (?:начале|конце|середине|первой половине|второй половине|первом квартале|втором квартале|третьем квартале|четвертом квартале|четвёртом квартале|первые дни) (?:{_RU_DATE}|{_RU_MONTH}|осени|зимы|весны|лета|года|войны|этого года|прошлого года)"
    rf"|\b[Вв]о? (?:{_RU_DATE}|{_RU_WEEKDAY}|(?:прошлом|этом|текущем|минувшем|позапрошлом) (?:году|месяце)|прошлую? \w+|(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)е\b|Январе|Октябрь|Ноябрь|Декабрь|момент \w+|(?:ходе|результате) боёв)"
    rf"|\b(?:[Кк]|[Дд]о|[Пп]осле|[Оо]т|[Пп]о) (?:{_RU_DATE}|весне|лету|осени|зиме|концу года|началу \w+|конца года)"
    rf"|\b{_RU_N} {_RU_UNIT} назад"
    rf"|\b(?:прошлой|минувшей|этой) (?:ночью|осенью|весной|зимой|неделе)|\b(?:осенью|весной|летом|зимой)(?: {_RU_YEAR})?"
    rf"|\b(?:[Вв]чера|[Нн]акануне|[Сс]егодня|[Рр]анее)\b|\b\d{{1,2}} {_RU_MONTH}(?: {_RU_YEAR})?|\b{_RU_MONTH} {_RU_YEAR}|\b(?:19|20)\d\d года"
    r"|\bза (?:эту |ту же |прошлую |минувшую |всю )?(?:зиму|весну|осень|лето|войну)|\bс начала (?:операции|осады|боёв|боев|наступления|кампании|\w+ия)\b|\b(?:прежде|раньше|недавно|годом ранее|годом раньше|весной|осенью|зимой|летом|днём ранее|днем ранее|на тот момент|к тому времени)\b|\bпо состоянию на [\w ]{3,25}?(?=[,.:;)]| в | было| числ)",
    re.IGNORECASE,
)
_UKRAINIAN = re.compile(
    r"\b(?:станом на |на |з |до |у |в |за |після |до )?\d{1,2} (?:січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня)(?: (?:19|20)\d\d(?: року)?)?"
    r"|\b(?:у|в) (?:січні|лютому|березні|квітні|травні|червні|липні|серпні|вересні|жовтні|листопаді|грудні)(?: (?:19|20)\d\d(?: року)?)?"
    r"|\b(?:до|з|восени|навесні) (?:весни|літа|осені|зими)|\bщотижня|\bщодня|\b[зЗ] початку (?:війни|року|вторгнення)|\b[зЗ]а (?:добу|жовтень|минулу добу|тиждень|рік|місяць)|\b(?:вчора|сьогодні|раніше)\b|\bу (?:19|20)\d\d році"
)
_PATTERNS = {"en": _ENGLISH, "ru": _RUSSIAN, "uk": _UKRAINIAN}
_WINDOW = re.compile(
    r"^(?:since|over|in the|during|between|from|for|within|across|so far|to date|с |за |з |в течение|до |з початку)",
    re.IGNORECASE,
)
_VAGUE = read_word_set("dates.vague")


class DateWords(NamedTuple):
    """Words that give a date: code points, and whether they give a window."""

    start: int
    end: int
    window: bool


def find_dates(text: str, start: int, end: int, language: str) -> list[DateWords]:
    """Return the words for dates in a part of a text."""
    pattern = _PATTERNS.get(language)
    if pattern is None:
        return []
    return [
        DateWords(found.start(), found.end(), bool(_WINDOW.match(found.group())))
        for found in pattern.finditer(text, start, min(end, start + 5000))
        if found.group().strip() and found.group().lower() not in ("may", "mar", "jan")
    ]
