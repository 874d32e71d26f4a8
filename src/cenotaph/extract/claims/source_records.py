"""Records that vouch for a figure in English: an archive that holds it, a bulletin that put it, a list that has it."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Source

_RECORDS = frozenset(
    {"archive", "list", "lists", "register", "registry", "database", "tally", "ledger", "notebook", "spreadsheet", "logbook"}
    | {"bulletin", "brief", "newsletter", "museum", "index", "catalogue", "dossier", "report"}
)
_HOLDING = frozenset(
    {"holds", "held", "has", "had", "contains", "contained", "lists", "listed", "carries", "bears", "names", "placed", "put"}
    | {"puts", "gives", "gave", "counted", "counts", "stands", "stood"}
)
_RECORD_REACH = 7
_RECORD_NUMBER = 12
_BEFORE_RECORDS = frozenset({"in", "on", "that", "and", "but", "while", "where", "says", "said", "because", "as", "by"})


def read_records(sentence: Sentence, known: list[Source]) -> list[Source]:
    """Read "The archive holds 900 deaths", "An earlier brief (No. 5) put the share at 34 per cent": a record is the source."""
    tokens = sentence.tokens
    if _RECORDS.isdisjoint(sentence.lows):
        return []
    for at, token in enumerate(tokens[:-1]):
        if token.low not in _RECORDS or not at or tokens[at - 1].low in ("on", "in", "from", "of", "to", "with"):
            continue
        if any(source.start <= at < source.end for source in known):
            return []
        verb = at + 1
        if verb < len(tokens) and tokens[verb].text == "(":
            verb = next((end + 1 for start, end in sentence.brackets if start == verb), verb)
        elif verb < len(tokens) and tokens[verb].low in ("that", "which", "kept", "of", "by"):
            reach = range(verb, min(len(tokens), verb + _RECORD_REACH))
            verb = next((i for i in reach if tokens[i].low in _HOLDING), verb)
        numbers = (n for n in sentence.numbers if verb < n.start <= verb + _RECORD_NUMBER and n.mention.kind != "thing")
        if verb >= len(tokens) or tokens[verb].low not in _HOLDING or next(numbers, None) is None:
            continue
        first = at
        while first and tokens[first - 1].is_word and tokens[first - 1].low not in _BEFORE_RECORDS and at - first < 5:
            first -= 1
        while first < at and tokens[first].low in ("and", "but", "that"):
            first += 1
        end = verb - (tokens[verb - 1].low == "alone") if tokens[at + 1].low == "of" else at + 1
        return [Source(first, end, "find", verb, verb, len(tokens))]
    return []
