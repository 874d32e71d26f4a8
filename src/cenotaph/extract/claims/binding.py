"""Which of a sentence's words say what happened to the people that a number counts.

Every pair of a number and a trigger gets a score from the trigger's role, its voice, the side of the number it stands on and
how far it lies; what belongs more closely to another number is worth less. The best is taken; a near rival with another
outcome is a doubt.
"""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.extract.claims.binding_english import is_aside, is_in_another, is_only_thought, settle_english, tells_which
from cenotaph.extract.claims.binding_slavic import (
    follow_the_dead,
    heads_dead,
    is_received,
    leave_to_following,
    loses_its_crew,
)
from cenotaph.extract.claims.combining import find_partner
from cenotaph.extract.claims.coordination import is_inner, leave_to_parts, opens_a_count, share_coordinated
from cenotaph.extract.claims.pairing import score_pair
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.predicates_slavic import leave_to_label, leave_to_predicate
from cenotaph.extract.claims.scoring import REJECTED
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger

OWNED_PENALTY = 2.2
WEAK_PENALTY = 1.2
SETTING_PENALTY = 2.4
RELATIVE_PENALTY = 4.0
RIVAL_NEAR = 1.3
LISTED = 6.5
_DEAD = frozenset({"dead", "killed", "fallen", "victims", "bodies", "погибший", "убитый", "умерший", "тело", "жертва"})
_BRINGING = ("достав", "привез", "привоз", "поступ", "увез")
_NEAR_THE_DEAD = 1.2
_OF_CLAUSES = frozenset(
    {"who", "which", "that", "when", "after", "before", "while", "as", "where", "because", "whose", "and", "or"}
)
_OF_THE_DEAD = frozenset({"released", "body_returned", "identified"})


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
        [score_pair(sentence, number, population, trigger, people) for trigger in triggers]
        for number, population in people
    ]
    leave_to_predicate(sentence, people, table)
    sentence.pair_scores = [list(row) for row in table]
    share_coordinated(sentence, people, table)
    if sentence.language == "en":
        for row, (number, population) in enumerate(people):
            for column, trigger in enumerate(triggers):
                if table[row][column] <= 0 or trigger.start < population.end:
                    continue
                if (
                    is_aside(sentence, number, population, trigger)
                    or is_in_another(people, row, trigger)
                    or is_only_thought(sentence, trigger, population)
                ):
                    table[row][column] = REJECTED
    leave_to_parts(sentence, people, table)
    leave_to_following(sentence, people, table)
    leave_to_label(sentence, people, table)
    owners = [0] * len(triggers)
    if len(people) > 1:
        owners = [max(range(len(people)), key=lambda row: table[row][column]) for column in range(len(triggers))]
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
            if _is_participle_of_the_past(sentence, trigger, population) and any(
                table[row][other] >= 4.0 and owners[other] == row and _is_main_verb(sentence, trigger, rival)
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
            around = trigger.start < people[row][0].start and trigger.end > people[row][0].end
            if trigger.outcome not in STRONG and not (trigger.outcome == "identified" and around) and not (
                trigger.outcome == "on_board" and (score >= 9.0 or trigger.end == people[row][0].start)
            ):
                score -= WEAK_PENALTY
            if trigger.outcome == "identified" and population.kind == "people" and not around:
                score -= 0.6
            if (
                trigger.start >= population.end
                and owner > row
                and opens_a_count(sentence, people[row][0])
                and not is_inner(sentence, trigger, people[owner][0])
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
                    and not (owners[-m] < row and _is_parted(sentence, triggers[-m].end, people[row][0].start))
                ),
                (score, minus),
            )
        if sentence.language == "ru" and triggers[-minus].unit == "names":
            # "список пропавших пополнился четырнадцатью именами": of whom the list is
            score, minus = next(
                (
                    (max(s, LISTED), m)
                    for s, m in ranked[1:]
                    if ("measure" in triggers[-m].roles or "noun" in triggers[-m].roles)
                    and triggers[-m].outcome not in ("killed", "identified")
                    and triggers[-m].end <= people[row][0].start
                ),
                (score, minus),
            )
        if sentence.language == "ru" and triggers[-minus].outcome == "detained":
            score, minus = next(
                (
                    (s, m)
                    for s, m in ranked
                    if triggers[-m].outcome == "killed"
                    and triggers[-m].start - triggers[-minus].end == 1
                    and sentence.tokens[triggers[-minus].end].low == "и"
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
        if sentence.language == "en":
            outcome, rivals = settle_english(sentence, people[row][0], population, trigger, outcome, rivals)
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


def _is_parted(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a comma stands between words and a number: "выданы родственникам, ещё одно тело поднято"."""
    return any(token.text in ",;" for token in sentence.tokens[first:last])


def _is_setting(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether a trigger says where somebody is ("in prison", "в колонии"): a verb beside it says what happened."""
    return trigger.roles == _STATE and trigger.outcome != "on_board" and sentence.lows[trigger.start] in _WHERE


_STATE = frozenset({"state"})
_WHERE = frozenset(
    {"in", "on", "at", "under", "behind", "inside", "aboard", "onboard", "в", "на", "под", "за", "у", "с", "со"}
)


def _is_reduced_relative(sentence: Sentence, trigger: Trigger, population: Population) -> bool:
    """Return whether words only tell which people are meant: "Thirteen soldiers serving with the UN ... lost their lives"."""
    return (
        sentence.language == "en"
        and (trigger.voice in ("ing", "bare") or tells_which(sentence, trigger, population))
        and trigger.outcome not in STRONG
        and 0 <= trigger.start - population.end <= 8
        and sentence.cost(population.end, trigger.start) < 3.0
    )


def _is_participle_of_the_past(sentence: Sentence, trigger: Trigger, population: Population) -> bool:
    """Return whether a participle right behind people tells what befell them before: "sailors taken hostage in March ..."."""
    return (
        sentence.language == "en"
        and trigger.voice == "bare"
        and trigger.outcome in STRONG
        and 0 <= trigger.start - population.end <= 1
        and not sentence.is_active_english(trigger)
    )


def _is_main_verb(sentence: Sentence, participle: Trigger, rival: Trigger) -> bool:
    """Return whether a verb after a participle is that of the clause: "... walked free on Friday", "... were exchanged"."""
    if rival.start < participle.end or rival.outcome not in STRONG or rival.outcome == participle.outcome or rival.negated:
        return False
    between = sentence.tokens[participle.end : rival.start]
    marks = [token.text for token in between if token.text in ",;:—–()"]
    enclosed = marks == [",", ","] and rival.voice == "passive"  # "abducted in Goga, Zamfara State, have been released"
    if (marks and not enclosed) or any(token.low in _OF_CLAUSES for token in between):
        return False
    if any(at in sentence.number_at and sentence.number_at[at].mention.kind in ("people_candidate", "zero")
           for at in range(participle.end, rival.start)):  # fmt: skip
        return False
    lead = between[-1].low if between else ""
    finite = rival.voice in ("passive", "active") or (rival.voice == "bare" and "intr" in rival.roles)
    been = lead == "been" and len(between) > 1 and between[-2].low not in ("have", "has")
    return finite and lead not in ("and", "or", "but") and not been and not any(token.low == "had" for token in between[-3:])


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
