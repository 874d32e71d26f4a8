"""Which of a sentence's words say what happened to the people that a number counts.

Every pair of a number and a trigger gets a score from the trigger's role, its voice, the side of the number it stands on and
how far it lies; what belongs more closely to another number is worth less. The best is taken; a near rival with another
outcome is a doubt.
"""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.extract.claims.binding_slavic import (
    follow_the_dead,
    heads_another,
    heads_dead,
    is_received,
    leave_to_following,
    loses_its_crew,
)
from cenotaph.extract.claims.combining import find_partner
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.scoring import REJECTED
from cenotaph.extract.claims.scoring_english import score_english
from cenotaph.extract.claims.scoring_slavic import score_slavic
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

COUNTED = frozenset({"people_candidate", "percent", "zero", "another"})
FURTHEST = 90  # tokens between a number and the words that say what happened
OWNED_PENALTY = 2.2
WEAK_PENALTY = 1.2
SETTING_PENALTY = 2.4
RELATIVE_PENALTY = 4.0
NUMBER_BETWEEN = 1.6
STATE_BETWEEN = 2.2
NEXT_PENALTY = 4.0
HEADED = 4.2
RIVAL_NEAR = 1.3
_DEAD = frozenset({"dead", "killed", "fallen", "victims", "bodies", "погибший", "убитый", "умерший", "тело", "жертва"})
_BRINGING = ("достав", "привез", "привоз", "поступ", "увез")
_NEAR_THE_DEAD = 1.2
_OF_THE_DEAD = frozenset({"released", "body_returned", "identified"})
_JOINING = read_word_set("binding.joining")
_POSSESSIVES = frozenset({"the", "their", "his", "her", "its", "our", "my"})
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
    table = [
        [_score(sentence, number, population, trigger, people) for trigger in triggers]
        for number, population in people
    ]
    _share_coordinated(sentence, people, table)
    _leave_to_parts(sentence, people, table)
    leave_to_following(sentence, people, table)
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
            if _is_reduced_relative(sentence, trigger, population) and any(
                table[row][other] >= 3.0
                and owners[other] == row
                and rival.start >= trigger.end
                and rival.outcome in STRONG
                and (rival.voice in ("passive", "active") or "state" in rival.roles or _follows_a_copula(sentence, rival))
                for other, rival in enumerate(triggers)
            ):
                score -= RELATIVE_PENALTY
            if _is_setting(sentence, trigger) and any(
                table[row][other] >= (6.5 if sentence.language == "en" else 5.5)
                and owners[other] == row
                and (rival.voice in ("passive", "active") or (rival.outcome == "killed" and rival.voice == "bare"))
                and rival.outcome != trigger.outcome
                for other, rival in enumerate(triggers)
            ):
                score -= SETTING_PENALTY
            if loses_its_crew(sentence, people[row], trigger):
                score -= SETTING_PENALTY
            if trigger.outcome not in STRONG and not (
                trigger.outcome == "on_board" and (score >= 9.0 or trigger.end == people[row][0].start)
            ):
                score -= WEAK_PENALTY
            if trigger.outcome == "identified" and population.kind == "people":
                score -= 0.6
            if (
                opens_a_count(sentence, people[row][0])
                and trigger.start >= population.end
                and owner > row
                and not _is_inner(sentence, trigger, people[owner][0])
            ):
                continue  # "из 80 добровольцев вернулись 23": the 23 did
            ranked.append((score, -column))
        ranked.sort(reverse=True)
        if not ranked or ranked[0][0] < 1.0:
            found.append(None)
            continue
        score, minus = ranked[0]
        if triggers[-minus].outcome == "identified":
            # Names established of the dead: what is said of them is that they died; "identified 40 men fighting for ...".
            names = _speaks_of_names(sentence, triggers[-minus])
            score, minus = next(
                (
                    (s, m)
                    for s, m in ranked[1:]
                    if (names and triggers[-m].outcome == "killed" and s > 3.0)
                    or (
                        s > (1.5 if triggers[-m].voice == "part" else 5.0)
                        and 0 <= triggers[-m].start - population.end <= 1
                        and triggers[-m].outcome != "killed"
                    )
                ),
                (score, minus),
            )
        if triggers[-minus].outcome == "killed" and population.kind == "outcome" and sentence.language != "en":
            # "домой вернулись 11 погибших", "переданы останки 24 военных": they came home, and their death is known.
            score, minus = next(
                (
                    (s, m)
                    for s, m in ranked[1:]
                    if triggers[-m].outcome in _OF_THE_DEAD and s > 5.6 and triggers[-m].voice in ("active", "passive", "inf")
                ),
                (score, minus),
            )
        trigger = triggers[-minus]
        second = find_partner(sentence, triggers, -minus, population)
        rivals = tuple(
            dict.fromkeys(
                triggers[-column].outcome
                for value, column in ranked[1:]
                if value > score - RIVAL_NEAR
                and triggers[-column].outcome != trigger.outcome
                and triggers[-column] is not second
            )
        )
        outcome = trigger.outcome
        if outcome == "released" and heads_dead(sentence, population):
            near = (
                sentence.cost(population.end, trigger.start)
                if trigger.start >= population.end
                else sentence.cost(trigger.end, people[row][0].start)
            )
            outcome = "body_returned" if near < _NEAR_THE_DEAD else "killed"  # "список двенадцати погибших, ... он вернулся"
        if outcome == "body_returned" and sentence.tokens[trigger.start].low.startswith(_BRINGING) and any(
            token.low.startswith(("морг", "больниц", "госпитал")) for token in sentence.tokens
        ):
            outcome = "killed"  # "в морг доставили 77 тел"
        if outcome == "killed" and is_received(sentence, people[row][0], trigger):
            outcome = "body_returned"  # "Россия получила 23 погибших, Киев – 140"
        if (
            outcome == "killed"
            and sentence.language == "ru"
            and sentence.tokens[trigger.start].low in ("умершими", "погибшими")
            and any(token.low.startswith("призна") for token in sentence.tokens[: trigger.start])
        ):
            outcome, rivals = "declared_dead", (*rivals, "killed")  # "пропавшими признаны 118 человек, умершими — 34"
        if second is not None:
            pair = {trigger.outcome, second.outcome}
            if pair == {"killed", "casualties"}:
                pair = {"killed", "wounded"}  # "погибших и пострадавших нет"
            outcome = "+".join(sorted(pair))
        elif outcome == "identified" and _speaks_of_names(sentence, trigger) and _counts_dead(sentence, population, trigger):
            outcome, rivals = "killed", (*rivals, "identified")
        found.append(Binding(outcome, trigger, second, score, rivals))
    if sentence.language != "en":
        follow_the_dead(sentence, people, found)
    return found


