"""The words of a sentence that say what happened: the longest at each place, and no noun taken for its verb."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cenotaph.extract.claims.lexicon import OUTCOMES, Outcome, find_phrases
from cenotaph.extract.claims.spans import Trigger
from cenotaph.extract.claims.titles_english import is_in_a_title
from cenotaph.extract.claims.voices import has_failed, is_negated, tell_voice
from cenotaph.reference.word_sets import read_word_set

if TYPE_CHECKING:
    from cenotaph.extract.claims.sentence import Sentence

STRONG = read_word_set("sentence.strong")
_NOUN_LEADS = read_word_set("sentence.noun_leads")
_OF_THE_LIVING = frozenset({"rescued", "wounded", "released", "displaced", "recruited", "fighting", "captured", "detained"})
_BODIES = read_word_set("pattern.en.dead_body")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "every", "each", "any"})
_ABODES = frozenset({"on", "in", "at", "near", "there", "here", "with", "under", "by", "outside", "among", "nearby", "alone"})
_SINGULAR = frozenset({"a", "an", "one", "each", "every", "another"})
_SENDING = read_word_set("sentence.sending")
_WAR = tuple(read_word_set("sentence.war"))


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Return what is said to have happened; of overlapping words the longest."""
    found: list[Trigger] = []
    words = sentence.words
    covered_until = -1
    for at, opening in sentence.openings[OUTCOMES]:
        rows: list[tuple[int, Outcome]] = find_phrases(words, at, opening, sentence.keys)
        if rows and sentence.language != "en":
            if at in sentence.number_at and words[at].low.isdecimal():
                continue  # "200" of people, not the word for the dead
            rows = [row for row in rows if not _ends_in_another(sentence, at, row[0])]
            if _SENDING.intersection(words[at].parse.lemmas) and not _speaks_of_war(sentence):
                rows = [row for row in rows if row[0] > at + 1 or row[1].outcome not in ("recruited", "fighting")]
        if not rows:
            continue
        end = rows[0][0]
        if end <= covered_until:
            continue
        if sentence.language == "en" and at and sentence.tokens[at].text[0].isupper() and is_in_a_title(sentence, at, end):
            continue  # "the Association of Disabled Veterans", "the Missing Persons Unit"
        if end - at > 3 and rows[0][1].role == "measure" and any(i in sentence.number_at for i in range(at + 1, end)):
            rows = [row for row in rows if row[1].role != "measure"]  # "a number of 4,000 killed and wounded"
            if not rows:
                continue
            end = rows[0][0]
        if (
            end - at > 2
            and sentence.language == "en"
            and rows[0][1].outcome in _OF_THE_LIVING
            and any(token.low in _BODIES for token in sentence.tokens[at + 1 : end])
        ):
            rows = [row for row in rows if row[0] - at <= 2]  # "lifted 139 sets of remains out of the trench"
            if not rows:
                continue
            end = rows[0][0]
        if end - at > 2 and words[at].low in ("lost", "lose", "loses", "losing") and rows[0][1].outcome == "displaced" and any(
            at < n.start and n.end < end and n.mention.kind == "people_candidate" and n.mention.certain for n in sentence.numbers
        ):
            rows = [row for row in rows if row[0] - at <= 2]  # "lost six people from our house": the people, not the house
            if not rows:
                continue
            end = rows[0][0]
        if (
            end - at == 1
            and words[at].kind not in ("", "thing")
            and words[at].forms
            and not words[at].inflected
        ):
            rows = [row for row in rows if row[1].role not in ("trans", "intr")]
            if not rows:
                continue  # "a volunteer", "two recruits": the noun, not the verb
            end = rows[0][0]
        if (
            end - at == 1
            and words[at].forms
            and sentence.language == "en"
            and at
            and not words[at].inflected
            and (
                sentence.tokens[at - 1].low in _NOUN_LEADS
                or (at - 1 in sentence.number_at and (sentence.tokens[at].low.endswith("s") or rows[0][1].outcome not in STRONG))
            )
        ):
            rows = [row for row in rows if row[1].role not in ("trans", "intr", "pass", "light", "loss")]
            if not rows:
                continue  # "for release", "under contracts", "eleven exchanges"
            end = rows[0][0]
        if (
            end - at == 1
            and at
            and sentence.language == "en"
            and sentence.tokens[at - 1].low in _ARTICLES
            and any(f.ing for f in words[at].forms)
        ):
            rows = [row for row in rows if row[1].role not in ("trans", "intr", "pass", "light", "loss", "shot")]
            if not rows:
                continue  # "the shooting", "a killing": the noun
        if end - at > 3 and sentence.language == "en" and _spans_two(sentence, at, end):
            rows = [row for row in rows if not _spans_two(sentence, at, row[0])]
            if not rows:
                continue  # "found 17 alive and two dead": the dead are the two
            end = rows[0][0]
        if end - at == 1 and _is_noun_of_one(sentence, at):
            rows = [row for row in rows if row[1].role not in ("trans", "intr", "pass", "light", "loss")]
            if not rows:
                continue  # "in one Krasnoyarsk jail 120 were signed up"
        if end - at == 1 and words[at].low == "lived" and end < len(words) and words[end].low in _ABODES:
            continue  # "ten Ghanaians lived on the third floor"
        if end - at == 1 and words[at].low == "taken" and sentence.language == "en":
            seized = [row for row in rows if row[1].role in ("pass", "loose")]
            rows = seized if tell_voice(sentence, at, end, frozenset({"pass"})) == "passive" and seized else rows
        same = [row for stop, row in rows if stop == end]
        outcome = same[0].outcome
        roles = frozenset(row.role for row in same if row.outcome == outcome)
        others = tuple(dict.fromkeys(row.outcome for row in same if row.outcome != outcome))
        found.append(
            Trigger(
                at,
                end,
                outcome,
                roles,
                same[0].unit,
                tell_voice(sentence, at, end, roles),
                is_negated(sentence, at) or has_failed(sentence, at, end),
                others,
            )
        )
        covered_until = max(covered_until, end)
    return _make_fatal(sentence, found) if sentence.language == "ru" else found


