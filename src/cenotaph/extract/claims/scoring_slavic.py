"""How well words say what happened to the people of a number, in Russian and Ukrainian: by role, voice, case, distance."""

from __future__ import annotations

from cenotaph.extract.claims.labelling_slavic import (
    has_verb,
    heads_a_label,
    is_labelled,
    opens_genitive,
    receives,
    stands_for_many,
)
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.scoring import GAUGE_VERBS, MEASURING, REJECTED, is_gauged
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger

_AFTER_WHICH = frozenset({"после", "до", "перед", "накануне", "ради", "против", "из-за", "для"})  # "40 после задержания"
_INTRODUCING = frozenset({"по", "согласно", "судя", "как", "видимо", "вероятно", "возможно", "предположительно", "кажется"})
_PREPOSITIONS = frozenset({"в", "во", "на", "из", "с", "со", "у", "под", "за", "по", "при", "для", "до", "к", "без", "обманом"})


def _is_charge(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether a deed before a number is what its people were tried for: a verb of judging stands by, and "за"."""
    tokens = sentence.tokens
    for_ = next((at for at in range(trigger.start - 1, max(-1, trigger.start - 4), -1) if tokens[at].low == "за"), None)
    if for_ is None:
        return False
    judged = [t for t in sentence.triggers if t.outcome == "detained" and t.voice in ("active", "passive") and not t.negated]
    if any(trigger.end <= t.start < t.end <= number.start for t in judged):
        return True  # "за убийства осуждены 14"
    before = [t for t in judged if t.start < for_]
    if not before:
        return False
    if tokens[number.start - 1].text in "—–" or (number.start > 1 and tokens[number.start - 2].text in "—–"):
        return True  # "за неявку — ещё 310"
    verb = before[-1]
    whom = sentence.words[verb.start - 1].parse if verb.start else None
    if whom is not None and ("NPRO" in whom.kinds or (whom.animate and "accs" in whom.cases)):
        return False  # "его осудили за убийство двух женщин"
    plural = tokens[verb.start].low.endswith("ли") and verb.voice == "active"
    return plural and verb.end in (for_, for_ + 1) and trigger.end == number.start  # "суды осудили за убийство 87 солдат"


def _is_in_a_source(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether a noun stands in an aside that says who counted."""
    return any(
        span.label == "cite"
        and span.start < trigger.start
        and not any(token.text in ",;—" for token in sentence.tokens[span.start : trigger.start])
        for span in sentence.speech
    )


def _names_one(sentence: Sentence, trigger: Trigger) -> bool:
    parse = sentence.words[trigger.end - 1].parse
    return bool(parse.kinds) and not parse.plural


def _has_no_object(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether no object follows a verb: "200 йеменцев завербовали в армию" is said of them, not by them."""
    if trigger.end >= len(sentence.tokens):
        return True
    low = sentence.tokens[trigger.end].low
    parse = sentence.words[trigger.end].parse
    if parse.animate and parse.plural and "nomn" in parse.cases and "accs" not in parse.cases:
        return True  # "девятерых мигрантов ищут спасатели"
    return low in _PREPOSITIONS or low in ".;,»\")" or low in ("и", "а", "—", "–")


_COPULAS = ("стал", "призна", "явля", "оказа", "остал", "остав", "оста", "числ", "счит", "знач", "объяв", "стают")
"""Beginnings of the verbs by which a participle is said of people: "ненайденными остаются пятеро"."""


_ASIDES = frozenset({"к", "сожалению", "видимо", "увы", "вероятно", "скорее", "всего", "возможно", "по-видимому", "судя"})


def _is_copular(lows: list[str]) -> bool:
    """Return whether only a dash, "это", "были" or an aside stands between people and what they are: "60% — это погибшие"."""
    return all(low in "—–-," or low in ("это", "были", "был", "уже") or low in _ASIDES for low in lows) and lows != [","]


_ENLISTED = ("завербов", "навербов", "рекрутир")  # what befell them; "мобилизованный" may only say who they are
_ESTIMATING = 14  # tokens between "оценивает" and what it measures
TIED = 8.4  # "ещё семерых, умерших позднее", before the comma counts
_MANAGED = ("удал", "удас", "удае")
_BESIDE = 3
_LABEL = 6
_INCLUDING = frozenset({"включая", "кроме", "исключая", "считая", "помимо", "учитывая"})
_ACCUSED = ("подозрева", "обвин", "соучаст", "виновн", "причаст", "фигурант")
_AGED = ("лет", "старост", "пенси", "седин", "юбиле")
_MOURNING = ("провод", "провож", "прост", "проща", "попрощ", "помян", "помина", "оплак")
_GOVERNING = frozenset({"при", "перед", "для", "к", "ко", "через", "против", "между", "над", "у"})


def _is_governed(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether a preposition before a number keeps its people from being subject or object of a verb."""
    before = sentence.tokens[number.start - 1].low if number.start else ""
    if before not in _GOVERNING or trigger.voice not in ("active", "passive") or trigger.roles & {"state", "event", "noun"}:
        return False
    return before != "у" or trigger.outcome in ("killed", "captured", "released", "rescued", "detained")


def _governs_people(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether people in the accusative stand right behind a verb: somebody else did it to them."""
    if trigger.end >= len(sentence.words) or trigger.end in sentence.number_at:
        return False
    word = sentence.words[trigger.end]
    return word.kind not in ("", "thing") and "accs" in word.parse.cases and "nomn" not in word.parse.cases


def _governs_one(sentence: Sentence, trigger: Trigger, number: Number) -> bool:
    """Return whether somebody in the accusative stands between a verb and people that are its subject."""
    for at in range(trigger.end, number.start):
        parse = sentence.words[at].parse
        if parse.animate and not parse.plural and "accs" in parse.cases and "nomn" not in parse.cases and parse.kinds == {"NOUN"}:
            return all(token.is_word and token.low != "и" for token in sentence.tokens[at:number.start])
    return False


_NOUN_SCORES = {
    "wounded": 7.2, "casualties": 6.8, "missing": 7.2, "detained": 6.6, "captured": 6.6, "recruited": 6.6, "fighting": 6.6,
    "displaced": 6.6, "released": 6.8, "rescued": 6.8, "survived": 7.0,
}  # fmt: skip
"""How much a noun that may say who, not what happened, counts beside a verb."""


def score_slavic(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> float:
    """Return how well a trigger says what happened to the people of a number; below 0, not at all."""
    roles, voice = trigger.roles, trigger.voice
    tokens = sentence.tokens
    after = trigger.start >= number.end
    inside = after and trigger.start < population.end
    best = REJECTED
    if not after and population.kind != "outcome" and is_labelled(sentence, number, trigger):
        return 9.3
    if not after and population.kind == "bare" and trigger.end == number.start and stands_for_many(sentence, number, trigger):
        return 8.6
    if not after and population.kind == "bare" and heads_a_label(sentence, number, trigger):
        return 8.6
    if inside:
        enlisted = tokens[trigger.start].low.startswith(_ENLISTED)
        if voice == "part" and trigger.outcome in ("recruited", "fighting") and trigger.end - trigger.start == 1 and not enlisted:
            return 3.0  # "только 2 мобилизованных": who, not what happened
        if trigger.outcome in ("recruited", "fighting") and tokens[trigger.start].low.startswith("участник"):
            return 4.4  # "1100 участников боев, умерших там"
        if roles & {"noun", "bodies", "victim", "event"} or voice == "part":
            if "bodies" in roles:
                return 9.0
            if population.partitive == "the" and trigger.unit == "people":
                return 6.5
            if trigger.unit == "people":
                if trigger.start == number.end and tokens[trigger.start].low.endswith("ыми"):
                    return 8.6  # "18 убитыми и 40 ранеными"
                # "осуждены 13 вернувшихся": the verb wins over the noun, more so where the noun is but who they are
                aside = population.head is not None and trigger.start > population.head and sentence.language == "ru"
                return _NOUN_SCORES.get(trigger.outcome, 7.6) - (1.5 if aside else 0.0)
            return 10.0
        return 6.0
    if after:
        cost = sentence.cost(population.end, trigger.start)
        near = trigger.start - population.end
        between = tokens[population.end : trigger.start]
    else:
        cost = sentence.cost(
            trigger.end, population.start if population.label and population.start >= trigger.end else number.start
        )
        near = number.start - trigger.end
        between = tokens[trigger.end : number.start]
    if after and tokens[trigger.start].low.startswith(_MOURNING) and "trans" in roles and voice == "active":
        return REJECTED  # "тысячи горожан проводили его в последний путь"
    if "event" in roles and after and any(t.low.startswith(_ACCUSED) for t in tokens[max(0, trigger.start - 3) : trigger.start]):
        return REJECTED  # "ищут двоих подозреваемых в убийстве"
    if "event" in roles and not after and _is_charge(sentence, number, trigger):
        return REJECTED  # "за убийства осуждены 14 ветеранов", "за неявку — ещё 310": what for
    if roles == {"noun"} and not voice and not after and (number.mention.low or 0) > 1 and _names_one(sentence, trigger):
        return REJECTED  # "найду пленного, 150 тысяч"
    if "loose" in roles and trigger.outcome == "detained" and (population.kind != "people" or near > _BESIDE):
        return REJECTED  # "в стране содержатся военнопленные: всего 386"
    if trigger.outcome == "survived" and tokens[trigger.start].low.startswith("дожи") and any(
        token.low.startswith(_AGED) for token in tokens[max(0, trigger.start - 5) : trigger.end + 6]
    ):
        return REJECTED  # "до ста лет дожили двенадцать"
    if not after and "noun" in roles and _is_in_a_source(sentence, trigger):
        return REJECTED  # "по подсчётам Союза пленных, более 6900 человек": who says so
    if not after and "noun" in roles and trigger.start and tokens[trigger.start - 1].low in _INCLUDING:
        return REJECTED  # "общие потери, включая раненых, составляют 5300"
    if after and trigger.outcome == "released" and receives(sentence, population, trigger):
        return REJECTED  # "трём сиротам передали подарки"
    if _is_governed(sentence, number, trigger):
        return REJECTED  # "застрелился на глазах у множества туристов"
    lows = [token.low for token in between]
    if len(lows) > 2 and lows[0] == "," and lows[-1] == "," and lows[1] in _INTRODUCING and len(lows) <= 10 and (
        voice in ("active", "passive")
    ):
        near = 0  # "потеряли, по разным данным, от 14 до 20 бойцов"
    gauging = all(low in MEASURING or not token.is_word for low, token in zip(lows, between, strict=True))
    if lows and len(lows) > 2 and lows[0] == "," and lows[-1] == "," and len(lows) <= 14:
        gauging = True
    instrumental = False
    if population.head is not None and sentence.language == "ru":
        cases = sentence.words[population.head].parse.cases
        instrumental = cases == {"ablt"} or ("ablt" in cases and len(cases) == 1)
    core = sentence.text[number.mention.core_start : number.mention.core_end].lower()
    accusative = population.kind == "bare" and core.endswith(
        ("воих", "роих", "верых", "терых", "стерых", "мерых", "ьмерых")
    )
    dashed = not after and number.start == trigger.end + 1 and tokens[trigger.end].text in "—–"
    if "state" in roles and dashed and sentence.language == "ru" and population.kind != "outcome":
        return 9.0  # "под стражей – семеро"
    if not after and "noun" in roles and lows in (["среди", "них"], ["из", "них"], ["среди", "которых"]):
        return 8.6  # "раненых среди них пятеро"
    if not after and "trans" in roles and voice == "active" and population.kind == "people" and near > 0 and (
        _governs_one(sentence, trigger, number)
    ):
        return 0.4  # "искали мальчика двести добровольцев": they did it
    if "trans" in roles and voice == "passive":
        with_them = tokens[trigger.end - 1].low in ("с", "со")  # "связь потеряна с пятью туристами"
        best = max(best, (1.0 if instrumental and not with_them else 8.3) - cost)
    core_low = core.split()[-1] if core.split() else ""
    subject_like = (
        core_low in ("два", "две", "три", "четыре", "один", "одна")
        and population.kind in ("people", "bare", "outcome")
    ) or (number.mention.low == 1 and core_low in ("один", "одна"))
    if ("trans" in roles or "shot" in roles) and voice == "active" and subject_like:
        best = max(best, 0.4 - cost)  # "убили две женщины": they did it
    elif (
        ("trans" in roles or "shot" in roles)
        and voice == "active"
        and after
        and not accusative
        and _governs_people(sentence, trigger)
    ):
        best = max(best, 0.4 - cost)  # "группа из 40 боевиков захватила заложников": they did it
    elif ("trans" in roles or "shot" in roles) and voice == "active":
        plural_subject = any(
            word.parse.plural for word in sentence.words[trigger.start : trigger.end] if "VERB" in word.parse.kinds
        )
        best = max(
            best,
            (
                (8.6 if accusative else 8.2 if near <= 1 else 7.9)
                if not after
                else 8.2
                if accusative
                else 7.9
                if plural_subject and near <= 2 and _has_no_object(sentence, trigger)
                else 6.0
                if plural_subject
                else 5.2
            )
            - cost,
        )
    if "trans" in roles and voice == "active" and after and near == 0 and number.start:
        opens = tokens[number.start - 1].low in (",", "и", "а", "і", "та")
        closing = tokens[trigger.end].low if trigger.end < len(tokens) else "."
        if opens and not subject_like and closing in (",", ".", "и", "а", ";", "і", "та"):
            best = max(best, 8.5)  # "убили 12, десятки ранили и сотни задержали"
    if "trans" in roles and any(t.low.startswith(_MANAGED) for t in tokens[trigger.start : trigger.end]):
        best = max(best, 8.1 - cost)  # "многих удалось вывести", "двоих спасти не удалось": nobody is its subject
    if "trans" in roles and voice == "inf" and not after and any(low.startswith(_MANAGED) for low in lows):
        best = max(best, 8.1 - min(cost, 0.4))  # "опознать, как признал министр, удалось лишь две тысячи"
    if "trans" in roles and voice in ("ing", "inf"):
        best = max(best, (7.6 if not after else 3.0) - cost)
    if "intr" in roles:
        if voice == "inf":
            best = max(best, (5.6 if trigger.outcome in STRONG else 4.8) - cost)
        elif voice == "part":
            if trigger.end - trigger.start > 1 and after and near <= 2:
                best = max(best, 8.6 - cost)  # "гражданах, заключивших контракты"
        elif voice == "ing":
            best = max(best, 3.5 - cost)
        else:
            best = max(best, (4.6 if accusative else 8.2) - cost)
    if voice == "part" or "noun" in roles or "victim" in roles:
        if after:
            took = any(
                "trans" in t.roles and t.voice == "active" and population.end <= t.start and t.end == trigger.start
                for t in sentence.triggers
            )  # "боевики захватили заложников": whom they took
            adjacent = (near == 0 or (near == 1 and lows[0] != "," and lows[0] not in _AFTER_WHICH)) and not took
            copular = 0 < near <= 8 and _is_copular(lows)
            tied = voice == "part" and lows == [","] and not took and sentence.words[trigger.start].parse.plural
            tied = tied and trigger.end not in sentence.number_at and trigger.end + 1 not in sentence.number_at
            status = "noun" in roles and not voice and near == 0 and sentence.language == "ru"
            beside = _NOUN_SCORES.get(trigger.outcome, 8.6) if status else 8.6  # "50 внутренне перемещённых лиц": who they are
            base = 2.0 if took else beside if adjacent or copular else TIED if tied else 5.6 if lows and lows[0] == "," else 4.6
            best = max(best, base - (min(cost, 0.6) if copular else cost))
        elif any(low.startswith(_COPULAS) for low in lows):
            best = max(best, 8.2 - cost)
        elif gauging:
            best = max(best, (8.4 if near or population.kind == "bare" else 7.6) - cost)
        elif population.kind == "bare" and opens_genitive(sentence, number, trigger):
            best = max(best, 8.0 - cost)  # "раненых мы насчитали больше сотни"
        else:
            best = max(best, (4.6 if voice == "part" else 4.2) - cost)
        if population.kind == "outcome" and not after:
            best = min(best, 5.0)
        if trigger.outcome in ("recruited", "fighting"):
            best -= 2.5
    if (
        number.mention.kind == "zero"
        and not after
        and tokens[number.start].low in ("нет", "немає", "нету", "не", "избежать", "удалось")
        and (voice == "part" or "noun" in roles or "victim" in roles)
    ):
        best = max(best, 7.8 - 0.08 * near)
    if after and 0 < near <= 4 and tokens[trigger.start].low.endswith("ыми") and all(token.is_word for token in between):
        best = max(best, 8.2 - 0.4 * cost)  # "потерял 60 солдат и офицеров убитыми"
    if "state" in roles and after and any(
        t.voice == "part" and population.end <= t.start < trigger.start and t.outcome != trigger.outcome
        for t in sentence.triggers
    ):
        best = max(best, 3.0)  # "умерших позднее в госпиталях": where it happened
    elif "state" in roles and not after and is_gauged(sentence, number) and any(
        "measure" in t.roles and t.end <= trigger.start and t.outcome != trigger.outcome for t in sentence.triggers
    ):
        best = max(best, 3.0)  # "число погибших при пожаре в колонии выросло до шести": where they died
    elif "state" in roles:
        best = max(best, (9.6 if trigger.outcome == "on_board" and after and near == 0 else 7.9) - cost)
    plain = "trans" not in roles and "intr" not in roles
    if "event" in roles and not after and plain and has_verb(sentence, trigger.end, number.start):
        best = min(best, 0.8)  # "на похороны пришли около трёхсот"
    elif "event" in roles and not after and "," in lows and trigger.outcome == "wounded":
        best = max(best, 0.8 - cost)  # "умер от травм, остальные скончались позже"
    elif "event" in roles and not after:
        genitive = (
            population.head is None
            or sentence.language != "ru"
            or not (cases := sentence.words[population.head].parse.cases)
            or "gent" in cases
        )
        best = max(best, ((9.2 if near <= 2 else 5.8 if near <= 5 else 1.5) if genitive else 1.0) - cost)
    if "silence" in roles:
        lead = tokens[number.start - 1].low if number.start else ""
        led = lead in ("о", "об", "от", "про") or lead.startswith(("судьб", "местонахожд"))
        led = led or (lead in ("еще", "ещё") and tokens[max(0, number.start - 2)].low.startswith(("судьб", "о", "об")))
        return 8.0 if led else REJECTED  # "о 23 бойцах нет сведений", "о судьбе ещё пяти сведений нет"
    if "event" in roles and after and trigger.outcome == "wounded" and number.start and tokens[number.start - 1].low == "у":
        best = max(best, 7.8 - cost)  # "у двоих переломы"
    if "bodies" in roles and not after:
        best = max(best, (9.0 if near <= 2 else 4.0) - cost)
    if ("bodies" in roles or "event" in roles) and after:
        best = max(best, (3.0 if "bodies" in roles else 0.8) - cost)
    if roles & {"measure", "noun", "victim"} and not after and cost < 9.0 and is_gauged(sentence, number):
        best = max(best, (8.6 if "measure" in roles else 7.8) - min(cost, 1.0) - 0.05 * near)
    if "measure" in roles and not after and number.start and tokens[number.start - 1].low == "в" and any(
        span.label == "estimate" and span.start < number.start and abs(span.start - trigger.start) <= _ESTIMATING
        for span in sentence.speech
    ):
        best = max(best, 8.2 - 0.05 * near)  # "оценивает число перемещённых с начала года в 605 тысяч"
    if "measure" in roles and after and any(low in GAUGE_VERBS for low in lows):
        best = max(best, 8.0 - 0.1 * near)  # "до 62 выросло число погибших"
    if "measure" in roles:
        best = max(
            best,
            (8.4 if not after and gauging else 6.6 if not after and near <= 4 else 5.0 if not after else 3.0) - cost,
        )
    if "measure" in roles and not after and near <= _LABEL and tokens[number.start - 1].text in "—–" and "," not in lows:
        best = max(best, 8.2)  # "число перемещённых внутри страны – 7,3 млн"
    if "light" in roles:
        nearby = [token.low for token in tokens[trigger.start : trigger.end + 8]]
        best = max(best, 8.2 - cost if any(word.startswith(("жизн", "житт")) for word in nearby) else REJECTED)
    verb = sentence.words[trigger.start].parse
    if not after and verb.one and roles & {"intr", "pass", "trans"} and voice in ("passive", "active") and number.mention.words:
        several = number.mention.low is not None and number.mention.low > 1 and core_low not in ("один", "одна")
        if several and ("intr" in roles or voice == "passive") and "," in lows:
            best -= 4.0  # "школьница погибла, четверо её одноклассников ..."
    if tokens[trigger.start].low.startswith("леж") and trigger.end - trigger.start == 1:
        best -= 1.8  # "лежат": in a grave, or in a hospital, if a word for it stands near
    if "loss" in roles:
        if number.mention.kind == "zero" and after and near <= 1:
            return 6.6  # "никого не потеряли"
        beside = (near == 0 and (population.kind == "people" or accusative)) if after else near <= 4
        best = max(best, (6.6 - cost) if population.kind in ("people", "bare") and beside else REJECTED)
    if trigger.outcome == "casualties" and population.kind == "outcome" and not after and "measure" in roles:
        best = min(best, 6.0)  # "наши потери — трое раненых"
    return best
