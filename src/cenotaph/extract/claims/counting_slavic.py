"""Russian numbers of the right kind that count nobody here: growth, kin, the families somebody comes from, one of several."""

from __future__ import annotations

from itertools import pairwise

from cenotaph.extract.claims.clauses import find_piece
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_COMPARED = tuple(sorted(read_word_set("counting.compared")))
_CHANGED = tuple(sorted(read_word_set("counting.changed")))
_KIN = read_word_set("counting.kin")
_CLAIMANTS = read_word_set("counting.claimants")
_BEREAVED = read_word_set("counting.bereaved")
_GROUPS = read_word_set("counting.groups")
_REACH = 4
_BY_RULE = ("штат", "списочн", "норматив", "вместимост", "проект", "паспорт")


def is_span_of_time(sentence: Sentence, number: Number) -> bool:
    """Return whether a bare number behind "через" is of weeks or days told before: "кто через неделю, кто через две"."""
    tokens = sentence.tokens
    bare = number.end >= len(tokens) or not tokens[number.end].is_word
    return bare and number.start > 0 and tokens[number.start - 1].low in ("через", "спустя")


def is_strength(sentence: Sentence, number: Number) -> bool:
    """Return whether a number says how many there should be: "экипаж по штату шестьдесят"."""
    lows = [token.low for token in sentence.tokens[max(0, number.start - _REACH) : number.start]]
    if lows and lows[-1].startswith(("вмеща", "вместит", "рассчитан")):
        return True  # "кладбище вмещает три тысячи могил"
    return any(low == "по" and after.startswith(_BY_RULE) for low, after in pairwise(lows)) or any(
        low == "при" and after.startswith(_RATED) for low, after in pairwise(lows)
    )  # "при лимите 1 450"


