"""Russian numbers whose outcome only the run of the text gives: counted on behind a clause, their share, people sent."""

from __future__ import annotations

from cenotaph.extract.claims.clauses import find_piece, has_unknown_verb
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.inherited import Inherited
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_ADDING = frozenset({"и", "плюс", "также"})
_BLOCKS = 1
_THEME = 2
_THEIRS = frozenset({"их", "таких", "таковых"})
_THEIRS_REACH = 3
_ASKED_SHORTLY = 5  # words of a question that asks for a number without a word for it: "А погибших?"
_MOVING = tuple(sorted(read_word_set("inheritance.moving")))
_ASKING_FOR_FIGURES = tuple(sorted(read_word_set("discourse.asking_for_figures")))


def find_by_discourse(
    sentence: Sentence, number: Number, population: Population, discourse: Discourse, earlier: list[Draft]
) -> Inherited | None:
    """Return what a number has by the text around it, always to be looked at; None where the text gives nothing.

    Parameters
    ----------
    earlier
        Claims already read in the same sentence, in order.
    """
    if number.mention.kind not in ("people_candidate", "percent") or population.kind not in ("bare", "people", "outcome"):
        return None
    if earlier:
        return _count_on(sentence, number, population, earlier[-1])
    if (struck := tell_by_disaster(sentence, number, population, discourse)) is not None:
        return struck
    last = discourse.last
    first, end = find_piece(sentence, number.start, max(number.end, population.end))
    if has_unknown_verb(sentence, first, end):
        return _follow_theme(sentence, number, population, discourse, first, end)
    if (told := _measure_what_was_told(sentence, number, population, discourse)) is not None:
        return told
    near = last is not None and last.unit != "percent" and sentence.unit.block - last.sentence.unit.block <= _BLOCKS
    if last is not None and near and population.kind == "bare" and any(
        token.low in _THEIRS for token in sentence.tokens[first : min(first + _THEIRS_REACH, number.start)]
    ):
        return Inherited(last.outcome, last.unit, None, "figure", True)  # "Их в выборке 88"
    return _follow_theme(sentence, number, population, discourse, first, end)


def _measure_what_was_told(
    sentence: Sentence, number: Number, population: Population, discourse: Discourse
) -> Inherited | None:
    """Return the one outcome that the sentence before told without a number: "Среди погибших дети. Волонтёры насчитали 38"."""
    before = discourse.told.before
    if before is None or population.kind != "bare" or (number.mention.low or number.mention.high or 0) < 2:
        return None
    index, outcomes = before
    recent = discourse.told.drafts[-1].index if discourse.told.drafts else -1
    if index != discourse.index - 1 or recent >= index or len(outcomes) != 1 or outcomes[0] not in _ENDS or sentence.triggers:
        return None
    figure = any(frame.label == "figure" and 0 <= number.start - frame.end <= 1 for frame in sentence.frames)
    return Inherited(outcomes[0], "people", None, "topic", True) if figure else None


def _count_on(sentence: Sentence, number: Number, population: Population, last: Draft) -> Inherited | None:
    """Return the outcome of the people before "и", over a clause about them: "195 солдат, воевавших осенью, и 20 жителей"."""
    lead = sentence.tokens[number.start - 1].low if number.start else ""
    if lead not in _ADDING or population.kind != "people" or population.label or last.unit == "percent":
        return None
    _, end = find_piece(sentence, number.start, max(number.end, population.end))
    if has_unknown_verb(sentence, number.start, end):
        return None
    if any(number.end <= trigger.start < end and trigger.voice in ("active", "passive") for trigger in sentence.triggers):
        return None
    # Between them only what tells of the first: participles and "который", no other clause.
    between = sentence.words[last.population.end : number.start - 1]
    if any(word.parse.kinds and word.parse.kinds <= {"VERB", "PRTS"} for word in between) and not any(
        word.low.startswith("котор") for word in between
    ):
        return None
    return Inherited(last.outcome, "people" if last.unit == "deaths" else last.unit, None, "coordinate", True)