_FATAL = frozenset({"насмерть"})


def _make_fatal(sentence: Sentence, found: list[Trigger]) -> list[Trigger]:
    """Let "насмерть" beside a verb of hurting say that it killed: "насмерть придавило двух рабочих"."""
    if not found or ("насмерть" not in sentence.line and "несовместим" not in sentence.line):
        return found
    places = [at for at, low in enumerate(sentence.lows) if low in _FATAL or low.startswith("несовместим")]
    if not places:
        return found
    made = []
    for trigger in found:
        near = trigger.outcome == "wounded" and trigger.voice in ("active", "passive", "part") and any(
            0 <= trigger.start - at <= 2 or 0 <= at - trigger.end <= 1 or trigger.start < at < trigger.end for at in places
        )
        made.append(replace(trigger, outcome="killed") if near else trigger)
    return made


def _speaks_of_war(sentence: Sentence) -> bool:
    """Return whether a word of war or service stands in the sentence: without one, who is sent is not sent to war."""
    return any(token.low.startswith(_WAR) for token in sentence.tokens)


def _ends_in_another(sentence: Sentence, at: int, end: int) -> bool:
    """Return whether words with a gap end in a participle that a number within counts: "на войну взяли 56 осуждённых"."""
    if end - at > 2 and sentence.words[at].parse.kinds == {"PRTF"} and "PREP" in sentence.words[end - 1].parse.kinds:
        return True  # "пострадавших были доставлены в": two things
    return (
        end - at > 2
        and sentence.words[end - 1].parse.kinds != frozenset()
        and sentence.words[end - 1].parse.kinds <= {"PRTF", "NOUN", "ADJF"}
        and "PRTF" in sentence.words[end - 1].parse.kinds
        and any(at < number.start and number.end < end for number in sentence.numbers)
    )


def _spans_two(sentence: Sentence, at: int, end: int) -> bool:
    """Return whether words with a gap hold two numbers of people, with "and" or a comma between them."""
    held = [n for n in sentence.numbers if at < n.start and n.end <= end and n.mention.kind in ("people_candidate", "zero")]
    if len(held) < 2:
        return False
    return any(token.low in ("and", ",", "but") for token in sentence.tokens[held[0].end : held[-1].start])


def _is_no_subject(sentence: Sentence, at: int) -> bool:
    """Return whether a word can be no subject of a base form: neither a plural nor a word for people ("the June exchange")."""
    return not sentence.tokens[at].low.endswith("s") and sentence.words[at].kind in ("", "thing") and (
        sentence.tokens[at].low not in _GROUPS
    )


_GROUPS = frozenset(
    {"military", "army", "navy", "government", "regime", "junta", "enemy", "militia", "cartel", "mafia", "police"}
)


def _is_noun_of_one(sentence: Sentence, at: int) -> bool:
    """Return whether an English base form stands in a phrase for one thing: "one Krasnoyarsk jail", "a dawn strike"."""
    word, tokens = sentence.words[at], sentence.tokens
    if sentence.language != "en" or not word.forms or word.inflected:
        return False
    if tokens[at].low.endswith("s"):
        return False
    for before in range(at - 1, max(-1, at - 4), -1):
        low = tokens[before].low
        if low in _SINGULAR or (low == "the" and 0 < at - 1 - before <= 1 and _is_no_subject(sentence, at - 1)):
            return True
        if not tokens[before].is_word or low in ("to", "and", "or", "who", "that", "will", "would", "could", "may", "did"):
            return False
    return False
