"""How well words say what happened to the people of a number, in English: by role, voice, side and distance."""

from __future__ import annotations

from itertools import pairwise

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.scoring import MEASURING, REJECTED, is_gauged, is_governed_elsewhere
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.extract.claims.topics_english import labels
from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.tokens import Token

_INVOLVED = read_word_set("scoring.involved")
_COPULAS = frozenset({"were", "was", "are", "is"})
_LINKING = _COPULAS | {"be", "been", "remain", "remained", "still", "left", "reported"}
_AMONG = frozenset({"were", "was", "are", "among", "as"})
_SETTING_ASIDE = frozenset({"after", "before", "when", "because", "despite", "while"})


_ALL_OF_THEM = ([",", "all"], [",", "both"], ["—", "all"], [",", "all", "of", "them"], [",", "both", "of", "them"])
_VERBAL = frozenset({"trans", "pass", "intr"})
_NOMINAL = frozenset({"measure", "noun", "victim"})
_LABELLING = frozenset({"trans", "intr", "state", "noun", "pass"})
_TELLING = frozenset({"state", "trans", "intr", "pass"})
_WHO = frozenset({"noun", "bodies", "victim", "lives"})
_CALLED = frozenset({"noun", "victim", "bodies"})
_HAPPENING = frozenset({"noun", "victim", "event", "measure", "bodies"})
_GAUGED = 7.0
_TO_A_NUMBER = 7
_NUMBERS = frozenset({"number", "numbers", "total", "count"})


def _of_a_number(lows: list[str], trigger: Trigger) -> bool:
    """Return whether words stand behind "the number of"."""
    lead = lows[max(0, trigger.start - _TO_A_NUMBER) : trigger.start]
    if _NUMBERS.isdisjoint(lead):
        return False
    return any(low in _NUMBERS and after == "of" for low, after in pairwise(lead))


_WITH = (("along", "with"), ("together", "with"), ("alongside",), ("as", "were"), ("as", "well", "as"))


def _follows_with(tokens: list[Token], at: int) -> bool:
    """Return whether "along with" stands right before a token: what was said before was done to both."""
    if not at or tokens[at - 1].low not in ("with", "alongside", "were", "as"):
        return False
    return any(tuple(token.low for token in tokens[max(0, at - len(words)) : at]) == words for words in _WITH)