def _follow_theme(
    sentence: Sentence, number: Number, population: Population, discourse: Discourse, first: int, end: int
) -> Inherited | None:
    """Return that people sent or driven off are recruited where a text is about that: "отправил не больше пятидесяти"."""
    if number.mention.kind != "people_candidate" or discourse.themes.get("recruited", 0) < _THEME:
        return None
    if population.kind != "bare" or (number.mention.low or number.mention.high or 0) < 2:
        return None
    at = number.start - 1
    if at < first or not sentence.tokens[at].low.startswith(_MOVING) or not sentence.words[at].parse.kinds & {"VERB", "PRTS"}:
        return None
    following = sentence.tokens[number.end] if number.end < end else None
    if (following is not None and following.is_word) or (at and sentence.tokens[at - 1].low == "не"):
        return None
    return Inherited("recruited", "people", None, "topic", True)


def asks_for_a_number(sentence: Sentence) -> bool:
    """Return whether a question asks how many without saying so: "А погибших?", "Назовёте цифру?", "Велики ли потери?"."""
    words = [token for token in sentence.tokens if token.is_word]
    if any(token.low.startswith(_ASKING_FOR_FIGURES) for token in words):
        return True
    if len(words) > _ASKED_SHORTLY:
        return False
    verbs = any(
        word.parse.kinds and word.parse.kinds <= {"VERB", "PRTS", "INFN"} for word in sentence.words if word.low != "есть"
    )
    named = any(
        trigger.roles & {"noun", "victim", "measure", "bodies"} and trigger.voice in ("", "part")
        for trigger in sentence.triggers
    )
    return named and not verbs


_TITLE = 1  # units of a text that may be its title
_ENDS = frozenset({"killed", "casualties", "missing", "captured", "identified", "wounded"})


def note_confirmed(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep that a title says of all that follows that it is confirmed: "Потери по округам (именные подтверждения)"."""
    if index > _TITLE or sentence.unit.kind != "heading":
        return
    said = [frame for frame in sentence.frames if frame.label == "confirmed"]
    if not said or any(frame.label == "unconfirmed" for frame in sentence.frames):
        return
    if any(token.low in ("не", "без", "нет") for token in sentence.tokens) or sentence.tokens[-1].text == "?":
        return
    outcome = next((trigger.outcome for trigger in sentence.triggers if trigger.outcome in _ENDS), None)
    if outcome is not None and not any(n.mention.kind == "people_candidate" for n in sentence.numbers):
        discourse.confirmed = (outcome, sentence.unit.block)


def is_confirmed_by_title(draft: Draft, discourse: Discourse) -> bool:
    """Return whether a claim is of what the title says is confirmed: losses may be told of as the dead they are."""
    if discourse.confirmed is None:
        return False
    outcome, _ = discourse.confirmed
    return draft.outcome == outcome or (outcome == "casualties" and draft.outcome == "killed")


_COLUMNS = read_word_set("discourse.columns")
_LONGEST_HEADER = 8


def names_columns(sentence: Sentence) -> bool:
    """Return whether a line only names the columns of what follows: "Гражданство / число"."""
    words = [token.low for token in sentence.tokens if token.is_word]
    return sentence.language == "ru" and len(words) <= _LONGEST_HEADER and len(_COLUMNS.intersection(words)) > 1


def tell_by_disaster(sentence: Sentence, number: Number, population: Population, discourse: Discourse) -> Inherited | None:
    """Return that those known of after a strike or a fire are its dead, where nothing was said yet: "Пока известно о троих"."""
    if discourse.last is not None or population.kind != "bare" or discourse.themes.get("disaster", 0) < 1:
        return None
    at = number.start - 1
    if at < 1 or sentence.tokens[at].low not in ("о", "об") or not number.mention.low or sentence.triggers:
        return None
    spoken = any(span.end == at for span in sentence.speech)
    return Inherited("killed", "people", None, "topic", True) if spoken else None
