"""Which of a sentence's words say what happened to the people that a number counts.

Every pair of a number and a trigger gets a score from the trigger's role, its voice, the side of the number it stands on and how far
it lies; what belongs more closely to another number is worth less. The best is taken; a near rival with another outcome is a doubt.
"""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.extract.claims.population import Population
from cenotaph.extract.claims.sentence import STRONG, Number, Sentence, Trigger
from cenotaph.reference.word_sets import read_word_set

COUNTED = frozenset({"people_candidate", "percent", "zero", "another"})
FURTHEST = 90  # tokens between a number and the words that say what happened
OWNED_PENALTY = 2.2
WEAK_PENALTY = 1.2
NUMBER_BETWEEN = 1.6
REJECTED = -99.0
_MEASURING = read_word_set("binding.measuring")


_JOINING = read_word_set("binding.joining")


_AUXILIARY_VERBS = read_word_set("binding.auxiliary_verbs")


class Binding(NamedTuple):
    """What happened to the people that a number counts.

    Parameters
    ----------
    outcome
        One label, or several joined by ``+``.
    trigger
        The words that say so.
    second
        The words that give the other half of a combined outcome.
    score
        How well it holds; above 0.
    rivals
        Other outcomes that came near.
    """

    outcome: str
    trigger: Trigger
    second: Trigger | None
    score: float
    rivals: tuple[str, ...]


def bind_numbers(sentence: Sentence, people: list[tuple[Number, Population]]) -> list[Binding | None]:
    """Return for every number of people in a sentence what happened to them, None where the sentence does not say."""
    triggers = sentence.triggers
    if not triggers or not people:
        return [None] * len(people)
    table = [[_score(sentence, number, population, trigger, people) for trigger in triggers] for number, population in people]
    _share_coordinated(sentence, people, table)
    owners = []
    for column in range(len(triggers)):
        best = max(range(len(people)), key=lambda row: table[row][column])
        owners.append(best)
    found: list[Binding | None] = []
    for row, (_, population) in enumerate(people):
        ranked = []
        for column, trigger in enumerate(triggers):
            score = table[row][column]
            if score <= 0:
                continue
            owner = owners[column]
            if owner != row and table[owner][column] - score > 0.6:
                score -= OWNED_PENALTY
            if trigger.outcome not in STRONG:
                score -= WEAK_PENALTY
            if trigger.outcome == "identified" and population.kind == "people":
                score -= 0.6
            ranked.append((score, -column))
        ranked.sort(reverse=True)
        if not ranked or ranked[0][0] < 1.0:
            found.append(None)
            continue
        score, minus = ranked[0]
        trigger = triggers[-minus]
        second = _find_partner(sentence, triggers, -minus, population)
        rivals = tuple(
            dict.fromkeys(
                triggers[-column].outcome
                for value, column in ranked[1:]
                if value > score - 1.6 and triggers[-column].outcome != trigger.outcome and triggers[-column] is not second
            )
        )
        outcome = trigger.outcome
        if second is not None:
            outcome = "+".join(sorted({trigger.outcome, second.outcome}))
        found.append(Binding(outcome, trigger, second, score, rivals))
    return found


def _share_coordinated(sentence: Sentence, people: list[tuple[Number, Population]], table: list[list[float]]) -> None:
    """Let "79 mercenaries and 41 soldiers killed" share what stands after, or before, the whole row."""
    joined = [_are_coordinated(sentence, people[row], people[row + 1]) for row in range(len(people) - 1)]
    if not any(joined):
        return
    settled = [max(scores) >= 7.0 for scores in table]
    for column, trigger in enumerate(sentence.triggers):
        for row in range(len(people) - 2, -1, -1):
            if joined[row] and not settled[row] and trigger.start >= people[row + 1][0].start and table[row + 1][column] > 0:
                table[row][column] = max(table[row][column], table[row + 1][column] - 0.25)
        for row in range(1, len(people)):
            if joined[row - 1] and not settled[row] and trigger.end <= people[row - 1][0].start and table[row - 1][column] > 0:
                table[row][column] = max(table[row][column], table[row - 1][column] - 0.25)


def _are_coordinated(sentence: Sentence, first: tuple[Number, Population], second: tuple[Number, Population]) -> bool:
    if first[1].kind == "outcome" or second[1].label:
        return False
    between = sentence.tokens[first[1].end : second[0].start]
    return bool(between) and len(between) <= 3 and all(token.low in _JOINING for token in between)