def follows_things(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether a bare number goes on from things counted right before: "сбито 62 аппарата, подавлено ещё тридцать"."""
    if population.kind != "bare" or number.mention.certain or not number.start:
        return False
    before = [n for n in sentence.numbers if n.end <= number.start]
    if not before or before[-1].mention.kind != "thing" or number.start - before[-1].end > _THINGS_REACH:
        return False
    if any(n.mention.kind == "people_candidate" and n.mention.certain for n in before):
        return False
    between = sentence.tokens[before[-1].end : number.start]
    verbs = [w for w in sentence.words[before[-1].end : number.start] if w.parse.kinds and w.parse.kinds <= {"PRTS", "VERB"}]
    neuter = len(verbs) == 1 and verbs[0].low.endswith(("но", "то"))
    return neuter and any(token.text == "," or token.low == "и" for token in between)


_THINGS_REACH = 7


def is_difference(sentence: Sentence, number: Number) -> bool:
    """Return whether a number says by how much, not how many: "на треть превышает", "выросло на 40 человек", "на 12 больше"."""
    tokens = sentence.tokens
    if not number.start or tokens[number.start - 1].low != "на":
        return False
    if any(token.low.startswith(_COMPARED) for token in tokens[number.end : number.end + _REACH]):
        return True
    return any(token.low.startswith(_CHANGED) for token in tokens[max(0, number.start - _REACH) : number.start - 1])


def is_one_of_several(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is out of how many somebody told in order is: "четвёртого из пяти братьев"."""
    tokens = sentence.tokens
    if number.start < 2 or tokens[number.start - 1].low != "из":
        return False
    earlier = sentence.number_at.get(number.start - 2)
    return (earlier is not None and earlier.mention.kind == "ordinal") or "ANUM" in _grammar(sentence, number.start - 2)


def _grammar(sentence: Sentence, at: int) -> frozenset[str]:
    low = sentence.tokens[at].low
    return frozenset({"ANUM"}) if low.startswith(("последн", "единственн", "младш", "старш", "средн")) else frozenset()


_ONES = frozenset({"одного", "одной", "остальных"})
_RATED = ("лимит", "норм", "вместим", "наполняем", "потребност", "плановой", "план")


def is_somebodys(sentence: Sentence, number: Number) -> bool:
    """Return whether "one of them" is only whose kin or state is spoken of: "сестра одного из умерших", "состояние остальных"."""
    at = number.start - 1
    if at >= 0 and sentence.tokens[number.start].low == "остальным" and sentence.tokens[at].low == "по":
        return True
    if at < 0 or sentence.tokens[number.start].low not in _ONES:
        return False
    if sentence.tokens[at].low.startswith(("состояни", "положени")):
        return True
    if at in sentence.trigger_at or at in sentence.number_at:
        return False
    word = sentence.words[at]
    noun = "NOUN" in word.parse.kinds and not word.parse.kinds & {"VERB", "INFN", "PRTS", "PREP", "CONJ", "PRCL", "ADVB"}
    return noun and not word.low.startswith(("жизн", "судьб", "местонахожд"))


def is_share_of_a_body(sentence: Sentence, number: Number) -> bool:
    """Return whether a share is of somebody's skin: "ожоги 80 процентов тела"."""
    at = number.end
    follows = at < len(sentence.tokens) and sentence.tokens[at].low in ("тела", "кожи", "поверхности")
    return follows and number.mention.kind == "percent"


def is_legal_plural(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is of a crime's legal name: "двум или более лицам"."""
    at = number.end
    last = sentence.tokens[at - 1].low
    return at < len(sentence.tokens) and last == "более" and sentence.tokens[at].low in ("лиц", "лицам", "лицами", "лицах")


def is_sum_or_queue(sentence: Sentence, number: Number) -> bool:
    """Return whether a bare number is a sum named before it, or says how long a queue or how large a crowd is."""
    tokens = sentence.tokens
    at = number.start - 1
    marked = at > 0 and tokens[at].text in ":—–"
    if marked:
        at -= 1
    if at < 0 or (number.mention.certain and marked):
        return False
    return tokens[at].low in (_SUMS if marked else _QUEUES)


_SUMS = frozenset({"сумма", "цена", "стоимость", "оклад", "зарплата", "выплата", "штраф", "долг", "бюджет", "гонорар", "ставка",
                   "доход", "взнос", "залог", "выкуп", "премия", "пособие", "плата", "счет", "тираж", "подписчиков"})  # fmt: skip
_QUEUES = frozenset({"очередь", "толпа", "хвост", "собралось", "собрались", "зрителей", "подписчиков", "митинг", "пикет"})
_OTHERS = frozenset({"другие", "остальные", "прочие", "некоторые", "многие"})


def is_who_says(sentence: Sentence, number: Number) -> bool:
    """Return whether "others" right behind a verb of saying only are those who say it: "о четверых писали раньше другие"."""
    tokens = sentence.tokens
    if tokens[number.start].low not in _OTHERS:
        return False
    closes = number.end >= len(tokens) or not tokens[number.end].is_word
    return closes and any(0 <= number.start - span.end <= 2 and span.label != "cite" for span in sentence.speech)


def describes_a_thing(sentence: Sentence, number: Number) -> bool:
    """Return whether "одном" stands behind the one place it describes: "в районе одном девять похорон"."""
    at = number.start - 1
    if at < 1 or sentence.tokens[number.start].low not in ("одном", "одной") or sentence.tokens[at - 1].low not in ("в", "на"):
        return False
    parse = sentence.words[at].parse
    return sentence.words[at].kind in ("", "thing") and parse.kinds == {"NOUN"} and "loct" in parse.cases and not parse.plural


def is_sought(sentence: Sentence, number: Number) -> bool:
    """Return whether people are wanted by the police and no more is said of them: "трое объявлены в розыск"."""
    first, last = find_piece(sentence, number.start, number.end)
    lows = [token.low for token in sentence.tokens[first:last]]
    if not any(low == "в" and after in ("розыск", "розыске") for low, after in pairwise(lows)):
        return False
    told = (t for t in sentence.triggers if t.outcome in STRONG and "void" not in t.roles)
    return not any(first <= t.start < last for t in told)


def is_where_from(sentence: Sentence, number: Number, counted: list[tuple[Number, Population]]) -> bool:
    """Return whether a number counts families or places that people counted before come from: "22 ребёнка из 14 семей"."""
    tokens = sentence.tokens
    if not counted or not number.start or tokens[number.start - 1].low not in ("из", "с", "от", "в"):
        return False
    between = tokens[counted[-1][0].end : number.start]
    near = len(between) <= 3 and all(token.is_word for token in between) and number.end < len(tokens)
    return near and bool(_GROUPS.intersection(sentence.words[number.end].parse.lemmas))


def _is_of_the_lost(sentence: Sentence, population: Population, head: int) -> bool:
    """Return whether kin of the lost are counted, and nothing befell them: "обратились 560 родственников пропавших"."""
    if not _BEREAVED.intersection(sentence.words[head].parse.lemmas) or head + 1 >= len(sentence.tokens):
        return False
    lost = sentence.trigger_at.get(head + 1)
    if lost is None or lost.start != head + 1 or not (lost.voice == "part" or lost.roles & {"noun"}):
        return False
    if "gent" not in sentence.words[head + 1].parse.cases:
        return False
    first, last = find_piece(sentence, population.start, max(population.end, lost.end))
    return not any(t.start != lost.start and t.outcome in STRONG and first <= t.start < last for t in sentence.triggers)


def counts_claimants(sentence: Sentence, population: Population) -> bool:
    """Return whether those who ask or testify are counted: relatives, witnesses, applicants."""
    return population.head is not None and bool(_CLAIMANTS.intersection(sentence.words[population.head].parse.lemmas))


def is_by_whom(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether people did what a passive tells: "жители убиты 40 солдатами", not "вместе с 40 солдатами"."""
    head = population.head
    if head is None or sentence.words[head].parse.cases != {"ablt"} or not number.start:
        return False
    lead = sentence.words[number.start - 1].parse
    if "PREP" in lead.kinds or population.label:
        return False
    first, last = find_piece(sentence, number.start, number.end)
    return any(first <= t.start and t.end <= number.start and t.voice == "passive" for t in sentence.triggers) and not any(
        number.start <= t.start < last for t in sentence.triggers
    )


def counts_kin(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether a number says how many children or brothers somebody has: "внуков у неё пятеро"."""
    head = population.head
    if head is not None and _is_of_the_lost(sentence, population, head):
        return True
    if head is None or not _KIN.intersection(sentence.words[head].parse.lemmas):
        return False
    first, last = find_piece(sentence, min(population.start, number.start), max(population.end, number.end))
    if any(first <= t.start < last and t.outcome in STRONG for t in sentence.triggers):
        return False
    tokens = sentence.tokens
    return any(
        tokens[at].low == "у" and (not sentence.words[at + 1].parse.plural or sentence.words[at + 1].parse.kinds & {"NPRO"})
        for at in range(first, min(last, len(tokens) - 1))
    )
