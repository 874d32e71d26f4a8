"""Which numbers are claims: no hypothesis, plan or crowd, and nothing too loosely bound."""

from __future__ import annotations

from itertools import pairwise

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.clauses import find_piece, has_unknown_verb
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

_REPORTING = read_word_set("screening.reporting")
_FACTUAL = frozenset(
    {"ранее", "раньше", "прежде", "вчера", "накануне", "сначала", "год", "месяц", "неделю", "году", "утром", "изначально"}
)
_HELPERS = read_word_set("screening.helpers")
_MILITARY = frozenset({"military", "army", "naval", "soldiers", "ex-military", "enlisted", "uniformed", "security", "combat"})
_HELPER_LEMMAS = read_word_set("screening.helper_lemmas")
_TAKING_THINGS = ("seiz", "burn", "strik", "hit", "destroy")
_RU_FUTURE = frozenset({"будут", "будет", "могут", "может", "должны", "должен", "планируется", "предстоит", "можно"})
_RETURNING = frozenset({"вернутся", "вернется", "придут"})
_PRESENT = ("знает", "знают", "дает", "дают")  # "признаёт", which may be "признает" too
_PLANNED = frozenset({"recruited", "released", "displaced", "detained", "rescued", "body_returned", "fighting", "on_board"})
_SEEKING = frozenset({"seek", "seeks", "seeking", "sought", "demand", "demands", "demanded", "demanding", "requested"})
_HELD = frozenset({"detained", "arrested", "jailed", "imprisoned", "sentenced", "interned", "apprehended", "held"})
_PLAIN_NUMBERS = frozenset({"people_candidate", "percent"})


def is_hypothetical(sentence: Sentence, number: Number, binding: Binding | None) -> bool:
    """Return whether a number stands under a condition, a plan, an accusation or a danger."""
    if binding is not None and _is_future(sentence, binding) and not _is_feared(sentence, number, binding):
        return True
    for frame in sentence.frames:
        if (
            frame.label == "conditional"
            and frame.start < number.start
            and sentence.cost(frame.end, number.start) < 3.0
        ):
            low = sentence.tokens[frame.start].low
            if low in ("чтобы", "бы") and frame.start < number.start - 6:
                continue
            following = sentence.tokens[frame.end].low if frame.end < len(sentence.tokens) else ""
            if low == "если" and (
                following in ("верить", "считать", "учитывать", "говорить", "брать")
                or _FACTUAL.intersection(token.low for token in sentence.tokens[frame.end : frame.end + 3])
            ):
                continue  # "если ранее говорилось о 35, то теперь ..."
            if low == "если" and sentence.language == "ru" and _is_contrast(sentence, frame.end, number.end):
                continue  # "если в апреле речь шла о 350 убитых, то теперь ..."
            if low == "as" and frame.end - frame.start > 1:
                continue
            return True
        if frame.label == "wish" and binding is not None:
            trigger = binding.trigger
            if trigger.roles & {"event", "noun", "bodies", "measure"} and "trans" not in trigger.roles:
                continue  # "accused of the massacre of six": the massacre was
            first = trigger.start
            if frame.end <= first and first - frame.end <= 3 and sentence.cost(frame.end, first) < 1.0:
                if sentence.language != "en" and trigger.voice not in ("inf", ""):
                    continue
                return True
    return False


def _is_feared(sentence: Sentence, number: Number, binding: Binding) -> bool:
    """Return whether a Russian toll is foretold with fear: "боимся, что погибших окажется более двухсот"."""
    return (
        sentence.language == "ru"
        and binding.outcome in ("killed", "missing", "wounded", "casualties")
        and binding.trigger.voice not in ("active", "passive")
        and any(frame.label == "feared" and frame.end <= min(number.start, binding.trigger.start) for frame in sentence.frames)
    )


