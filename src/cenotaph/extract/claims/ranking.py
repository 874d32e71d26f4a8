"""The learned part of the reader: of what may have happened to the people of a number, which is most likely, and is it a claim.

The rules find the numbers, the words that may say what happened, and a first reading. Trees learned from annotated texts weigh
for each number every outcome that the sentence or the text before offers, and that there is no claim; what is likeliest is
taken, and how likely it is decides whether a reviewer is asked. ``tools/fit_ranking.py`` makes the trees.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.evidence import Features, describe_number, gather_candidates, tell_share
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.extract.claims.told import Told
from cenotaph.reference.files import FOLDER

if TYPE_CHECKING:
    import numpy as np

    from cenotaph.extract.claims.discourse import Discourse

PLAIN = 8.0  # a binding of this score, alone in its clause and undoubted, is not weighed again
AGREED = 0.97  # nor is one whose surroundings make the rules' reading this likely
PLAINLY = 0.3  # ... nor asked about, where its surroundings make it this likely
ADDED = 0.6  # a claim that the rules do not make is made from this probability on
ADDED_IN = {"ru": 0.4, "en": 0.45}  # there the rules miss more and say little that is wrong, so more is given to a reviewer
WEIGHED = 0.3  # one that the rules count is weighed, though they make no claim of it, where that there is none is less likely
COUNTED = 0.1  # a number is weighed, whatever the rules make of it, where that there is no claim is less likely than this
REFUSED = 0.05  # ... and so is one of which a rule has said that it claims nothing


class Limits(NamedTuple):
    """How far the rules' reading of a number may be changed.

    Parameters
    ----------
    given_up
        A reading of the rules is given up where that there is no claim is as likely as this.
    claimed
        A claim that the rules do not make is made where that there is no claim is no likelier than this, whichever of several
        outcomes it may be of: a reviewer is asked then.
    clearly
        By how much another outcome must be likelier than the rules'.
    parted
        Something else than the whole's is taken for a part from this probability on.
    sure, sure_in_lists
        Below this a reviewer is asked; and for an English item or row, whose outcome stands elsewhere: all are wrong where it is.
    trees
        What weighs the outcomes.
    """

    given_up: float
    claimed: float
    clearly: float
    parted: float
    sure: float
    sure_in_lists: float
    trees: str


WIDE = Limits(0.5, 0.3, 0.0, 0.3, 0.87, 0.89, "ranking")
NARROW = Limits(0.8, 0.0, 0.3, 0.75, 0.86, 0.88, "ranking_narrow")  # of a few sentences: nothing stands around a number

_ADDABLE = frozenset({"people_candidate", "percent", "zero", "another"})
_WHO = frozenset({"recruited", "fighting", "detained", "displaced"})
_CELLS = frozenset({"cells", "|"})
_SETTLED = frozenset({"whole", "withdrawn", "later"})


class Trees:
    """Boosted trees over named features, whose sums are weighed against each other by a softmax.

    All the questions of all the trees are asked at once, each but once. The answers to those of one tree make a number, under
    which the value is kept of the leaf where walking down the tree would have ended.
    """

    def __init__(self, names: Sequence[str], trees: Sequence[dict[str, list[float]]]) -> None:
        import numpy

        self.columns = {name: at for at, name in enumerate(names)}
        self.width = len(names) + 1  # of a row: the last place is of all features that no tree asks for
        questions: dict[tuple[int, float], int] = {(0, -math.inf): 0}  # the first is never answered by going left
        held = [_list_questions(tree) for tree in trees]
        most = max(len(nodes) for nodes in held)
        if most > _MOST_QUESTIONS:
            raise ValueError(f"A tree of the ranking asks {most} questions; at most {_MOST_QUESTIONS} can be. Fit smaller.")
        asked = numpy.zeros((len(trees), _MOST_QUESTIONS), numpy.intp)
        value = numpy.zeros((len(trees), 1 << most))
        for at, (tree, nodes) in enumerate(zip(trees, held, strict=True)):
            for place, node in enumerate(nodes):
                question = (int(tree["feature"][node]), tree["threshold"][node])
                asked[at, place] = questions.setdefault(question, len(questions))
            for answers in range(1 << len(nodes)):
                value[at, answers] = tree["value"][_walk(tree, {node: answers >> place & 1 for place, node in enumerate(nodes)})]
        self._feature = numpy.array([feature for feature, _ in questions])
        self._threshold = numpy.array([threshold for _, threshold in questions])
        self._asked = asked.ravel()
        self._base = numpy.arange(len(trees)) << most
        self._value = value.ravel()

    def fill(self, row: array[float], features: Features) -> None:
        """Write features into a row, each in its place."""
        columns = self.columns
        try:
            for name, value in features.items():
                row[columns[name]] = value
        except KeyError:  # met for the first time: there are some hundreds
            columns.update(dict.fromkeys(features.keys() - columns.keys(), self.width - 1))
            self.fill(row, features)

    def weigh(self, rows: np.ndarray) -> np.ndarray:
        """Return the sum of the trees for each row."""
        import numpy

        left = rows.take(self._feature, axis=1) <= self._threshold
        answers = numpy.packbits(left.take(self._asked, axis=1), axis=1, bitorder="little")
        found: np.ndarray = self._value.take(answers + self._base).sum(axis=1)
        return found


_MOST_QUESTIONS = 8  # of one tree: their answers make one byte


def _list_questions(tree: dict[str, list[float]]) -> list[int]:
    """Return the nodes of a tree that ask: a leaf leads to itself."""
    return [node for node in range(len(tree["feature"])) if int(tree["left"][node]) != node]


def _walk(tree: dict[str, list[float]], left: dict[int, int]) -> int:
    """Return the leaf where a walk down a tree ends that goes left at some nodes."""
    node = 0
    while node in left:
        node = int(tree["left" if left[node] else "right"][node])
    return node


@cache
def read_trees(name: str = "ranking") -> Trees:
    """Return trees that the reader comes with: ``ranking``, or ``ranking_narrow`` for short texts."""
    data = json.loads((FOLDER / "claims" / f"{name}.json").read_text(encoding="utf-8"))
    return Trees(data["names"], data["trees"])


def list_options(
    number: Features, candidates: dict[str, Features], claimed: str | None, share: float | None = None
) -> list[tuple[str | None, Features]]:
    """Return what is weighed: that there is no claim first, then each outcome, with the features that are not the number's."""
    scores = sorted((features["score"] for features in candidates.values()), reverse=True)
    second = scores[1] if len(scores) > 1 else -5.0
    none: Features = {"is none": 1.0, "options": float(len(candidates)), "top": scores[0], "second": second}
    none["rule none"] = float(claimed is None)
    if share is not None:
        none.update(tell_share(share))
    options: list[tuple[str | None, Features]] = [(None, none)]
    for outcome, features in candidates.items():
        features["options"] = float(len(candidates))
        features["gap"] = scores[0] - features["score"]
        features["lead"] = features["score"] - (second if features["score"] == scores[0] else scores[0])
        features["rule other"] = float(claimed is not None and outcome != claimed)
        options.append((outcome, features))
    return options