def _is_setting(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether a trigger says where somebody is ("in prison", "в колонии"): a verb beside it says what happened."""
    return trigger.roles == {"state"} and trigger.outcome != "on_board" and sentence.tokens[trigger.start].low in (
        "in",
        "on",
        "at",
        "under",
        "behind",
        "inside",
        "aboard",
        "onboard",
        "в",
        "на",
        "под",
        "за",
        "у",
    )


def _is_reduced_relative(sentence: Sentence, trigger: Trigger, population: Population) -> bool:
    """Return whether words only tell which people are meant: "Thirteen soldiers serving with the UN ... lost their lives"."""
    return (
        sentence.language == "en"
        and trigger.voice in ("ing", "bare")
        and trigger.outcome not in STRONG
        and 0 <= trigger.start - population.end <= 8
        and sentence.cost(population.end, trigger.start) < 3.0
    )


def _follows_a_copula(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether "are", "were" or "have" stands a few words before a trigger: the main clause's verb."""
    tokens = sentence.tokens
    return any(
        tokens[at].low in ("are", "were", "was", "is", "have", "has", "had", "who")
        for at in range(max(0, trigger.start - 6), trigger.start)
    )


def _speaks_of_names(sentence: Sentence, trigger: Trigger) -> bool:
    return any(
        token.low.startswith(("name", "имя", "имен", "фамил"))
        for token in sentence.tokens[trigger.start : trigger.end]
    ) or any(
        token.low.startswith(("личност", "identit"))
        for token in sentence.tokens[max(0, trigger.start - 6) : trigger.end + 6]
    )


def _counts_dead(sentence: Sentence, population: Population, trigger: Trigger) -> bool:
    """Return whether the words counted are the dead: "личности восьми погибших", "the identities of 12 victims"."""
    return any(
        sentence.tokens[at].low in _DEAD or _DEAD.intersection(sentence.words[at].parse.lemmas)
        for at in range(min(population.start, trigger.start), max(population.end, trigger.end))
    )


def opens_a_count(sentence: Sentence, number: Number) -> bool:
    """Return whether a number only says out of how many: "of the 80 volunteers", "из 80 добровольцев"."""
    at = number.start
    while at > 0 and sentence.tokens[at - 1].low in ("the", "these", "those", "all", "этих", "тех", "всех"):
        at -= 1
    return (
        at > 0
        and sentence.tokens[at - 1].low in ("of", "из", "з", "із")
        and (
            at == 1
            or not sentence.tokens[at - 2].is_word
            or sentence.tokens[at - 2].low in ("что", "that", "що", "and", "и")
        )
    )


def _leave_to_parts(sentence: Sentence, people: list[tuple[Number, Population]], table: list[list[float]]) -> None:
    """Leave what follows "из 80 мобилизованных" to the number of those who did it."""
    for row, (number, population) in enumerate(people[:-1]):
        following = people[row + 1][0]
        if opens_a_count(sentence, number) and sentence.cost(population.end, following.start) < 3.0:
            for column, trigger in enumerate(sentence.triggers):
                if (
                    trigger.start >= population.end
                    and table[row + 1][column] > 0
                    and not _is_inner(sentence, trigger, following)
                ):
                    table[row][column] = min(table[row][column], table[row + 1][column] - 2.0)


def _is_inner(sentence: Sentence, trigger: Trigger, following: Number) -> bool:
    """Return whether words belong to the whole: "of the 1,427 known to have enlisted, 316 ..."."""
    if trigger.start >= following.start:
        return False
    return sentence.language == "en" or trigger.voice == "part"


def _share_coordinated(sentence: Sentence, people: list[tuple[Number, Population]], table: list[list[float]]) -> None:
    """Let "79 mercenaries and 41 soldiers killed" share what stands after, or before, the whole row."""
    joined = [_are_coordinated(sentence, people[row], people[row + 1]) for row in range(len(people) - 1)]
    if not any(joined):
        return
    enough = 7.0 if sentence.language == "en" else 6.0
    settled = [
        max(scores) >= enough or has_own_verb(sentence, number)
        for scores, (number, _) in zip(table, people, strict=True)
    ]
    for column, trigger in enumerate(sentence.triggers):
        for row in range(len(people) - 2, -1, -1):
            if (
                joined[row]
                and not settled[row]
                and trigger.start >= people[row + 1][0].start
                and table[row + 1][column] > 0
            ):
                table[row][column] = max(table[row][column], table[row + 1][column] - 0.25)
        for row in range(1, len(people)):
            if (
                joined[row - 1]
                and not settled[row]
                and trigger.end <= people[row - 1][0].start
                and table[row - 1][column] > 0
            ):
                table[row][column] = max(table[row][column], table[row - 1][column] - 0.25)


def has_own_verb(sentence: Sentence, number: Number) -> bool:
    """Return whether a verb that says nothing of what happened stands right before a number: "осталось семеро, пять убило"."""
    at = number.start - 1
    return (
        sentence.language == "ru"
        and at >= 0
        and sentence.words[at].parse.kinds in ({"VERB"}, {"PRTS"})
        and at not in sentence.trigger_at
        and sentence.tokens[at].low not in ("было", "были", "был", "есть", "стало")
    )


def _are_coordinated(sentence: Sentence, first: tuple[Number, Population], second: tuple[Number, Population]) -> bool:
    if first[1].kind == "outcome" or second[1].label:
        return False
    between = sentence.tokens[first[1].end : second[0].start]
    leads = sentence.tokens[first[0].start - 1].low if first[0].start else ""
    if sentence.language == "en" and leads == "from" and [token.low for token in between] == ["to"]:
        return True  # "lowered its estimate from 60 to 45 dead"
    words = [token.low for token in between]
    if sentence.language == "en" and len(words) > 1 and words[-1] in _POSSESSIVES:
        words.pop()  # "six priests and their two maids"
    return bool(words) and len(words) <= 3 and all(word in _JOINING for word in words)


def _is_whole_of(
    sentence: Sentence, number: Number, trigger: Trigger, people: list[tuple[Number, Population]]
) -> bool:
    """Return whether a noun is the head of another number of which this one is said to be a part."""
    for other, whom in people:
        if other.start < number.start and whom.start <= trigger.start < whom.end:
            return sentence.has_frame("subset", whom.end, number.start)
    return False


def _belongs_to_next(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether words after a number are those of the next: "погибли двое и ранены девятеро", "раненых: 34"."""
    tokens = sentence.tokens
    at = trigger.end
    if at >= len(tokens) or not trigger.start:
        return False
    before = tokens[trigger.start - 1].low
    if tokens[at].text in ":—–=" and at + 1 in sentence.number_at and before in (",", ";", ".", "и", "and"):
        return True
    if sentence.language == "en" or before not in (",", "и", "а", "та", "і") or at not in sentence.number_at:
        return False
    following = sentence.number_at[at]
    if following.mention.kind not in COUNTED or following is number:
        return False
    return any(
        0 <= number.start - other.end <= 1 and other.outcome != trigger.outcome and other is not trigger
        for other in sentence.triggers
    )


def _skip_parenthesis(sentence: Sentence, first: int, last: int) -> int:
    """Return where ", among them 900 children," ends, the token itself where none such begins."""
    tokens = sentence.tokens
    opens = any(
        frame.label == "subset" and first < frame.start <= first + 3 for frame in sentence.frames
    ) or tokens[first + 1].low in ("mostly", "mainly", "including")
    if not opens:
        return first
    return next((at + 1 for at in range(first + 2, min(last, first + 18)) if tokens[at].text == ","), first)


def _score(
    sentence: Sentence,
    number: Number,
    population: Population,
    trigger: Trigger,
    people: list[tuple[Number, Population]],
) -> float:
    if "void" in trigger.roles and sentence.language == "en":
        return REJECTED  # "lost three players to injury"
    if (
        population.kind == "bare"
        and number.mention.kind == "zero"
        and trigger.start >= number.end
        and any(t.low in _AUXILIARY_VERBS for t in sentence.tokens[population.end : trigger.start])
        and "none" not in trigger.roles
        and trigger.voice in ("active", "inf")
        and "intr" not in trigger.roles
    ):
        return REJECTED
    if trigger.negated and not trigger.roles & {"none"} and number.mention.kind != "zero" and number.mention.low != 0:
        return REJECTED
    if trigger.start < number.end and trigger.end > number.start:
        if trigger.start < number.start or trigger.end > number.end:
            # A pattern with a gap that holds the number: "took 12 people hostage", "left 12 dead".
            return 9.0 if trigger.start < number.start else 8.5
        mention = number.mention
        if (
            sentence.tokens[trigger.start].end <= mention.core_start
            or sentence.tokens[trigger.start].start >= mention.core_end
        ):
            return 8.0
        return REJECTED
    if (
        population.label
        and population.start <= trigger.start < number.start
        and trigger.outcome in ("recruited", "fighting")
    ):
        return REJECTED  # "мобилизованных 12 %": who, not what happened
    if trigger.start - number.end > FURTHEST or number.start - trigger.end > FURTHEST:
        return REJECTED
    before = sentence.number_at.get(trigger.start - 1)
    if before is not None and before is not number and before.mention.kind == "zero" and "noun" in trigger.roles:
        return REJECTED  # "no survivors among 179"
    if trigger.voice == "bare" and any(
        other.start < trigger.start and other.end <= trigger.start and whom.head is not None and trigger.end <= whom.head
        for other, whom in people
        if other is not number and whom.kind == "people" and whom.head is not None and whom.start <= trigger.start < whom.end
    ):
        return REJECTED  # "evacuated 91 wounded fighters and 180 civilians": the fighters alone
    if trigger.end <= number.start and trigger.roles & {"noun", "bodies"} and _is_whole_of(sentence, number, trigger, people):
        return REJECTED  # "released 52 political prisoners, among them 14 foreigners"
    if sentence.language != "en" and trigger.end <= number.start and any(
        other.start < number.start and whom.start <= trigger.start < whom.end and opens_a_count(sentence, other)
        for other, whom in people
        if other is not number
    ):
        return 3.0  # "из двадцати пострадавших восемнадцать выписали": of the whole
    if sentence.language == "ru" and heads_another(number, population, trigger, people):
        return REJECTED if population.kind == "outcome" else HEADED  # "двенадцать трупов, больше сорока покалеченных"
    scorer = score_english if sentence.language == "en" else score_slavic
    score = scorer(sentence, number, population, trigger)
    if score <= 0:
        return score
    if trigger.start >= population.end and (
        _belongs_to_next(sentence, number, trigger)
        or (
            trigger.end in sentence.number_at
            and has_own_verb(sentence, number)
            and sentence.tokens[trigger.start - 1].low in (",", "и", "а")
        )
    ):
        score -= NEXT_PENALTY
    first, last = (trigger.end, number.start) if trigger.start < number.start else (population.end, trigger.start)
    between = 0
    at = first
    opening = sentence.tokens[first].text if first < last else ""
    if opening in ("—", "–", "("):
        marks = ")" if opening == "(" else "—–"
        at = next((i + 1 for i in range(first + 1, min(last, first + 16)) if sentence.tokens[i].text in marks), first)
    if opening == "," and sentence.language == "en":
        at = _skip_parenthesis(sentence, first, last)
    while at < last and score - between * NUMBER_BETWEEN > 0:
        other = sentence.number_at.get(at)
        closing = next((close for open_, close in sentence.brackets if open_ == at), None) if other is None else None
        if closing is not None and closing < last:
            at = closing + 1
        elif other is not None:
            both = sentence.tokens[other.start].low in ("оба", "обе", "обоих", "обеих")
            between += other is not number and other.mention.kind in COUNTED and other.end <= last and not both
            at = max(other.end, at + 1)
        else:
            at += 1
    if between and trigger.roles == {"state"} and sentence.language != "en":
        return score - between * NUMBER_BETWEEN - STATE_BETWEEN  # "награждены 14, трое — посмертно"
    return score - between * NUMBER_BETWEEN