def _find_partner(sentence: Sentence, triggers: list[Trigger], at: int, population: Population) -> Trigger | None:
    """Return the other half of "dead or wounded", "убитыми и ранеными", where one number holds for both."""
    trigger = triggers[at]
    for other in (triggers[at + 1] if at + 1 < len(triggers) else None, triggers[at - 1] if at else None):
        if other is None or other.outcome == trigger.outcome or "+" in other.outcome:
            continue
        first, last = (trigger, other) if trigger.start < other.start else (other, trigger)
        between = [token.low for token in sentence.tokens[first.end : last.start]]
        if not between or len(between) > 3 or any(number.start < last.start and number.end > first.end for number in sentence.numbers):
            continue
        joined = [word for word in between if word not in ("were", "was", "or", "else", "either", "был", "были", "без", "вести", "as", "well")]
        core = [word for word in joined if word not in ("and", "и", "або", "та", "і", "или", "либо", "/", "&")]
        if core or not any(word in between for word in ("and", "or", "и", "или", "та", "або", "і", "/", "&", "либо")):
            continue
        if _shape(trigger) == _shape(other):
            after = sentence.tokens[last.end].low if last.end < len(sentence.tokens) else ""
            behind = last.end in sentence.number_at or last.end + 1 in sentence.number_at
            ahead = first.start > 0 and (first.start - 1 in sentence.number_at or population.start < first.start < population.end or population.end == first.start)
            if behind and (ahead or any(first.start - 4 <= n.end <= first.start for n in sentence.numbers)):
                continue  # "9 deaths and injuring 30": each has a number of its own
            # "killed five and wounded 18": the second has a number of its own.
            if any(number.start == last.end for number in sentence.numbers) and first.end <= population.start < last.start:
                continue
            if any(number.start == last.end for number in sentence.numbers) and "active" in (first.voice, last.voice) and after:
                pass
            return other
    return None


def _shape(trigger: Trigger) -> str:
    if trigger.roles & {"trans", "state", "noun", "none"}:
        return "predicate" if trigger.voice != "inf" else "inf"
    if trigger.roles & {"intr"}:
        return "predicate"
    return "other"


def _score(
    sentence: Sentence, number: Number, population: Population, trigger: Trigger, people: list[tuple[Number, Population]]
) -> float:
    if population.kind == "bare" and number.mention.kind == "zero" and trigger.start >= number.end and any(
        t.low in _AUXILIARY_VERBS for t in sentence.tokens[population.end : trigger.start]
    ) and "none" not in trigger.roles and trigger.voice in ("active", "inf") and "intr" not in trigger.roles:
        return REJECTED
    if trigger.negated and not trigger.roles & {"none"} and number.mention.kind != "zero" and number.mention.low != 0:
        return REJECTED
    if trigger.start < number.end and trigger.end > number.start:
        if trigger.start < number.start or trigger.end > number.end:
            # A pattern with a gap that holds the number: "took 12 people hostage", "left 12 dead".
            return 9.0 if trigger.start < number.start else 8.5
        mention = number.mention
        if sentence.tokens[trigger.start].end <= mention.core_start or sentence.tokens[trigger.start].start >= mention.core_end:
            return 8.0
        return REJECTED
    if population.label and population.start <= trigger.start < number.start and trigger.outcome in ("recruited", "fighting"):
        return REJECTED  # "мобилизованных 12 %": who, not what happened
    if trigger.start - number.end > FURTHEST or number.start - trigger.end > FURTHEST:
        return REJECTED
    scorer = _score_english if sentence.language == "en" else _score_slavic
    score = scorer(sentence, number, population, trigger)
    if score <= 0:
        return score
    first, last = (trigger.end, number.start) if trigger.start < number.start else (population.end, trigger.start)
    between = 0
    at = first
    while at < last and score - between * NUMBER_BETWEEN > 0:
        other = sentence.number_at.get(at)
        if other is not None:
            between += other is not number and other.mention.kind in COUNTED and other.end <= last
            at = max(other.end, at + 1)
        else:
            at += 1
    return score - between * NUMBER_BETWEEN


_GAUGE_VERBS = read_word_set("binding.gauge_verbs")
_GAUGE_LINKS = read_word_set("binding.gauge_links")