def judge(
    number: Features, options: list[tuple[str | None, Features]], trees: str = "ranking"
) -> dict[str | None, float]:
    """Return how likely each option is; they sum to 1."""
    import numpy

    held = read_trees(trees)
    shared = array("d", bytes(8 * held.width))
    held.fill(shared, number)
    cells = array("d")
    for _, features in options:
        row = shared[:]
        held.fill(row, features)
        cells += row
    sums = held.weigh(numpy.frombuffer(cells).reshape(len(options), held.width))
    powers = numpy.exp(sums - sums.max())
    shares: list[float] = (powers / powers.sum()).tolist()
    return {option: share for (option, _), share in zip(options, shares, strict=True)}


def rank_outcomes(
    sentence: Sentence, index: int, counted: list[tuple[Number, Population]], bindings: list[Binding | None],
    discourse: Discourse, drafts: list[Draft],
) -> list[Draft]:  # fmt: skip
    """Return the claims of a sentence after its numbers have been weighed again.

    Parameters
    ----------
    counted
        Numbers of people with what they count.
    bindings
        What the sentence's own words say of each by the rules.
    drafts
        Claims as the rules read them.
    """
    table = sentence.pair_scores if sentence.pair_scores is not None else [[] for _ in counted]
    told = discourse.told
    for place, ((number, population), binding) in enumerate(zip(counted, bindings, strict=True)):
        draft = next((draft for draft in drafts if draft.number is number), None)
        if draft is None and not may_be_added(sentence, number, discourse):
            continue
        weighed = discourse.context.weigh(sentence, number)
        if draft is not None and is_plain(draft) and weighed.get(draft.outcome, 0.0 if weighed else 1.0) >= PLAINLY:
            continue
        if is_settled(draft, binding, population, drafts, bool(weighed)) or _is_cell(draft, discourse):
            continue
        if draft is not None and draft.how != "list" and weighed.get(draft.outcome, 0.0) >= AGREED:
            _note_chance(draft, weighed[draft.outcome], WIDE, None, sentence, population)
            continue  # the surroundings say the same: nothing to weigh
        others = [row for at, row in enumerate(table) if at != place]
        features = describe_number(sentence, number, population, draft, binding, discourse, told, index, drafts)
        candidates = gather_candidates(
            sentence, number, population, draft, binding, discourse, told, index, drafts, table[place], others
        )
        options = list_options(features, candidates, draft.outcome if draft is not None else None, weighed.get(None))
        limits = WIDE if weighed else NARROW
        judged = judge(features, options, limits.trees)
        drafts = _apply(judged, limits, sentence, index, number, population, draft, table[place], drafts)
    return drafts