def _is_contrast(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether "если" sets a past figure against a later one: past verbs, no "бы", and "то" behind."""
    tokens, words = sentence.tokens, sentence.words
    if any(token.low == "бы" for token in tokens):
        return False
    past = any(
        words[at].parse.kinds == {"VERB"} and tokens[at].low.endswith(("л", "ла", "ло", "ли", "лась", "лось", "лись", "лся"))
        for at in range(start, min(end + 8, len(tokens)))
    )
    later = sentence.lows[start:]
    return past and "то" in later and bool(_NOW.intersection(later[later.index("то") :]))


_NOW = frozenset({"теперь", "сейчас", "сегодня", "ныне", "уже", "нынче", "вчера", "позже", "потом", "затем"})


def _is_future(sentence: Sentence, binding: Binding) -> bool:
    """Return whether what happened has not yet: "will be released", "could be sent", "освободят", "будут призваны"."""
    trigger = binding.trigger
    tokens, words = sentence.tokens, sentence.words
    if sentence.language == "ru" and ("event" in trigger.roles or "noun" in trigger.roles) and any(
        word.parse.future for word in words[trigger.end : trigger.end + 2] if "VERB" in word.parse.kinds
    ):
        return True  # "мобилизация коснётся 300 тысяч"
    if ("event" in trigger.roles or "bodies" in trigger.roles) and words[trigger.start].forms and sentence.language == "en":
        before = sentence.lows[max(0, trigger.start - 2) : trigger.start]
        planned = len(before) > 1 and before[-1] == "to" and before[0] in ("is", "are", "were", "was")
        return bool(before) and (planned or before[-1] in ("will", "shall"))
    ahead = tokens[max(0, trigger.start - 2) : trigger.start]
    if sentence.language == "en" and "event" in trigger.roles and any(token.low in _SEEKING for token in ahead):
        return True  # "prosecutors are seeking life sentences for 11"
    if trigger.outcome in ("killed", "missing") and any(t.low in _RETURNING for t in tokens[trigger.start : trigger.end]):
        return False  # "домой не вернутся 14": they are dead
    if not trigger.roles & {"trans", "intr", "light", "pass"} or not trigger.voice:
        return False
    if sentence.language != "en":
        verbs = words[trigger.start : trigger.end]
        if any(word.parse.future for word in verbs if "VERB" in word.parse.kinds and not word.low.endswith(_PRESENT)):
            return True
        near = sentence.lows[max(0, trigger.start - 2) : trigger.start]
        return any(low in _RU_FUTURE for low in near) and trigger.voice in ("passive", "inf")
    at = trigger.start - 1
    steps = 0
    while at >= 0 and steps < 4 and (tokens[at].low in ("be", "also", "soon", "get") or tokens[at].low.endswith("ly")):
        at -= 1
        steps += 1
    if at < 0:
        return False
    low = tokens[at].low
    if tokens[trigger.start].low == "hiring" and trigger.voice == "active":
        return True  # "we're hiring 45 people"
    planned = tokens[at + 1].low == "be" or (at + 1 == trigger.start and trigger.voice in ("inf", "active"))
    if low == "to" and at and planned and tokens[at - 1].low in ("were", "was", "are", "is"):
        return True  # "were to be exchanged", "was to carry"
    if low == "would" and tokens[at + 1].low == "not":
        return False  # "60 of whom would not survive the night"
    if low in ("will", "shall", "would") or low.endswith(("'ll", "’ll")):
        return True
    now = tokens[at + 1].low == "be" and trigger.voice == "active" and low in ("could", "may", "might")
    if now and sentence.language == "en" and tokens[trigger.start].low.endswith("ing"):
        return False  # "may be serving": now, and not sure
    return low in ("could", "may", "might", "can", "should", "must") and binding.outcome in _PLANNED


def accepts(sentence: Sentence, number: Number, population: Population, binding: Binding) -> bool:
    """Return whether a binding holds well enough for what the number counts."""
    kind = number.mention.kind
    score = binding.score
    if (
        sentence.language == "en"
        and (
            sentence.tokens[binding.trigger.start].low.startswith(_TAKING_THINGS)
            or (binding.outcome == "rescued" and sentence.tokens[binding.trigger.start].low.startswith("carr"))
        )
        and population.kind not in ("people", "outcome")
        and not number.mention.certain
        and not (number.start and sentence.tokens[number.start - 1].low == "whom")
        and not (binding.trigger.voice == "passive" and binding.trigger.end - binding.trigger.start > 1)
    ):
        return False  # "seized 4 M-16 rifles"
    if sentence.language == "ru" and _is_no_matter_of(sentence, number, population, binding):
        return False
    strong = binding.trigger.outcome in STRONG
    if (
        binding.outcome in ("recruited", "fighting")
        and population.head is not None
        and sentence.tokens[population.head].low in _HELPERS
        and not _MILITARY.intersection(token.low for token in sentence.tokens[number.end : population.head])
    ):
        return False
    if (
        any(
            frame.label == "rest" and frame.start < number.end and frame.end > number.start
            for frame in sentence.frames
        )
        and score < 7.0
    ):
        return False
    if kind == "zero":
        return _accepts_zero(sentence, number, population, binding)
    if kind == "indefinite":
        return population.kind == "people" and strong and score >= 7.4 and not _is_apposition(sentence, number)
    if kind == "another":
        return population.kind != "thing" and score >= 4.5
    if not strong and (
        (number.mention.low == 1 and not population.partitive)
        or (number.mention.bound == "vague" and number.mention.low is None and score < 6.6)
    ):
        return False
    if number.mention.bound == "vague" and number.mention.low is None:
        return (score >= 5.0 and population.kind in ("people", "outcome")) or score >= 7.6
    if population.kind in ("people", "outcome"):
        return score >= (2.6 if strong else 3.4)
    if kind == "percent":
        return score >= 4.5
    if population.kind == "unknown":
        return (
            score >= (6.0 if strong else 8.0)
            and binding.trigger.roles & {"trans", "intr", "state", "noun"} != frozenset()
        )
    if population.partitive or population.more or number.mention.certain:
        return score >= 3.5
    return score >= (5.6 if strong else 5.9)


def is_of_before(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether tokens tell of the time before people went to war: "до отправки на фронт"."""
    lows = sentence.lows[first:last]
    return any(low == "до" and after.startswith(_ENLISTING) for low, after in pairwise(lows))


_COPULAR = ("был", "буд", "стал", "ста", "оказ", "остал", "остаё", "остае", "числ", "счит", "наход", "име", "есть")


def _has_other_verb(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a verb that says no outcome stands among tokens, be it one of saying or knowing; "быть" is none."""
    return any(
        sentence.words[at].parse.kinds == {"VERB"}
        and at not in sentence.trigger_at
        and not sentence.tokens[at].low.startswith(_COPULAR)
        for at in range(first, last)
    )


_GATHERING = ("пришл", "приш", "собрал", "съехал", "сошл", "подош", "стек", "приехал", "явил")


def _is_done_by_them(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether a verb of another kind touches a number: its people did something else."""
    edges = (number.start - 1, max(number.end, population.end))
    return any(0 <= at < len(sentence.tokens) and has_unknown_verb(sentence, at, at + 1) for at in edges)


_DAILY = ("сутки", "день", "смену", "неделю", "месяц")
_ENLISTING = ("отправк", "войн", "фронт", "призыв", "мобилиз", "служб", "вербовк", "сво", "контракт")
_HELPED = frozenset({"recruited", "fighting", "on_board", "displaced", "missing"})


def _is_no_matter_of(sentence: Sentence, number: Number, population: Population, binding: Binding) -> bool:
    """Return whether the clause of a number has another verb: helpers sent, applicants refused, bodies tested a day."""
    trigger, head = binding.trigger, population.head
    inside = population.start <= trigger.start < population.end
    if (
        head is not None
        and binding.outcome in _HELPED
        and (binding.outcome != "missing" or (trigger.voice not in ("active", "passive") and not inside))
        and _HELPER_LEMMAS.intersection(sentence.words[head].parse.lemmas)
    ):
        return True  # "в поисках пропавших участвуют 46 спасателей"
    first, last = find_piece(sentence, number.start, max(number.end, population.end))
    if population.partitive and binding.outcome == "detained" and trigger.voice and is_of_before(sentence, first, last):
        return True  # "трое из них до отправки на фронт отбывали наказание": who they were
    if first <= trigger.start < last and not inside:
        return False
    lows = sentence.lows[first:last]
    if "нас" in lows and "было" in lows:
        return True  # "из моего выпуска, а нас было 74, погибли четверо"
    dative = head is not None and not inside and sentence.words[head].parse.cases == {"datv"}
    if dative and _has_other_verb(sentence, first, last):
        return True  # "588 суд умершими объявил, сорока одному заявителю отказал"
    apart = trigger.end <= first or last <= trigger.start
    if apart and binding.outcome == "killed" and any(low.startswith(_GATHERING) for low in lows):
        return True  # "хоронили в среду, пришло человек двести"
    if not has_unknown_verb(sentence, first, last):
        return False
    told = trigger.voice in ("active", "passive") or "event" in trigger.roles
    if apart and told and not population.partitive and _is_done_by_them(sentence, number, population):
        return True  # "где в мае расстреляли сто восемь крестьян, проходили 15 человек"
    daily = any(low in ("в", "за") and after in _DAILY for low, after in pairwise(lows))
    return daily and (population.kind == "bare" or "bodies" in trigger.roles)  # "проверяет до 15 тел в сутки"


_HOPES = ("шанс", "надежд", "сомнен", "возможност", "оснований", "поводов", "признаков", "угроз", "сведений")


def _accepts_zero(sentence: Sentence, number: Number, population: Population, binding: Binding) -> bool:
    if binding.outcome == "on_board":
        return False
    if any(token.low.startswith(_HOPES) for token in sentence.tokens[max(0, number.start - 6) : number.end + 2]):
        return False  # "шансов на их спасение нет"
    if sentence.language == "ru":
        trigger = binding.trigger
        first, last = find_piece(sentence, number.start, number.end)
        if binding.outcome == "missing" and any(
            token.low.startswith(("ищ", "иск", "разыск")) for token in sentence.tokens[first:last]
        ):
            return False  # "никого больше не ищут"
        aside = ("state" in trigger.roles and not trigger.voice) or not first <= trigger.start < last
        if aside and (_has_other_verb(sentence, first, last) or has_unknown_verb(sentence, first, last)):
            return False  # "в лагере никого не бьют", "никто не знает, сколько вернулось"
    return binding.score >= 6.2 and population.kind in ("people", "outcome", "bare")


def _is_apposition(sentence: Sentence, number: Number) -> bool:
    """Return whether an indefinite phrase describes somebody named: "Ann Lee, a nurse, was killed"."""
    at = number.start - 1
    tokens = sentence.tokens
    if at >= 0 and tokens[at].text in ",—–":
        return True
    while at >= 0 and tokens[at].text in ",—–-(":
        at -= 1
        if at >= 0 and tokens[at].text[0].isupper():
            return True
    return any(
        token.low in ("was", "is", "were", "are", "as", "был", "была")
        for token in tokens[max(0, number.start - 1) : number.start]
    )


def find_holding(sentence: Sentence, population: Population, binding: Binding | None) -> Trigger | None:
    """Return what says that people are held whose release is only wanted or planned: "must free the 59 staff they hold"."""
    if binding is None or binding.outcome not in ("released", "rescued") or sentence.language != "en":
        return None
    for trigger in sentence.triggers:
        inside = population.start <= trigger.start < population.end and "noun" in trigger.roles
        after = 0 <= trigger.start - population.end <= 8 and "state" in trigger.roles
        if trigger.outcome in ("captured", "detained", "missing") and (inside or after):
            return trigger
    return None


def is_group_in_a_list(
    sentence: Sentence, number: Number, population: Population, binding: Binding, outcome: str
) -> bool:
    """Return whether "mobilised", "convicts" only name a group of a list whose people met an end told before."""
    if sentence.language != "en" or binding.outcome not in ("recruited", "fighting", "detained") or outcome not in STRONG:
        return False
    trigger = binding.trigger
    if binding.outcome == "detained" and (
        not trigger.roles <= {"noun", "trans"} or sentence.tokens[trigger.start].low in _HELD
    ):
        return False  # "dozens hurt, scores held", "40 wounded, 11 detained"
    inside = number.end <= trigger.start <= max(population.end, number.end)
    carried = trigger.end <= number.start and trigger.voice in ("bare", "")
    lead = sentence.tokens[number.start - 1].low if number.start else ""
    return (
        trigger.voice in ("bare", "")
        and (inside or carried)
        and lead in (",", "and", "or", "including", ":", "—", "–", "(")
        and outcome not in (binding.outcome, "released")
    )
