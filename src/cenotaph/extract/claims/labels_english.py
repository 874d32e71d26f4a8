"""Where an English noun phrase ends, and labels that say before a number whom it counts."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import Population, in_number, name_at, names_in, trigger_at
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Name, Number
from cenotaph.reference.word_sets import read_word_set

AUXILIARIES = read_word_set("population.auxiliaries")
PREPOSITIONS = read_word_set("population.prepositions")


def extend_english(sentence: Sentence, end: int) -> int:
    """Extend a noun phrase by "of X", "from X and Y" where X is a name."""
    tokens = sentence.tokens
    total = len(tokens)
    at = end
    for _ in range(3):
        if at < total and tokens[at].low in ("of", "from"):
            step = at + 1
            if step < total and tokens[step].low == "the":
                step += 1
            name = next((n for n in sentence.names if n.start == step), None)
            if name is None:
                break
            following_word = tokens[name.end] if name.end < total else None
            if tokens[name.end - 1].low.endswith("'s"):
                break  # "members of Ukraine's International Legion"
            if (
                name.sense != "name"
                and following_word is not None
                and following_word.is_word
                and following_word.low not in PREPOSITIONS
                and following_word.low not in AUXILIARIES
                and following_word.low not in ("nationality", "origin", "descent", "citizenship", "killed", "wounded")
            ):
                break  # "daughters of the Israeli ambassador"
            at = name.end
            while at + 1 < total and tokens[at].low in (",", "and", "or"):
                following = next(
                    (n for n in sentence.names if n.start in (at + 1, at + 2) and n.start < at + 3), None
                )
                if following is None or any(in_number(sentence, i) for i in range(at, following.start)):
                    break
                at = following.end
            continue
        break
    return at


def label_english(sentence: Sentence, number: Number) -> Population | None:
    """Return the population of a label right before a number: "civilians killed 342", "Tajiks (412)", "Gambia: 12"."""
    tokens, words = sentence.tokens, sentence.words
    if (
        number.end < len(tokens)
        and tokens[number.end].is_word
        and tokens[number.end].low not in PREPOSITIONS
        and tokens[number.end].low not in AUXILIARIES
    ):
        return None
    at = number.start - 1
    while at >= 0 and tokens[at].text in '(:—–-"“=.…|·':
        at -= 1
    steps = 0
    while (
        at >= 0
        and steps < 3
        and (trigger := trigger_at(sentence, at)) is not None
        and trigger.voice in ("bare", "")
        and not trigger.roles & {"measure", "event"}
    ):
        at = trigger.start - 1
        steps += 1
    leader = at + 1 < number.start and tokens[at + 1].text in ".…·"
    if at < 0 or (number.start - at > 5 and not leader):
        return None
    if at + 1 == number.start and tokens[at].is_word:
        name = name_at(sentence, at)
        alone = name is not None and name.start == 0 and sentence.unit.kind in ("row", "item")
        if name is not None and (alone or _pairs(sentence) > 1):
            return Population(name.start, number.end, "people", name.end - 1, None, (name,), "", "", True)
        return None  # nothing between: not a label but running text
    name = name_at(sentence, at)
    if name is not None and (
        name.sense in ("citizen", "people") or (name.sense == "name" and tokens[number.start - 1].text in "(:—–-.…|·")
    ):
        beside = _names_before(sentence, name)
        return Population(beside[0].start, number.end, "people", name.end - 1, None, beside, "", "", True)
    if words[at].kind and words[at].kind != "thing":
        names = names_in(sentence, max(0, at - 2), at)
        return Population(at, number.end, "people", at, (at, at + 1), names, "", "", True)
    return None


def _names_before(sentence: Sentence, name: Name) -> tuple[Name, ...]:
    """Return all the names that open a row together with its last, "Cuba, Kenya .... 6 each", that one alone elsewhere."""
    found = [name]
    while found[0].start > 1 and sentence.tokens[found[0].start - 1].low in (",", "and"):
        before = name_at(sentence, found[0].start - 2)
        if before is None:
            break
        found.insert(0, before)
    counted = sum(number.mention.kind == "people_candidate" for number in sentence.numbers)
    opens = found[0].start == 0 and sentence.unit.kind in ("row", "item") and counted == 1
    return tuple(found) if opens else (name,)


def _pairs(sentence: Sentence) -> int:
    """Return how many numbers stand right after a name and right before a mark: "Tajikistan 72, Uzbekistan 66"."""
    tokens = sentence.tokens
    return sum(
        1
        for number in sentence.numbers
        if name_at(sentence, number.start - 1) is not None
        and (number.end >= len(tokens) or tokens[number.end].text in ",;.)" or tokens[number.end].low == "and")
    )