def is_plain(draft: Draft | None) -> bool:
    """Return whether the rules' reading is beyond doubt: it costs nothing then."""
    return (
        draft is not None
        and draft.how == "own"
        and draft.binding is not None
        and draft.binding.score >= PLAIN
        and not draft.binding.rivals
        and not draft.doubts
    )


def is_settled(
    draft: Draft | None, binding: Binding | None, population: Population, drafts: list[Draft], wide: bool
) -> bool:
    """Return whether a rule of its own made the reading: of wholes, of two outcomes in one, of groups in a list.

    What a number takes over from the one it is joined with is weighed too where the text is ``wide``: the surroundings know
    better.
    """
    if draft is None:
        return False
    if draft.binding is None:
        grouped = binding is not None and population.start <= binding.trigger.start < population.end
        joined = draft.how == "coordinate" and not wide
        turned = joined and all(other is draft or other.outcome != draft.outcome for other in drafts)
        return turned or grouped or draft.how in _SETTLED
    return draft.outcome != draft.binding.trigger.outcome


def _is_cell(draft: Draft | None, discourse: Discourse) -> bool:
    """Return whether a number stands in a table's cell and is left to its column, which says an outcome or nothing."""
    return discourse.columns is not None and discourse.columns.separator in _CELLS and (draft is None or draft.how == "list")


def may_be_added(sentence: Sentence, number: Number, discourse: Discourse) -> bool:
    """Return whether a number of which the rules make no claim is worth weighing: something that it may be of was told."""
    mention = number.mention
    if number.start in sentence.barred or (mention.low is None and mention.high is None):
        return False
    if discourse.context.doubt(sentence, number) < WEIGHED:
        return True
    if number.start in sentence.refused or mention.kind not in _ADDABLE:
        return False
    joined = number.start and sentence.tokens[number.start - 1].low in ("and", "и", "or", "или")
    if joined and any(other.start in sentence.refused for other in sentence.numbers if other.start < number.start):
        return False  # "there are eleven of us and two drivers"
    return bool(discourse.told.drafts) or discourse.heading is not None


def counts_by_context(sentence: Sentence, number: Number, discourse: Discourse) -> bool:
    """Return whether a number that the rules do not take for one of people is one by all that stands around it."""
    if number.start in sentence.barred or (number.mention.low is None and number.mention.high is None):
        return False
    return discourse.context.doubt(sentence, number) < (REFUSED if number.start in sentence.refused else COUNTED)


