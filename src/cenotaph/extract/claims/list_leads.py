"""What the paragraph before a list says of everybody in it, where no colon and no heading leads the list in."""

from __future__ import annotations

from cenotaph.extract.claims.discourse import Discourse, is_row_like, sum_up
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set

_TOTALS = read_word_set("list_leads.totals")
_COUNTERS = read_word_set("list_leads.counters")
_LONGEST = 6  # sentences of the paragraph before
_REACH = 2  # blocks
_LABEL = 8  # tokens


def follow_leads(sentence: Sentence, discourse: Discourse) -> None:
    """Note the sentences of the paragraph at hand; at a line of a list below it, take what they announce for the list.

    "Foreigners killed in the army whose names we know. Total: 1,612 from 41 countries." stands above "Uzbekistan — 318". A line
    counts only where its label may be of people: a country, a group, an item's own name; "Views: 300" is none.
    """
    unit = sentence.unit
    if unit.kind != "item" and not is_row_like(sentence):
        if unit.block != discourse.lead_block:
            discourse.lead, discourse.lead_block = [], unit.block
        if len(discourse.lead) < _LONGEST:
            discourse.lead.append(sentence)
        return
    led = discourse.header is not None and unit.block - discourse.header_block <= _REACH
    if led or not discourse.lead or unit.block - discourse.lead_block > _REACH or not _labels_people(sentence):
        return
    told = {outcome for one in discourse.lead if (outcome := sum_up(one)) is not None}
    if len(told) == 1:
        discourse.header, discourse.header_block = told.pop(), unit.block


def _labels_people(sentence: Sentence) -> bool:
    """Return whether a line opens with a label of people, or of all of them, and a mark before its first number."""
    first = next((n for n in sentence.numbers if n.mention.kind in ("people_candidate", "percent")), None)
    if first is None or not 0 < first.start <= _LABEL or sentence.tokens[first.start - 1].text not in "—–:-|":
        return False
    label = sentence.lows[: first.start]
    if not _COUNTERS.isdisjoint(label):
        return False
    if not _TOTALS.isdisjoint(label) or any(name.start < first.start for name in sentence.names):
        return True
    if any(sentence.words[at].kind in ("group", "generic") for at in range(first.start)):
        return True
    told = any(trigger.end <= first.start for trigger in sentence.triggers)
    return sentence.unit.kind == "item" and sentence.tokens[0].text[0].isupper() and not told


__all__ = ["follow_leads"]