def _is_gauged(sentence: Sentence, number: Number) -> bool:
    """Return whether a verb of measure stands right before a number: "rose to 39", "достигло семнадцати"."""
    at = number.start
    while at > 0 and sentence.tokens[at - 1].low in _GAUGE_LINKS and number.start - at < 4:
        at -= 1
    if at > 0 and sentence.tokens[at - 1].low in _GAUGE_VERBS:
        return True
    first = sentence.tokens[number.start].low
    return first in _GAUGE_VERBS or number.mention.bound == "may_exceed"


def _score_english(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> float:
    roles, voice = trigger.roles, trigger.voice
    tokens = sentence.tokens
    if trigger.start >= number.end:
        return _score_english_after(sentence, number, population, trigger)
    cost = sentence.cost(trigger.end, population.start if population.label and population.start >= trigger.end else number.start)
    near = number.start - trigger.end
    before = tokens[number.start - 1].low if number.start else ""
    best = REJECTED
    if before == "by" and roles & {"trans", "pass"}:
        return REJECTED  # "killed by two gunmen"
    if roles & {"event"}:
        best = max(best, 9.2 - cost if near <= 3 else 6.0 - cost)
    if roles & {"bodies"} and near <= 4 and any(token.low in ("of",) for token in tokens[trigger.end : number.start]):
        best = max(best, 9.2 - cost)
    if roles & {"measure", "noun", "victim"}:
        between = tokens[trigger.end : number.start]
        gauging = all(token.low in _MEASURING or not token.is_word for token in between)
        gauging = gauging and (bool(near) or "measure" in roles or number.mention.bound != "exact")
        linked = any(token.low in ("include", "included", "includes", "were", "was", "are") for token in between)
        best = max(best, (8.2 if gauging else 6.2 if near and ("measure" in roles or linked) else 4.4) - cost)
        if roles & {"measure", "noun"} and trigger.unit != "bodies" and _is_gauged(sentence, number) and cost < 7.0:
            best = max(best, (8.4 if roles & {"measure"} else 7.8) - min(cost, 1.0) - 0.1 * near)
        if population.kind == "outcome":
            best = min(best, 5.0)
    if roles & {"light"}:
        rest = [token.low for token in (*tokens[trigger.start : trigger.end], *tokens[number.end : number.end + 4])]
        best = max(best, 8.5 - cost if "lives" in rest or "life" in rest else REJECTED)
    if roles & {"loss"}:
        best = max(best, 6.8 - cost if population.kind in ("people", "bare") and voice != "passive" and near <= 4 else REJECTED)
    if roles & {"shot"}:
        best = max(best, 6.5 - cost)
    if roles & {"trans"}:
        if voice == "passive":
            best = max(best, REJECTED if before == "by" else 4.6 - cost)
        elif voice == "inf" and "to" in (tokens[trigger.start - 1].low if trigger.start else "",):
            best = max(best, (8.0 if near <= 4 else 3.6) - cost)
        elif voice in ("active", "bare", "ing", "inf"):
            object_ = near <= 4 and before not in ("by", "in", "at", "on", "for", "after", "with")
            best = max(best, (8.6 if near <= 2 else 7.8 if object_ else 4.4) - cost)
            if before == "by":
                best = REJECTED
    if roles & {"intr"}:
        best = max(best, (5.6 if before in ("were", "was", "include", "included", ":") else 4.2) - cost)
    if roles & {"state", "noun"} and near == 0 and population.kind == "bare":
        ahead = tokens[trigger.start - 1].text if trigger.start else ","
        behind = tokens[number.end].text if number.end < len(tokens) else "."
        if (ahead in ",;:.(—–" or not ahead[0].isalpha() or trigger.start <= 1 or sentence.tokens[trigger.start].text.isupper()) and behind in ",;.()":
            best = max(best, 8.0)
    if roles & {"state", "noun"}:
        among = sentence.has_frame("subset", max(0, trigger.start - 2), number.start)
        best = max(best, (7.4 if among or near <= 2 and tokens[number.start - 1].text in ":—–-" else 4.2) - cost)
    if roles & {"none"}:
        best = max(best, REJECTED)
    return best


def _score_english_after(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> float:
    roles, voice = trigger.roles, trigger.voice
    tokens = sentence.tokens
    best = REJECTED
    if number.start and tokens[number.start - 1].low == "by" and voice != "bare":
        # "killed by two gunmen who were arrested": what follows may hold, what precedes may not.
        pass
    if trigger.start < population.end:
        if roles & {"noun", "bodies", "victim", "lives"} or (roles & {"state"} and not roles & {"intr"}):
            if "lives" in roles:
                return 8.5 if any(t.roles & {"light"} for t in sentence.triggers if t.start < number.start) else REJECTED
            if "bodies" in roles and population.head is not None and trigger.end - 1 != population.head:
                return 8.0
            if population.partitive == "the" and trigger.unit == "people":
                return 6.5  # "six of the wounded died"
            if trigger.unit == "people" and not roles & {"trans", "state"}:
                return 7.9  # "20 hostages were freed": the verb wins over the noun
            return 10.0 if population.head is None or trigger.start <= population.head else 6.0
        if roles & {"trans"} and voice in ("bare", ""):
            return 8.8
        return 5.0
    cost = sentence.cost(population.end, trigger.start)
    near = trigger.start - population.end
    between = [token.low for token in tokens[population.end : trigger.start]]
    relative = any(word in ("who", "which", "that", "whom") for word in between)
    if roles & {"pass"} and (voice == "passive" or voice == "bare" and near == 0):
        best = max(best, 8.3 - cost)
    if roles & {"trans", "shot"}:
        if voice == "passive":
            best = max(best, 8.3 - cost)
        elif voice == "bare":
            active = sentence.is_active_english(trigger)
            if active and not (between and between[-1] in ("reported", "confirmed", "and", "or", ",", "also")):
                best = max(best, 1.2 - cost if near == 0 else REJECTED)
            elif not active or "reported" in between or "confirmed" in between:
                best = max(best, (8.4 if near <= 2 else 6.2) - cost)
            else:
                best = max(best, 2.0 - cost)
        elif voice == "active" and not roles & {"intr"}:
            best = max(best, REJECTED)
    if roles & {"intr"}:
        if voice == "ing":
            best = max(best, 6.4 - cost)
        elif voice == "inf":
            best = max(best, 7.2 - cost)
        else:
            best = max(best, 8.2 - cost)
    if roles & {"state"}:
        linked = bool(between) and any(word in ("were", "was", "are", "is", "be", "been", "remain", "remained", "still", "left", "reported") for word in between)
        best = max(best, (8.4 if near == 0 or linked else 6.2) - cost)
    if roles & {"none"} and tokens[number.start].low in ("none", "neither", "no", "nobody") or (
        roles & {"none"} and number.start and tokens[max(0, number.start - 3)].low == "none"
    ):
        best = max(best, 8.4 - cost)
    if roles & {"noun", "victim", "bodies"}:
        # "38 Nepalis among the dead", "14 were casualties", "22 people were the victims"
        linked = any(word in ("were", "was", "are", "among", "as", "the") for word in between)
        best = max(best, (6.2 if linked else 2.2) - cost)
    if roles & {"event", "measure"}:
        best = max(best, 1.4 - cost)
    copula = next((at for at, word in enumerate(between) if word in ("were", "was", "are", "is")), None)
    if copula is not None and best > 0 and any(word in ("who", "that", "which") for word in between[copula + 1 :]):
        best -= 4.0  # "43 ... were former prisoners who joined": said of the prisoners
    if between and between[0] in ("who", "that") and best > 0:
        best += 1.1  # a relative clause that says which ones
    if any(word in ("after", "before", "when", "because", "despite", "while") for word in between) and best > 0:
        best -= 0.8
    if "by" in between and best > 0 and near > 1:
        best -= 0.3
    return best


def _score_slavic(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> float:
    roles, voice = trigger.roles, trigger.voice
    tokens = sentence.tokens
    after = trigger.start >= number.end
    inside = after and trigger.start < population.end
    best = REJECTED
    if inside:
        if roles & {"noun", "bodies", "victim", "event"} or voice == "part":
            if "bodies" in roles:
                return 9.0
            if population.partitive == "the" and trigger.unit == "people":
                return 6.5
            if trigger.unit == "people":
                return 7.6  # "осуждены 13 вернувшихся": the verb wins over the noun
            return 10.0
        return 6.0
    if after:
        cost = sentence.cost(population.end, trigger.start)
        near = trigger.start - population.end
        between = tokens[population.end : trigger.start]
    else:
        cost = sentence.cost(trigger.end, population.start if population.label and population.start >= trigger.end else number.start)
        near = number.start - trigger.end
        between = tokens[trigger.end : number.start]
    lows = [token.low for token in between]
    gauging = all(low in _MEASURING or not token.is_word for low, token in zip(lows, between, strict=True))
    if lows and len(lows) > 2 and lows[0] == "," and lows[-1] == "," and len(lows) <= 14:
        gauging = True
    instrumental = False
    if population.head is not None and sentence.language == "ru":
        cases = sentence.words[population.head].parse.cases
        instrumental = cases == {"ablt"} or ("ablt" in cases and len(cases) == 1)
    core = sentence.text[number.mention.core_start : number.mention.core_end].lower()
    accusative = population.kind == "bare" and core.endswith(("воих", "роих", "верых", "терых", "стерых", "мерых", "ьмерых"))
    if roles & {"trans"} and voice == "passive":
        best = max(best, (1.0 if instrumental else 8.3) - cost)
    core_low = core.split()[-1] if core.split() else ""
    subject_like = core_low in ("два", "две", "три", "четыре", "один", "одна") and population.kind in ("people", "bare", "outcome") or (
        number.mention.low == 1 and core_low in ("один", "одна")
    )
    if roles & {"trans", "shot"} and voice == "active" and subject_like:
        best = max(best, 0.4 - cost)  # "убили две женщины": they did it
    elif roles & {"trans", "shot"} and voice == "active":
        plural_subject = sentence.words[trigger.start].parse.plural
        best = max(best, ((8.6 if accusative else 8.2 if near <= 1 else 7.9) if not after else 8.2 if accusative else 6.0 if plural_subject else 5.2) - cost)
    if roles & {"trans"} and voice in ("ing", "inf"):
        best = max(best, (7.6 if not after else 3.0) - cost)
    if roles & {"intr"}:
        if voice == "inf":
            best = max(best, (5.6 if trigger.outcome in STRONG else 4.8) - cost)
        elif voice == "part":
            if trigger.end - trigger.start > 1 and after and near <= 2:
                best = max(best, 8.6 - cost)  # "гражданах, заключивших контракты"
        elif voice == "ing":
            best = max(best, 3.5 - cost)
        else:
            best = max(best, (4.6 if accusative else 8.2) - cost)
    if voice == "part" or roles & {"noun", "victim"}:
        if after:
            adjacent = near == 0 or (near == 1 and lows[0] != ",")
            best = max(best, (8.6 if adjacent else 5.6 if lows and lows[0] == "," else 4.6) - cost)
        elif any(low in ("стали", "стало", "стал", "признаны", "признано", "являются", "стають") for low in lows):
            best = max(best, 8.2 - cost)
        elif gauging:
            best = max(best, (8.4 if near or population.kind == "bare" else 7.6) - cost)
        else:
            best = max(best, (4.6 if voice == "part" else 4.2) - cost)
        if population.kind == "outcome" and not after:
            best = min(best, 5.0)
        if trigger.outcome in ("recruited", "fighting"):
            best -= 2.5
    if number.mention.kind == "zero" and not after and tokens[number.start].low in ("нет", "немає", "нету") and (voice == "part" or roles & {"noun", "victim"}):
        best = max(best, 7.8 - 0.08 * near)
    if roles & {"state"}:
        best = max(best, 7.9 - cost)
    if roles & {"event"} and not after:
        genitive = population.head is None or sentence.language != "ru" or not (cases := sentence.words[population.head].parse.cases) or "gent" in cases
        best = max(best, ((9.2 if near <= 2 else 5.8 if near <= 5 else 1.5) if genitive else 1.0) - cost)
    if roles & {"bodies"} and not after:
        best = max(best, (9.0 if near <= 2 else 4.0) - cost)
    if roles & {"bodies", "event"} and after:
        best = max(best, (3.0 if "bodies" in roles else 0.8) - cost)
    if roles & {"measure", "noun", "victim"} and not after and cost < 9.0 and _is_gauged(sentence, number):
        best = max(best, (8.6 if roles & {"measure"} else 7.8) - min(cost, 1.0) - 0.05 * near)
    if roles & {"measure"}:
        best = max(best, (8.4 if not after and gauging else 6.6 if not after and near <= 4 else 5.0 if not after else 3.0) - cost)
    if roles & {"light"}:
        nearby = [token.low for token in tokens[trigger.start : trigger.end + 8]]
        best = max(best, 8.2 - cost if any(word.startswith(("жизн", "житт")) for word in nearby) else REJECTED)
    if roles & {"loss"}:
        best = max(best, (6.6 - cost) if population.kind in ("people", "bare") and near <= 4 and not after else REJECTED)
    return best
