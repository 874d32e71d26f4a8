"""What speaks for each outcome that a number of people may have: features of the number and of every candidate."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.extract.claims.told import Told
from cenotaph.reference.word_sets import read_word_set

if TYPE_CHECKING:
    from cenotaph.extract.claims.discourse import Discourse

Features = dict[str, float]

_LOWEST = -5.0  # the score of words that cannot say it
_FAR = 40.0
_MARKS = {",": "comma", ".": "stop", "!": "stop", "?": "stop", ";": "semi", ":": "colon", "—": "dash", "–": "dash", "-": "hyphen",
          "(": "open", ")": "close", "|": "bar", "/": "slash", "%": "per_cent", '"': "quote", "«": "quote", "»": "quote",
          "“": "quote", "”": "quote"}  # fmt: skip
_CLASSES = ("place", "from", "of", "for", "by", "with", "to", "among", "and", "or", "the", "more", "about", "than", "but", "only",
            "all", "be", "there", "pronoun", "have", "who", "each")  # fmt: skip
_CLASS_OF = {word: name for name in _CLASSES for word in read_word_set(f"ranking.{name}")}
_NEGATING = read_word_set("ranking.negating")
_AUXILIARIES = read_word_set("ranking.be") | read_word_set("ranking.have")
_RELATIVE = read_word_set("ranking.relative")
_JOINING = read_word_set("ranking.and") | read_word_set("ranking.or") | read_word_set("ranking.but")
_PARTS_OF_SPEECH = ("VERB", "PRTS", "PRTF", "INFN", "NOUN", "ADJF", "GRND", "ADVB")
_CLAUSE_ENDS = frozenset(";:—–().!?")
_BREAKS = frozenset(";:—–")
_CLAUSE_REACH = 40
_BACK = 12  # claims looked back at for the same people or number
_STEM = 5
_OFFERED = 0.08  # an outcome that the surroundings make likelier than this is weighed, whatever the words
_LEAST = 0.001


def class_of(sentence: Sentence, at: int) -> str:
    """Return what sort of word stands at a token."""
    if at < 0 or at >= len(sentence.tokens):
        return "edge"
    token = sentence.tokens[at]
    known = _CLASS_OF.get(token.low) or _MARKS.get(token.text)
    if known is not None:
        return known
    if at in sentence.number_at:
        return "number"
    if at in sentence.trigger_at:
        return "trigger"
    if at in sentence.name_at:
        return "name"
    word = sentence.words[at]
    if word.kind:
        return word.kind
    if word.parse.kinds:
        return next((kind for kind in _PARTS_OF_SPEECH if kind in word.parse.kinds), "other")
    if not token.is_word:
        return "sign"
    if at and token.text[0].isupper():
        return "capital"
    return next((ending for ending in ("ed", "ing", "ly", "s") if token.low.endswith(ending)), "word")


def describe_number(
    sentence: Sentence, number: Number, population: Population, draft: Draft | None, binding: Binding | None,
    discourse: Discourse, told: Told, index: int, drafts: list[Draft],
) -> Features:  # fmt: skip
    """Return the features of a number, whatever happened to the people it counts.

    Parameters
    ----------
    draft
        What the rules made of it, None where they make no claim of it.
    drafts
        Claims of the sentence as they stand.
    """
    mention = number.mention
    value = mention.low if mention.low is not None else mention.high
    tokens = sentence.tokens
    first, last = _clause_around(sentence, number.start)
    found: Features = {
        f"kind {mention.kind}": 1.0,
        f"bound {getattr(mention.bound, 'value', mention.bound)}": 1.0,
        f"unit {sentence.unit.kind}": 1.0,
        f"counts {population.kind}": 1.0,
        f"partitive {population.partitive}": 1.0,
        f"before {class_of(sentence, number.start - 1)}": 1.0,
        f"before2 {class_of(sentence, number.start - 2)}": 1.0,
        f"after {class_of(sentence, number.end)}": 1.0,
        f"after2 {class_of(sentence, number.end + 1)}": 1.0,
        f"behind {class_of(sentence, population.end)}": 1.0,
        f"behind2 {class_of(sentence, population.end + 1)}": 1.0,
        "certain": float(mention.certain),
        "words": float(bool(mention.words)),
        "increment": float(bool(mention.increment)),
        "size": math.log10(value + 1) if value is not None and value >= 0 else -1.0,
        "one": float(value == 1),
        "yearlike": float(value is not None and 1900 <= value <= 2100),
        "slavic": float(sentence.language != "en"),
        "tokens": float(min(len(tokens), 60)),
        "numbers": float(min(len(sentence.numbers), 12)),
        "triggers": float(min(len(sentence.triggers), 8)),
        "strong triggers": float(min(sum(trigger.outcome in STRONG for trigger in sentence.triggers), 8)),
        "place": number.start / max(1, len(tokens)),
        "start": float(min(number.start, 10)),
        "rest": float(min(len(tokens) - number.end, 10)),
        "phrase": float(population.end - population.start),
        "more": float(bool(population.more)),
        "label": float(population.label),
        "named": float(bool(population.names)),
        "group": float(population.group is not None),
        "clause": float(last - first),
        "clause triggers": float(sum(first <= trigger.start < last for trigger in sentence.triggers)),
        "clause verbs": float(_count_other_verbs(sentence, first, last)),
        "speech": float(min(len(sentence.speech), 3)),
        "negated": float(not _NEGATING.isdisjoint(sentence.lows[max(0, number.start - 4) : number.start])),
        "bracketed": float(_is_bracketed(sentence, number.start)),
        "nth": float(min(sum(other.start < number.start for other in sentence.numbers), 12)),
        "claims before": float(min(sum(other.number.start < number.start for other in drafts), 6)),
        "claims here": float(min(len(drafts), 8)),
        "claims told": float(min(len(told.drafts), 20)),
        "since": float(min(index - told.drafts[-1].index, 10)) if told.drafts else 10.0,
        "columns": float(discourse.columns is not None),
        "header": float(discourse.header is not None),
        "asked": float(discourse.asked is not None),
        "claimed": float(draft is not None),
        "refused": float(number.start in sentence.refused),
        **_sum_up(discourse.context.weigh(sentence, number)),
        "bound score": binding.score if binding is not None else -1.0,
    }
    if draft is not None:
        found[f"how {draft.how}"] = 1.0
        found["doubts"] = float(sum(words.startswith("outcome") for words in draft.doubts))
    if population.head is not None:
        found[f"head {sentence.words[population.head].kind or 'unknown'}"] = 1.0
        found["head trigger"] = float(population.head in sentence.trigger_at)
    for frame in sentence.frames:
        if abs(frame.start - number.start) < 12:
            found[f"frame {frame.label}"] = 1.0
        if 0 <= number.start - frame.end <= 2:
            found[f"frame before {frame.label}"] = 1.0
    return found


def _sum_up(weighed: Mapping[str | None, float]) -> Features:
    """Return what the surroundings say of a number as a whole."""
    if not weighed:
        return {}
    first, second = sorted((share for outcome, share in weighed.items() if outcome is not None), reverse=True)[:2]
    return {"near claim": 1.0 - weighed[None], "near most": first, "near lead": first - second}


def _clause_around(sentence: Sentence, at: int) -> tuple[int, int]:
    texts = sentence.texts
    first = last = at
    furthest = max(0, at - _CLAUSE_REACH)
    while first > furthest and texts[first - 1] not in _CLAUSE_ENDS:
        first -= 1
    furthest = min(len(texts), at + _CLAUSE_REACH)
    while last < furthest and texts[last] not in _CLAUSE_ENDS:
        last += 1
    return first, last


def _count_other_verbs(sentence: Sentence, first: int, last: int) -> int:
    """Count words that look like verbs and say nothing of what happened."""
    if sentence.language == "en":
        verbs = 0
        for at, low in enumerate(sentence.lows[first:last], first):
            if (low.endswith("ed") or low in _AUXILIARIES) and at not in sentence.trigger_at:
                verbs += 1
        return verbs
    return sum(
        bool(sentence.words[at].parse.kinds)
        and sentence.words[at].parse.kinds <= {"VERB", "PRTS"}
        and at not in sentence.trigger_at
        for at in range(first, last)
    )


def _is_bracketed(sentence: Sentence, at: int) -> bool:
    for text in reversed(sentence.texts[max(0, at - _CLAUSE_REACH) : at]):
        if text in "()":
            return text == "("
    return False


def gather_candidates(
    sentence: Sentence, number: Number, population: Population, draft: Draft | None, binding: Binding | None,
    discourse: Discourse, told: Told, index: int, drafts: list[Draft],
    scores: Sequence[float], others: Sequence[Sequence[float]],
) -> dict[str, Features]:  # fmt: skip
    """Return the outcomes that a number may have, each with what speaks for it.

    Parameters
    ----------
    scores
        How well each trigger of the sentence says what happened to these people.
    others
        The same for the other numbers of people in the sentence.
    """
    found: dict[str, Features] = {}

    def get(outcome: str) -> Features:
        features = found.get(outcome)
        if features is None:
            features = found[outcome] = {"score": _LOWEST, "said": 0.0, "tokens off": _FAR, "cost": 20.0}
        return features

    _weigh_triggers(sentence, number, population, scores, others, get_features=get)
    if draft is not None:
        features = get(draft.outcome)
        features["rule"] = 1.0
        features[f"rule {draft.how}"] = 1.0
        features["rule doubts"] = float(sum(words.startswith("outcome") for words in draft.doubts))
    if binding is not None:
        get(binding.outcome)["bound"] = 1.0
        for rival in binding.rivals:
            get(rival)["rival"] = 1.0
    earlier = [other for other in drafts if other.number.start < number.start]
    for other in earlier[:-1]:
        get(other.outcome)["earlier here"] = 1.0
    if earlier:
        get(earlier[-1].outcome)["before here"] = 1.0
    later = next((other for other in drafts if other.number.start > number.start), None)
    if later is not None:
        get(later.outcome)["next here"] = 1.0
    for name, outcome in (("heading", discourse.heading), ("header", discourse.header), ("asked", discourse.asked)):
        if outcome is not None:
            get(outcome)[f"of {name}"] = 1.0
    _weigh_text(sentence, number, population, told, index, get_features=get)
    get("killed")
    weighed = discourse.context.weigh(sentence, number)
    for outcome, share in weighed.items():
        if outcome is not None and share > _OFFERED:
            get(outcome)
    named, claimed = sum(told.words.values()), sum(told.claims.values())
    for outcome, count in told.words.items():
        if outcome in found or count > 0.2 * named:
            get(outcome)["named share"] = count / named
    for outcome, features in found.items():
        features["claimed share"] = told.claims.get(outcome, 0) / claimed if claimed else 0.0
        features[f"is {outcome}"] = 1.0
        features["strong"] = float(outcome in STRONG)
        features["combined"] = float("+" in outcome)
        if weighed:
            features.update(tell_share(weighed.get(outcome, 0.0)))
    return found


def tell_share(share: float) -> Features:
    """Return what the surroundings say for one outcome, or for there being no claim."""
    return {"near": share, "near log": math.log(max(share, _LEAST))}


def _weigh_triggers(
    sentence: Sentence, number: Number, population: Population,
    scores: Sequence[float], others: Sequence[Sequence[float]], *, get_features: Callable[[str], Features],
) -> None:  # fmt: skip
    """Give each outcome the features of the words of the sentence that say it best."""
    triggers = sentence.triggers
    if not triggers:
        return
    spans = [
        (trigger.end, number.start) if trigger.end <= number.start
        else (number.end, trigger.start) if trigger.start >= number.end else (number.start, number.start)
        for trigger in triggers
    ]  # fmt: skip
    nearest = min(last - first for first, last in spans)
    ranks = sorted(range(len(triggers)), key=lambda at: -scores[at])
    best = {at: rank for rank, at in enumerate(ranks)}
    top = scores[ranks[0]]
    for at, trigger in enumerate(triggers):
        first, last = spans[at]
        for place, outcome in enumerate((trigger.outcome, *trigger.alternatives)):
            features = get_features(outcome)
            if place and not features["said"]:
                features["alternative"] = 1.0
            if not place:
                features["said"] += 1.0
            score = max(scores[at], _LOWEST) - (0.3 if place else 0.0)
            if (score, first - last) <= (features["score"], -features["tokens off"]):
                continue
            for name in [name for name in features if name.startswith("by ")]:
                del features[name]
            between = sentence.lows[first:last]
            rival = max((row[at] for row in others), default=_LOWEST)
            features["score"] = score
            features["tokens off"] = min(float(last - first), _FAR)
            if trigger.start >= number.end:
                features["cost"] = min(sentence.cost(population.end, trigger.start), 20.0)
            else:
                features["cost"] = min(sentence.cost(trigger.end, number.start), 20.0) if trigger.end <= number.start else 0.0
            features[f"by {trigger.voice or 'word'}"] = 1.0
            for role in trigger.roles:
                features[f"by {role}"] = 1.0
            features["by behind"] = float(trigger.start >= number.end)
            features["by phrase"] = float(population.start <= trigger.start < population.end)
            features["by negated"] = float(trigger.negated)
            features["by rank"] = float(best[at])
            features["by gap"] = min(top - scores[at], 9.0)
            features["by nearest"] = float(last - first == nearest)
            features["by numbers"] = float(sum(first <= other.start < last for other in sentence.numbers if other is not number))
            features["by commas"] = float(between.count(","))
            features["by breaks"] = float(sum(map(_BREAKS.__contains__, between)))
            features["by brackets"] = float(between.count("(") + between.count(")"))
            features["by joins"] = float(sum(map(_JOINING.__contains__, between)))
            features["by relatives"] = float(sum(map(_RELATIVE.__contains__, between)))
            features["by triggers"] = float(sum(first <= other.start < last for other in triggers if other is not trigger))
            features["by lead"] = max(-5.0, min(9.0, scores[at] - max(rival, _LOWEST)))
            features["by owners"] = float(sum(row[at] >= scores[at] for row in others))
            features["by verb"] = float(trigger.voice in ("active", "passive"))
            features["by first"] = float(at == 0)
            features["by last"] = float(at == len(triggers) - 1)
            features["by nearer"] = float(_count_nearer(sentence, number, trigger.start, trigger.end, last - first))
            features["by touching"] = float(trigger.end in sentence.number_at or trigger.start - 1 in sentence.number_at)


def _count_nearer(sentence: Sentence, number: Number, start: int, end: int, distance: int) -> int:
    """Count the other numbers that stand nearer to some words."""
    return sum(
        (other.start - end if other.start >= end else start - other.end) < distance
        for other in sentence.numbers
        if other is not number
    )


def _weigh_text(
    sentence: Sentence, number: Number, population: Population, told: Told, index: int, *,
    get_features: Callable[[str], Features],
) -> None:  # fmt: skip
    """Give each outcome what the text before the sentence says for it."""
    for place, outcome in enumerate(told.heading[:3]):
        get_features(outcome)["heading"] = 1.0 / (1 + place)
    for place, outcome in enumerate(told.title[:2]):
        get_features(outcome)["title"] = 1.0 / (1 + place)
    for said, share in ((told.before, 1.0), (told.previous, 0.5)):
        if said is None or index - said[0] > 6:
            continue
        for place, outcome in enumerate(said[1]):
            features = get_features(outcome)
            features["said before"] = max(features.get("said before", 0.0), share / (1 + place))
            features["said since"] = min(features.get("said since", 10.0), float(index - said[0]))
    if not told.drafts:
        return
    last = told.drafts[-1]
    features = get_features(last.outcome)
    features["last"] = 1.0
    features["last since"] = float(min(index - last.index, 10))
    features["last block"] = float(last.sentence.unit.block == sentence.unit.block)
    features["last row"] = float(sentence.unit.kind in ("item", "row") and last.sentence.unit.kind == sentence.unit.kind)
    if len(told.drafts) > 1:
        get_features(told.drafts[-2].outcome)["last but one"] = 1.0
    recent = told.drafts[-_BACK:]
    get_features(next(draft for draft in recent if draft.index == last.index).outcome)["first of last"] = 1.0
    block = [draft for draft in recent if draft.sentence.unit.block == last.sentence.unit.block]
    get_features(block[0].outcome)["first of block"] = 1.0
    get_features(max(block, key=lambda draft: draft.value or 0).outcome)["most of block"] = 1.0
    head = sentence.tokens[population.head].low[:_STEM] if population.head is not None else None
    codes = {code for name in population.names for code in name.codes}
    mention = number.mention
    value = mention.low if mention.low is not None else mention.high
    for back, draft in enumerate(reversed(recent)):
        people = draft.population
        if head is not None and people.head is not None and draft.sentence.tokens[people.head].low[:_STEM] == head:
            get_features(draft.outcome).setdefault("same people", 1.0 / (1 + back))
        if codes and any(code in codes for name in people.names for code in name.codes):
            get_features(draft.outcome).setdefault("same nation", 1.0 / (1 + back))
        if value is not None and draft.value == value:
            get_features(draft.outcome).setdefault("same number", 1.0)