def _apply(
    judged: dict[str | None, float], limits: Limits, sentence: Sentence, index: int, number: Number,
    population: Population, draft: Draft | None,
    scores: Sequence[float], drafts: list[Draft],
) -> list[Draft]:  # fmt: skip
    """Change, add or leave out the claim of a number as it was judged."""
    likely, second = sorted((option for option in judged if option is not None), key=lambda one: -judged[one])[:2] + [None] * (
        len(judged) < 3
    )
    assert likely is not None
    if draft is not None and likely != draft.outcome and (
        judged[likely] - judged[draft.outcome] < limits.clearly
        or (draft.how == "part" and (judged[likely] < limits.parted or likely in _WHO))
        or _says_who(sentence, likely, population, scores)
    ):
        likely, second = draft.outcome, likely  # what befell the whole befell its part
    chance = judged[likely]
    missed = chance < ADDED_IN.get(sentence.language, ADDED) and judged[None] > limits.claimed
    if missed if draft is None else (judged[None] >= limits.given_up):
        if draft is None:
            return drafts
        for other in drafts:
            if other.parent is draft:
                other.parent = draft.parent
        return [other for other in drafts if other is not draft]
    if draft is None or draft.outcome != likely:
        found = _bind(sentence, likely, scores)
        unit = "percent" if number.mention.kind == "percent" else "people"
        if draft is None:
            draft = Draft(sentence, index, number, population, likely, unit, found, "own" if found is not None else "ranked")
            drafts = sorted([*drafts, draft], key=lambda one: one.number.start)
        else:
            if draft.parent is not None and draft.parent.outcome != likely:
                draft.parent = None
            draft.outcome, draft.binding = likely, found
            draft.unit = unit if draft.unit in ("deaths", "bodies") else draft.unit
    rival = (second, judged[second]) if second is not None else None
    _note_chance(draft, chance, limits, rival, sentence, population)
    return drafts


def _note_chance(
    draft: Draft, chance: float, limits: Limits, rival: tuple[str, float] | None, sentence: Sentence, population: Population
) -> None:
    """Note how likely a claim's outcome is, and ask a reviewer where that is too little."""
    draft.chance = chance
    limit = (limits.sure_in_lists if sentence.language == "en" else 1.0) if draft.how == "list" else limits.sure
    draft.sure = chance >= limit and not _has_another_subject(sentence, population, draft.binding)
    if draft.sure:
        for words in [words for words in draft.doubts if words.startswith("outcome")]:
            del draft.doubts[words]
    else:
        trigger = draft.binding.trigger if draft.binding is not None else None
        by = "told before" if trigger is None else " ".join(token.text for token in sentence.tokens[trigger.start : trigger.end])
        next_ = f", {rival[0]} {rival[1]:.2f}" if rival is not None else ""
        draft.doubt("outcome", f"weighed {chance:.2f} by \"{by}\"{next_}")


def _says_who(sentence: Sentence, outcome: str, population: Population, scores: Sequence[float]) -> bool:
    """Return whether the words for an outcome only tell who the people are: "16,600 mobilised soldiers"."""
    found = _bind(sentence, outcome, scores) if outcome in _WHO else None
    return found is not None and population.start <= found.trigger.start < population.end


def _has_another_subject(sentence: Sentence, population: Population, binding: Binding | None) -> bool:
    """Return whether a comma and somebody or something else stand before an English verb: "ran, but the shell wounded"."""
    if binding is None or sentence.language != "en" or binding.trigger.voice not in ("active", "passive", "bare"):
        return False
    between = range(population.end, binding.trigger.start)
    comma = next((at for at in reversed(between) if sentence.tokens[at].text == ","), None)
    return comma is not None and any(
        sentence.lows[at] in _DETERMINING or sentence.words[at].kind in ("group", "generic") for at in between if at > comma
    )


_DETERMINING = frozenset({"the", "a", "an", "his", "her", "their", "our", "my", "its", "this", "that", "these", "those"})


def _bind(sentence: Sentence, outcome: str, scores: Sequence[float]) -> Binding | None:
    """Return the words of the sentence that say an outcome best, None where none can."""
    able = [at for at, trigger in enumerate(sentence.triggers) if trigger.outcome == outcome and scores[at] > 0]
    if not able:
        return None
    best = max(able, key=lambda at: scores[at])
    return Binding(outcome, sentence.triggers[best], None, scores[best], ())


__all__ = ["Told", "Trees", "judge", "list_options", "rank_outcomes", "read_trees"]