def score_english(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> float:
    """Return how well a trigger says what happened to the people of a number; below 0, not at all."""
    roles, voice = trigger.roles, trigger.voice
    tokens = sentence.tokens
    if trigger.start >= number.end:
        return _score_english_after(sentence, number, population, trigger)
    if _follows_with(tokens, number.start) and not _VERBAL.isdisjoint(roles) and voice != "inf":
        return 8.2  # "was arrested along with two cousins"
    cost = sentence.cost(
        trigger.end, population.start if population.label and population.start >= trigger.end else number.start
    )
    near = number.start - trigger.end
    before = tokens[number.start - 1].low if number.start else ""
    best = REJECTED
    if near > 1 and is_governed_elsewhere(sentence, number, further=False):
        return REJECTED  # "killed 14 patients and infected 90"
    if before == "by" and ("trans" in roles or "pass" in roles):
        return REJECTED  # "killed by two gunmen"
    if "event" in roles:
        between = tokens[trigger.end : number.start]
        loose = trigger.outcome == "on_board" and any(t.is_word and t.low not in MEASURING for t in between)
        best = max(best, REJECTED if loose else 9.2 - cost if near <= 3 else 6.0 - cost)
    if "keep" in roles and voice in ("active", "bare", "ing") and near <= 2 and is_held(sentence, population):
        best = max(best, 8.2 - cost)
    if "measure" in roles and is_brought_to(sentence, number, trigger):
        best = max(best, 8.2)
    if "bodies" in roles and near <= 4 and any(token.low in ("of",) for token in tokens[trigger.end : number.start]):
        best = max(best, 9.2 - cost)
    if not _NOMINAL.isdisjoint(roles):
        between = tokens[trigger.end : number.start]
        gauging = all(token.low in MEASURING or not token.is_word for token in between)
        gauging = gauging and (bool(near) or "measure" in roles or number.mention.bound != "exact")
        linked = any(token.low in ("include", "included", "includes", "were", "was", "are") for token in between)
        best = max(best, (8.2 if gauging else 6.2 if near and ("measure" in roles or linked) else 4.4) - cost)
        if trigger.unit != "bodies" and is_gauged(sentence, number) and cost < 7.0:
            best = max(best, (8.4 if "measure" in roles else 7.8) - min(cost, 1.0) - 0.1 * near)
        if population.kind == "outcome":
            best = min(best, 5.0)
    if "light" in roles:
        rest = [token.low for token in (*tokens[trigger.start : trigger.end], *tokens[number.end : number.end + 4])]
        best = max(best, 8.5 - cost if "lives" in rest or "life" in rest else REJECTED)
    if "loss" in roles:
        whole = population.kind == "people" or (population.kind == "bare" and number.mention.kind != "percent")
        parted = any(token.text in ":;—–(" for token in tokens[trigger.end : number.start])
        best = max(best, 7.2 - cost if whole and voice != "passive" and near <= 4 and not parted else REJECTED)
    if "shot" in roles:
        best = max(best, 6.5 - cost)
    complete = "intr" in roles and trigger.start > 1 and tokens[trigger.end].text == ":"
    if "trans" in roles and not complete:  # not "five of them drowned: the skipper, two deckhands ..."
        if voice == "passive":
            best = max(best, REJECTED if before == "by" else 4.6 - cost)
        elif voice == "inf" and "to" in (tokens[trigger.start - 1].low if trigger.start else "",):
            best = max(best, (8.0 if near <= 4 else 3.6) - cost)
        elif voice in ("active", "bare", "ing", "inf"):
            object_ = near <= 4 and before not in ("by", "in", "at", "on", "for", "after", "with")
            best = max(best, (8.6 if near <= 2 else 7.8 if object_ else 4.4) - cost)
            if before == "," and voice == "bare" and trigger.start - 1 in sentence.number_at:
                best = min(best, 3.0)  # "Dozens hurt, scores held"
            if before in _BESIDE:
                best = min(best, 2.0)  # "buried him beside 14 comrades"
            if before == "by" or (trigger.outcome == "on_board" and not object_):
                best = REJECTED  # "killed by two gunmen", "carried food for 90,000"
    if "intr" in roles:
        best = max(best, (5.6 if before in ("were", "was", "include", "included", ":") else 4.2) - cost)
        if near == 0 and voice == "active" and _is_inverted(sentence, trigger):
            best = max(best, 8.2)  # "At the front today serve 118 of our people"
    if ("state" in roles or "noun" in roles) and near == 0 and population.kind == "bare":
        ahead = tokens[trigger.start - 1].text if trigger.start else ","
        behind = tokens[number.end].text if number.end < len(tokens) else "."
        if (
            ahead in ",;:.(—–"
            or not ahead[0].isalpha()
            or trigger.start <= 1
            or sentence.tokens[trigger.start].text.isupper()
        ) and behind in ",;.()":
            best = max(best, 8.0)
    if near and not _LABELLING.isdisjoint(roles) and labels(sentence, number, trigger):
        best = max(best, 8.2)
    if near and cost < _GAUGED and not _TELLING.isdisjoint(roles) and (
        _of_a_number(sentence.lows, trigger) and is_gauged(sentence, number)
    ):
        best = max(best, 7.8)  # "the number of Cubans under arms there is put at 5,000"
    if "state" in roles or "noun" in roles:
        among = sentence.has_frame("subset", max(0, trigger.start - 2), number.start)
        best = max(best, (7.4 if among or (near <= 2 and tokens[number.start - 1].text in ":—–-") else 4.2) - cost)
    if "none" in roles:
        best = max(best, REJECTED)
    return best


def _is_inverted(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether a verb stands before its subject: a place or a time opens the sentence, and nobody before the verb."""
    if not 1 <= trigger.start <= _INVERTING or sentence.tokens[0].low not in _OPENERS:
        return False
    for at in range(trigger.start):
        token = sentence.tokens[at]
        if sentence.words[at].kind not in ("", "thing") or token.text in ",;:." or token.low in _SUBJECTS:
            return False
    return True


_WHEN_FELL = frozenset({"that", "this", "last", "yesterday", "and", "while", "before", "within"})
_INVERTING = 9
_QUALIFIED = 2  # words between a number and what it counts
_CASES = frozenset(
    {"deaths", "killings", "fatalities", "executions", "abductions", "disappearances", "arrests", "detentions", "murders"}
)
_WHOSE_REACH = 3
_OPENERS = frozenset({"at", "in", "on", "here", "there", "among", "under", "beneath", "behind", "near", "beside", "with", "from"})
_SUBJECTS = frozenset({"he", "she", "they", "we", "i", "it", "you", "who", "which", "that"})


def _score_english_after(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> float:
    roles, voice = trigger.roles, trigger.voice
    tokens = sentence.tokens
    best = REJECTED
    if number.start and tokens[number.start - 1].low == "by" and voice != "bare":
        # "killed by two gunmen who were arrested": what follows may hold, what precedes may not.
        pass
    if trigger.start < population.end:
        if not _WHO.isdisjoint(roles) or ("state" in roles and "intr" not in roles):
            if "lives" in roles:
                return (
                    8.5 if any("light" in t.roles for t in sentence.triggers if t.start < number.start) else REJECTED
                )
            if "bodies" in roles and population.head is not None and trigger.end - 1 != population.head:
                return 8.0
            if population.partitive and trigger.unit == "people":
                return 6.5  # "six of the wounded died"
            if trigger.unit == "people" and not ("trans" in roles or "state" in roles):
                # "20 hostages were freed": the verb wins over the noun
                return 7.0 if trigger.outcome in ("detained", "captured") else 7.9
            if population.kind == "people" and population.head is not None and trigger.end <= population.head:
                return 7.4  # "evacuated 91 wounded fighters": the verb wins over the participle
            return 10.0 if population.head is None or trigger.start <= population.head else 6.0
        if "trans" in roles and voice in ("bare", ""):
            ahead = population.kind == "people" and population.head is not None and trigger.end <= population.head
            return 6.6 if ahead else 8.8  # "16,600 mobilised soldiers": who they are
        return 5.0
    if _is_averted(sentence, trigger):
        return REJECTED
    if trigger.end - trigger.start == 1 and tokens[trigger.start].low == "fell" and (
        trigger.end < len(tokens) and tokens[trigger.end].text not in ",.;)" and tokens[trigger.end].low not in _WHEN_FELL
    ):
        return REJECTED  # "three fell ill"; but "of these 90 fell"
    cost = sentence.cost(population.end, trigger.start)
    joined = _end_of_coordinate(sentence, population.end)
    if population.end < joined <= trigger.start:
        cost = min(cost, 0.3 + sentence.cost(joined, trigger.start))
    if number.start and tokens[number.start - 1].low in ("at", "to") and sentence.lows[number.end : number.end + 3] == [
        "the",
        "number",
        "of",
    ]:
        cost = 0.5 * cost  # "put at 550 the number of those who have joined"
    near = trigger.start - population.end
    between = sentence.lows[population.end : trigger.start]
    if "pass" in roles and (voice == "passive" or (voice == "bare" and near == 0 and not _takes_an_object(sentence, trigger))):
        best = max(best, 8.3 - cost)
    if "trans" in roles or "shot" in roles:
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
        elif voice == "active" and "intr" not in roles:
            best = max(best, REJECTED)
    if "loss" in roles and near <= 1 and voice in ("bare", "passive") and not sentence.is_active_english(trigger):
        best = max(best, 7.4 - cost)  # "200,000 soldiers lost"
    if "intr" in roles:
        if voice == "ing":
            best = max(best, 6.4 - cost)
        elif voice == "inf":
            best = max(best, 7.2 - cost)
        elif voice == "passive" and roles == {"intr"} and tokens[trigger.start].low not in _TO_BE:
            best = max(best, 4.4 - cost)  # "were landed in Galle"
        else:
            best = max(best, 8.2 - cost)
    if "state" in roles:
        linked = not _LINKING.isdisjoint(between)
        best = max(best, (8.4 if near == 0 or linked else 6.2) - cost)
        if between[:1] == ["whose"] and near <= _WHOSE_REACH:
            best = max(best, 9.0)  # "one person whose fate is not known"
        leads = tokens[number.start - 1].low if number.start else ""
        if trigger.outcome == "on_board" and near == 0 and leads in ("with", "carrying", "including"):
            best += 1.6  # "with 44 sailors on board, has not been heard from"
    if ("none" in roles and tokens[number.start].low in ("none", "neither", "no", "nobody")) or (
        "none" in roles and number.start and tokens[max(0, number.start - 3)].low == "none"
    ):
        best = max(best, 8.4 - cost)
    if not _CALLED.isdisjoint(roles):
        # "38 Nepalis among the dead", "14 were casualties", "22 people were the victims"
        linked = not _AMONG.isdisjoint(between)
        best = max(best, (6.2 if linked else 2.2) - cost)
    if "event" in roles or "measure" in roles:
        best = max(best, 1.4 - cost)
        lead = tokens[number.end : trigger.start]
        if tokens[trigger.start].low in _CASES and len(lead) <= _QUALIFIED and all(t.is_word and t.text.islower() for t in lead):
            return 9.2  # "900 deaths of miners", "40 documented killings of teachers"
    if ("noun" in roles or "event" in roles) and near <= 1 and between and between[0] in ("'", "’"):
        best = max(best, 7.8)  # "the six priests' murder"
    if not _INVOLVED.isdisjoint(between) and not _HAPPENING.isdisjoint(roles):
        return REJECTED  # "many were involved in the murder"
    if best > 0 and _has_a_copula_before_who(between):
        best -= 4.0  # "43 ... were former prisoners who joined": said of the prisoners
    if _is_of_a_part(sentence, population, trigger):
        return REJECTED  # "130 people, 12 of whom died"
    sorted_out = len(between) > 1 and between[0] == "," and between[1] in ("many", "most", "some", "all", "several")
    if sorted_out and best > 0 and "," not in between[2:]:
        best -= 5.0  # "60 inmates, many convicted of murder, were freed"
    if between in _ALL_OF_THEM and "state" in roles and trigger.outcome == "killed":
        best = 9.4  # "pulled out eleven, all dead"
    if between and between[0] in ("who", "that") and best > 0:
        best += 1.1  # a relative clause that says which ones
    if best > 0 and not _SETTING_ASIDE.isdisjoint(between):
        best -= 0.8
    if "by" in between and best > 0 and near > 1:
        best -= 0.3
    return best


def _has_a_copula_before_who(words: list[str]) -> bool:
    """Return whether a relative clause stands somewhere behind "were" or the like."""
    if _COPULAS.isdisjoint(words):
        return False
    copula = next(at for at, word in enumerate(words) if word in _COPULAS)
    return any(word in ("who", "that", "which") for word in words[copula + 1 :])


def _is_of_a_part(sentence: Sentence, population: Population, trigger: Trigger) -> bool:
    """Return whether a trigger stands in ", 12 of whom died", which tells of the twelve."""
    tokens = sentence.tokens
    at = population.end
    if at + 3 >= len(tokens) or tokens[at].text != ",":
        return False
    part = sentence.number_at.get(at + 1)
    if part is None or sentence.lows[part.end : part.end + 2] not in (["of", "whom"], ["of", "them"]):
        return False
    return trigger.start >= part.end and not any(token.text in ",;—" for token in tokens[part.end : trigger.start])


def is_held(sentence: Sentence, population: Population) -> bool:
    """Return whether those whom somebody "holds" are people named by nation or calling: no crowd that a hall holds."""
    if population.kind == "outcome" or population.names:
        return population.kind in ("people", "outcome")
    return population.kind == "people" and population.head is not None and sentence.words[population.head].kind == "group"


def is_brought_to(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether a verb brings a measure to a number: "bringing the number of troops killed since May to 431"."""
    tokens = sentence.tokens
    lead = sentence.lows[max(0, trigger.start - 2) : trigger.start]
    if number.start - trigger.end > _MEASURED or tokens[number.start - 1].low not in ("to", "at"):
        return False
    if not _BRINGING.intersection(lead):
        return False
    return not any(
        n.mention.kind == "people_candidate" for n in sentence.numbers if trigger.end <= n.start and n.end < number.start
    )


_BRINGING = read_word_set("scoring.bringing")
_MEASURED = 14
_TO_BE = frozenset({"be", "been", "being", "was", "were", "is", "are", "gone"})
_BESIDE = frozenset({"beside", "behind", "alongside", "under", "between", "against", "towards", "toward", "past", "beyond"})
_AVERTED = frozenset(
    {"rather than", "instead of", "to avoid", "fear of", "avoided being", "escaped being", "without being", "from being",
     "than be", "risk being", "about to", "not to", "refused to", "refusing to", "failed to", "or be", "avoid being"}
)  # fmt: skip


_AVERTING = frozenset(words.split()[-1] for words in _AVERTED) | {"be", "being", "get", "getting", "have", "been"}


def _is_averted(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether words right before a verb say that it did not come to it: "slashed their wrists rather than sign"."""
    if not trigger.start or sentence.tokens[trigger.start - 1].low not in _AVERTING:
        return False
    before = sentence.lows[max(0, trigger.start - 3) : trigger.start]
    while before and before[-1] in ("be", "being", "get", "getting", "have", "been"):
        if " ".join(before[-2:]) in _AVERTED:
            return True
        before.pop()
    return " ".join(before[-2:]) in _AVERTED


_NO_OBJECT = read_word_set("scoring.no_object")


def _takes_an_object(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether a bare form has an object behind it: "523 of them held foreign passports"."""
    tokens = sentence.tokens
    at = trigger.end
    return at < len(tokens) and tokens[at].is_word and tokens[at].low not in _NO_OBJECT and not tokens[at].low.endswith("ly")


_ONE_MORE = frozenset({"a", "an", "another", "one", "the", "his", "her", "their", "its"})
_FINITE = frozenset({"were", "was", "had", "have", "are", "is", "died"})
_COORDINATE = 7


def _end_of_coordinate(sentence: Sentence, at: int) -> int:
    """Return where "and a guard" ends that shares the verb of those before it, 0 where nothing of the kind follows."""
    tokens = sentence.tokens
    if at + 2 >= len(tokens) or tokens[at].low not in ("and", "or") or tokens[at + 1].low not in _ONE_MORE:
        return 0
    for end in range(at + 2, min(len(tokens), at + _COORDINATE)):
        if tokens[end].low in _FINITE:
            return end
        if not tokens[end].is_word:
            return 0
    return 0
